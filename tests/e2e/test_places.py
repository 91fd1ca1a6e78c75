"""What is said belongs to its message, its place and its person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from tests.e2e.telegram_bot import a_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.chats import Subscription
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat, Shown
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
CHANNEL, GROUP, ADMIN = -100900, -100300, 8


async def _asked(telegram: FakeTelegram, chat: Chat, text: str, **more: object) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text, **more)  # type: ignore[arg-type]
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def _pressed(telegram: FakeTelegram, chat: Chat, label: str, *, on: Shown | None = None, by: int = 0) -> Shown:
    """Press a button and return the message that answers.

    The same, or one below.
    """
    shown = on or chat.last
    before = (len(chat.messages), shown.edits)
    await telegram.presses(chat, label, on=shown, by=by)
    await telegram.until(lambda: (len(chat.messages), shown.edits) != before)
    return shown if shown.edits > before[1] else chat.last


async def _follows(world: World, number: int) -> list[Subscription]:
    chat = await world.core.store.chats.find(Target("telegram", str(number)))
    return await world.core.store.subscriptions.of_chat(chat.id) if chat is not None else []


def _in_topic(number: int) -> dict[str, object]:
    return {"message_thread_id": number, "is_topic_message": True}


async def _channel(telegram: FakeTelegram) -> tuple[Chat, Chat]:
    """Let somebody set a channel up from their private chat; return both."""
    editor, channel = telegram.private(7), telegram.channel(CHANNEL)
    channel.members[7], channel.username = "administrator", "nodi_news"
    await _asked(telegram, editor, "/channel @nodi_news")
    return editor, channel


# --- the place ---


async def test_what_is_followed_in_a_topic_comes_to_that_topic(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        forum = telegram.group(GROUP, admins=(ADMIN,), topics=(5, 6))
        await _asked(telegram, forum, "/follow পদ্মা এলেই", by=ADMIN, **_in_topic(5))
        (followed,) = await _follows(world, GROUP)
        assert followed.thread == "5"
        # Asked again elsewhere it stays where it was, asked in another topic it moves.
        await _asked(telegram, forum, "/follow পদ্মা", by=ADMIN)
        assert [one.thread for one in await _follows(world, GROUP)] == ["5"]
        await _asked(telegram, forum, "/follow পদ্মা", by=ADMIN, **_in_topic(6))
        assert [one.thread for one in await _follows(world, GROUP)] == ["6"]


async def test_the_settings_say_which_topic_and_change_it(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        forum = telegram.group(GROUP, admins=(ADMIN,), topics=(5, 6))
        await _asked(telegram, forum, "/follow পদ্মা", by=ADMIN, **_in_topic(5))
        await _asked(telegram, forum, "/settings", by=ADMIN, **_in_topic(6))
        panel = forum.last
        assert ["🧵 কোন টপিকে যাবে: অন্য টপিকে"] in panel.labels
        await _pressed(telegram, forum, "🧵 কোন টপিকে যাবে: অন্য টপিকে", on=panel, by=ADMIN)
        await _pressed(telegram, forum, "এই টপিকে", on=panel, by=ADMIN)
        assert ["🧵 কোন টপিকে যাবে: এই টপিকে"] in panel.labels
        assert [one.thread for one in await _follows(world, GROUP)] == ["6"]
        await _pressed(telegram, forum, "🧵 কোন টপিকে যাবে: এই টপিকে", on=panel, by=ADMIN)
        await _pressed(telegram, forum, "মূল চ্যাটে", on=panel, by=ADMIN)
        assert [one.thread for one in await _follows(world, GROUP)] == [""]


async def test_the_settings_of_a_place_name_it_and_erase_that_alone(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _asked(telegram, telegram.private(7), "/follow সিলেট")
        editor, channel = await _channel(telegram)
        assert editor.last.text.startswith(f"⚙️ সেটিংস: {channel.title}")
        assert editor.last.labels[-1] == ["🧹 এই চ্যানেলের সব মুছুন"]
        panel = editor.last
        asked = await _pressed(telegram, editor, "🧹 এই চ্যানেলের সব মুছুন", on=panel)
        assert "এই চ্যানেলের তালিকা" in asked.text
        assert channel.title in asked.text
        group = telegram.group(GROUP, admins=(ADMIN,))
        await _asked(telegram, group, "/settings", by=ADMIN)
        assert group.last.text.startswith(f"⚙️ সেটিংস: {group.title}")
        assert group.last.labels[-1] == ["🧹 এই গ্রুপের সব মুছুন"]
        await _asked(telegram, editor, "/settings")
        assert editor.last.text.splitlines()[0] == "⚙️ সেটিংস"
        assert editor.last.labels[-1] == ["🧹 আমার সব তথ্য মুছুন"]
        assert await world.core.store.chats.find(Target("telegram", str(CHANNEL))) is not None
        await _pressed(telegram, editor, "🧹 হ্যাঁ, মুছুন", on=asked)
        assert await world.core.store.chats.find(Target("telegram", str(CHANNEL))) is None
        assert [one.term.name for one in await _follows(world, 7)] == ["সিলেট"]
        assert len(await world.sql("SELECT 1 FROM persons WHERE user_id = '7'")) == 1, "who erased it is still there"


async def test_every_answer_about_a_channel_names_it(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        editor, channel = await _channel(telegram)
        panel = editor.last
        for label in [one["text"] for row in panel.rows for one in row]:
            if label.startswith(("📋", "⏰", "🌙", "🔴", "⏸")):
                said = await _pressed(telegram, editor, label, on=panel)
                assert channel.title in said.text, label
                if said is panel:
                    await _pressed(telegram, editor, "‹ ফিরে যান", on=panel)


async def test_only_an_answer_goes_to_the_channel_and_all_else_is_ones_own(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("মেঘনায় ইলিশ", BODY, tags=("মেঘনা",))
        editor, channel = telegram.private(7), telegram.channel(CHANNEL)
        channel.members[7] = "creator"
        await _asked(telegram, editor, "/help")
        await telegram.joins(channel, now="administrator", by=7)
        await telegram.until(lambda: "তৈরি" in editor.last.text)
        ready = editor.last
        await _pressed(telegram, editor, "➕ নতুন বিষয়", on=ready)
        assert "‘সিলেট’ ফলো করছেন" in await _asked(telegram, editor, "ফলো সিলেট")
        assert [one.term.name for one in await _follows(world, 7)] == ["সিলেট"]
        assert await _follows(world, CHANNEL) == []
        await _pressed(telegram, editor, "➕ নতুন বিষয়", on=ready)
        assert "⚙️ সেটিংস\n" in await _asked(telegram, editor, "⚙️ সেটিংস")
        await _pressed(telegram, editor, "➕ নতুন বিষয়", on=ready)
        assert "‘পদ্মা’ ফলো করছেন" in await _asked(telegram, editor, "পদ্মা")
        assert [one.term.name for one in await _follows(world, CHANNEL)] == ["পদ্মা"]
        assert "মেঘনায় ইলিশ" in await _asked(telegram, editor, "মেঘনা")
        assert [one.term.name for one in await _follows(world, CHANNEL)] == ["পদ্মা"]


# --- the person ---


async def test_what_one_member_is_asked_another_does_not_answer(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("মেঘনায় ইলিশ", BODY, tags=("মেঘনা",))
        group = telegram.group(GROUP, admins=(ADMIN,))
        assert "ভুলটি কী" in await _asked(telegram, group, "/report #1", by=6)
        assert "ইলিশ" in await _asked(telegram, group, "@khobor_bot মেঘনা", by=10)
        assert await world.core.store.audit.recent(5) == []
        assert "ধন্যবাদ" in await _asked(telegram, group, "@khobor_bot নদীটি পদ্মা", by=6)
        await _asked(telegram, group, "/settings সময় নিজে লিখব", by=ADMIN)
        await _asked(telegram, group, "@khobor_bot মেঘনা", by=10)
        assert "সকাল ৭টা" in await _asked(telegram, group, "@khobor_bot সকাল ৭টা", by=ADMIN)


@pytest.mark.parametrize("key", ["📰 সর্বশেষ", "☀️ আজকের খবর", "🔎 খুঁজুন", "⚙️ সেটিংস", "📰 latest", "⚙️ settings"])
async def test_a_tap_on_our_own_keys_answers_no_question(tmp_path: Path, key: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("মেঘনায় ইলিশ", BODY, tags=("মেঘনা",))
        reader = telegram.private(7)
        await _asked(telegram, reader, "/report #1")
        assert "ধন্যবাদ" not in await _asked(telegram, reader, key)
        await _asked(telegram, reader, "/follow")
        await _asked(telegram, reader, key)
        assert await _follows(world, 7) == []


# --- the message ---


async def test_settings_under_a_digest_and_behind_the_last_screen_come_below(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        for number in range(3):
            await world.add(f"নদীর খবর {number}", BODY)
        reader = telegram.private(7)
        await _asked(telegram, reader, "/start")
        done = await _pressed(telegram, reader, "⚡ প্রশ্ন ছাড়াই শুরু করুন")
        await telegram.until(lambda: reader.last.keys is not None)
        panel = await _pressed(telegram, reader, "⚙️ বদলান", on=done)
        assert panel is not done
        assert "সব তৈরি" in done.text
        world.clock.go(days=1)
        await world.add("নদীর নতুন খবর", BODY)
        await world.spread()
        await telegram.until(lambda: "একনজরে" in reader.last.text)
        digest = reader.last
        text = digest.text
        panel = await _pressed(telegram, reader, "⚙️ সময় ও বিষয় বদলান", on=digest)
        assert panel is not digest
        await _pressed(telegram, reader, "🔴 ব্রেকিং: শুধু দিনে", on=panel)
        await _pressed(telegram, reader, "‹ ফিরে যান", on=panel)
        assert panel.text.startswith("⚙️ সেটিংস")
        assert digest.text == text
