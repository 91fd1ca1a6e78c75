"""Recognises a page that is a list of news.

Its prose stands in cards, each with the headline of another page over it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bot.articles.text.body import is_prose
from bot.bangla.normalise import display
from bot.sources.html.tree import text_of, text_within

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADLINE = (12, 220)
_LEVELS = 4  # how far above a teaser its card's headline may be
_CARD = 2  # paragraphs of prose in a card at most
_LONGEST, _OWN = 900, 30
_LEAST, _MOSTLY = 3, 0.6


def is_list_of_cards(tree: HtmlElement) -> bool:
    """Return whether most paragraphs belong to link cards.

    The cards lead to at least three other addresses.
    """
    prose = {element for element in tree.iter("p", "div", "span", "dd") if _is_paragraph(element)}
    addresses = [address for element in prose if (address := _card_of(element, prose)) is not None]
    return len(set(addresses)) >= _LEAST and len(addresses) >= _MOSTLY * len(prose)


def _is_paragraph(element: HtmlElement) -> bool:
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    if len(own.strip()) < _OWN or any(child.tag in ("p", "div", "h2", "h3", "h4", "ul") for child in element):
        return False
    text = text_within(element, _LONGEST)
    return text is None or (bool(text) and is_prose(display(text)))


def _card_of(paragraph: HtmlElement, prose: set[HtmlElement]) -> str | None:
    """Return where a paragraph's card leads, or None.

    None if it stands in no card.
    """
    for holder in islice(paragraph.iterancestors(), _LEVELS):
        if holder.tag in ("body", "html", "main"):
            return None
        if sum(1 for element in holder.iter() if element in prose) > _CARD:
            return None
        for link in (holder, *holder.iter("a")):
            if link.tag == "a" and _is_headline(link, paragraph):
                return str(link.get("href"))
    return None


def _is_headline(link: HtmlElement, paragraph: HtmlElement) -> bool:
    href = (link.get("href") or "#").strip()
    if href.startswith(("#", "javascript:", "mailto:")) or link in set(paragraph.iter()):
        return False
    heading = next(link.iter("h1", "h2", "h3", "h4", "h5"), None)
    shortest, longest = _HEADLINE
    return shortest <= len(text_of(link if heading is None else heading)) <= longest
