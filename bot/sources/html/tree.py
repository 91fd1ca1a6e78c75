"""HTML text as a tree, and the parts of it that no reader would call the article."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_UNENCODABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NEVER_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "math",
        "object",
        "embed",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "nav",
        "aside",
        "figcaption",
        "audio",
        "video",
        "canvas",
        "dialog",
        "menu",
        "head",
        "ins",
    ]
)
_KEPT = frozenset(("html", "body", "main", "article", "h1"))
# Words in class and id, between dashes and underscores, of what stands beside an article in Bengali portals' themes.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|socials|addtoany|sharethis|related|relatednews|more-?news|also-?read|read-?more|readmore|comments?|"
    r"respond|sidebar|widget|widgets|menu|navbar|nav|navigation|breadcrumbs?|crumbs?|tags?|taglist|tag-?cloud|post-tags|author-box|about-author|"
    r"authorbox|advert|advertisement|ads?|adsbygoogle|banner|promo|promotion|newsletter|subscribe|popup|modal|print-content|print-area|printarea|"
    r"printable|printme|print-only|pagination|pager|next-prev|prev-next|nextprev|post-navigation|caption|wp-caption-text|footer|copyright|popular|trending|"
    r"most-?read|latest|recent|ticker|scroll|breaking|marquee|hidden|screen-reader-text|sr-only|visually-hidden|cookie|toolbar|poll|rating|"
    r"jp-relatedposts|yarpp|crp_related|hide)(?:$|[\s_-])",
    re.IGNORECASE,
)
# «single-post», «post-content»: names that hold a word of the table and are the article all the same.
_ARTICLE = re.compile(
    r"(?:^|[\s_-])(?:entry-content|post-content|article-content|article-body|single-content|news-content|hentry|story)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.6


def parse_html(text: str) -> HtmlElement:
    """Return the tree of a page; nesting beyond 256 is cut off by libxml2 itself.

    Raises:
        ParseError: nothing in it can be read as HTML.
    """
    plain = _UNENCODABLE.sub("", text)
    # lxml refuses str with an encoding declaration; bytes with the encoding told are always taken.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(plain.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ParseError("no HTML that can be read") from error
    return root


def text_of(element: HtmlElement) -> str:
    """Return all text of an element in one line, scripts and styles left out."""
    return " ".join(" ".join(_texts(element)).split())


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
    """Return whether a browser would not show the element, as far as the page itself says."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def pruned(root: HtmlElement) -> HtmlElement:
    """Return a copy of the tree without what is beside the article: hidden copies, menus, forms, lists of other news.

    An element that holds most of the page's text is kept whatever it is called: themes misname.
    """
    tree = copy.deepcopy(root)
    whole = len(tree.text_content())
    for element in list(tree.iter()):
        if element.tag not in _KEPT and element.getparent() is not None and _is_beside(element, whole):
            element.drop_tree()
    return tree


def _is_beside(element: HtmlElement, whole: int) -> bool:
    if element.tag in _NEVER_TEXT:
        return True
    names = attributes(element)
    hidden = is_hidden(element)
    named = bool(names.strip()) and bool(_BESIDE.search(names)) and not _ARTICLE.search(names)
    if not hidden and not named and element.tag not in ("footer", "header"):
        return False
    if element.tag == "header" and element.find(".//h1") is not None:
        return False
    return hidden or len(element.text_content()) <= whole * _MOST
