"""The sender in good times: who gets what, how often, in order."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery import queues
from bot.delivery.decide import SLOW_START
from bot.delivery.sender import claimed_at_most
from bot.delivery.spreading import FIRST_WIDTH, NARROWEST, Spreader, adapted
from bot.ports.platform import Pace, Postponed, Refused, Unavailable, Unknown
from bot.values.chats import ChatKind, ChatState, Mode
from bot.values.delivery import DeliveryState
from tests.delivery.crowd import ACCOUNT, Stage, a_stage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def _digest_due(stage: Stage) -> None:
    await stage.sql("UPDATE chats SET digest_at = 1, digest_from = coalesce(digest_from, 0)")


def _items(stage: Stage, name: str = "0") -> list[int | None]:
    messages = list(stage.platform.lies[name].values())
    return [item.article_id for part in messages[-1].parts for item in getattr(part, "items", ())]


async def test_each_article_is_sent_once_to_each_chat(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(5)
        await stage.story("খবর")
        assert await stage.pass_on() == 5
        assert await stage.through(3, minutes=20) == 0
        assert sorted(stage.platform.posts) == [(str(name), "খবর") for name in range(5)]


async def test_many_come_to_a_chat_in_the_order_they_came_to_us(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4)) as stage:
        await stage.readers(2)
        for number in range(25):
            await stage.story(f"খবর {number}", str(number))
        assert await stage.pass_on() == 50
        for name in "01":
            assert stage.platform.shows(name) == [f"খবর {number}" for number in range(25)]


async def test_a_postponement_uses_up_no_patience_and_keeps_the_key(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        stage.platform.answers = [Postponed(timedelta(seconds=9))] * 5
        assert await stage.through(6, seconds=10) == 1
        assert len({key for *_, key in stage.platform.asked}) == 1
        assert await stage.sql("SELECT tries, unsure FROM deliveries") == [(0, 0)]


async def test_a_platform_that_remembers_keys_gets_one_edit_after_a_doubtful_post(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        stage.platform.traits = dataclasses.replace(stage.platform.traits, idempotent=True)
        stage.restarted()
        await stage.reader()
        await stage.story("খবর")
        stage.platform.answers = [Unknown("no answer")]
        await stage.pass_on()
        await stage.revise("1", "নতুন খবর")
        await stage.through(4, minutes=1)
        assert len(stage.platform.posts) == 2
        assert [text for _, text in stage.platform.edits] == ["নতুন খবর"]


async def test_a_sender_that_may_be_a_former_one_sends_nothing_more(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=2)) as stage:
        await stage.readers(5)
        await stage.story("খবর")
        # As after a sleep, or while the database gives no answer: it holds rows, and nobody has told it to stop.
        stage.restarted(holds=lambda: len(stage.platform.asked) < 2)
        assert await stage.pass_on() == 2
        assert len(stage.platform.asked) == 2
        assert await stage.states() == {"sent": 2, "waiting": 3}
        assert await stage.sql("SELECT sum(unsure) FROM deliveries") == [(0,)], "what was not sent is in no doubt"
        stage.restarted()
        assert await stage.step() == 3


async def test_what_a_sender_that_died_held_is_taken_over_as_doubtful(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await stage.story("খবর")
        await stage.world.spread()
        await stage.sql("UPDATE deliveries SET state = 'sending', owner = 'dead', tries = 1")
        assert await stage.step() == 0, "what another holds is not touched"
        await stage.sender.take_over()
        assert await stage.step() == 2
        assert await stage.sql("SELECT sum(unsure) FROM deliveries") == [(2,)]


async def test_a_change_that_kills_its_sender_three_times_is_given_up(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        await stage.pass_on()
        await stage.withdraw(article)
        await stage.world.spread()
        await stage.sql("UPDATE deliveries SET state = 'sending', owner = 'dead', tries = 3")
        await stage.sender.take_over()
        assert await stage.step() == 0
        assert await stage.fate(article) == (DeliveryState.SENT, "poison")
        assert stage.platform.edits == []


async def test_an_article_that_is_refused_is_drawn_plain_for_all_and_then_stopped(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=2)) as stage:
        await stage.readers(20)
        article = await stage.story("খবর")
        stage.platform.rule = lambda _: Refused("can't parse entities")
        await stage.through(2, minutes=1)
        assert len(stage.platform.asked) <= 10, "not every chat is tried"
        assert stage.alerts
        assert await stage.fate(article) == (DeliveryState.DEAD, "refused")


async def test_one_odd_chat_that_refuses_everything_stops_nobody_elses_news(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=2)) as stage:
        await stage.readers(20)
        article = await stage.story("খবর")
        stage.platform.rule = lambda chat: Refused("odd") if chat == "7" else None
        assert await stage.through(2, minutes=1) == 19
        assert stage.alerts == []
        assert await stage.fate(article, "7") == (DeliveryState.DEAD, "refused")


async def test_several_odd_chats_stop_no_story_that_more_have_taken(tmp_path: Path) -> None:
    odd: set[str] = set()

    def refuses(chat: str) -> Refused | None:
        if len(stage.platform.asked) > 10 and len(odd) < 3:
            odd.add(chat)
        return Refused("odd") if chat in odd else None

    async with a_stage(tmp_path, pace=Pace(slots=2)) as stage:
        await stage.readers(20)
        article = await stage.story("খবর")
        stage.platform.rule = refuses
        assert await stage.through(2, minutes=1) == 17
        assert stage.alerts == []
        assert {await stage.fate(article, chat) for chat in odd} == {(DeliveryState.DEAD, "refused")}


async def test_the_cap_of_a_day_is_counted_and_the_rest_comes_in_one_digest(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader(cap=3)
        for number in range(5):
            await stage.story(f"খবর {number}", str(number))
        assert await stage.pass_on() == 3
        stage.go(hours=21)  # past eight in the morning there
        assert await stage.through(3, minutes=1) == 1
        assert len(_items(stage)) == 2


async def test_a_new_chat_gets_six_in_its_first_hour(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader()
        await stage.sql("UPDATE chats SET slow_until = 9e15 WHERE id = ?", chat.id)
        for number in range(SLOW_START + 3):
            await stage.story(f"খবর {number}", str(number))
        assert await stage.pass_on() == SLOW_START
        stage.go(hours=1)
        assert await stage.through(2, minutes=1) == 1
        assert len(_items(stage)) == 3


async def test_what_waited_too_long_is_folded_into_one_digest(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        articles = [await stage.story(f"খবর {number}", str(number)) for number in range(4)]
        await stage.world.spread()
        stage.go(minutes=61)
        await stage.through(3, minutes=1)
        assert len(stage.platform.posts) <= 2
        assert set(_items(stage)) | {1, 2, 3, 4} == set(articles)


async def test_a_queue_longer_than_an_hour_gives_private_chats_a_digest_instead(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(4)
        await stage.reader("channel", kind=ChatKind.CHANNEL)
        first = await stage.story("আগের", "0")
        spreader = Spreader(stage.world.core.store, stage.world.clock, {ACCOUNT: 0.001})
        await spreader.step()
        second = await stage.story("পরের")
        await spreader.step()
        assert [(await stage.fate(one))[0] for one in (first, second)] == [DeliveryState.WAITING, None]
        assert (await stage.fate(second, "channel"))[0] is DeliveryState.WAITING
        await stage.through(3, minutes=1)
        assert _items(stage) == [second]
        assert stage.platform.shows("channel") == ["আগের", "পরের"]


async def test_a_digest_is_sent_once_and_its_numbers_are_kept(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader(mode=Mode.DIGEST)
        articles = {await stage.story(f"খবর {number}", str(number)) for number in range(3)}
        await _digest_due(stage)
        assert await stage.pass_on() == 1
        assert set(_items(stage)) == articles
        shown = (await stage.world.core.store.shown.last((await stage.chat()).id, "anybody")).listed
        assert shown is not None
        assert list(shown.ids) == _items(stage)
        await _digest_due(stage)
        assert await stage.pass_on() == 0, "nothing new, nothing sent"


async def test_a_digest_that_fails_gives_its_window_to_the_next(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader(mode=Mode.DIGEST)
        first = await stage.story("আগের", "0")
        await _digest_due(stage)
        stage.platform.answers = [Unavailable("500")]
        assert await stage.pass_on() == 0
        second = await stage.story("পরের")
        await _digest_due(stage)
        assert await stage.through(3, minutes=1) == 1
        assert set(_items(stage)) == {first, second}


async def test_a_chat_refused_alone_waits_alone_and_two_within_two_seconds_stop_the_account(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        await stage.story("আগের", "0")
        await stage.pass_on()
        await stage.story("পরের")
        stage.platform.rule = lambda name: Postponed(timedelta(seconds=60)) if name != "2" else None
        await stage.pass_on()
        gate = await stage.world.core.store.deliveries.gate(ACCOUNT)
        assert gate is not None
        assert gate - stage.world.clock() == timedelta(seconds=60)
        asked = len(stage.platform.asked)
        stage.go(seconds=30)
        assert await stage.step() == 0
        assert len(stage.platform.asked) == asked
        stage.platform.rule = lambda _: None
        stage.go(seconds=31)
        await stage.through(2, seconds=61)
        assert [stage.platform.shows(name) for name in "012"] == [["আগের", "পরের"]] * 3


async def test_one_message_at_a_time_is_on_its_way_to_a_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "PATIENCE", 0.0)
    async with a_stage(tmp_path, pace=Pace(chat_gap=1.0)) as stage:
        await stage.reader()
        for number in range(8):
            await stage.story(f"খবর {number}", str(number))
        await stage.world.spread()
        await stage.step()
        assert len(stage.platform.asked) <= 4, "what would wait longer than two seconds is given back"
        assert await stage.sql("SELECT count(*) FROM deliveries WHERE state = 'sending'") == [(0,)]
        await stage.through(20, seconds=2)
        assert stage.platform.shows() == [f"খবর {number}" for number in range(8)]


async def test_a_stopped_chat_gets_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader()
        await stage.story("খবর")
        await stage.world.spread()
        await stage.world.core.store.chats.set_state(chat.id, ChatState.PAUSED, "stopped", stage.world.clock())
        assert await stage.pass_on() == 0
        assert stage.platform.asked == []


@pytest.mark.parametrize(
    ("pace", "rows"),
    [
        (Pace(30, slots=64), 45),
        (Pace(1000, slots=64), 96),
        (Pace(slots=64), 96),
        (Pace(1, slots=64), 15),
        (Pace(slots=2), 3),
    ],
)
def test_no_more_rows_are_held_than_the_pace_needs(pace: Pace, rows: int) -> None:
    assert claimed_at_most(pace) == rows


@pytest.mark.parametrize(("took", "width"), [(0.001, 18_000), (0.007, 9_000), (0.015, 6_000), (0.05, 2_250)])
def test_windows_grow_while_they_are_quick_and_shrink_when_they_are_not(took: float, width: int) -> None:
    assert adapted(9_000, took) == width


def test_where_every_transaction_is_slow_a_window_is_not_made_of_a_few_chats() -> None:
    width = FIRST_WIDTH
    for _ in range(20):
        width = adapted(width, 0.2)
    assert width == NARROWEST, "a hundred thousand chats are a hundred transactions, not a thousand"
