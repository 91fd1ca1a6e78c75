"""Joins two articles that turn out to be one.

The older takes names and tags, the younger is in no list.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.values.delivery import Wave, Why
from storage.catalogue import tags
from storage.driver import row_locks
from storage.driver.connection import micros
from storage.rows import article_rows, report_rows, subject_rows
from storage.rows.fields import texts
from storage.search import index

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.rules import ArticleRules
    from storage.driver.connection import Connection


async def are_one(db: Connection, one: int, other: int, rules: ArticleRules) -> bool:
    """Return whether two articles may become one.

    Both are live, they agree, and no editor changed the younger.
    """
    await row_locks.own(db, "articles", (one, other))
    rows = await db.rows(
        f"{article_rows.SELECT} WHERE a.id IN (?, ?) AND {article_rows.SHOWN} ORDER BY a.id", *sorted((one, other))
    )
    found = [article_rows.article(row) for row in rows]
    return len(found) == 2 and rules.agree(*found) and found[1].correction is None  # noqa: PLR2004 - both


async def join(db: Connection, younger: int, older: int, now: datetime, rules: ArticleRules) -> None:
    """Make one article of two."""
    await db.rows("UPDATE aliases SET article_id = ? WHERE article_id = ?", older, younger)
    await _join_tags(db, younger, older, rules)
    await _join_subjects(db, younger, older, now)
    await db.rows("DELETE FROM article_tags WHERE article_id = ?", younger)
    await index.remove(db, younger)
    await db.rows("UPDATE articles SET merged_into = ? WHERE id = ? OR merged_into = ?", older, younger, younger)


async def _join_subjects(db: Connection, younger: int, older: int, now: datetime) -> None:
    """Let the younger's subjects be reports of the older.

    A chat that was sent one follows the older article from now on. Rows stay where they are, so that corrections and
    withdrawals find all that was sent. Messages that show the younger are edited into the older; rows that wait are not
    sent to a chat that has the other.
    """
    kept = [number for (number,) in await db.rows("SELECT id FROM subjects WHERE article_id = ? ORDER BY id", older)]
    gone = await db.rows(
        "UPDATE subjects SET article_id = ?, version = version + CASE WHEN closes_at > ? THEN 1 ELSE 0 END, "
        "changed_at = CASE WHEN closes_at > ? THEN ? ELSE changed_at END WHERE article_id = ? RETURNING id",
        *(older, micros(now), micros(now), micros(now), younger),
    )
    for (number,) in gone:
        for keep in kept:
            await report_rows.leave_one(db, keep, number, Why.STORY)
        await subject_rows.spread(db, number, Wave.EDIT)


async def _join_tags(db: Connection, younger: int, older: int, rules: ArticleRules) -> None:
    known: dict[int, str] = dict(await db.rows("SELECT id, tags FROM articles WHERE id IN (?, ?)", older, younger))
    joined = rules.clean_tags((*json.loads(known[older]), *json.loads(known[younger])))
    rows = await db.rows("UPDATE articles SET tags = ? WHERE id = ? RETURNING at", texts(joined), older)
    await tags.put(db, older, rows[0][0], joined)
