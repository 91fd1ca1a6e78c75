from __future__ import annotations

import dataclasses
import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import Sender
from bot.values.calls import call
from bot.values.chats import AuditLine, ChatState, Language, Role, Term, TermKind
from bot.values.delivery import DeliveryState, Subject, SubjectKind, SubjectState, Why
from bot.values.reach import Fate
from handlers.command import Request
from handlers.commands import why
from handlers.context import Services
from tests.fakes.world import PRESSED, START, TRAITS, RecordingPlatform, World, a_world
from tests.handlers.saying import choices, press, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
SETU = Term(TermKind.TAG, "সেতু", "সেতু")
STORY = Subject(5, SubjectKind.STORY, 1, 1, SubjectState.OPEN, START, article_id=5)
NEVER_SHOWN = re.compile(r"p9?5|dead|lease|outbox|\bNone\b|[a-z]+ [a-z]+_", re.IGNORECASE)


async def _send(world: World, person: str = "local") -> RecordingPlatform:
    await world.spread()
    platform = RecordingPlatform(person=person)
    await Sender(world.core.store, platform, "test", world.clock).step()
    return platform


async def _request(world: World, language: Language = Language.BANGLA) -> Request:
    services = Services.of(world.core)
    chat = await world.chat()
    chat = dataclasses.replace(chat, preferences=dataclasses.replace(chat.preferences, language=language))
    return Request(chat, "console:local", Role.OWNER, world.clock(), TRAITS, services)


async def _explain(world: World, fate: Fate, **chat: object) -> str:
    request = await _request(world)
    return why.explain(request, dataclasses.replace(request.chat, **chat), fate)  # type: ignore[arg-type]


async def test_all_well(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "এখনো কোনো খবর আসেনি।" in text(await world.say("/status"))
        await world.follow("local")
        await world.add("একটি খবর", push=False)
        drawn = text(await world.say("অবস্থা")).replace("\n   ", " ")
        assert "সব ঠিক আছে। সর্বশেষ খবর: মঙ্গলবার, ১৪ এপ্রিল ২০২৬, দুপুর ১২:০০।" in drawn
        assert "পরের বার: রাত ৯টা। গত ৭ দিনে কিছু পাঠানো হয়নি।" in drawn
        assert "সব পাঠানো হয়ে গেছে, কিছু আটকে নেই।" in drawn


async def test_what_waits_and_what_was_sent_is_counted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once()
        await world.follow("local")
        await world.add("এক")
        await world.add("দুই")
        await world.spread()
        assert "পাঠানো বাকি ২টি।" in text(await world.say("/status"))
        await _send(world)
        assert "গত ৭ দিনে পাঠানো হয়েছে ২টি।" in text(await world.say("/status")).replace("\n   ", " ")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("stopped", "আপনি বন্ধ রেখেছেন"),
        ("blocked", "বট ব্লক ছিল"),
        ("Forbidden: bot was blocked by the user", "বট ব্লক ছিল"),
        ("kicked", "বটকে সরানো হয়েছিল"),
        ("user is deactivated", "চ্যাটটি মুছে গেছে"),
        ("no right to write", "এখানে লেখার অনুমতি নেই"),
        ("something new", "চ্যাটে পৌঁছানো যাচ্ছিল না"),
    ],
)
async def test_why_nothing_is_sent_is_told_with_the_way_back(tmp_path: Path, reason: str, words: str) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local")
        chat = await world.chat()
        state = ChatState.PAUSED if reason == "stopped" else ChatState.GONE
        await world.core.store.chats.set_state(chat.id, state, reason, world.clock())
        world.clock.go(days=2)
        reply = await world.say("খবর আসছে না")
        assert f"১৪ এপ্রিল থেকে পাঠানো বন্ধ: {words}।" in text(reply)
        await press(world, reply, "আবার চালু করুন")
        assert (await world.chat()).state is ChatState.ACTIVE


async def test_a_break_is_told(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("বিরতি ৮ ঘণ্টা")
        assert "রাত ৮টা পর্যন্ত বিরতি চলছে।" in text(await world.say("/status"))


async def test_start_greets_who_comes_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("/stop")
        reply = await world.say("/start")
        assert "আগের তালিকা আছে।" in text(reply)
        assert [one.does for one in choices(reply)] == [call("resume"), call("settings")]


async def test_why_the_last_story_came(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "কোন খবর?" in text(await world.say("কেন পেলাম"))
        await world.at_once()
        await world.follow("local")
        await world.follow("local", SETU)
        await world.add("সেতুর কথা", tags=("সেতু",))
        await _send(world)
        reply = await world.say("কেন পেলাম")
        assert "কারণ আপনি ‘সেতু’ ফলো করছেন।" in text(reply)
        assert "সেতুর কথা" in text(reply)
        assert [one.label for one in choices(reply)] == ["ফলো বন্ধ সেতু", "বাদ সেতু"]
        pressed = await world.say("কেন পেলাম", traits=PRESSED)
        assert [one.label for one in choices(pressed)] == ["ফলো বন্ধ", "🔕 সেতু বাদ দিন"]
        assert choices(pressed)[0].does == choices(reply)[0].does
        await world.say("/latest")
        assert "কারণ আপনি ‘সেতু’ ফলো করছেন।" in text(await world.say("/why #1"))
        assert "এই তালিকায় একটিই খবর" in text(await world.say("why 7"))
        assert "আর জমা নেই" in text(await world.say("/why #999999"))


async def test_why_an_outlet_or_everything(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once()
        await world.say("ফলো সব")
        await world.add("এক")
        await _send(world)
        assert "কারণ আপনি ‘সব খবর’ ফলো করছেন।" in text(await world.say("/why"))
        await world.say("ফলো নদী পত্রিকা")
        await world.add("দুই")
        await _send(world)
        assert "কারণ নদী পত্রিকা ফলো করছেন।" in text(await world.say("/why"))


async def test_why_one_did_not_come(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("ফলো সেতু")
        await world.add("সেতুর কথা", tags=("সেতু",))
        await world.add("নদীর কথা", tags=("নদী",))
        await world.say("বাদ নদী")
        await world.spread()
        await world.say("/latest")
        assert "পাঠানো হয়নি: বাদ দেওয়া ছিল (নদী)।" in text(await world.say("/why 1"))
        assert "পরের বার একসঙ্গে যাবে।" in text(await world.say("/why 2"))
        await world.say("ফলো বন্ধ সেতু")
        assert why.NOT_FOLLOWED.bn in text(await world.say("/why 2"))


async def test_an_admin_asks_for_any_chat(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader", quiet_to=time(23))
        await world.follow("reader")
        saved = await world.add("একটি খবর")
        await _send(world, "reader")
        asked = f"/why console:reader #{saved.article_id}"
        drawn = text(await world.say(asked))
        assert "পাঠানো হয়নি: নীরব সময় ছিল, পরের বার একসঙ্গে যাবে।" in drawn
        refused = await world.say(asked, person="reader", role=Role.READER)
        assert refused.message.brief == why.ONLY_ADMINS.bn
        assert "নামে কোনো চ্যাট নেই" in text(await world.say("/why console:nobody #1"))
        assert "আর জমা নেই" in text(await world.say("/why console:reader #999"))


@pytest.mark.parametrize("state", [DeliveryState.LEFT, DeliveryState.DROPPED, DeliveryState.DEAD])
async def test_every_reason_has_its_words(tmp_path: Path, state: DeliveryState) -> None:
    async with a_world(tmp_path) as world:
        for reason in Why:
            said = await _explain(world, Fate(STORY, state, reason, follows=(SETU,)))
            assert said.startswith(f"পাঠানো হয়নি: {why.REASONS[reason].bn}")
            assert said.endswith("।")
            assert not NEVER_SHOWN.search(said)
            later = Fate(STORY, state, reason, digest_at=START + timedelta(hours=9))
            told = await _explain(world, later)
            assert ("একসঙ্গে গেছে (১৪ এপ্রিল, রাত ৯:০০)" in told) is (state is not DeliveryState.DEAD)


@pytest.mark.parametrize("state", [*DeliveryState, None])
async def test_every_state_has_its_words(tmp_path: Path, state: DeliveryState | None) -> None:
    async with a_world(tmp_path) as world:
        for language in Language:
            request = await _request(world, language)
            said = why.explain(request, request.chat, Fate(STORY, state))
            assert said
            assert not NEVER_SHOWN.search(said)


def test_no_word_is_missing_or_said_twice() -> None:
    for table, members in ((why.REASONS, list(Why)), (why.STATES, list(DeliveryState))):
        assert set(table) == set(members)
        for language in (0, 1):
            assert len({words[language] for words in table.values()}) == len(members)


@pytest.mark.parametrize(
    ("fate", "says"),
    [
        (Fate(STORY, DeliveryState.SENT, at=START), "পৌঁছেছে ১৪ এপ্রিল, দুপুর ১২:০০।"),
        (Fate(STORY, DeliveryState.SENT), "পৌঁছেছে।"),
        (Fate(STORY, DeliveryState.WAITING), "পাঠানো হয়নি: এখনো অপেক্ষায়।"),
        (Fate(STORY, DeliveryState.WAITING, at=START), "পৌঁছেছে ১৪ এপ্রিল, দুপুর ১২:০০।"),
        (Fate(STORY, DeliveryState.SENT, at=START, unsure=1), "দুবার পৌঁছে থাকতে পারে।"),
        (Fate(STORY, DeliveryState.SENT, Why.LOST, at=START), "পরে বদলানো যায়নি, কারণ বার্তাটি আর খুঁজে পাওয়া যায়নি।"),
        (Fate(STORY, purged=True), "পাঠানো হয়নি: ৭ দিনের বেশি পুরোনো, তাই আর বলা যায় না।"),
        (Fate(STORY, digest_at=START), "একসঙ্গে পাঠানো হয়েছে (১৪ এপ্রিল, দুপুর ১২:০০)।"),
        (Fate(STORY), "পাঠানো হয়নি: বিষয় মেলেনি।"),
        (Fate(STORY, follows=(SETU,), leaves_out=(SETU,)), "পাঠানো হয়নি: বাদ দেওয়া ছিল (সেতু)।"),
        (Fate(STORY, follows=(SETU,)), "পাঠানো হয়নি: খবরটি আগের।"),
        (Fate(dataclasses.replace(STORY, state=SubjectState.WITHDRAWN), follows=(SETU,)), "খবরটি প্রত্যাহার করা হয়েছে"),
    ],
)
async def test_each_fate_is_one_sentence(tmp_path: Path, fate: Fate, says: str) -> None:
    async with a_world(tmp_path) as world:
        assert says in await _explain(world, fate)


async def test_what_a_digest_is_to_bring_waits_for_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        fate = Fate(STORY, follows=(SETU,))
        assert await _explain(world, fate, digest_at=START, digest_from=4) == why.COMES_IN_DIGEST.bn
        assert "খবরটি আগের" in await _explain(world, fate, digest_at=START, digest_from=5)


async def test_breaking_news_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local", SETU)
        saved = await world.add("অন্য কথা")
        subject = await world.core.store.subjects.of_article(saved.article_id)
        assert subject is not None
        line = AuditLine(world.clock(), "console:local", "breaking", "#1")
        await world.core.store.subjects.announce(subject.id, line, world.clock(), loud=True)
        await _send(world)
        assert "কারণ এটি ব্রেকিং।" in text(await world.say("/why"))
        assert choices(await world.say("/why")) == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        *((word, "জি, বলুন। কী জানতে চান, লিখুন।") for word in ("hi", "Hello", "হ্যালো ভাই")),
        *((word, "ওয়ালাইকুম আসসালাম।") for word in ("সালাম", "আসসালামু আলাইকুম ভাইয়া")),
        ("নমস্কার", "নমস্কার।"),
        *((word, "আপনাকেও ধন্যবাদ।") for word in ("ধন্যবাদ", "thanks", "অনেক ধন্যবাদ আপনাকে")),
        *((word, "ঠিক আছে।") for word in ("ok", "👍", "হুম")),
        *((word, "বিরক্ত হয়ে থাকলে দুঃখিত।") for word in ("শালা ফালতু বট", "তুই একটা গাধা")),
        *((word, "যেমন: ইরান, ক্রিকেট, সিলেট।") for word in ("🙂", "...", "sdfkjh")),
        ("আপনি কে", "বাংলা সংবাদমাধ্যমের খবর পৌঁছে দেয়"),
        ("তুমি কি মানুষ না রোবট", "এটি বট।"),
    ],
)
async def test_courtesies_are_answered(tmp_path: Path, written: str, says: str) -> None:
    async with a_world(tmp_path) as world:
        assert says in text(await world.say(written))
