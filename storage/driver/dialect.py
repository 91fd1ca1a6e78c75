"""Spells one SQL text for either engine.

Statements are written in what both engines understand, and in a few words of our own that only this file knows:
``ints(?)``, ``texts(?)``, ``items(?)`` and ``pairs(?)`` are the rows of a JSON list or object, ``greatest``, ``least``
and ``json_list`` what PostgreSQL calls so. ``CROSS JOIN … ON`` keeps the order of tables on SQLite and is a plain join
on PostgreSQL, which strips ``INDEXED BY`` too. SQLite, whose one writer holds everything, strips ``FOR UPDATE``,
``FOR SHARE`` and what follows them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from storage.driver.connection import Of

if TYPE_CHECKING:
    from storage.driver.connection import AtOnce, Statement

_OF_SQLITE = {
    "ints": "json_each",
    "texts": "json_each",
    "items": "json_each",
    "pairs": "json_each",
    "greatest": "max",
    "least": "min",
    "json_list": "json_group_array",
}
_OURS = re.compile(
    rf"\b({'|'.join(_OF_SQLITE)})\(|\s+FOR (?:NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)\b(?: OF \w+)?(?: SKIP LOCKED)?"
)
_OF_ROW = re.compile(r"\s+FROM items\(\?\) j\b|\bj\.value ->> (\d+)")
_VALUE = re.compile(r"'(?:[^']|'')*'|\?")
_FOR_POSTGRESQL = re.compile(r"'(?:[^']|'')*'|\?|%|\bCROSS JOIN\b|\s+INDEXED BY \w+|\bjson_list\((\w+\.\w+)\)")


@lru_cache(maxsize=4096)
def for_sqlite(sql: str) -> str:
    """Return a statement as SQLite takes it."""
    return _OURS.sub(lambda match: f"{_OF_SQLITE[match[1]]}(" if match[1] else "", sql)


@lru_cache(maxsize=512)
def for_each(sql: str) -> str:
    """Return an UPDATE from ``items(?)`` as SQLite takes one row.

    Thirty of them take half the time of one that reads their values from JSON and returns what it wrote.
    """
    return for_sqlite(_OF_ROW.sub(lambda match: f"?{int(match[1]) + 1}" if match[1] else "", sql))


@lru_cache(maxsize=4096)
def for_postgresql(sql: str) -> str:
    """Return a statement as psycopg and PostgreSQL take it."""
    return _FOR_POSTGRESQL.sub(_postgresql, sql)


def as_one(at_once: AtOnce) -> Statement:
    """Return statements that write as one, as PostgreSQL takes them.

    All see what was there before; what one returned is read from it by its name.
    """
    parts = at_once.parts
    sources = tuple(tuple(value.part if isinstance(value, Of) else None for value in values) for _, values in parts)
    values = tuple(value for _, given in parts for value in given if not isinstance(value, Of))
    return _as_one(tuple(sql for sql, _ in parts), sources), values


@lru_cache(maxsize=512)
def _as_one(texts: tuple[str, ...], sources: tuple[tuple[int | None, ...], ...]) -> str:
    """Name each text, and put what comes from another in its place.

    ``sources`` says of each value which part it comes from, None if it is given.
    """
    named, returned = [], []
    for part, (sql, source) in enumerate(zip(texts, sources, strict=True)):
        returns = " RETURNING " in sql
        named.append(f"p{part}{' (n)' if returns else ''} AS ({_taken(sql, source)})")
        if returns:
            returned.append(f"SELECT {part}, n FROM p{part}")
    told = " UNION ALL ".join(returned) or "SELECT 0, 0 WHERE false"
    return f"WITH {', '.join(named)} {told}"


def _taken(sql: str, source: tuple[int | None, ...]) -> str:
    place = count()

    def put(match: re.Match[str]) -> str:
        part = source[next(place)] if match[0] == "?" else None
        return match[0] if part is None else f"(SELECT n FROM p{part} LIMIT 1)"

    return _VALUE.sub(put, sql)


def _postgresql(match: re.Match[str]) -> str:
    found = match[0]
    if found == "?":
        return "%s"
    if found == "CROSS JOIN":
        return "JOIN"
    if match[1]:
        return f"coalesce(CAST(json_agg({match[1]}) AS TEXT), '[]')"
    return found.replace("%", "%%") if found[0] in "'%" else ""
