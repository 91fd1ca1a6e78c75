"""Moves an archive between its file and a PostgreSQL server.

It moves all or nothing: the source is only read, and the target is as it was until the last row is there and counted.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import asynccontextmanager, closing
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import anyio
import psycopg

from bot.values.errors import StorageError
from storage.driver import backup, postgresql
from storage.driver.migrate import bring_up
from storage.driver.restore import columns, plain_tables, refuse_if_held
from storage.driver.sqlite import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from pathlib import Path

    Step = Callable[[int, int], None]
    Values = tuple[object, ...]

ROWS = 1_000
"""Rows that are read and written at once."""
_SEEDED = ("counters", "vocabulary_mark")
"""Tables that are not empty in a new archive."""


class Table(NamedTuple):
    """A table with its columns, and whether it numbers its rows itself."""

    name: str
    columns: tuple[str, ...]
    numbered: bool

    @property
    def listed(self) -> str:
        """The columns, with commas between."""
        return ", ".join(self.columns)


async def to_server(archive: Path, address: str, step: Step, vector: Callable[[str, str], str]) -> int:
    """Copy an archive's file into an empty database of a server.

    Return how many rows; ``vector`` makes an article's of its headline and body, for the index.

    Raises:
        StorageError: the file is in use or not there; the database holds something, or cannot be written.
    """
    await anyio.to_thread.run_sync(_look_at, archive)
    async with opened(archive) as file:
        await bring_up(file)
    with closing(_read_only(archive)) as raw:
        tables = tables_of(raw)
        total = sum(_count(raw, table.name) for table in tables)
        done = 0
        async with _transaction(address) as server:
            await _refuse_full(server, tables, address)
            for name in _SEEDED:
                await server.execute(f"DELETE FROM {name}")
            for table in tables:
                for rows in _read(raw, table):
                    await _put(server, table, rows, vector)
                    done += len(rows)
                    step(done, total)
                await _compare(server, raw, table)
            await _go_on_counting(server, tables)
    return done


async def to_file(address: str, archive: Path, step: Step) -> int:
    """Copy a server's archive into a new file; return how many rows.

    Raises:
        StorageError: there is a file already, or the server cannot be read.
    """
    draft = await anyio.to_thread.run_sync(_made_ready, archive)
    try:
        async with opened(draft) as file:
            await bring_up(file)
        with closing(sqlite3.connect(draft, isolation_level=None, check_same_thread=False)) as raw:
            raw.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN;")
            async with _transaction(address) as server:
                done = await _fill(server, raw, step)
            raw.execute("COMMIT")
            if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise StorageError(f"{postgresql.in_words(address)}: rows point to rows that are not there.")
            raw.execute("PRAGMA journal_mode = DELETE")
        await anyio.to_thread.run_sync(_put_in_place, draft, archive)
    finally:
        await anyio.to_thread.run_sync(_clear, draft)
    return done


def _read_only(archive: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _look_at(archive: Path) -> None:
    if not archive.exists():
        raise StorageError(f"{archive}: there is no archive. Nothing was moved.")
    refuse_if_held(archive)


def _made_ready(archive: Path) -> Path:
    if archive.exists():
        raise StorageError(f"{archive}: there is a file already. Name one that is new; nothing was moved.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    return archive.with_name(f".{archive.name}.{os.getpid()}.part")


def _put_in_place(draft: Path, archive: Path) -> None:
    backup.sync(draft)
    draft.replace(archive)


def _clear(draft: Path) -> None:
    for side in ("", *backup.SIDES):
        draft.with_name(f"{draft.name}{side}").unlink(missing_ok=True)


async def _fill(server: postgresql.Raw, raw: sqlite3.Connection, step: Step) -> int:
    tables, total, done = tables_of(raw), 0, 0
    for table in tables:
        total += int(str((await _one(server, f"SELECT count(*) FROM {table.name}"))[0]))
    for name in _SEEDED:
        raw.execute(f"DELETE FROM {name}")
    for table in tables:
        marks = ", ".join("?" * len(table.columns))
        async with server.cursor("moving") as cursor:
            await cursor.execute(f"SELECT {table.listed} FROM {table.name}")
            while rows := await cursor.fetchmany(ROWS):
                raw.executemany(f"INSERT INTO {table.name} ({table.listed}) VALUES ({marks})", rows)
                done += len(rows)
                step(done, total)
        await _compare(server, raw, table)
    return done


@asynccontextmanager
async def _transaction(address: str) -> AsyncIterator[postgresql.Raw]:
    """Open one snapshot of a server, kept when all went well."""
    name = postgresql.in_words(address)
    try:
        server = await postgresql.dial(address, "-c lock_timeout=2000")
    except psycopg.Error as error:
        raise postgresql.refused(error, name) from error
    try:
        await server.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        yield server
        await server.execute("COMMIT")
    except psycopg.Error as error:
        raise postgresql.refused(error, name) from error
    finally:
        await server.close()


def tables_of(raw: sqlite3.Connection) -> list[Table]:
    """Return the tables of an archive's file, parents before children."""
    made = {name: _one_of(raw, "SELECT sql FROM sqlite_schema WHERE name = ?", name) for name in plain_tables(raw)}
    parents = {name: {row[2] for row in raw.execute(f"PRAGMA foreign_key_list({name})")} - {name} for name in made}
    return [
        Table(name, tuple(columns(raw, name)), "AUTOINCREMENT" in str(made[name]))
        for name in TopologicalSorter(parents).static_order()
    ]


def _one_of(raw: sqlite3.Connection, sql: str, *values: object) -> object:
    return raw.execute(sql, values).fetchone()[0]


def _count(raw: sqlite3.Connection, table: str) -> int:
    return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _read(raw: sqlite3.Connection, table: Table) -> Iterator[list[Values]]:
    # A row that points to another of its table comes behind it: numbers grow.
    order = " ORDER BY id" if table.numbered else ""
    cursor = raw.execute(f"SELECT {table.listed} FROM {table.name}{order}")
    while rows := cursor.fetchmany(ROWS):
        yield rows


async def _put(server: postgresql.Raw, table: Table, rows: Sequence[Values], vector: Callable[[str, str], str]) -> None:
    async with server.cursor() as cursor:
        async with cursor.copy(f"COPY {table.name} ({table.listed}) FROM STDIN") as copy:
            for row in rows:
                await copy.write_row([value.replace("\0", "") if isinstance(value, str) else value for value in row])
        if table.name == "article_texts":
            vectors = [(row[0], vector(str(row[1]), str(row[2]))) for row in rows]
            await cursor.executemany("SELECT put_words(%s, CAST(%s AS tsvector))", vectors)


async def _one(server: postgresql.Raw, sql: str) -> Values:
    return await (await server.execute(sql)).fetchone() or (0,)


async def _refuse_full(server: postgresql.Raw, tables: Sequence[Table], address: str) -> None:
    for table in tables:
        if table.name not in _SEEDED and (await _one(server, f"SELECT count(*) FROM {table.name}"))[0]:
            raise StorageError(
                f"{postgresql.in_words(address)}: holds an archive already ({table.name}). "
                "Move into a database that is new; nothing was moved."
            )


async def _compare(server: postgresql.Raw, raw: sqlite3.Connection, table: Table) -> None:
    """Compare counts and numbers of both sides.

    They must have as many rows, and the same numbers.
    """
    summed = "coalesce(sum(id), 0)" if table.numbered else "0"
    asked = f"SELECT count(*), {summed} FROM {table.name}"
    here, there = raw.execute(asked).fetchone(), await _one(server, asked)
    if [int(str(value)) for value in here] != [int(str(value)) for value in there]:
        raise StorageError(f"{table.name}: {here[0]} rows on one side, {there[0]} on the other. Nothing was moved.")


async def _go_on_counting(server: postgresql.Raw, tables: Sequence[Table]) -> None:
    """Never give a number again that was given once."""
    for table in tables:
        if table.numbered:
            await server.execute(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"greatest(1, (SELECT coalesce(max(id), 1) FROM {table.name})))"
            )
