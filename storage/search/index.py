"""Fills and asks the full-text index.

This is the only file that knows either engine's. It returns numbers of articles: a number grows with time, so the
newest stand first. On SQLite the index is FTS5, kept by triggers on `article_texts`. On PostgreSQL it is a vector of
our own words for each article, in parts of 50,000 numbers that are asked newest first (`storage/postgresql`): neither
its parser nor its planner decides anything.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.bangla.words import split
from storage.driver.connection import DatabaseEngine
from storage.search import in_turn
from storage.search.expression import InHeadline, fts5, loose, rarest, tsquery, tsvector
from storage.search.in_turn import InTurn

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.driver.connection import Connection, Of, Statement
    from storage.search.expression import Expression

ENDLESS: Final = 2**63 - 1
_HOLDING = "SELECT rowid FROM article_words WHERE article_words MATCH ?"
LOOKED_AT: Final = 3_000
"""Articles that a server looks at, most of them in vain, before an answer leaves older ones out: some 30 ms."""
NUMBERS: Final = 6
"""Numbers that SQLite may give for each of them."""
_QUERIES = "CAST(? AS tsquery), CAST(? AS tsquery), CAST(? AS tsquery)"
_NUMBERS = f"SELECT n FROM article_numbers({_QUERIES}, ?, ?, ?, ?) n"
_OF_THESE = (
    "SELECT article_id FROM article_words WHERE article_id IN (SELECT value FROM ints(?)) "
    "AND words @@ CAST(? AS tsquery)"
)
_BEST = f"SELECT n FROM best_articles({_QUERIES}, ?, ?) n"
_PUT = "INSERT INTO article_texts (article_id, headline, body) VALUES (?, ?, ?)"
_CHANGE = "UPDATE article_texts SET headline = ?, body = coalesce(?, body) WHERE article_id = ?"
_VECTOR = "SELECT put_words(?, CAST(? AS tsvector))"
_VECTOR_OF_NEW = "SELECT put_words(currval(pg_get_serial_sequence('articles', 'id')), CAST(? AS tsvector))"


async def newest(
    db: Connection,
    sought: Expression | None,
    limit: int,
    low: int = 0,
    high: int = ENDLESS,
    *,
    times: float = 1.0,
    looked_at: int = LOOKED_AT,
) -> list[int]:
    """Return the newest articles that hold what is sought, by number.

    A question that takes too long has its answer from the newest part of the archive: where SQLite would take ``times``
    as long for all of it as a question may, its words are asked for in turn; a server looks at so many articles.
    """
    if sought is None:
        return []
    if db.engine is DatabaseEngine.POSTGRESQL:
        rows = await db.rows(_NUMBERS, *_server(sought), low, high, limit, looked_at)
    else:
        if times > 1:
            row = await db.row("SELECT max(id) FROM articles")
            last = min(high, int(row[0] or 0) if row else 0)
            if in_turn.may_be_asked(sought):
                turn = InTurn(partial(between, db), partial(_texts, db), looked_at * NUMBERS)
                found = await turn.newest(sought, limit, max(low, last - in_turn.FIRST + 1), last)
                if len(found) < in_turn.OFTEN:
                    return found + await turn.newest(sought, limit - len(found), low, last - in_turn.FIRST)
            low = max(low, int(last - last / times))
        span = "AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
        rows = await db.rows(f"{_HOLDING} {span}", fts5(sought), low, high, limit)
    return [number for (number,) in rows]


async def between(db: Connection, sought: Expression | None, low: int, high: int) -> list[int]:
    """Return all articles with numbers from low to high that hold it."""
    if sought is None:
        return []
    if db.engine is DatabaseEngine.POSTGRESQL:
        rows = await db.rows(_NUMBERS, *_server(sought), low, high, high - low + 1, high - low + 1)
    else:
        rows = await db.rows(f"{_HOLDING} AND rowid BETWEEN ? AND ?", fts5(sought), low, high)
    return [number for (number,) in rows]


async def _texts(db: Connection, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = await db.rows(
        "SELECT article_id, headline, body FROM article_texts WHERE article_id IN (SELECT value FROM ints(?))",
        json.dumps(sorted(numbers)),
    )
    return {number: (" ".join(split(headline)), " ".join(split(body))) for number, headline, body in rows}


async def in_headline(db: Connection, sought: Expression | None, numbers: Collection[int]) -> set[int]:
    """Return which of these articles have it in their headline.

    They are those, or nearly those, that hold it between the first and the last of them.
    """
    if sought is None or not numbers:
        return set()
    if db.engine is DatabaseEngine.SQLITE:
        return set(await between(db, InHeadline(sought), min(numbers), max(numbers))).intersection(numbers)
    rows = await db.rows(_OF_THESE, json.dumps(sorted(numbers)), tsquery(InHeadline(sought)))
    return {number for (number,) in rows}


async def best(db: Connection, sought: Expression | None, limit: int) -> list[int]:
    """Return the articles that hold it best, by the index's own rank."""
    if sought is None:
        return []
    if db.engine is DatabaseEngine.POSTGRESQL:
        rows = await db.rows(_BEST, *_server(sought), limit, LOOKED_AT)
    else:
        rows = await db.rows(f"{_HOLDING} ORDER BY rank LIMIT ?", fts5(sought), limit)
    return [number for (number,) in rows]


def put(number: Of, headline: str, body: str) -> Statement:
    """Write what keeps a new article's texts.

    They are as `bot.bangla.words.indexed` makes them.
    """
    return _PUT, (number, headline, body)


def indexed_last(engine: DatabaseEngine, headline: str, body: str) -> list[Statement]:
    """Write what indexes the article that was stored last.

    SQLite's triggers do so with its texts.
    """
    return [] if engine is DatabaseEngine.SQLITE else [(_VECTOR_OF_NEW, (vector(headline, body),))]


def changed(engine: DatabaseEngine, number: int, headline: str, body: str) -> tuple[Statement, list[Statement]]:
    """Write what keeps an article's new texts, and what indexes them."""
    kept: Statement = (_CHANGE, (headline, body, number))
    return kept, [] if engine is DatabaseEngine.SQLITE else [(_VECTOR, (number, vector(headline, body)))]


async def change(db: Connection, number: int, headline: str, body: str | None = None) -> None:
    """Index an article anew; without a body, its headline alone."""
    rows = await db.rows(f"{_CHANGE} RETURNING headline, body", headline, body, number)
    if rows and db.engine is DatabaseEngine.POSTGRESQL:
        await db.rows(_VECTOR, number, vector(*rows[0]))


async def remove(db: Connection, number: int) -> None:
    """Let the index forget an article."""
    await db.rows("DELETE FROM article_texts WHERE article_id = ?", number)
    if db.engine is DatabaseEngine.POSTGRESQL:
        await db.rows("DELETE FROM article_words WHERE article_id = ?", number)


def _server(sought: Expression) -> tuple[str, str, str]:
    return tsquery(sought), tsquery(loose(sought)), tsquery(rarest(sought))


def vector(headline: str, body: str) -> str:
    """Return what PostgreSQL's index keeps of an article."""
    return tsvector(split(headline), split(body))
