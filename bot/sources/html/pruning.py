"""Removes the parts of a page that surround its article.

A name is never the only witness: themes call the article's own container widget, share or sidebar, and ASP.NET wraps
the whole page in a form. A part with such a name goes only if it holds neither the headline nor some of the page's
prose.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, TypeAlias

from bot.sources.html.tree import attributes, is_hidden, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    _Likeness: TypeAlias = tuple[HtmlElement | None, str]

_NEVER_TEXT = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "embed", "button", "select",
        "input", "textarea", "figcaption", "audio", "video", "canvas", "dialog", "menu", "head",
    )
)  # fmt: skip
_PERHAPS = frozenset(("form", "nav", "aside", "footer", "header", "ins"))
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
# Boxes whose prose is somebody else's however much it is.
_STRANGE = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|related|relatednews|sidebar|footer|print-content|print-area|printarea|printable|"
    r"printme|print-only|cookie|modal|popup|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
# «single-post», «post-content»: names that hold a word of the table and are the article all the same.
_ARTICLE = re.compile(
    r"(?:^|[\s_-])(?:entry-content|post-content|article-content|article-body|single-content|news-content|hentry|story)(?:$|[\s_-])",
    re.IGNORECASE,
)
# An element of these within a sentence belongs to it: portals link names in the text as «tag-link».
_INLINE = frozenset(
    "a abbr b cite code em font i mark q s small span strong sub sup u".split()  # noqa: SIM905 - a list of 17 names
)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
_CLOSED = ("।", ".", "!", "?", "”", "’", '"', ":", "|", ")")
# Utility classes that say how a box is drawn, not what it is: overflow-hidden, scroll-mt-4, md:hidden, h-[calc(…)].
_DRAWN = re.compile(r"(?<!\S)(?:\S*[:\[(]\S*|-?(?:overflow|scroll|snap|rounded|decoration|break)-\S*)", re.IGNORECASE)
_HEADLINE_LINK = 20  # letters of a link from which it is a headline's
_PIECE = 40  # characters of text outside links from which a piece is prose and not a label
_PART, _MOST = 0.05, 0.6
_TOGETHER = 0.3  # of the page's prose: what boxes of one name beside each other hold if they are the article


def pruned(root: HtmlElement, heading: HtmlElement | None = None) -> HtmlElement:
    """Return the tree's copy without what is beside the article.

    Hidden copies, menus and lists of other news go. The containers of ``heading``, the headline's own element, are
    never dropped; nor is what holds a twentieth of the page's prose (three fifths if its name is that of comments, of a
    print copy or the like). A page builder puts each paragraph into a widget of its own: boxes of one name beside each
    other stay if together they hold much of it.
    """
    held = set() if heading is None else {heading, *heading.iterancestors()}
    positions = [position for position, element in enumerate(root.iter()) if element in held]
    tree = copy.deepcopy(root)
    elements = list(tree.iter())
    kept = {elements[position] for position in positions}
    prose = prose_of(tree)
    like = _alike(prose)
    dropped: set[HtmlElement] = set()
    for element in elements[1:]:
        if element.getparent() in dropped:
            dropped.add(element)
        elif element.tag in _INLINE and _is_in_sentence(element):
            for name in ("class", "id"):  # other readers of the tree go by them too
                element.attrib.pop(name, None)
        elif element not in kept and element.tag not in _KEPT and _is_beside(element, prose, like, prose.get(tree, 0)):
            dropped.add(element)
            element.drop_tree()
        elif element.tag in _PERHAPS and prose.get(element, 0) > prose.get(tree, 0) * _MOST:
            element.tag = "div"  # what holds the text is no footer, whatever a reader by names would say
    return tree


def prose_of(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Return how many characters of prose each element holds.

    Prose is text outside links and scripts.
    """
    found: dict[HtmlElement, int] = {}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        own = 0 if element.tag in _NEVER_TEXT or element.tag == "a" else _piece(element.text)
        own += sum(_piece(child.tail) for child in element)
        if own:
            for holder in (element, *element.iterancestors()):
                found[holder] = found.get(holder, 0) + own
    return found


def _piece(text: str | None) -> int:
    length = len((text or "").strip())
    return length if length >= _PIECE else 0


def _is_beside(element: HtmlElement, found: dict[HtmlElement, int], like: dict[_Likeness, int], whole: int) -> bool:
    prose = found.get(element, 0)
    if element.tag in _NEVER_TEXT:
        return True
    if is_hidden(element):
        return prose <= whole * _MOST
    if _is_heading_of(element, found) or _is_dated_row(element):
        return False
    names = _DRAWN.sub(" ", attributes(element))
    named = bool(names.strip()) and bool(_BESIDE.search(names)) and not _ARTICLE.search(names)
    if not (named or element.tag in _PERHAPS) or (element.tag == "header" and element.find(".//h1") is not None):
        return False
    if named and _STRANGE.search(names):
        return prose <= whole * _MOST
    return prose <= whole * _PART and not (prose and _is_of_many(element, found, like, whole))


def _is_in_sentence(element: HtmlElement) -> bool:
    """Return whether a sentence runs through an element.

    There is text before it that is not closed, and text behind it.
    """
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    open_text = (text or "").rstrip()
    return bool(open_text) and not open_text.endswith(_CLOSED) and bool((element.tail or "").strip())


def _is_heading_of(element: HtmlElement, found: dict[HtmlElement, int]) -> bool:
    """Return whether an element is a heading between two paragraphs of prose."""
    if element.tag not in _HEADINGS:
        return False
    return all(beside is not None and found.get(beside) for beside in (element.getprevious(), element.getnext()))


def _is_dated_row(element: HtmlElement) -> bool:
    """Return whether an element holds a date and no headlines.

    It is the row with date and buttons under the headline.
    """
    if element.find(".//time") is None:
        return False
    return not any(len(text_of(link)) >= _HEADLINE_LINK for link in element.iter("a"))


def _is_of_many(element: HtmlElement, found: dict[HtmlElement, int], like: dict[_Likeness, int], whole: int) -> bool:
    """Return whether a box shares the prose with others.

    A box within one that does counts too.
    """
    parent, word = _likeness(element)
    inner = parent is not None and found.get(parent) == found[element] and _likeness(parent)[1] == word
    return bool(word) and (inner or like[parent, word] >= whole * _TOGETHER)


def _alike(found: dict[HtmlElement, int]) -> dict[_Likeness, int]:
    """Return how much prose stands in like-named neighbours.

    They are boxes that the table knows by the same word.
    """
    like: dict[_Likeness, int] = {}
    for element, prose in found.items():
        if (likeness := _likeness(element))[1]:
            like[likeness] = like.get(likeness, 0) + prose
    return like


def _likeness(element: HtmlElement) -> _Likeness:
    word = _BESIDE.search(_DRAWN.sub(" ", attributes(element)))
    return element.getparent(), word[0].strip(" _-").casefold() if word else ""
