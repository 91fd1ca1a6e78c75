"""Finds the names that a headline says.

A name is made of whole words, with or without their usual endings.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.bangla.endings import bases
from bot.bangla.words import compounds, split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_LONGEST = 6
"""Words of a name that is known in a headline."""
_HEAD = 3
"""Code points that every form of a word begins with."""


def spelled(names: Iterable[str]) -> set[str]:
    """Return the names that mean the same wherever they stand.

    “al” and “who” in an English headline are no other spelling of anything.
    """
    return {name for name in names if not name.isascii()}


def spoken(headline: str) -> set[str]:
    """Return the keys of all names that a headline may say.

    Each word, each word without a usual ending, and runs of several words, the last one likewise. Whole words, never
    beginnings of words: who follows the tag বাংলা is not told of every বাংলাদেশ.
    """
    said = split(headline)
    found = {base for word in compounds(headline) for base in bases(word)}
    for at, word in enumerate(said):
        ends = bases(word)
        for size in range(min(_LONGEST, at + 1)):
            before = "".join(f"{one} " for one in said[at - size : at])
            found |= {f"{before}{end}" for end in ends}
    return found


def says(headline: str, names: Collection[str]) -> bool:
    """Return whether a headline says any of these keys.

    They are keys as `spoken` lists them.
    """
    said, compounded = _heard(headline)
    for name in names:
        *before, last = name.split(" ")
        for at in range(len(before), len(said)) if len(before) < _LONGEST else ():
            stands = said[at].startswith(last[:_HEAD]) and said[at - len(before) : at] == before
            if stands and last in bases(said[at]):
                return True
    return any(not ends.isdisjoint(names) for ends in compounded)


@lru_cache(maxsize=2048)
def _heard(headline: str) -> tuple[list[str], list[frozenset[str]]]:
    """Part a headline, once for all who ask.

    The next reader of a topic asks the same newest headlines.
    """
    return split(headline), [frozenset(bases(word)) for word in compounds(headline)]
