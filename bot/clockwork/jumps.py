"""Telling that the wall clock was set, by a clock that nobody sets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LEAST = timedelta(seconds=5)
"""A step that is larger is a jump; what keeps clocks right day by day moves them by parts of a second."""


class Jumps:
    """Compares steps of two clocks, so that a slow drift between them never adds up to a jump."""

    def __init__(self, wall: datetime, elapsed: float) -> None:
        """Begin with what both show now."""
        self._wall = wall
        self._elapsed = elapsed

    def since(self, wall: datetime, elapsed: float) -> timedelta | None:
        """Return by how much the wall clock was set since the last look, negative for back; None if it was not."""
        by = wall - self._wall - timedelta(seconds=elapsed - self._elapsed)
        self._wall, self._elapsed = wall, elapsed
        return by if abs(by) > LEAST else None
