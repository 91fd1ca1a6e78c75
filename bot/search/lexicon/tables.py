"""Reads this folder's lists once.

Each name is in key() words, with what is sought for it.
A way to seek something is written as `bot.bangla.words.question` reads it: words parted by hyphens stand side by side.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import NameKind
from bot.bangla.endings import bases, short_base
from bot.bangla.normalise import key
from bot.bangla.phonetic_english import ENGLISH
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Name: TypeAlias = tuple[str, ...]

LONGEST: Final = 5
"""Words of a name in these lists."""
_ROMAN_ENDINGS: Final = ("er", "r", "der", "ke", "te", "e", "y", "s", "ra", "gulo", "ta")
_LEAST_ROMAN: Final = 3


def load() -> None:
    """Read all lists, so that no reader waits.

    It takes some 200 ms, once a process.
    """
    spellings(), english(), names(), known()


class LexiconEntry(NamedTuple):
    """A listed name found in words.

    It says how many of the words it takes, and what is sought for it.
    """

    size: int
    ways: tuple[str, ...]
    """Ways to spell the same, its own first; of English words one that may hold several words that all must stand."""
    english: bool


def listed(words: Sequence[str], at: int) -> LexiconEntry | None:
    """Return the longest listed name that begins at a position.

    Its last word may have a usual ending.
    """
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        before, last = tuple(words[at : at + size - 1]), words[at + size - 1]
        for form in _forms(last):
            name = (*before, form)
            if (ways := spellings().get(name)) is not None:
                return LexiconEntry(size, ways, english=False)
            if (sought := english().get(name)) is not None:
                return LexiconEntry(size, (sought,), english=True)
            if size > 1 and name in names():
                return LexiconEntry(size, (way(name),), english=False)
    return None


def is_known(word: str) -> bool:
    """Tell whether a word stands in a list as it is."""
    return word in known()


def known_base(word: str) -> str:
    """Return the longest known base of a word, else "".

    The word itself comes first.
    """
    return next((form for form in _forms(word) if form in known()), "")


def _forms(word: str) -> list[str]:
    if word.isascii():
        cut = [word.removesuffix(ending) for ending in _ROMAN_ENDINGS if word.endswith(ending)]
        return [word, *(rest for rest in cut if len(rest) >= _LEAST_ROMAN)]
    short = short_base(word)
    return [*sorted(bases(word), key=len, reverse=True), *((short,) if short else ())]


@cache
def spellings() -> Mapping[Name, tuple[str, ...]]:
    """Return all spellings of each listed one.

    Its own comes first.
    """
    found: dict[Name, tuple[str, ...]] = {}
    for group in (*_groups(), *_gazetteer()):
        ways = [way(name) for name in group]
        for name, own in zip(group, ways, strict=True):
            found.setdefault(name, tuple(dict.fromkeys((own, *ways))))
    return found


@cache
def english() -> Mapping[Name, str]:
    """Return what is sought for words in Roman letters."""
    found: dict[Name, str] = {}
    for line in _lines("english.txt"):
        typed, _, sought = line.partition("=")
        value = " ".join("|".join(key(one) for one in group.split("|")) for group in sought.split())
        for text in typed.split(","):
            found.setdefault(tuple(split(text)), value)
    for entry in gazetteer.entries():
        if entry.kind is not NameKind.OUTLET:
            names = (entry.name, *(name for name in entry.also if not name.isascii()))
            found.setdefault(tuple(split(entry.english)), "|".join(way(tuple(split(name))) for name in names))
    for word, meant in ENGLISH.items():
        found.setdefault((word,), "|".join(meant))
    return found


@cache
def names() -> frozenset[Name]:
    """Return the names of several words: these are sought side by side."""
    listed_names = {tuple(split(name)) for line in _lines("known.txt") for name in line.split(",")}
    return frozenset(name for name in listed_names if len(name) > 1)


@cache
def known() -> frozenset[str]:
    """Return the words that are never taken for others."""
    words = {word for line in _lines("known.txt") for name in line.split(",") for word in split(name)}
    words |= {word for group in _groups() for word in group[0]}
    for entry in gazetteer.entries():
        words |= {word for name in (entry.name, *entry.also) for word in split(name)}
    return frozenset(words)


def way(name: Name) -> str:
    """Write a name as a way to seek it."""
    return "-".join(name)


@cache
def _groups() -> tuple[tuple[Name, ...], ...]:
    return tuple(tuple(tuple(split(name)) for name in line.split(",")) for line in _lines("spellings.txt"))


def _gazetteer() -> Iterator[tuple[Name, ...]]:
    for entry in gazetteer.entries():
        names = [name for name in (entry.name, *entry.also) if name not in entry.doubtful and not name.isascii()]
        if len(names) > 1 and entry.kind is not NameKind.OUTLET:
            yield tuple(tuple(split(name)) for name in names)


def _lines(name: str) -> Iterator[str]:
    text = files("bot.search.lexicon").joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
