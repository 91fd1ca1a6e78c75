"""Sentences, as readers meet them.

They do what they say, or ask, and what only looks like a wish is looked for.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.bangla.normalise import display
from bot.values.chats import ChatState, Mode, TermKind
from bot.values.messages import Items
from tests.fakes.world import World, a_world
from tests.handlers.saying import choices, press, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def _archive(folder: Path) -> AsyncIterator[World]:
    async with a_world(folder) as world:
        stories = (
            ("মস্কোয় খামেনির চিঠি", "খামেনি রাশিয়ার সহযোগিতা চান।", ("ইরান",), "আন্তর্জাতিক"),
            ("বিচার চেয়ে মানববন্ধন", "বিচার চান স্বজনেরা।", (), "বাংলাদেশ"),
            ("শেষ ওভারে জয়", "বাংলাদেশ সিরিজে সমতা ফেরাল।", ("ক্রিকেট",), "খেলা"),
            ("জরুরি অবস্থা জারি", "দেশে জরুরি অবস্থা জারি হয়েছে।", ("জরুরি অবস্থা",), "বাংলাদেশ"),
        )
        for headline, body, tags, section in stories:
            await world.add(headline, body, tags=tags, categories=(section,))
        yield world


async def _chosen(world: World) -> list[str]:
    chat = await world.chat()
    return [
        f"{'-' if one.exclude else '+'}{one.term.name}{'!' if one.mode is Mode.NOW else ''}"
        for one in await world.core.store.subscriptions.of_chat(chat.id)
    ]


def _headlines(reply: Reply) -> list[str]:
    return [item.text for part in reply.message.parts if isinstance(part, Items) for item in part.items]


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("ইরান ফলো করতে চাই", ["+ইরান"]),
        ("আমাকে ইরানের খবর নিয়মিত দিয়েন", ["+ইরান"]),
        ("khela follow korte chai", ["+খেলা"]),
        ("ইরানের খবর এলেই পাঠাবেন", ["+ইরান!"]),
        ("ফলো সব এলেই", ["+!"]),
        ("ফলো ক্রিকেট এলেই", ["+ক্রিকেট!"]),
        ("খেলার খবর আর দিয়েন না", ["-খেলা"]),
        ("নদী পত্রিকা বাদ দিন", ["-নদী পত্রিকা"]),
        ("ইরান আর ক্রিকেট দুইটাই ফলো করব", ["+ইরান", "+ক্রিকেট"]),
        ("পদ্মা সেতুর খবর জানিও", ["+পদ্মা সেতু"]),
        ("➕ ইরান ফলো করুন", ["+ইরান"]),
        ("ফলো ইরান", ["+ইরান"]),
        ("বাদ ইরান", ["-ইরান"]),
    ],
)
async def test_a_wish_is_done(tmp_path: Path, said: str, chosen: list[str]) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say(said)
        assert not _headlines(reply)
        assert await _chosen(world) == [display(one) for one in chosen], text(reply)


@pytest.mark.parametrize(
    ("said", "chosen", "times", "answer"),
    [
        ("প্রতিদিন সকাল ৯টায় খেলার খবর পাঠাবেন", ["+খেলা"], (time(9),), "পাঠাব: সকাল ৯টা।"),
        ("রোজ দুপুর ২টায় ইরান আর ক্রিকেটের খবর চাই", ["+ইরান", "+ক্রিকেট"], (time(14),), "পাঠাব: দুপুর ২টা।"),
        ("প্রতি শুক্রবার খেলার খবর চাই", ["+খেলা"], (time(8),), "পাঠাব: শুক্রবার সকাল ৮টা।"),
    ],
)
async def test_what_is_followed_comes_when_it_was_asked_for(
    tmp_path: Path, said: str, chosen: list[str], times: tuple[time, ...], answer: str
) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say(said)
        assert await _chosen(world) == [display(one) for one in chosen]
        assert (await world.chat()).preferences.digest_times == times
        assert display(answer) in text(reply)


async def test_two_requests_of_one_sentence_are_both_done(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        answer = text(await world.say("ইরান ফলো করো আর রাজনীতি বাদ দাও"))
        assert "ফলো করছেন: ইরান।" in answer
        assert "বাদ গেল: রাজনীতি।" in answer
        assert sorted(await _chosen(world)) == ["+ইরান", "-রাজনীতি"]


async def test_several_are_listed_as_they_were_said(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("/follow ক্রিকেট", person="another")
        await world.say("ইরান আর ক্রিকেট দুইটাই ফলো করব")
        assert await _chosen(world) == ["+ইরান", "+ক্রিকেট"]


async def test_everything_is_unfollowed_at_once(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "এখনো কিছু ফলো করছেন না" in text(await world.say("সব আনফলো করো"))
        for name in ("ইরান", "ক্রিকেট"):
            await world.say(f"/follow {name}")
        await world.say("/mute খেলা")
        assert "ফলো বন্ধ: ইরান, ক্রিকেট।" in text(await world.say("সব ফলো বন্ধ করুন"))
        assert await _chosen(world) == ["-খেলা"]
        await world.say("/follow ইরান")
        assert "‘ইরান’ ফলো বন্ধ।" in text(await world.say("সব আনফলো করো"))


async def test_a_wish_is_taken_back_in_words(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("ইরান বাদ দাও")
        await world.say("ইরানের খবর আবার দেওয়া শুরু করেন")
        assert await _chosen(world) == []
        await world.say("ইরান ফলো করো")
        await world.say("ইরান আর ফলো করমু না")
        assert await _chosen(world) == []


@pytest.mark.parametrize(
    "said", ["বাদ পড়লেন সাকিব", "বিচার চাই", "ফলো আপ", "সেতু বন্ধ করুন", "লিটন বাদ", "ভোট চাই না, বিচার চাই", "জরুরি অবস্থা"]
)
async def test_what_looks_like_a_wish_changes_nothing(tmp_path: Path, said: str) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say(said)
        assert await _chosen(world) == []
        assert (await world.chat()).state is ChatState.ACTIVE
        assert "নাকি" not in text(reply)


async def test_what_is_not_sure_is_asked_and_the_answer_taken(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        asked = await world.say("বিচার চাই না")
        assert "‘বিচার’ নিয়ে খবর বাদ দেব, নাকি খুঁজব?" in text(asked)
        assert [one.label for one in choices(asked)] == ["🔎 খুঁজুন", "🔕 বাদ দিন"]
        assert await _chosen(world) == []
        assert "বিচার চেয়ে মানববন্ধন" in text(await world.say("খুঁজুন"))
        await world.say("বিচার চাই না")
        await world.say("বাদ দিন")
        assert await _chosen(world) == ["-বিচার"]
        again = await world.say("ইরান ফলো করো না")
        assert "‘ইরান’ ফলো করবেন, নাকি ফলো বন্ধ করবেন?" in text(again)
        await press(world, again, "➕ ফলো করুন")
        assert await _chosen(world) == ["-বিচার", "+ইরান"]
        await world.say("চাই না")
        assert "কিছু বদলানো হয়নি" in text(await world.say("না"))


async def test_any_other_text_ends_the_question(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("বিচার চাই না")
        assert "মস্কোয় খামেনির চিঠি" in text(await world.say("ইরান"))
        assert await _chosen(world) == []


async def test_everything_but_one_thing(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        asked = await world.say("ক্রিকেট ছাড়া সব")
        assert "সব খবর পাঠাব, ‘ক্রিকেট’ বাদে?" in text(asked)
        await world.say("হ্যাঁ")
        chat = await world.chat()
        chosen = await world.core.store.subscriptions.of_chat(chat.id)
        assert [(one.term.kind, one.exclude) for one in chosen] == [(TermKind.ALL, False), (TermKind.TAG, True)]


async def test_settings_in_sentences(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("সকাল সাতটায় আর রাত ১০টায় খবর দিও")
        assert (await world.chat()).preferences.digest_times == (time(7), time(22))
        await world.say("রাত ১২টা থেকে ভোর ৬টা পর্যন্ত চুপ থাকো")
        preferences = (await world.chat()).preferences
        assert (preferences.quiet_from, preferences.quiet_to) == (time(0), time(6))
        await world.say("আর কিছু পাঠায়েন না")
        assert (await world.chat()).state is ChatState.PAUSED
        await world.say("আবার খবর পাঠানো শুরু করেন")
        assert (await world.chat()).state is ChatState.ACTIVE
        await world.say("দুই দিন খবর পাঠাবেন না")
        until = (await world.chat()).paused_until
        assert until is not None
        assert (until - world.clock()).days == 2


async def test_a_question_finds_what_it_is_about(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "শেষ ওভারে জয়" in text(await world.say("খেলার নতুন খবর কী আছে"))
        assert "মস্কোয় খামেনির চিঠি" in text(await world.say("ইরানে এখন কী হইতেছে"))
        assert "শেষ ওভারে জয়" in text(await world.say("নদী পত্রিকার খেলার খবর দেখান তো"))
        assert "বিচার চেয়ে মানববন্ধন" not in text(await world.say("নদী পত্রিকার খেলার খবর"))
        assert "জরুরি অবস্থা জারি" in text(await world.say("জরুরি অবস্থা"))


async def test_a_day_without_news_says_so_and_shows_the_last(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        world.clock.go(days=1)
        assert "গতকালের খবর, ১৪ এপ্রিল" in text(await world.say("গতকালের খবর"))
        said = text(await world.say("আজ ইরানের খবর কী"))
        assert display("আজ, ১৫ এপ্রিল, ‘ইরান’ নিয়ে কিছু আসেনি; শেষটি গতকালের, ১৪ এপ্রিল:") in said
        assert "মস্কোয় খামেনির চিঠি" in said
        assert "জমা খবর ১৪ এপ্রিল থেকে শুরু" in text(await world.say("গত বছরের খবর"))


async def test_a_report_takes_a_place_of_the_list(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "তালিকার নম্বরটি দিন" in text(await world.say("১ নম্বর খবরে ভুল আছে"))
        listed = _headlines(await world.say("/latest"))
        assert listed[1] in text(await world.say("২ নম্বর খবরে ভুল আছে"))
        await world.say("থাক")
        assert "১ থেকে ৪ পর্যন্ত" in text(await world.say("ভুল আছে ৯"))


async def test_weekdays_of_digests(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("ইরান ফলো করো")
        assert "শুক্রবার সকাল ৮টা" in text(await world.say("শুক্রবার সকালে দিন"))
        chat = await world.chat()
        assert (chat.preferences.digest_days, chat.preferences.digest_times) == ((4,), (time(8),))
        assert chat.digest_at is not None
        local = chat.digest_at.astimezone(ZoneInfo(chat.zone))
        assert (local.weekday(), local.hour) == (4, 8)
        assert "শুক্রবার সকাল ৮টা" in text(await world.say("কী কী ফলো করছি"))
        await world.say("সকাল ৮টায় আর রাত ৯টায় দিও")
        assert (await world.chat()).preferences.digest_days == ()


async def test_a_name_is_left_out_for_a_while(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("ইরান এলেই পাঠাও")
        said = text(await world.say("৭ দিন ইরান বাদ"))
        assert display("‘ইরান’ নিয়ে খবর ২১ এপ্রিল পর্যন্ত আসবে না।") in said
        await world.say("৭ দিন ক্রিকেট বাদ")
        assert await _chosen(world) == ["-ইরান", "-ক্রিকেট"]
        assert display("২১ এপ্রিল") in text(await world.say("তালিকা"))
        world.clock.go(days=6, hours=23)
        await world.spread()
        assert await _chosen(world) == ["-ইরান", "-ক্রিকেট"]
        world.clock.go(hours=2)
        await world.spread()
        assert await _chosen(world) == ["+ইরান"]


async def test_small_talk_is_answered_once(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "জি, বলুন।" in text(await world.say("হ্যালো ভাই"))
        assert text(await world.say("কেমন আছেন")).strip() == "কী জানতে চান, লিখুন।"
        assert "মস্কোয় খামেনির চিঠি" in text(await world.say("ইরান"))
        assert "ভালো, ধন্যবাদ।" in text(await world.say("কেমন আছেন"))
        assert "এখন কিছু জিজ্ঞেস করা হয়নি" in text(await world.say("না"))


async def test_the_main_news_are_one_thing(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.say("প্রধান খবর ফলো করুন")
        chat = await world.chat()
        assert [one.term.kind for one in await world.core.store.subscriptions.of_chat(chat.id)] == [TermKind.ALL]
        assert "একনজরে" in text(await world.say("প্রধান খবর"))


@pytest.mark.parametrize(
    ("field", "chosen"),
    [
        ("ইরানের খবর", "+ইরান"),
        ("খেলার খবর", "+খেলা"),
        ("নদী পত্রিকার খবর", "+নদী পত্রিকা"),
        ("ইরান নিয়ে", "+ইরান"),
        ("পদ্মা সেতু", "+পদ্মা সেতু"),
    ],
)
async def test_a_field_takes_what_a_sentence_takes(tmp_path: Path, field: str, chosen: str) -> None:
    async with _archive(tmp_path) as world:
        await world.say(f"/follow {field}")
        assert await _chosen(world) == [display(chosen)]


async def test_who_asks_to_be_sent_something_is_asked_whether_regularly(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say("ইরানের খবর পাঠাও")
        assert "মস্কোয় খামেনির চিঠি" in text(reply)
        assert "এমন খবর নিয়মিত চান?" in text(reply)
        await press(world, reply, "ফলো ইরান")
        assert await _chosen(world) == ["+ইরান"]
        assert "নিয়মিত" not in text(await world.say("ইরানের খবর পাঠাও"))
        assert "নিয়মিত" not in text(await world.say("ইরান"))


async def test_only_seven_days_of_being_left_out(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        out = await world.say("ইরান বাদ দাও")
        week = await press(world, out, "শুধু ৭ দিন")
        assert "২১ এপ্রিল পর্যন্ত" in text(week)
        assert "নিয়ে খবর আর আসবে না" in text(await press(world, week, "সব সময়"))
        world.clock.go(days=8)
        await world.spread()
        assert await _chosen(world) == ["-ইরান"]
