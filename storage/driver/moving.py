"""Moves an archive to a PostgreSQL server, or back into a file.

The source is only read, by nobody else meanwhile, and in short transactions. A copy that was cut short goes on where it
was when it is begun again; until every table was compared nobody can open it as an archive.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

import anyio

from bot.values.errors import StorageError
from storage.driver import backup, postgresql, private, server_rows
from storage.driver.copying import (
    SEEDED,
    UNFINISHED,
    RowSum,
    Table,
    copy,
    epoch_of,
    file_count,
    file_numbers,
    file_pages,
    go_on_in_file,
    put_in_file,
    tables_of,
)
from storage.driver.migrate import bring_up, forms
from storage.driver.postgresql_errors import in_words
from storage.driver.restore import refuse_if_held
from storage.driver.sqlite import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from storage.driver.copying import Step, Values
    from storage.driver.server_rows import Vector

_MADE = f"CREATE TABLE IF NOT EXISTS {UNFINISHED} (name TEXT PRIMARY KEY, n BIGINT NOT NULL, digest BIGINT NOT NULL)"
_FAR = f"SELECT name, n, digest FROM {UNFINISHED}"
_NOTED = (
    f"INSERT INTO {UNFINISHED} (name, n, digest) VALUES (?, ?, ?) "
    "ON CONFLICT (name) DO UPDATE SET n = excluded.n, digest = excluded.digest"
)
_WHOSE: Final = "epoch"
"""The row that says of which archive it is an unfinished copy; no table is called so."""
_BEGUN = f"SELECT CASE WHEN to_regclass('{UNFINISHED}') IS NULL THEN 0 ELSE 1 END"
_MOVER = "SELECT CASE WHEN pg_try_advisory_lock(hashtextextended('khobor move', 0)) THEN 1 ELSE 0 END"


async def to_server(archive: Path, address: str, step: Step, vector: Vector, *, afresh: bool = False) -> int:
    """Copy an archive's file into an empty database of a server.

    Return how many rows. With ``afresh`` an unfinished copy that stands there is not gone on with.

    Raises:
        StorageError: the file is in use or not there; the database holds something else, or cannot be written.
    """
    name = in_words(address)
    await anyio.to_thread.run_sync(_look_at, archive)
    with backup.in_words(archive), closing(_connect(archive, "rw")) as raw:
        _hold_still(raw, archive)
        tables = tables_of(raw)
        async with server_rows.connected(address) as server:
            if not await server_rows.one(server, _MOVER):
                raise StorageError(f"{name}: another `khobor move` is at work there. Let it end.")
            await server_rows.refuse_served(server, name)
            target = _ServerTarget(name, server, tables, vector)
            await target.begin(epoch_of(raw), afresh=afresh)
            done = await copy(_FileSource(archive, raw), target, tables, step)
            await target.finish(file_numbers(raw))
    return done


async def refuse_full(address: str) -> None:
    """Refuse a database that holds an archive.

    Raises:
        StorageError: it does.
    """
    name = in_words(address)
    async with server_rows.connected(address) as server:
        if not await server_rows.one(server, _BEGUN):
            for table in ("articles", "chats", "sources", "subjects"):
                await _refuse_rows(server, name, table)


async def _refuse_rows(server: postgresql.Raw, name: str, table: str) -> None:
    if await server_rows.one(server, f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {table}) THEN 1 ELSE 0 END"):
        raise StorageError(
            f"{name}: holds an archive already ({table}). Create a database that is new and name it; nothing was moved."
        )


async def to_file(address: str, archive: Path, step: Step) -> int:
    """Copy a server's archive into a new file; return how many rows.

    Raises:
        StorageError: there is a file already, or the server cannot be read.
    """
    name = in_words(address)
    async with server_rows.connected(address) as server:
        await server_rows.refuse_other_form(server, name)
        await server_rows.refuse_served(server, name)
        draft = await anyio.to_thread.run_sync(_made_ready, archive)
        async with opened(draft) as file:
            await bring_up(file)
        with backup.in_words(archive, lambda error: _refused(error, archive)), closing(_connect(draft, "rw")) as raw:
            raw.executescript("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF")
            tables, target = tables_of(raw), _FileTarget(archive, raw)
            async with server_rows.held_still(address, tables):
                await target.begin(await server_rows.one(server, "SELECT value FROM counters WHERE name = 'epoch'"))
                done = await copy(_ServerSource(name, server), target, tables, step)
                target.finish(await server_rows.numbers(server, tables))
        await anyio.to_thread.run_sync(_put_in_place, draft, archive)
    return done


class _FileSource:
    """See storage.driver.copying.CopySource."""

    def __init__(self, archive: Path, raw: sqlite3.Connection) -> None:
        self.name = str(archive)
        self._raw = raw

    async def count(self, table: Table) -> int:
        return file_count(self._raw, table)

    async def pages(self, table: Table) -> AsyncIterator[list[Values]]:
        for rows in file_pages(self._raw, table):
            yield rows


class _ServerSource:
    """See storage.driver.copying.CopySource."""

    def __init__(self, name: str, server: postgresql.Raw) -> None:
        self.name = name
        self._server = server

    async def count(self, table: Table) -> int:
        return await server_rows.count(self._server, table)

    def pages(self, table: Table) -> AsyncIterator[list[Values]]:
        return server_rows.pages(self._server, table)


class _ServerTarget:
    """See storage.driver.copying.CopyTarget."""

    def __init__(self, name: str, server: postgresql.Raw, tables: Sequence[Table], vector: Vector) -> None:
        self.name = name
        self._server = server
        self._tables = tables
        self._vector = vector
        self._whose = 0

    async def begin(self, whose: int, *, afresh: bool) -> None:
        """Go on with a copy of this archive, or begin one.

        Raises:
            StorageError: something else stands there.
        """
        self._whose = whose
        if not await server_rows.one(self._server, _BEGUN):
            for table in self._tables:
                if table.name not in SEEDED:
                    await _refuse_rows(self._server, self.name, table.name)
            await self.clear()
        elif afresh:
            await self.clear()
        elif (await self.begun()).get(_WHOSE) != RowSum(whose):
            raise StorageError(
                f"{self.name}: an unfinished copy of another archive stands there. Name a database that is new, or "
                "drop this one and create it again; nothing was moved."
            )
        await server_rows.drop_index(self._server)

    async def begun(self) -> dict[str, RowSum]:
        rows = await (await self._server.execute(_FAR)).fetchall()
        return {str(name): RowSum(int(str(n)), int(str(digest))) for name, n, digest in rows}

    async def put(self, table: Table, rows: Sequence[Values], now: RowSum) -> None:
        async with self._server.transaction():
            await server_rows.put(self._server, table, rows, self._vector)
            await self._note(table.name, now)

    async def clear(self) -> None:
        async with self._server.transaction():
            await self._server.execute(_MADE)
            names = ", ".join((*(table.name for table in self._tables), UNFINISHED))
            await self._server.execute(f"TRUNCATE {names} CASCADE")
            await self._note(_WHOSE, RowSum(self._whose))

    def pages(self, table: Table) -> AsyncIterator[list[Values]]:
        return server_rows.pages(self._server, table)

    async def finish(self, numbers: dict[str, int]) -> None:
        """Make an archive of the whole copy."""
        async with self._server.transaction():
            await server_rows.make_index(self._server)
            await server_rows.go_on(self._server, self._tables, numbers)
            await self._server.execute(f"DROP TABLE {UNFINISHED}")
        # A planner that knows nothing of a full table would read all of it.
        await self._server.execute("ANALYZE")

    async def _note(self, name: str, now: RowSum) -> None:
        await self._server.execute(_NOTED.replace("?", "%s"), (name, *now))


class _FileTarget:
    """See storage.driver.copying.CopyTarget."""

    def __init__(self, archive: Path, raw: sqlite3.Connection) -> None:
        self.name = str(archive)
        self._raw = raw
        self._whose = 0

    async def begin(self, whose: int) -> None:
        """Go on with a copy of this archive, or begin one."""
        self._whose = whose
        self._raw.execute(_MADE)
        if (await self.begun()).get(_WHOSE) != RowSum(whose):
            await self.clear()

    async def begun(self) -> dict[str, RowSum]:
        return {name: RowSum(n, digest) for name, n, digest in self._raw.execute(_FAR).fetchall()}

    async def put(self, table: Table, rows: Sequence[Values], now: RowSum) -> None:
        self._raw.execute("BEGIN")
        try:
            put_in_file(self._raw, table, rows)
            self._raw.execute(_NOTED, (table.name, *now))
        except BaseException:
            self._raw.execute("ROLLBACK")
            raise
        self._raw.execute("COMMIT")

    async def clear(self) -> None:
        self._raw.execute("BEGIN")
        for name in (*(table.name for table in reversed(tables_of(self._raw))), UNFINISHED):
            self._raw.execute(f"DELETE FROM {name}")
        self._raw.execute(_NOTED, (_WHOSE, *RowSum(self._whose)))
        self._raw.execute("COMMIT")

    async def pages(self, table: Table) -> AsyncIterator[list[Values]]:
        for rows in file_pages(self._raw, table):
            yield rows

    def finish(self, numbers: dict[str, int]) -> None:
        """Make an archive of the whole copy."""
        if self._raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StorageError(f"{self.name}: rows point to rows that are not there. Nothing was moved.")
        self._raw.execute("BEGIN")
        go_on_in_file(self._raw, numbers)
        self._raw.execute(f"DROP TABLE {UNFINISHED}")
        self._raw.execute("COMMIT")
        # All of it in one file, so that one rename is all of it.
        self._raw.execute("PRAGMA journal_mode = DELETE")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)


def _look_at(archive: Path) -> None:
    if not archive.exists():
        raise StorageError(f"{archive}: there is no archive. Nothing was moved.")
    refuse_if_held(archive)


def _hold_still(raw: sqlite3.Connection, archive: Path) -> None:
    """Let nobody write to a file meanwhile; nothing is written here."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise StorageError(f"{archive}: somebody writes to it ({error}). Stop the bot, then move.") from error
    at, known = backup.form(raw), forms()
    if at != known:
        advice = "Run `khobor migrate` first" if at < known else "Update Khobor first"
        raise StorageError(f"{archive}: made by another version (form {at}, known {known}). {advice}; nothing moved.")


def _made_ready(archive: Path) -> Path:
    """Return where a file is written until it is whole.

    A draft that another version began there is removed.
    """
    if archive.exists():
        raise StorageError(f"{archive}: there is a file already. Name one that is new; nothing was moved.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    draft = archive.with_name(f".{archive.name}.part")
    if not draft.exists():
        return draft
    with suppress(sqlite3.DatabaseError), closing(_connect(draft, "rw")) as raw:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StorageError(f"{archive}: another `khobor move` is at work there ({error}). Let it end.") from error
        if backup.form(raw) == forms():
            return draft
    for side in ("", *backup.SIDES):
        draft.with_name(f"{draft.name}{side}").unlink(missing_ok=True)
    return draft


def _refused(error: Exception, archive: Path) -> StorageError:
    return StorageError(f"{archive}: {error}. Is there room on the disk? Run the same once more, and it goes on.")


def _put_in_place(draft: Path, archive: Path) -> None:
    backup.sync(draft)
    draft.replace(archive)
    private.tighten(archive)
    backup.sync(archive.absolute().parent)
