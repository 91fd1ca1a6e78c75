from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.subscriptions import keywords
from bot.values.calls import call
from bot.values.chats import ChatKind, Mode, Role, Subscription, Term, TermKind
from handlers.speaking import NOT_IN_GROUP
from tests.fakes.world import EVERYTHING, World, a_world, chat_of
from tests.handlers.saying import choice, choices, press, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
SETU = Term(TermKind.TAG, "সেতু", "সেতু")


async def _news(world: World, count: int = 7) -> None:
    for number in range(count):
        world.clock.go(minutes=1)
        await world.add(f"শিরোনাম {number} এখানে", f"কথা {number}।", tags=("সেতু",) if number % 2 == 0 else ("নদী",))


async def _chosen(world: World, person: str = "local") -> list[Subscription]:
    chat = await world.chat(person)
    return await world.core.store.subscriptions.of_chat(chat.id)


async def test_a_follow_tells_its_volume_and_when_it_comes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        drawn = text(await world.say("ফলো সেতু"))
        assert "‘সেতু’ ফলো করছেন। সপ্তাহে প্রায় ৪টি খবর।" in drawn
        assert "পাঠাব: সকাল ৮টা ও রাত ৯টা।" in drawn
        assert await _chosen(world) == [Subscription(SETU)]
        chat = await world.chat()
        # Noon in Dhaka: the next digest is the one of nine in the evening.
        assert chat.digest_at is not None
        assert chat.digest_at.hour == 15
        assert "‘সেতু’ আগে থেকেই ফলো করছেন।" in text(await world.say("ফলো সেতুর"))


@pytest.mark.parametrize(
    ("written", "mode", "says"),
    [
        ("ফলো সেতু এলেই", Mode.NOW, "পাঠাব: এলেই।"),
        ("follow সেতু now", Mode.NOW, "পাঠাব: এলেই।"),
        ("ফলো সেতু সঙ্গে সঙ্গে", Mode.NOW, "পাঠাব: এলেই।"),
        ("/follow সেতু একসঙ্গে", Mode.DIGEST, "পাঠাব: সকাল ৮টা ও রাত ৯টা।"),
        ("ফলো সেতু together", Mode.DIGEST, "পাঠাব: সকাল ৮টা ও রাত ৯টা।"),
        ("ফলো সেতু শুধু ব্রেকিং", Mode.BREAKING, "পাঠাব: শুধু ব্রেকিং।"),
        ("ফলো সেতু", Mode.INHERIT, "পাঠাব: সকাল ৮টা ও রাত ৯টা।"),
    ],
)
async def test_a_word_behind_the_name_says_when(tmp_path: Path, written: str, mode: Mode, says: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        assert says in text(await world.say(written))
        assert await _chosen(world) == [Subscription(SETU, mode=mode)]


async def test_the_manner_of_one_follow_changes_and_can_be_taken_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        first = await world.say("ফলো সেতু")
        second = await press(world, first, "এলেই")
        assert await _chosen(world) == [Subscription(SETU, mode=Mode.NOW)]
        assert "আগে থেকেই" in text(await world.say("ফলো সেতু"))
        assert await _chosen(world) == [Subscription(SETU, mode=Mode.NOW)], "what is not said stays as it was"
        await world.press(choice(second, "আগের মতো"))
        assert await _chosen(world) == [Subscription(SETU)]


async def test_what_is_to_come_together_brings_times_to_a_chat_that_has_none(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.at_once()
        await world.say("ফলো সেতু একসঙ্গে")
        chat = await world.chat()
        assert [at.hour for at in chat.preferences.digest_times] == [8, 21]
        assert chat.digest_at is not None
        assert chat.preferences.mode is Mode.NOW


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("সব", TermKind.ALL, ""),
        ("everything", TermKind.ALL, ""),
        ("খেলা", TermKind.TOPIC, "খেলা"),
        ("খেলাধুলা", TermKind.TOPIC, "খেলা"),
        ("Sport", TermKind.TOPIC, "খেলা"),
        ("ক্রিকেট", TermKind.KEYWORD, "ক্রিকেট"),
        ("ঢাকা", TermKind.KEYWORD, "ঢাকা"),
        ("সেতুর", TermKind.TAG, "সেতু"),
        ("Nodi", TermKind.OUTLET, "নদী পত্রিকা"),
        ("পদ্মা সেতু", TermKind.KEYWORD, "পদ্মা সেতু"),
        ("“পদ্মা সেতু”", TermKind.KEYWORD, "“পদ্মা সেতু”"),
        ('"পদ্মা সেতু"', TermKind.KEYWORD, "“পদ্মা সেতু”"),
        ("“সেতু”", TermKind.KEYWORD, "“সেতু”"),
        ("শব্দ: সেতু", TermKind.KEYWORD, "সেতু"),
        ("tag:নতুন", TermKind.TAG, "নতুন"),
    ],
)
async def test_everything_then_section_then_tag_then_outlet_then_words(
    tmp_path: Path, written: str, kind: TermKind, name: str
) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.say(f"ফলো {written}")
        [one] = await _chosen(world)
        assert (one.term.kind, one.term.name) == (kind, name)
        await world.say(f"ফলো বন্ধ {written}")
        assert await _chosen(world) == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("/follow ক", "অন্তত দুটি অক্ষর"),
        ("/follow !!", "অন্তত দুটি অক্ষর"),
        ("/mute ক", "অন্তত দুটি অক্ষর"),
        ("/follow " + "শব্দ " * 7, "এত লম্বা লেখা"),
        ("/follow " + "ক" * 65, "এত লম্বা লেখা"),
        ("/mute " + "ক" * 65, "এত লম্বা লেখা"),
    ],
)
async def test_what_cannot_be_followed_is_said_in_words(tmp_path: Path, written: str, says: str) -> None:
    async with a_world(tmp_path) as world:
        assert says in text(await world.say(written))
        assert await _chosen(world) == []


async def test_a_word_of_every_fifth_story_is_refused_with_the_way_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for number in range(120):
            await world.add(f"শিরোনাম নম্বর {number}", f"{'হাতির' if number % 4 == 0 else 'বাঘের'} কথা।")
        drawn = text(await world.say("ফলো হাতি"))
        assert "‘হাতি’ প্রতি পাঁচটি খবরের একটিতে বা তার বেশিতে থাকে।" in drawn
        assert "আরও নির্দিষ্ট কিছু" in drawn
        assert await _chosen(world) == []


async def test_no_more_than_so_many(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for number in range(keywords.MOST_FOLLOWED):
            await world.follow("local", Term(TermKind.TAG, f"t{number}", f"t{number}"))
        assert "একসঙ্গে ২০০টি পর্যন্ত ফলো করা যায়।" in text(await world.say("ফলো পদ্মা"))
        assert "একসঙ্গে ২০০টি পর্যন্ত" in text(await world.say("/mute পদ্মা"))
        assert "এলেই।" in text(await world.say("ফলো tag:t7 এলেই")), "one that is followed can still be changed"


async def test_a_busy_topic_is_followed_and_asked_about(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for number in range(31 * 7):
            world.clock.go(minutes=1)
            await world.add(f"সেতুর কথা {number}", f"কথা {number}।", tags=("সেতু",))
        reply = await world.say("ফলো সেতু")
        assert "‘সেতু’ নিয়ে দিনে প্রায় ৩১টি খবর আসে। একসঙ্গে পাঠাব, নাকি এলেই?" in text(reply)
        assert await _chosen(world) == [Subscription(SETU)], "until it is answered it comes as all else does"
        answered = await press(world, reply, "একসঙ্গে")
        assert await _chosen(world) == [Subscription(SETU, mode=Mode.DIGEST)]
        assert "নাকি এলেই?" not in text(answered)


async def test_unfollow_is_undone_to_the_very_same(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        same = Subscription(SETU, mode=Mode.NOW, thread="12")
        await world.follow("local", SETU, mode=Mode.NOW, thread="12")
        gone = await world.say("ফলো বন্ধ সেতু")
        assert "‘সেতু’ ফলো বন্ধ।" in text(gone)
        assert await _chosen(world) == []
        assert (await world.chat()).digest_at is None
        await press(world, gone, "আবার ফলো করুন")
        assert await _chosen(world) == [same]
        assert "‘হাতি’ ফলো করছিলেন না।" in text(await world.say("unfollow হাতি"))


async def test_mute_leaves_out_and_gives_back_what_was_followed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.follow("local", SETU, mode=Mode.NOW, thread="12")
        out = await world.say("বাদ সেতু")
        assert "‘সেতু’ নিয়ে খবর আর আসবে না।" in text(out)
        assert await _chosen(world) == [Subscription(SETU, exclude=True)]
        assert (await world.chat()).digest_at is None, "who follows nothing any more is due nothing"
        await press(world, out, "আবার ফলো করুন")
        assert await _chosen(world) == [Subscription(SETU, mode=Mode.NOW, thread="12")]
        assert "নদী পত্রিকা থেকে খবর আর আসবে না।" in text(await world.say("mute Nodi"))
        again = await world.say("বাদ দিন নদী পত্রিকা")
        assert "আগে থেকেই বাদ আছে" in text(again)
        back = await press(world, again, "বাদ তুলে নিন")
        assert "‘নদী পত্রিকা’ আর বাদ নেই।" in text(back)
        assert await _chosen(world) == [Subscription(SETU, mode=Mode.NOW, thread="12")]
        await press(world, back, "আবার বাদ দিন")
        assert [one.exclude for one in await _chosen(world)] == [False, True]


async def test_what_is_left_out_comes_back_by_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "কিছু বাদ দেওয়া নেই।" in text(await world.say("ফিরিয়ে আনুন"))
        await world.say("বাদ ক্রিকেট")
        assert choice(await world.say("/unmute"), "ক্রিকেট বাদ তুলে নিন").does == call(
            "unmute", topic=Term(TermKind.KEYWORD, "ক্রিকেট", "ক্রিকেট")
        )
        assert "‘ফুটবল’ বাদ দেওয়া ছিল না।" in text(await world.say("ফিরিয়ে আনুন ফুটবল"))
        assert "আর বাদ নেই।" in text(await world.say("ফিরিয়ে আনুন ক্রিকেট"))
        assert await _chosen(world) == []
        assert "সব বাদ দিলে কিছুই আসবে না।" in text(await world.say("বাদ সব"))
        assert "ফলো করছিলেন না" in text(await world.say("ফলো বন্ধ ক্রিকেট"))


async def test_the_list_has_what_is_followed_and_what_is_left_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.say("ফলো সব")
        await world.say("ফলো সেতু এলেই")
        await world.say("বাদ ক্রিকেট")
        reply = await world.say("তালিকা")
        drawn = text(reply)
        assert "যা ফলো করছেন" in drawn
        assert "   সব খবর\n   সেতু: এলেই\n" in drawn
        assert "যা বাদ আছে\n\n   ক্রিকেট" in drawn
        assert [one.label for one in choices(reply)] == ["ফলো বন্ধ সব খবর", "ফলো বন্ধ সেতু", "ক্রিকেট বাদ তুলে নিন"]
        for one in choices(reply):
            await world.press(one)
        assert await _chosen(world) == []


async def test_who_follows_nothing_is_offered_the_busiest(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        reply = await world.say("/following")
        assert "এখনো কিছু ফলো করছেন না।" in text(reply)
        assert [one.label for one in choices(reply)] == ["ফলো সেতু", "ফলো নদী"]


@pytest.mark.parametrize("asking", ["/follow", "ফলো", "/mute", "বাদ", "/unfollow", "/tag", "/subscribe"])
async def test_a_name_that_is_missing_is_asked_for_and_the_next_message_is_it(tmp_path: Path, asking: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.follow("local", SETU)
        reply = await world.say(asking)
        assert "কোন বিষয়? নামটি লিখে পাঠান" in text(reply)
        assert [one.label for one in choices(reply)][-1] == "‹ থাক"
        assert len(choices(reply)) == (2 if asking == "/unfollow" else 3)
        answered = text(await world.say("সেতু"))
        assert "‘সেতু’" in answered
        assert (await world.core.store.shown.last((await world.chat()).id, "console:local")).question is None
        assert "‘সেতু’ নিয়ে খবর" in text(await world.say("সেতু")), "one answer, then words are words again"


@pytest.mark.parametrize("instead", ["/latest", "সর্বশেষ", "ফলো বন্ধ", "সাহায্য", "ফলো নদী", "সেটিংস কার্ড পুরো"])
async def test_a_command_ends_the_question(tmp_path: Path, instead: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.say("ফলো")
        await world.say(instead)
        await world.say("/latest")
        await world.say("সেতু")
        assert SETU not in [one.term for one in await _chosen(world)]


async def test_a_question_waits_ten_minutes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.say("ফলো")
        world.clock.go(minutes=9)
        await world.say("সেতু")
        assert len(await _chosen(world)) == 1
        await world.say("ফলো")
        world.clock.go(minutes=10)
        assert "‘নদী’ নিয়ে খবর" in text(await world.say("নদী"))
        assert len(await _chosen(world)) == 1


async def test_a_follow_says_when_nothing_comes_just_now(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.say("/stop")
        stopped = await world.say("ফলো সেতু")
        assert "খবর পাঠানো বন্ধ আছে।" in text(stopped)
        await press(world, stopped, "▶️ আবার চালু করুন")
        await world.say("বিরতি ৮ ঘণ্টা")
        assert "বিরতি চলছে।" in text(await world.say("ফলো নদী"))


@pytest.mark.parametrize(
    "written", ["/follow সেতু", "/mute সেতু", "/settings", "/quiet", "/pause 1h", "/stop", "/resume"]
)
async def test_in_a_group_only_its_admins_change_what_it_gets(tmp_path: Path, written: str) -> None:
    async with a_world(tmp_path) as world:
        await world.core.store.chats.ensure(chat_of("group"), world.clock(), ChatKind.GROUP)
        refused = await world.say(written, person="group", role=Role.READER)
        assert refused.message.brief == NOT_IN_GROUP.bn
        allowed = await world.say(written, person="group", role=Role.CHAT_ADMIN)
        assert allowed.message.brief != NOT_IN_GROUP.bn
        reads = await world.say("/following", person="group", role=Role.READER)
        assert reads.message.brief != NOT_IN_GROUP.bn


async def test_everything_is_one_thing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("follow all news")
        assert [one.term for one in await _chosen(world)] == [EVERYTHING]


async def test_leaving_out_what_was_followed_says_that_it_is_followed_no_more(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("সেতু খুলে দেওয়া হলো", tags=("সেতু",))
        await world.say("ফলো সেতু")
        assert "‘সেতু’ নিয়ে খবর আর আসবে না। ফলোও বন্ধ হলো।" in text(await world.say("বাদ সেতু"))
        await world.say("/unmute সেতু")
        assert "ফলোও বন্ধ হলো" not in text(await world.say("বাদ সেতু"))


@pytest.mark.parametrize("question", ["/follow", "/unfollow", "/mute", "/unmute", "/tag", "/search"])
async def test_every_question_for_a_name_can_be_left(tmp_path: Path, question: str) -> None:
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা", "নৌকা"))
        await world.say("/follow পদ্মা")
        await world.say("/mute নৌকা")
        asked = await world.say(question)
        assert asked.asks is not None
        assert choices(asked)[-1].label == "‹ থাক"
        assert "কিছু বদলানো হয়নি" in text(await world.press(choices(asked)[-1]))
        assert len(await world.core.store.subscriptions.of_chat((await world.chat()).id)) == 2
