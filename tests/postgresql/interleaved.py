"""Brings two transactions on a server into the order wanted.

No sleeps: the second begins when the first has done all but its commit, which follows once the second has ended or
waits for a lock.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from bot.articles.rules import RULES
from storage.store import Tables

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from storage.driver.connection import Connection, Database, DatabaseEngine
    from tests.storage.invented import Archive

T = TypeVar("T")
S = TypeVar("S")
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Held:
    """A database whose first transaction waits before its commit."""

    read_only = False

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.reached, self.release = asyncio.Event(), asyncio.Event()

    @property
    def engine(self) -> DatabaseEngine:
        return self._inner.engine

    async def write(self, work: Callable[[Connection], Awaitable[T]], *, brief: bool = False) -> T:
        async def held(db: Connection) -> T:
            result = await work(db)
            self.reached.set()
            await self.release.wait()
            return result

        return await self._inner.write(held, brief=brief)

    async def read(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        return await self._inner.read(work)

    async def empty_log(self) -> None:
        await self._inner.empty_log()


async def both(
    archive: Archive, first: Callable[[Tables], Coroutine[object, object, T]], second: Coroutine[object, object, S]
) -> tuple[T, S]:
    """Let the second run while the first is not committed yet."""
    database = archive.store._database
    held = Held(database)
    one = asyncio.ensure_future(first(Tables(held, RULES, 0)))
    await asyncio.wait({one, asyncio.ensure_future(held.reached.wait())}, return_when=asyncio.FIRST_COMPLETED)
    two = asyncio.ensure_future(second)
    await waits_or_ends(database, two)
    held.release.set()
    return await one, await two


async def waits_or_ends(database: Database, task: asyncio.Future[S]) -> bool:
    """Wait until a task ends or waits for a lock.

    Return whether it waits.
    """
    while not task.done():
        if await database.read(lambda db: db.row(WAITING)):
            return True
        await asyncio.sleep(0)
    return False
