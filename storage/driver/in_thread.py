"""Runs a transaction's work in its connection's thread, in one hop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from storage.driver import dialect, in_view
from storage.driver.connection import AtOnce, DatabaseEngine

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, Sequence

    from storage.driver.connection import Connection, Latch, Row, Statement

T = TypeVar("T")


class InThread:
    """A connection as the driver's thread sees it: it never waits."""

    engine: Final = DatabaseEngine.SQLITE

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """Run a statement and return its rows."""
        return self._raw.execute(dialect.for_sqlite(sql), values).fetchall()

    async def row(self, sql: str, *values: object) -> Row | None:
        """Run a statement and return its first row."""
        found = await self.rows(sql, *values)
        return found[0] if found else None

    async def together(self, statements: Sequence[Statement | AtOnce]) -> list[list[Row]]:
        """Run statements in order; return each one's rows."""
        return [
            in_view.run(self._raw, one) if isinstance(one, AtOnce) else await self.rows(one[0], *one[1])
            for one in statements
        ]

    async def changed(self, sql: str, *values: object) -> int:
        """Run a statement and return how many rows it wrote."""
        return int(self._raw.execute(dialect.for_sqlite(sql), values).rowcount)

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""
        self._raw.executemany(dialect.for_sqlite(sql), rows)

    async def each(self, sql: str, rows: Sequence[Sequence[object]]) -> set[int]:
        """Run an UPDATE for each row; return which rows wrote."""
        text = dialect.for_each(sql)
        return {place for place, row in enumerate(rows) if self._raw.execute(text, row).rowcount}

    async def latch(self, latch: Latch, *, shared: bool = False) -> None:
        """Take nothing: one transaction writes at a time."""

    def rouse(self) -> None:
        """Rouse nobody: nobody waits."""


def done(work: Callable[[Connection], Awaitable[T]], connection: Connection) -> T:
    """Run work that awaits nothing but a connection that never waits."""
    steps = work(connection).__await__()
    try:
        next(steps)
    except StopIteration as end:
        return cast("T", end.value)
    raise RuntimeError("work on a database may await nothing but its connection")
