"""Reads this folder's lists once.

Each name is in key() words, with what is sought for it.
A way to seek something is written as `bot.bangla.words.question` reads it: words parted by hyphens stand side by side.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import NameKind
from bot.bangla.normalise import key
from bot.bangla.phonetic_english import ENGLISH
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Name: TypeAlias = tuple[str, ...]


def load() -> None:
    """Read all lists, so that no reader waits for that: 200 ms."""
    spellings(), english(), names(), known()


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
