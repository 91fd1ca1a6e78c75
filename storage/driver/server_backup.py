"""Copies a running archive of a PostgreSQL server into one file.

It is the file that a backup of an archive on SQLite is, so either is restored on either engine. All of it is of one
moment: one snapshot is held for as long as the copying takes, beside which the bot goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from bot.values.errors import StorageError
from storage.driver import backup, postgresql, server_rows
from storage.driver.copying import ROWS, SEEDED, RowSum, file_pages, go_on_in_file, put_in_file, tables_of
from storage.driver.migrate import bring_up
from storage.driver.postgresql_errors import in_words
from storage.driver.sqlite import opened

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from bot.values.backups import Contents
    from storage.driver.copying import Step

_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


async def write(address: str, beside: Path, target: Path, now: datetime, step: Step) -> Contents:
    """Copy a running archive into one file.

    Complete and checked under its name, or not there at all. Nothing at ``beside``, where an archive in a file would
    be, is replaced.

    Raises:
        StorageError: it cannot be read or written, or there is no room; the text says what to do.
    """
    name = in_words(address)
    await anyio.to_thread.run_sync(backup.refuse_to_replace, beside, target)
    with backup.in_words(target, lambda error: _refused(error, target)), backup.drafted(target) as draft:
        async with opened(draft) as file:
            await bring_up(file)
        async with server_rows.connected(address) as server:
            await server_rows.refuse_other_form(server, name)
            await server.execute(_SNAPSHOT)
            with backup.filling(draft, now) as copy:
                await _fill(server, copy, step)
        await anyio.to_thread.run_sync(backup.put_in_place, draft, target)
    return await anyio.to_thread.run_sync(backup.contents, target)


async def _fill(server: postgresql.Raw, copy: sqlite3.Connection, step: Step) -> None:
    copy.executescript("PRAGMA foreign_keys = OFF; BEGIN")
    for name in SEEDED:
        copy.execute(f"DELETE FROM {name}")
    tables, done = tables_of(copy), 0
    total = sum([await server_rows.count(server, table) for table in tables])
    for table in tables:
        there = RowSum()
        async with server.cursor("backup") as cursor:
            await cursor.execute(f"SELECT {table.listed} FROM {table.name}")
            while rows := await cursor.fetchmany(ROWS):
                put_in_file(copy, table, rows)
                there = there.plus(rows)
                done += len(rows)
                step(done, total)
        here = RowSum()
        for written in file_pages(copy, table):
            here = here.plus(written)
        if here != there:
            raise StorageError(f"{table.name}: {here.rows:,} of {there.rows:,} rows arrived, or others. Try again.")
    go_on_in_file(copy, await server_rows.numbers(server, tables))
    copy.execute("COMMIT")
    if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise StorageError("rows of the archive point to rows that are not there. Nothing was written.")


def _refused(error: Exception, target: Path) -> StorageError:
    return StorageError(f"{target} cannot be written: {error}. Is there room on the disk? Nothing was changed.")
