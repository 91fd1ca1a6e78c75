"""Brings a database to this version's form.

Numbered SQL files do it, forward only, each in one transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import anyio

from bot.values.errors import StorageError
from storage.driver import backup
from storage.driver.sqlite import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.driver.connection import Connection
    from storage.driver.sqlite import SqliteDatabase


KEPT = 2
"""Copies from before a migration that stay."""


async def migrate(path: Path) -> list[str]:
    """Open a database, bring it up to date, close it.

    Return the names of what was applied.
    """
    async with opened(path) as database:
        return await bring_up(database)


async def bring_up(database: SqliteDatabase, *, form: int | None = None, copies: bool = True) -> list[str]:
    """Apply what is missing.

    Two processes that do so at once take turns and do nothing twice.
    An archive that holds something is copied first, unless ``copies`` is off. ``form`` is how many migrations are
    applied in all, else every one.

    Raises:
        StorageError: the database was made by a newer version, or is another program's, or has no room for the copy.
    """
    known = _files()[:form]
    at = await database.read(_version)
    if at == 0 and await database.read(_is_foreign):
        raise StorageError(f"{database.path}: holds tables of another program. Set DATABASE_PATH to another file.")
    if at > len(known):
        raise StorageError(f"{database.path}: made by a newer version (form {at}, known {len(known)}). Update Khobor.")
    if at < len(known) and database.read_only:
        raise StorageError(f"{database.path}: made by an older version. Run `khobor migrate` once.")
    if at == len(known):
        return []
    if at and copies:
        await anyio.to_thread.run_sync(_copy_first, database.path, at)
    return await database.write(lambda db: _apply(db, known))


def forms() -> int:
    """Return how many migrations this version knows."""
    return len(_files())


def _copy_first(path: Path, form: int) -> None:
    """Keep a copy of the archive before a change.

    The copy before that one stays too.
    """
    backup.write(path, path.with_name(f"{path.name}.form{form:04}.backup"), datetime.now(UTC))
    backup.keep_newest(path.parent, f"{path.name}.form????.backup", KEPT)


async def _apply(db: Connection, known: list[tuple[str, str]]) -> list[str]:
    applied = []
    for number, (name, sql) in enumerate(known[await _version(db) :], start=await _version(db) + 1):
        for statement in statements_of(sql):
            await db.rows(statement)
        # A pragma takes no placeholder; the number is our own count.
        await db.rows(f"PRAGMA user_version = {number}")
        applied.append(name)
    return applied


async def _is_foreign(db: Connection) -> bool:
    # The number once more: another process may have made our tables since it was read.
    return await db.row("SELECT 1 FROM sqlite_schema LIMIT 1") is not None and await _version(db) == 0


async def _version(db: Connection) -> int:
    row = await db.row("PRAGMA user_version")
    return int(row[0]) if row else 0


@cache
def _files() -> list[tuple[str, str]]:
    folder = files("storage").joinpath("migrations")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return [(entry.name, entry.read_text(encoding="utf-8")) for entry in found]


def statements_of(sql: str) -> Iterator[str]:
    """Split a file into statements.

    A statement ends with a semicolon at a line's end, a trigger with END; alone.
    """
    statement: list[str] = []
    for line in sql.splitlines():
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        statement.append(line)
        in_trigger = statement[0].startswith("CREATE TRIGGER")
        if (line == "END;") if in_trigger else line.split("--")[0].rstrip().endswith(";"):
            yield "\n".join(statement)
            statement = []
