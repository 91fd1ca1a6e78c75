"""An archive of the version before there were persons goes on.

Its rows were recorded from that version, with messages sent, rows that waited, a correction and digests that were due;
beside them lies what that version itself sent when it went on from there. Today's code sends just that.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handlers.platforms.discord import gateway
from storage.driver.migrate import bring_up
from storage.driver.sqlite import opened
from tests.e2e import discord_bot, telegram_bot
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.chats import Shown
from tests.fakes.world import World, a_world
from tests.handlers.discord.gateway import ScriptedGateway
from tests.storage.test_persons_migrated import BEFORE

if TYPE_CHECKING:
    from tests.fakes.telegram.chats import Chat

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]
RECORDED = Path(__file__).parent / "recorded"
EXPECTED: dict[str, Any] = json.loads((RECORDED / "older_archive.json").read_text(encoding="utf-8"))
HEADLINES = (
    *("পদ্মায় নৌকাডুবি", "মেঘনায় ইলিশের ঢল", "যমুনায় সেতুর কাজ শেষ", "তিস্তায় পানি বাড়ছে", "সুরমায় বাঁধ ভাঙল"),
    "কর্ণফুলীতে জাহাজ ভিড়ল",
)
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
AFTER = 5000
"""Messages from here on are today's; the others lay there."""
BLOCKED = 7
STEPS = ({"hours": 1, "minutes": 20}, {"minutes": 40}, {"hours": 9, "minutes": 30})


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)


async def _archive(path: Path) -> None:
    async with opened(path) as database:
        await bring_up(database, form=BEFORE)
    with sqlite3.connect(path) as raw:
        raw.executescript((RECORDED / "older_archive.sql").read_text(encoding="utf-8"))


def _form(text: str) -> str:
    """Say in short what a message tells."""
    first = text.split("\n", maxsplit=1)[0]
    if first.startswith(("✏️ ওপরের", "🚫 ওপরের")):
        return "note"
    named = " · ".join(sorted(one for one in HEADLINES if one in text))
    return f"{'digest' if first[:1] in '☀🌙🕛' else 'card'}: {named}"


async def _lying(world: World, telegram: FakeTelegram) -> None:
    """Lay out the messages that the version before had sent."""
    for address in EXPECTED["telegram"]:
        telegram.group(int(address)) if int(address) < 0 else telegram.private(int(address))
    for address, numbers in await world.sql(
        "SELECT c.external_id, d.message_id FROM deliveries d JOIN chats c ON c.id = d.chat_id "
        "WHERE d.message_id IS NOT NULL AND c.platform = 'telegram'"
    ):
        for number in str(numbers).split("+"):
            telegram.chats[int(str(address))].messages[int(number)] = Shown(int(number), "আগের বার্তা")
    telegram._message = AFTER
    telegram.chats[BLOCKED].blocked = True


def _sent(chat: Chat) -> list[str]:
    return [_form(one.text) for number, one in sorted(chat.messages.items()) if number > AFTER]


def _posted(there: ScriptedGateway) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for method, path, body in there.asked:
        if path.startswith("/channels/") and "/messages" in path and method in {"POST", "PATCH"}:
            text = json.dumps(body, ensure_ascii=False)
            named = " · ".join(sorted(one for one in HEADLINES if one in text))
            said.setdefault(path.split("/")[2], []).append(f"{method} {'note' if 'ওপরের খবরে' in text else named}")
    return said


async def _done(world: World, telegram: FakeTelegram) -> None:
    """Wait until nothing is due any more."""
    due = (
        "SELECT count(*) FROM deliveries WHERE state = 'sending' OR (state = 'waiting' AND due_at <= "
        f"{int(world.clock().timestamp() * 1_000_000)})"
    )
    await world.spread()
    while (await world.sql(due))[0][0]:
        before = len(telegram.requests)
        with contextlib.suppress(TimeoutError):
            await telegram.until(lambda before=before: len(telegram.requests) > before, 0.2)  # type: ignore[misc]
        await world.spread()


async def test_nothing_comes_twice_and_nothing_that_was_owed_is_lost(tmp_path: Path) -> None:
    await _archive(tmp_path / "khobor.db")
    async with FakeTelegram() as telegram, ScriptedGateway() as there, a_world(tmp_path) as world:
        world.clock.now = datetime.fromisoformat(EXPECTED["now"])
        await _lying(world, telegram)
        async with telegram_bot.running(world, telegram), discord_bot.running(world, there):
            await _done(world, telegram)
            for step in STEPS:
                world.clock.go(**step)
                await _done(world, telegram)
            await world.add(HEADLINES[5], BODY, tags=("কর্ণফুলী",), url="https://outlet.example/6")
            await _done(world, telegram)
        sent = {str(chat.id): _sent(chat) for chat in telegram.chats.values()}
        assert {who: Counter(told) for who, told in sent.items()} == {
            who: Counter(told) for who, told in EXPECTED["telegram"].items()
        }
        edits = {str(chat.id): sum(one.edits for one in chat.messages.values()) for chat in telegram.chats.values()}
        assert edits == EXPECTED["edits"]
        assert {where: Counter(told) for where, told in _posted(there).items()} == {
            where: Counter(told) for where, told in EXPECTED["discord"].items()
        }
