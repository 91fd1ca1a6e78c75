"""A topic's list, and what its first page tells of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.words import question
from bot.values.articles import TopicList
from storage.driver.connection import micros
from storage.matching import about
from storage.matching.terms import DAYS
from storage.rows.article_rows import SELECT, SHOWN, article
from storage.search import index, index_query, ranking

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.values.articles import Query
    from storage.driver.connection import Connection, Row
    from storage.matching.about import About

Span = tuple[int, int]
"""From when to when, or a place in the order (at, id)."""
ALWAYS: Span = (0, 2**63 - 1)
BEGINNING: Span = (2**63 - 1, 2**63 - 1)
"""The place before the newest article."""
_PAGE = "AND a.at >= ? AND a.at < ? AND (a.at, a.id) < (?, ?) ORDER BY a.at DESC, a.id DESC LIMIT ?"
IN_TEXT = 50
"""Articles with a topic's name that are looked at for how many have it in their text alone."""


async def first_page(db: Connection, query: Query, dated: Span, limit: int, now: datetime) -> TopicList:
    """Return a topic's first page with what is told of it.

    The topic's articles are asked for once.
    """
    topic = await about.of(db, query)
    week = micros(now - timedelta(days=DAYS))
    headed = await about.headed(db, topic, since=week if dated == ALWAYS else min(week, dated[0]))
    rows = await page(db, topic, headed, dated, BEGINNING, limit, section=query.topic) if limit else []
    recent = await about.since(db, topic, headed, week)
    in_text, is_all = await _in_text(db, query.name, topic, headed)
    return TopicList(tuple(map(article, rows)), in_text, len(recent) / DAYS, is_all=is_all)


async def page(  # noqa: PLR0917 - what is listed, and which part of it
    db: Connection,
    topic: About,
    headed: Collection[int],
    dated: Span,
    start: Span,
    limit: int,
    *,
    section: str = "",
) -> list[Row]:
    """Return what is filed, tagged or headed so, newest first.

    Each part comes from its own index and is then merged. With ``section``, only articles of that section count.
    """
    within, of_section = ("AND a.topic = ?", (section,)) if section else ("", ())
    behind = (
        "AND (x.at, x.article_id) < (?, ?) AND x.at >= ? AND x.at < ? ORDER BY x.at DESC, x.article_id DESC LIMIT ?"
    )
    rows = await db.rows(
        f"{SELECT} JOIN article_tags x ON x.article_id = a.id WHERE {SHOWN} AND x.tag_id = ? {within} {behind}",
        *(topic.tag_id, *of_section, *start, *dated, limit),
    )
    if topic.section is not None and section in ("", topic.section):
        rows += await newest_of(db, "AND a.topic = ?", topic.section, *dated, *start, limit)
    if headed:
        # Which are the newest is found out first: what is told of an article is gathered for those alone.
        which = f"a.id IN (SELECT value FROM ints(?)) {within}"
        rows += await db.rows(
            f"{SELECT} WHERE a.id IN (SELECT a.id FROM articles a WHERE {SHOWN} AND {which} {_PAGE})",
            *(json.dumps(sorted(headed)), *of_section, *dated, *start, limit),
        )
    articles = {row[0]: row for row in rows}
    return sorted(articles.values(), key=_order, reverse=True)[:limit]


async def newest_of(db: Connection, which: str, *values: object) -> list[Row]:
    """Return articles of a kind, newest first.

    The values are its own, from when to when, behind which, how many.
    """
    return await db.rows(
        f"{SELECT} WHERE {SHOWN} {which} {_PAGE}",
        *values,
    )


def _order(row: Row) -> Span:
    one = article(row)
    return micros(one.at), one.id


async def _in_text(db: Connection, name: str, topic: About, headed: Sequence[int]) -> tuple[int, bool]:
    """Count articles with a name in their text only.

    Tell too whether these are all. The newest fifty that hold it are looked at: whoever sees the number wants to know
    whether there are more.
    """
    sought = await index_query.by_forms(db, question(name))
    found = await index.newest(db, sought.match, IN_TEXT, times=sought.steps / ranking.STEPS)
    held = set(found) - set(headed) - await index.in_headline(db, sought.match, found)
    return len(await about.without(db, topic, held)) if held else 0, len(found) < IN_TEXT
