"""A story that changes or is taken back.

At every point of a send: in the end each chat shows what the story is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.ports.platform import Lost, Unavailable, Unknown
from bot.values.chats import Mode
from bot.values.delivery import DeliveryState, EditorChange
from tests.delivery.crowd import Stage, a_stage, line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

pytestmark = pytest.mark.anyio
STRUCK = "[প্রত্যাহার] খবর"
POINTS = ("before", "between", "waiting", "claimed", "in flight", "unsettled", "sent")


async def _correct(stage: Stage, article: int, headline: str) -> None:
    subject = await stage.subject(article)
    change = EditorChange("নাম ভুল ছিল", headline=headline)
    await stage.world.core.store.subjects.correct(subject.id, change, line("correct"), stage.world.clock())


async def _at(stage: Stage, point: str, change: Callable[[], Awaitable[None]]) -> None:
    """Send a story to three chats and change it at one point.

    Then let all that follows happen.
    """
    fanouts = stage.world.core.store.fanouts
    if point == "between":
        for wave in await fanouts.pending(stage.world.clock()):
            await fanouts.step(wave, 1, frozenset())
    elif point != "before":
        await stage.world.spread()
    if point == "claimed":
        await stage.sql("UPDATE deliveries SET state = 'sending', owner = 'dead', tries = 1")
    if point == "in flight":
        stage.platform.meanwhile = change
    elif point == "unsettled":
        # The first is answered; it is settled with the others, whose sending the change comes into.
        stage.platform.rule = lambda name: _later(stage, name, change)
    elif point == "sent":
        await stage.step()
    if point not in ("in flight", "unsettled"):
        await change()
    if point == "claimed":
        await stage.sender.take_over()
    await stage.step()
    await stage.through(3, minutes=11)


def _later(stage: Stage, name: str, change: Callable[[], Awaitable[None]]) -> None:
    del name
    stage.platform.rule = lambda _: None
    stage.platform.meanwhile = change


@pytest.mark.parametrize("point", POINTS)
async def test_a_withdrawal_reaches_every_chat_that_was_shown_the_story_and_no_other(
    tmp_path: Path, point: str
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        article = await stage.story("খবর")
        await _at(stage, point, lambda: stage.withdraw(article))
        shown = [stage.platform.shows(name) for name in "012"]
        assert all(one in ([], [STRUCK]) for one in shown)
        if point in ("before", "between", "waiting"):
            assert shown == [[]] * 3
        if point == "sent":
            assert shown == [[STRUCK]] * 3
        assert await stage.sql("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')") == [(0,)]
        subject = await stage.subject(article)
        reach = await stage.world.core.store.subjects.reach(subject.id, stage.world.clock())
        assert (reach.total, reach.changed, reach.waiting) == (sum(map(len, shown)), sum(map(len, shown)), 0)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("must", [True, False])
async def test_a_correction_or_update_ends_on_every_card_whenever_it_comes(
    tmp_path: Path, point: str, must: bool
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        article = await stage.story("খবর")

        async def change() -> None:
            await (_correct(stage, article, "ঠিক খবর") if must else stage.revise("1", "ঠিক খবর"))

        await _at(stage, point, change)
        assert [stage.platform.shows(name) for name in "012"] == [["ঠিক খবর"]] * 3
        assert len(stage.platform.posts) == 3


async def test_an_update_edits_no_card_of_a_chat_that_wants_none_but_a_correction_does(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader(updates=False)
        article = await stage.story("খবর")
        await stage.pass_on()
        await stage.revise("1", "নতুন খবর")
        await stage.through(2, minutes=11)
        assert stage.platform.shows() == ["খবর"]
        await _correct(stage, article, "ঠিক খবর")
        await stage.pass_on()
        assert stage.platform.shows() == ["ঠিক খবর"]


async def test_a_correction_does_not_wait_for_the_ten_minutes_of_an_update(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        await stage.pass_on()
        for text in ("এক খবর", "দুই খবর"):
            await stage.revise("1", text)
            await stage.pass_on()
        assert stage.platform.shows() == ["এক খবর"]
        await _correct(stage, article, "ঠিক খবর")
        await stage.pass_on()
        assert stage.platform.shows() == ["ঠিক খবর"]


async def test_a_revision_is_pushed_to_nobody_anew(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        await stage.pass_on()
        await stage.reader("late")
        await stage.revise("1", "নতুন খবর")
        await stage.through(2, minutes=11)
        assert stage.platform.shows("late") == []


async def test_before_a_change_it_is_known_how_many_cards_and_digests_it_will_touch(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        digest = await stage.reader("digest", mode=Mode.DIGEST)
        subject = await stage.subject(await stage.story("খবর"))
        assert await stage.world.core.store.subjects.shown_in(subject.id) == 0
        await stage.pass_on()
        assert await stage.world.core.store.subjects.shown_in(subject.id) == 2
        await stage.sql("UPDATE chats SET digest_at = 1, digest_from = 0 WHERE id = ?", digest.id)
        await stage.pass_on()
        assert await stage.world.core.store.subjects.shown_in(subject.id) == 3
        other = await stage.subject(await stage.story("আর একটি", "other"))
        assert await stage.world.core.store.subjects.shown_in(other.id) == 0


@pytest.mark.parametrize("point", ["waiting", "in flight", "sent"])
async def test_a_withdrawal_reaches_the_digests_that_name_the_story(tmp_path: Path, point: str) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader(mode=Mode.DIGEST)
        kept, article = await stage.story("অন্য কথা", "0"), await stage.story("খবর")
        await stage.sql("UPDATE chats SET digest_at = 1, digest_from = 0 WHERE id = ?", chat.id)
        await stage.world.spread()
        if point == "in flight":
            stage.platform.meanwhile = lambda: stage.withdraw(article)
            await stage.step()
        elif point == "sent":
            await stage.step()
            await stage.withdraw(article)
        else:
            await stage.withdraw(article)
        await stage.through(3, minutes=1)
        (message,) = stage.platform.lies["0"].values()
        items = [item for part in message.parts for item in getattr(part, "items", ())]
        struck = {item.article_id: item.struck for item in items}
        assert struck[kept] is False
        assert struck.get(article, True) is True
        assert (article in struck) is (point != "waiting")
        subject = await stage.subject(article)
        reach = await stage.world.core.store.subjects.reach(subject.id, stage.world.clock())
        assert (reach.total, reach.changed) == ((0, 0) if point == "waiting" else (1, 1))


async def test_what_could_not_be_changed_is_counted_and_listed_with_its_reason(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        article = await stage.story("খবর")
        await stage.pass_on()
        stage.platform.rule = lambda name: Lost("message not found") if name == "1" else None
        await stage.withdraw(article)
        await stage.through(2, minutes=1)
        subjects, subject = stage.world.core.store.subjects, await stage.subject(article)
        reach = await subjects.reach(subject.id, stage.world.clock())
        assert (reach.total, reach.changed, [(why.value, n) for why, n in reach.failed]) == (3, 2, [("lost", 1)])
        assert [(chat.external_id, why) for chat, why in await subjects.missed(subject.id, 9)] == [("1", "lost")]


async def test_the_live_count_tells_those_that_still_wait_and_those_nobody_knows_of(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        article = await stage.story("খবর")
        stage.platform.answers = [Unknown("no answer")]
        await stage.through(2, minutes=2)
        stage.platform.rule = lambda name: Unavailable("500") if name == "1" else None
        await stage.withdraw(article)
        await stage.pass_on()
        subject = await stage.subject(article)
        reach = await stage.world.core.store.subjects.reach(subject.id, stage.world.clock())
        assert (reach.total, reach.changed, reach.waiting, reach.unknown) == (2, 1, 1, 1)


async def test_a_note_answers_each_card_without_a_sound_and_goes_to_nobody_else(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader("0")
        article = await stage.story("খবর")
        await stage.pass_on()
        await stage.reader("late")
        subject = await stage.subject(article)
        await stage.world.core.store.subjects.note(subject.id, "নামটি ঠিক করা হয়েছে", stage.world.clock())
        assert await stage.pass_on() == 1
        assert stage.platform.silent[-1]
        answered = stage.platform.answered[-1]
        assert answered is not None
        assert answered.message_id == "m1"
        assert stage.platform.lies.keys() == {"0"}


@pytest.mark.parametrize(("hours", "told"), [(1, 1), (47, 1), (49, 0)])
async def test_for_two_days_a_withdrawal_is_told_and_not_only_shown(tmp_path: Path, hours: int, told: int) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader("0")
        article = await stage.story("খবর")
        await stage.pass_on()
        stage.go(hours=hours)
        story = await stories.find(stage.world.core.store, article)
        assert story is not None
        await stories.withdraw(stage.world.core.store, story, "নামটি ভুল ছিল", "me", stage.world.clock())
        await stage.pass_on()
        notes = [text for _, text, _ in stage.platform.asked if "ওপরের খবরটি প্রত্যাহার করা হয়েছে" in text]
        assert len(notes) == told
        if told:
            assert stage.platform.silent[-1]
            assert "কারণ: নামটি ভুল ছিল" in notes[0]


async def test_a_correction_that_waits_says_nothing_of_a_story_that_was_withdrawn(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader("0")
        article = await stage.story("খবর")
        await stage.pass_on()
        subject = await stage.subject(article)
        await stage.world.core.store.subjects.note(subject.id, "বানান", stage.world.clock())
        story = await stories.find(stage.world.core.store, article)
        assert story is not None
        await stories.withdraw(stage.world.core.store, story, "ভুল ছিল", "me", stage.world.clock())
        await stage.pass_on()
        said = [text for _, text, _ in stage.platform.asked]
        assert not [text for text in said if "বানান" in text]
        assert len([text for text in said if "ভুল ছিল" in text and "ওপরের" in text]) == 1


async def test_rows_that_are_purged_leave_their_counts(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        article = await stage.story("খবর")
        await stage.pass_on()
        stage.go(days=8)
        await stage.world.core.engine.tidy()
        assert await stage.sql("SELECT count(*) FROM deliveries") == [(0,)]
        assert await stage.sql("SELECT state, n FROM subject_counts") == [("sent", 3)]
        chat, subject = await stage.chat(), await stage.subject(article)
        assert (await stage.world.core.store.deliveries.why(chat.id, subject.id)).purged
        await _correct(stage, article, "ঠিক খবর")
        assert await stage.pass_on() == 0, "a correction after a week reaches nobody"


async def test_two_articles_that_turn_out_to_be_one_end_as_one_card(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await stage.story("আগের খবর", "1")
        await stage.pass_on()
        younger = await stage.story("আগের খবর", "2")
        await stage.world.spread()
        one, other = "https://outlet.example/1", "https://outlet.example/2"
        await stage.world.add("আগের খবর", url=one, addresses=(other,), canonical=one)
        await stage.through(2, minutes=11)
        assert [stage.platform.shows(name) for name in "01"] == [["আগের খবর"]] * 2
        assert (await stage.subject(younger)).article_id != younger


async def test_after_two_days_a_change_of_the_source_touches_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        await stage.pass_on()
        stage.world.clock.go(hours=49)
        await stage.revise("1", "নতুন খবর")
        await stage.through(2, minutes=11)
        assert stage.platform.shows() == ["খবর"]
        assert await stage.fate(article) == (DeliveryState.SENT, "")
