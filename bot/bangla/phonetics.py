"""Bengali words found by how they sound: for Roman input as people type it, and for Bengali that is misspelt.

A noisy channel: what it costs to spell a word so (`phonetic_spellings`), less a little for words that stand often.
Words are kept by their skeleton, so that a question looks at hundreds of them and not at all.
"""

from __future__ import annotations

import math
import re
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from bot.bangla.inflection import base
from bot.bangla.normalise import key
from bot.bangla.phonetic_english import ENGLISH
from bot.bangla.phonetic_initials import initials
from bot.bangla.phonetic_match import Lattice
from bot.bangla.phonetic_sounds import is_word, neighbours, plain_roman, readings, skeletons, sounds
from bot.bangla.phonetic_spellings import SPELLINGS

LONGEST = 40
"""A longer word is none: it is neither kept nor sought."""
SURE = 40.0
"""How much a guess costs at most that can be taken without asking.

Of words that the archive has, three in five are guessed below; of words it has not, one in four is taken for another.
Which of two guesses is meant their distance tells: of first ones that are 30 ahead, nine in ten are right.
"""
# What a word gains each time it stands e times as often, and loses for not being in its base form: of 1 to 4 and of 6
# to 25, these found most in the half that set the weights.
_FREQUENCY = 2.5
_INFLECTED = 16
# How far to look: first near, then farther, and among skeletons that are a letter off too. More than half of the
# questions end with the first, all but one in twenty with the second; without the third a word in a hundred is missed.
_BOUNDS = (100, 170, 300)
# What costs this much more than the cheapest is not looked for: 60 is faster by a fifth and misses one in six hundred.
_MARGIN = 75
# Of more words than this the rarest are not looked at, so that no question takes longer the larger the archive is. No
# word was lost by it among 80,000; 1,000 would lose one in a thousand questions.
_MOST = 2000
# Names of letters and English words are nearly as good as what everybody types, but bnp may be a word as well.
_INITIALS = 15
_ENGLISH = 10
_BENGALI = re.compile("[\u0980-\u09ff]+")
# The usual spelling of each sound; the vowel that is not written, and য়, are half of the time not typed either.
_USUAL = {heard: min(ways, key=ways.__getitem__) for heard, ways in SPELLINGS.items()} | {"o": "o", "y": "y"}


class Guess(NamedTuple):
    """A word that may be meant, and how unlikely: about 0 is what all type so, over 100 what hardly anybody does."""

    cost: float
    word: str


class Phonetic:
    """A vocabulary that is asked by sound; it grows word by word as articles come."""

    def __init__(self) -> None:
        """Begin without a word."""
        self._counts: dict[str, int] = {}
        self._shelves: dict[str, list[tuple[str, str]]] = {}
        self._initials: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, word: str, count: int = 1) -> None:
        """Count a ``key()`` word; what is no Bengali word, or an endless one, is passed over."""
        known = self._counts.get(word)
        if known is not None:
            self._counts[word] = known + count
        elif len(word) <= LONGEST and is_word(word):
            self._counts[word] = count
            self._shelve(word)

    def _shelve(self, word: str) -> None:
        heard = sounds(word)
        for bones in skeletons(heard):
            self._shelves.setdefault(bones, []).append((heard, word))
        if letters := initials(word):
            self._initials.setdefault(letters, []).append(word)

    def nearest(self, typed: str, limit: int = 5) -> list[Guess]:
        """Return the likeliest words for one word in Roman letters or misspelt Bengali, the best first."""
        roman = romanised(typed)
        if not roman or len(roman) > LONGEST or limit < 1:
            return []
        costs = self._named(roman)
        for word, cost in self._heard(roman, limit).items():
            costs[word] = min(cost, costs.get(word, cost))
        if (same := key(typed)) in self._counts:
            costs[same] = 0
        guesses = sorted(Guess(cost - self._fame(word), word) for word, cost in costs.items())
        return self._ranked(guesses[: limit * 3])[:limit]

    def _ranked(self, guesses: list[Guess]) -> list[Guess]:
        """Put words in their base form a little before their other forms: readers look for names."""
        return sorted(Guess(guess.cost + self._inflected(guess.word), guess.word) for guess in guesses)

    def _inflected(self, word: str) -> int:
        return _INFLECTED if base(word, self._count) != word else 0

    def _count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def _named(self, roman: str) -> dict[str, int]:
        named = dict.fromkeys(self._initials.get(roman, ()), _INITIALS)
        return named | dict.fromkeys((word for word in ENGLISH.get(roman, ()) if word in self._counts), _ENGLISH)

    def _fame(self, word: str) -> float:
        return _FREQUENCY * math.log1p(max(0, self._counts[word]))

    def _heard(self, roman: str, limit: int) -> dict[str, int]:
        bones = readings(roman)
        near = self._shelved(bones)
        lattice = Lattice(roman)
        found = dict(lattice.within(near, _BOUNDS[0]))
        for last, bound in pairwise(_BOUNDS):
            if _is_enough(found, limit, last):
                break
            if last == _BOUNDS[0]:
                near += self._shelved(set().union(*(neighbours(one) for one in bones)) - bones)
            found = dict(lattice.within(near, min([bound, *(cost + _MARGIN for cost in found.values())])))
        return found

    def _shelved(self, bones: set[str]) -> list[tuple[str, str]]:
        """Return the words, with their sounds, that have one of these skeletons; of very many the commonest."""
        entries = [entry for one in bones for entry in self._shelves.get(one, ())]
        if len(entries) <= _MOST:
            return entries
        return nlargest(_MOST, entries, key=lambda entry: self._counts[entry[1]])


def _is_enough(found: dict[str, int], limit: int, bound: int) -> bool:
    return len(found) >= limit or (bool(found) and min(found.values()) + _MARGIN <= bound)


def romanised(typed: str) -> str:
    """Return what is typed in the letters a-z, Bengali ones as most people would type them."""
    if len(typed) > LONGEST * 2:
        return ""
    return plain_roman(_BENGALI.sub(lambda run: _roman(run[0]), key(typed)))


def _roman(word: str) -> str:
    return "".join(_USUAL.get(sound, "") for sound in sounds(word))
