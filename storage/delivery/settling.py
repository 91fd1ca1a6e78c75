"""Writes how a claimed row ends.

The same transaction claims the next rows.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.values.chats import ChatState
from bot.values.delivery import (
    Again,
    Arrived,
    ChatGone,
    ChatMoved,
    Dead,
    DeliveryState,
    Dropped,
    Failed,
    Hold,
    Keep,
    Lane,
    Later,
    Left,
    SubjectKind,
    SubjectState,
    ThreadClosed,
    Why,
)
from bot.values.lists import LastShown
from storage.chats import moved, reader_reports, serving, shown
from storage.driver import row_locks
from storage.driver.connection import micros
from storage.rows.outbox_rows import written_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.values.delivery import Delivery, Ending, Settlement
    from storage.driver.connection import Connection

# The values of a row begin with its key and who holds it.
_EACH = (
    "FROM items(?) j WHERE deliveries.subject_id = CAST(j.value ->> 0 AS BIGINT) "
    "AND deliveries.chat_id = CAST(j.value ->> 1 AS BIGINT) AND deliveries.owner = j.value ->> 2"
)


def _subject(column: str) -> str:
    """Write what the subject of a row is now."""
    return f"(SELECT s.{column} FROM subjects s WHERE s.id = deliveries.subject_id)"


_SHOWN = "CAST(j.value ->> 3 AS BIGINT)"
# The comparison that closes "revised or withdrawn while in flight": what was shown against what the subject is NOW.
# On a server it is so only because the subjects were locked by a statement before this one.
_ARRIVED = f"""
UPDATE deliveries SET
    state = CASE WHEN {_SHOWN} = {_subject("version")} THEN 'sent' ELSE 'waiting' END,
    lane = CASE WHEN {_subject("state")} = '{SubjectState.WITHDRAWN}' THEN {Lane.WITHDRAWAL:d}
        WHEN {_SHOWN} < {_subject("version")} THEN {Lane.CORRECTION:d} ELSE lane END,
    due_at = coalesce(CASE WHEN {_SHOWN} < {_subject("must")} THEN 0 ELSE (SELECT f.due_at FROM fanouts f
        WHERE f.subject_id = deliveries.subject_id AND f.wave = 'edit' AND f.done = 0) END, 0),
    shown = {_SHOWN}, message_id = j.value ->> 4, sent_to = j.value ->> 5, form = j.value ->> 6,
    sent_at = coalesce(sent_at, CAST(j.value ->> 7 AS BIGINT)), owner = NULL, tries = 0, reason = NULL
{_EACH}"""
_AGAIN = (
    "UPDATE deliveries SET state = 'waiting', due_at = CAST(j.value ->> 3 AS BIGINT), "
    "unsure = unsure + CAST(j.value ->> 4 AS BIGINT), owner = NULL, tries = 0, lane = CAST(j.value ->> 5 AS BIGINT) "
    f"{_EACH}"
)
_ENDED = (
    "UPDATE deliveries SET state = j.value ->> 3, reason = j.value ->> 4, owner = NULL, tries = 0, "
    f"shown = coalesce(CAST(j.value ->> 5 AS BIGINT), shown) {_EACH}"
)
_GIVE_BACK = (
    "UPDATE chats SET cap_used = greatest(cap_used - CAST(j.value ->> 1 AS BIGINT), 0), "
    "hour_used = greatest(hour_used - CAST(j.value ->> 1 AS BIGINT), 0) "
    "FROM items(?) j WHERE chats.id = CAST(j.value ->> 0 AS BIGINT)"
)
_LEFT = (
    "UPDATE chats SET digest_from = CASE WHEN digest_at IS NULL "
    "THEN greatest(coalesce(digest_from, 0), ?) ELSE digest_from END, "
    "digest_at = CASE WHEN ? = 1 THEN least(coalesce(digest_at, ?), ?) ELSE "
    "coalesce(digest_at, ?) END WHERE id = ?"
)
Row = tuple[int, int]
"""A row's key: its subject and its chat."""
REFUSED_AGAIN = timedelta(hours=12)
"""A chat without digest times whose digest was refused is due another after so long: others stand above by then."""


async def settle(db: Connection, settled: Sequence[Settlement], owner: str, now: datetime) -> None:
    """Write how claimed rows ended.

    A row that somebody else holds by now is left alone.
    """
    if not settled:
        return
    await row_locks.share(db, "subjects", (one.delivery.subject.id for one in settled))
    missed = await _write(db, settled, owner, now)
    if missed:
        there = {_row(old): new for old, new in zip(missed, await _where_they_are(db, missed), strict=True)}
        await _write(db, [new for row, new in there.items() if _row(new) != row], owner, now)
        settled = [there.get(_row(one), one) for one in settled]
    settled = sorted(settled, key=lambda one: one.delivery.chat.id)
    back = Counter(one.delivery.chat.id for one in settled if one.counted and _unsent(one.ending))
    if back:
        await db.rows(_GIVE_BACK, json.dumps(sorted(back.items())))
    if left := [_left(one.delivery, one.ending) for one in settled if isinstance(one.ending, Left)]:
        await db.many(_LEFT, left)
    for one in settled:
        # Nearly all are stories that arrived, after which there is nothing to do.
        if type(one.ending) is not Arrived or one.delivery.subject.kind is not SubjectKind.STORY:
            await _follow_up(db, one.delivery, one.ending, owner, now)


def _row(one: Settlement) -> Row:
    return one.delivery.subject.id, one.delivery.chat.id


async def _write(db: Connection, settled: Sequence[Settlement], owner: str, now: datetime) -> list[Settlement]:
    """End rows in the order of their keys; return those left over."""
    writes: dict[str, list[tuple[Settlement, tuple[object, ...]]]] = defaultdict(list)
    missed: list[Settlement] = []
    at = micros(now)
    for one in sorted(settled, key=_row):
        if (written := _written(one.delivery, one.ending, now, at)) is None:
            missed.append(one)
        else:
            writes[written[0]].append((one, (*_row(one), owner, *written[1])))
    for sql, rows in writes.items():
        done = await db.each(sql, [values for _, values in rows])
        if len(done) < len(rows):
            missed += [one for place, (one, _) in enumerate(rows) if place not in done]
    return missed


async def _where_they_are(db: Connection, settled: Sequence[Settlement]) -> list[Settlement]:
    """Follow chats that became part of another.

    They did so while something was on its way to them.
    """
    numbers = json.dumps(sorted({one.delivery.chat.id for one in settled}))
    rows = await db.rows("SELECT value FROM ints(?) WHERE value NOT IN (SELECT id FROM chats)", numbers)
    if not rows:
        return list(settled)
    merged = {number for (number,) in rows}
    followed = []
    for one in settled:
        delivery = one.delivery
        chat = await serving.find(db, delivery.chat.target) if delivery.chat.id in merged else None
        followed.append(replace(one, delivery=replace(delivery, chat=chat)) if chat is not None else one)
    return followed


def _written(  # noqa: PLR0911 - a branch for each ending there is
    delivery: Delivery, ending: Ending, now: datetime, at: int
) -> tuple[str, tuple[object, ...]] | None:
    """Return the statement that ends a row, with its values.

    Return None if more than a row ends.
    """
    match ending:
        case Arrived(ref, shown):
            return _ARRIVED, (shown, ref.message_id, written_address(ref.target), ref.form.value, at)
        case Later(due_at) | Hold(due_at):
            return _AGAIN, (_due(due_at, now), 0, delivery.lane.value)
        case Again(due_at, doubtful):
            return _AGAIN, (_due(due_at, now), int(doubtful), delivery.lane.value)
        case Keep():
            return _ENDED, (DeliveryState.SENT.value, None, delivery.subject.version)
        case Failed(reason):
            return _ENDED, (DeliveryState.SENT.value, reason.value, None)
        case Left(reason) | Dropped(reason) | Dead(reason):
            return _ENDED, (_STATES[type(ending)].value, reason.value, None)
        case ChatGone() | ThreadClosed() | ChatMoved():
            return None
        case _ as never:
            assert_never(never)


def _unsent(ending: Ending) -> bool:
    """Return whether a chat certainly got nothing.

    Its day is not charged, and a row that waits is counted anew.
    """
    return not isinstance(ending, Arrived) and not (isinstance(ending, Again) and ending.doubtful)


_STATES = {Left: DeliveryState.LEFT, Dropped: DeliveryState.DROPPED, Dead: DeliveryState.DEAD}


def _due(due_at: datetime, now: datetime) -> int:
    """Return 0 for what is due already.

    It keeps its place before what came later, and no clock set back holds it.
    """
    return micros(due_at) if due_at > now else 0


async def _follow_up(db: Connection, delivery: Delivery, ending: Ending, owner: str, now: datetime) -> None:
    """Do what an ending means beyond its own row; most mean nothing."""
    match ending:
        case Arrived() if delivery.subject.kind is SubjectKind.DIGEST and delivery.ref is None:
            await _told(db, delivery, ending, now)
        case Arrived(_, version) if delivery.subject.kind is SubjectKind.REPORTS:
            await reader_reports.seen(db, delivery.subject.id, version)
        case Dead(Why.REFUSED) if delivery.subject.kind is SubjectKind.DIGEST:
            await _give_on(db, delivery, now)
        case Hold(until):
            await _hold(db, delivery.chat.id, micros(until))
        case ChatGone(reason):
            await _end(db, delivery, owner, "dropped" if delivery.ref is None else "sent", Why.GONE)
            await serving.set_state(db, delivery.chat.id, ChatState.GONE, reason, now, delivery.target.account)
        case ThreadClosed(reason):
            await _close(db, delivery, reason, owner, now)
        case ChatMoved(external_id):
            if await moved.is_another(db, delivery.chat, external_id):
                await _end(db, delivery, owner, "dropped", Why.MOVED)
            else:
                await _again(db, delivery, owner)
                await moved.move(db, delivery.chat, external_id)
        case _:
            pass


def _left(delivery: Delivery, ending: Left) -> tuple[int, ...]:
    """Return the values by which a digest takes a row.

    It is the chat's own next one, else, or if it is soon, the ending's.
    """
    at = micros(ending.digest_at)
    return delivery.subject.id - 1, int(ending.soon), at, at, at, delivery.chat.id


async def _hold(db: Connection, chat_id: int, until: int) -> None:
    """Keep a chat's rows out of the queue till then.

    A claimed batch must not be full of rows that wait.
    """
    await db.rows(
        "UPDATE deliveries SET due_at = ? WHERE chat_id = ? AND state = 'waiting' AND due_at < ?",
        *(until, chat_id, until),
    )
    await db.rows("UPDATE chats SET not_before = ? WHERE id = ?", until, chat_id)


async def _told(db: Connection, delivery: Delivery, ending: Arrived, now: datetime) -> None:
    covered = json.dumps(ending.covered)
    await db.rows(
        "UPDATE digests SET items = ? WHERE subject_id = ? AND chat_id = ?",
        *(covered, delivery.subject.id, delivery.chat.id),
    )
    await db.rows(
        "UPDATE deliveries SET round_id = ? WHERE chat_id = ? AND state = 'left' AND round_id IS NULL "
        "AND subject_id IN (SELECT value FROM ints(?))",
        *(delivery.subject.id, delivery.chat.id, covered),
    )
    if ending.listed is not None:
        await shown.keep(db, delivery.chat.id, "", LastShown(ending.listed), now)


async def _give_on(db: Connection, delivery: Delivery, now: datetime) -> None:
    """Give a refused digest's window to the next.

    That is the one begun since, if it touches the window and still waits, else the chat's next one. If one behind it
    was told already, nothing is given: its stories would come twice.
    """
    chat = delivery.chat.id
    rows = await db.rows(
        "DELETE FROM digests WHERE subject_id = ? AND chat_id = ? RETURNING from_id, to_id", delivery.subject.id, chat
    )
    for start, end in rows:
        given = await db.rows(
            "UPDATE digests SET from_id = ? WHERE chat_id = ? AND from_id = ? AND items IS NULL AND EXISTS (SELECT 1 "
            "FROM deliveries d WHERE d.subject_id = digests.subject_id AND d.chat_id = digests.chat_id "
            "AND d.state = 'waiting') RETURNING 1",
            *(start, chat, end),
        )
        if not given:
            await db.rows(
                "UPDATE chats SET digest_from = least(coalesce(digest_from, ?), ?), digest_at = coalesce(digest_at, ?) "
                "WHERE id = ? AND NOT EXISTS (SELECT 1 FROM digests g WHERE g.chat_id = chats.id AND g.to_id > ?)",
                *(start, start, micros(now + REFUSED_AGAIN), chat, end),
            )


async def _close(db: Connection, delivery: Delivery, reason: str, owner: str, now: datetime) -> None:
    """Close a thread.

    Its waiting rows go to the chat itself. If the chat itself is closed, its people have to act: the chat's own state
    says so then, and a row of it here would outlive it.
    """
    thread = (delivery.target if delivery.ref is None else delivery.ref.target).thread
    if not thread:
        await _end(db, delivery, owner, "dropped" if delivery.ref is None else "sent", Why.THREAD_CLOSED)
        await serving.set_state(db, delivery.chat.id, ChatState.PAUSED, reason, now, delivery.target.account)
        return
    await db.rows(
        "INSERT INTO places (chat_id, thread, state, reason) VALUES (?, ?, 'closed', ?) "
        "ON CONFLICT (chat_id, thread) DO UPDATE SET state = 'closed', reason = excluded.reason",
        *(delivery.chat.id, thread, reason),
    )
    if delivery.ref is None:
        await _again(db, delivery, owner)
    else:
        await _end(db, delivery, owner, "sent", Why.THREAD_CLOSED)


async def _again(db: Connection, delivery: Delivery, owner: str) -> None:
    await db.each(_AGAIN, [(delivery.subject.id, delivery.chat.id, owner, 0, 0, delivery.lane.value)])


async def _end(db: Connection, delivery: Delivery, owner: str, state: str, reason: Why) -> None:
    await db.each(_ENDED, [(delivery.subject.id, delivery.chat.id, owner, state, reason.value, None)])
