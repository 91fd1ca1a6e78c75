"""Runs several statements that write as one in a file.

A trigger may write many tables: it stands on a view of this connection alone, made when it is first needed, and the
values are put into that view. ``Of`` says where to read what an earlier part returned.
"""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from storage.driver import dialect
from storage.driver.connection import Of

if TYPE_CHECKING:
    from storage.driver.connection import AtOnce, Row

_VALUE = re.compile(r"'(?:[^']|'')*'|\?")
_RETURNS = re.compile(r" RETURNING .*")
_number = count()


def run(raw: sqlite3.Connection, at_once: AtOnce) -> list[Row]:
    """Run the parts, and read what they returned."""
    sources = tuple(
        tuple(value.found if isinstance(value, Of) else None for value in given) for _, given in at_once.parts
    )
    put, made = _view(tuple(sql for sql, _ in at_once.parts), sources)
    values = [value for _, given in at_once.parts for value in given if not isinstance(value, Of)]
    try:
        raw.execute(put, values)
    except sqlite3.OperationalError as error:
        if "no such table: at_once_" not in str(error):
            raise
        for statement in made:
            raw.execute(statement)
        raw.execute(put, values)
    return raw.execute(at_once.told).fetchall() if at_once.told else []


@lru_cache(maxsize=512)
def _view(texts: tuple[str, ...], sources: tuple[tuple[str | None, ...], ...]) -> tuple[str, tuple[str, str]]:
    """Return what puts values into a view, and what makes it."""
    name, column = f"at_once_{next(_number)}", count()
    body = " ".join(f"{_taken(sql, source, column)};" for sql, source in zip(texts, sources, strict=True))
    columns = range(next(column))
    shown = ", ".join(f"NULL AS v{at}" for at in columns)
    return (
        f"INSERT INTO {name} VALUES ({', '.join('?' for _ in columns)})",
        (
            f"CREATE TEMP VIEW {name} AS SELECT {shown}",
            f"CREATE TEMP TRIGGER {name}_put INSTEAD OF INSERT ON {name} BEGIN {body} END",
        ),
    )


def _taken(sql: str, source: tuple[str | None, ...], column: count[int]) -> str:
    places = iter(source)

    def put(match: re.Match[str]) -> str:
        if match[0] != "?":
            return match[0]
        found = next(places)
        return f"NEW.v{next(column)}" if found is None else f"({found})"

    return _VALUE.sub(put, _RETURNS.sub("", dialect.for_sqlite(sql)))
