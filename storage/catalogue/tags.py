"""Tags: as outlets gave them, under one name whatever the spelling."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from bot.values.articles import Tag
from storage.driver.connection import micros
from storage.rows.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.driver.connection import Connection, Database, Of, Statement

WEEK = timedelta(days=7)
NAMED = "coalesce((SELECT l.tag_id FROM tag_aliases l WHERE l.key = ?), (SELECT g.id FROM tags g WHERE g.key = ?))"
"""The tag that goes by a key, which is asked for twice; a spelling comes before a tag that is still being joined."""
_TAG = Fields(Tag, "t", named={"articles": "(SELECT count(*) FROM article_tags x WHERE x.tag_id = t.id)"})
_BUSY = Fields(Tag, "t", named={"articles": "b.n"})
_SELECT = f"SELECT {_TAG.columns} FROM tags t"


_MAKE = (
    "INSERT INTO tags (key, name) SELECT j.value ->> 0, j.value ->> 1 FROM items(?) j "
    "WHERE NOT EXISTS (SELECT 1 FROM tag_aliases l WHERE l.key = j.value ->> 0) "
    "AND NOT EXISTS (SELECT 1 FROM tags g WHERE g.key = j.value ->> 0) ORDER BY 1 ON CONFLICT DO NOTHING"
)
_GIVE = (
    "INSERT INTO article_tags (tag_id, at, article_id, place) SELECT coalesce(l.tag_id, g.id), ?, ?, j.key "
    "FROM texts(?) j LEFT JOIN tag_aliases l ON l.key = j.value LEFT JOIN tags g ON g.key = j.value "
    "WHERE true ORDER BY j.key ON CONFLICT DO NOTHING"
)


async def put(db: Connection, article_id: int, at: int, names: Sequence[str]) -> None:
    """Give an article these tags in place of those it had.

    Several spellings of one tag are one.
    """
    gone: Statement = ("DELETE FROM article_tags WHERE article_id = ?", (article_id,))
    keys = [key(display(name).strip()) for name in names]
    await db.together([gone, *new(names, keys), *given(article_id, at, keys)])


def new(names: Sequence[str], keys: Sequence[str]) -> list[Statement]:
    """Write what makes tags of names that are none yet."""
    shown = [[folded, display(name).strip()] for folded, name in zip(keys, names, strict=True)]
    return [(_MAKE, (json.dumps(shown, ensure_ascii=False),))] if shown else []


def given(article_id: int | Of, at: int, keys: Sequence[str]) -> list[Statement]:
    """Write what gives an article without tags these."""
    return [(_GIVE, (at, article_id, json.dumps(list(keys), ensure_ascii=False)))] if keys else []


async def ensure(db: Connection, name: str) -> int:
    """Return the tag of that name, made if there is none."""
    shown = display(name).strip()
    known = await resolve(db, key(shown))
    if known is not None:
        return known
    row = await db.row("INSERT INTO tags (key, name) VALUES (?, ?) RETURNING id", key(shown), shown)
    return int(row[0]) if row else 0


async def resolve(db: Connection, folded: str) -> int | None:
    """Return the tag that goes by a key."""
    row = await db.row(f"SELECT {NAMED}", folded, folded)
    return row[0] if row else None


class Tags:
    """See bot.ports.archive.Tags."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def find(self, keys: Sequence[str]) -> Tag | None:
        """Return the tag of the first key in ``keys``.

        It must have articles; a hidden tag does not count.
        """

        async def work(db: Connection) -> Tag | None:
            for wanted in keys:
                row = await db.row(f"{_SELECT} WHERE t.id = {NAMED} AND t.hidden = 0", wanted, wanted)
                tag = _TAG.read(row) if row else None
                if tag is not None and tag.articles:
                    return tag
            return None

        return await self._db.read(work)

    async def named(self, name: str) -> Tag | None:
        """Return the tag that goes by a name.

        It may be hidden or have no articles.
        """
        row = await self._db.read(lambda db: db.row(f"{_SELECT} WHERE t.id = {NAMED}", key(name), key(name)))
        return _TAG.read(row) if row else None

    async def get(self, tag_id: int) -> Tag | None:
        """Return a tag by its number.

        If it was joined to another tag, return that one.
        """
        number = "coalesce((SELECT f.tag_id FROM former_tags f WHERE f.id = ?), ?)"
        row = await self._db.read(lambda db: db.row(f"{_SELECT} WHERE t.id = {number}", tag_id, tag_id))
        return _TAG.read(row) if row else None

    async def busiest(self, now: datetime, limit: int) -> list[Tag]:
        """Return the tags with most articles of seven days.

        If there are none, all articles count.
        """

        async def work(db: Connection) -> list[Tag]:
            # The plus keeps SQLite from walking every tag of all time in the order of their numbers.
            for since in (micros(now - WEEK), 0):
                rows = await db.rows(
                    f"SELECT {_BUSY.columns} FROM (SELECT +tag_id AS tag_id, count(*) n "
                    "FROM article_tags WHERE at >= ? "
                    "AND tag_id NOT IN (SELECT h.id FROM tags h WHERE h.hidden = 1) "
                    "GROUP BY +tag_id ORDER BY n DESC LIMIT ?) b JOIN tags t ON t.id = b.tag_id "
                    "ORDER BY b.n DESC, t.name",
                    *(since, limit),
                )
                if rows:
                    return [_BUSY.read(row) for row in rows]
            return []

        return await self._db.read(work)

    async def hidden(self, limit: int) -> list[Tag]:
        """Return tags that are hidden, the youngest first."""
        hidden = f"{_SELECT} WHERE t.hidden = 1 ORDER BY t.id DESC LIMIT ?"
        rows = await self._db.read(lambda db: db.rows(hidden, limit))
        return [_TAG.read(row) for row in rows]

    async def followers(self, name: str) -> int:
        """Return how many chats follow what goes by a name."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT count(*) FROM subscriptions s JOIN terms t ON t.id = s.term_id WHERE s.exclude = 0 "
                f"AND t.kind = 'tag' AND t.value = coalesce((SELECT o.key FROM tags o WHERE o.id = {NAMED}), ?)",
                *(key(name), key(name), key(name)),
            )
        )
        return int(rows[0][0])
