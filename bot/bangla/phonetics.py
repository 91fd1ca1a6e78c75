"""Finds Bengali words by how they sound.

It serves Roman input as people type it, and misspelt Bengali.
A noisy channel: what it costs to spell a word so (`phonetic_spellings`), less a little for words that stand often.
Words are kept by their skeleton, so that a question looks at hundreds of them and not at all.
"""

from __future__ import annotations

import math
import re
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.bangla.inflection import base
from bot.bangla.normalise import key
from bot.bangla.phonetic_english import ENGLISH
from bot.bangla.phonetic_initials import initials
from bot.bangla.phonetic_match import Lattice
from bot.bangla.phonetic_sounds import is_word, neighbours, plain_roman, readings, skeletons, sounds
from bot.bangla.phonetic_spellings import SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 40
"""A longer word is none: it is neither kept nor sought."""
SURE = 40.0
"""How much a guess costs at most that can be taken without asking.

Three in five words that the archive has are guessed below it, and one in four that it has not is taken for another. The
distance between two guesses tells which is meant: nine in ten first guesses that are 30 ahead are right.
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
# Of more words of one skeleton the rarest are not looked at, so that no question takes longer the larger the archive
# is: of those a letter off there are a hundred skeletons.
_MOST_NEAR, _MOST_FAR = 600, 30
_REMEMBERED = 8
# Names of letters and English words are nearly as good as what everybody types, but bnp may be a word as well.
_INITIALS = 15
_ENGLISH = 10
_BENGALI = re.compile("[\u0980-\u09ff]+")
# The usual spelling of each sound; the vowel that is not written, and য়, are half of the time not typed either.
_USUAL = {heard: min(ways, key=ways.__getitem__) for heard, ways in SPELLINGS.items()} | {"o": "o", "y": "y"}


class Guess(NamedTuple):
    """A word that may be meant, and how unlikely it is.

    About 0 is what everybody types so, over 100 what hardly anybody does.
    """

    cost: float
    word: str


class Shelves(Protocol):
    """Words by how they sound: what `Phonetic` looks at."""

    def shelved(self, bones: Collection[str], each: int) -> list[tuple[str, str]]:
        """Return words that have one of these skeletons.

        Each skeleton gives its `each` commonest words, with their sounds.
        """

    def lettered(self, letters: str) -> Collection[str]:
        """Return the words that are initials of these letters."""

    def count(self, word: str) -> int:
        """Return how often a word stands; 0 for one that does not."""


class Shelf:
    """Words by how they sound, in memory; it grows word by word."""

    def __init__(self) -> None:
        """Begin without a word."""
        self._counts: dict[str, int] = {}
        self._shelves: dict[str, list[tuple[str, str]]] = {}
        self._initials: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, word: str, count: int = 1) -> None:
        """Count a key() word.

        A word that is not Bengali, or is endless, is passed over.
        """
        known = self._counts.get(word)
        if known is not None:
            self._counts[word] = known + count
        elif len(word) <= LONGEST and is_word(word):
            self._counts[word] = count
            heard = sounds(word)
            for bones in skeletons(heard):
                self._shelves.setdefault(bones, []).append((heard, word))
            if letters := initials(word):
                self._initials.setdefault(letters, []).append(word)

    def shelved(self, bones: Collection[str], each: int) -> list[tuple[str, str]]:
        """See `Shelves`."""
        entries = (self._shelves.get(one, []) for one in bones)
        return [entry for some in entries for entry in self._commonest(some, each)]

    def _commonest(self, entries: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
        return entries if len(entries) <= most else nlargest(most, entries, key=lambda entry: self._counts[entry[1]])

    def lettered(self, letters: str) -> Collection[str]:
        """See `Shelves`."""
        return self._initials.get(letters, ())

    def count(self, word: str) -> int:
        """See `Shelves`."""
        return self._counts.get(word, 0)


class Phonetic:
    """Finds which words of some shelves a typed word means."""

    def __init__(self, words: Shelves) -> None:
        """Look at these words."""
        self._words = words
        self._compared: dict[tuple[str, int, int], dict[str, int]] = {}

    def nearest(self, typed: str, limit: int = 5) -> list[Guess]:
        """Return the likeliest words for one typed word, best first.

        The word is in Roman letters or is misspelt Bengali.
        """
        roman = romanised(typed)
        if not roman or len(roman) > LONGEST or limit < 1:
            return []
        costs = self._named(roman)
        for word, cost in self._heard(roman, limit).items():
            costs[word] = min(cost, costs.get(word, cost))
        if self._words.count(same := key(typed)):
            costs[same] = 0
        guesses = sorted(Guess(cost - self._fame(word), word) for word, cost in costs.items())
        return self._ranked(guesses[: limit * 3])[:limit]

    def _ranked(self, guesses: list[Guess]) -> list[Guess]:
        """Sort words by likelihood, base forms a little ahead.

        Readers look for names.
        """
        return sorted(Guess(guess.cost + self._inflected(guess.word), guess.word) for guess in guesses)

    def _inflected(self, word: str) -> int:
        return _INFLECTED if base(word, self._words.count) != word else 0

    def _named(self, roman: str) -> dict[str, int]:
        named = dict.fromkeys(self._words.lettered(roman), _INITIALS)
        return named | dict.fromkeys((word for word in ENGLISH.get(roman, ()) if self._words.count(word)), _ENGLISH)

    def _fame(self, word: str) -> float:
        return _FREQUENCY * math.log1p(max(0, self._words.count(word)))

    def _heard(self, roman: str, limit: int) -> dict[str, int]:
        bones = readings(roman)
        near = self._words.shelved(sorted(bones), _MOST_NEAR)
        found = self._within(roman, near, _BOUNDS[0])
        for last, bound in pairwise(_BOUNDS):
            if _is_enough(found, limit, last):
                break
            if last == _BOUNDS[0]:
                near += self._words.shelved(sorted(set().union(*map(neighbours, bones)) - bones), _MOST_FAR)
            found = self._within(roman, near, min([bound, *(cost + _MARGIN for cost in found.values())]))
        return found

    def _within(self, roman: str, words: list[tuple[str, str]], bound: int) -> dict[str, int]:
        """Return the words near one spelling, compared only once.

        More shelves read later add words; those compared before stay compared.
        """
        asked = (roman, len(words), bound)
        if asked not in self._compared:
            if len(self._compared) >= _REMEMBERED:
                self._compared.clear()
            self._compared[asked] = dict(Lattice(roman).within(words, bound))
        return self._compared[asked]


def _is_enough(found: dict[str, int], limit: int, bound: int) -> bool:
    return len(found) >= limit or (bool(found) and min(found.values()) + _MARGIN <= bound)


def romanised(typed: str) -> str:
    """Return the text in a-z, Bengali letters as most people type them."""
    if len(typed) > LONGEST * 2:
        return ""
    return plain_roman(_BENGALI.sub(lambda run: _roman(run[0]), key(typed)))


def _roman(word: str) -> str:
    return "".join(_USUAL.get(sound, "") for sound in sounds(word))
