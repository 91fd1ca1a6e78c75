"""Writes a subject's rows, a window of chats at a time.

One transaction for a million matches holds every other writer up for two seconds; windows cost the same in all and a
few milliseconds each. The primary key makes a window that is repeated after a crash harmless.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.values.chats import ChatKind, Mode, TermKind
from bot.values.delivery import Fanout, Lane, SubjectState, Wave, Why
from storage.chats import accounts, appearances
from storage.delivery.subjects import HEARS_BREAKING
from storage.driver import row_locks
from storage.driver.connection import DatabaseEngine, Latch, micros
from storage.matching.offers import RANKS
from storage.rows import report_rows
from storage.rows.fields import Fields

if TYPE_CHECKING:
    from datetime import datetime

    from storage.driver.connection import Connection, Database

EDITED = 5000
"""Rows of a subject in one step of a wave of edits: 45 ms at worst, measured over a million."""
WINDOW = 2000
"""Chat numbers in one step on a server, where nobody waits for its end: 100,000 matches in .96 s, bare .40."""
OPINION = "opinion"
_ORDER = {Wave.BREAKING: 0, Wave.EDIT: 1, Wave.DIGESTS: 2, Wave.NOTE: 3, Wave.FIRST: 4, Wave.APPEARANCES: 5}
_BASE = 2**40
# Channels, then groups, then private chats; among them from a random point of the ring, so that not always the same
# reader is the last of an hour.
_RANK = (
    f"(CAST(CASE c.kind WHEN '{ChatKind.CHANNEL}' THEN 0 WHEN '{ChatKind.GROUP}' THEN 1 ELSE 2 END AS BIGINT) << 40) "
    "| ((c.id + ?) & 1073741823)"
)
# A chat that follows an article by several terms gets one row: its place is that of the nearest term, its mode the
# strongest, and one exclusion wins over all. Chats are read after the grouping, once each, and not sorted with it.
_HITS = (
    "SELECT s.chat_id, max(s.exclude) AS excluded, max(CASE WHEN s.exclude = 1 THEN 0 ELSE s.mode END) AS own, "
    "max(CASE WHEN s.mode = 0 AND s.exclude = 0 THEN 1 ELSE 0 END) AS as_chat, "
    f"max(CASE WHEN s.exclude = 1 THEN -1 ELSE CAST(o.value AS BIGINT) END * {_BASE} + s.place_id) AS place "
    "FROM pairs(?) o CROSS JOIN subscriptions s ON s.term_id = CAST(o.key AS BIGINT) "
    "AND s.chat_id > ? AND s.chat_id <= ? GROUP BY s.chat_id"
)
_AT_ONCE = f"h.excluded = 0 AND greatest(h.own, h.as_chat * c.mode) >= {Mode.NOW:d}"
# Who has another report of the same article is not told of it again.
_HAS_OTHER = report_rows.has_one("c.id", report_rows.KEPT)
_INSERT = "INSERT INTO deliveries (subject_id, chat_id, account, place_id, lane, rank, state, matched) "
_FIRST = (
    f"{_INSERT} SELECT ?, c.id, c.account, h.place & {_BASE - 1}, {Lane.NORMAL:d}, {_RANK}, 'waiting', 1 "
    f"FROM ({_HITS}) h CROSS JOIN chats c ON c.id = h.chat_id "
    f"WHERE {_AT_ONCE} AND c.state = 'active' "
    f"AND NOT (c.kind = '{ChatKind.PRIVATE}' AND c.account IN (SELECT value FROM texts(?))) "
    f"AND NOT {_HAS_OTHER} ON CONFLICT (subject_id, chat_id) DO NOTHING"
)
_SOON = (
    "UPDATE chats SET digest_from = CASE WHEN digest_at IS NULL THEN ? ELSE digest_from END, "
    "digest_at = least(coalesce(digest_at, 1), 1) "
    f"WHERE id IN (SELECT h.chat_id FROM ({_HITS}) h CROSS JOIN chats c ON c.id = h.chat_id WHERE {_AT_ONCE}) "
    f"AND state = 'active' AND kind = '{ChatKind.PRIVATE}' AND account IN (SELECT value FROM texts(?)) "
    "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.subject_id = ? AND d.chat_id = chats.id) "
    f"AND NOT {report_rows.has_one('chats.id', report_rows.KEPT)}"
)
# Who has it already (in a message, or in a digest whose window it fell into) is not told again; a row that waits, or
# that was left and not yet told, comes as breaking news now.
_BREAKING = (
    f"{_INSERT} SELECT ?, c.id, c.account, coalesce(h.place, 0) & {_BASE - 1}, {Lane.BREAKING:d}, {_RANK}, 'waiting', "
    f"CASE WHEN h.chat_id IS NULL THEN 0 ELSE 1 END FROM chats c LEFT JOIN ({_HITS}) h ON h.chat_id = c.id "
    f"WHERE c.id > ? AND c.id <= ? AND {HEARS_BREAKING} AND coalesce(h.excluded, 0) = 0 "
    "AND (h.chat_id IS NOT NULL OR c.breaking <> 'mine') "
    "AND NOT EXISTS (SELECT 1 FROM digests g WHERE g.chat_id = c.id AND g.to_id >= ? AND g.from_id < ? "
    f"AND h.chat_id IS NOT NULL) AND NOT {_HAS_OTHER} "
    f"ON CONFLICT (subject_id, chat_id) DO UPDATE SET lane = {Lane.BREAKING:d}, state = 'waiting', due_at = 0 "
    "WHERE deliveries.message_id IS NULL AND (deliveries.state = 'waiting' "
    "OR (deliveries.state = 'left' AND deliveries.round_id IS NULL))"
)
# What lies in chats from a bot that runs no more can be changed by nobody.
_RETIRED = f"account IN {accounts.RETIRED}"
_TO_BE_EDITED = (
    f"state = CASE WHEN {_RETIRED} THEN 'sent' ELSE 'waiting' END, reason = CASE WHEN {_RETIRED} THEN '{Why.MOVED}' END"
)
_EDIT = (
    f"UPDATE deliveries SET {_TO_BE_EDITED}, lane = ?, due_at = 0, tries = 0 WHERE subject_id = ? "
    "AND chat_id IN (SELECT chat_id FROM deliveries WHERE subject_id = ? AND chat_id > ? ORDER BY chat_id LIMIT ?) "
    "AND state = 'sent' AND message_id IS NOT NULL AND shown < ?"
)
_NOTE = (
    f"{_INSERT} SELECT ?, d.chat_id, d.account, d.place_id, {Lane.BROADCAST:d}, d.rank, 'waiting', 1 FROM deliveries d "
    "WHERE d.subject_id IN (SELECT value FROM ints(?)) AND d.chat_id > ? AND d.chat_id <= ? "
    f"AND d.message_id IS NOT NULL AND d.account NOT IN {accounts.RETIRED} "
    "ON CONFLICT (subject_id, chat_id) DO NOTHING"
)
_ROUNDS = (
    "SELECT d.subject_id, d.chat_id, d.items FROM digests d "
    "WHERE d.chat_id > ? AND d.chat_id <= ? AND d.to_id >= ? AND d.from_id < ?"
)
_SERVER = DatabaseEngine.POSTGRESQL


@dataclass(frozen=True, slots=True)
class SpreadSubject:
    """A subject that is being spread, as it is now."""

    cursor: int
    done: bool
    state: SubjectState
    ring: int
    """Where the ring of chats begins: not always the same reader is the last."""
    version: int
    parent_id: int | None
    article_id: int | None


_FANOUT = Fields(Fanout, "f")
_SPREAD = Fields(SpreadSubject, "s", named={"cursor": "f.cursor", "done": "f.done"})


class Fanouts:
    """See bot.ports.delivery.Fanouts."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database
        self.window = WINDOW if database.engine is _SERVER else None

    async def pending(self, now: datetime) -> list[Fanout]:
        """Return what is to be spread now, the most urgent first."""
        rows = await self._db.read(
            lambda db: db.rows(
                f"SELECT {_FANOUT.columns} FROM fanouts f WHERE f.done = 0 AND f.due_at <= ?", micros(now)
            )
        )
        return sorted(map(_FANOUT.read, rows), key=lambda one: (_ORDER[one.wave], one.subject_id))

    async def step(self, fanout: Fanout, width: int, backlog: frozenset[str]) -> tuple[Fanout, int] | None:
        """Write the rows of the next ``width`` chat numbers."""
        return await self._db.write(lambda db: _step(db, fanout, width, backlog))

    async def waiting(self) -> dict[str, int]:
        """Return how many rows wait for each account."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT account, count(*) FROM deliveries INDEXED BY deliveries_due "
                "WHERE state = 'waiting' AND due_at = 0 GROUP BY account"
            )
        )
        return dict(rows)


async def _step(db: Connection, fanout: Fanout, width: int, backlog: frozenset[str]) -> tuple[Fanout, int] | None:
    number, low = fanout.subject_id, fanout.cursor
    row = await db.row(
        f"SELECT {_SPREAD.columns} FROM fanouts f JOIN subjects s ON s.id = f.subject_id "
        "WHERE f.subject_id = ? AND f.wave = ? FOR UPDATE OF f SKIP LOCKED",
        *(number, fanout.wave.value),
    )
    subject = _SPREAD.read(row) if row else None
    if subject is None:
        return None
    if subject.done:
        return Fanout(number, fanout.wave, low, done=True), 0
    await db.latch(Latch.CHATS, shared=True)
    low = subject.cursor
    high = low + width
    others = json.dumps([one for one in await report_rows.reports(db, number) if one != number])
    match fanout.wave:
        case Wave.FIRST:
            written = await _first(db, number, subject.ring, low, high, backlog, others)
        case Wave.BREAKING:
            written = await _breaking(db, number, subject.ring, low, high, others)
        case Wave.EDIT:
            high, written = await _edit(db, number, subject, low)
        case Wave.DIGESTS:
            written = await _digests(db, number, subject.state, low, high)
        case Wave.NOTE:
            parents = json.dumps(await report_rows.reports(db, subject.parent_id or 0))
            written = await db.changed(_NOTE, number, parents, low, high)
        case Wave.APPEARANCES:
            high, written = await appearances.want(db, subject.article_id or 0, low)
    over = "appearances" if fanout.wave is Wave.APPEARANCES else "chats"
    rows = await db.rows(
        f"UPDATE fanouts SET cursor = ?, done = CASE WHEN ? >= (SELECT coalesce(max(id), 0) FROM {over}) THEN 1 "
        "ELSE 0 END WHERE subject_id = ? AND wave = ? RETURNING done",
        *(high, high, number, fanout.wave.value),
    )
    if written:
        db.rouse()
    return Fanout(number, fanout.wave, high, done=bool(rows[0][0])), written


async def _first(  # noqa: PLR0917 - as the step has them
    db: Connection, number: int, ring: int, low: int, high: int, backlog: frozenset[str], others: str
) -> int:
    terms = await _terms(db, number, at_once=True)
    full = json.dumps(sorted(backlog))
    written = await db.changed(_FIRST, number, ring, terms, low, high, full, others)
    if backlog:
        soon = await db.changed(_SOON, number - 1, terms, low, high, full, number, others)
        if soon:
            await db.rows(
                "UPDATE fanouts SET left_reason = ? WHERE subject_id = ? AND wave = 'first'", Why.BACKLOG.value, number
            )
    return written


async def _breaking(  # noqa: PLR0917 - as the step has them
    db: Connection, number: int, ring: int, low: int, high: int, others: str
) -> int:
    terms = await _terms(db, number)
    return await db.changed(_BREAKING, number, ring, terms, low, high, low, high, number, number, others)


async def _terms(db: Connection, number: int, *, at_once: bool = False) -> str:
    """Write a subject's terms with their ranks.

    An opinion comes at once to those alone who asked for it by name.
    """
    rows = await db.rows(
        "SELECT t.id, t.kind, a.topic FROM subject_terms o JOIN terms t ON t.id = o.term_id "
        "JOIN subjects s ON s.id = o.subject_id LEFT JOIN articles a ON a.id = s.article_id WHERE o.subject_id = ?",
        number,
    )
    wide = (TermKind.ALL, TermKind.OUTLET)
    return json.dumps(
        {
            term: RANKS[TermKind(kind)]
            for term, kind, topic in rows
            if not (at_once and topic == OPINION and kind in wide)
        }
    )


async def _edit(db: Connection, number: int, subject: SpreadSubject, low: int) -> tuple[int, int]:
    lane = Lane.WITHDRAWAL if subject.state is SubjectState.WITHDRAWN else Lane.CORRECTION
    last = await db.row(
        "SELECT max(chat_id) FROM (SELECT chat_id FROM deliveries WHERE subject_id = ? AND chat_id > ? "
        "ORDER BY chat_id LIMIT ?) y",
        *(number, low, EDITED),
    )
    high = last[0] if last and last[0] is not None else 2**62
    written = await db.changed(_EDIT, lane.value, number, number, low, EDITED, subject.version)
    return high, written


async def _digests(db: Connection, number: int, state: SubjectState, low: int, high: int) -> int:
    """Draw again the digests that show a story.

    They are those of these chats that were sent or are on their way.
    """
    window = (low, high, number, number)
    rounds = {round_id for round_id, *_ in await db.rows(_ROUNDS, *window)} if db.engine is _SERVER else set()
    # One that is being settled is seen before or after, never between: what stands in it is read behind this.
    await row_locks.own(db, "subjects", rounds)
    rows = await db.rows(_ROUNDS, *window)
    shown = [(round_id, chat) for round_id, chat, items in rows if items and number in json.loads(items)]
    flying = {round_id for round_id, _, items in rows if items is None}
    for round_id in sorted(flying | {round_id for round_id, _ in shown}):
        await db.rows("UPDATE subjects SET version = version + 1, must = version + 1 WHERE id = ?", round_id)
    lane = Lane.WITHDRAWAL if state is SubjectState.WITHDRAWN else Lane.CORRECTION
    await db.many(
        f"UPDATE deliveries SET {_TO_BE_EDITED}, lane = {lane:d}, due_at = 0, tries = 0 "
        "WHERE subject_id = ? AND chat_id = ? AND state = 'sent' AND message_id IS NOT NULL",
        sorted(shown),
    )
    await db.many(
        "INSERT INTO touched_digests (subject_id, chat_id, round_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(number, chat, round_id) for round_id, chat in shown],
    )
    return len(shown)
