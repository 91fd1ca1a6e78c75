"""Chats and what they chose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.model import DHAKA, Chat, Cursor, Language, Query, Shown, Subject, Target
from storage.connection import micros, moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.connection import Connection, Row
    from storage.sqlite import Database

COLUMNS = "id, platform, external_id, language, zone, shown, today_seen"


def chat(row: Row) -> Chat:
    """Read a chat from the columns above."""
    number, platform, external_id, language, zone, shown, today_seen = row
    return Chat(number, platform, external_id, Language(language), zone, _read(shown), today_seen)


async def find(db: Connection, target: Target) -> Chat | None:
    """Return the chat at that address."""
    row = await db.row(
        f"SELECT {COLUMNS} FROM chats WHERE platform = ? AND external_id = ?",
        *(target.platform, target.external_id),
    )
    return chat(row) if row else None


class Chats:
    """See bot.ports.Chats."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def ensure(self, target: Target, now: datetime) -> Chat:
        """Return the chat at that address, made with the defaults if it is new."""
        known = await self._db.read(lambda db: find(db, target))
        if known is not None:
            return known

        async def work(db: Connection) -> Chat:
            await db.rows(
                "INSERT INTO chats (platform, external_id, language, zone, created_at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                *(target.platform, target.external_id, Language.BANGLA.value, DHAKA, micros(now)),
            )
            row = await db.row(
                f"SELECT {COLUMNS} FROM chats WHERE platform = ? AND external_id = ?",
                *(target.platform, target.external_id),
            )
            return chat(row or ())

        return await self._db.write(work)

    async def set_language(self, chat_id: int, language: Language) -> None:
        """Answer this chat in another language from now on."""
        await self._db.write(lambda db: db.rows("UPDATE chats SET language = ? WHERE id = ?", language.value, chat_id))

    async def remember(self, chat_id: int, shown: Shown) -> None:
        """Keep the list last shown."""
        await self._db.write(lambda db: db.rows("UPDATE chats SET shown = ? WHERE id = ?", _write(shown), chat_id))

    async def seen_today(self, chat_id: int, article_id: int) -> None:
        """Keep up to which article this chat has looked at the day."""
        await self._db.write(
            lambda db: db.rows("UPDATE chats SET today_seen = max(today_seen, ?) WHERE id = ?", article_id, chat_id)
        )


def _write(shown: Shown) -> str:
    cursor = [micros(shown.cursor.at), shown.cursor.id] if shown.cursor else None
    query = [shown.query.subject.value, shown.query.value, shown.query.name]
    return json.dumps({"ids": shown.ids, "query": query, "cursor": cursor}, ensure_ascii=False)


def _read(stored: str | None) -> Shown | None:
    if stored is None:
        return None
    values = json.loads(stored)
    subject, value, name = values["query"]
    cursor = Cursor(moment(values["cursor"][0]), values["cursor"][1]) if values["cursor"] else None
    return Shown(tuple(values["ids"]), Query(Subject(subject), value, name), cursor)
