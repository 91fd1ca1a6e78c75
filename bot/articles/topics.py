"""Reads the topic that a publisher or a reader names.

The publisher's category words and the parts of the address decide. Some words mean another thing in another country
(«দেশ» is India's own news there, Bangladesh's here), so they are read by the outlet's country.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from bot.articles import topic_words as words
from bot.bangla.normalise import key
from bot.values.topics import TOP, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.values.topics import Topic

INDIA = "IN"
PARTS: Final = frozenset(
    map(
        key,
        (
            *("ক্রিকেট", "ফুটবল", "ঢাকা", "ইসলাম", "আবহাওয়া", "জলবায়ু", "সরকার", "সচিবালয়", "আদালত", "শেয়ারবাজার"),
            *("ভ্রমণ", "ক্যাম্পাস", "বিজ্ঞান", "cricket", "football", "dhaka", "islam", "weather"),
        ),
    )
)
"""What portals file under a section although it is only a part of it: who follows cricket does not want all sport."""
_TELLING: Final = {
    "opinion": 0,
    "life": 2,
    "kolkata": 3,
    "capital": 4,
    "country": 4,
    "bengal": 4,
    "bangladesh": 5,
    "india": 5,
    "world": 6,
    TOP: 7,
}
"""How little a section tells, 1 for what is not here: where something happened tells less than what it is about.

Opinion tells most, whatever it is about: it must not reach those who follow the news of that as news.
"""
_BETWEEN = re.compile(r"(?<=[\s-])(?:ও|এবং|and|&)(?=[\s-])|[\s_&.'-]+")
_LEVELS = re.compile(r"(?<!\s)\s*+[>/|»›,:]\s*")
_NEWS = re.compile(r"[\s_-](?:খবর|খবরাখবর|সংবাদ|নিউজ|khobor|khabor|khobar|news|others?)$")
_GENITIVES: Final = tuple(map(key, ("-এর", " এর", "য়ের", "ের", "র", "-er", " er", "er", "r")))


def topic(categories: Sequence[str], url: str | None, country: str = "BD") -> str | None:
    """Return the topic of an article, or None.

    It is the most telling that its categories and its address say. Among equally telling ones the first is meant, and a
    category comes before the address. «প্রধান খবর» says where a story stood, not what it is about, so anything else
    wins over it.
    """
    return min(_said(categories, url, country), key=lambda said: _TELLING.get(said, 1), default=None)


def named(text: str) -> Topic | None:
    """Return the topic that a reader means.

    খেলা, খেলাধুলা, sport, khela and «খেলার খবর» mean one.
    """
    section = _look_up(_names(), key(text))
    return None if section is None else by_slug(section)


def by_slug(wanted: str) -> Topic:
    """Return one topic.

    Raises:
        KeyError: there is none of that key.
    """
    return _by_slug()[wanted]


def _said(categories: Iterable[str], url: str | None, country: str) -> Iterator[str]:
    table = _sections(in_india=country == INDIA)
    levels = [level for category in categories for level in (category, *_LEVELS.split(category))]
    for word in (*map(key, levels), *_parts(url)):
        if (section := _look_up(table, word)) is not None:
            yield section


def _look_up(table: Mapping[str, str], word: str) -> str | None:
    found = (table.get(_joined(form)) for form in _forms(word))
    return next((section for section in found if section is not None), None)


def _parts(url: str | None) -> list[str]:
    try:
        path = urlsplit(url or "").path
    except ValueError:  # «http://[…»: no address; the categories may still say it
        return []
    # The last part is the story's own.
    return [key(unquote(part)) for part in path.split("/")[:-1]]


def _forms(word: str) -> Iterator[str]:
    """Return a section's name without words for news.

    Such words are in «X-এর খবর», «Xর খবর», «Xের খবর», x-news; a Roman o is lost before the ending: bissher, bissho.
    """
    yield word
    if (bare := _NEWS.sub("", word)) == word:
        return
    yield bare
    for ending in _GENITIVES:
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            yield stem
            yield f"{stem}o"


def _joined(word: str) -> str:
    """Fold what portals write in several ways.

    সারা দেশ and সারাদেশ are one; so are law-court, Law & Court and law_court.
    """
    return _BETWEEN.sub("", word)


def _by_word(*tables: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {_joined(key(word)): section for table in tables for section, its in table.items() for word in its}


@cache
def _sections(*, in_india: bool) -> dict[str, str]:
    return _by_word(_labels(), words.PRINTED, words.FILED, words.IN_INDIA if in_india else words.ELSEWHERE)


@cache
def _names() -> dict[str, str]:
    return _by_word(words.ANYWHERE, words.PRINTED, words.SPELLED, {one.slug: (one.slug,) for one in TOPICS}, _labels())


def _labels() -> dict[str, tuple[str, ...]]:
    return {one.slug: (one.name.bn, one.name.en) for one in TOPICS}


@cache
def _by_slug() -> dict[str, Topic]:
    return {one.slug: one for one in TOPICS}
