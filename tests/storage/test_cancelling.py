"""Cancelled or failing at a statement, a save is whole or absent.

The next one finds nothing in its way.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.articles.rules import RULES
from bot.values.articles import Arrival, Outcome, Push
from storage.articles import saving
from storage.driver.connection import AtOnce, Of
from tests.fakes.engines import SERVER
from tests.storage.invented import ALL, NOW, Archive, an_archive, draft

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from storage.driver.connection import Connection, DatabaseEngine, Latch, Row, Statement

pytestmark = pytest.mark.anyio


class Interrupted:
    """A connection that interrupts before its n-th statement, or while it runs."""

    def __init__(self, inner: Connection, at: int, interrupt: Callable[[], object]) -> None:
        self.inner = inner
        self.left = at
        self.interrupt = interrupt

    @property
    def engine(self) -> DatabaseEngine:
        return self.inner.engine

    async def rows(self, sql: str, *values: object) -> list[Row]:
        self._count()
        return await self.inner.rows(sql, *values)

    async def row(self, sql: str, *values: object) -> Row | None:
        self._count()
        return await self.inner.row(sql, *values)

    async def changed(self, sql: str, *values: object) -> int:
        self._count()
        return await self.inner.changed(sql, *values)

    async def together(self, statements: Sequence[Statement | AtOnce]) -> list[list[Row]]:
        # One by one, so that between any two something can happen.
        return [
            await _one_by_one(self.rows, one) if isinstance(one, AtOnce) else await self.rows(one[0], *one[1])
            for one in statements
        ]

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._count()
        await self.inner.many(sql, rows)

    async def each(self, sql: str, rows: Sequence[Sequence[object]]) -> set[int]:
        self._count()
        return await self.inner.each(sql, rows)

    async def latch(self, latch: Latch, *, shared: bool = False) -> None:
        await self.inner.latch(latch, shared=shared)

    def rouse(self) -> None:
        self.inner.rouse()

    def _count(self) -> None:
        self.left -= 1
        if self.left == -1:
            self.interrupt()


async def _one_by_one(run: Callable[..., Awaitable[list[Row]]], at_once: AtOnce) -> list[Row]:
    """Run the parts of what is one statement."""
    found: list[list[Row]] = []
    for sql, values in at_once.parts:
        given = [found[value.part][0][0] if isinstance(value, Of) else value for value in values]
        found.append(await run(sql, *given))
    return [(part, *row) for part, rows in enumerate(found) for row in rows]


async def _save(archive: Archive, number: int, at: int, how: str) -> bool:
    """Save, interrupted at one statement; return whether it got there."""
    loop, caller = asyncio.get_running_loop(), asyncio.current_task()
    reached = False
    what = draft(f"বাঁধ মেরামত {number}", f"nodi.example/{number}", tags=("বাঁধ",), body=("এক।", "দুই।"))

    def interrupt() -> None:
        if how == "fault":
            raise ZeroDivisionError
        victim = asyncio.current_task() if how == "transaction" else caller
        assert victim is not None
        loop.call_soon_threadsafe(victim.cancel)

    async def work(db: Connection) -> object:
        nonlocal reached
        counting = Interrupted(db, at, interrupt)
        try:
            return await saving.save_all(counting, [Arrival(what, Push.NOW)], archive.source, NOW, RULES)
        finally:
            reached = counting.left < 0

    caller = asyncio.ensure_future(archive.store._database.write(work))
    await asyncio.wait({caller})
    if how == "fault":
        assert isinstance(caller.exception(), ZeroDivisionError) is reached
    else:
        assert caller.cancelled() is reached
    return reached


# On SQLite a transaction is no task that could be cancelled.
@pytest.mark.parametrize("how", ["caller", "fault", *(["transaction"] if SERVER else [])])
async def test_a_save_interrupted_at_any_statement_is_whole_or_absent(tmp_path: Path, how: str) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        at = 0
        while await _save(archive, at, at, how):
            at += 1
        assert at > 8, "a save has at least so many statements"
        # Whoever was cancelled hears of it, but its transaction ended whole; where that failed or was cancelled itself,
        # nothing is there. The last save, which nothing reached, is always whole.
        expected = at + 1 if how == "caller" else 1
        assert await archive.store.articles.count() == expected
        assert len(await archive.claimed()) == expected
        tables = ("revisions", "article_texts", "article_tags", "aliases", "deliveries")
        counts = [
            (await archive.store._database.read(lambda db, t=table: db.rows(f"SELECT count(*) FROM {t}")))[0][0]  # type: ignore[misc]
            for table in tables
        ]
        assert counts == [expected] * len(tables)
        again = await archive.save(draft("বাঁধ মেরামত 0", "nodi.example/0", tags=("বাঁধ",), body=("এক।", "দুই।")))
        assert again.outcome is (Outcome.UNCHANGED if how == "caller" else Outcome.NEW)


async def test_a_transaction_cancelled_while_it_begins_or_commits_leaves_none_open(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        for turns in range(60):
            task = asyncio.ensure_future(database._transaction(lambda db: db.rows("SELECT 1")))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait({task})
            assert (await archive.store.outlets.ensure(f"ঘাট {turns}")).name == f"ঘাট {turns}"
