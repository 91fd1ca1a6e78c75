"""Reads the dates that elements carry for machines.

They stand in <time datetime>, microdata, hAtom and data attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from bot.articles.text.labels import Label, read_labels
from bot.sources.html.tree import attributes, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_UPDATED = re.compile(r"updat|modif|edited|revis", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|created|pubdate|entry-date", re.IGNORECASE)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:published|updated|modified|dtstart|entry-date|post-date|pubdate|timeago|time-?ago|date|time|"
    r"datetime|publish|posted-on|timestamp|moment)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOMENTS = frozenset(("time", "relative-time", "time-ago", "local-time", "amp-timeago"))
# Attributes that hold nothing but a moment, and those that hold one if the element is dated.
_SURE = ("datetime", "data-datetime", "data-published", "data-timestamp", "data-publish-date", "data-published-at")
_VALUES = (*_SURE, "content", "data-time", "data-date", "title")
_MACHINE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?(?!\d)|\d{10}(?:\d{3})?$")
_DIGIT = re.compile(r"\d{4}")
_LONGEST = 80
_BOX, _HEADLINE = 2, 20  # levels above a date, and letters of a link that is a headline


@dataclass(slots=True)
class Times:
    """Texts of dates in the page's order.

    Those that say which date they are come before those that do not.
    """

    published: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)


def read_times(tree: HtmlElement, near: Iterable[HtmlElement], heading: HtmlElement | None = None) -> Times:
    """Read microdata and dated elements.

    Microdata counts anywhere in the pruned tree, a dated element only among those ``near`` the headline.
    """
    times, unnamed = Times(), []
    marked = [element for element in tree.iter() if isinstance(element.tag, str) and element.get("itemprop")]
    for element in (*marked, *near):
        value = _value(element)
        if value is None or _is_anothers(element, heading):
            continue
        names = f"{element.get('itemprop') or ''} {attributes(element)}"
        if _UPDATED.search(names) or (element.tag == "time" and _is_labelled(element, Label.UPDATED)):
            if not _PUBLISHED.search(names):
                times.updated.append(value)
            else:
                unnamed.append(value)
        elif _PUBLISHED.search(names) or _is_labelled(element, Label.PUBLISHED):
            times.published.append(value)
        elif not element.get("itemprop"):
            unnamed.append(value)
    times.published += unnamed
    return times


def date_of(element: HtmlElement) -> str:
    """Return the date that an element gives for machines, else prints."""
    return _value(element) or text_of(element)


def _is_anothers(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Return whether a date stands in a box with another page's headline."""
    held = set() if heading is None else set(heading.iterancestors())
    for holder in islice(element.iterancestors(), _BOX):
        if holder in held:
            return False
        if any(len(text_of(link)) >= _HEADLINE for link in holder.iter("a")):
            return True
    return False


def _value(element: HtmlElement) -> str | None:
    """Return the date text of an element, or None."""
    itemprop = (element.get("itemprop") or "").casefold()
    dated = element.tag in _MOMENTS or "date" in itemprop
    called = dated or bool(_DATED.search(element.get("class") or ""))
    for name in _VALUES if called else _SURE:
        value = (element.get(name) or "").strip()
        if value and len(value) <= _LONGEST and (_DIGIT.search(value) if dated else _MACHINE.match(value)):
            return value
    return text_of(element) if "date" in itemprop and len(text_of(element)) <= _LONGEST else None


def _is_labelled(element: HtmlElement, wanted: Label) -> bool:
    """Return whether the print before an element says which date."""
    before = element.getprevious()
    parent = element.getparent()
    texts = [element.text or "", (before.tail or text_of(before)) if before is not None else ""]
    texts.append((parent.text or "") if parent is not None else "")
    return any(
        label.label is wanted
        for text in texts
        if len(text) <= _LONGEST
        for label in read_labels(f"{text.strip(' :|')}: 1 January 2020")
    )
