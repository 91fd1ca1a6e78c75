"""Chooses the sentences that together say most.

They fit the room of a card and are chosen at once, not one after another.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.articles.salience import Bag, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Together = Callable[[int, tuple[int, ...]], list[int]]

REPEATED = 0.15
"""What being told already takes from a sentence's worth, for each character of it."""
USUAL = 0.4
"""The worth that a character must have to be worth its room; without it long sentences always win."""
PROMISED = 24.0
"""The worth of telling a word that the headline speaks of and the lead does not."""
WIDTH = 12
"""Choices that are kept after each step; twice as many changed no score of 189 articles."""


def choose(
    sentences: Sequence[str],
    bags: Sequence[Bag],
    values: Sequence[float],
    *,
    positions: Sequence[int],
    opening: tuple[int, ...],
    promises: Sequence[Bag],
    together: Together,
    most: int,
    room: int,
    flow: Sequence[float],
) -> tuple[int, ...]:
    """Return the positions of the opening and the best sentences.

    They are in order. Beside the opening come only those of ``positions``: at most ``most`` sentences and ``room``
    characters in all, one space counted between two. ``promises`` is what each tells of what the headline speaks of.
    ``together`` says with which others one must come, given what is chosen; nothing means that it cannot. ``flow`` is
    what a sentence gains if the one just before it is told too. A beam search keeps the best few choices of each
    length.
    """

    @cache
    def alike(one: int, other: int) -> float:
        return likeness(bags[one], bags[other])

    def worth(chosen: tuple[int, ...]) -> float:
        told = (
            max((alike(*sorted((position, other))) for other in chosen if other != position), default=0.0)
            for position in chosen
        )
        spoken_of = len(frozenset().union(*(promises[position] for position in chosen)))
        return PROMISED * spoken_of + sum(
            len(sentences[position])
            * (values[position] - USUAL - REPEATED * again + (flow[position] if position - 1 in chosen else 0.0))
            for position, again in zip(chosen, told, strict=True)
        )

    best = opening
    best_worth = worth(best)
    beam = [best]
    while beam:
        wider: dict[tuple[int, ...], float] = {}
        for chosen in beam:
            left = room - sum(len(sentences[position]) + 1 for position in chosen)
            for position in positions if len(chosen) < most else ():
                if position in chosen or len(sentences[position]) > left:
                    continue
                added = together(position, chosen)
                fits = (
                    0 < len(added) <= most - len(chosen) and sum(len(sentences[one]) + 1 for one in added) <= left + 1
                )
                if fits and (more := tuple(sorted((*chosen, *added)))) not in wider:
                    wider[more] = worth(more)
        beam = sorted(wider, key=lambda chosen: -wider[chosen])[:WIDTH]
        if beam and wider[beam[0]] > best_worth:
            best, best_worth = beam[0], wider[beam[0]]
    return best
