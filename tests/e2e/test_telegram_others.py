"""What strangers send in channels and groups.

Presses of no button, what was forwarded, who may not.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.subscriptions import choosing
from bot.values.chats import ChatKind, Subscription, Target, Term, TermKind
from handlers.dialogue import OLD_BUTTON
from handlers.discovery import discover
from handlers.speaking import NOT_ALLOWED
from tests.e2e.telegram_bot import a_bot
from tests.fakes.telegram import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat, Shown
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
CHANNEL, GROUP, ADMIN, READER = -100900, -100200, 8, 7
FORWARDED = {
    "type": "user",
    "date": 0,
    "sender_user": {"id": 5, "is_bot": False, "first_name": "কেউ"},
}


async def _toast(telegram: FakeTelegram, chat: Chat, shown: Shown, data: str, by: int) -> str:
    """Send back what a client made up, or what a button holds.

    Return what the one who pressed is told.
    """
    toasts = len(telegram.toasts)
    await telegram.sends_back(chat, shown, data, by=by)
    await telegram.until(lambda: len(telegram.toasts) > toasts)
    return telegram.toasts[-1][0]


async def _posted(telegram: FakeTelegram, channel: Chat, text: str, **more: object) -> None:
    """Let an admin write in a channel and wait for the answer."""
    before = len(channel.messages)
    await telegram.posts(channel, text, **more)
    await telegram.until(lambda: len(channel.messages) > before)


async def _asked(telegram: FakeTelegram, chat: Chat, text: str, **more: object) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text, **more)  # type: ignore[arg-type]
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


def _datas(shown: Shown) -> list[str]:
    return [one["callback_data"] for row in shown.rows for one in row if "callback_data" in one]


async def _stories(world: World, count: int = 7) -> None:
    for number in range(count):
        await world.add(f"নদীর খবর {number}", f"এটি {number} নম্বর খবর। নদীর পাড় থেকে লেখা।", tags=("নদী",))


async def test_a_channels_digest_and_cards_hold_links_alone(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        channel = telegram.channel(CHANNEL)
        chat = await world.core.store.chats.ensure(Target("telegram", str(CHANNEL)), world.clock(), ChatKind.CHANNEL)
        await choosing.follow(world.core.store, chat, Subscription(Term(TermKind.ALL)), world.clock())
        await _stories(world, 14)
        world.clock.go(days=1)
        await world.spread()
        await telegram.until(lambda: bool(channel.messages))
        digest = channel.last
        assert "একনজরে" in digest.text
        assert digest.labels == [["📲 নিজের খবর বেছে নিন"]]
        assert digest.rows[0][0]["url"] == "https://t.me/khobor_bot?start=begin"
        assert _datas(digest) == []


async def test_in_a_channel_nobody_but_an_admin_makes_the_bot_post_whatever_is_sent_back(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        channel = telegram.channel(CHANNEL)
        channel.members |= {ADMIN: "administrator", READER: "member"}
        await _posted(telegram, channel, "/latest")
        listed = channel.last
        before = (listed.raw, listed.rows)
        for data in _datas(listed):
            assert await _toast(telegram, channel, listed, data, READER) == NOT_ALLOWED.bn
        for name in discover():
            for data in (name, f"{name} #1", f"{name} ইরান", f'{name} [1,0,[1],"words","x","ভুয়া"]'[:60]):
                told = await _toast(telegram, channel, listed, data, READER)
                assert told in (NOT_ALLOWED.bn, OLD_BUTTON.bn), data
        assert (listed.raw, listed.rows, len(channel.messages)) == (*before, 1)
        await telegram.presses(channel, "আরও ›", on=listed, by=ADMIN)
        await telegram.until(lambda: len(channel.messages) > 1)


async def test_where_an_admin_cannot_be_told_from_others_nothing_is_posted(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        channel = telegram.channel(CHANNEL)
        await _posted(telegram, channel, "/latest")
        description = "Bad Request: member list is inaccessible"
        telegram.faults.append(Fault("getChatMember", status=400, description=description))
        assert await _toast(telegram, channel, channel.last, _datas(channel.last)[0], READER) == NOT_ALLOWED.bn
        assert len(channel.messages) == 1


async def test_a_published_card_in_a_group_is_replaced_by_nothing_that_is_no_button_of_it(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group = telegram.group(GROUP, admins=(ADMIN,))
        await _asked(telegram, group, "/read #1", by=READER)
        card = group.last
        before = card.raw
        words = json.dumps([1, 0, [1], "words", "x", "ভুয়া"], ensure_ascii=False)
        forged = (f"page {words}", "1.story:story=n2,form=-full", "1.settings", "story #2 full", "settings")
        for by in (READER, ADMIN):
            for data in forged:
                assert await _toast(telegram, group, card, data, by) == OLD_BUTTON.bn
        assert (card.raw, card.edits, len(group.messages)) == (before, 0, 1)


async def test_a_button_of_one_message_does_nothing_on_another_in_a_group(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group = telegram.group(GROUP, admins=(ADMIN,))
        await _asked(telegram, group, "/read #1", by=READER)
        card = group.last
        await _asked(telegram, group, "/settings", by=ADMIN)
        panel = group.last.button("🔈 শব্দ: আছে")["callback_data"]
        assert await _toast(telegram, group, card, panel, ADMIN) == OLD_BUTTON.bn
        assert card.edits == 0
        await telegram.sends_back(group, group.last, panel, by=ADMIN)
        await telegram.until(lambda: group.last.edits == 1)


async def test_what_was_forwarded_is_read_and_not_obeyed(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        reader = telegram.private(READER)
        target = Target("telegram", str(READER))
        for text in ("/follow নদী", "ফলো নদী", "/stop", "/channel @nodi", "সব বন্ধ"):
            await _asked(telegram, reader, text, forward_origin=FORWARDED)
        chat = await world.core.store.chats.find(target)
        assert chat is not None
        assert await world.core.store.subscriptions.of_chat(chat.id) == []
        assert chat.state == "active"
        assert "নদীর খবর" in await _asked(telegram, reader, "/নদী", forward_origin=FORWARDED)
        # Nor is it the answer to a question.
        assert "কোন বিষয়?" in await _asked(telegram, reader, "/follow")
        assert "নদীর খবর" in await _asked(telegram, reader, "নদী", forward_origin=FORWARDED)
        assert await world.core.store.subscriptions.of_chat(chat.id) == []


async def test_a_forwarded_command_is_nothing_to_a_group_or_a_channel(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group, channel = telegram.group(GROUP, admins=(ADMIN,)), telegram.channel(CHANNEL)
        await telegram.says(group, "/latest", by=ADMIN, forward_origin=FORWARDED)
        await telegram.posts(channel, "/latest", forward_origin=FORWARDED)
        await _posted(telegram, channel, "/latest")
        await _asked(telegram, group, "/latest", by=ADMIN)
        assert (len(group.messages), len(channel.messages)) == (1, 1)
