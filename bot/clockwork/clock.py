"""Time enters the program here; everything else is told the time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the current moment, aware, in UTC."""

    def __call__(self) -> datetime:
        """Return now."""


def system_clock() -> datetime:
    """Return the machine's current time, aware, in UTC."""
    return datetime.now(UTC)
