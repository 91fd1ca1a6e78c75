"""Tags as outlets gave them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from bot.model import Tag
from storage.connection import micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from storage.connection import Connection
    from storage.sqlite import Database

WEEK = timedelta(days=7)
_COUNT = "(SELECT count(*) FROM article_tags x WHERE x.tag_id = t.id)"


async def put(db: Connection, article_id: int, at: int, names: Iterable[str]) -> None:
    """Give an article these tags, in place of those it had."""
    await db.rows("DELETE FROM article_tags WHERE article_id = ?", article_id)
    for name in names:
        shown = display(name).strip()
        await db.rows("INSERT INTO tags (key, name) VALUES (?, ?) ON CONFLICT DO NOTHING", key(shown), shown)
        await db.rows(
            "INSERT INTO article_tags (tag_id, at, article_id) SELECT id, ?, ? FROM tags WHERE key = ? "
            "ON CONFLICT DO NOTHING",
            *(at, article_id, key(shown)),
        )


class Tags:
    """See bot.ports.Tags."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def find(self, keys: Sequence[str]) -> Tag | None:
        """Return the tag with articles whose key stands first in ``keys``."""

        async def work(db: Connection) -> Tag | None:
            for wanted in keys:
                row = await db.row(f"SELECT t.id, t.key, t.name, {_COUNT} FROM tags t WHERE t.key = ?", wanted)
                if row and row[3]:
                    return Tag(*row)
            return None

        return await self._db.read(work)

    async def busiest(self, now: datetime, limit: int) -> list[Tag]:
        """Return the tags with most articles in the last seven days; if there are none, of all time."""

        async def work(db: Connection) -> list[Tag]:
            # The plus keeps SQLite from walking every tag of all time in the order of their numbers.
            for since in (micros(now - WEEK), 0):
                rows = await db.rows(
                    "SELECT t.id, t.key, t.name, n FROM (SELECT tag_id, count(*) n FROM article_tags WHERE at >= ? "
                    "GROUP BY +tag_id ORDER BY n DESC LIMIT ?) JOIN tags t ON t.id = tag_id ORDER BY n DESC, t.name",
                    *(since, limit),
                )
                if rows:
                    return [Tag(*row) for row in rows]
            return []

        return await self._db.read(work)
