"""The clockwork: the only file that knows APScheduler. Its jobs set events; what is due stands in tables.

In memory and with a handful of jobs, never one for each chat or source: a restart finds everything where it was.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from apscheduler.schedulers.asyncio import AsyncIOScheduler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Tick:
    """Something that comes round; several ticks that nobody waited for are one."""

    def __init__(self) -> None:
        """Begin with a tick due at once."""
        self._event = anyio.Event()
        self._event.set()

    def strike(self) -> None:
        """Let whoever waits go on."""
        self._event.set()

    async def wait(self) -> None:
        """Wait for the next tick."""
        await self._event.wait()
        self._event = anyio.Event()


@asynccontextmanager
async def ticking(seconds: float) -> AsyncIterator[Tick]:
    """Strike a tick every ``seconds`` while the context lasts."""
    tick = Tick()

    async def strike() -> None:
        tick.strike()

    # misfire_grace_time: by default a job that is one second late is skipped without a word.
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(strike, "interval", seconds=seconds, id="tick")
    scheduler.start()
    try:
        yield tick
    finally:
        scheduler.shutdown(wait=False)
