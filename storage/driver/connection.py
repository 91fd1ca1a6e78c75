"""Defines what a table's file may ask of a database.

Whichever driver is behind it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[Any, ...]
Statement = tuple[str, tuple[object, ...]]
"""A statement, and what goes in for its `?`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Connection(Protocol):
    """Runs one statement at a time.

    Values go in for `?`, and every row is read before the next statement. A statement is spelled for both engines
    (`storage.driver.dialect`).
    """

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """Run a statement and return its rows."""

    async def row(self, sql: str, *values: object) -> Row | None:
        """Run a statement and return its first row."""

    async def together(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Run statements in order, in one hop; return each one's rows."""

    async def changed(self, sql: str, *values: object) -> int:
        """Run a statement and return how many rows it wrote."""

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""


def micros(moment: datetime) -> int:
    """Return a moment as it is stored.

    Whole microseconds since 1970 UTC, exactly.
    """
    return (moment - _EPOCH) // _MICROSECOND


def maybe_micros(moment: datetime | None) -> int | None:
    """Return a moment as it is stored, or None."""
    return None if moment is None else micros(moment)


def moment(stored: int) -> datetime:
    """Return a stored moment, aware, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def maybe_moment(stored: int | None) -> datetime | None:
    """Return a stored moment, or None."""
    return None if stored is None else moment(stored)
