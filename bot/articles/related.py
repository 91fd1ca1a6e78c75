"""Finds stories near one by rare words and tags.

Stems of the headline, counted twice, and of the opening, weighed by how rare they are; a cosine above .40 means one
event in six of ten pairs (measured on articles of different outlets), and one below .15 hardly anything.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.stems import stem
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.values.articles import Article

OPENING = 700
"""Characters of the text that are looked at: newspapers say first what matters."""
FLOOR = 0.15
SAME = 0.85
"""What is nearer tells the same in the same words, and is nothing more to read."""
_SHARED_TAG = 0.05
_TAGS = 3
_SHORTEST = 3


class Tagged(NamedTuple):
    """What an article is compared by."""

    words: Counter[str]
    tags: frozenset[str]


def bag(article: Article) -> Tagged:
    """Return the stems and tags that say what an article is about."""
    opening = " ".join(article.body or article.summary)[:OPENING]
    found = Counter(stem(word) for word in (*split(article.headline) * 2, *split(opening)) if len(word) >= _SHORTEST)
    return Tagged(found, frozenset(article.tags))


def nearest(bags: Mapping[int, Tagged], number: int, counts: Mapping[str, int], limit: int) -> list[int]:
    """Return the numbers of the stories nearest to one, the nearest first.

    ``bags`` holds all stories by number, that one too; ``counts`` says how often a word stands in the archive.
    """
    tags, mine = bags[number].tags, _weighed(bags[number].words, counts)
    ranked = []
    for other, bag in bags.items():
        near = _cosine(mine, _weighed(bag.words, counts))
        worth = near + min(len(tags & bag.tags), _TAGS) * _SHARED_TAG
        if other != number and worth >= FLOOR and near < SAME:
            ranked.append((-worth, -other))
    return [-other for _, other in sorted(ranked)[:limit]]


def _weighed(found: Counter[str], counts: Mapping[str, int]) -> dict[str, float]:
    """Weigh words: one that stands everywhere says nothing."""
    most = math.log(2 + max(counts.values(), default=0))
    return {word: (1 + math.log(n)) * (most - math.log(1 + counts.get(word, 0))) for word, n in found.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(weight * other[word] for word, weight in one.items() if word in other)
    length = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return product / length if length else 0.0
