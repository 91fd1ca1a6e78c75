"""What readers report reaches editors on both platforms.

Else it is kept, and the reader told so.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from handlers.platforms.discord import gateway, inboxes
from tests.e2e import discord_server, telegram_bot
from tests.fakes.discord import FakeDiscord
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio
THANKS, KEPT = "ধন্যবাদ। সম্পাদকদের কাছে পাঠানো হলো।", "ধন্যবাদ। জমা রইল; সম্পাদকেরা তালিকা খুললে দেখবেন।"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


def _edited_by(world: World, *admins: str) -> None:
    world.core = dataclasses.replace(world.core, settings=world.core.settings.model_copy(update={"admins": admins}))


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def test_editors_on_both_platforms_have_it(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as there, a_world(tmp_path) as world:
        desk = there.user("সম্পাদক")
        there.joins(desk, there.guild())
        inbox = there.inbox(desk)
        _edited_by(world, f"discord:{desk.id}", "telegram:7", "telegram:8")
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        reader, editor, stranger = telegram.private(5), telegram.private(7), telegram.private(8)
        async with telegram_bot.running(world, telegram):
            # Nobody of them was ever met.
            assert await _says(telegram, reader, "/report #1 নাম ভুল") == KEPT
            async with discord_server.running(world, there):
                # An editor whom the settings name has an inbox of their own, and what was kept comes there first.
                await there.until(lambda: "‘নাম ভুল’" in " ".join(inbox.texts))
                await _says(telegram, editor, "/help")
                assert await _says(telegram, reader, "/report #1 তারিখ ভুল") == THANKS
                await there.until(lambda: "‘তারিখ ভুল’" in " ".join(inbox.texts))
                await telegram.until(lambda: "‘তারিখ ভুল’" in editor.last.text)
                assert len([text for text in inbox.texts if "‘নাম ভুল’" in text]) == 1
                assert stranger.texts == []


async def test_without_editors_it_is_kept_and_the_reader_is_told_so(tmp_path: Path) -> None:
    async with telegram_bot.a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        reader = telegram.private(5)
        answers = [await _says(telegram, reader, f"/report #1 ভুল {number}") for number in range(6)]
        assert answers[:5] == [KEPT] * 5
        assert answers[5] == "এক ঘণ্টায় এর বেশি জানানো যায় না; আগেরগুলো দেখা হচ্ছে।"


async def test_what_was_kept_comes_to_the_first_editor_who_writes(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        _edited_by(world, "telegram:7", "telegram:8")
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        reader, first, second = telegram.private(5), telegram.private(7), telegram.private(8)
        async with telegram_bot.running(world, telegram):
            for number in range(2):
                assert await _says(telegram, reader, f"/report #1 ভুল {number}") == KEPT
            await telegram.says(first, "/help")
            await telegram.until(lambda: "‘ভুল 1’" in " ".join(first.texts))
            assert sum("‘ভুল 0’" in text for text in first.texts) == 1, "both in one message"
            await _says(telegram, second, "/help")
            assert "‘ভুল" not in " ".join(second.texts)
            # From now on both are there to be told.
            assert await _says(telegram, reader, "/report #1 তারিখ") == THANKS
            await telegram.until(lambda: all("‘তারিখ’" in " ".join(one.texts) for one in (first, second)))
