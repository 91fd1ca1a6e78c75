"""A digest that the platform refuses.

Its stories stand in the next one, once, and nobody else notices anything.
"""

from __future__ import annotations

from collections import Counter
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.decide import decide
from bot.delivery.drawing import Drawer
from bot.delivery.lanes import shares
from bot.ports.platform import Refused
from bot.values.chats import Mode
from bot.values.delivery import Arrived, Dead, EditorChange, Ref, Settlement, Why
from bot.values.messages import Items
from storage.delivery.settling import REFUSED_AGAIN
from tests.delivery.crowd import ACCOUNT, Stage, a_stage, line

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.delivery import Delivery

pytestmark = pytest.mark.anyio
NO = Refused("message is too strange")


async def _a_reader(stage: Stage, name: str = "0") -> None:
    """Make a chat with digests at eight and nine in the evening.

    The times are local; it is noon.
    """
    chat = await stage.reader(name, mode=Mode.DIGEST, digest_times=(time(8), time(21)))
    at_nine = stage.world.clock() + timedelta(hours=9)
    await stage.world.core.store.chats.prefer(chat.id, chat.preferences, at_nine)


async def _story(stage: Stage, number: int) -> int:
    """Let a story come; return its article."""
    return await stage.story(f"খবর {number}", str(number))


async def _next_digest(stage: Stage, *answers: Refused) -> int:
    """Let half a day pass and the digest go out.

    Return how many arrived.
    """
    stage.go(hours=12)
    stage.platform.answers = list(answers)
    return await stage.through(2, minutes=1)


def _told(stage: Stage, name: str = "0") -> Counter[int | None]:
    """Return how often each article stands in what lies in a chat."""
    parts = [part for message in stage.platform.lies.get(name, {}).values() for part in message.parts]
    return Counter(item.article_id for part in parts if isinstance(part, Items) for item in part.items)


async def test_its_stories_stand_in_the_next_one_and_each_once(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_reader(stage)
        articles = [await _story(stage, 0)]
        assert await _next_digest(stage, NO) == 0
        articles.append(await _story(stage, 1))
        assert await _next_digest(stage) == 1
        assert _told(stage) == Counter(articles)
        articles.append(await _story(stage, 2))
        assert await _next_digest(stage) == 1
        assert _told(stage) == Counter(articles)


async def test_it_is_tried_once_for_each_time_however_long_it_is_refused(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_reader(stage)
        articles = []
        for number in range(4):
            articles.append(await _story(stage, number))
            assert await _next_digest(stage, NO) == 0
        assert len(stage.platform.asked) == 4
        assert await _next_digest(stage) == 1
        assert _told(stage) == Counter(articles)


async def test_other_readers_have_theirs_and_no_editor_is_called(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        for name in "012":
            await _a_reader(stage, name)
        article = await _story(stage, 0)
        stage.platform.rule = lambda chat: NO if chat == "1" else None
        assert await _next_digest(stage) == 2
        assert [_told(stage, name)[article] for name in "012"] == [1, 0, 1]
        assert stage.alerts == []
        assert await stage.sql("SELECT count(*) FROM subjects WHERE state <> 'open'") == [(0,)]
        stage.platform.rule = lambda _: None
        assert await _next_digest(stage) == 1, "who had it is owed nothing"
        assert [_told(stage, name)[article] for name in "012"] == [1, 1, 1]


async def test_who_has_no_times_is_told_what_was_left_half_a_day_later(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader(cap=0)
        article = await _story(stage, 0)
        await stage.pass_on()
        stage.go(hours=21)  # past the morning for which what is over the cap was left
        stage.platform.answers = [NO]
        assert await stage.through(2, minutes=1) == 0
        assert _told(stage)[article] == 0
        stage.go(seconds=REFUSED_AGAIN.total_seconds() - 180)
        assert await stage.pass_on() == 0
        stage.go(minutes=2)
        assert await stage.pass_on() == 1
        assert _told(stage)[article] == 1
        assert (await stage.chat()).digest_at is None


async def test_one_that_was_begun_meanwhile_takes_its_stories(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_reader(stage)
        first = await _story(stage, 0)
        second: list[int] = []

        async def begins() -> None:
            second.append(await _story(stage, 1))
            await stage.sql("UPDATE chats SET digest_at = 1")
            await stage.world.spread()

        stage.platform.meanwhile = begins
        assert await _next_digest(stage, NO) == 1
        assert _told(stage) == Counter([first, *second])
        assert await _next_digest(stage) == 0


async def test_a_story_that_it_would_have_told_is_told_when_it_is_announced(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_reader(stage)
        article = await _story(stage, 0)
        assert await _next_digest(stage, NO) == 0
        subject = await stage.subject(article)
        await stage.world.core.store.subjects.announce(subject.id, line("breaking"), stage.world.clock(), loud=True)
        assert await stage.pass_on() == 1
        assert stage.platform.shows() == ["ব্রেকিং: খবর 0"]
        assert await _next_digest(stage) == 0, "and does not stand in the next one too"


async def test_one_that_lies_there_and_may_not_be_changed_owes_nothing_anew(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_reader(stage)
        article = await _story(stage, 0)
        assert await _next_digest(stage) == 1
        subject, change = await stage.subject(article), EditorChange("ভুল", headline="ঠিক খবর")
        await stage.world.core.store.subjects.correct(subject.id, change, line("correct"), stage.world.clock())
        stage.platform.answers = [NO]
        await stage.pass_on()
        assert len(stage.platform.edits) == 1
        assert await _next_digest(stage) == 0
        assert _told(stage) == Counter([article])


async def test_what_a_later_one_told_already_does_not_come_again(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_reader(stage)
        await _story(stage, 0)
        (earlier,) = await _claimed_digest(stage)
        later_story = await _story(stage, 1)
        (later,) = await _claimed_digest(stage)
        drawn = await Drawer(stage.world.core.store, stage.platform.traits, "খবর").draw(later, stage.world.clock())
        assert drawn is not None
        arrived = Arrived(Ref(later.target, "m1"), 1, drawn.covered, drawn.listed)
        await _turn(stage, Settlement(later, arrived))
        await _turn(stage, Settlement(earlier, Dead(Why.REFUSED)))
        await _story(stage, 2)
        assert await _next_digest(stage) == 1
        assert later_story not in _told(stage)


async def _claimed_digest(stage: Stage) -> list[Delivery]:
    await stage.sql("UPDATE chats SET digest_at = 1")
    await stage.world.spread()
    return await _turn(stage)


async def _turn(stage: Stage, *settled: Settlement) -> list[Delivery]:
    """Settle and claim as a sender does."""
    claimed = await stage.world.core.store.deliveries.settle_and_claim(
        ACCOUNT,
        "me",
        stage.world.clock(),
        settled=settled,
        shares=lambda present: shares(9, present),
        judge=lambda delivery: decide(delivery, stage.world.clock()),
    )
    return [delivery for delivery, _ in claimed]
