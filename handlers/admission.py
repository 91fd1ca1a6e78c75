"""Admits what people ask, each by an allowance of their own.

It is asked before a command runs, so that a flood costs nothing but its own sender's patience: one member of a group
cannot silence it, and sixty readers cannot keep another from an answer.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from bot.values.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWER = Wording("একটু আস্তে। {n} সেকেন্ড পরে আবার লিখুন।", "A little slower, please. Try again in {n:second|seconds}.")
USUAL = 30
"""Questions a minute that the allowances below come to."""
PEOPLE = 20_000
"""Allowances remembered; who is forgotten has a whole one again."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So much at once, and so much regained in a second."""

    name: str
    """Those of one name are used up together."""
    most: float
    regained: float
    cost: float = 1.0


ALONE = Allowance("alone", most=10, regained=1 / 2)
"""What somebody writes where nobody else is bothered by the answer."""
TAPPED = Allowance("alone", most=10, regained=1 / 2, cost=0.5)
"""What they press there: twenty topics are chosen in ten seconds."""
WRITTEN = Allowance("among others", most=6, regained=1 / 6, cost=2)
"""What a member writes in a group, which takes 20 messages a minute from us."""
PRESSED = Allowance("among others", most=6, regained=1 / 6)
TYPED = Allowance("typed", most=20, regained=1)
"""What is offered while somebody types: no message comes of it."""
TOLD = Allowance("told", most=40, regained=1)
"""How often somebody is told to be slower; after that nothing is said."""
ADDED = Allowance("added", most=5, regained=1 / 60)
"""Groups and channels that somebody brings the bot into."""


class Slower(NamedTuple):
    """How many seconds to wait, and whether that was told."""

    seconds: int
    told: bool


@dataclass(slots=True)
class _Purse:
    """What is left of somebody's allowance at a moment."""

    left: float
    at: float
    shut: bool = False


class Admission:
    """The allowances of one account's people."""

    def __init__(self, a_minute: int = USUAL, ticks: Callable[[], float] = monotonic) -> None:
        """Let somebody ask ``a_minute`` questions; the other allowances grow with that."""
        self._times = a_minute / USUAL
        self._ticks = ticks
        self._purses: OrderedDict[tuple[str, str], _Purse] = OrderedDict()

    def ask(self, person: str, allowance: Allowance) -> Slower | None:
        """Count what somebody asks; return how long to wait, if at all.

        A person who used up the allowance waits until half of it is regained, and is told so once.
        """
        now, most = self._ticks(), allowance.most * self._times
        regained = allowance.regained * self._times
        purse = self._purse(person, allowance, most, now)
        purse.left, purse.at = min(most, purse.left + (now - purse.at) * regained), now
        told = purse.shut
        purse.shut = purse.left < (most / 2 if told else allowance.cost)
        if purse.shut:
            return Slower(max(1, ceil((most / 2 - purse.left) / regained)), told)
        purse.left -= allowance.cost
        return None

    def is_told_enough(self, person: str) -> bool:
        """Count one more time that somebody is told; say if too often."""
        return self.ask(person, TOLD) is not None

    def _purse(self, person: str, allowance: Allowance, most: float, now: float) -> _Purse:
        purse = self._purses.setdefault((person, allowance.name), _Purse(most, now))
        self._purses.move_to_end((person, allowance.name))
        if len(self._purses) > PEOPLE:
            self._purses.popitem(last=False)
        return purse
