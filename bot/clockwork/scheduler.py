"""Runs jobs at intervals and at times of day.

Intervals count monotonic time: one by the wall clock would stop for as long as that clock is set back. Due work
stands in tables, so a restart loses nothing. This is the only file that knows APScheduler.
"""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from apscheduler.schedulers.asyncio import AsyncIOScheduler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


def elapsed() -> float:
    """Return seconds on a clock that nobody sets.

    A machine's sleep counts where its system can tell.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class Tick:
    """Comes round every so many seconds.

    Several ticks that nobody waited for are one.
    """

    def __init__(
        self,
        seconds: float,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        """Begin with a tick due at once."""
        self._seconds = seconds
        self._now = now
        self._sleep = sleep
        self._next = now()

    async def wait(self) -> None:
        """Wait for the next tick."""
        await self._sleep(max(0.0, self._next - self._now()))
        self._next = max(self._next + self._seconds, self._now())


class Struck:
    """Tells whether an hour has struck since it was last asked.

    The first time, it has.
    """

    def __init__(self) -> None:
        """Begin as struck: whoever starts does what the last hour asked for."""
        self._struck = True

    def strike(self) -> None:
        """Note that it is time."""
        self._struck = True

    def taken(self) -> bool:
        """Tell whether it is time, once."""
        struck, self._struck = self._struck, False
        return struck


@asynccontextmanager
async def daily(hour: int, zone: str) -> AsyncIterator[Struck]:
    """Strike each day at this hour of a zone.

    It strikes while the context lasts.
    """
    struck = Struck()

    async def strike() -> None:
        struck.strike()

    # misfire_grace_time: by default a job that is one second late is skipped without a word.
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    scheduler.add_job(strike, "cron", hour=hour, timezone=zone, id="daily")
    scheduler.start()
    try:
        yield struck
    finally:
        scheduler.shutdown(wait=False)
