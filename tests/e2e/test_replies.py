"""A reply to an older list is about that list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from handlers.platforms.discord import gateway
from tests.e2e import discord_bot, telegram_bot
from tests.handlers.discord.gateway import BOT, message
from tests.handlers.discord.reading import texts, visible

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat, Shown
    from tests.fakes.world import World
    from tests.handlers.discord.gateway import ScriptedGateway

pytestmark = pytest.mark.anyio
RIVERS, BOATS = "নদী রক্ষা আন্দোলন", "নৌকা বাইচ"


async def _two_topics(world: World) -> None:
    for number in range(7):
        await world.add(f"{RIVERS} {number}", f"এটি {number} নম্বর খবর।", tags=(RIVERS,))
        await world.add(f"{BOATS} {number}", f"এটি {number} নম্বর দৌড়।", tags=(BOATS,))


async def _told(telegram: FakeTelegram, chat: Chat, text: str, answered: Shown | None = None) -> Shown:
    lying = len(chat.messages)
    about: dict[str, Any] = {}
    if answered is not None:
        about["reply_to_message"] = {"date": 1, "chat": chat.as_json(), **answered.as_json()}
    await telegram.says(chat, text, **about)
    await telegram.until(lambda: len(chat.messages) > lying)
    return chat.last


async def test_on_telegram(tmp_path: Path) -> None:
    async with telegram_bot.a_bot(tmp_path) as (world, telegram):
        await _two_topics(world)
        reader = telegram.private(7)
        rivers = await _told(telegram, reader, f"/tag {RIVERS}")
        await _told(telegram, reader, f"/tag {BOATS}")
        assert RIVERS in (await _told(telegram, reader, "আরও", rivers)).text
        assert "নম্বর খবর।" in (await _told(telegram, reader, "২", rivers)).text
        assert BOATS in (await _told(telegram, reader, f"/tag {BOATS}")).text
        assert BOATS in (await _told(telegram, reader, "আরও")).text


async def _written(there: ScriptedGateway, text: str, answered: dict[str, Any] | None = None) -> dict[str, Any]:
    lying = len(there.posted.get("600", {}))
    about = {"referenced_message": {**message(9, "", author=BOT), **answered}} if answered is not None else {}
    await there.tell("MESSAGE_CREATE", message(100 + lying, text, **about))
    await there.until(lambda: len(there.posted.get("600", {})) > lying)
    return list(there.posted["600"].values())[-1]


def _text(body: dict[str, Any]) -> str:
    return visible("\n".join(texts(body["components"])))


async def test_on_discord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    async with discord_bot.a_bot(tmp_path) as (world, there):
        await _two_topics(world)
        rivers = await _written(there, f"বিষয় {RIVERS}")
        await _written(there, f"বিষয় {BOATS}")
        assert RIVERS in _text(await _written(there, "আরও", rivers))
        assert "নম্বর খবর।" in _text(await _written(there, "২", rivers))
        assert BOATS in _text(await _written(there, f"বিষয় {BOATS}"))
        assert BOATS in _text(await _written(there, "আরও"))
