"""A reply to an older list is about that list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from handlers.platforms.discord import gateway
from tests.e2e import telegram_bot
from tests.e2e.discord_server import a_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord.messages import Shown as DiscordShown
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat, Shown
    from tests.fakes.world import World

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


async def test_on_discord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    async with a_server(tmp_path) as server:
        inbox = server.there.inbox(server.reader)

        async def written(text: str, answered: DiscordShown | None = None) -> DiscordShown:
            lying = len(inbox.shown)
            server.there.message(server.reader, inbox, text, answers=answered)
            await server.there.until(lambda: len(inbox.shown) > lying + 1)
            return inbox.last

        await _two_topics(server.world)
        rivers = await written(f"বিষয় {RIVERS}")
        await written(f"বিষয় {BOATS}")
        assert RIVERS in (await written("আরও", rivers)).text
        assert "নম্বর খবর।" in (await written("২", rivers)).text
        assert BOATS in (await written(f"বিষয় {BOATS}")).text
        assert BOATS in (await written("আরও")).text
