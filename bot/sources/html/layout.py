"""Reads what a page shows around its article.

That is its headline, labels, by-line, tags, views and breadcrumb. Bengali portals say most of it here only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.articles.text.attribution import is_role
from bot.articles.text.body import is_prose
from bot.articles.text.headline import title_parts
from bot.articles.text.labels import ENDS, Label, is_date, read_labels, read_views
from bot.bangla.normalise import display, key
from bot.bangla.numerals import to_ascii
from bot.sources.html.times import Times, read_times
from bot.sources.html.tree import attributes, is_hidden, text_of, text_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|reporter|writer|author-name|post-author|news-author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AUTHOR_BOX = re.compile(r"author-?box|about-?author|author-?bio|author-?info", re.IGNORECASE)
_USER_ICON = re.compile(
    r"(?:^|[\s-])(?:fa|la|icon|bi|ti|icofont|dashicons)-?(?:user|pen|pencil|edit|feather|admin-users)", re.IGNORECASE
)
_TAGS = re.compile(r"(?:^|[\s_-])(?:tags?|tag-?links|tag-?list|post-tags|topics?|keywords)(?:$|[\s_-])", re.IGNORECASE)
_VIEWS = re.compile(r"(?:^|[\s_-])(?:views?|post-views|view-?count|hits|read-?count)(?:$|[\s_-])", re.IGNORECASE)
_CRUMBS = re.compile(r"(?:^|[\s_-])(?:breadcrumbs?|crumbs?|entry-crumbs)(?:$|[\s_-])", re.IGNORECASE)
_EDITORS = key("সম্পাদক|প্রকাশক|editor|publisher")
_HOME = frozenset(key(word) for word in ("হোম", "প্রচ্ছদ", "নীড়পাতা", "home", "হোমপেজ", "মূলপাতা"))
_NUMBER = re.compile(r"\d[\d,]*")
_NO_TEXT = frozenset(("script", "style", "option", "noscript", "title", "meta", "link"))
_ABOVE = 12  # elements with text above the headline
_FAR = 1500  # elements behind the headline in which an article's end is
_WINDOW = 60  # elements with text behind the headline in which its labels are
_LONGEST_META, _LONGEST_TAG, _LONGEST_BOX, _LONGEST_IMPRINT = 160, 60, 600, 400
_SHARE = 0.35
_STANDFIRSTS = 1  # lines of prose that may stand above the by-line
_PERHAPS_HEADING = ("h4", "h5", "h6", "p", "div", "span", "td", "b", "strong", "font", "center")
_SHORTEST = (4, 12)  # a headline that the title holds, and one that nothing vouches for


@dataclass(slots=True)
class Layout:
    """The facts that a page prints; dates are texts still."""

    headline: str | None = None
    published: str | None = None
    updated: str | None = None
    unlabelled: str | None = None
    byline: str | None = None
    views: int | None = None
    tags: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    times: Times = field(default_factory=Times)


def read_layout(root: HtmlElement, pruned: HtmlElement, heading: HtmlElement | None, titles: tuple[str, ...]) -> Layout:
    """Read a page's printed facts.

    ``titles`` are what its metadata calls it, with the site's name still behind; in ``pruned`` lists of other news are
    gone, whose dates are not this article's.
    """
    layout = Layout()
    layout.headline = text_of(heading) if heading is not None else None
    layout.tags = _tags(root)
    layout.categories = _categories(root, layout.headline or "")
    layout.views = _views(root)
    inner = find_heading(pruned, titles)
    near: list[HtmlElement] = []
    if inner is not None:
        behind, before = list(_behind(inner)), list(inner.xpath(f"preceding::*[position() <= {_ABOVE * 4}]"))
        near = [*inner.iter(), *before, *behind]
        _read_meta(inner, layout)
        for element in (*filter(_may_be_label, behind), *list(filter(_may_be_label, before))[-_ABOVE:]):
            _read_labels(element, layout)
    layout.times = read_times(pruned, near or _alone(pruned), inner)
    return layout


def _alone(pruned: HtmlElement) -> list[HtmlElement]:
    """Return the page's one <time>.

    It counts where no headline tells which of several is the article's.
    """
    found = list(pruned.iter("time"))
    return found if len(found) == 1 else []


def find_heading(root: HtmlElement, titles: tuple[str, ...]) -> HtmlElement | None:
    """Return the headline's element.

    It is the longest heading that the page's title holds, else the only h1. If no heading is one, another element
    counts that holds a whole part of the title («দৈনিক পোর্টাল | …») and nothing else.
    """
    wanted = [key(title) for title in titles if title]
    # A tag's name may stand in the title too; a headline is a good part of what the title has beside the site.
    shortest = {key(title): max(map(len, title_parts(title))) for title in titles if title}
    headings = [(key(text_of(element)), element) for element in root.iter("h1", "h2", "h3")]
    held = [
        (text, element)
        for text, element in headings
        if len(text) >= _SHORTEST[0]
        and any(text in title and len(text) >= _SHARE * shortest[title] for title in wanted)
    ]
    if held:
        # The longest: the site's own name stands in the title too, often in an h1 of its own.
        return max(held, key=lambda pair: len(pair[0]))[1]
    if plain := _unmarked_heading(root, titles):
        return plain[0]
    first = [element for element in root.iter("h1") if len(text_of(element)) >= _SHORTEST[1]]
    return first[0] if len(first) == 1 else None


def _unmarked_heading(root: HtmlElement, titles: tuple[str, ...]) -> list[HtmlElement]:
    """Return elements that hold a title's longest part.

    None is a heading; the innermost comes first.
    """
    parts = {key(part) for title in titles if (part := max(title_parts(title), key=len)) and len(part) >= _SHORTEST[1]}
    found = []
    for element in root.iter(*_PERHAPS_HEADING):
        text = text_within(element, _LONGEST_META * 2)
        if text is None or key(text) not in parts or next(element.iter("a"), None) is not None:
            continue
        if not any(ancestor.tag == "a" for ancestor in element.iterancestors()):
            found.append(element)
    inner = [element for element in found if not any(child in found for child in element.iterdescendants())]
    return inner[:1]


def _read_meta(heading: HtmlElement, layout: Layout) -> None:
    """Read the lines between the headline and the text.

    Examples are «নিজস্ব প্রতিবেদক», «আপডেট : …», and a date without a label.
    """
    prose = 0
    for element in _lines_behind(heading):
        text = display(text_of(element))
        prose += is_prose(text)
        if len(text) > _LONGEST_META or prose > _STANDFIRSTS:
            break
        if any(label.label in ENDS for label in read_labels(text)):
            continue
        if layout.unlabelled is None and not read_labels(text) and is_date(text):
            layout.unlabelled = text
        if layout.byline is None and (is_role(text) or _is_author(element)) and not is_date(text):
            layout.byline = _without_date(text)


def _without_date(text: str) -> str:
    """Return a line's first part that is no date.

    In «নিজস্ব প্রতিবেদক | প্রকাশিত : ২ নভেম্বর ২০২৬» that is «নিজস্ব প্রতিবেদক».
    """
    parts = [part.strip() for part in text.split("|")]
    names = [part for part in parts if part and not is_date(part)]
    return names[0] if names and len(names) < len(parts) else text


def _lines_behind(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements with text of their own behind the headline.

    They come in the page's order.
    """
    count = 0
    for element in heading.xpath("following::*[text()[normalize-space()] or @class or i]"):
        if element.tag in _NO_TEXT or not _own_text(element):
            continue
        yield element
        count += 1
        if count >= _WINDOW:
            return


def _own_text(element: HtmlElement) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _is_author(element: HtmlElement) -> bool:
    """Return whether a page calls an element its author.

    A class, rel, itemprop or an icon of a person before it says so.
    """
    chain = [element, *list(element.iterancestors())[:2]]
    if any(_AUTHOR_BOX.search(attributes(item)) or is_hidden(item) for item in element.iterancestors()) or is_hidden(
        element
    ):
        return False
    if any(
        item.get("rel") == "author" or "author" in (item.get("itemprop") or "") or _AUTHOR.search(attributes(item))
        for item in chain[:2]
    ):
        return True
    icons = [child for child in element if child.tag in ("i", "svg", "span") and _USER_ICON.search(attributes(child))]
    return bool(icons) and len(text_of(element)) <= _LONGEST_TAG and "|" not in text_of(element)


def _behind(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements behind the headline.

    They end where other news or comments begin.
    """
    told = False
    for element in heading.xpath(f"following::*[position() <= {_FAR}]"):
        if _own_text(element) and element.tag not in _NO_TEXT:
            text = text_of(element)
            told = told or is_prose(display(text))
            if told and len(text) <= _LONGEST_META and any(label.label in ENDS for label in read_labels(text)):
                return
        yield element


def _may_be_label(element: HtmlElement) -> bool:
    return element.tag not in _NO_TEXT and _own_text(element) and text_within(element, _LONGEST_META) is not None


def _read_labels(element: HtmlElement, layout: Layout) -> None:
    """Read labelled dates, views and by-lines; the first of each counts."""
    for label in read_labels(text_of(element)):
        if label.label is Label.PUBLISHED and layout.published is None:
            layout.published = label.value
        elif label.label is Label.UPDATED and layout.updated is None:
            layout.updated = label.value
        elif label.label is Label.VIEWS and layout.views is None:
            layout.views = read_views(label.value)
        elif label.label is Label.BYLINE and layout.byline is None and label.value:
            layout.byline = label.value
        elif label.label is Label.TAGS and label.value and not layout.tags:
            layout.tags = [link for child in element.iter("a") if (link := text_of(child))]


def is_in_imprint(root: HtmlElement, name: str) -> bool:
    """Return whether a name stands behind «সম্পাদক» or «প্রকাশক» in the imprint.

    Such a line is none of the article's sentences, and the post stands before the name.
    """
    folded = key(name)
    if folded not in key(text_of(root)):
        return False
    behind = re.compile(rf"(?:{_EDITORS})[^।]{{0,80}}?{re.escape(folded)}")
    return any(
        behind.search(key(text)) and not is_prose(text)
        for element in root.iter("p", "div", "span", "li", "td", "footer", "strong", "address", "section")
        if (text := text_within(element, _LONGEST_IMPRINT))
    )


def _views(root: HtmlElement) -> int | None:
    """Return the number alone in an element that is called views."""
    for element in root.iter("div", "span", "li", "p", "small"):
        if _VIEWS.search(attributes(element)):
            text = to_ascii(text_of(element))
            if _NUMBER.fullmatch(text):
                return int(text.replace(",", "")[:15])
            if (number := read_views(text)) is not None:
                return number
    return None


def _tags(root: HtmlElement) -> list[str]:
    """Return the links in a box of tags, or behind «ট্যাগ :»."""
    links = [
        text_of(link)
        for link in root.xpath("//a[contains(concat(' ', @rel, ' '), ' tag ')][not(contains(@rel, 'category'))]")
        if "/tag" in (link.get("href") or "")
    ]
    for element in root.iter("div", "ul", "p", "section", "span", "footer"):
        if links:
            break
        boxed = bool(_TAGS.search(attributes(element)))
        opening = display((element.text or "").strip()) if not boxed else ""
        labelled = bool(opening) and any(label.label is Label.TAGS for label in read_labels(opening))
        if (boxed or labelled) and len(text_of(element)) <= _LONGEST_BOX:
            links = [text_of(link) for link in element.iter("a")]
    return [link for link in links if link and len(link) <= _LONGEST_TAG][:30]


def _categories(root: HtmlElement, headline: str) -> list[str]:
    """Return the sections of a breadcrumb.

    Home and the headline itself are left out.
    """
    for element in root.iter("div", "ul", "ol", "nav", "p", "span"):
        if _CRUMBS.search(attributes(element)):
            names = [text_of(link) for link in element.iter("a")]
            named = [name for name in names if name and key(name) not in _HOME and key(name) not in key(headline)]
            if named:
                return named[:3]
    return []
