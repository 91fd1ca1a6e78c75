"""What readers hear while the archive cannot be written."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.values.errors import StorageError
from handlers.platforms.telegram import settings
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio
SORRY = "একটু সমস্যা হচ্ছে।"
BUSY = 0.3
"""Seconds that a write waits here; four in earnest."""


@pytest.fixture(autouse=True)
def _no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CHAT_GAP", 0.0)


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def _pragma(world: World, said: str) -> None:
    """Let the archive's own writer be unable to write, or able again."""
    database = world.core.store._database  # type: ignore[attr-defined]
    await database._writer.rows(said)


async def _all_is_well(world: World, telegram: FakeTelegram, reader: Chat) -> None:
    """Follow something and get what was followed before."""
    assert "ফলো করছেন" in await _says(telegram, reader, "ফলো মেঘনা")
    await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি সকালে ঘাট ছেড়েছিল।", tags=("পদ্মা",))
    await world.spread()
    await telegram.until(lambda: "নৌকাডুবি" in reader.last.text)


async def _started(world: World, telegram: FakeTelegram) -> Chat:
    await world.add("নদীর ঘাটে নতুন সেতু", "সেতুটি শুক্রবার খুলছে।")
    reader = telegram.private(7)
    assert "ফলো করছেন" in await _says(telegram, reader, "ফলো পদ্মা এলেই")
    return reader


async def test_a_locked_archive_answers_or_apologises_soon_and_goes_on_afterwards(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path, busy=BUSY) as world, running(world, telegram):
        reader = await _started(world, telegram)
        with closing(sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            assert SORRY in await _says(telegram, reader, "ফলো মেঘনা")
            assert "নতুন সেতু" in await _says(telegram, reader, "/latest")
            assert SORRY in await _says(telegram, reader, "ফলো যমুনা")
            assert time.monotonic() - began < 10 * BUSY
            other.execute("ROLLBACK")
        assert "ফলো করছেন" in await _says(telegram, reader, "ফলো মেঘনা")


async def test_a_read_only_archive_answers_what_it_can_and_then_all(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path, busy=BUSY) as world, running(world, telegram):
        reader = await _started(world, telegram)
        await _pragma(world, "PRAGMA query_only = ON")
        assert SORRY in await _says(telegram, reader, "ফলো মেঘনা")
        assert "নতুন সেতু" in await _says(telegram, reader, "/latest")
        await _pragma(world, "PRAGMA query_only = OFF")
        await _all_is_well(world, telegram, reader)
    assert not any(one.exc_info for one in caplog.records)


async def test_a_full_disk_costs_what_has_no_room(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path, busy=BUSY) as world, running(world, telegram):
        reader = await _started(world, telegram)
        await _pragma(world, "PRAGMA max_page_count = 1")
        with pytest.raises(StorageError, match="the disk is full"):
            await world.add("দীর্ঘ লেখা", "নদীর ধারে বাজার বসে। " * 20_000)
        assert "নতুন সেতু" in await _says(telegram, reader, "/latest")
        await _pragma(world, "PRAGMA max_page_count = 1000000")
        await _all_is_well(world, telegram, reader)
    assert not any(one.exc_info for one in caplog.records)


async def test_one_damaged_table_costs_what_stands_in_it(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path, busy=BUSY) as world, running(world, telegram):
        reader = await _started(world, telegram)
        with closing(sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)) as other:
            other.execute("ALTER TABLE lists RENAME TO damaged")
        assert "নতুন সেতু" in await _says(telegram, reader, "/latest")
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি সকালে ঘাট ছেড়েছিল।", tags=("পদ্মা",))
        await world.spread()
        await telegram.until(lambda: "নৌকাডুবি" in reader.last.text)
        assert "নৌকাডুবি" in await _says(telegram, reader, "পদ্মা")


@pytest.mark.parametrize("name", ["khobor.db", "khobor.db-wal"])
async def test_an_archive_that_is_deleted_promises_nothing(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path, busy=BUSY) as world, running(world, telegram):
        reader = await _started(world, telegram)
        (tmp_path / name).unlink()
        assert SORRY in await _says(telegram, reader, "ফলো মেঘনা")
        assert "নতুন সেতু" in await _says(telegram, reader, "/latest")
    assert f"{name}: was deleted or replaced" in caplog.text
    if name.endswith("-wal"):
        with closing(sqlite3.connect(tmp_path / "khobor.db")) as again:
            kept = again.execute("SELECT t.name FROM subscriptions s JOIN terms t ON t.id = s.term_id").fetchall()
        assert kept == [("পদ্মা",)], "what was promised before is written at the end"
