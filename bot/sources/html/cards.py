"""Cards of other news on a page.

A card is prose under the headline of another page.

A page whose prose stands in cards is a list; cards beside an article are none of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.articles.text.body import SENTENCE_ENDS, is_prose
from bot.bangla.normalise import display
from bot.sources.html.tree import text_of, text_within

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADLINE = (12, 220)
_LEVELS = 4  # how far above a teaser its card's headline may be
_CARD = 2  # paragraphs of prose in a card at most
_LONGEST, _OWN = 900, 30
_LEAST, _MOSTLY = 3, 0.6
_PERSON = re.compile(r"/(?:authors?|profiles?|reporters?|journalists?|staff|writers?)/", re.IGNORECASE)
_TEXT, _PARAGRAPHS = 250, 2  # characters and paragraphs that an article has beside its cards
_INLINE = frozenset(("span", "b", "strong", "em", "i", "font", "u", "small"))
_BESIDE = 40  # characters beside a headline on its line: a date, a section
_NOT_CARDS = frozenset(("body", "html", "main", "form", "table", "tbody", "p", "blockquote", "h2", "h3", "h4"))


def is_list_of_cards(tree: HtmlElement) -> bool:
    """Return whether most paragraphs of a page belong to cards.

    The cards lead to at least three other addresses.
    """
    prose = _prose(tree)
    addresses = [address for element in prose.paragraphs if (address := _card_of(element, prose)[1]) is not None]
    return len(set(addresses)) >= _LEAST and len(addresses) >= _MOSTLY * len(prose.paragraphs)


def drop_cards(root: HtmlElement, heading: HtmlElement | None) -> None:
    """Take the cards of other news out of an article's page.

    A card that holds the ``heading`` stays, and so do all cards of a page with little beside them, which is a list.
    """
    prose = _prose(root)
    held = set() if heading is None else {heading, *heading.iterancestors()}
    cards: dict[HtmlElement, str] = {}
    inside: set[HtmlElement] = set()
    for element in prose.paragraphs:
        card, address = _card_of(element, prose)
        if card is not None and address is not None and card not in held:
            cards[card] = address
            inside.add(element)
    others = [text_of(element) for element in prose.paragraphs - inside if prose.held[element] == 1]
    if len(set(cards.values())) < _LEAST or len(others) < _PARAGRAPHS or sum(map(len, others)) < _TEXT:
        return
    for card in cards:
        if card.getparent() is not None:
            card.drop_tree()


@dataclass(frozen=True, slots=True)
class _Prose:
    """The paragraphs of a tree, and how many each element holds."""

    paragraphs: set[HtmlElement]
    held: Counter[HtmlElement]


def _prose(tree: HtmlElement) -> _Prose:
    found = {element for element in tree.iter("p", "div", "span", "dd", "td", "li") if _is_paragraph(element)}
    return _Prose(found, Counter(holder for element in found for holder in (element, *element.iterancestors())))


def _is_paragraph(element: HtmlElement) -> bool:
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    if len(own.strip()) < _OWN or any(child.tag in ("p", "div", "h2", "h3", "h4", "ul") for child in element):
        return False
    text = text_within(element, _LONGEST)
    return text is None or (bool(text) and is_prose(display(text)))


def _card_of(paragraph: HtmlElement, prose: _Prose) -> tuple[HtmlElement | None, str | None]:
    """Return the card around a paragraph and where it leads.

    A card leads to one address, by a headline that stands on a line of its own.
    """
    if (link := _leading_link(paragraph)) is not None and _is_headline(link):
        return paragraph, str(link.get("href"))
    own = set(paragraph.iter())
    for holder in islice(paragraph.iterancestors(), _LEVELS):
        if holder.tag in _NOT_CARDS or prose.held[holder] > _CARD:
            return None, None
        if holder.tag == "a":
            return (holder, str(holder.get("href"))) if _is_headline(holder) else (None, None)
        links = [link for link in holder.iter("a") if link not in own and _is_headline(link) and _is_line(link, prose)]
        if links:
            addresses = {str(link.get("href")) for link in links}
            return (holder, addresses.pop()) if len(addresses) == 1 else (None, None)
    return None, None


def _leading_link(paragraph: HtmlElement) -> HtmlElement | None:
    """Return the link on a line of its own before a text."""
    first = next(iter(paragraph), None)
    if first is None or (paragraph.text or "").strip() or (first.tail or "").strip():
        return None
    following = first.getnext()
    link = first if first.tag == "a" else first.find(".//a")
    return link if following is not None and following.tag == "br" else None


def _is_line(link: HtmlElement, prose: _Prose) -> bool:
    """Return whether a link is a line of its own.

    A name within a sentence is none, nor what ends one. A teaser in a <span> beside it is a line too.
    """
    outer = link
    while (parent := outer.getparent()) is not None and parent.tag in _INLINE:
        outer = parent
    beside = [outer.tail or "", "" if parent is None else parent.text or ""]
    for preceding in (False, True):
        for sibling in outer.itersiblings(preceding=preceding):
            beside += [sibling.tail or ""]
            if sibling in prose.paragraphs and preceding and sibling.tag in _INLINE and not _ends_sentence(sibling):
                return False
            if sibling.tag not in _INLINE or sibling in prose.paragraphs:
                break
            beside.append(text_of(sibling))
    return sum(len(text.strip()) for text in beside) <= _BESIDE


def _ends_sentence(element: HtmlElement) -> bool:
    return text_of(element).rstrip().endswith(SENTENCE_ENDS)


def _is_headline(link: HtmlElement) -> bool:
    href = (link.get("href") or "#").strip()
    if href.startswith(("#", "javascript:", "mailto:")) or "author" in (link.get("rel") or "") or _PERSON.search(href):
        return False
    heading = next(link.iter("h1", "h2", "h3", "h4", "h5"), None)
    shortest, longest = _HEADLINE
    return shortest <= len(text_of(link if heading is None else heading)) <= longest
