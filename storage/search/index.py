"""Fills and asks the full-text index; the only file that knows either engine's.

Numbers of articles come back, for an article's number grows with time: the newest stand first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage.search.expression import fts5

if TYPE_CHECKING:
    from storage.driver.connection import Connection
    from storage.search.expression import Expression

ENDLESS: Final = 2**63 - 1
_HOLDING = "SELECT rowid FROM article_words WHERE article_words MATCH ?"


async def newest(db: Connection, sought: Expression | None, limit: int, low: int = 0, high: int = ENDLESS) -> list[int]:
    """Return the newest articles that hold what is sought, by number."""
    if sought is None:
        return []
    span = "AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
    rows = await db.rows(f"{_HOLDING} {span}", fts5(sought), low, high, limit)
    return [number for (number,) in rows]


async def between(db: Connection, sought: Expression | None, low: int, high: int) -> list[int]:
    """Return all articles with numbers from low to high that hold it."""
    if sought is None:
        return []
    rows = await db.rows(f"{_HOLDING} AND rowid BETWEEN ? AND ?", fts5(sought), low, high)
    return [number for (number,) in rows]


async def best(db: Connection, sought: Expression | None, limit: int) -> list[int]:
    """Return the articles that hold it best, by the index's own rank."""
    if sought is None:
        return []
    rows = await db.rows(f"{_HOLDING} ORDER BY rank LIMIT ?", fts5(sought), limit)
    return [number for (number,) in rows]


async def put(db: Connection, number: int, headline: str, body: str) -> None:
    """Index a new article, given its texts as `bot.bangla.words.indexed` makes them."""
    await db.rows("INSERT INTO article_texts (article_id, headline, body) VALUES (?, ?, ?)", number, headline, body)


async def change(db: Connection, number: int, headline: str, body: str | None = None) -> None:
    """Index an article anew; without a body, its headline alone."""
    if body is None:
        await db.rows("UPDATE article_texts SET headline = ? WHERE article_id = ?", headline, number)
    else:
        await db.rows("UPDATE article_texts SET headline = ?, body = ? WHERE article_id = ?", headline, body, number)


async def remove(db: Connection, number: int) -> None:
    """Let the index forget an article."""
    await db.rows("DELETE FROM article_texts WHERE article_id = ?", number)
