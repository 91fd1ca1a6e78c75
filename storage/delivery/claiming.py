"""Claims rows of the outbox and counts them in their chats' day."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.values.chats import Target
from bot.values.delivery import Delivery, DeliveryState, Lane, Post, Ref, SubjectKind
from storage.driver.connection import micros
from storage.rows import chat_rows, report_rows, subject_rows
from storage.rows.outbox_rows import OUTBOX, SENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.values.chats import Chat
    from bot.values.delivery import Decision, Subject
    from storage.driver.connection import Connection, Row
    from storage.rows.outbox_rows import OutboxRow

HOUR = 3600
_CLAIM = (
    f"SELECT {OUTBOX.columns}, {chat_rows.CHAT.columns}, d.due_at > 0 "
    "FROM deliveries d CROSS JOIN chats c ON c.id = d.chat_id "
    "LEFT JOIN places p ON p.id = d.place_id LEFT JOIN places q ON q.chat_id = d.chat_id AND q.thread = '' "
    "WHERE d.account = ? AND d.lane = ? AND d.state = 'waiting' AND "
)
_RETRIED = "d.due_at > 0 AND d.due_at <= ? ORDER BY d.due_at, d.subject_id, d.rank LIMIT ? FOR UPDATE OF d SKIP LOCKED"
_NOW = "d.due_at = 0 ORDER BY d.subject_id, d.rank LIMIT ? FOR UPDATE OF d SKIP LOCKED"
_OF_LANE = f"SELECT * FROM ({_CLAIM}{_RETRIED}) r UNION ALL SELECT * FROM ({_CLAIM}{_NOW}) n"
_HOLD = (
    "UPDATE deliveries SET state = 'sending', owner = ?, tries = tries + 1 FROM items(?) j "
    "WHERE deliveries.subject_id = CAST(j.value ->> 0 AS BIGINT) AND deliveries.chat_id = CAST(j.value ->> 1 AS BIGINT)"
)
# A subject that is being changed just now is left for the next claim: who claims waits for nobody.
_CLAIMED = (
    f"SELECT {subject_rows.SUBJECT.columns}, EXISTS (SELECT 1 FROM subjects r WHERE r.article_id = s.article_id "
    "AND r.id <> s.id) FROM subjects s WHERE s.id IN (SELECT value FROM ints(?)) ORDER BY s.id FOR SHARE SKIP LOCKED"
)
_COUNT = (
    "UPDATE chats SET cap_used = CASE WHEN cap_day = j.value ->> 1 THEN cap_used ELSE 0 END "
    "+ CAST(j.value ->> 2 AS BIGINT), cap_day = j.value ->> 1, "
    "hour_used = CASE WHEN hour = CAST(j.value ->> 3 AS BIGINT) THEN hour_used ELSE 0 END "
    "+ CAST(j.value ->> 2 AS BIGINT), hour = CAST(j.value ->> 3 AS BIGINT) "
    "FROM items(?) j WHERE chats.id = CAST(j.value ->> 0 AS BIGINT)"
)
_LANES = json.dumps([lane.value for lane in Lane])


async def present(db: Connection, account: str, now: datetime) -> list[Lane]:
    """Return the lanes that have something due."""
    rows = await db.rows(
        "SELECT l.value FROM ints(?) l WHERE EXISTS (SELECT 1 FROM deliveries d WHERE d.account = ? "
        "AND d.lane = l.value AND d.state = 'waiting' AND d.due_at <= ?)",
        *(_LANES, account, micros(now)),
    )
    return [Lane(number) for (number,) in rows]


async def claim(db: Connection, account: str, owner: str, now: datetime, wanted: Mapping[Lane, int]) -> list[Delivery]:
    """Take due rows of each lane.

    At most half of them are rows that waited for their time, so that neither starves.
    """
    rows: list[Row] = []
    for lane, limit in wanted.items():
        if limit > 0:
            at = (account, lane.value)
            found = await db.rows(_OF_LANE, *at, micros(now), limit, *at, limit)
            late, fresh = [row for row in found if row[-1]], [row for row in found if not row[-1]]
            fresh = fresh[: limit - min(len(late), limit // 2)]
            rows += late[: limit - len(fresh)] + fresh
    if not rows:
        return []
    due = [(OUTBOX.read(row), chat_rows.CHAT.read(row, OUTBOX.width)) for row in rows]
    free = await db.rows(_CLAIMED, json.dumps(sorted({row.subject_id for row, _ in due})))
    subjects = {row[0]: subject_rows.SUBJECT.read(row) for row in free}
    due = [(row, chat) for row, chat in due if row.subject_id in subjects]
    await db.rows(_HOLD, owner, json.dumps(sorted((row.subject_id, row.chat_id) for row, _ in due)))
    joined = [row[0] for row in free if row[-1]]
    others = await report_rows.others(db, joined) if joined else {}
    claimed = [_delivery(row, chat, subjects[row.subject_id], account) for row, chat in due]
    if any(one.kind is SubjectKind.NOTE for one in subjects.values()):
        claimed = [await _under(db, one) for one in claimed]
    batch = {(one.subject.id, one.chat.id) for one in claimed if one.subject.id in others}
    return [
        await _beside(db, one, others[one.subject.id], batch) if one.subject.id in others else one for one in claimed
    ]


async def _beside(db: Connection, delivery: Delivery, others: list[int], batch: set[tuple[int, int]]) -> Delivery:
    """Note on a row whether the chat has another report of it.

    The report is of the same article; of two that are claimed together the first goes.
    """
    number, chat = delivery.subject.id, delivery.chat.id
    if delivery.ref is not None or not others:
        return delivery
    if await report_rows.shown(db, chat, others):
        return replace(delivery, other=DeliveryState.SENT)
    flying = await db.rows(
        "SELECT subject_id FROM deliveries WHERE subject_id IN (SELECT value FROM ints(?)) AND chat_id = ? "
        "AND state = 'sending'",
        *(json.dumps(others), chat),
    )
    waits = any(other < number or (other, chat) not in batch for (other,) in flying)
    return replace(delivery, other=DeliveryState.SENDING) if waits else delivery


def _delivery(row: OutboxRow, chat: Chat, subject: Subject, account: str) -> Delivery:
    # Another bot may serve the chat by now, while this one still changes what it sent.
    address = chat.address if chat.account == account else ""
    target = Target(chat.platform, chat.external_id, "" if row.closed else row.thread, account, address)
    return Delivery(
        subject,
        chat,
        row.lane,
        target,
        row.tries + 1,
        row.unsure,
        row.shown,
        None if row.sent is None else row.sent.ref(target),
        matched=row.matched,
        waiting=row.waiting,
        thread_closed=bool(row.closed) and not row.thread,
    )


async def _under(db: Connection, delivery: Delivery) -> Delivery:
    """Note on a row of a note which message it answers."""
    if delivery.subject.kind is not SubjectKind.NOTE:
        return delivery
    return replace(delivery, parent=await _parent(db, delivery.subject.parent_id, delivery.chat.id))


async def _parent(db: Connection, parent_id: int | None, chat_id: int) -> Ref | None:
    row = await db.row(
        f"SELECT {SENT.columns}, c.platform, c.account "
        "FROM deliveries d JOIN chats c ON c.id = d.chat_id WHERE d.subject_id IN (SELECT value FROM ints(?)) "
        "AND d.chat_id = ? ORDER BY d.message_id IS NULL LIMIT 1",
        *(json.dumps(await report_rows.reports(db, parent_id)) if parent_id else "[]", chat_id),
    )
    if row is None:
        return None
    *_, platform, account = row
    sent = SENT.maybe(row)
    return None if sent is None else sent.ref(Target(platform, "", "", account))


def judged(
    claimed: Sequence[Delivery], judge: Callable[[Delivery], Decision], now: datetime
) -> list[tuple[Delivery, Decision]]:
    """Judge rows one after another.

    A row that a chat gets in this batch counts against the next of the same batch.
    """
    several = {number for number, rows in Counter(one.chat.id for one in claimed).items() if rows > 1}
    chats: dict[int, Chat] = {}
    judged = []
    for one in claimed:
        chat = chats.get(one.chat.id, one.chat)
        delivery = one if chat is one.chat else replace(one, chat=chat)
        what = judge(delivery)
        if chat.id in several and isinstance(what, Post) and what.counts:
            chats[chat.id] = _counted(chat, now)
        judged.append((delivery, what))
    return judged


def _counted(chat: Chat, now: datetime) -> Chat:
    day, hour = now.astimezone(ZoneInfo(chat.zone)).date().isoformat(), int(now.timestamp()) // HOUR
    used = chat.cap_used if chat.cap_day == day else 0
    this_hour = chat.hour_used if chat.hour == hour else 0
    return replace(chat, cap_day=day, cap_used=used + 1, hour=hour, hour_used=this_hour + 1)


async def count(db: Connection, judged: Sequence[tuple[Delivery, Decision]], now: datetime) -> None:
    """Count what is posted against each chat's limits.

    They are limits of its day and hour, by its own calendar.
    """
    posts = Counter(one.chat.id for one, what in judged if isinstance(what, Post) and what.counts)
    if not posts:
        return
    zones = {one.chat.id: one.chat.zone for one, _ in judged}
    days = {zone: now.astimezone(ZoneInfo(zone)).date().isoformat() for zone in set(zones.values())}
    hour = int(now.timestamp()) // HOUR
    await db.each(_COUNT, [(chat, days[zones[chat]], n, hour) for chat, n in sorted(posts.items())])
