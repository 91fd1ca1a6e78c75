"""Finds an article's tags: those given, cleaned, else what it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.articles import topics
from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import NameKind
from bot.articles.names.name_runs import contains, is_of_a_name
from bot.articles.names.subjects import WordCounts, subjects
from bot.articles.text.attribution import is_agency
from bot.articles.text.labels import section_names
from bot.bangla.normalise import display, key
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["MOST", "WordCounts", "clean", "tags"]

MOST: Final = 7
"""Tags of one article that we find ourselves."""
# What says nothing of the article, in a box of tags.
_EMPTY = frozenset(
    key(word)
    for word in (
        *("খবর", "সংবাদ", "নিউজ", "ব্রেকিং", "ব্রেকিং নিউজ", "সর্বশেষ", "সর্বশেষ খবর", "আজকের খবর", "বাংলা খবর"),
        *("ভাইরাল", "ট্যাগ", "অন্যান্য", "বিবিধ", "ভিডিও", "ছবি", "news", "breaking", "breaking news", "latest"),
        *("latest news", "bangla news", "bd news", "today news", "viral", "video", "photo", "tag", "tags", "all"),
        *("others", "featured", "uncategorized", "slider", "lead news", "headline"),
    )
)
_OUTLET = re.compile(r"^(?:the )?(?:daily|দৈনিক|সাপ্তাহিক) |(?:ডটকম|ডট কম|\.com|\.net|\.bd|টিভি| tv)$")
_EDGES = " .:#।-–—'\"‘’“”"


def tags(headline: str, body: Sequence[str], given: Sequence[str], known: WordCounts | None) -> list[str]:
    """Return an article's tags.

    They are the given ones, cleaned. If none is left they are what the article is about, at most seven, best first.
    Names stand in their base form, each once whatever its spelling. ``known`` tells rare words from common ones; an
    empty archive has none.
    """
    return clean(given) or _found(headline, body, known)


def clean(given: Iterable[str]) -> list[str]:
    """Return given tags in their names' one spelling.

    Sections, outlets, single letters and doubles are left out.
    """
    found: dict[str, str] = {}
    for tag in given:
        name = " ".join(display(tag).split()).strip(_EDGES)
        entry = gazetteer.named(name)
        if entry is None and not _says_something(key(name)):
            continue
        if entry is None or entry.kind is not NameKind.OUTLET:
            shown = name if entry is None else entry.name
            found.setdefault(key(shown), shown)
    return [name for name in found.values() if not any(_is_short_of(name, whole) for whole in found.values())]


def _is_short_of(name: str, whole: str) -> bool:
    """Return whether a name shortens the same person's.

    হাদি and ওসমান হাদি shorten শরিফ ওসমান বিন হাদি.
    """
    short, long = split(name), split(whole)
    if not len(short) < len(long) or short[-1:] != long[-1:] or not contains(short, long):
        return False
    listed = gazetteer.named(name) is not None or gazetteer.named(whole) is not None
    return not listed and all(map(is_of_a_name, long))


def _says_something(folded: str) -> bool:
    letters = sum(sign.isalpha() for sign in folded)
    section = folded in section_names() or topics.named(folded) is not None
    nothing = folded in _EMPTY or (section and folded not in topics.PARTS)
    return letters > 1 and not (nothing or is_agency(folded) or _OUTLET.search(folded))


def _found(headline: str, body: Sequence[str], known: WordCounts | None) -> list[str]:
    found: dict[str, str] = {}
    for subject in subjects(headline, body, known):
        if not any(_overlap(name, key(subject.shown)) for name in found):
            found[key(subject.shown)] = subject.shown
    return list(found.values())[:MOST]


def _overlap(name: str, other: str) -> bool:
    """Return whether one name is or contains the other.

    বিশ্বকাপ goes with টি-টোয়েন্টি বিশ্বকাপ.
    """
    return f" {other} " in f" {name} " or f" {name} " in f" {other} "
