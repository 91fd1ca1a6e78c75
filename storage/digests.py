"""Rounds of digests: windows of subjects that touch each other, so that nothing is skipped and nothing comes twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.model import Chat, Mode, Push, TermKind
from bot.outbox import Candidate, Kind, Lane, Round, Why
from storage import article_rows, chat_rows, subject_rows
from storage.chats import LAST_SUBJECT
from storage.connection import maybe_micros, maybe_moment, micros
from storage.offers import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from storage.connection import Connection, Row
    from storage.sqlite import Database

FARTHEST = timedelta(hours=50)
"""No digest is farther ahead: not 25 hours, for a change of zone can skip a day."""
# A story whose rows are still being written is not covered yet: it would come in the digest and once more by itself.
_COVERED = (
    "SELECT min(coalesce((SELECT min(f.subject_id) - 1 FROM fanouts f WHERE f.done = 0 "
    f"AND f.wave IN ('first', 'breaking')), {LAST_SUBJECT}), {LAST_SUBJECT})"
)
_LIVE = "('waiting', 'sending', 'sent')"
_STORY = (
    f"SELECT {subject_rows.COLUMNS}, s.push, {article_rows.COLUMNS} FROM subjects s "
    f"JOIN articles a ON a.id = s.article_id {article_rows.JOINS}"
)
_RANK = " ".join(("CASE t.kind", *(f"WHEN '{kind}' THEN {rank}" for kind, rank in RANKS.items()), "END"))
_MATCHED = (
    f"SELECT o.subject_id AS id, max(iif(s.exclude, 0, {_RANK})) AS rank, max(s.exclude) AS excluded, "
    "max(iif(s.exclude, 0, iif(s.mode, s.mode, c.mode))) AS mode, max(1 - s.exclude) AS follows FROM subscriptions s "
    "JOIN chats c ON c.id = s.chat_id JOIN terms t ON t.id = s.term_id "
    "CROSS JOIN subject_terms o ON o.term_id = s.term_id AND o.subject_id > ? AND o.subject_id <= ? "
    "WHERE s.chat_id = ? GROUP BY o.subject_id"
)


class Digests:
    """See bot.ports.Digests."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def fire(self, now: datetime, following: Callable[[Chat], datetime | None], limit: int) -> int:
        """Begin a round for chats that are due."""
        due = "c.state = 'active' AND c.digest_at IS NOT NULL AND c.digest_at <= ?"
        if await self._db.read(lambda db: db.row(f"SELECT 1 FROM chats c WHERE {due} LIMIT 1", micros(now))) is None:
            return 0

        async def work(db: Connection) -> int:
            rows = await db.rows(f"{chat_rows.SELECT} WHERE {due} ORDER BY c.digest_at LIMIT ?", micros(now), limit)
            chats = [chat_rows.chat(row) for row in rows]
            if chats:
                await _begin(db, chats, now, following)
            return len(chats)

        return await self._db.write(work)

    async def round(self, subject_id: int, chat_id: int) -> Round | None:
        """Return the window of a chat's digest."""
        row = await self._db.read(
            lambda db: db.row(
                "SELECT subject_id, from_id, to_id, items FROM digests WHERE subject_id = ? AND chat_id = ?",
                *(subject_id, chat_id),
            )
        )
        return Round(row[0], row[1], row[2], tuple(json.loads(row[3])) if row[3] else None) if row else None

    async def candidates(self, chat: Chat, from_id: int, to_id: int, limit: int) -> list[Candidate]:
        """Return what a digest of that window may show the chat."""
        return await self._db.read(lambda db: _candidates(db, chat, from_id, to_id, limit))

    async def day(self, chat: Chat, limit: int) -> list[Candidate]:
        """Return what came since this chat last looked at the day."""

        async def work(db: Connection) -> list[Candidate]:
            follows = await db.row("SELECT 1 FROM subscriptions WHERE chat_id = ? AND NOT exclude LIMIT 1", chat.id)
            row = await db.row(f"SELECT {LAST_SUBJECT}")
            window = (chat.today_seen, int(row[0]) if row else 0)
            if follows:
                ranked = await db.rows(
                    f"SELECT id, rank FROM ({_MATCHED}) WHERE follows AND NOT excluded ORDER BY id DESC LIMIT ?",
                    *(*window, chat.id, limit),
                )
            else:
                ranked = await db.rows(
                    "SELECT s.id, 0 FROM subjects s JOIN articles a ON a.id = s.article_id "
                    f"WHERE s.id > ? AND s.id <= ? AND s.kind = '{Kind.STORY}' AND {article_rows.SHOWN} "
                    "AND s.id NOT IN (SELECT o.subject_id FROM subject_terms o JOIN subscriptions x "
                    "ON x.term_id = o.term_id WHERE x.chat_id = ?) ORDER BY s.id DESC LIMIT ?",
                    *(*window, chat.id, limit),
                )
            return await _read(db, dict(ranked), {}, folded=False)

        return await self._db.read(work)

    async def subjects(self, subject_ids: Sequence[int]) -> list[Candidate]:
        """Return what stands in a digest that was sent, in the order asked for."""
        found = await self._db.read(
            lambda db: _read(db, dict.fromkeys(subject_ids, 0), {}, folded=True, withdrawn=True)
        )
        by_id = {one.subject.id: one for one in found}
        return [by_id[number] for number in subject_ids if number in by_id]

    async def next_at(self) -> datetime | None:
        """Return when the next digest of any chat is due."""
        row = await self._db.read(
            lambda db: db.row("SELECT min(digest_at) FROM chats WHERE digest_at IS NOT NULL AND state = 'active'")
        )
        return maybe_moment(row[0]) if row else None

    async def mend(self, now: datetime, following: Callable[[Chat], datetime | None]) -> int:
        """Set digests anew that are due too far ahead."""

        async def work(db: Connection) -> int:
            rows = await db.rows(
                f"{chat_rows.SELECT} WHERE c.state = 'active' AND c.digest_at > ? AND coalesce(c.paused_until, 0) < ?",
                *(micros(now + FARTHEST), micros(now)),
            )
            chats = [chat_rows.chat(row) for row in rows]
            await db.many(
                "UPDATE chats SET digest_at = ? WHERE id = ?",
                [(maybe_micros(following(chat)), chat.id) for chat in chats],
            )
            return len(chats)

        return await self._db.write(work)


async def _begin(
    db: Connection, chats: Sequence[Chat], now: datetime, following: Callable[[Chat], datetime | None]
) -> None:
    covered = int((await db.rows(_COVERED))[0][0])
    number = await subject_rows.add(db, Kind.DIGEST, now)
    windows = {chat.id: await _window(db, chat, covered) for chat in chats}
    await db.many(
        "INSERT INTO digests (subject_id, chat_id, from_id, to_id) VALUES (?, ?, ?, ?)",
        [(number, chat, *window) for chat, window in windows.items()],
    )
    await db.many(
        "INSERT INTO deliveries (subject_id, chat_id, account, lane, rank, state) VALUES (?, ?, ?, ?, ?, 'waiting')",
        [(number, chat.id, chat.account, Lane.DIGEST.value, chat.id) for chat in chats],
    )
    await db.many(
        "UPDATE chats SET digest_from = ?, digest_at = ? WHERE id = ?",
        [(windows[chat.id][1], maybe_micros(following(chat)), chat.id) for chat in chats],
    )


async def _window(db: Connection, chat: Chat, covered: int) -> tuple[int, int]:
    """Return the window since the last digest; one that still waits gives its own and is not sent any more."""
    start = covered if chat.digest_from is None else chat.digest_from
    rows = await db.rows(
        f"UPDATE deliveries SET state = 'dropped', reason = '{Why.SUPERSEDED}' WHERE chat_id = ? AND state = 'waiting' "
        "AND message_id IS NULL AND subject_id IN (SELECT g.subject_id FROM digests g WHERE g.chat_id = ?) "
        "RETURNING subject_id",
        *(chat.id, chat.id),
    )
    for (number,) in rows:
        row = await db.row("SELECT from_id FROM digests WHERE subject_id = ? AND chat_id = ?", number, chat.id)
        start = min(start, row[0]) if row else start
    return start, max(start, covered)


async def _candidates(db: Connection, chat: Chat, from_id: int, to_id: int, limit: int) -> list[Candidate]:
    matched = await db.rows(
        f"SELECT m.id, m.rank FROM ({_MATCHED}) m LEFT JOIN deliveries d ON d.subject_id = m.id AND d.chat_id = ? "
        f"WHERE m.follows AND NOT m.excluded AND m.mode <> {Mode.BREAKING:d} "
        f"AND (d.state IS NULL OR d.state NOT IN {_LIVE}) AND d.round_id IS NULL ORDER BY m.id DESC LIMIT ?",
        *(from_id, to_id, chat.id, chat.id, limit),
    )
    left = await db.rows(
        "SELECT d.subject_id, d.reason FROM deliveries d WHERE d.chat_id = ? AND d.state = 'left' "
        "AND d.round_id IS NULL ORDER BY d.subject_id DESC LIMIT ?",
        *(chat.id, limit),
    )
    ranks = {**{number: RANKS[TermKind.TAG] for number, _ in left}, **dict(matched)}
    return await _read(db, ranks, {number: Why(reason) for number, reason in left}, folded=True)


async def _read(
    db: Connection, ranks: dict[int, int], left: dict[int, Why], *, folded: bool, withdrawn: bool = False
) -> list[Candidate]:
    shown = "a.merged_into IS NULL" if withdrawn else article_rows.SHOWN
    rows = await db.rows(
        f"{_STORY} WHERE s.id IN (SELECT value FROM json_each(?)) AND {shown} ORDER BY s.id DESC",
        json.dumps(list(ranks)),
    )
    return [
        _candidate(row, ranks, left, folded=folded)
        for row in rows
        if not folded or withdrawn or row[subject_rows.WIDTH] != Push.NONE
    ]


def _candidate(row: Row, ranks: dict[int, int], left: dict[int, Why], *, folded: bool) -> Candidate:
    subject = subject_rows.subject(row[: subject_rows.WIDTH])
    article = article_rows.article(row[subject_rows.WIDTH + 1 :])
    batch = folded and row[subject_rows.WIDTH] == Push.BATCH
    return Candidate(subject, article, batch, ranks[subject.id], left.get(subject.id))
