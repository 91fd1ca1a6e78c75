"""Who waits for work is told of it by whoever makes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.articles.rules import RULES
from bot.values.articles import Arrival, Push
from storage.driver import news, postgresql
from storage.store import open_postgresql
from tests.storage.invented import ALL, HERE, NOW, an_archive, arrived, draft

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.driver.postgresql import PostgresqlDatabase
    from storage.store import PostgresqlStore
    from tests.storage.invented import Archive

pytestmark = pytest.mark.anyio


async def _never(_seconds: float) -> None:
    await asyncio.Event().wait()


@pytest.fixture
async def listening(tmp_path: Path) -> AsyncIterator[tuple[Archive, PostgresqlStore, news.Listener]]:
    """Open an archive twice, as two processes do; the second listens."""
    async with an_archive(tmp_path) as archive:
        database: PostgresqlDatabase = archive.store._database  # type: ignore[assignment]
        async with open_postgresql(database.address, RULES) as other:
            signal = other.work_signal()
            assert isinstance(signal, news.Listener)
            # Whoever begins to listen looks once.
            await signal.wait(0, _never)
            yield archive, other, signal


async def test_a_new_story_wakes_the_sender_of_another_process(
    listening: tuple[Archive, PostgresqlStore, news.Listener],
) -> None:
    archive, other, signal = listening
    await archive.follow(ALL)
    await archive.save(draft("এক", "n.example/1"))
    await signal.wait(0, _never)
    (wave,) = await other.fanouts.pending(NOW)
    await archive.store.fanouts.step(wave, 2000, frozenset())
    await signal.wait(0, _never)
    assert await other.fanouts.waiting() == {HERE.account: 1}


async def test_a_transaction_tells_once_and_settling_never(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        database: PostgresqlDatabase = archive.store._database  # type: ignore[assignment]
        async with await postgresql.dial(database.address) as raw:
            await raw.execute(f"LISTEN {postgresql.WORK}")

            async def told() -> int:
                await database.read(lambda db: db.rows("SELECT pg_notify(?, 'end')", postgresql.WORK))
                heard = 0
                async for one in raw.notifies():
                    if one.payload == "end":
                        break
                    heard += 1
                return heard

            await archive.store.articles.save_all(
                [Arrival(draft(f"খবর {n}", f"n.example/{n}"), Push.NOW) for n in range(3)], archive.source, NOW
            )
            assert await told() == 1
            (delivery, *_) = await archive.due()
            await told()
            await archive.settle(delivery, arrived())
            assert await told() == 0


async def test_who_hears_nothing_looks_by_itself(listening: tuple[Archive, PostgresqlStore, news.Listener]) -> None:
    _, _, signal = listening
    asked: list[float] = []

    async def rest(seconds: float) -> None:
        asked.append(seconds)

    await signal.wait(0.2, rest)
    assert asked == [1.0]
