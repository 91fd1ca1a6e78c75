"""Keeps the outbox.

It has one row for each subject that a chat is to be shown.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.ports.delivery import sender_lock
from bot.values.delivery import Delivery, Edit, Lane, Post, Settlement, Why
from bot.values.errors import StorageError
from bot.values.reach import Fate
from storage.delivery import claiming, sent_stories, settling
from storage.driver.connection import maybe_moment, micros, moment
from storage.driver.fence import FENCED
from storage.rows import report_rows, subject_rows
from storage.rows.fields import Fields
from storage.rows.term_rows import TERM

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from bot.values.delivery import Decision, SentStory, Subject
    from storage.driver.connection import Connection, Database, Fences

WEEK = timedelta(days=7)
_FAR = "SELECT subject_id, chat_id FROM deliveries INDEXED BY deliveries_due WHERE state = 'waiting' AND due_at > ?"
_IS_FAR = (
    f"SELECT 1 WHERE EXISTS ({_FAR}) OR EXISTS (SELECT 1 FROM gates WHERE until > ?) "
    "OR EXISTS (SELECT 1 FROM fanouts WHERE done = 0 AND due_at > ?)"
)


class Deliveries:
    """See bot.ports.delivery.Deliveries."""

    def __init__(self, database: Database, fences: Fences) -> None:
        """Work on this database, within the leases that this process holds."""
        self._db = database
        self._fences = fences

    async def settle_and_claim(
        self,
        account: str,
        owner: str,
        now: datetime,
        *,
        settled: Sequence[Settlement],
        shares: Callable[[Collection[Lane]], Mapping[Lane, int]],
        judge: Callable[[Delivery], Decision],
    ) -> list[tuple[Delivery, Decision]]:
        """Settle what ended and claim what is due.

        A look that finds neither writes nothing.
        """

        async def work(db: Connection) -> list[tuple[Delivery, Decision]]:
            await self._look_at_lease(db, account)
            await settling.settle(db, settled, owner, now)
            claimed = await claiming.claim(db, account, owner, now, shares(await claiming.present(db, account, now)))
            judged = claiming.judged(claimed, judge, now)
            await claiming.count(db, judged, now)
            ended = [Settlement(one, end) for one, end in judged if not isinstance(end, Post | Edit)]
            await settling.settle(db, ended, owner, now)
            return judged

        if not settled and not shares(await self._db.read(lambda db: claiming.present(db, account, now))):
            return []
        return await self._db.write(work, brief=True)

    async def _look_at_lease(self, db: Connection, account: str) -> None:
        """See that the account stays this process's till the end.

        Raises:
            StorageError: another took it over while this one slept, or was cut off.
        """
        name = sender_lock(account)
        if (fence := self._fences.get(name)) and not await db.row(FENCED, name, *fence):
            raise StorageError(f"the lease «{name}» is another's by now: nothing is claimed or settled.")

    async def take_over(self, account: str) -> int:
        """Make what is held for this account wait again, as doubtful."""
        rows = await self._db.write(
            lambda db: db.rows(
                "UPDATE deliveries SET state = 'waiting', owner = NULL, due_at = 0, "
                "unsure = unsure + CASE WHEN message_id IS NULL THEN 1 ELSE 0 END WHERE account "
                "= ? AND state = 'sending' RETURNING 1",
                account,
            )
        )
        return len(rows)

    async def counts(self, chat_id: int, now: datetime) -> tuple[int, int]:
        """Return how many were sent this week and how many wait."""

        async def work(db: Connection) -> tuple[int, int]:
            # By the primary key, subject by subject: an index of history by chat would cost every row that is written.
            sent = await db.row(
                "SELECT count(*) FROM subjects s CROSS JOIN deliveries d ON d.subject_id = s.id AND d.chat_id = ? "
                "WHERE s.id >= (SELECT coalesce(min(subject_id), 0) FROM deliveries) AND d.sent_at >= ?",
                *(chat_id, micros(now - WEEK)),
            )
            waiting = await db.row(
                "SELECT count(*) FROM deliveries WHERE chat_id = ? AND state IN ('waiting', 'sending')", chat_id
            )
            return int(sent[0]) if sent else 0, int(waiting[0]) if waiting else 0

        return await self._db.read(work)

    async def last(self, chat_id: int) -> int | None:
        """Return the story that this chat was sent last."""
        row = await self._db.read(
            lambda db: db.row(
                "SELECT s.id FROM subjects s CROSS JOIN deliveries d ON d.subject_id = s.id AND d.chat_id = ? "
                "WHERE s.kind = 'story' AND d.message_id IS NOT NULL "
                "AND s.id >= (SELECT coalesce(min(subject_id), 0) FROM deliveries) "
                "ORDER BY s.id DESC LIMIT 1",
                chat_id,
            )
        )
        return int(row[0]) if row else None

    async def sent(self, chat_id: int, since: datetime) -> list[SentStory]:
        """Return the stories that a chat was sent since then."""
        return await self._db.read(lambda db: sent_stories.since(db, chat_id, micros(since)))

    async def why(self, chat_id: int, subject_id: int) -> Fate:
        """Return what became of a subject in a chat."""
        return await self._db.read(lambda db: _fate(db, chat_id, subject_id))

    async def forgive(self, chat_ids: Sequence[int], now: datetime) -> None:
        """Requeue what was dropped with chats that seemed gone."""

        async def work(db: Connection) -> None:
            ids = json.dumps(list(chat_ids))
            # What they lost hangs on subjects of these hours, so it is found by the primary key. A message that
            # lies there and could not be changed has to be changed still: it may be a withdrawal.
            await db.rows(
                "UPDATE deliveries SET state = 'waiting', reason = NULL, due_at = 0 WHERE state IN ('dropped', 'sent') "
                f"AND (state = 'sent') = (message_id IS NOT NULL) AND reason = '{Why.GONE}' "
                "AND subject_id IN (SELECT id FROM subjects WHERE id >= (SELECT min(subject_id) FROM deliveries) "
                "AND greatest(closes_at, coalesce(changed_at, 0) + ?) > ?) "
                "AND chat_id IN (SELECT value FROM ints(?))",
                *(subject_rows.CLOSES_AFTER // timedelta(microseconds=1), micros(now), ids),
            )
            await db.rows(
                "UPDATE chats SET state = 'active', reason = '', since = ? WHERE state = 'gone' "
                "AND id IN (SELECT value FROM ints(?))",
                *(micros(now), ids),
            )

        await self._db.write(work)

    async def mend(self, latest: datetime) -> int:
        """Ask anew about what a wrong clock put off too far."""
        far = micros(latest)
        if not await self._db.read(lambda db: db.row(_IS_FAR, far, far, far)):
            return 0
        return await self._db.write(lambda db: _mend(db, far))

    async def gate(self, account: str) -> datetime | None:
        """Return until when this account sends nothing."""
        row = await self._db.read(lambda db: db.row("SELECT until FROM gates WHERE account = ?", account))
        return moment(row[0]) if row else None

    async def shut(self, account: str, until: datetime, reason: str) -> None:
        """Send nothing for this account until then."""
        await self._db.write(
            lambda db: db.rows(
                "INSERT INTO gates (account, until, reason) VALUES (?, ?, ?) "
                "ON CONFLICT (account) DO UPDATE SET until = excluded.until, reason = excluded.reason",
                *(account, micros(until), reason),
            )
        )


async def _subjects(db: Connection, numbers: set[int]) -> dict[int, Subject]:
    rows = await db.rows(
        f"{subject_rows.SELECT} WHERE s.id IN (SELECT value FROM ints(?))", json.dumps(sorted(numbers))
    )
    return {subject.id: subject for subject in map(subject_rows.SUBJECT.read, rows)}


async def _mend(db: Connection, far: int) -> int:
    """Let what was put off beyond ``far`` be asked about.

    It is asked about now; only chats for which something waits are looked at.
    """
    rows = await db.rows(
        f"UPDATE deliveries SET due_at = 0 WHERE (subject_id, chat_id) IN ({_FAR}) RETURNING chat_id", far
    )
    await db.rows(
        "UPDATE chats SET not_before = NULL WHERE not_before > ? AND id IN (SELECT value FROM ints(?))",
        *(far, json.dumps(sorted({chat for (chat,) in rows}))),
    )
    await db.rows("DELETE FROM gates WHERE until > ?", far)
    await db.rows("UPDATE fanouts SET due_at = 0 WHERE done = 0 AND due_at > ?", far)
    return len(rows)


_FATE = Fields(
    Fate,
    "d",
    named={"at": "sent_at", "digest_at": "r.sent_at"},
    # Said by other rows.
    without={"subject": None, "follows": (), "leaves_out": (), "purged": False},
)


async def _fate(db: Connection, chat_id: int, subject_id: int) -> Fate:
    (subject,) = (await _subjects(db, {subject_id})).values()
    reports = json.dumps(await report_rows.reports(db, subject_id))
    row = await db.row(
        f"SELECT {_FATE.columns} FROM deliveries d "
        "LEFT JOIN deliveries r ON r.subject_id = d.round_id AND r.chat_id = d.chat_id "
        "WHERE d.subject_id IN (SELECT value FROM ints(?)) AND d.chat_id = ? "
        f"ORDER BY d.message_id IS NULL, coalesce(d.reason, '') = '{Why.STORY}', d.subject_id LIMIT 1",
        *(reports, chat_id),
    )
    told = await db.row(
        "SELECT d.sent_at FROM digests g JOIN deliveries d ON d.subject_id = g.subject_id AND d.chat_id = g.chat_id "
        "WHERE g.chat_id = ? AND g.to_id >= ? AND g.items IS NOT NULL AND EXISTS (SELECT 1 FROM ints(g.items) i "
        "WHERE i.value IN (SELECT value FROM ints(?))) LIMIT 1",
        *(chat_id, subject_id, reports),
    )
    terms = await db.rows(
        f"SELECT DISTINCT {TERM.columns}, s.exclude FROM ints(?) j "
        "CROSS JOIN subject_terms o ON o.subject_id = j.value JOIN subscriptions s ON s.term_id = o.term_id "
        "AND s.chat_id = ? JOIN terms t ON t.id = o.term_id",
        *(reports, chat_id),
    )
    purged = await db.row("SELECT 1 FROM subject_counts WHERE subject_id = ? LIMIT 1", subject_id)
    found = _FATE.read(row) if row else Fate(subject, purged=purged is not None)
    return replace(
        found,
        subject=subject,
        digest_at=found.digest_at or (maybe_moment(told[0]) if told else None),
        follows=tuple(TERM.read(row) for row in terms if not row[-1]),
        leaves_out=tuple(TERM.read(row) for row in terms if row[-1]),
    )
