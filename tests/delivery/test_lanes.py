"""Who goes first, who waits, and that nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.decide import FOLD, decide
from bot.delivery.lanes import STRICT, WEIGHTS, shares
from bot.delivery.pacing import Pacer
from bot.delivery.spreading import Spreader
from bot.ports.platform import Pace, Postponed
from bot.values.chats import ChatKind, Mode
from bot.values.delivery import DeliveryState, Lane, Post
from tests.delivery.crowd import ACCOUNT, Stage, a_stage, line

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.delivery import Delivery

ONE_AT_A_TIME = Pace(slots=1)
LANES = st.sets(st.sampled_from(Lane))
ORDINARY = st.sets(st.sampled_from(sorted(WEIGHTS)), min_size=1)


# --- shares ---


def test_every_lane_is_either_strict_or_weighed() -> None:
    assert set(Lane) == set(STRICT) | set(WEIGHTS)
    assert not set(STRICT) & set(WEIGHTS)
    assert sum(WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("room", "present", "expected"),
    [
        (45, WEIGHTS, {Lane.NORMAL: 27, Lane.DIGEST: 11, Lane.CORRECTION: 4, Lane.BROADCAST: 2}),
        (45, (Lane.DIGEST,), {Lane.DIGEST: 45}),
        (45, (Lane.NORMAL, Lane.CORRECTION), {Lane.NORMAL: 38, Lane.CORRECTION: 6}),
        (45, (Lane.CORRECTION, Lane.BROADCAST), {Lane.CORRECTION: 30, Lane.BROADCAST: 15}),
        (45, Lane, {Lane.WITHDRAWAL: 45}),
        (45, (Lane.NORMAL, Lane.BREAKING, Lane.DIGEST), {Lane.BREAKING: 45}),
        (2, WEIGHTS, dict.fromkeys(WEIGHTS, 1)),
        (0, Lane, {}),
        (-3, Lane, {}),
        (45, (), {}),
    ],
)
def test_what_each_lane_gets(room: int, present: set[Lane], expected: dict[Lane, int]) -> None:
    assert shares(room, present) == expected


@given(st.integers(1, 500), LANES)
def test_only_what_is_there_is_served_and_the_first_strict_lane_alone(room: int, present: set[Lane]) -> None:
    found = shares(room, present)
    assert set(found) <= present
    first = next((lane for lane in STRICT if lane in present), None)
    if first is not None:
        assert found == {first: room}


@given(st.integers(1, 500), ORDINARY)
def test_no_lane_that_has_something_goes_without_and_little_more_is_claimed_than_there_is_room_for(
    room: int, present: set[Lane]
) -> None:
    found = shares(room, present)
    assert set(found) == present
    whole = sum(WEIGHTS[lane] for lane in present)
    for lane, share in found.items():
        assert share == 1 or room * WEIGHTS[lane] / whole - 1 < share <= room * WEIGHTS[lane] / whole
    # A sender that dies doubles what it held: at most so many more.
    assert sum(found.values()) <= room + len(present) - 1


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(1, 400), min_size=1), st.integers(4, 60))
def test_every_queue_ends_and_none_waits_for_another_to_end(queues: dict[Lane, int], room: int) -> None:
    left, rounds = Counter(queues), 0
    while present := [lane for lane in left if left[lane]]:
        before = left.copy()
        left.subtract({lane: min(left[lane], share) for lane, share in shares(room, present).items()})
        assert all(left[lane] < before[lane] for lane in present)
        rounds += 1
    assert rounds <= max(queues.values())


# --- on a stage ---


async def _claim(stage: Stage, room: int) -> list[Delivery]:
    claimed = await stage.world.core.store.deliveries.settle_and_claim(
        ACCOUNT,
        "me",
        stage.world.clock(),
        settled=(),
        shares=lambda present: shares(room, present),
        judge=lambda delivery: decide(delivery, stage.world.clock()),
    )
    return [delivery for delivery, what in claimed if isinstance(what, Post)]


async def _announce(stage: Stage, article: int) -> None:
    subject = await stage.subject(article)
    await stage.world.core.store.subjects.announce(subject.id, line("breaking"), stage.world.clock(), loud=True)


@pytest.mark.anyio
async def test_withdrawals_go_before_breaking_news_and_that_before_news(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=ONE_AT_A_TIME) as stage:
        await stage.readers(2)
        wrong = await stage.story("ভুল", "0")
        await stage.pass_on()
        asked = len(stage.platform.asked)
        for number in range(1, 3):
            await stage.story(f"খবর {number}", str(number))
        loud = await stage.story("জরুরি", "9")
        await stage.world.spread()
        await _announce(stage, loud)
        await stage.withdraw(wrong)
        await stage.pass_on()
        texts = [text for _, text, _ in stage.platform.asked[asked:]]
        assert all(text.startswith("[প্রত্যাহার] ভুল") for text in texts[:2])
        assert all("জরুরি" in text for text in texts[2:4])
        assert len(texts) == 2 + 2 + 4


@pytest.mark.anyio
async def test_a_queue_of_news_stops_neither_digests_nor_notes(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4)) as stage:
        await stage.readers(6)
        first = await stage.story("প্রথম", "0")
        await stage.pass_on()
        asked = len(stage.platform.asked)
        await stage.reader("digest", mode=Mode.DIGEST)
        await stage.sql("UPDATE chats SET digest_at = 1, digest_from = 0 WHERE external_id = 'digest'")
        subject = await stage.subject(first)
        await stage.world.core.store.subjects.note(subject.id, "সংশোধন", stage.world.clock())
        for number in range(1, 4):
            await stage.story(f"খবর {number}", str(number))
        await stage.pass_on()
        order = [(chat, text) for chat, text, _ in stage.platform.asked[asked:]]
        assert len(order) == 6 * 3 + 6 + 1
        # A digest is drawn while others are sent, so it may be overtaken; were it starved, it would be the last.
        half = order[: len(order) // 2]
        assert "digest" in [chat for chat, _ in half]
        assert any("সংশোধন" in text for _, text in half), "the first notes come with the first news"


@pytest.mark.anyio
async def test_of_a_lane_at_most_half_are_rows_that_waited_for_their_time(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(4)
        old = await stage.subject(await stage.story("আগের", "0"))
        await stage.world.spread()
        await stage.sql("UPDATE deliveries SET due_at = 1")
        new = await stage.subject(await stage.story("পরের", "1"))
        await stage.world.spread()
        assert Counter(one.subject.id for one in await _claim(stage, 4)) == {old.id: 2, new.id: 2}
        assert Counter(one.subject.id for one in await _claim(stage, 3)) == {old.id: 1, new.id: 2}
        assert [one.subject.id for one in await _claim(stage, 4)] == [old.id], "where one kind is alone it gets all"


@pytest.mark.anyio
async def test_a_chat_that_had_to_wait_gets_all_in_the_order_it_came(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4)) as stage:
        await stage.readers(2)
        await stage.story("খবর 0", "0")
        await stage.pass_on()
        stage.go(seconds=1)
        for number in range(1, 5):
            await stage.story(f"খবর {number}", str(number))
        stage.platform.rule = lambda chat: Postponed(timedelta(seconds=30)) if chat == "1" else None
        await stage.pass_on()
        assert stage.platform.shows("0") == [f"খবর {number}" for number in range(5)]
        await stage.story("খবর 5", "5")
        await stage.pass_on()
        stage.platform.rule = lambda _: None
        await stage.through(3, seconds=31)
        assert stage.platform.shows("1") == [f"খবর {number}" for number in range(6)]


@pytest.mark.anyio
async def test_a_reply_goes_before_all_pushes_that_wait(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4)) as stage:
        await stage.readers(5)
        await stage.story("খবর")
        pacer = Pacer(ONE_AT_A_TIME)  # so that three pushes wait for the first
        stage.restarted(pacer)
        pushed: list[int] = []

        async def answer() -> None:
            async with pacer.reply():
                pushed.append(len(stage.platform.asked))

        async def is_asked() -> None:
            group.start_soon(answer)
            while len(pacer._pushes) < 3:
                await anyio.lowlevel.checkpoint()

        stage.platform.meanwhile = is_asked
        async with anyio.create_task_group() as group:
            assert await stage.pass_on() == 5
        assert pushed == [1]


# --- a queue that is too long ---


async def _spread_at(stage: Stage, rate: float) -> None:
    await Spreader(stage.world.core.store, stage.world.clock, {ACCOUNT: rate, "other": None}).step()


@pytest.mark.anyio
@pytest.mark.parametrize(("seconds", "admitted"), [(-1, True), (1, False)])
async def test_a_private_chat_is_admitted_as_long_as_the_queue_lasts_no_longer_than_news_may_wait(
    tmp_path: Path, seconds: int, admitted: bool
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        await stage.story("আগের", "0")
        await _spread_at(stage, 30)
        article = await stage.story("পরের")
        await _spread_at(stage, 3 / (FOLD.total_seconds() + seconds))
        assert (await stage.fate(article))[0] is (DeliveryState.WAITING if admitted else None)
        due = (await stage.chat()).digest_at
        assert due is None if admitted else due is not None and due < stage.world.clock()


@pytest.mark.anyio
async def test_channels_groups_breaking_news_and_other_accounts_do_not_feel_a_long_queue(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        for kind in (ChatKind.CHANNEL, ChatKind.GROUP):
            await stage.reader(kind.value, kind)
        elsewhere = await stage.world.at_once("elsewhere")
        await stage.world.follow("elsewhere")
        await stage.story("আগের", "0")
        await _spread_at(stage, 30)
        article, loud = await stage.story("পরের"), await stage.story("জরুরি", "2")
        await _announce(stage, loud)
        await _spread_at(stage, 0.0001)
        for kind in (ChatKind.CHANNEL, ChatKind.GROUP):
            assert (await stage.fate(article, kind.value))[0] is DeliveryState.WAITING
        subject = await stage.subject(article)
        store = stage.world.core.store
        assert (await store.deliveries.why(elsewhere.id, subject.id)).state is DeliveryState.WAITING
        assert (await stage.fate(article))[0] is None
        assert (await stage.fate(loud))[0] is DeliveryState.WAITING
        assert await stage.sql("SELECT left_reason FROM fanouts WHERE subject_id = ?", subject.id) == [("backlog",)]


@pytest.mark.anyio
async def test_what_waited_for_more_than_an_hour_comes_in_one_digest_that_says_sorry(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        articles = [await stage.story(f"খবর {number}", str(number)) for number in range(3)]
        await stage.world.spread()
        stage.go(seconds=FOLD.total_seconds() + 1)
        assert await stage.through(2, minutes=1) == 1
        (told,) = stage.platform.lies["0"].values()
        assert all(f"খবর {number}" in str(told) for number in range(3))
        assert "দেরির জন্য দুঃখিত" in str(told)
        assert [await stage.fate(one) for one in articles] == [(DeliveryState.LEFT, "stale")] * 3


@pytest.mark.anyio
async def test_a_single_story_that_waited_is_sent_by_itself_for_another_hour(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        await stage.world.spread()
        stage.go(seconds=2 * FOLD.total_seconds())
        assert await stage.step() == 1
        assert await stage.fate(article) == (DeliveryState.SENT, "")


@pytest.mark.anyio
async def test_rows_that_wait_for_their_own_time_are_no_queue_and_stand_before_nobody(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        slow, *_ = await stage.readers(3)
        for number in range(3):
            await stage.story(f"খবর {number}", str(number))
        await stage.world.spread()
        await stage.sql("UPDATE deliveries SET due_at = 9e15 WHERE chat_id = ?", slow.id)
        assert await stage.world.core.store.fanouts.waiting() == {ACCOUNT: 6}
        claimed = await _claim(stage, 6)
        assert len(claimed) == 6
        assert slow.id not in {one.chat.id for one in claimed}
