from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest

from bot.subscriptions import panel
from bot.values.calls import Change, OneOf, call
from bot.values.chats import Breaking, CardStyle, ChatState, Language, Mode, Picture, Preferences
from handlers import labels
from handlers.dialogue import PASSING
from tests.fakes.world import EVERYTHING, World, a_world, chat_of
from tests.handlers.saying import choice, choices, press, text

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.anyio


async def _chosen(world: World, person: str = "local") -> Preferences:
    return (await world.chat(person)).preferences


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 4, day, hour, tzinfo=UTC)


async def test_the_panel_shows_how_everything_is_set(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local")
        reply = await world.say("/settings")
        assert reply.replaces
        assert [one.label for one in choices(reply)] == [
            "📋 যা ফলো করছেন: ১টি",
            "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা",
            "🌙 নীরব সময়: রাত ১১টা–সকাল ৭টা",
            "🔴 ব্রেকিং: শুধু দিনে",
            "🗞 কার্ড: সংক্ষেপে",
            "🖼 ছবি: ছোট",
            "🔈 শব্দ: আছে",
            "🔄 আপডেট: দেখানো হবে",
            "⚡ এলেই পাঠাব: দিনে সর্বোচ্চ ২০টি",
            "🌍 এলাকা: ঢাকা",
            "🌐 English",
            "⏸ বিরতি নিন",
            "🧹 আমার সব তথ্য মুছুন",
        ]
        assert "পরের বার: রাত ৯টা" in text(reply)


@pytest.mark.parametrize("field", panel.FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize("language", list(Language))
async def test_every_option_is_set_by_words_and_by_its_choice(
    tmp_path: Path, field: panel.Setting, language: Language
) -> None:
    async with a_world(tmp_path) as world:
        for option in field.options:
            await _set_twice(world, field, option, language, person=option.name)


async def _set_twice(
    world: World, field: panel.Setting, option: panel.SettingOption, language: Language, *, person: str
) -> None:
    """Let somebody set an option by its label, then by its button."""
    await world.say(f"/language {language}", person=person)
    before = await _chosen(world, person)
    opened = await world.say(f"/settings {field.name}", person=person)
    label = option.label.en if language is Language.ENGLISH else option.label.bn
    offered = next(one for one in choices(opened) if one.label.removeprefix("✓ ") == label)
    after = await world.say(offered.label, person=person)
    assert await _chosen(world, person) == option.change(before)
    assert after.replaces
    await world.press(offered, person=person)
    chosen = await _chosen(world, person)
    assert chosen == option.change(before)
    if field.name != "card":
        shown = chosen.language
        assert panel.state(field, chosen, shown).rstrip("।.") in text(after, shown).replace("\n   ", " ")


@pytest.mark.parametrize("language", list(Language))
async def test_whatever_a_choice_says_can_be_typed(tmp_path: Path, language: Language) -> None:
    async with a_world(tmp_path) as world:
        await world.say(f"/language {language}")
        asked = ["/settings", "/pause", "/quiet", "/stop", "/settings erase", "/start", "/help", "/status"]
        asked += [f"/settings {field.name}" for field in panel.FIELDS]
        asked += [f"/settings {field.name} own" for field in panel.FIELDS if field.own]
        for one in asked:
            known = labels.of((await world.say(one)).message)
            for choice_ in choices(await world.say(one)):
                assert labels.find(known, labels.typed(choice_.label)) == choice_.does, choice_.label


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("সেটিংস ব্রেকিং শুধু দিনে", {"breaking": Breaking.DAY}),
        ("settings breaking day", {"breaking": Breaking.DAY}),
        ("সেটিংস ব্রেকিং একদম না", {"breaking": Breaking.NEVER}),
        ("সেটিংস সময় শুধু সকালে", {"digest_times": (time(8),)}),
        ("settings time nights only", {"digest_times": (time(21),)}),
        ("সেটিংস সময় এলেই", {"mode": Mode.NOW}),
        ("সেটিংস সময় সকাল ৮টা, দুপুর ১টা, রাত ৯টা", {"digest_times": (time(8), time(13), time(21))}),
        ("settings time 7:30 am and 6 pm", {"digest_times": (time(7, 30), time(18))}),
        ("settings zone Asia/Riyadh", {"zone": "Asia/Riyadh"}),
        ("settings zone asia/tokyo", {"zone": "Asia/Tokyo"}),
        ("settings zone New York", {"zone": "America/New_York"}),
        ("settings zone toronto", {"zone": "America/Toronto"}),
        *(
            (f"সেটিংস এলাকা {name}", {"zone": zone})
            for name, zone in (
                ("ঢাকা", "Asia/Dhaka"),
                ("কলকাতা", "Asia/Kolkata"),
                ("রিয়াদ", "Asia/Riyadh"),
                ("দুবাই", "Asia/Dubai"),
                ("কুয়ালালামপুর", "Asia/Kuala_Lumpur"),
                ("লন্ডন", "Europe/London"),
                ("নিউইয়র্ক", "America/New_York"),
                ("কাতার", "Asia/Qatar"),
            )
        ),
        ("সেটিংস কার্ড শিরোনাম", {"style": CardStyle.HEADLINE}),
        ("সেটিংস ছবি না", {"picture": Picture.NONE}),
        ("সেটিংস শব্দ শব্দ ছাড়া", {"silent": True}),
        ("সেটিংস আপডেট না", {"updates": False}),
        ("সেটিংস দিনে এলেই সর্বোচ্চ ৩৫", {"cap": 35}),
        ("সেটিংস সর্বোচ্চ ০", {"cap": 0}),
        ("settings cap 5", {"cap": 5}),
        ("সেটিংস ভাষা English", {"language": Language.ENGLISH}),
        ("সেটিংস নীরব সময় রাত ১০টা–ভোর ৫টা", {"quiet_from": time(22), "quiet_to": time(5)}),
        ("সেটিংস নীরব সময় না", {"quiet_from": time(0), "quiet_to": time(0)}),
        ("নীরব সময় রাত ১২টা থেকে সকাল ৬টা", {"quiet_from": time(0), "quiet_to": time(6)}),
        ("/quiet 23:30-06:15", {"quiet_from": time(23, 30), "quiet_to": time(6, 15)}),
        ("চুপ না", {"quiet_from": time(0), "quiet_to": time(0)}),
    ],
)
async def test_what_is_typed_is_set(tmp_path: Path, written: str, changed: dict[str, object]) -> None:
    async with a_world(tmp_path) as world:
        await world.say(written)
        chosen = await _chosen(world)
        for name, value in changed.items():
            assert getattr(chosen, name) == value
        unchanged = set(Preferences.__dataclass_fields__) - set(changed)
        assert [name for name in unchanged if getattr(chosen, name) != getattr(Preferences(), name)] == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("/settings time আগডুম", "সময়টি বুঝতে পারলাম না।"),
        ("/settings time 1 2 3 4 5 6 7", "ছয়টি পর্যন্ত"),
        ("/settings quiet আগডুম", "২৩:০০-০৭:০০"),
        ("/quiet আগডুম", "২৩:০০-০৭:০০"),
        ("/settings zone আটলান্টিস", "এই নামে কোনো এলাকার সময় পেলাম না।"),
        ("/settings zone Asia", "এই নামে কোনো এলাকার সময় পেলাম না।"),
        ("/settings zone ../../etc/passwd", "এই নামে কোনো এলাকার সময় পেলাম না।"),
        ("/settings cap অনেক", "একটি সংখ্যা লিখুন"),
        ("/settings cap 9999", "একটি সংখ্যা লিখুন"),
        ("/settings cap -1", "একটি সংখ্যা লিখুন"),
        ("/settings breaking কখনোসখনো", "এটি বেছে নেওয়া যায় না।"),
        ("/settings আগডুম", "‘আগডুম’ নামে কোনো সেটিং নেই।"),
        ("/pause আগডুম", "কতক্ষণ, বুঝতে পারলাম না।"),
    ],
)
async def test_what_is_not_understood_changes_nothing_and_says_how(tmp_path: Path, written: str, says: str) -> None:
    async with a_world(tmp_path) as world:
        before = await world.chat()
        assert says in text(await world.say(written)).replace("\n   ", " ")
        assert (await world.chat()).preferences == before.preferences
        assert (await world.chat()).paused_until is None


async def test_own_times_are_asked_for_and_the_next_message_is_them(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        opened = await world.say("সেটিংস সময়")
        assert "কখন পাঠাব?" in text(opened)
        asked = await world.say(choice(opened, "নিজে লিখব").label)
        assert "সময়গুলো লিখে পাঠান।" in text(asked)
        assert "সময়টি বুঝতে পারলাম না।" in text(await world.say("যখন খুশি"))
        drawn = text(await world.say("সকাল ৭টা, রাত ১০টা"))
        assert "কখন পাঠাব: সকাল ৭টা, রাত ১০টা।" in drawn
        assert (await _chosen(world)).digest_times == (time(7), time(22))
        assert "এখনো কোনো খবর আসেনি" in text(await world.say("যখন খুশি"))


async def test_leaving_it_ends_the_question(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        asked = await world.say("/settings cap own")
        await world.say(choice(asked, "‹ থাক").label)
        await world.say("৫")
        assert await _chosen(world) == Preferences()


async def test_changed_times_move_the_next_digest_and_nothing_else(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("সেটিংস সময় শুধু রাতে")
        assert (await world.chat()).digest_at is None, "who follows nothing is due nothing"
        await world.follow("local")
        followed = await world.chat()
        assert followed.digest_at == _at(14, 15)
        await world.add("একটি খবর")
        for written, due in (
            ("সেটিংস সময় শুধু সকালে", _at(15, 2)),
            ("সেটিংস কার্ড পুরো", _at(15, 2)),
            ("সেটিংস সময় এলেই", _at(15, 2)),
            ("সেটিংস সময় শুধু রাতে", _at(14, 15)),
            ("সেটিংস এলাকা রিয়াদ", _at(14, 18)),
            ("সেটিংস সময় রাত ২টা", _at(15, 4)),
            ("English", _at(15, 4)),
        ):
            await world.say(written)
            chat = await world.chat()
            assert chat.digest_at == due, written
            assert chat.digest_from == followed.digest_from


async def test_quiet_says_how_it_is(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = await world.say("নীরব সময়")
        assert "রাত ১১টা–সকাল ৭টা নীরব সময়।" in text(first)
        assert "রাত ১০টা–সকাল ৬টা নীরব সময়।" in text(await press(world, first, "রাত ১০টা–সকাল ৬টা"))
        assert "নীরব সময় নেই;" in text(await world.say("নীরব সময় না"))
        await world.say("/quiet")
        assert "এখনো কোনো খবর আসেনি" in text(await world.say("ইরান")), "what says no hours is a question"
        await world.say("/quiet")
        assert "রাত ১টা–সকাল ৬টা নীরব সময়।" in text(await world.say("রাত ১টা থেকে সকাল ৬টা"))


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("বিরতি ১ ঘণ্টা", _at(14, 7)),
        ("pause 8 hours", _at(14, 14)),
        ("/pause 8h", _at(14, 14)),
        ("বিরতি কাল সকাল পর্যন্ত", _at(15, 2)),
        ("/pause until tomorrow morning", _at(15, 2)),
        ("বিরতি ২ দিন", _at(16, 6)),
    ],
)
async def test_a_break_ends_with_a_digest(tmp_path: Path, written: str, until: datetime) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local")
        drawn = text(await world.say(written))
        assert "পর্যন্ত কিছু আসবে না" in drawn
        chat = await world.chat()
        assert (chat.paused_until, chat.digest_at) == (until, until)
        await world.say("সেটিংস সময় শুধু সকালে")
        assert (await world.chat()).digest_at == until
        assert "আবার চালু।" in text(await world.say("চালু"))
        after = await world.chat()
        assert after.paused_until is None
        assert after.digest_at == world.clock(), "what gathered comes now"
        assert "চালুই আছে" in text(await world.say("চালু"))


async def test_a_break_asks_how_long(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        asked = await world.say("বিরতি")
        assert [one.label for one in choices(asked)] == [*("১ ঘণ্টা", "৮ ঘণ্টা", "কাল সকাল পর্যন্ত", "নিজে চালু না করা পর্যন্ত")]
        assert "এখনো কোনো খবর আসেনি" in text(await world.say("ইরান")), "what is no length is a question"
        await world.say("বিরতি")
        await world.say("৩ ঘণ্টা")
        assert (await world.chat()).paused_until == _at(14, 9)
        assert (await world.chat()).digest_at is None, "who follows nothing gets no digest after it either"
        await world.say("বিরতি নিজে চালু না করা পর্যন্ত")
        assert (await world.chat()).state is ChatState.PAUSED


async def test_stop_keeps_the_list_and_resume_begins_from_now(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local")
        stopped = await world.say("বন্ধ")
        assert "আপনার তালিকা রইল" in text(stopped)
        assert ((await world.chat()).state, (await world.chat()).reason) == (ChatState.PAUSED, "stopped")
        await press(world, stopped, "⏸ শুধু ৮ ঘণ্টা")
        chat = await world.chat()
        assert (chat.state, chat.paused_until, chat.digest_at) == (ChatState.ACTIVE, _at(14, 14), _at(14, 14))
        await world.say("/stop")
        assert (await world.chat()).paused_until is None
        await world.add("বন্ধের সময়ের খবর")
        drawn = text(await world.say("/resume"))
        assert "আবার চালু। পরের বার: রাত ৯টা।" in drawn
        chat = await world.chat()
        assert (chat.state, chat.digest_at) == (ChatState.ACTIVE, _at(14, 15))
        assert [one.term for one in await world.core.store.subscriptions.of_chat(chat.id)] == [EVERYTHING]
        assert (await world.core.store.digests.candidates(chat, chat.digest_from or 0, 10**6, 10)) == []


async def test_everything_is_erased_after_a_question(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local")
        asked = await world.say("আমার তথ্য মুছুন")
        assert "ফেরানো যাবে না।" in text(asked)
        assert "ঠিক আছে, কিছু বদলানো হয়নি" in text(await world.say("না না"))
        assert await world.core.store.chats.find(chat_of("local")) is not None
        await world.say("/settings erase")
        erased = await world.say("হ্যাঁ")
        assert "আপনার সব তথ্য মুছে গেছে।" in text(erased)
        assert await world.core.store.chats.find(chat_of("local")) is None
        assert "এখনো কিছু ফলো করছেন না।" in text(await world.say("তালিকা"))


async def test_the_card_is_shown_as_it_is_chosen(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("শিরোনাম এখানে", "মূল কথাটি এই।")
        assert "মূল কথাটি এই।" in text(await world.say("সেটিংস কার্ড"))
        reply = await world.say("সেটিংস কার্ড শিরোনাম")
        assert "শিরোনাম এখানে" in text(reply)
        assert "মূল কথাটি এই।" not in text(reply)
        assert choice(reply, "✓ শিরোনাম").does == call("settings", change=Change("card", OneOf("headline")))


@pytest.mark.parametrize("field", [*(field.name for field in panel.FIELDS), None])
async def test_nothing_typed_at_settings_is_an_error(tmp_path: Path, field: str | None) -> None:
    async with a_world(tmp_path) as world:
        for number in range(0, 400, 7):
            odd = chr(0x980 + number % 128) + chr(number + 33) * (number % 5)
            reply = await world.say(f"/settings {field or odd} {odd}")
            assert reply.message.brief != PASSING.bn, odd
