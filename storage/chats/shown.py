"""Keeps what was shown to whom.

It keeps lists by their ids, and each person's last list, labels and open question in a chat.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values import call_text
from bot.values.articles import QueryKind
from bot.values.calls import OpenQuestion
from bot.values.lists import LastShown, Listed
from storage.driver.connection import micros, moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.driver.connection import Connection, Database, Row

PAGE = 1000
KEPT = timedelta(days=90)
"""Since a list was last drawn."""
_LAST = (
    "SELECT (SELECT labels FROM shown WHERE chat_id = ? AND person = ?), (SELECT l.state FROM shown s "
    "JOIN lists l ON l.id = s.list_id WHERE s.chat_id = ? AND s.person IN (?, '') "
    "ORDER BY s.at DESC, s.person DESC LIMIT 1), q.call, q.missing, q.until "
    "FROM (SELECT 1) o LEFT JOIN questions q ON q.chat_id = ? AND q.person = ?"
)


async def keep(db: Connection, chat_id: int, person: str, shown: LastShown, now: datetime) -> None:
    """Keep what somebody was shown last."""
    listed, labels = shown.listed, json.dumps([[label, call_text.write(call)] for label, call in shown.labels])
    if listed is not None:
        await db.rows(
            "INSERT INTO lists (id, state, drawn_at) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET drawn_at = excluded.drawn_at",
            *(listed.id, listed.write(), micros(now)),
        )
    await db.rows(
        "INSERT INTO shown (chat_id, person, list_id, labels, at) SELECT id, ?, ?, ?, ? FROM chats WHERE id = ? "
        "ON CONFLICT (chat_id, person) DO UPDATE SET labels = excluded.labels, "
        "list_id = coalesce(excluded.list_id, shown.list_id), "
        "at = CASE WHEN excluded.list_id IS NULL THEN shown.at ELSE excluded.at END",
        *(person, listed.id if listed is not None else None, labels, micros(now), chat_id),
    )
    if person:
        held = [(person, one) for one in sorted(_typed(shown))]
        await db.many("INSERT INTO typed (person, id) VALUES (?, ?) ON CONFLICT DO NOTHING", held)
    await db.rows("DELETE FROM questions WHERE chat_id = ? AND person = ?", chat_id, person)
    if (question := shown.question) is not None:
        await db.rows(
            "INSERT INTO questions (chat_id, person, call, missing, until) "
            "SELECT id, ?, ?, ?, ? FROM chats WHERE id = ? ON CONFLICT (chat_id, person) DO UPDATE SET "
            "call = excluded.call, missing = excluded.missing, until = excluded.until",
            *(person, call_text.write(question.call), question.missing, micros(question.until), chat_id),
        )


def _typed(shown: LastShown) -> list[str]:
    """Return the ids of lists and calls with typed words."""
    listed = shown.listed
    typed = listed is not None and (listed.query.kind is QueryKind.WORDS or bool(listed.query.without))
    lists = [listed.id] if listed is not None and typed else []
    return [*lists, *(call_text.call_id(call) for _, call in shown.labels if call_text.has_words(call))]


class Shown:
    """See bot.ports.chats.Shown."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def keep(self, chat_id: int, person: str, shown: LastShown, now: datetime) -> None:
        """Keep what somebody was shown last."""
        await self._db.write(lambda db: keep(db, chat_id, person, shown, now))

    async def last(self, chat_id: int, person: str) -> LastShown:
        """Return what somebody was shown last.

        A list that everybody was shown since counts as theirs.
        """

        async def work(db: Connection) -> LastShown:
            labels, listed, call, missing, until = await db.row(_LAST, *[chat_id, person] * 3) or (None,) * 5
            return LastShown(
                Listed.read(listed) if listed is not None else None,
                tuple((label, call_text.read(does)) for label, does in json.loads(labels or "[]")),
                OpenQuestion(call_text.read(call), missing, moment(until)) if call is not None else None,
            )

        return await self._db.read(work)

    async def listed(self, list_id: str) -> Listed | None:
        """Return the list of an id."""
        row = await self._db.read(lambda db: db.row("SELECT state FROM lists WHERE id = ?", list_id))
        return Listed.read(row[0]) if row else None

    async def purge(self, now: datetime) -> None:
        """Forget lists that have not been drawn for so long."""
        await self._db.write(lambda db: db.rows("DELETE FROM lists WHERE drawn_at < ?", micros(now - KEPT)))
        last = ("", "")
        while page := await self._orphans(*last):
            rows, last = page, page[-1]
            await self._db.write(lambda db, rows=rows: db.many("DELETE FROM typed WHERE person = ? AND id = ?", rows))  # type: ignore[misc]

    async def _orphans(self, person: str, one: str) -> list[Row]:
        """Return whose words stood in what is gone, behind this one.

        Some at a time, so that nobody waits for all.
        """
        return await self._db.read(
            lambda db: db.rows(
                "SELECT t.person, t.id FROM typed t WHERE (t.person, t.id) > (?, ?) "
                "AND NOT EXISTS (SELECT 1 FROM lists l WHERE l.id = t.id) "
                "AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = t.id) ORDER BY t.person, t.id LIMIT ?",
                *(person, one, PAGE),
            )
        )
