"""What a bot does when pages of its archive are damaged."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.running.damage_watch import DamageWatch
from bot.values.errors import DamagedError
from handlers.platforms.telegram import settings
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio
SORRY = "একটু সমস্যা হচ্ছে।"


@pytest.fixture(autouse=True)
def _no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CHAT_GAP", 0.0)


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


@contextmanager
def _damaged(path: Path, name: str, holding: str = "") -> Iterator[int]:
    """Turn every byte of the leaves that hold a text.

    The file stays open meanwhile: to close it would free the locks that SQLite holds on it for this process.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = int(other.execute("PRAGMA page_size").fetchone()[0])
        leaves = other.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (name,)).fetchall()
    file = os.open(path, os.O_RDWR)
    try:
        hit = 0
        for (page,) in leaves:
            place = (page - 1) * size
            found = os.pread(file, size, place)
            if holding.encode() in found:
                os.pwrite(file, bytes(byte ^ 0xFF for byte in found), place)
                hit += 1
        yield hit
    finally:
        os.close(file)


async def _forgets(world: World) -> None:
    """Let the archive read from the disk again."""
    database = world.core.store._database  # type: ignore[attr-defined]
    for connection in (database._writer, *database._readers):
        await connection.rows("PRAGMA shrink_memory")


async def _started(world: World, telegram: FakeTelegram) -> tuple[Chat, Chat]:
    """Let a reader follow a topic, and an admin be known."""
    settings = world.core.settings.model_copy(update={"admins": ("telegram:1",)})
    world.core = dataclasses.replace(world.core, settings=settings)
    reader, admin = telegram.private(7), telegram.private(1)
    assert "ফলো করছেন" in await _says(telegram, reader, "ফলো পদ্মা এলেই")
    await _says(telegram, admin, "/latest")
    return reader, admin


def _told(chat: Chat) -> int:
    return sum("khobor restore" in message.text for message in chat.messages.values())


async def test_a_story_whose_pages_are_damaged_keeps_no_other_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world, running(world, telegram):
        reader, admin = await _started(world, telegram)
        for name in ("নৌকাডুবি", "ভাঙন", "ইলিশ"):
            await world.add(f"পদ্মায় {name}", f"{name}, একটি লেখা।", tags=("পদ্মা",))
            for number in range(12):  # so that each stands in a leaf of its own
                await world.add(f"{name}, খবর {number}", f"{name}, {number} নম্বর লেখা। " * 20)
        with _damaged(tmp_path / "khobor.db", "articles", "পদ্মায় ভাঙন") as hit:
            assert hit == 1
            await _forgets(world)
            await world.spread()
            await telegram.until(lambda: {"নৌকাডুবি", "ইলিশ"} <= _pushed(reader))
            assert "ভাঙন" not in _pushed(reader)
            assert "ইলিশ" in await _says(telegram, reader, "/latest")
            assert SORRY in await _says(telegram, reader, "পদ্মা")
            assert "ফলো করছেন" in await _says(telegram, reader, "ফলো মেঘনা")
            watch = DamageWatch(world.core)
            await watch.look()
            await telegram.until(lambda: _told(admin) == 1)
            await watch.look()
            await world.spread()
            assert "ফলো করছেন" in await _says(telegram, reader, "ফলো যমুনা")
            assert _told(admin) == 1
            with pytest.raises(DamagedError, match="khobor restore FILE --over"):
                await world.core.store.examine()
    assert not any(one.exc_info for one in caplog.records)
    assert "is damaged. Restore a backup" in caplog.text


def _pushed(chat: Chat) -> set[str]:
    return {
        name for name in ("নৌকাডুবি", "ভাঙন", "ইলিশ") if any(f"পদ্মায় {name}" in one.text for one in chat.messages.values())
    }


@pytest.mark.parametrize("name", ["articles", "lists", "terms", "subscriptions", "chats", "deliveries_due"])
async def test_whatever_is_damaged_everybody_is_answered(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world, running(world, telegram):
        reader, _ = await _started(world, telegram)
        await world.add("নদীর ঘাটে সেতু", "সেতুটি শুক্রবার খুলছে।", tags=("সেতু",))
        with _damaged(tmp_path / "khobor.db", name) as hit:
            assert hit
            await _forgets(world)
            answers = [await _says(telegram, reader, text) for text in ("/latest", "ফলো মেঘনা", "সেতু")]
            assert all(SORRY in answer or "সেতু" in answer or "ফলো করছেন" in answer for answer in answers)
            met = any(SORRY in answer for answer in answers)
            assert met is (name not in {"lists", "deliveries_due"}), "what was only to be kept costs no answer"
            await DamageWatch(world.core).look()
    assert world.core.store.damage is not None
    assert not any(one.exc_info for one in caplog.records)
