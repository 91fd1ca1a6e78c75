"""Time that runs faster.

An event loop whose seconds are short, and a clock that several processes share.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Waits a fraction of what it is told."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / self._speed if timeout else timeout)


class FastLoop(asyncio.SelectorEventLoop):
    """A loop in which everything that waits.

    Retries or times out does so ``speed`` times as fast.
    """

    def __init__(self, speed: float) -> None:
        """Let so many seconds pass in one."""
        super().__init__(_Selector(speed))
        self._speed = speed

    def time(self) -> float:
        """Return the seconds that have passed."""
        return time.monotonic() * self._speed


@dataclass(frozen=True)
class FastClock:
    """Tells one moment to every process that shares its beginning.

    A restart notwithstanding.
    """

    begun: float
    """What ``time.time()`` was at START."""
    speed: float

    def __call__(self) -> datetime:
        """Return now."""
        return START + timedelta(seconds=(time.time() - self.begun) * self.speed)
