"""A new token on the archive of another bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import ChatState, Target
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def _follows_all(telegram: FakeTelegram, chat: Chat) -> None:
    for said in ("/settings quiet no", "/follow সব খবর now"):
        await _says(telegram, chat, said)


async def _brings(world: World, telegram: FakeTelegram, chat: Chat, headline: str) -> None:
    await world.add(headline, "নৌকাটি ডুবেছে।")
    await world.spread()
    await telegram.until(lambda: headline in chat.last.text)


async def test_it_serves_who_writes_to_it_and_calls_nobody_else(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, FakeTelegram(number=1) as old, FakeTelegram(number=2) as new:
        async with running(world, old):
            reader, other = old.private(7), old.private(8)
            for chat in (reader, other):
                await _follows_all(old, chat)
            await _brings(world, old, reader, "পদ্মায় নৌকাডুবি")
            await old.until(lambda: "পদ্মায়" in other.last.text)
        async with running(world, new):
            newcomer, met, silent = new.private(9), new.private(7), new.private(8)
            await _follows_all(new, newcomer)
            await _brings(world, new, newcomer, "মেঘনায় ট্রলারডুবি")
            assert (met.messages, silent.messages) == ({}, {})
            # Who writes goes on with what they chose.
            await _says(new, met, "যা ফলো করছি")
            await _brings(world, new, met, "যমুনায় লঞ্চডুবি")
            assert silent.messages == {}
            assert not [values for _, values in new.requests if values.get("chat_id") == 8]
            kept = await world.core.store.chats.find(Target("telegram", "8"))
            assert kept is not None
            assert kept.state is ChatState.UNMET
        async with running(world, old):
            # It serves: whom it reaches is settled before its first answer.
            await _says(old, old.private(10), "হাই")
            # With the old token again, who never met the new bot is served at once.
            await _brings(world, old, other, "তিস্তায় বন্যা")
            assert "তিস্তায়" not in reader.last.text
