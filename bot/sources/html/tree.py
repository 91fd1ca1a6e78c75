"""HTML text as a tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

from bot.sources.bounds import PAGE, bounded
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_UNENCODABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def parse_html(text: str) -> HtmlElement:
    """Return the tree of a page.

    It is read as far as `bounds.PAGE`; nesting beyond 256 is cut off by libxml2 itself.

    Raises:
        ParseError: nothing in it can be read as HTML.
    """
    plain = bounded(_UNENCODABLE.sub("", text), PAGE)
    # lxml refuses str with an encoding declaration; bytes with the encoding told are always taken.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(plain.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ParseError("no HTML that can be read") from error
    return root


def found_by(root: HtmlElement, paths: Iterable[str], *, every: bool = False) -> list[HtmlElement]:
    """Return what the first path that finds anything finds.

    With ``every`` return what all of them find.
    """
    found: list[HtmlElement] = []
    for path in paths:
        found += [element for element in root.xpath(path) if element.getparent() is not None]
        if found and not every:
            break
    return found


def text_of(element: HtmlElement) -> str:
    """Return all text of an element in one line.

    Scripts and styles are left out.
    """
    return " ".join(" ".join(_texts(element)).split())


def text_within(element: HtmlElement, longest: int) -> str | None:
    """Return an element's text, or None if longer.

    A container is not read to its end.
    """
    pieces: list[str] = []
    length = 0
    for piece in _texts(element):
        plain = piece.strip()
        pieces.append(plain)
        length += len(plain)
        if length > longest:
            return None
    return " ".join(" ".join(pieces).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in ("script", "style") and node.text:
            yield node.text
        if node is not element and node.tail:
            yield node.tail


def attributes(element: HtmlElement) -> str:
    """Return class and id of an element in one text."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_hidden(element: HtmlElement) -> bool:
    """Return whether a browser would hide the element.

    Only the page itself is asked, not its style sheets.
    """
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
