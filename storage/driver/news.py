"""Hears from a server that somebody made work.

The connection is its own, outside the pool. The next look finds what it misses, for each waits a second at most.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from storage.driver import postgresql
from storage.driver.postgresql_errors import FAILURES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

log = logging.getLogger(__name__)

LOOK: Final = 1.0
"""Seconds after which whoever waits for work looks by itself."""
_QUIET = 15.0
"""Seconds without a word after which the connection is asked whether it lives."""


class News:
    """Tells all who wait for work in this process."""

    def __init__(self, address: str) -> None:
        """Listen to this database once somebody waits."""
        self._address = address
        self._listeners: list[Listener] = []
        self._task: asyncio.Task[None] | None = None

    def listener(self) -> Listener:
        """Return what hears of work from now on."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen_for_ever())
        one = Listener()
        self._listeners.append(one)
        return one

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except FAILURES as error:
                log.debug("news of work are not heard for now: %s", error)
            await asyncio.sleep(LOOK)

    async def _listen(self) -> None:
        async with await postgresql.dial(self._address) as raw:
            with postgresql.answering(raw, postgresql.WAIT):
                await raw.execute(f"LISTEN {postgresql.WORK}")
            self._tell()
            while True:
                async for _ in raw.notifies(timeout=_QUIET, stop_after=1):
                    self._tell()
                with postgresql.answering(raw, postgresql.WAIT):
                    await raw.execute("SELECT 1")

    def _tell(self) -> None:
        for one in self._listeners:
            one.heard.set()


class Listener:
    """One who waits for work; see bot.ports.store.WorkSignal."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self.heard = asyncio.Event()

    async def wait(self, _seconds: float, rest: Callable[[float], Awaitable[None]]) -> None:
        """Wait until somebody made work, or for a second."""
        resting = asyncio.ensure_future(rest(LOOK))
        hearing = asyncio.ensure_future(self.heard.wait())
        try:
            await asyncio.wait({resting, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in (resting, hearing):
                one.cancel()
            self.heard.clear()


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[News]:
    """Hear of work in a database as long as this lasts."""
    news = News(address)
    try:
        yield news
    finally:
        await news.close()
