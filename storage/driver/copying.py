"""Copies an archive's tables from anywhere to anywhere, page by page.

Rows are counted and summed while they are read, and those that arrived are read again and compared.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.values.errors import StorageError
from storage.driver.restore import columns, plain_tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence

    Step = Callable[[int, int], None]
    Values = tuple[object, ...]

ROWS = 1_000
"""Rows of one page, which is read and written at once."""
SEEDED = ("counters", "vocabulary_mark")
"""Tables that are not empty in a new archive."""
UNFINISHED = "unfinished_move"
"""The table that says how far a copy is; no whole archive has one."""
_SUMS = 2**63


class Table(NamedTuple):
    """A table with its columns and its key.

    ``numbered`` tells whether the database numbers the rows.
    """

    name: str
    columns: tuple[str, ...]
    primary_key: tuple[str, ...]
    numbered: bool

    @property
    def listed(self) -> str:
        """The columns, with commas between."""
        return ", ".join(self.columns)


class RowSum(NamedTuple):
    """How many rows, and a sum over what they hold.

    It is the same in whatever order they come.
    """

    rows: int = 0
    digest: int = 0

    def plus(self, rows: Sequence[Values]) -> RowSum:
        """Return the sum with these rows."""
        added = sum(int.from_bytes(blake2b(repr(row).encode(), digest_size=8).digest()) for row in rows)
        return RowSum(self.rows + len(rows), (self.digest + added) % _SUMS)


class CopySource(Protocol):
    """An archive that is read and stays as it is."""

    name: str

    async def count(self, table: Table) -> int:
        """Count a table's rows."""

    def pages(self, table: Table) -> AsyncIterator[list[Values]]:
        """Read a table in an order that is the same each time."""


class CopyTarget(Protocol):
    """An archive that is being filled, and may have been begun before."""

    name: str

    async def begun(self) -> Mapping[str, RowSum]:
        """Return what of each table stands there already."""

    async def put(self, table: Table, rows: Sequence[Values], now: RowSum) -> None:
        """Add rows and note how far the table is.

        It is one transaction.
        """

    async def clear(self) -> None:
        """Take out all that stands there."""

    def pages(self, table: Table) -> AsyncIterator[list[Values]]:
        """Read a table again."""


async def copy(source: CopySource, target: CopyTarget, tables: Sequence[Table], step: Step) -> int:
    """Copy what is missing, then compare every table; return how many rows.

    For ``step`` a row is half done when it is copied, and done when it is compared. A copy whose source changed since
    it was begun begins anew.

    Raises:
        StorageError: the two do not hold the same.
    """
    total = sum([await source.count(table) for table in tables])
    try:
        sums = await _fill(source, target, tables, lambda done: step(done // 2, total))
    except _ChangedError:
        await target.clear()
        sums = await _fill(source, target, tables, lambda done: step(done // 2, total))
    copied = done = sum(one.rows for one in sums.values())
    for table in tables:
        there = RowSum()
        async for rows in target.pages(table):
            there = there.plus(rows)
            done += len(rows)
            step(min(done // 2, total), total)
        if there != sums[table.name]:
            raise StorageError(
                f"{target.name}: {table.name} holds {there.rows:,} rows of {sums[table.name].rows:,}, or others. "
                f"{source.name} is as it was: empty the copy and begin anew."
            )
    return copied


class _ChangedError(Exception):
    """What was copied before is not what the source holds now."""


async def _fill(
    source: CopySource, target: CopyTarget, tables: Sequence[Table], tell: Callable[[int], None]
) -> dict[str, RowSum]:
    begun, sums, done = await target.begun(), dict[str, RowSum](), 0
    for table in tables:
        now, noted = RowSum(), begun.get(table.name, RowSum())
        async for rows in source.pages(table):
            there = rows[: max(0, noted.rows - now.rows)]
            now = now.plus(there)
            if now.rows == noted.rows and now != noted:
                raise _ChangedError
            if new := rows[len(there) :]:
                now = now.plus(new)
                await target.put(table, new, now)
            done += len(rows)
            tell(done)
        if now.rows < noted.rows:
            raise _ChangedError
        sums[table.name] = now
    return sums


def tables_of(raw: sqlite3.Connection) -> list[Table]:
    """Return the tables of an archive's file, parents before children."""
    made = {
        name: str(_one(raw, "SELECT sql FROM sqlite_schema WHERE name = ?", name))
        for name in plain_tables(raw)
        if name != UNFINISHED
    }
    parents = {name: {row[2] for row in raw.execute(f"PRAGMA foreign_key_list({name})")} - {name} for name in made}
    return [
        Table(name, tuple(columns(raw, name)), _primary_key(raw, name), "AUTOINCREMENT" in made[name])
        for name in TopologicalSorter(parents).static_order()
    ]


def _primary_key(raw: sqlite3.Connection, table: str) -> tuple[str, ...]:
    found = raw.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    return tuple(name for (name,) in found)


def _one(raw: sqlite3.Connection, sql: str, *values: object) -> object:
    return raw.execute(sql, values).fetchone()[0]


def file_count(raw: sqlite3.Connection, table: Table) -> int:
    """Count a table's rows in a file."""
    return int(str(_one(raw, f"SELECT count(*) FROM {table.name}")))


def file_pages(raw: sqlite3.Connection, table: Table) -> Iterator[list[Values]]:
    """Read a table of a file, by its key.

    No text may hold NUL on a server, and nobody sees it anyway.
    """
    # An index that holds all columns would come in an order of its own.
    cursor = raw.execute(f"SELECT {table.listed} FROM {table.name} NOT INDEXED")
    while rows := cursor.fetchmany(ROWS):
        yield [tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row) for row in rows]


def put_in_file(raw: sqlite3.Connection, table: Table, rows: Iterable[Values]) -> None:
    """Add rows to a table of a file."""
    marks = ", ".join("?" * len(table.columns))
    raw.executemany(f"INSERT INTO {table.name} ({table.listed}) VALUES ({marks})", rows)


def file_numbers(raw: sqlite3.Connection) -> dict[str, int]:
    """Return the last number that each table of a file gave."""
    return {str(name): int(last) for name, last in raw.execute("SELECT name, seq FROM sqlite_sequence")}


def go_on_in_file(raw: sqlite3.Connection, numbers: Mapping[str, int]) -> None:
    """Let tables of a file go on behind these numbers.

    No number is given twice.
    """
    for name, last in numbers.items():
        if not raw.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name)).rowcount:
            raw.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))


def epoch_of(raw: sqlite3.Connection) -> int:
    """Return the number of an archive's copy."""
    return int(str(_one(raw, "SELECT value FROM counters WHERE name = 'epoch'")))
