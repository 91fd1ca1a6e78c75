"""From a piece of HTML to its paragraphs."""

from __future__ import annotations

import copy
import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from bot.sources.html.tree import is_hidden, parse_html, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    "script style noscript template iframe figcaption form button svg head select nav aside".split()  # noqa: SIM905
)
_LINKED_BLOCKS = tuple(
    "div section p li ul ol h2 h3 h4 h5 h6 blockquote figure dt dd".split()  # noqa: SIM905 - a list of 15 names
)
_TELLING, _LINKED = 16, 0.8  # characters of a block, and the share of them in links, from which it refers elsewhere
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_TAG = re.compile(r"<[a-zA-Z/!]")
_SENTENCE_END = ("।", "?", "!", "”", "’", ":", "॥", ".")
_BREAK, _LINE = "\x1e", "\x1f"  # can't occur in text: parse_html removes them


def paragraphs_of(element: HtmlElement) -> list[str]:
    """Return an element's text, one item for each block in order.

    Scripts, captions and what is hidden are left out. One <br> parts paragraphs only behind a finished sentence, two
    always do: portals use it for both.
    """
    pieces: list[str] = []
    skipping: HtmlElement | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            if event == "end" and skipping is None and node is not element and node.tail:
                pieces.append(node.tail)
            continue
        if event == "start":
            if skipping is None and node is not element and (node.tag in _SKIPPED or is_hidden(node)):
                skipping = node
            if skipping is None:
                pieces.append(_opening(node.tag))
                pieces.append(node.text or "")
            continue
        if skipping is node:
            skipping = None
        elif skipping is None:
            pieces.append(_BREAK if node.tag in _BLOCKS else "")
        if skipping is None and node is not element:
            pieces.append(node.tail or "")
    return _joined("".join(pieces))


def html_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a fragment of HTML.

    The fragment may be plain text with line breaks.
    """
    if not _TAG.search(text):
        return [line for raw in unescape(text).splitlines() if (line := " ".join(raw.split()))]
    return paragraphs_of(parse_html(f"<div>{text}</div>"))


def text_paragraphs(text: str) -> list[str]:
    """Return a fragment's paragraphs without link blocks.

    Such blocks are only links to other articles.
    """
    if not _TAG.search(text):
        return html_paragraphs(text)
    root = parse_html(f"<div>{text}</div>")
    bare = without_links(root)
    return paragraphs_of(bare) or paragraphs_of(root)


def without_links(tree: HtmlElement) -> HtmlElement:
    """Return a tree's copy without blocks of links.

    They lead elsewhere, whatever introduces them.
    """
    bare = copy.deepcopy(tree)
    for block in list(bare.iter(*_LINKED_BLOCKS)):
        if block.getparent() is None:
            continue
        text = text_of(block)
        linked = sum(len(text_of(link)) for link in block.iter("a"))
        if len(text) >= _TELLING and linked >= _LINKED * len(text):
            block.drop_tree()
    return bare


def html_text(text: str) -> str:
    """Return a fragment of HTML, such as a title, as one line.

    Tags and entities are gone. Some feeds escape twice; a text that still shows entities after one turn is turned once
    more.
    """
    line = " ".join(text.split())
    for _ in range(2):
        if not _MARKUP.search(line):
            break
        line = " ".join(html_paragraphs(line))
    return line


def _opening(tag: str) -> str:
    if tag == "br":
        return _LINE
    return _BREAK if tag in _BLOCKS else ""


def _joined(text: str) -> list[str]:
    found: list[str] = []
    for block in text.split(_BREAK):
        open_line = ""
        for line in re.sub(rf"{_LINE}\s*{_LINE}[\s{_LINE}]*", _LINE * 2, block).split(_LINE):
            plain = " ".join(line.split())
            if open_line and (not plain or open_line.endswith(_SENTENCE_END)):
                found.append(open_line)
                open_line = ""
            open_line = f"{open_line} {plain}".strip()
        if open_line:
            found.append(open_line)
    return found
