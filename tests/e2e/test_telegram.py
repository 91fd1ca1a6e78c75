"""Telegram from the update to what its chats show.

Over a server that answers as the platform does.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.subscriptions import choosing
from bot.values.chats import (
    CardStyle,
    ChatKind,
    ChatState,
    Language,
    Mode,
    Picture,
    Subscription,
    Target,
    Term,
    TermKind,
)
from bot.values.errors import SettingsError
from handlers.context import Services
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.running import serve
from handlers.platforms.telegram.settings import TelegramSettings
from tests.e2e.telegram_bot import ROUTER, a_bot, running
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


async def _asked(telegram: FakeTelegram, chat: Chat, text: str, **more: object) -> str:
    """Say something and return the answer."""
    before = len(chat.messages)
    await telegram.says(chat, text, **more)  # type: ignore[arg-type]
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def _pressed(telegram: FakeTelegram, chat: Chat, label: str) -> str:
    """Press the last message's button; return what it then shows."""
    shown = chat.last
    before, toasts = shown.edits, len(telegram.toasts)
    await telegram.presses(chat, label)
    await telegram.until(lambda: len(telegram.toasts) > toasts and (shown.edits > before or chat.last is not shown))
    return shown.text if shown.edits > before else chat.last.text


async def _reader(world: World, number: int, **chosen: object) -> Target:
    """Let somebody have everything at once."""
    target = Target("telegram", str(number))
    chat = await world.core.store.chats.ensure(target, world.clock())
    await choosing.follow(world.core.store, chat, Subscription(Term(TermKind.ALL), mode=Mode.NOW), world.clock())
    if chosen:
        await world.core.store._database.write(  # type: ignore[attr-defined]
            lambda db: db.rows("UPDATE chats SET picture = ? WHERE id = ?", chosen["picture"], chat.id)
        )
    return target


async def _state(world: World, target: Target) -> tuple[ChatState, str]:
    chat = await world.core.store.chats.find(target)
    assert chat is not None
    return chat.state, chat.reason


async def test_from_start_to_the_first_push_in_one_sitting(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        reader = telegram.private(7)
        assert (await _asked(telegram, reader, "/start")).startswith("স্বাগতম! এটি ‘খবর’।")
        assert "কোন খবর চান?" in await _pressed(telegram, reader, "🇧🇩 বাংলাদেশ")
        await _pressed(telegram, reader, "বিশ্ব")
        assert "কখন পাঠাব?" in await _pressed(telegram, reader, "ঠিক আছে ›")
        assert "রাতে চুপ থাকব?" in await _pressed(telegram, reader, "⚡ এলেই")
        assert "সব তৈরি।" in await _pressed(telegram, reader, "🔔 না, সব সময় পাঠান")
        await telegram.until(lambda: reader.last.keys is not None)
        assert len(reader.messages) == 2
        await world.add("পদ্মায় নৌকাডুবি, উদ্ধার চলছে", BODY, tags=("পদ্মা",), categories=("আন্তর্জাতিক",))
        await world.spread()
        await telegram.until(lambda: len(reader.messages) == 3)
        card = reader.last
        assert card.raw.startswith("<b>পদ্মায় নৌকাডুবি, উদ্ধার চলছে</b>\n\nনৌকাটি সকালে ঘাট ছেড়েছিল।\n<blockquote expandable>")
        assert card.labels == [["📖 পুরো খবর", "🔗 মূল খবর", "⋯"]]
        assert card.preview is not None
        assert card.preview["prefer_small_media"]


async def test_a_card_unfolds_follows_and_folds_in_place(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি, উদ্ধার চলছে", BODY, tags=("পদ্মা",))
        reader = telegram.private(7)
        await _asked(telegram, reader, "/latest")
        assert "ফায়ার সার্ভিস" in await _pressed(telegram, reader, "📖 পুরো খবর")
        await _pressed(telegram, reader, "⋯")
        await _pressed(telegram, reader, "➕ পদ্মা")
        assert telegram.toasts[-1] == ("এখন থেকে ‘পদ্মা’ ফলো করছেন।", False)
        assert ["✓ পদ্মা"] in reader.last.labels
        await _pressed(telegram, reader, "‹ ফিরে যান")
        await _pressed(telegram, reader, "গুটিয়ে নিন")
        assert reader.last.labels == [["📖 পুরো খবর", "🔗 মূল খবর", "⋯"]]
        assert (len(reader.messages), reader.last.edits) == (1, 5)


async def test_a_place_of_a_list_opens_there_and_leads_back(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        for number in range(7):
            await world.add(f"নদীর খবর {number}", f"এটি {number} নম্বর খবর। নদীর পাড় থেকে লেখা।", tags=("নদী রক্ষা আন্দোলন",))
        reader = telegram.private(7)
        listed = await _asked(telegram, reader, "/tag নদী রক্ষা আন্দোলন")
        labels = reader.last.labels
        assert "নম্বর খবর।" in await _pressed(telegram, reader, "২")
        assert ["‹ তালিকায় ফিরুন"] in reader.last.labels
        assert await _pressed(telegram, reader, "‹ তালিকায় ফিরুন") == listed
        assert (len(reader.messages), reader.last.labels) == (1, labels)
        rows = await world.core.store._database.read(lambda db: db.rows("SELECT id FROM lists"))  # type: ignore[attr-defined]
        assert len(rows) == 1, "one list for all places and the way back"


async def test_a_whole_story_that_is_too_long_for_its_card_comes_below_from_the_beginning(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        body = " ".join(f"নদীর পাড়ের {number} নম্বর বাক্যটি এখানে শেষ হলো।" for number in range(200))
        await world.add("পদ্মায় নৌকাডুবি, উদ্ধার চলছে", body)
        reader = telegram.private(7)
        await _asked(telegram, reader, "/latest")
        card, folded = reader.last, reader.last.text
        await telegram.presses(reader, "📖 পুরো খবর")
        await telegram.until(lambda: "199 নম্বর" in reader.last.text or "১৯৯ নম্বর" in reader.last.text)
        assert card.text == folded
        assert all(f" {number} নম্বর" in "".join(reader.texts[1:]) for number in (0, 99, 199))
        assert "গুটিয়ে নিন" in [label for row in reader.last.labels for label in row]


async def test_the_whole_story_on_a_photo_comes_below_in_parts_and_folds(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _reader(world, 7, picture=Picture.LARGE.value)
        reader = telegram.private(7)
        body = "\n\n".join(f"{number} নম্বর অনুচ্ছেদ। " + "নদীর পাড়ের কথা এখানে শেষ হলো। " * 8 for number in range(24))
        await world.add("পদ্মায় নৌকাডুবি, উদ্ধার চলছে", body, image="https://outlet.example/1.jpg")
        await world.spread()
        await telegram.until(lambda: bool(reader.messages))
        card = reader.last
        assert card.photo is not None
        await telegram.presses(reader, "📖 পুরো খবর", on=card)
        await telegram.until(lambda: "গুটিয়ে নিন" in str(reader.last.labels))
        parts = [reader.messages[number] for number in sorted(reader.messages)[1:]]
        whole = "\n".join(part.text for part in parts)
        assert all(f"{number} নম্বর অনুচ্ছেদ।" in whole for number in range(24))
        assert len(parts) > 1
        assert all(part.text.startswith("পদ্মায় নৌকাডুবি, উদ্ধার চলছে (") for part in parts)
        assert [bool(part.rows) for part in parts] == [False] * (len(parts) - 1) + [True]
        await telegram.presses(reader, "⋯", on=parts[-1])
        await telegram.until(lambda: parts[-1].edits == 1)
        await telegram.presses(reader, "‹ ফিরে যান", on=parts[-1])
        await telegram.until(lambda: parts[-1].edits == 2)
        await telegram.presses(reader, "গুটিয়ে নিন", on=parts[-1])
        await telegram.until(lambda: len(reader.messages) == 2)
        assert "(" not in reader.last.text.splitlines()[0]
        assert "📖 পুরো খবর" in str(reader.last.labels)


async def test_a_whole_story_that_grew_is_whole_after_its_change(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        target = await _reader(world, 7)
        chat = await world.core.store.chats.find(target)
        assert chat is not None
        full = replace(chat.preferences, style=CardStyle.FULL)
        await choosing.prefer(world.core.store, chat, full, world.clock())
        reader = telegram.private(7)

        def body(paragraphs: int) -> str:
            return "\n\n".join(f"{n} নম্বর অনুচ্ছেদ। " + "নদীর পাড়ের কথা এখানে শেষ। " * 8 for n in range(paragraphs))

        await world.add("পদ্মায় নৌকাডুবি", body(10), url="https://outlet.example/1")
        await world.spread()
        await telegram.until(lambda: bool(reader.messages))
        assert len(reader.messages) == 1
        await world.add("পদ্মায় নৌকাডুবি", body(40), url="https://outlet.example/1")
        await world.spread()
        await telegram.until(lambda: "39 নম্বর" in reader.last.text)
        assert all(f"{number} নম্বর" in "".join(reader.texts) for number in range(40))


async def test_twenty_people_at_once_each_get_their_own_answer(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        for number in range(20):
            await world.add(f"খবর {number}: নদী", f"এটি {number} নম্বর খবর, নদীর পাড় থেকে।", tags=(f"বিষয়{number}",))
        people = [telegram.private(100 + number) for number in range(20)]
        for number, chat in enumerate(people):
            await telegram.says(chat, f"/tag বিষয়{number}")
        await telegram.until(lambda: all(chat.messages for chat in people))
        assert [chat.texts[0].startswith(f"খবর {number}:") for number, chat in enumerate(people)] == [True] * 20


async def test_after_a_restart_old_buttons_go_on(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        reader = telegram.private(7)
        for number in range(12):
            await world.add(f"খবর {number}", f"{number} নম্বর খবর এটি, পড়ুন।", tags=("মুক্তিযুদ্ধের ইতিহাস ও সংস্কৃতি কেন্দ্র",))
        async with running(world, telegram):
            await _asked(telegram, reader, "/latest")
            await _asked(telegram, reader, "/follow মুক্তিযুদ্ধের ইতিহাস")
            listed, followed = (reader.messages[number] for number in sorted(reader.messages))
        async with running(world, telegram):
            before = len(reader.messages)
            await telegram.presses(reader, listed.labels[-1][0], on=listed)
            await telegram.until(lambda: len(reader.messages) > before or listed.edits > 0)
            # Words never stand in a button.
            assert any("~" in button.get("callback_data", "") for row in followed.rows for button in row)
            await telegram.presses(reader, "ফলো বন্ধ", on=followed)
            await telegram.until(lambda: "ফলো বন্ধ।" in reader.last.text)
            chat = await world.core.store.chats.find(Target("telegram", "7"))
            assert chat is not None
            assert await world.core.store.subscriptions.of_chat(chat.id) == []
            await telegram.sends_back(reader, listed, "nothing #1")
            await telegram.until(lambda: "পুরোনো" in reader.last.text)


async def test_in_a_group_only_what_is_meant_for_it_and_only_admins_change_anything(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        group = telegram.group(-100200, admins=(8,))
        await telegram.joins(group)
        await telegram.until(lambda: bool(group.messages))
        assert group.last.text.startswith("‘খবর’ যোগ হলো। এখনো কিছু পাঠানো হবে না।")
        await telegram.says(group, "সাহায্য", by=7)
        await telegram.says(group, "/latest@other_bot", by=7)
        assert "নৌকাডুবি" in await _asked(telegram, group, "/latest@khobor_bot", by=7)
        assert len(group.messages) == 2
        assert group.last.labels[0][1] == "📲 নিজের জন্য"
        assert "শুধু গ্রুপের অ্যাডমিনরা" in await _asked(telegram, group, "/follow পদ্মা", by=7)
        assert "ফলো করছেন" in await _asked(telegram, group, "/follow পদ্মা", by=8)
        assert "সেটিংস" in await _asked(telegram, group, "/settings", by=9, anonymous=True)
        chat = await world.core.store.chats.find(Target("telegram", "-100200"))
        assert chat is not None
        assert chat.kind is ChatKind.GROUP


async def test_who_is_no_admin_presses_in_vain_and_is_told_alone(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        group = telegram.group(-100200, admins=(8,))
        await _asked(telegram, group, "/settings", by=8)
        before = len(group.messages)
        await telegram.presses(group, "⏸ বিরতি নিন", by=7)
        await telegram.until(lambda: bool(telegram.toasts))
        text, alert = telegram.toasts[-1]
        assert (text.startswith("এই গ্রুপের সেটিংস"), alert, len(group.messages)) == (True, True, before)
        del world


async def test_a_topic_of_a_forum_is_answered_in_that_topic(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        forum = telegram.group(-100300, topics=(5,))
        await _asked(telegram, forum, "/latest", by=7, message_thread_id=5, is_topic_message=True)
        assert forum.last.thread == 5


async def test_blocked_removed_muted_and_back(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        reader, group = telegram.private(7), telegram.group(-100200)
        here, there = Target("telegram", "7"), Target("telegram", "-100200")
        await _asked(telegram, reader, "/help")
        await _asked(telegram, group, "/help")
        await telegram.joins(reader, was="member", now="kicked")
        await telegram.joins(group, was="member", now="restricted")
        await telegram.joins(telegram.channel(-100900), was="left", now="administrator")
        await telegram.says(telegram.private(8), "/help")
        await telegram.until(lambda: bool(telegram.private(8).messages))
        await _until(world, here, (ChatState.GONE, "bot was blocked"))
        await _until(world, there, (ChatState.PAUSED, "no right to write"))
        await telegram.joins(reader, was="kicked", now="member")
        await telegram.joins(group, was="restricted", now="member")
        await _until(world, here, (ChatState.ACTIVE, ""))
        await _until(world, there, (ChatState.ACTIVE, ""))


async def _until(world: World, target: Target, state: tuple[ChatState, str]) -> None:
    async with asyncio.timeout(60):
        while await _state(world, target) != state:  # noqa: ASYNC110 - another connection writes it
            await asyncio.sleep(0.01)


async def test_who_blocked_the_bot_is_gone_after_the_first_push_and_the_others_get_it(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        targets = [await _reader(world, number) for number in (1, 2, 3)]
        for number in (1, 2, 3):
            telegram.private(number)
        telegram.private(2).blocked = True
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await _until(world, targets[1], (ChatState.GONE, "Forbidden: bot was blocked by the user"))
        await telegram.until(lambda: all(telegram.private(number).messages for number in (1, 3)))


async def test_a_group_that_became_a_supergroup_is_followed_there(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        target = await _reader(world, -500)
        telegram.group(-500).moved_to = -100500
        new = telegram.group(-100500)
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await telegram.until(lambda: bool(new.messages))
        chat = await world.core.store.chats.find(target)
        assert chat is not None
        assert chat.external_id == "-100500"


@pytest.mark.parametrize("first", [False, True])
async def test_a_group_that_moves_is_told_that_its_news_goes_on(tmp_path: Path, *, first: bool) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        group = telegram.group(-500, admins=(8,))
        await _asked(telegram, group, "/follow পদ্মা", by=8)
        new = await telegram.moves(group, -100500, first=first)
        await telegram.until(lambda: any("খবর আসতে থাকবে।" in text for text in new.texts))
        chat = await world.core.store.chats.find(Target("telegram", "-100500"))
        assert chat is not None
        (followed,) = await world.core.store.subscriptions.of_chat(chat.id)
        assert followed.term.name == "পদ্মা"
        assert len(new.messages) == 1 + first


async def test_a_group_that_is_added_again_is_told_what_comes(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        group = telegram.group(-100200, admins=(8,))
        await _asked(telegram, group, "/follow পদ্মা", by=8)
        await telegram.joins(group, was="member", now="kicked")
        await telegram.joins(group, was="kicked", now="member")
        await telegram.until(lambda: "আবার যোগ হলো। আগের তালিকা আছে, খবর আসতে থাকবে।" in group.last.text)
        assert group.last.labels == [["⚙️ দেখুন", "বন্ধ রাখুন"]]
        await telegram.presses(group, "বন্ধ রাখুন", by=8)
        await telegram.until(lambda: "খবর পাঠানো বন্ধ হলো।" in group.last.text)
        await telegram.joins(group, was="member", now="kicked")
        await telegram.joins(group, was="kicked", now="member")
        await telegram.until(lambda: group.last.labels == [["▶️ আবার চালু করুন"]])
        assert "আসতে থাকবে" not in group.last.text


async def test_after_an_unblock_nobody_is_a_stranger(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        reader = telegram.private(7)
        await _asked(telegram, reader, "/follow পদ্মা")
        await telegram.joins(reader, was="member", now="kicked")
        await telegram.joins(reader, was="kicked", now="member")
        await _until(world, Target("telegram", "7"), (ChatState.ACTIVE, ""))
        said = await _asked(telegram, reader, "/start")
        assert "আবার দেখে ভালো লাগল। আগের তালিকা আছে।" in said
        assert "পরের বার:" in said


async def test_what_a_withdrawal_means_is_said_over_the_chat(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _reader(world, 7)
        reader = telegram.private(7)
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await telegram.until(lambda: bool(reader.messages))
        story = await stories.find(world.core.store, saved.article_id)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        await world.spread()
        await telegram.until(lambda: "প্রত্যাহার" in reader.messages[min(reader.messages)].text)
        # The silent word about it comes by itself.
        await telegram.until(lambda: len(reader.messages) > 1)
        card, word = (reader.messages[number] for number in sorted(reader.messages))
        assert (word.text, word.silent, word.answers) == (
            "🚫 ওপরের খবরটি প্রত্যাহার করা হয়েছে। কারণ: ভুল ছিল",
            True,
            card.id,
        )
        lying = len(reader.messages)
        await telegram.presses(reader, "❔ এর মানে কী", on=card)
        await telegram.until(lambda: bool(telegram.toasts))
        told, alert = telegram.toasts[-1]
        assert ("আর শেয়ার করবেন না।" in told, alert) == (True, True)
        assert "নৌকাডুবি" not in told
        assert len(reader.messages) == lying


async def test_an_answer_that_is_lost_makes_at_most_one_copy(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _reader(world, 7)
        reader = telegram.private(7)
        telegram.faults.append(Fault("sendMessage", times=1, cut="after"))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await telegram.until(lambda: bool(reader.messages))
        await _asked(telegram, telegram.private(8), "/help")
        assert len(reader.messages) <= 2


async def test_what_is_refused_for_its_markup_goes_once_more_without(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _reader(world, 7)
        reader = telegram.private(7)
        text = "Bad Request: can't parse entities: Unsupported start tag"
        telegram.faults.append(Fault("sendMessage", times=1, status=400, description=text))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await telegram.until(lambda: bool(reader.messages))
        assert reader.last.entities == []
        telegram.faults.append(Fault("sendMessage", times=1, status=400, description=text))
        assert await _asked(telegram, reader, "/latest") == reader.last.text


async def test_corrected_and_withdrawn_where_it_was_sent_a_photo_too(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _reader(world, 7)
        await _reader(world, 8, picture=Picture.LARGE.value)
        text, photo = telegram.private(7), telegram.private(8)
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY, image="https://outlet.example/1.jpg")
        await world.spread()
        await telegram.until(lambda: bool(text.messages and photo.messages))
        assert photo.last.photo == "https://outlet.example/1.jpg"
        store = world.core.store
        story = await stories.find(store, saved.article_id)
        assert story is not None
        change = stories.change(stories.StoryField.HEADLINE, "পদ্মায় ট্রলারডুবি", "নৌকা নয়, ট্রলার")
        assert change is not None
        await stories.correct(store, story, change, "me", world.clock(), tell=False)
        await world.spread()
        await telegram.until(lambda: "ট্রলারডুবি" in text.last.text and "ট্রলারডুবি" in photo.last.text)
        assert text.last.text.startswith("✏️ পদ্মায় ট্রলারডুবি")
        story = await stories.find(store, saved.article_id)
        assert story is not None
        await stories.withdraw(store, story, "ভুল ছিল", "me", world.clock())
        await world.spread()
        await telegram.until(lambda: all("প্রত্যাহার" in chat.last.text for chat in (text, photo)))
        await telegram.until(lambda: len(photo.messages) == 1)
        assert photo.last.photo is None


async def test_inline_offers_cards_with_links_alone(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("ইরানে ভূমিকম্প", BODY, tags=("ইরান",))
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        for person, typed in enumerate(("", "ইরান", "#1", "এমন কিছু নেই"), 7):
            await telegram.types(typed, by=person)
        await telegram.until(lambda: len(telegram.inline) == 4)
        titles = {len(one["results"]): [result["title"] for result in one["results"]] for one in telegram.inline}
        assert set(titles) == {0, 1, 2}
        assert titles[1] == ["ইরানে ভূমিকম্প"]
        for answer in telegram.inline:
            for result in answer["results"]:
                buttons = [one for row in result["reply_markup"]["inline_keyboard"] for one in row]
                assert all("url" in one for one in buttons)
        assert any("কিছু পাওয়া যায়নি" in one.get("button", {}).get("text", "") for one in telegram.inline)


async def test_a_picture_or_a_voice_is_answered_in_words(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        del world
        reader = telegram.private(7)
        photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
        await telegram.update(
            message={
                "message_id": 9,
                "date": 0,
                "chat": reader.as_json(),
                "from": {"id": 7, "is_bot": False, "first_name": "র"},
                "photo": photo,
            }
        )
        await telegram.until(lambda: bool(reader.messages))
        assert reader.last.text.startswith("ছবি বা ভয়েস দিয়ে খোঁজা যায় না।")


async def test_menus_are_bengali_and_a_chat_that_chose_english_has_its_own(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        reader = telegram.private(7)
        await _asked(telegram, reader, "/language en")
        await telegram.until(lambda: "chat7" in telegram.menus)
        assert telegram.menus["default"][0] == "সর্বশেষ খবর"
        assert telegram.menus["chat7"][0] == "Latest news"
        await telegram.says(reader, "/language bn")
        await telegram.until(lambda: telegram.menus["chat7"][0] == "সর্বশেষ খবর")
        chat = await world.core.store.chats.find(Target("telegram", "7"))
        assert chat is not None
        assert chat.language is Language.BANGLA


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getUpdates", times=2, status=502, description="Bad Gateway"),
        Fault("getUpdates", times=2, cut="before"),
        Fault("getUpdates", times=1, body="<html>no</html>"),
        Fault("getUpdates", times=1, status=429, description="Too Many Requests: retry after 0", retry_after=0),
    ],
)
async def test_a_network_in_trouble_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr("handlers.platforms.telegram.polling.FIRST_WAIT", 0.01)
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        telegram.faults.append(fault)
        async with running(world, telegram):
            assert "খবর" in await _asked(telegram, telegram.private(7), "/help")


async def test_no_token_in_any_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        good, telegram.token = telegram.token, "999:another"
        settings = TelegramSettings(telegram_bot_token=good, telegram_api_base=telegram.base, _env_file=None)
        with pytest.raises(SettingsError) as caught:
            await serve(world.core, ROUTER, Services.of(world.core), settings, Progress())
        assert good not in caplog.text
        assert good not in str(caught.value)
