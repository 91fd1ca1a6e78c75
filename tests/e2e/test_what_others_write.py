"""What people write otherwise than one thinks.

To other bots, in captions, forwarded, mended, without words.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from handlers.attached import NOT_TEXT
from tests.e2e.telegram_bot import a_bot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
GROUP, ADMIN = -100300, 8
URL = "https://outlet.example/padma"
FORWARDED = {"type": "user", "date": 0, "sender_user": {"id": 5, "is_bot": False, "first_name": "কেউ"}}
FILE = {"file_id": "x", "file_unique_id": "x"}
SHOWN = {
    "photo": [{**FILE, "width": 1, "height": 1}],
    "voice": {**FILE, "duration": 3},
    "video_note": {**FILE, "length": 240, "duration": 3},
    "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "location": {"longitude": 90.4, "latitude": 23.8},
    "contact": {"phone_number": "1", "first_name": "কেউ"},
    "poll": {
        "id": "1", "question": "কী?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
        "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    },
}  # fmt: skip


async def _stories(world: World) -> None:
    await world.add("পদ্মায় নৌকাডুবি, উদ্ধার চলছে", BODY, tags=("পদ্মা",), url=URL)
    await world.add("মেঘনায় ইলিশের দেখা মিলল", BODY, tags=("মেঘনা",), url="https://outlet.example/meghna")


async def _asked(telegram: FakeTelegram, chat: Chat, text: str, **more: object) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text, **more)  # type: ignore[arg-type]
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def _shows(telegram: FakeTelegram, chat: Chat, **what: object) -> None:
    """Let somebody send what has no text."""
    await telegram.says(chat, "", **what)  # type: ignore[arg-type]


# --- in a group ---


@pytest.mark.parametrize("text", ["/weather", "/ban 5", "/latest@weather_bot", "/latest@khobor_botx", "/nonsense x"])
async def test_commands_of_other_bots_are_not_answered_in_a_group(tmp_path: Path, text: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group = telegram.group(GROUP, admins=(ADMIN,))
        await telegram.says(group, text, by=7)
        assert "নৌকাডুবি" in await _asked(telegram, group, "/latest@khobor_bot", by=7)
        assert len(group.messages) == 1
        assert "নামে কিছু নেই" in await _asked(telegram, group, "/weather@khobor_bot", by=7)


@pytest.mark.parametrize("text", ["/latest@khobor_bot\n1", "/latest\n1", "/latest@KHOBOR_BOT\t1", "/latest  1"])
async def test_a_command_is_read_over_lines(tmp_path: Path, text: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group = telegram.group(GROUP, admins=(ADMIN,))
        said = await _asked(telegram, group, text, by=7)
        assert "ইলিশ" in said
        assert "নৌকাডুবি" not in said


@pytest.mark.parametrize("text", ["@khobor_botx পদ্মা", "@khobor_bot_x পদ্মা", "x@khobor_bot পদ্মা", "আমরা khobor_bot দেখি"])
async def test_another_name_is_not_ours(tmp_path: Path, text: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group = telegram.group(GROUP)
        await telegram.says(group, text, by=7)
        assert "নৌকাডুবি" in await _asked(telegram, group, "@Khobor_Bot, পদ্মা", by=7)
        assert len(group.messages) == 1


async def test_a_reply_to_a_card_is_talk_unless_it_asks(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        group = telegram.group(GROUP)
        await _asked(telegram, group, "/latest@khobor_bot", by=7)
        card = {"date": 1, "chat": group.as_json(), "from": {"id": 1, "is_bot": True, "first_name": "খবর"}}
        card["from"]["username"] = "khobor_bot"  # type: ignore[index]
        card |= group.last.as_json()
        for talk in ("খুব দুঃখজনক", "এসব আর ভালো লাগে না ভাই", "😢", "পদ্মার মানুষ কষ্টে আছে"):
            await telegram.says(group, talk, by=7, reply_to_message=card)
        for asks in ("২", "আরও", "পদ্মায় কী হলো?", "@khobor_bot পদ্মা", "সর্বশেষ"):
            before = len(group.messages)
            await _asked(telegram, group, asks, by=7, reply_to_message=card)
            assert len(group.messages) == before + 1, asks
        assert len(group.messages) == 6


# --- captions, forwards, links ---


async def test_captions_forwards_and_links_are_read(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        reader, photo = telegram.private(7), {"photo": SHOWN["photo"]}
        assert "নৌকাডুবি" in await _asked(telegram, reader, "", **photo, caption="পদ্মা")
        assert "নৌকাডুবি" in await _asked(telegram, reader, URL)
        assert "নৌকাডুবি" in await _asked(telegram, reader, f"{URL}?utm_source=x&fbclid=y দেখুন তো")
        assert "উল্টে যায়" in await _asked(telegram, reader, "", **photo, caption=f"দেখুন {URL}", forward_origin=FORWARDED)
        linked = [{"type": "text_link", "offset": 0, "length": 4, "url": URL}]
        assert "উল্টে যায়" in await _asked(telegram, reader, "এখানে দেখুন", entities=linked, forward_origin=FORWARDED)
        long = "মেঘনায় ইলিশের দেখা মিলল\n\n" + "নদীর পাড়ে জেলেদের ভিড় লেগে আছে। " * 60
        assert "ইলিশের দেখা" in await _asked(telegram, reader, long, forward_origin=FORWARDED)
        assert "এত লম্বা" not in await _asked(telegram, reader, "কিছু একটা\n" + long, forward_origin=FORWARDED)


# --- without words ---


@pytest.mark.parametrize("kind", SHOWN)
async def test_what_has_no_words_gets_one_honest_line(tmp_path: Path, kind: str) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        reader = telegram.private(7)
        await _shows(telegram, reader, **{kind: SHOWN[kind]})
        await telegram.until(lambda: bool(reader.messages))
        assert reader.last.text == NOT_TEXT.bn
        group = telegram.group(GROUP)
        await _shows(telegram, group, **{kind: SHOWN[kind]})
        await _asked(telegram, group, "/help@khobor_bot", by=7)
        assert len(group.messages) == 1


async def test_an_album_gets_one_line_and_its_caption_an_answer(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        reader, photo = telegram.private(7), {"photo": SHOWN["photo"]}
        for _ in range(4):
            await _shows(telegram, reader, **photo, media_group_id="a")
        await _shows(telegram, reader, **photo, caption="পদ্মা", media_group_id="b")
        await _shows(telegram, reader, **photo, media_group_id="b")
        assert "মেঘনা" in await _until_after(telegram, reader, "মেঘনা")
        assert [text[:4] for text in reader.texts] == [NOT_TEXT.bn[:4], "পদ্মা"[:4], reader.texts[2][:4]]


async def _until_after(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) >= 3)
    return chat.last.text


# --- mended ---


async def _mends(telegram: FakeTelegram, chat: Chat, number: int, text: str, **more: object) -> None:
    """Let somebody change what they wrote."""
    about = {"message_id": number, "date": int(time.time()), "edit_date": int(time.time()), "chat": chat.as_json()}
    person = {"id": more.pop("by", chat.id), "is_bot": False, "first_name": "কেউ"}
    await telegram.update(edited_message={**about, "from": person, "text": text, **more})


async def test_a_question_that_is_mended_gets_its_answer_mended(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        reader = telegram.private(7)
        assert "নৌকাডুবি" in await _asked(telegram, reader, "পদ্মা")
        answer, number = reader.last, telegram._message - 1
        await _mends(telegram, reader, number, "মেঘনা")
        await telegram.until(lambda: "ইলিশ" in answer.text)
        assert len(reader.messages) == 1


@pytest.mark.parametrize("mended", ["/stop", "ফলো পদ্মা", "/withdraw #1 ভুল", "/report #1 ভুল", "বন্ধ", "/settings শব্দ নেই"])
async def test_nothing_but_a_reading_question_is_mended(tmp_path: Path, mended: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        reader = telegram.private(7)
        await _asked(telegram, reader, "পদ্মা")
        answer, text, number = reader.last, reader.last.text, telegram._message - 1
        await _mends(telegram, reader, number, mended)
        await _asked(telegram, telegram.private(9), "/help")
        await _asked(telegram, reader, "মেঘনা")
        chat = await world.core.store.chats.find(Target("telegram", "7"))
        assert chat is not None
        assert chat.state == "active"
        assert await world.core.store.subscriptions.of_chat(chat.id) == []
        assert await world.core.store.audit.recent(5) == []
        assert answer.text == text


async def test_what_changed_something_is_not_done_again_when_it_is_mended(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _stories(world)
        reader = telegram.private(7)
        await _asked(telegram, reader, "/follow পদ্মা")
        number = telegram._message - 1
        await _mends(telegram, reader, number, "মেঘনা")
        await _asked(telegram, reader, "সাহায্য")
        assert len(reader.messages) == 2
