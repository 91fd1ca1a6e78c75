"""Numbers of things.

They grow, and carry the moment in which a thing was made.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Clock = Callable[[], datetime]

EPOCH = 1_420_070_400_000
"""Milliseconds; the first moment of 2015."""


def now() -> datetime:
    """Return the moment.

    The clock of a fake that is given no other.
    """
    return datetime.now(UTC)


class Snowflakes:
    """Makes numbers, each greater than the one before, whatever the clock does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """Return a new number."""
        made = (int(self._clock().timestamp() * 1000) - EPOCH) << 22
        self._last = max(self._last + 1, made)
        return str(self._last)


def shard_of(guild: str, shards: int) -> int:
    """Return which connection hears of a guild.

    The first hears events of no guild.
    """
    return (int(guild) >> 22) % shards


def seconds_between(earlier: datetime, later: datetime) -> float:
    """Return how much time passed."""
    return (later - earlier).total_seconds()
