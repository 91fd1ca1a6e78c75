"""Keeps what readers report, and what became of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values.delivery import Lane, SubjectKind
from bot.values.reports import ReaderReport, ReportState
from storage.chats import persons
from storage.driver.connection import Latch, micros
from storage.rows import subject_rows
from storage.rows.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.driver.connection import Connection, Database

GATHERED = timedelta(hours=1)
"""So long reports join the message that lies at the editors' already."""
MOST = 5
"""Reports that stand in one message."""
_EDITORS = (
    "SELECT c.id, c.account FROM chats c WHERE c.kind = 'private' AND c.state = 'active' "
    "AND c.platform || ':' || c.external_id IN (SELECT value FROM texts(?)) ORDER BY c.id"
)
# Of a message that reached nobody, and never will, nothing was told.
_KEPT = (
    "SELECT r.id FROM reports r WHERE r.state = 'new' AND NOT EXISTS (SELECT 1 FROM deliveries d "
    "WHERE d.subject_id = r.subject_id AND (d.state IN ('waiting', 'sending') OR d.message_id IS NOT NULL)) "
    "ORDER BY r.id"
)


class ReaderReports:
    """See bot.ports.chats.ReaderReports."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def add(self, report: ReaderReport, editors: Sequence[str], now: datetime) -> bool:
        """Keep a report; return whether it goes to an editor."""

        async def work(db: Connection) -> bool:
            person_id = await persons.of_actor(db, report.actor)
            await db.rows(
                "INSERT INTO reports (person_id, article_id, text, at) VALUES (?, ?, ?, ?)",
                *(person_id, report.article_id, report.text, micros(report.at)),
            )
            return await _tell(db, editors, now)

        return await self._db.write(work)

    async def tell_kept(self, editors: Sequence[str], now: datetime) -> None:
        """Tell editors what was kept while none could be told."""
        if await self._db.read(lambda db: db.row(_KEPT)):
            await self._db.write(lambda db: _tell(db, editors, now))

    async def since(self, actor: str, since: datetime) -> int:
        """Return how many somebody sent since then."""
        row = await self._db.read(
            lambda db: db.row(
                "SELECT count(*) FROM reports r JOIN persons p ON p.id = r.person_id "
                "WHERE p.platform || ':' || p.user_id = ? AND r.at > ?",
                *(actor, micros(since)),
            )
        )
        return int(row[0]) if row else 0

    async def of_person(self, actor: str) -> list[ReaderReport]:
        """Return what somebody reported, oldest first."""
        rows = await self._db.read(
            lambda db: db.rows(f"{_SELECT} WHERE p.platform || ':' || p.user_id = ? ORDER BY r.id", actor)
        )
        return [_REPORT.read(row) for row in rows]

    async def of_message(self, subject_id: int) -> list[ReaderReport]:
        """Return what stands in a message to the editors, the oldest first."""
        rows = await self._db.read(
            lambda db: db.rows(f"{_SELECT} WHERE r.subject_id = ? AND r.state <> 'closed' ORDER BY r.id", subject_id)
        )
        return [_REPORT.read(row) for row in rows]

    async def of_article(self, article_id: int) -> list[ReaderReport]:
        """Return what was reported of an article, the oldest first."""
        rows = await self._db.read(lambda db: db.rows(f"{_SELECT} WHERE r.article_id = ? ORDER BY r.id", article_id))
        return [_REPORT.read(row) for row in rows]

    async def close(self, article_id: int, by: str) -> None:
        """Say that an article stays as it is."""
        await self._db.write(lambda db: end(db, article_id, ReportState.CLOSED, by))


_REPORT = Fields(ReaderReport, "r", named={"actor": "coalesce(p.platform || ':' || p.user_id, '')"})
_SELECT = f"SELECT {_REPORT.columns} FROM reports r LEFT JOIN persons p ON p.id = r.person_id"


async def end(db: Connection, article_id: int, state: ReportState, by: str) -> None:
    """Say what became of what was reported of an article."""
    await db.rows(
        "UPDATE reports SET state = ?, by = ? WHERE article_id = ? AND state IN ('new', 'seen')",
        *(state.value, by, article_id),
    )


async def seen(db: Connection, subject_id: int, version: int) -> None:
    """Note that an editor has this version of a message."""
    await db.rows(
        "UPDATE reports SET state = 'seen' WHERE subject_id = ? AND state = 'new' "
        "AND (SELECT s.version FROM subjects s WHERE s.id = reports.subject_id) <= ?",
        *(subject_id, version),
    )


async def _tell(db: Connection, editors: Sequence[str], now: datetime) -> bool:
    """Put what nobody was told into messages to editors.

    Return whether there is an editor who can be told.
    """
    await db.latch(Latch.REPORTS)
    inboxes = await db.rows(_EDITORS, json.dumps(list(editors)))
    if not inboxes:
        return False
    kept = [number for (number,) in await db.rows(_KEPT)]
    while kept:
        subject_id, room = await _message(db, now)
        taken, kept = kept[:room], kept[room:]
        await db.many("UPDATE reports SET subject_id = ? WHERE id = ?", [(subject_id, number) for number in taken])
        await _send(db, subject_id, inboxes, now)
    return True


async def _message(db: Connection, now: datetime) -> tuple[int, int]:
    """Return the message that reports join, with its room.

    A new one if none has any.
    """
    row = await db.row(
        "SELECT s.id, (SELECT count(*) FROM reports r WHERE r.subject_id = s.id) FROM subjects s "
        "WHERE s.kind = ? AND s.state = 'open' AND s.created_at > ? ORDER BY s.id DESC LIMIT 1",
        *(SubjectKind.REPORTS.value, micros(now - GATHERED)),
    )
    if row and row[1] < MOST:
        return int(row[0]), MOST - int(row[1])
    return await subject_rows.add(db, SubjectKind.REPORTS, now), MOST


async def _send(db: Connection, subject_id: int, inboxes: Sequence[tuple[int, str]], now: datetime) -> None:
    """Send the editors a message.

    If it lies there already, it is changed.
    """
    db.rouse()
    await db.rows(
        "UPDATE subjects SET version = version + 1, must = version + 1, changed_at = ? WHERE id = ?",
        *(micros(now), subject_id),
    )
    await db.rows(
        f"UPDATE deliveries SET state = 'waiting', lane = {Lane.BREAKING:d}, due_at = 0, tries = 0, reason = NULL "
        "WHERE subject_id = ? AND state = 'sent' AND message_id IS NOT NULL",
        subject_id,
    )
    await db.many(
        "INSERT INTO deliveries (subject_id, chat_id, account, lane, state) "
        f"VALUES (?, ?, ?, {Lane.BREAKING:d}, 'waiting') ON CONFLICT (subject_id, chat_id) DO UPDATE SET "
        "state = 'waiting', due_at = 0 WHERE deliveries.state = 'dropped' AND deliveries.message_id IS NULL",
        [(subject_id, chat_id, account) for chat_id, account in inboxes],
    )
