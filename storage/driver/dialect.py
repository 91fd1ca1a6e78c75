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
_FOR_POSTGRESQL = re.compile(r"'(?:[^']|'')*'|\?|%|\bCROSS JOIN\b|\s+INDEXED BY \w+|\bjson_list\((\w+\.\w+)\)")


@lru_cache(maxsize=4096)
def for_sqlite(sql: str) -> str:
    """Return a statement as SQLite takes it."""
    return _OURS.sub(lambda match: f"{_OF_SQLITE[match[1]]}(" if match[1] else "", sql)


@lru_cache(maxsize=4096)
def for_postgresql(sql: str) -> str:
    """Return a statement as psycopg and PostgreSQL take it."""
    return _FOR_POSTGRESQL.sub(_postgresql, sql)


def _postgresql(match: re.Match[str]) -> str:
    found = match[0]
    if found == "?":
        return "%s"
    if found == "CROSS JOIN":
        return "JOIN"
    if match[1]:
        return f"coalesce(CAST(json_agg({match[1]}) AS TEXT), '[]')"
    return found.replace("%", "%%") if found[0] in "'%" else ""
