"""The archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.model import Article, Cursor, Draft, Push, Query, Saved, Source, Subject
from storage import saving, words
from storage.article_rows import SAMPLE, SELECT, SHOWN, article
from storage.connection import micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.connection import Connection, Row
    from storage.sqlite import Database

LATEST_HITS = 500
"""Of the articles that hold some words, so many are put in order: the newest by number, which grows with time. A common
word in a large archive must not cost a look at every article that has it."""
_END = (2**63 - 1, 2**63 - 1)


class Articles:
    """See bot.ports.Articles."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def save(self, draft: Draft, source: Source, now: datetime, *, push: Push) -> Saved:
        """Store a draft with all that follows from it."""
        return await self._db.write(lambda db: saving.save(db, draft, source, now, push=push))

    async def unknown(self, drafts: Sequence[Draft]) -> int:
        """Return how many of these share no alias with anything stored."""

        async def work(db: Connection) -> int:
            return sum([not await saving.find(db, draft.aliases) for draft in drafts])

        return await self._db.read(work)

    async def get(self, article_id: int) -> Article | None:
        """Return one article, following it if it was joined to an older one."""
        row = await self._db.read(
            lambda db: db.row(
                f"{SELECT} WHERE a.id = (SELECT coalesce(merged_into, id) FROM articles WHERE id = ?)",
                article_id,
            )
        )
        return article(row) if row else None

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        """Return the articles that exist, in the order asked for."""
        found = [await self.get(number) for number in article_ids]
        return [one for one in found if one is not None]

    async def page(self, query: Query, limit: int, after: Cursor | None = None) -> list[Article]:
        """Return a page of the archive, newest first."""
        start = (micros(after.at), after.id) if after else _END
        rows = await self._db.read(lambda db: _page(db, query, start, limit))
        return [article(row) for row in rows]

    async def count(self) -> int:
        """Return how many articles there are, samples left out."""
        rows = await self._db.read(
            lambda db: db.rows(
                # All from an index less the samples: asked in one, it read every article (100,000: 140 ms, cold 4 s).
                f"SELECT (SELECT count(*) FROM articles a WHERE {SHOWN}) - (SELECT count(*) FROM articles a "
                f"WHERE {SHOWN} AND a.source_id IN (SELECT id FROM sources WHERE address IS NULL AND kind = ?))",
                SAMPLE,
            )
        )
        return int(rows[0][0])

    async def newest(self) -> Article | None:
        """Return the article that came last."""
        row = await self._db.read(lambda db: db.row(f"{SELECT} WHERE {SHOWN} ORDER BY a.id DESC LIMIT 1"))
        return article(row) if row else None


async def _page(db: Connection, query: Query, start: tuple[int, int], limit: int) -> list[Row]:
    match query.subject:
        case Subject.LATEST:
            return await db.rows(
                f"{SELECT} WHERE {SHOWN} AND (a.at, a.id) < (?, ?) ORDER BY a.at DESC, a.id DESC LIMIT ?", *start, limit
            )
        case Subject.OUTLET:
            return await db.rows(
                f"{SELECT} WHERE {SHOWN} AND a.outlet_id = ? AND (a.at, a.id) < (?, ?) "
                "ORDER BY a.at DESC, a.id DESC LIMIT ?",
                *(int(query.value), *start, limit),
            )
        case Subject.TAG:
            return await db.rows(
                f"{SELECT} JOIN article_tags x ON x.article_id = a.id "
                f"WHERE {SHOWN} AND x.tag_id = (SELECT id FROM tags WHERE key = ?) AND (x.at, x.article_id) < (?, ?) "
                "ORDER BY x.at DESC, x.article_id DESC LIMIT ?",
                *(query.value, *start, limit),
            )
        case Subject.DIGEST:
            return []
        case Subject.WORDS:
            return await _holding(db, query.value, start, limit)


async def _holding(db: Connection, text: str, start: tuple[int, int], limit: int) -> list[Row]:
    match = words.match(text)
    if not match:
        return []
    return await db.rows(
        f"{SELECT} WHERE {SHOWN} AND a.id IN "
        "(SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT ?) "
        "AND (a.at, a.id) < (?, ?) ORDER BY a.at DESC, a.id DESC LIMIT ?",
        *(match, LATEST_HITS, *start, limit),
    )
