"""Guesses at words that stand nowhere.

A guess is only ever asked about; there are few, and careful ones.
A guess keeps its first consonant, and every consonant of a word of up to four letters; it is no small word, no form of
a verb and no rude word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.bangla.inflection import base
from bot.bangla.spelling import fold
from bot.search.weak import is_weak

if TYPE_CHECKING:
    from bot.bangla.phonetics import Guess
    from bot.ports.store import Store

SHORT: Final = 3
OFFERED: Final = 3
LIKELY: Final = 90.0
"""A guess that costs more is none: what is typed is no word of the archive."""
_LOOKED_AT: Final = 6
_SHORT_LETTERS: Final = 4
_FULL: Final = re.compile("[ঀ-ঔক-হড়-ৡ]")
_CONSONANTS: Final = re.compile("[ক-হy]")
_RUDE: Final = ("চোদ", "বাল", "মাগি", "খানকি", "বেশ্যা", "শালা", "কুত্তা", "হারামি", "শুয়োর", "গুদ", "পোঁদ", "মাদার")


async def of_bengali(store: Store, word: str) -> tuple[str, ...]:
    """Return the known words a misspelt Bengali word may be.

    The likeliest comes first.
    """
    found = await store.vocabulary.nearest(word, _LOOKED_AT)
    return _distinct([guess for guess in found if guess.cost <= LIKELY and may_be(word, guess.word)])


async def of_roman(store: Store, word: str) -> list[Guess]:
    """Return the known words a Roman word may be.

    The likeliest comes first, each word in one form.
    """
    found = [
        one for one in await store.vocabulary.nearest(word, _LOOKED_AT) if one.cost <= LIKELY and _is_fit(one.word)
    ]
    kept = _distinct(found)
    return [next(guess for guess in found if guess.word == name) for name in kept]


def may_be(word: str, guess: str) -> bool:
    """Tell whether a word may be guessed to be another one."""
    if not _is_fit(guess):
        return False
    typed, meant = _CONSONANTS.findall(fold(word)), _CONSONANTS.findall(fold(guess))
    if not typed or not meant or typed[0] != meant[0] or (word[0] in _VOWELS) != (guess[0] in _VOWELS):
        return False
    return len(_FULL.findall(word)) > _SHORT_LETTERS or (typed == meant[: len(typed)] and len(meant) - len(typed) <= 1)


_VOWELS: Final = frozenset("অআইঈউঊঋএঐওঔ")


def _is_fit(guess: str) -> bool:
    return not is_weak(guess) and not guess.startswith(_RUDE)


def _distinct(guesses: list[Guess]) -> tuple[str, ...]:
    """Return the likeliest form of each word.

    Forms are one word by the beginning that they share.
    """
    kept: list[str] = []
    for guess in guesses:
        if not any(guess.word.startswith(one) or base(guess.word, _unknown) == base(one, _unknown) for one in kept):
            kept.append(guess.word)
    return tuple(kept[:OFFERED])


def _unknown(_: str) -> int:
    return 0
