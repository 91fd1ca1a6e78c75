"""Measures how much sentences share with their article.

The measure is a random walk over shared words.
"""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING

from bot.bangla.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Bag = frozenset[str]

SHORTEST = 3
"""Code points of a word that counts in a headline; its stem has no fewer."""
_ENDING = re.compile(r"(?<=...)(?:[রেি]|কে|তে|টি|টা)\Z")
_LEAST, _BEGINNING = 4, 6
_ANYWHERE = 2.0  # how often the walk starts anywhere, to once at the lead and once at the headline
_FOLLOWED = 0.85  # how often it goes on to a neighbour instead of starting anew
_STEPS = 8  # more of them change no ranking that was looked at


def bag(words: Iterable[str]) -> Bag:
    """Return the stems that stand for a sentence.

    The beginnings of its words, which inflection leaves alone.
    Words of fewer than four code points are nearly all function words; without them no list of those is needed.
    """
    return frozenset(word[:_BEGINNING] for word in words if len(word) >= _LEAST)


def stems(words: Iterable[str]) -> Bag:
    """Return words without endings, to compare a sentence with its headline.

    That two words of one article fall together does no harm.
    """
    return frozenset(_ENDING.sub("", stem(word)) for word in words if len(word) >= SHORTEST)


def likeness(one: Bag, other: Bag) -> float:
    """Return how alike two bags are, 0 to 1."""
    shared = len(one & other)
    return shared / sqrt(len(one) * len(other)) if shared else 0.0


def salience(sentences: Sequence[Bag], headline: Bag) -> list[float]:
    """Return how often a walk visits each sentence.

    1 is the mean. The walk goes from sentence to sentence, and to the headline, as they share words, and starts anew at
    the first sentence, the headline or anywhere: what the headline and many sentences speak of is passed most.
    """
    positions = [*sentences, headline]
    starts = [_ANYWHERE / len(positions)] * len(positions)
    starts[0] += 1.0
    starts[-1] += 1.0 if headline else 0.0
    starts = [start / sum(starts) for start in starts]
    ways = _ways(positions)
    passed = starts
    for _ in range(_STEPS):
        passed = _step(passed, starts, ways)
    return [share * len(sentences) for share in passed[:-1]]


def _ways(positions: Sequence[Bag]) -> list[list[tuple[int, float]]]:
    """Return where the walk goes on to from each position.

    Each step has its chance.
    """
    ways: list[list[tuple[int, float]]] = [[] for _ in positions]
    sizes = [sqrt(len(one)) for one in positions]
    for one, first in enumerate(positions):
        way, size = ways[one], sizes[one]
        for other in range(one + 1, len(positions)):
            if shared := len(first & positions[other]):
                near = shared / (size * sizes[other])
                way.append((other, near))
                ways[other].append((one, near))
    sums = (sum([near for _, near in way]) for way in ways)
    return [[(other, near / whole) for other, near in way] for way, whole in zip(ways, sums, strict=True)]


def _step(passed: list[float], starts: list[float], ways: list[list[tuple[int, float]]]) -> list[float]:
    lost = sum(share for share, way in zip(passed, ways, strict=True) if not way)
    anew = 1 - _FOLLOWED + _FOLLOWED * lost  # from what shares no word with anything the walk starts anew
    coming = [anew * start for start in starts]
    for share, way in zip(passed, ways, strict=True):
        for other, chance in way:
            coming[other] += _FOLLOWED * share * chance
    return coming
