"""Channels from the private chat of their admins.

Over a server that answers as Telegram does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import ChatKind, Mode, Target
from tests.e2e.telegram_bot import a_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.chats import Chat as Kept
    from bot.values.chats import Subscription
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
NUMBER = -100900


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def _presses(telegram: FakeTelegram, chat: Chat, label: str, *, by: int = 0) -> str:
    """Press a button of the last message.

    Return what then stands at the end of the chat.
    """
    shown = chat.last
    before, toasts = (len(chat.messages), shown.edits), len(telegram.toasts)
    await telegram.presses(chat, label, by=by)
    await telegram.until(lambda: len(telegram.toasts) > toasts and (len(chat.messages), shown.edits) != before)
    return chat.last.text


async def _added(telegram: FakeTelegram) -> tuple[Chat, Chat]:
    """Let somebody make the bot an admin of a channel.

    Return the private chat and the channel.
    """
    editor, channel = telegram.private(7), telegram.channel(NUMBER)
    channel.members[7] = "creator"
    assert "চ্যানেলে বটকে অ্যাডমিন করুন" in await _says(telegram, editor, "/channel")
    assert editor.last.rows[0][0]["url"] == "https://t.me/khobor_bot?startchannel=true&admin=post_messages"
    await telegram.joins(channel, now="administrator", by=7)
    await telegram.until(lambda: len(editor.messages) > 1)
    return editor, channel


async def _kept(world: World) -> tuple[Kept, list[Subscription]]:
    chat = await world.core.store.chats.find(Target("telegram", str(NUMBER)))
    assert chat is not None
    return chat, await world.core.store.subscriptions.of_chat(chat.id)


async def test_who_lets_the_bot_in_tries_a_card_and_sets_the_channel_up_in_private(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        editor, channel = await _added(telegram)
        assert editor.last.text == f"চ্যানেল {NUMBER} তৈরি। পরীক্ষামূলক একটি কার্ড পাঠাব?"
        ready = editor.last
        assert await _presses(telegram, editor, "হ্যাঁ") == "পাঠানো হয়েছে।"
        assert channel.last.labels == [["🔗 মূল খবর", "📲 নিজের খবর বেছে নিন"]]
        await telegram.presses(editor, "প্রধান খবর, দিনে দুবার", on=ready)
        await telegram.until(lambda: "ফলো করছেন" in editor.last.text)
        chat, (followed,) = await _kept(world)
        assert (chat.kind, followed.mode) == (ChatKind.CHANNEL, Mode.DIGEST)
        assert len(channel.messages) == 1


async def test_what_a_channel_is_asked_is_answered_in_private(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        editor, channel = await _added(telegram)
        assert "কোন বিষয়?" in await _presses(telegram, editor, "➕ নতুন বিষয়")
        assert "‘পদ্মা’ ফলো করছেন" in await _says(telegram, editor, "পদ্মা")
        _, (followed,) = await _kept(world)
        assert followed.term.name == "পদ্মা"
        private = await world.core.store.chats.find(Target("telegram", "7"))
        assert private is not None
        assert await world.core.store.subscriptions.of_chat(private.id) == []
        # Only the answer was for the channel: the next word asks for news.
        assert "ফলো করছেন" not in await _says(telegram, editor, "মেঘনা")
        assert channel.messages == {}


async def test_a_channel_that_has_the_bot_already_is_opened_by_its_name_and_its_panel_acts_there(
    tmp_path: Path,
) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        editor, channel = telegram.private(7), telegram.channel(NUMBER)
        channel.members[7], channel.username = "administrator", "nodi_news"
        assert "সেটিংস" in await _says(telegram, editor, "/channel @nodi_news")
        await _presses(telegram, editor, "🔈 শব্দ: আছে")
        await _presses(telegram, editor, "শব্দ ছাড়া")
        chat, _ = await _kept(world)
        assert chat.preferences.silent
        private = await world.core.store.chats.find(Target("telegram", "7"))
        assert private is not None
        assert not private.preferences.silent
        assert channel.messages == {}


@pytest.mark.parametrize(("asker", "bot"), [("member", "administrator"), ("administrator", "left")])
async def test_of_a_channel_nothing_is_kept_before_the_bot_is_there_and_the_asker_its_admin(
    tmp_path: Path, asker: str, bot: str
) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        editor, channel = telegram.private(7), telegram.channel(NUMBER)
        channel.members[7], channel.bot, channel.username = asker, bot, "nodi_news"
        assert "অ্যাডমিন নন" in await _says(telegram, editor, "/channel @nodi_news")
        assert await world.core.store.chats.find(Target("telegram", str(NUMBER))) is None


async def test_a_panels_buttons_of_the_version_before_act_there(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        editor, channel = await _added(telegram)
        await telegram.sends_back(editor, editor.last, f"@{NUMBER} settings sound off")
        await telegram.until(lambda: "শব্দ: নেই" in editor.last.text)
        await telegram.sends_back(editor, editor.last, f"@{NUMBER} follow tag:পদ্মা now")
        await telegram.until(lambda: "ফলো করছেন" in editor.last.text)
        chat, (followed,) = await _kept(world)
        assert (chat.preferences.silent, followed.mode) == (True, Mode.NOW)
        assert channel.messages == {}


async def test_a_label_of_a_channels_panel_typed_in_private_acts_there(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        editor, channel = telegram.private(7), telegram.channel(NUMBER)
        channel.members[7], channel.username = "administrator", "nodi_news"
        await _says(telegram, editor, "/channel @nodi_news")
        await _says(telegram, editor, "শব্দ")
        await _says(telegram, editor, "শব্দ ছাড়া")
        chat, _ = await _kept(world)
        private = await world.core.store.chats.find(Target("telegram", "7"))
        assert private is not None
        assert (chat.preferences.silent, private.preferences.silent) == (True, False)


async def test_who_is_no_admin_there_changes_nothing(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        editor, channel = await _added(telegram)
        channel.members[7] = "member"
        assert "অ্যাডমিন নন" in await _presses(telegram, editor, "প্রধান খবর, দিনে দুবার")
        assert (await _kept(world))[1] == []
        stranger = telegram.private(8)
        for name in (str(NUMBER), "@nobody_knows"):
            assert "অ্যাডমিন নন" in await _says(telegram, stranger, f"/channel {name}")


async def test_where_it_may_not_write_the_trial_says_so(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        editor, channel = await _added(telegram)
        channel.writes = False
        assert "লেখার অনুমতি নেই" in await _presses(telegram, editor, "হ্যাঁ")
