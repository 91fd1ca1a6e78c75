"""Keeps rounds of digests.

They are windows of subjects that touch each other, so that nothing is skipped and nothing comes twice.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values.articles import Push
from bot.values.chats import Chat, Mode, TermKind
from bot.values.delivery import Candidate, Lane, Round, SubjectKind, Why
from storage.chats.chats import LAST_SUBJECT
from storage.delivery.stories import DigestStory, Stories
from storage.driver.connection import ConflictError, maybe_micros, micros
from storage.matching.offers import RANKS
from storage.rows import article_rows, chat_rows, report_rows, subject_rows
from storage.rows.fields import Fields, Stored, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from storage.driver.connection import Connection, Database

FARTHEST = timedelta(hours=50)
"""No digest is farther ahead: not 25 hours, for a change of zone can skip a day."""
# A story whose rows are still being written is not covered yet: it would come in the digest and once more by itself.
_COVERED = (
    "SELECT least(coalesce((SELECT min(f.subject_id) - 1 FROM fanouts f WHERE f.done = 0 "
    f"AND f.wave IN ('first', 'breaking')), {LAST_SUBJECT}), {LAST_SUBJECT})"
)
_LIVE = "('waiting', 'sending', 'sent')"
_RANK = " ".join(("CASE t.kind", *(f"WHEN '{kind}' THEN {rank}" for kind, rank in RANKS.items()), "END"))
_MATCHED = (
    f"SELECT o.subject_id AS id, max(CASE WHEN s.exclude = 1 THEN 0 ELSE {_RANK} END) AS rank, "
    "max(s.exclude) AS excluded, "
    "max(CASE WHEN s.exclude = 1 THEN 0 WHEN s.mode = 0 THEN c.mode ELSE s.mode END) AS mode, "
    "max(1 - s.exclude) AS follows FROM subscriptions s "
    "JOIN chats c ON c.id = s.chat_id JOIN terms t ON t.id = s.term_id "
    "CROSS JOIN subject_terms o ON o.term_id = s.term_id AND o.subject_id > ? AND o.subject_id <= ? "
    "WHERE s.chat_id = ? GROUP BY o.subject_id"
)

_DUE = (
    f"SELECT m.id, m.rank FROM ({_MATCHED}) m LEFT JOIN deliveries d ON d.subject_id = m.id AND d.chat_id = ? "
    f"WHERE m.follows = 1 AND m.excluded = 0 AND m.mode <> {Mode.BREAKING:d} "
    f"AND (d.state IS NULL OR d.state NOT IN {_LIVE}) AND d.round_id IS NULL ORDER BY m.id DESC LIMIT ?"
)
_LEFT = (
    "SELECT d.subject_id, d.reason FROM deliveries d WHERE d.chat_id = ? AND d.state = 'left' AND d.round_id IS NULL "
    "ORDER BY d.subject_id DESC LIMIT ?"
)
_DOUBTFUL = (
    "SELECT d.subject_id FROM deliveries d WHERE d.subject_id IN (SELECT value FROM ints(?)) AND d.chat_id = ? "
    "AND d.unsure > 0 AND d.message_id IS NULL"
)
_SUPERSEDED = (
    f"UPDATE deliveries SET state = 'dropped', reason = '{Why.SUPERSEDED}' "
    "WHERE chat_id IN (SELECT value FROM ints(?)) AND state = 'waiting' AND message_id IS NULL "
    "AND EXISTS (SELECT 1 FROM digests g WHERE g.subject_id = deliveries.subject_id "
    "AND g.chat_id = deliveries.chat_id) RETURNING subject_id, chat_id"
)
_FIRE = (
    "UPDATE chats SET digest_from = CAST(j.value ->> 1 AS BIGINT), digest_at = CAST(j.value ->> 2 AS BIGINT) "
    "FROM items(?) j WHERE chats.id = CAST(j.value ->> 0 AS BIGINT) "
    "AND chats.digest_at = CAST(j.value ->> 3 AS BIGINT) "
    "AND coalesce(chats.digest_from, -1) = coalesce(CAST(j.value ->> 4 AS BIGINT), -1) RETURNING chats.id"
)
_EARLIER = (
    "SELECT g.chat_id, min(g.from_id) FROM items(?) j JOIN digests g "
    "ON g.subject_id = CAST(j.value ->> 0 AS BIGINT) AND g.chat_id = CAST(j.value ->> 1 AS BIGINT) GROUP BY g.chat_id"
)


_ROUND = Fields(Round, "g", stored={"items": Stored(numbers)})


class Digests:
    """See bot.ports.delivery.Digests."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database
        self._stories = Stories()

    async def fire(self, now: datetime, following: Callable[[Chat], datetime | None], limit: int) -> int:
        """Begin a round for chats that are due."""
        due = "c.state = 'active' AND c.digest_at IS NOT NULL AND c.digest_at <= ?"
        if await self._db.read(lambda db: db.row(f"SELECT 1 FROM chats c WHERE {due} LIMIT 1", micros(now))) is None:
            return 0

        async def work(db: Connection) -> int:
            rows = await db.rows(f"{chat_rows.SELECT} WHERE {due} ORDER BY c.digest_at LIMIT ?", micros(now), limit)
            chats = sorted(map(chat_rows.CHAT.read, rows), key=lambda chat: chat.id)
            if chats:
                await _begin(db, chats, now, following)
            return len(chats)

        return await self._db.write(work)

    async def round(self, subject_id: int, chat_id: int) -> Round | None:
        """Return the window of a chat's digest."""
        row = await self._db.read(
            lambda db: db.row(
                f"SELECT {_ROUND.columns} FROM digests g WHERE g.subject_id = ? AND g.chat_id = ?",
                *(subject_id, chat_id),
            )
        )
        return _ROUND.read(row) if row else None

    async def candidates(self, chat: Chat, from_id: int, to_id: int, limit: int) -> list[Candidate]:
        """Return what a digest of that window may show the chat."""

        async def work(db: Connection) -> list[Candidate]:
            matched = await db.rows(_DUE, from_id, to_id, chat.id, chat.id, limit)
            left = await db.rows(_LEFT, chat.id, limit)
            ranks = {**{number: RANKS[TermKind.TAG] for number, _ in left}, **dict(matched)}
            stories = await _untold(db, chat.id, await self._stories.read(db, ranks, withdrawn=False))
            reasons = {number: Why(reason) for number, reason in left}
            doubtful = await _doubtful(db, chat.id, list(ranks))
            return [
                Candidate(
                    *(one.subject, one.article, one.push is Push.BATCH, ranks[number], reasons.get(number)),
                    doubtful=number in doubtful,
                )
                for one in stories
                if (number := one.subject.id) and one.push is not Push.NONE
            ]

        return await self._db.read(work)

    async def day(self, chat: Chat, limit: int) -> list[Candidate]:
        """Return what came since this chat last looked at the day."""

        async def work(db: Connection) -> list[Candidate]:
            follows = await db.row("SELECT 1 FROM subscriptions WHERE chat_id = ? AND exclude = 0 LIMIT 1", chat.id)
            row = await db.row(f"SELECT {LAST_SUBJECT}")
            window = (chat.today_seen, int(row[0]) if row else 0)
            if follows:
                ranked = await db.rows(
                    f"SELECT m.id, m.rank FROM ({_MATCHED}) m WHERE m.follows = 1 AND m.excluded "
                    "= 0 ORDER BY id DESC LIMIT ?",
                    *(*window, chat.id, limit),
                )
            else:
                ranked = await db.rows(
                    "SELECT s.id, 0 FROM subjects s JOIN articles a ON a.id = s.article_id "
                    f"WHERE s.id > ? AND s.id <= ? AND s.kind = '{SubjectKind.STORY}' AND {article_rows.SHOWN} "
                    "AND s.id NOT IN (SELECT o.subject_id FROM subject_terms o JOIN subscriptions x "
                    "ON x.term_id = o.term_id WHERE x.chat_id = ?) ORDER BY s.id DESC LIMIT ?",
                    *(*window, chat.id, limit),
                )
            ranks: dict[int, int] = dict(ranked)
            stories = _once(await self._stories.read(db, ranks, withdrawn=False))
            return [Candidate(one.subject, one.article, follows=ranks[one.subject.id]) for one in stories]

        return await self._db.read(work)

    async def subjects(self, subject_ids: Sequence[int], chat_id: int) -> list[Candidate]:
        """Return what stands in a sent digest, as ordered."""

        async def work(db: Connection) -> tuple[list[DigestStory], set[int]]:
            stories = await self._stories.read(db, subject_ids, withdrawn=True)
            return stories, await _doubtful(db, chat_id, subject_ids)

        stories, doubtful = await self._db.read(work)
        found = {
            one.subject.id: Candidate(
                one.subject, one.article, one.push is Push.BATCH, doubtful=one.subject.id in doubtful
            )
            for one in stories
        }
        listed = {found[number].article.id: found[number] for number in reversed(subject_ids) if number in found}
        return list(reversed(listed.values()))

    async def mend(self, now: datetime, following: Callable[[Chat], datetime | None]) -> int:
        """Set digests anew that are due too far ahead."""

        async def work(db: Connection) -> int:
            rows = await db.rows(
                f"{chat_rows.SELECT} WHERE c.state = 'active' AND c.digest_at > ? AND coalesce(c.paused_until, 0) < ?",
                *(micros(now + FARTHEST), micros(now)),
            )
            chats = [chat_rows.CHAT.read(row) for row in rows]
            await db.many(
                "UPDATE chats SET digest_at = ? WHERE id = ?",
                [(maybe_micros(following(chat)), chat.id) for chat in chats],
            )
            return len(chats)

        return await self._db.write(work)


async def _doubtful(db: Connection, chat_id: int, subject_ids: Sequence[int]) -> set[int]:
    """Return which of these a chat may have already.

    A post of them had no answer, and none arrived surely.
    """
    rows = await db.rows(_DOUBTFUL, json.dumps(list(subject_ids)), chat_id)
    return {number for (number,) in rows}


def _once(stories: Sequence[DigestStory]) -> list[DigestStory]:
    """Return stories without all but the first report of each article."""
    first: dict[int, int] = {}
    for one in stories:
        first[one.article.id] = min(one.subject.id, first.get(one.article.id, one.subject.id))
    return [one for one in stories if first[one.article.id] == one.subject.id]


async def _untold(db: Connection, chat_id: int, stories: Sequence[DigestStory]) -> list[DigestStory]:
    """Return each article once, without those told.

    An article is told if the chat has another report of it.
    """
    others = await report_rows.others(db, [one.subject.id for one in stories if one.joined])
    told = {number for number, reports in others.items() if await report_rows.is_live(db, chat_id, reports)}
    return _once([one for one in stories if one.subject.id not in told])


async def _begin(
    db: Connection, chats: Sequence[Chat], now: datetime, following: Callable[[Chat], datetime | None]
) -> None:
    covered = int((await db.rows(_COVERED))[0][0])
    windows = await _windows(db, chats, covered)
    due = [
        [chat.id, windows[chat.id][1], maybe_micros(following(chat)), maybe_micros(chat.digest_at), chat.digest_from]
        for chat in chats
    ]
    if len(await db.rows(_FIRE, json.dumps(due))) < len(due):
        # A chat's people, or a row that was left, set its digest anew meanwhile.
        raise ConflictError("a digest's window was moved meanwhile. Nothing is lost; try again.")
    number = await subject_rows.add(db, SubjectKind.DIGEST, now)
    await db.many(
        "INSERT INTO digests (subject_id, chat_id, from_id, to_id) VALUES (?, ?, ?, ?)",
        [(number, chat, *window) for chat, window in windows.items()],
    )
    await db.many(
        "INSERT INTO deliveries (subject_id, chat_id, account, lane, rank, state) VALUES (?, ?, ?, ?, ?, 'waiting')",
        [(number, chat.id, chat.account, Lane.DIGEST.value, chat.id) for chat in chats],
    )


async def _windows(db: Connection, chats: Sequence[Chat], covered: int) -> dict[int, tuple[int, int]]:
    """Return each chat's window since its last digest.

    A digest that still waits gives its own window and is not sent any more.
    """
    rows = await db.rows(_SUPERSEDED, json.dumps([chat.id for chat in chats]))
    earlier: dict[int, int] = dict(await db.rows(_EARLIER, json.dumps([list(row) for row in rows]))) if rows else {}
    windows: dict[int, tuple[int, int]] = {}
    for chat in chats:
        start = covered if chat.digest_from is None else chat.digest_from
        start = min(start, earlier.get(chat.id, start))
        windows[chat.id] = (start, max(start, covered))
    return windows
