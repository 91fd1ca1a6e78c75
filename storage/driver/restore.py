"""Puts a backup in place.

Its rows are read into a fresh archive, so that a hostile file is only data.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import anyio

from bot.values.backups import Contents, Restoration
from bot.values.errors import StorageError
from storage.driver import backup, mark, private, restoring
from storage.driver.holder import holder
from storage.driver.migrate import bring_up, forms
from storage.driver.sqlite import opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from storage.driver.backup import Step
    from storage.driver.sqlite import SqliteDatabase

    Values = tuple[object, ...]

KEPT = ".before-restore"
_ROWS = 1000
"""Rows that are read and written at once."""
_ROOM = 1.5
"""What a fresh archive takes of the disk while it is filled, by the backup's size: its log comes beside it."""


async def restore(
    file: Path,
    archive: Path,
    now: datetime,
    *,
    over: bool,
    step: Step,
    erase: Callable[[SqliteDatabase], Awaitable[int]] | None = None,
) -> Restoration:
    """Put a backup in place of an archive.

    There need not be one. Until it is complete nothing is changed. Rows that waited go to digests and sources are
    read as if for the first time (`restoring.restored`). The archive that was there is kept beside it. ``erase``
    erases again who was erased since the backup was made.

    Raises:
        StorageError: the file is no backup, or damaged, or of a newer version; an archive is there, or in use.
    """
    found, at = await anyio.to_thread.run_sync(_looked_at, file)
    await anyio.to_thread.run_sync(_made_ready, file, archive, found, over)
    draft = archive.with_name(f".{archive.name}.{os.getpid()}.part")
    try:
        async with opened(draft) as database:
            await bring_up(database, form=at)
        await anyio.to_thread.run_sync(_fill, file, draft, found, step)
        async with opened(draft) as database:
            await bring_up(database, copies=False)
            left, number = await restoring.restored(database, now)
            gone = await erase(database) if erase is not None else 0
        await anyio.to_thread.run_sync(_put_in_place, draft, archive)
    finally:
        for name in ("", ".mark", ".erased", *backup.SIDES):
            draft.with_name(f"{draft.name}{name}").unlink(missing_ok=True)
    mark.write(archive, number, found.highest)
    return Restoration(found, left, gone)


def _looked_at(file: Path) -> tuple[Contents, int]:
    """Return what a backup holds, and its form.

    Raises:
        StorageError: there is no such file, or this version does not read it.
    """
    if not file.is_file():
        raise StorageError(f"{file}: there is no such file. Nothing was changed.")
    found = backup.contents(file)
    with backup.open_data(file) as raw:
        at, known = backup.form(raw), forms()
        if at > known:
            theirs = backup.facts(raw, file).get("version", "?")
            ours = backup.own_version()
            raise StorageError(
                f"{file} was made by version {theirs}; this is {ours}. Update first. Nothing was changed."
            )
        if at < 1:
            raise backup.not_a_backup(file)
    return found, at


def _made_ready(file: Path, archive: Path, found: Contents, over: bool) -> None:  # noqa: FBT001 - for a thread
    """Check that the archive may be replaced and that there is room."""
    if archive.exists() and not over:
        raise StorageError(
            f"there is an archive in {archive} already. To replace it: khobor restore {file} --over "
            f"(the old one is kept as {archive.name}{KEPT})."
        )
    with backup.in_words(archive):
        refuse_if_held(archive)
        archive.parent.mkdir(parents=True, exist_ok=True)
        backup.need_room(archive.absolute().parent, archive.parent, int(_ROOM * found.size))


def refuse_if_held(archive: Path) -> None:
    """Refuse to replace an archive that is open.

    Its process would go on writing into what was moved away.
    """
    if not archive.exists():
        return
    process = holder(archive)
    if process is None:
        with closing(sqlite3.connect(archive, timeout=0, isolation_level=None)) as raw:
            try:
                raw.execute("PRAGMA locking_mode = EXCLUSIVE")
                raw.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    return
            except sqlite3.DatabaseError:
                # Damaged, or none of ours: that is why it is replaced, and it is kept.
                return
            else:
                return
    named = f" (process {process})" if process else ""
    raise StorageError(f"the bot is running{named}. Stop it, then restore.")


def _fill(file: Path, draft: Path, found: Contents, step: Step) -> None:
    """Copy every row of every known table.

    Known are the tables that this version has at the backup's form, and no others.
    """
    with backup.open_data(file) as theirs, closing(sqlite3.connect(draft, isolation_level=None)) as ours:
        try:
            tables = list(plain_tables(ours))
            _refuse_strangers(theirs, ours, file)
            total = sum(_count(theirs, table, file) for table in tables)
            ours.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN;")
            done = 0
            for table in tables:
                for rows in _read(theirs, ours, table, file):
                    _insert(ours, table, rows)
                    done += len(rows)
                    step(done, total)
            _go_on_counting(theirs, ours)
            ours.execute("COMMIT")
            _complain(ours, found, file)
        except (sqlite3.Error, UnicodeError) as error:
            raise backup.damaged(file, error) from error


def plain_tables(ours: sqlite3.Connection) -> Iterator[str]:
    """Return the names of the plain tables.

    Triggers make an index of words from them.
    """
    found = ours.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name"
    )
    return (name for (name,) in found.fetchall())


def _refuse_strangers(theirs: sqlite3.Connection, ours: sqlite3.Connection, file: Path) -> None:
    """Refuse a file with triggers or views not ours.

    Nobody but an attacker puts any there.
    """
    wanted = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    known = set(ours.execute(wanted).fetchall())
    if any(row not in known for row in theirs.execute(wanted)):
        raise backup.not_a_backup(file)


def _count(theirs: sqlite3.Connection, table: str, file: Path) -> int:
    plain = theirs.execute(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name = ? AND type = 'table'", (table,)
    ).fetchone()
    if not plain[0]:
        raise backup.not_a_backup(file)
    return int(theirs.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def columns(raw: sqlite3.Connection, table: str) -> dict[str, int]:
    """Return the columns of a table.

    Each with whether it is made rather than stored.
    """
    found = raw.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (table,))
    return {name: int(hidden) for name, hidden in found}


def _read(theirs: sqlite3.Connection, ours: sqlite3.Connection, table: str, file: Path) -> Iterator[list[Values]]:
    wanted, there = columns(ours, table), columns(theirs, table)
    if any(there.get(name, 1) for name in wanted):
        raise backup.not_a_backup(file)
    names = ", ".join(f'"{name}"' for name in wanted)
    rows = theirs.execute(f'SELECT {names} FROM "{table}"')
    # What a new archive begins with stands in the backup too.
    ours.execute(f'DELETE FROM "{table}"')
    while some := rows.fetchmany(_ROWS):
        yield some


def _insert(ours: sqlite3.Connection, table: str, rows: list[Values]) -> None:
    names = ", ".join(f'"{name}"' for name in columns(ours, table))
    marks = ", ".join("?" * len(rows[0]))
    ours.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def _go_on_counting(theirs: sqlite3.Connection, ours: sqlite3.Connection) -> None:
    """Keep the counters, so no number is given twice.

    This holds even for a number whose row is gone.
    """
    with suppress(sqlite3.OperationalError):
        for name, last in theirs.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            if isinstance(last, int):
                ours.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name))


def _complain(ours: sqlite3.Connection, found: Contents, file: Path) -> None:
    """Check that all came over and hangs together.

    All that the backup says it holds.
    """
    counted = backup.counted(ours)
    said = {"stories": found.stories, "chats": found.chats, "highest": found.highest}
    if counted != said:
        raise backup.damaged(file, f"it says {said} and holds {counted}")
    if ours.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise backup.damaged(file, "rows name others that are not there")


def _put_in_place(draft: Path, archive: Path) -> None:
    """Swap the new archive in for the old.

    It is finished first, and the old one kept under its other name.
    """
    with backup.in_words(archive):
        with closing(sqlite3.connect(draft, isolation_level=None)) as raw:
            # All of it in one file, so that one rename is all of it.
            raw.execute("PRAGMA journal_mode = DELETE")
            if (said := raw.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise StorageError(f"the new archive is damaged ({said}); is the disk well? Nothing was changed.")
        backup.sync(draft)
        _keep_old(archive)
        draft.replace(archive)
        private.tighten(archive)
        backup.sync(archive.absolute().parent)


def _keep_old(archive: Path) -> None:
    """Give the old archive a second name.

    Its log, which must not meet another archive, is merged or moved away.
    """
    if not archive.exists():
        for name in backup.SIDES:
            archive.with_name(f"{archive.name}{name}").unlink(missing_ok=True)
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(archive, timeout=0, isolation_level=None)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in backup.SIDES:
        kept = archive.with_name(f"{archive.name}{KEPT}{name}")
        kept.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            archive.with_name(f"{archive.name}{name}").replace(kept)
    kept = archive.with_name(f"{archive.name}{KEPT}")
    kept.unlink(missing_ok=True)
    try:
        os.link(archive, kept)
    except OSError:
        # A file system without second names.
        archive.replace(kept)
