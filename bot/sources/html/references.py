"""Drops lines that are only references or captions.

They are no paragraphs of the article. A list of words would guess («আরও পড়ুন», «Lesen Sie auch»), so the page itself
is the witness: a line that is nothing but a link leads to another article, in whatever language it is introduced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bangla.normalise import key
from bot.sources.html.paragraphs import without_links
from bot.sources.html.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_PUNCTUATION = re.compile(r"[^\w\u0980-\u09ff]+")
_LABEL = re.compile(r"^[^:：।]{2,25}[:：]\s*")
_TELLING = 16  # folded characters from which a line's equality with a link or a caption is no accident
_LONGEST_LINK = 200
_HEADLINE_REST = 60  # characters that a headline's line may have more than the headline
_CLOSED = ("।", ".", "!", "?", "”", "’", '"')


@dataclass(frozen=True, slots=True)
class References:
    """A page's headlines, link texts and captions, folded."""

    heading: str | None
    titles: frozenset[str]
    links: frozenset[str]
    captions: frozenset[str]

    @staticmethod
    def fold(text: str) -> str:
        """Return a text as lines are compared here: letters and digits only."""
        return _PUNCTUATION.sub(" ", key(text)).strip()

    def sifted(self, lines: Iterable[str]) -> list[str]:
        """Return the lines that are paragraphs.

        The headline, a link alone and a caption are none.
        """
        return [line for line in lines if not self._is_reference(line)]

    def _is_reference(self, line: str) -> bool:
        folded = self.fold(line)
        if not folded or folded in self.titles or (self._is_headline(folded) and not line.endswith(_CLOSED)):
            return True
        if folded in self.links or folded in self.captions:
            return True
        label = _LABEL.match(line)
        return label is not None and self.fold(line[label.end() :]) in self.links

    def _is_headline(self, folded: str) -> bool:
        """Return whether a line is the headline.

        A kicker or a site's name may stand about it.
        """
        return any(
            title in folded and len(folded) <= len(title) + _HEADLINE_REST
            for title in self.titles
            if len(title) >= _TELLING
        )


def read_references(
    root: HtmlElement, heading: str | None, titles: Iterable[str], addresses: Iterable[str | None] = ()
) -> References:
    """Read what a page refers to.

    Links within the page itself, at one of its ``addresses``, are none: a table of contents.
    """
    fold = References.fold
    own = {address.partition("#")[0] for address in addresses if address}
    links = (
        fold(text)
        for link in root.iter("a")
        if not _is_within(link.get("href") or "#", own) and len(text := text_of(link)) <= _LONGEST_LINK
    )
    captions = [text_of(caption) for caption in root.iter("figcaption")]
    captions += [image.get("alt") or "" for image in root.iter("img")]
    headings = {fold(text_of(heading)) for heading in root.iter("h2", "h3", "h4") if heading.find(".//a") is None}
    return References(
        heading,
        frozenset(folded for title in (*titles, heading or "") if (folded := fold(title))),
        frozenset(link for link in links if len(link) >= _TELLING),
        frozenset(folded for caption in captions if len(folded := fold(caption)) >= _TELLING)
        - headings,  # pictures are named after the heading they stand under
    )


def _is_within(address: str, own: set[str]) -> bool:
    page, mark, _ = address.partition("#")
    return bool(mark) and (not page or page in own)


def without_references(tree: HtmlElement, references: References) -> HtmlElement:
    """Return a tree's copy without references.

    The blocks whose text is links, and the headline, are gone.
    """
    bare = without_links(tree)
    for heading in list(bare.iter("h1")):
        if heading.getparent() is not None and references.fold(text_of(heading)) in references.titles:
            heading.drop_tree()
    return bare
