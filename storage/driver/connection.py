"""Defines what a table's file may ask of a database.

Any driver may be behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

Row = tuple[Any, ...]
Statement = tuple[str, tuple[object, ...]]
"""A statement, and what goes in for its `?`."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Of:
    """The number that an earlier part of the same `AtOnce` returned.

    ``found`` reads it in a file, where one transaction writes at a time.
    """

    part: int
    found: str


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Statements that write, of which none has to see what another wrote.

    They are one statement. Each is an INSERT, an UPDATE or a DELETE of rows that no other writes; it may return a
    number for each row, and ``Of`` among its values stands for the first that an earlier one returned. Their rows are
    of the form (which part, number); in a file ``told`` reads those that matter.
    """

    parts: tuple[Statement, ...]
    told: str = ""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class DatabaseEngine(Enum):
    """What runs the statements."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Latch(Enum):
    """What transactions agree on where no key can keep them apart.

    Held until the transaction ends; SQLite, which has one writer, knows none.
    """

    ARTICLES = 1
    """Who stores articles shares it. Alone holds it who must see all of them: for a new term, or to count words."""
    CHATS = 2
    """Who writes rows for many chats shares it; alone holds it who takes a chat away."""
    SOURCES = 3
    """Two spellings of one feed's address must not be added at once."""
    REPORTS = 4
    """Readers' reports join one message to the editors."""
    TAGS = 5
    """Names of tags are joined and renamed by one at a time."""


Fences = dict[str, tuple[str, int]]
"""The leases that this process holds now: each with its owner, and how often it was taken."""

Promises = dict[str, float]
"""Until when this process may act under each lease that it took, by `storage.driver.leases.now`."""


class ConflictError(StorageError):
    """Another transaction came between: the work is run again."""


class Connection(Protocol):
    """Runs one statement at a time.

    Values go in for `?`, and every row is read before the next statement. A statement is spelled for both engines
    (`storage.driver.dialect`).
    """

    @property
    def engine(self) -> DatabaseEngine:
        """The engine, for statements that each spells its own way."""

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """Run a statement and return its rows."""

    async def row(self, sql: str, *values: object) -> Row | None:
        """Run a statement and return its first row."""

    async def together(self, statements: Sequence[Statement | AtOnce]) -> list[list[Row]]:
        """Run statements in order, in one hop; return each one's rows."""

    async def changed(self, sql: str, *values: object) -> int:
        """Run a statement and return how many rows it wrote."""

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""

    async def each(self, sql: str, rows: Sequence[Sequence[object]]) -> set[int]:
        """Run an UPDATE for each row of values.

        It takes them as ``FROM items(?) j``, its only ``?``, and reads ``j.value ->> 0`` and so on; no row of values
        may see what another wrote. Return the places of those for which something was written.
        """

    async def latch(self, latch: Latch, *, shared: bool = False) -> None:
        """Hold a latch until the transaction ends.

        Whoever holds it in a way that excludes ours is waited for.
        """

    def rouse(self) -> None:
        """Say that this transaction makes work.

        Whoever waits for work looks once it is committed.
        """


class Database(Protocol):
    """One database: transactions that write, and reading beside them."""

    @property
    def engine(self) -> DatabaseEngine:
        """What runs its statements."""

    async def write(self, work: Callable[[Connection], Awaitable[T]], *, brief: bool = False) -> T:
        """Run ``work`` in a transaction: all of it or nothing.

        If it is ``brief`` a server has three seconds for each statement, else ten. It may be run again from its
        beginning: after a deadlock, a conflict or a key that another writer took first. Locks are taken in one order
        everywhere: articles, subjects, deliveries, chats, each by number, and last the counter of subjects, which holds
        whoever wants the next number until commit. It awaits nothing but its connection: where the driver has a thread,
        the transaction is one hop to it.

        Raises:
            StorageError: the database cannot be written just now.
        """

    async def read(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run ``work``, which only reads, on a connection of its own.

        Raises:
            StorageError: the database cannot be read just now.
        """

    async def empty_log(self) -> None:
        """Keep no log of writes that were made, where it is ours.

        A server's own is its operator's.
        """


def micros(moment: datetime) -> int:
    """Return a moment as it is stored.

    It is stored exactly, in whole microseconds since 1970 UTC.
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
