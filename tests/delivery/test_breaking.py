"""Breaking news from an editor's word to what lies in each chat.

On a real database.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.articles.identity import sight
from bot.delivery.decide import BEYOND_CAP, BREAKING_FOR
from bot.intake.pipeline import Marks, Pipeline
from bot.ports.platform import Postponed
from bot.subscriptions import choosing
from bot.values.articles import Entry
from bot.values.chats import Breaking, Chat, Mode, Preferences, Subscription, Term, TermKind
from bot.values.delivery import DeliveryState
from tests.delivery.crowd import Stage, a_stage, line
from tests.fakes.world import EVERYTHING, draft_now, parse_now

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
RIVER, BRIDGE = Term(TermKind.TAG, "নদী", "নদী"), Term(TermKind.TAG, "সেতু", "সেতু")
LOUD = "ব্রেকিং: "
TO_NIGHT = {"hours": 12, "minutes": 30}
"""From noon in Dhaka, where the clock stands at first, to half past midnight."""


async def _reader(stage: Stage, name: str, term: Term = EVERYTHING, **chosen: object) -> Chat:
    """Make a chat that follows one thing in digests.

    None is due; at night it sleeps.
    """
    usual = Preferences()
    sleeps = {"quiet_from": usual.quiet_from, "quiet_to": usual.quiet_to}
    chat = await stage.reader(name, **{"mode": Mode.DIGEST, **sleeps, **chosen})  # type: ignore[arg-type]
    if term is not EVERYTHING:
        subscriptions = stage.world.core.store.subscriptions
        await subscriptions.unfollow(chat.id, EVERYTHING)
        await subscriptions.follow(chat.id, Subscription(term), stage.world.clock(), None)
    return chat


async def _story(stage: Stage, headline: str, address: str = "1") -> int:
    saved = await stage.world.add(headline, url=f"https://outlet.example/{address}", tags=("নদী",))
    return saved.article_id


async def _announce(stage: Stage, article: int, *, loud: bool = True) -> None:
    subject = await stage.subject(article)
    await stage.world.core.store.subjects.announce(subject.id, line("breaking"), stage.world.clock(), loud=loud)


def _heard(stage: Stage, name: str) -> str:
    """Return whether a chat's first message had a sound.

    "" if there was none.
    """
    for (chat, _, key), silent in zip(stage.platform.asked, stage.platform.silent, strict=True):
        if chat == name and key:
            return "silent" if silent else "loud"
    return ""


# --- to whom ---


@pytest.mark.parametrize(
    ("go", "expected"),
    [
        (
            {},
            {
                "always": "loud",
                "day": "loud",
                "mine": "loud",
                "always, of other things": "loud",
                "day, of other things": "loud",
            },
        ),
        (TO_NIGHT, {"always": "silent", "always, of other things": "silent"}),
    ],
)
async def test_it_reaches_every_chat_that_follows_anything_unless_that_said_otherwise(
    tmp_path: Path, go: dict[str, float], expected: dict[str, str]
) -> None:
    async with a_stage(tmp_path) as stage:
        for wish in Breaking:
            await _reader(stage, wish.value, RIVER, breaking=wish)
            await _reader(stage, f"{wish.value}, of other things", BRIDGE, breaking=wish)
        stage.go(**go)
        article = await _story(stage, "বাঁধ ভেঙেছে")
        assert await stage.pass_on() == 0, "no chat has news at once"
        await _announce(stage, article)
        assert await stage.pass_on() == len(expected)
        assert {name: heard for name in _names() if (heard := _heard(stage, name))} == expected
        assert all(stage.platform.shows(name) == [f"{LOUD}বাঁধ ভেঙেছে"] for name in expected)
        for name in ("mine, of other things", "never", "never, of other things"):
            assert await stage.fate(article, name) == (None, ""), "it is not even considered"
        assert await stage.pass_on() == 0


def _names() -> list[str]:
    return [f"{wish.value}{more}" for wish in Breaking for more in ("", ", of other things")]


async def test_who_slept_is_told_once_in_the_morning(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "day", RIVER, breaking=Breaking.DAY)
        await _reader(stage, "day, of other things", BRIDGE, breaking=Breaking.DAY)
        await _reader(stage, "mine", RIVER, breaking=Breaking.MINE)
        stage.go(**TO_NIGHT)
        article = await _story(stage, "বাঁধ ভেঙেছে")
        await _announce(stage, article)
        assert await stage.pass_on() == 0
        asleep = ("day", "day, of other things", "mine")
        assert [await stage.fate(article, name) for name in asleep] == [(DeliveryState.LEFT, "quiet")] * 3
        stage.go(hours=6, minutes=29)
        assert await stage.pass_on() == 0
        stage.go(minutes=2)
        assert await stage.through(3, minutes=1) == 3
        for name in asleep:
            (told,) = stage.platform.lies[name].values()
            assert "বাঁধ ভেঙেছে" in str(told)
            assert "☀️ রাতে যা এসেছে" in str(told)


async def test_who_follows_nothing_or_left_it_out_or_stopped_is_told_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        store, now = stage.world.core.store, stage.world.clock()
        nothing, only_out, out, stopped, away = [
            await _reader(stage, name) for name in ("nothing", "only out", "out", "stopped", "away")
        ]
        for chat in (nothing, only_out):
            await store.subscriptions.unfollow(chat.id, EVERYTHING)
        for chat, term in ((only_out, BRIDGE), (out, RIVER)):
            await store.subscriptions.follow(chat.id, Subscription(term, exclude=True), now, None)
        await choosing.stop(store, stopped, now)
        await choosing.pause(store, away, now + timedelta(hours=3), now)
        await _reader(stage, "there")
        article = await _story(stage, "বাঁধ ভেঙেছে")
        await _announce(stage, article)
        assert await stage.pass_on() == 1
        assert stage.platform.lies.keys() == {"there"}
        stage.go(hours=3)
        assert await stage.through(3, minutes=1) == 1
        assert stage.platform.lies.keys() == {"there", "away"}, "a break ends with what came in it"


async def test_without_sound_it_makes_none_anywhere(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "digest")
        await _reader(stage, "at once", mode=Mode.NOW)
        await _announce(stage, await _story(stage, "খবর"), loud=False)
        assert await stage.pass_on() == 2
        assert stage.platform.silent == [True, True]


# --- once ---


async def test_who_has_it_as_news_is_not_told_again(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "at once", mode=Mode.NOW)
        await _reader(stage, "digest")
        article = await _story(stage, "খবর")
        assert await stage.pass_on() == 1
        await _announce(stage, article)
        await stage.through(3, minutes=11)
        assert sorted(chat for chat, _ in stage.platform.posts) == ["at once", "digest"]
        assert stage.platform.shows("at once") == ["খবর"]
        assert stage.platform.shows("digest") == [f"{LOUD}খবর"]


async def test_who_was_told_in_a_digest_is_not_told_again(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "digest")
        await _reader(stage, "other", BRIDGE)
        article = await _story(stage, "খবর")
        await stage.sql("UPDATE chats SET digest_at = 1, digest_from = 0")
        assert await stage.pass_on() == 1
        await _announce(stage, article)
        assert await stage.through(2, minutes=1) == 1
        assert len(stage.platform.lies["digest"]) == 1
        assert stage.platform.shows("other") == [f"{LOUD}খবর"], "whose digest did not name it"


async def test_announced_twice_it_comes_once_and_who_came_since_is_told_too(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "0")
        article = await _story(stage, "খবর")
        for name in ("1", "2"):
            await _announce(stage, article)
            await stage.pass_on()
            await _reader(stage, name)
        assert sorted(chat for chat, _ in stage.platform.posts) == ["0", "1"]


async def test_announced_while_it_is_being_spread_it_comes_once_to_each(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        for number in range(4):
            await _reader(stage, str(number), mode=Mode.NOW)
        article = await _story(stage, "খবর")
        fanouts = stage.world.core.store.fanouts
        (wave,) = await fanouts.pending(stage.world.clock())
        for _ in range(2):
            stepped = await fanouts.step(wave, 1, frozenset())
            assert stepped is not None
            wave = stepped[0]
        assert await stage.step() == 2
        await _announce(stage, article)
        assert await stage.through(2, minutes=1) == 2
        assert sorted(chat for chat, _ in stage.platform.posts) == ["0", "1", "2", "3"]


async def test_what_was_left_for_a_digest_comes_now_and_not_in_that_digest_too(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "0", mode=Mode.NOW, cap=1, digest_times=(time(21),))
        await _story(stage, "আগের", "0")
        article, kept = await _story(stage, "বাঁধ ভেঙেছে"), await _story(stage, "পরের", "2")
        await stage.pass_on()
        assert [await stage.fate(one, "0") for one in (article, kept)] == [(DeliveryState.LEFT, "cap")] * 2
        await _announce(stage, article)
        assert await stage.pass_on() == 1
        assert stage.platform.shows("0") == ["আগের", f"{LOUD}বাঁধ ভেঙেছে"]
        stage.go(hours=21)  # past the morning for which what is over the cap was left
        assert await stage.through(2, minutes=1) == 1
        told = str(list(stage.platform.lies["0"].values())[-1])
        assert "পরের" in told
        assert "বাঁধ" not in told


async def test_what_was_taken_back_is_announced_to_nobody(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "0")
        article = await _story(stage, "খবর")
        await stage.withdraw(article)
        await _announce(stage, article)
        assert await stage.through(2, minutes=1) == 0
        assert stage.platform.asked == []


# --- how much, and how long ---


async def test_five_a_day_come_beyond_the_cap_and_the_rest_in_the_morning(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "0", cap=0)
        for number in range(BEYOND_CAP + 2):
            await _announce(stage, await _story(stage, f"খবর {number}", str(number)))
        assert await stage.pass_on() == BEYOND_CAP
        stage.go(hours=21)
        assert await stage.through(2, minutes=1) == 1
        told = str(list(stage.platform.lies["0"].values())[-1])
        assert [f"খবর {number}'" in told for number in range(BEYOND_CAP + 2)] == [False] * BEYOND_CAP + [True] * 2


async def test_after_two_hours_it_is_news_for_who_follows_it_and_nothing_for_who_does_not(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _reader(stage, "river", RIVER)
        await _reader(stage, "bridge", BRIDGE)
        stage.platform.rule = lambda _: Postponed(BREAKING_FOR)
        article = await _story(stage, "খবর")
        await _announce(stage, article)
        assert await stage.pass_on() == 0
        stage.platform.rule = lambda _: None
        stage.go(seconds=BREAKING_FOR.total_seconds() + 60)
        assert await stage.through(3, minutes=1) == 1
        assert await stage.fate(article, "river") == (DeliveryState.LEFT, "stale")
        assert "খবর" in str(stage.platform.lies["river"])
        assert await stage.fate(article, "bridge") == (DeliveryState.DROPPED, "stale")


# --- marked by its source ---


BY_WORD = Entry("ব্রেকিং: বাঁধ ভেঙেছে", url="https://outlet.example/1", tags=("নদী",))
BY_CATEGORY = Entry("বাঁধ ভেঙেছে", url="https://outlet.example/1", tags=("নদী",), categories=("Breaking",))


@pytest.mark.parametrize(("entry", "first_run"), [(BY_WORD, False), (BY_CATEGORY, False), (BY_WORD, True)])
async def test_what_its_source_marks_is_breaking_news_unless_the_source_is_new(
    tmp_path: Path, entry: Entry, first_run: bool
) -> None:
    async with a_stage(tmp_path) as stage:
        for wish in Breaking:
            await _reader(stage, wish.value, BRIDGE, breaking=wish)
        await _reader(stage, "at once", RIVER, mode=Mode.NOW)
        world = stage.world
        marks = Marks(("ব্রেকিং",), ("BREAKING",))
        store, interval = world.core.store, timedelta(minutes=15)
        pipeline = Pipeline(store, world.network, parse_now, world.clock, interval, draft=draft_now, marks=marks)
        other = Entry("নদীর জল ব্রেকিং নয়", url="https://outlet.example/2", tags=("নদী",), categories=("river",))
        seen = [sight(one, str(world.source.id)) for one in (entry, other)]
        await pipeline.take(world.source, seen, first_run=first_run)
        await stage.through(2, minutes=1)
        reached = sorted(chat for chat, text in stage.platform.posts if "বাঁধ" in text)
        assert reached == ([] if first_run else ["always", "at once", "day"])
        assert len(stage.platform.posts) == (0 if first_run else 4), "the other is news for who has news at once"
