"""What readers hear while the archive cannot be written."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

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
