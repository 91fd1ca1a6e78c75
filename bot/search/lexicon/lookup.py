"""Finds listed names at the words of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.bangla.endings import bases, short_base
from bot.search.lexicon import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 5
"""Words of a name in these lists."""
_ROMAN_ENDINGS: Final = ("er", "r", "der", "ke", "te", "e", "y", "s", "ra", "gulo", "ta")
_LEAST_ROMAN: Final = 3


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
            if (ways := tables.spellings().get(name)) is not None:
                return LexiconEntry(size, ways, english=False)
            if (sought := tables.english().get(name)) is not None:
                return LexiconEntry(size, (sought,), english=True)
            if size > 1 and name in tables.names():
                return LexiconEntry(size, (tables.way(name),), english=False)
    return None


def is_known(word: str) -> bool:
    """Tell whether a word stands in a list as it is."""
    return word in tables.known()


def known_base(word: str) -> str:
    """Return the longest known base of a word, else "".

    The word itself comes first.
    """
    return next((form for form in _forms(word) if form in tables.known()), "")


def _forms(word: str) -> list[str]:
    if word.isascii():
        cut = [word.removesuffix(ending) for ending in _ROMAN_ENDINGS if word.endswith(ending)]
        return [word, *(rest for rest in cut if len(rest) >= _LEAST_ROMAN)]
    short = short_base(word)
    return [*sorted(bases(word), key=len, reverse=True), *((short,) if short else ())]
