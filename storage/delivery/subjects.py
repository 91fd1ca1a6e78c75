"""What can be sent, and what editors do to it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.words import indexed
from bot.values.delivery import Lane, Subject, SubjectKind, Wave, Why
from bot.values.reach import AudienceShare, Reach
from bot.values.reports import ReportState
from storage.catalogue import tags
from storage.chats import appearances, audit, reader_reports
from storage.driver import row_locks
from storage.driver.connection import DatabaseEngine, micros
from storage.rows import article_rows, chat_rows, fields, report_rows, subject_rows
from storage.search import index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.values.chats import AuditLine, Chat, Target
    from bot.values.delivery import EditorChange
    from storage.driver.connection import Connection, Database, Row

KEPT = timedelta(days=7)
"""How long rows stay; a correction after that reaches nobody and says so."""
HEARS_BREAKING = (
    "c.state = 'active' AND c.breaking <> 'never' AND EXISTS "
    "(SELECT 1 FROM subscriptions s WHERE s.chat_id = c.id AND s.exclude = 0)"
)
"""Breaking news goes to every chat that chose something, unless it wants none; who chose nothing gets nothing."""
_SHOWS = "message_id IS NOT NULL"


class Subjects:
    """See bot.ports.delivery.Subjects."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def get(self, subject_id: int) -> Subject | None:
        """Return one subject."""
        row = await self._db.read(lambda db: db.row(f"{subject_rows.SELECT} WHERE s.id = ?", subject_id))
        return subject_rows.SUBJECT.read(row) if row else None

    async def of_article(self, article_id: int) -> Subject | None:
        """Return the first subject of an article.

        If the article was joined to an older one, return that one's.
        """
        row = await self._db.read(
            lambda db: db.row(
                f"{subject_rows.SELECT} WHERE s.article_id = "
                "(SELECT coalesce(merged_into, id) FROM articles WHERE id = ?) ORDER BY s.id LIMIT 1",
                article_id,
            )
        )
        return subject_rows.SUBJECT.read(row) if row else None

    async def announce(self, subject_id: int, line: AuditLine, now: datetime, *, loud: bool) -> bool:
        """Mark as breaking."""

        async def work(db: Connection) -> bool:
            if not await audit.write(db, line):
                return False
            for number in await report_rows.reports(db, subject_id):
                await db.rows(
                    "UPDATE subjects SET breaking_at = ?, loud = ? WHERE id = ? AND state = 'open'",
                    *(micros(now), int(loud), number),
                )
                await subject_rows.spread(db, number, Wave.BREAKING)
            return True

        return await self._db.write(work)

    async def correct(
        self, subject_id: int, change: EditorChange, line: AuditLine, now: datetime, *, tell: bool = False
    ) -> bool:
        """Put something right in an article."""

        async def work(db: Connection) -> bool:
            await _own_article(db, subject_id)
            row = await db.row("SELECT article_id FROM subjects WHERE id = ?", subject_id)
            if row is None or row[0] is None or not await audit.write(db, line):
                return False
            await _put_right(db, row[0], change, now)
            await subject_rows.change(db, row[0], now, must=True)
            await reader_reports.end(db, row[0], ReportState.ACTED, line.who)
            if tell:
                await _note(db, subject_id, change.reason, now)
            return True

        return await self._db.write(work)

    async def withdraw(
        self, subject_id: int, reason: str, by: str, line: AuditLine, now: datetime, *, tell: bool = False
    ) -> None:
        """Take an article back everywhere.

        ``tell`` adds a silent line in answer to what was sent.
        """

        async def work(db: Connection) -> None:
            reports = json.dumps(await report_rows.reports(db, subject_id))
            await _own_article(db, subject_id)
            rows = await db.rows(
                "UPDATE subjects SET state = 'withdrawn', text = ?, made_by = ? WHERE state <> 'withdrawn' "
                "AND id IN (SELECT value FROM ints(?)) RETURNING article_id",
                *(reason, by, reports),
            )
            if not rows:
                return
            await db.rows("UPDATE articles SET state = 'withdrawn' WHERE id = ?", rows[0][0])
            await db.rows(
                "UPDATE fanouts SET done = 1 WHERE subject_id IN (SELECT value FROM ints(?)) "
                "AND wave IN ('first', 'breaking')",
                reports,
            )
            await subject_rows.change(db, rows[0][0], now, must=True)
            await reader_reports.end(db, rows[0][0], ReportState.ACTED, line.who)
            await audit.write(db, line)
            if tell:
                await _note(db, subject_id, reason, now)

        await self._db.write(work)

    async def note(self, parent_id: int, text: str, now: datetime) -> int:
        """Make a silent line in answer to what was sent."""
        return await self._db.write(lambda db: _note(db, parent_id, text, now))

    async def stop(self, subject_id: int, reason: str) -> None:
        """Send it to nobody any more."""
        await self._db.write(
            lambda db: db.rows(
                "UPDATE subjects SET state = 'stopped', text = ? WHERE id = ? AND state = 'open'", reason, subject_id
            )
        )

    async def alert(self, text: str, targets: Sequence[Target], now: datetime) -> None:
        """Tell these chats something in our own words."""

        async def work(db: Connection) -> None:
            number = await subject_rows.add(db, SubjectKind.POST, now, text=text)
            await db.many(
                "INSERT INTO deliveries (subject_id, chat_id, account, lane, state) "
                f"SELECT ?, id, account, {Lane.BREAKING:d}, 'waiting' FROM chats "
                "WHERE platform = ? AND external_id = ?",
                [(number, target.platform, target.external_id) for target in targets],
            )

        await self._db.write(work)

    async def audience(self, subject_id: int) -> list[AudienceShare]:
        """Return how many chats a breaking story goes to.

        The chats are counted by their quiet hours.
        """

        async def work(db: Connection) -> list[Row]:
            return await db.rows(
                f"SELECT c.zone, c.quiet_from, c.quiet_to, count(*) FROM chats c WHERE {HEARS_BREAKING} "
                "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chat_id = c.id "
                f"AND d.subject_id IN (SELECT value FROM ints(?)) AND d.{_SHOWS}) GROUP BY 1, 2, 3",
                json.dumps(await report_rows.reports(db, subject_id)),
            )

        return [
            AudienceShare(chats, chat_rows.known_zone(zone), fields.clock(start), fields.clock(end))
            for zone, start, end, chats in await self._db.read(work)
        ]

    async def reach(self, subject_id: int, now: datetime) -> Reach:
        """Return how far a story or its newest change has come."""
        return await self._db.read(lambda db: _reach(db, subject_id, micros(now)))

    async def shown_in(self, subject_id: int) -> int:
        """Return how many chats show a story now."""

        async def work(db: Connection) -> int:
            reports = await report_rows.reports(db, subject_id)
            shown = " UNION ".join([_SHOWN_IN] * len(reports))
            values = (value for number in reports for value in [number] * 5)
            row = await db.row(f"SELECT count(*) FROM ({shown}) y", *values)
            return int(row[0]) if row else 0

        return await self._db.read(work)

    async def missed(self, subject_id: int, limit: int) -> list[tuple[Chat, str]]:
        """Return chats that still show an older version, and why."""

        async def work(db: Connection) -> list[Row]:
            reports = json.dumps(await report_rows.reports(db, subject_id))
            return await db.rows(
                f"SELECT {chat_rows.CHAT.columns}, coalesce(y.reason, '') FROM ({_ROWS}) y "
                "JOIN chats c ON c.id = y.chat_id WHERE y.state = 'sent' AND y.shown < y.must "
                "ORDER BY y.chat_id LIMIT ?",
                *(reports, reports, limit),
            )

        return [(chat_rows.CHAT.read(row), row[-1]) for row in await self._db.read(work)]

    async def purge(self, now: datetime, limit: int) -> int:
        """Delete rows of subjects past editing.

        Their counts stay.
        """
        return await self._db.write(lambda db: _purge(db, micros(now - KEPT), limit))


_ROWS = (
    f"SELECT d.chat_id, d.state, d.shown, d.unsure, d.reason, s.must FROM deliveries d "
    f"JOIN subjects s ON s.id = d.subject_id WHERE d.subject_id IN (SELECT value FROM ints(?)) AND d.{_SHOWS} "
    "UNION ALL "
    "SELECT d.chat_id, d.state, d.shown, d.unsure, d.reason, s.must FROM touched_digests t "
    "JOIN deliveries d ON d.subject_id = t.round_id AND d.chat_id = t.chat_id "
    f"JOIN subjects s ON s.id = d.subject_id WHERE t.subject_id IN (SELECT value FROM ints(?)) "
    f"AND d.{_SHOWS}"
)
"""What lies in chats of a story, on cards and in digests."""
# A digest comes after the stories in it: those before need not be looked at.
_SHOWN_IN = (
    f"SELECT chat_id FROM deliveries WHERE subject_id = ? AND {_SHOWS} "
    "UNION SELECT g.chat_id FROM digests g JOIN deliveries d ON d.subject_id = g.subject_id AND d.chat_id = g.chat_id "
    f"WHERE g.subject_id > ? AND g.from_id < ? AND g.to_id >= ? AND d.{_SHOWS} "
    "AND EXISTS (SELECT 1 FROM ints(g.items) i WHERE i.value = ?)"
)


async def _reach(db: Connection, subject_id: int, now: int) -> Reach:
    reports = json.dumps(await report_rows.reports(db, subject_id))
    article = await db.row("SELECT coalesce(article_id, 0) FROM subjects WHERE id = ?", subject_id)
    rows = await db.rows(
        "SELECT y.state = 'sent', y.shown >= y.must, coalesce(y.reason, ''), y.unsure > 0, count(*) "
        f"FROM ({_ROWS}) y GROUP BY 1, 2, 3, 4",
        *(reports, reports),
    )
    doubtful = await db.row(
        "SELECT count(*) FROM deliveries WHERE subject_id IN (SELECT value FROM ints(?)) AND unsure > 0 "
        "AND message_id IS NULL",
        reports,
    )
    spreading = await db.row(
        "SELECT 1 FROM fanouts WHERE subject_id IN (SELECT value FROM ints(?)) AND done = 0 AND due_at <= ?",
        *(reports, now),
    )
    failed: dict[Why, int] = {}
    for settled, current, reason, _, n in rows if spreading is None else ():
        if settled and not current:
            failed[Why(reason or Why.LOST)] = failed.get(Why(reason or Why.LOST), 0) + n
    changed = sum(n for settled, current, *_, n in rows if settled and current)
    return Reach(
        total=sum(row[4] for row in rows),
        changed=changed,
        # What a wave has not come to yet is not what it failed at.
        waiting=sum(row[4] for row in rows if not row[0] or (spreading and not row[1])),
        failed=tuple(sorted(failed.items())),
        # Where an answer was lost a first copy may lie that nobody knows the number of.
        unknown=sum(row[4] for row in rows if row[3]) + (int(doubtful[0]) if doubtful else 0),
        beside=await appearances.reached(db, article[0] if article else 0),
    )


async def _own_article(db: Connection, subject_id: int) -> None:
    """Keep others from changing the article of a subject.

    No source revises it and nothing is joined with it before this is done.
    """
    if db.engine is DatabaseEngine.POSTGRESQL:
        row = await db.row("SELECT article_id FROM subjects WHERE id = ?", subject_id)
        await row_locks.own(db, "articles", [row[0]] if row and row[0] is not None else [])


async def _note(db: Connection, parent_id: int, text: str, now: datetime) -> int:
    number = await subject_rows.add(db, SubjectKind.NOTE, now, parent_id=parent_id, text=text)
    await subject_rows.spread(db, number, Wave.NOTE)
    return number


async def _put_right(db: Connection, article_id: int, change: EditorChange, now: datetime) -> None:
    row = await db.row(f"{article_rows.SELECT} WHERE a.id = ?", article_id)
    old = article_rows.article(row or ())
    kept = await db.row("SELECT coalesce(desk, '{}'), at FROM articles WHERE id = ?", article_id) or ("{}", 0)
    values = json.loads(kept[0])
    named = {
        "headline": change.headline,
        "summary": change.summary,
        "tags": change.tags,
        "wire_sources": change.wire_sources,
    }
    values |= {name: value for name, value in named.items() if value is not None}
    before = old.headline if change.headline is not None and change.headline != old.headline else ""
    values["correction"] = [micros(now), change.reason, before]
    await db.rows("UPDATE articles SET desk = ? WHERE id = ?", json.dumps(values, ensure_ascii=False), article_id)
    if change.headline is not None:
        await index.change(db, article_id, indexed(change.headline))
    if change.tags is not None:
        await tags.put(db, article_id, kept[1], values["tags"])


async def _purge(db: Connection, before: int, limit: int) -> int:
    """Delete whole subjects, the oldest first: their rows lie side by side."""
    found = await db.rows(
        "SELECT DISTINCT d.subject_id FROM deliveries d JOIN subjects s ON s.id = d.subject_id "
        "WHERE d.subject_id <= (SELECT coalesce(max(id), 0) FROM subjects WHERE created_at < ?) "
        "ORDER BY d.subject_id LIMIT 1",
        before,
    )
    if not found:
        return await _purge_offers(db, before, limit)
    (number,) = found[0]
    gone = await db.rows(
        "DELETE FROM deliveries WHERE subject_id = ? AND chat_id IN "
        "(SELECT chat_id FROM deliveries WHERE subject_id = ? ORDER BY chat_id LIMIT ?) "
        "RETURNING state, coalesce(reason, '')",
        *(number, number, limit),
    )
    counted: dict[tuple[str, str], int] = {}
    for state, reason in gone:
        counted[state, reason] = counted.get((state, reason), 0) + 1
    await db.many(
        "INSERT INTO subject_counts (subject_id, state, reason, n) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (subject_id, state, reason) DO UPDATE SET n = subject_counts.n + excluded.n",
        [(number, state, reason, n) for (state, reason), n in counted.items()],
    )
    return len(gone)


async def _purge_offers(db: Connection, before: int, limit: int) -> int:
    """Delete what old subjects offered.

    The notes of which digests they stood in, and rounds that no row belongs to any more, go too.
    """
    last = "(SELECT coalesce(max(id), 0) FROM subjects WHERE created_at < ?)"
    gone = 0
    for table in ("subject_terms", "digests", "touched_digests", "fanouts"):
        rows = await db.rows(
            f"DELETE FROM {table} WHERE subject_id IN (SELECT DISTINCT subject_id FROM {table} "
            f"WHERE subject_id <= {last} LIMIT ?) RETURNING 1",
            *(before, max(1, limit // 100)),
        )
        gone += len(rows)
    return gone
