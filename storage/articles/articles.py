"""The archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.bangla.words import question
from bot.values.articles import Arrival, Article, Cursor, Query, QueryKind, TopicList
from storage.articles import saving, topic_list
from storage.driver.connection import maybe_micros, micros, moment
from storage.matching import about
from storage.rows.article_rows import SAMPLE, SELECT, SHOWN
from storage.rows.article_rows import article as as_article
from storage.search import headlines, index, ranking
from storage.search.expression import InHeadline, any_of
from storage.search.words import match_forms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports.rules import ArticleRules
    from bot.values.articles import Draft, Push, Saved, Sighting, SightingState, Source
    from storage.driver.connection import Connection, Database, Row


class Articles:
    """See bot.ports.archive.Articles."""

    def __init__(self, database: Database, rules: ArticleRules) -> None:
        """Work on this database, by these rules."""
        self._db = database
        self._rules = rules

    async def sift(self, sightings: Sequence[Sighting], source: Source) -> list[SightingState]:
        """Return what is known of each sighting of a source."""
        return await self._db.read(lambda db: saving.sift(db, sightings, source))

    async def save_all(self, arrivals: Sequence[Arrival], source: Source, now: datetime) -> list[Saved]:
        """Store drafts of a source with all that follows from them."""
        return await self._db.write(lambda db: saving.save_all(db, arrivals, source, now, self._rules))

    async def save(self, draft: Draft, source: Source, now: datetime, *, push: Push) -> Saved:
        """Store one draft with all that follows from it."""
        return (await self.save_all([Arrival(draft, push)], source, now))[0]

    async def get(self, article_id: int) -> Article | None:
        """Return one article.

        If it was joined to an older one, return that.
        """
        row = await self._db.read(
            lambda db: db.row(
                f"{SELECT} WHERE a.id = (SELECT coalesce(merged_into, id) FROM articles WHERE id = ?)",
                article_id,
            )
        )
        return as_article(row) if row else None

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        """Return the articles that exist, in the order asked for."""
        found = [await self.get(number) for number in article_ids]
        return [one for one in found if one is not None]

    async def page(self, query: Query, limit: int, after: Cursor | None = None) -> list[Article]:
        """Return a page of the archive, newest first."""
        rows = await self._db.read(lambda db: _page(db, query, after, limit))
        return [as_article(row) for row in rows]

    async def ranked(
        self, query: Query, limit: int, after: Cursor | None = None
    ) -> tuple[list[Article], Cursor | None]:
        """Return a page of what holds the words.

        The better answers first, and where the next page begins.
        """
        rows, cursor = await self._db.read(lambda db: _ranked(db, query, after, limit))
        return [as_article(row) for row in rows], cursor

    async def beside(self, article: Article, words: Sequence[str], limit: int) -> list[Article]:
        """Return the newest stories near one.

        They share a tag with it, or have any of these words in their headline.
        """
        rows = await self._db.read(lambda db: _beside(db, article.id, words, limit))
        return [as_article(row) for row in rows]

    async def how_many(self, query: Query) -> int:
        """Return how many of the newest articles hold the words."""
        return len(await self._db.read(lambda db: ranking.hits(db, query)))

    async def tally(self, query: Query) -> tuple[int, bool]:
        """Return how many of the newest hold the words.

        The flag tells whether all hold them far apart.
        """
        found = await self._db.read(lambda db: ranking.hits(db, query))
        return len(found), bool(found) and found[0].rank == ranking.APART

    async def headed(self, words: Sequence[str], limit: int) -> list[Article]:
        """Return the articles with these words in the headline.

        Those that hold the first of the words come first.
        """

        async def work(db: Connection) -> list[Row]:
            numbers = await headlines.headed(db, words, limit)
            rows = [await db.row(f"{SELECT} WHERE {SHOWN} AND a.id = ?", number) for number in numbers]
            return [row for row in rows if row]

        return [as_article(row) for row in await self._db.read(work)]

    async def at(self, address: str) -> Article | None:
        """Return the article of a canonical address."""
        found = await self._db.read(
            lambda db: db.row(
                "SELECT article_id FROM aliases WHERE scope = '' AND kind = 'address' AND value = ?", address
            )
        )
        return await self.get(found[0]) if found else None

    async def topic(self, query: Query, limit: int, now: datetime) -> TopicList:
        """Return a topic's first page with what is told of it."""
        return await self._db.read(lambda db: topic_list.first_page(db, query, _dated(query), limit, now))

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
        return as_article(row) if row else None

    async def oldest(self) -> Article | None:
        """Return the article whose date is the earliest."""
        row = await self._db.read(lambda db: db.row(f"{SELECT} WHERE {SHOWN} ORDER BY a.at, a.id LIMIT 1"))
        return as_article(row) if row else None


async def _page(db: Connection, query: Query, after: Cursor | None, limit: int) -> list[Row]:
    start = (micros(after.at), after.id) if after else topic_list.BEGINNING
    dated = _dated(query)
    within, topic = ("AND a.topic = ?", (query.topic,)) if query.topic else ("", ())
    match query.kind:
        case QueryKind.LATEST:
            return await topic_list.newest_of(db, "", *dated, *start, limit)
        case QueryKind.OUTLET:
            return await topic_list.newest_of(
                db, f"AND a.outlet_id = ? {within}", int(query.value), *topic, *dated, *start, limit
            )
        case QueryKind.TOPIC | QueryKind.TAG:
            named = await about.of(db, query)
            headed = await about.headed(db, named)
            return await topic_list.page(db, named, headed, dated, start, limit, section=query.topic)
        case QueryKind.DIGEST:
            return []
        case QueryKind.WORDS:
            return (await _ranked(db, query, after, limit))[0]


def _dated(query: Query) -> topic_list.Span:
    first, last = topic_list.ALWAYS
    return maybe_micros(query.since) or first, maybe_micros(query.until) or last


async def _ranked(db: Connection, query: Query, after: Cursor | None, limit: int) -> tuple[list[Row], Cursor | None]:
    found = await ranking.hits(db, query)
    if after is not None:
        behind = ranking.RankedHit(after.rank, -micros(after.at), -after.id)
        found = [hit for hit in found if hit > behind]
    page = found[:limit]
    numbers = json.dumps([hit.id for hit in page])
    rows = {row[0]: row for row in await db.rows(f"{SELECT} WHERE a.id IN (SELECT value FROM ints(?))", numbers)}
    last = page[-1] if len(found) > limit else None
    return [rows[hit.id] for hit in page if hit.id in rows], Cursor(
        moment(-last.before), last.id, last.rank
    ) if last else None


_TAGGED_ALIKE = (
    "SELECT n.id FROM (SELECT x.article_id id FROM article_tags x WHERE x.tag_id IN "
    "(SELECT y.tag_id FROM article_tags y WHERE y.article_id = ?) ORDER BY x.at DESC LIMIT ?) n"
)


async def _beside(db: Connection, number: int, words: Sequence[str], limit: int) -> list[Row]:
    select = f"{SELECT} WHERE {SHOWN} AND a.id <> ? AND a.id IN"
    rows = await db.rows(f"{select} ({_TAGGED_ALIKE})", number, number, limit)
    if match := any_of(filter(None, map(match_forms, map(question, words)))):
        found = await index.newest(db, InHeadline(match), limit)
        rows += await db.rows(f"{select} (SELECT value FROM ints(?))", number, json.dumps(found))
    return list({row[0]: row for row in rows}.values())
