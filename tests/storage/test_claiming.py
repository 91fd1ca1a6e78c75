"""Checks which rows a claim takes, and what it knows and counts.

Each table begins with one row that is due, and changes one thing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from bot.values.delivery import DeliveryState, Edit, Form, Keep, Lane, Post, Ref
from storage.delivery import claiming
from storage.driver.connection import micros
from tests.delivery.crowd import ACCOUNT, Stage, a_stage
from tests.fakes.world import START

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.values.delivery import Decision, Delivery

pytestmark = pytest.mark.anyio
NOW = START
DUE, SOON = micros(NOW), micros(NOW) + 1
ALL = {Lane.NORMAL: 9}


async def _claim(stage: Stage, wanted: Mapping[Lane, int], owner: str = "me") -> list[Delivery]:
    return await stage.world.core.store._database.write(  # type: ignore[attr-defined, no-any-return]
        lambda db: claiming.claim(db, ACCOUNT, owner, NOW, wanted)
    )


async def _present(stage: Stage) -> list[Lane]:
    return await stage.world.core.store._database.read(  # type: ignore[attr-defined, no-any-return]
        lambda db: claiming.present(db, ACCOUNT, NOW)
    )


async def _subjects(stage: Stage, number: int) -> list[int]:
    """Let so many stories come to everybody; return their subjects."""
    articles = [await stage.story(f"খবর {n}", str(n)) for n in range(number)]
    await stage.world.spread()
    return [(await stage.subject(article)).id for article in articles]


@pytest.mark.parametrize(
    ("change", "lane", "takes"),
    [
        ("lane = lane", Lane.NORMAL, True),
        ("account = 'another'", Lane.NORMAL, False),
        (f"lane = {Lane.CORRECTION.value}", Lane.NORMAL, False),
        (f"lane = {Lane.CORRECTION.value}", Lane.CORRECTION, True),
        ("state = 'sent'", Lane.NORMAL, False),
        ("state = 'sending'", Lane.NORMAL, False),
        (f"due_at = {DUE}", Lane.NORMAL, True),
        (f"due_at = {SOON}", Lane.NORMAL, False),
    ],
)
async def test_what_is_due_is_there_and_taken(tmp_path: Path, change: str, lane: Lane, takes: bool) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        (number,) = await _subjects(stage, 1)
        await stage.sql(f"UPDATE deliveries SET {change}")
        assert (lane in await _present(stage)) is takes
        assert len(await _present(stage)) <= 1
        assert [one.subject.id for one in await _claim(stage, {lane: 9})] == [number] * takes
        assert (lane in await _present(stage)) is False, "nothing of it is there any more"


@pytest.mark.parametrize(("limit", "taken"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2)])
async def test_no_more_is_taken_than_is_wanted(tmp_path: Path, limit: int, taken: int) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await _subjects(stage, 1)
        assert len(await _claim(stage, {Lane.NORMAL: limit, Lane.CORRECTION: 4})) == taken


@pytest.mark.parametrize(
    ("late", "fresh", "limit", "expected"),
    [(4, 4, 4, (2, 2)), (4, 4, 3, (1, 2)), (1, 4, 4, (1, 3)), (4, 1, 4, (3, 1)), (0, 4, 3, (0, 3)), (4, 0, 3, (3, 0))],
)
async def test_of_a_lane_half_may_have_waited_for_their_time(
    tmp_path: Path, late: int, fresh: int, limit: int, expected: tuple[int, int]
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(4)
        old, new = await _subjects(stage, 2)
        await stage.sql("UPDATE deliveries SET due_at = 1 WHERE subject_id = ?", old)
        for number, kept in ((old, late), (new, fresh)):
            await stage.sql("DELETE FROM deliveries WHERE subject_id = ? AND chat_id > ?", number, kept)
        found = Counter(one.subject.id for one in await _claim(stage, {Lane.NORMAL: limit}))
        assert (found[old], found[new]) == expected


async def test_the_row_alone_is_held(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await _subjects(stage, 2)
        await stage.sql("UPDATE deliveries SET tries = 3")
        (one,) = await _claim(stage, {Lane.NORMAL: 1})
        assert one.tries == 4
        rows = await stage.sql("SELECT subject_id, chat_id, state, owner, tries FROM deliveries ORDER BY 1, 2")
        held = (one.subject.id, one.chat.id, "sending", "me", 4)
        assert held in rows
        assert [row[2:] for row in rows if row != held] == [("waiting", None, 3)] * 3


# --- two reports of one article ---


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("state = 'left'", None),
        ("state = 'waiting', due_at = 99e17", None),
        ("state = 'sent', message_id = 'm1'", DeliveryState.SENT),
        ("state = 'sending', owner = 'another'", DeliveryState.SENDING),
        ("state = 'sent', message_id = 'm1', chat_id = 99", None),
        ("state = 'sending', owner = 'another', chat_id = 99", None),
    ],
)
@pytest.mark.parametrize("is_older", [True, False], ids=["the older is there", "the younger is there"])
async def test_what_became_of_the_other_report(
    tmp_path: Path, other: str, expected: DeliveryState | None, is_older: bool
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        first, second = await _subjects(stage, 2)
        await stage.sql("UPDATE subjects SET article_id = (SELECT min(article_id) FROM subjects)")
        there, claimed = (first, second) if is_older else (second, first)
        await stage.sql(f"UPDATE deliveries SET {other.replace('99e17', str(SOON))} WHERE subject_id = ?", there)
        (one,) = await _claim(stage, ALL)
        assert (one.subject.id, one.other) == (claimed, expected)


async def test_of_two_reports_claimed_together_the_first_goes(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        first, second, _ = await _subjects(stage, 3)
        await stage.sql("UPDATE subjects SET article_id = (SELECT min(article_id) FROM subjects) WHERE id <= ?", second)
        found = Counter((one.subject.id, one.other) for one in await _claim(stage, ALL))
        assert found == {(first, None): 2, (second, DeliveryState.SENDING): 2, (second + 1, None): 2}


async def test_what_lies_there_is_changed_whatever_became_of_the_other(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        first, second = await _subjects(stage, 2)
        await stage.sql("UPDATE subjects SET article_id = (SELECT min(article_id) FROM subjects)")
        await stage.sql("UPDATE deliveries SET message_id = 'm1', sent_to = '[\"0\", \"\"]', form = 'photo'")
        await stage.sql("UPDATE deliveries SET state = 'sent' WHERE subject_id = ?", first)
        (one,) = await _claim(stage, ALL)
        assert (one.subject.id, one.other) == (second, None)
        assert one.ref == Ref(Target(ACCOUNT, "0", account=ACCOUNT), "m1", Form.PHOTO)


# --- where it goes ---


@pytest.mark.parametrize(
    ("thread", "closed", "target", "is_closed"),
    [
        ("5", (), "5", False),
        ("5", ("5",), "", False),
        ("", (), "", False),
        ("", ("",), "", True),
        ("5", ("",), "5", False),
        ("", ("5",), "", False),
    ],
)
async def test_a_closed_topic_gives_its_row_to_the_chat_and_a_closed_chat_says_so(
    tmp_path: Path, thread: str, closed: tuple[str, ...], target: str, is_closed: bool
) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader()
        await _subjects(stage, 1)
        for place in ("", "5", "6"):
            state = "closed" if place in closed else "open"
            await stage.sql("INSERT INTO places (chat_id, thread, state) VALUES (?, ?, ?)", chat.id, place, state)
        if thread:
            await stage.sql("UPDATE deliveries SET place_id = (SELECT id FROM places WHERE thread = ?)", thread)
        (one,) = await _claim(stage, ALL)
        assert (one.target.thread, one.thread_closed) == (target, is_closed)


@pytest.mark.parametrize(("account", "address"), [(ACCOUNT, "there"), ("another", "")])
async def test_the_address_is_the_serving_bots(tmp_path: Path, account: str, address: str) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await _subjects(stage, 1)
        await stage.sql("UPDATE chats SET account = ?, address = 'there'", account)
        (one,) = await _claim(stage, ALL)
        assert one.target == Target(ACCOUNT, "0", "", ACCOUNT, address)


@pytest.mark.parametrize(
    ("kind", "lying", "expected"),
    [
        ("note", (0,), "m0"),
        ("note", (1,), "m1"),
        ("note", (), None),
        ("story", (0,), None),
    ],
)
async def test_a_note_answers_what_lies_in_its_chat(
    tmp_path: Path, kind: str, lying: tuple[int, ...], expected: str | None
) -> None:
    async with a_stage(tmp_path) as stage:
        here, _ = await stage.readers(2)
        *reports, note = await _subjects(stage, 3)
        await stage.sql("UPDATE subjects SET article_id = (SELECT min(article_id) FROM subjects) WHERE id < ?", note)
        await stage.sql("UPDATE subjects SET kind = ?, parent_id = ? WHERE id = ?", kind, reports[0], note)
        await stage.sql("UPDATE deliveries SET state = 'sent' WHERE subject_id <> ?", note)
        await stage.sql("UPDATE deliveries SET message_id = 'elsewhere' WHERE chat_id <> ?", here.id)
        for at in lying:
            await stage.sql(
                "UPDATE deliveries SET message_id = ? WHERE subject_id = ? AND chat_id = ?",
                *(f"m{at}", reports[at], here.id),
            )
        (one,) = [found for found in await _claim(stage, ALL) if found.chat.id == here.id]
        assert (one.parent.message_id if one.parent is not None else None) == expected


async def test_a_note_on_nothing_answers_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await _subjects(stage, 1)
        await stage.sql("UPDATE subjects SET kind = 'note'")
        (one,) = await _claim(stage, ALL)
        assert one.parent is None


# --- what is counted ---


async def _count(stage: Stage, judged: Sequence[tuple[Delivery, Decision]], now: datetime) -> None:
    await stage.world.core.store._database.write(  # type: ignore[attr-defined]
        lambda db: claiming.count(db, judged, now)
    )


def _hour(at: datetime) -> int:
    return int((at - at.fromtimestamp(0, at.tzinfo)) / timedelta(hours=1))


async def _several(stage: Stage) -> list[Delivery]:
    """Claim three stories for the first chat and one for the second."""
    await stage.readers(2)
    first, *_ = await _subjects(stage, 3)
    await stage.sql("DELETE FROM deliveries WHERE chat_id = 2 AND subject_id > ?", first)
    return await _claim(stage, ALL)


@pytest.mark.parametrize(("day", "used"), [("2026-04-14", 4), ("2026-04-13", 0), ("", 0)])
@pytest.mark.parametrize(("hours", "this_hour"), [(0, 2), (1, 0)])
async def test_what_a_chat_gets_counts_against_its_next(
    tmp_path: Path, day: str, used: int, hours: int, this_hour: int
) -> None:
    async with a_stage(tmp_path) as stage:
        claimed = await _several(stage)
        at = _hour(NOW) - hours
        claimed = [
            replace(one, chat=replace(one.chat, cap_day=day, cap_used=4, hour=at, hour_used=2)) for one in claimed
        ]
        seen: list[tuple[int, str | None, int, int | None, int]] = []

        def judge(one: Delivery) -> Decision:
            chat = one.chat
            seen.append((chat.id, chat.cap_day, chat.cap_used, chat.hour, chat.hour_used))
            return Edit() if len(seen) == 2 else Post(counts=len(seen) != 3)

        judged = claiming.judged(sorted(claimed, key=lambda one: one.chat.id), judge, NOW)
        as_it_was = (day, 4, at, 2)
        counted = ("2026-04-14", used + 1, _hour(NOW), this_hour + 1)
        assert seen == [(1, *as_it_was), (1, *counted), (1, *counted), (2, *as_it_was)]
        assert [(one.chat.id, one.chat.cap_used) for one, _ in judged] == [(1, 4), (1, used + 1), (1, used + 1), (2, 4)]


@pytest.mark.parametrize(
    ("decisions", "counted"),
    [
        ((Post(counts=True), Post(counts=True), Post(counts=False), Post(counts=True)), (2, 1)),
        ((Post(counts=True), Edit(), Keep(), Post(counts=False)), (1, 0)),
        ((Edit(), Keep(), Post(counts=False), Post(counts=True)), (0, 1)),
        ((Edit(), Keep(), Post(counts=False), Keep()), (0, 0)),
    ],
)
@pytest.mark.parametrize("is_today", [True, False])
@pytest.mark.parametrize("is_this_hour", [True, False])
async def test_only_posts_that_count_are_counted_each_in_its_chats_day(
    tmp_path: Path, decisions: tuple[Decision, ...], counted: tuple[int, int], is_today: bool, is_this_hour: bool
) -> None:
    async with a_stage(tmp_path) as stage:
        claimed = sorted(await _several(stage), key=lambda one: one.chat.id)
        before = ("2026-04-14" if is_today else "2026-04-13", 4, _hour(NOW) - (not is_this_hour), 2)
        await stage.sql("UPDATE chats SET cap_day = ?, cap_used = ?, hour = ?, hour_used = ?", *before)
        await _count(stage, list(zip(claimed, decisions, strict=True)), NOW)
        rows = await stage.sql("SELECT cap_day, cap_used, hour, hour_used FROM chats ORDER BY id")
        of_day, of_hour = 4 * is_today, 2 * is_this_hour
        assert rows == [("2026-04-14", of_day + n, _hour(NOW), of_hour + n) if n else before for n in counted]


async def test_a_chats_day_is_its_own(tmp_path: Path) -> None:
    late = NOW.replace(hour=19)  # past midnight in Dhaka
    async with a_stage(tmp_path) as stage:
        claimed = sorted(await _several(stage), key=lambda one: one.chat.id)
        abroad = replace(claimed[3].chat, preferences=replace(claimed[3].chat.preferences, zone="UTC"))
        claimed[3] = replace(claimed[3], chat=abroad)
        posts = [(one, Post(counts=True)) for one in claimed]
        await _count(stage, posts, late)
        assert claimed[0].chat.zone == "Asia/Dhaka"
        today, tomorrow = date(2026, 4, 14), date(2026, 4, 15)
        assert await stage.sql("SELECT cap_day FROM chats ORDER BY id") == [(str(tomorrow),), (str(today),)]
        seen: list[str | None] = []

        def judge(one: Delivery) -> Decision:
            seen.append(one.chat.cap_day)
            return Post(counts=True)

        claiming.judged(claimed[1:], judge, late)
        assert seen[1] == str(tomorrow), "the second of two"
