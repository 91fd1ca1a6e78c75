"""Notices that the wall clock was set, by a clock nobody sets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LEAST = timedelta(seconds=5)
"""A step that is larger is a jump; what keeps clocks right day by day moves them by parts of a second."""


class Jumps:
    """Compares the steps of two clocks.

    A slow drift between them so never adds up to a jump.
    """

    def __init__(self, wall: datetime, elapsed: float) -> None:
        """Begin with what both show now."""
        self._wall = wall
        self._elapsed = elapsed

    def since(self, wall: datetime, elapsed: float) -> timedelta | None:
        """Return how far the wall clock was set, or None.

        It counts since the last look, and is negative if the clock was set back.
        """
        by = wall - self._wall - timedelta(seconds=elapsed - self._elapsed)
        self._wall, self._elapsed = wall, elapsed
        return by if abs(by) > LEAST else None
