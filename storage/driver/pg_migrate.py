"""Brings a PostgreSQL database to this version's form.

Numbered SQL files do it, forward only, each in one transaction; the first makes all that SQLite's files make together.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from bot.values.errors import StorageError

if TYPE_CHECKING:
    from storage.driver.connection import Connection
    from storage.driver.postgresql import PostgresqlDatabase

_FORM = "SELECT CASE WHEN to_regclass('form') IS NULL THEN 0 ELSE 1 END"
_FOREIGN = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1"


async def bring_up(database: PostgresqlDatabase) -> list[str]:
    """Apply what is missing.

    Several processes that do so at once take turns.

    Raises:
        StorageError: the database was made by a newer version, or is another program's.
    """
    known = _files()
    at = await database.read(_form)
    if at == 0 and await database.read(_is_foreign):
        raise StorageError(f"{database.name}: holds tables of another program. Create a database for Khobor alone.")
    if at > len(known):
        raise StorageError(f"{database.name}: made by a newer version (form {at}, known {len(known)}). Update Khobor.")
    return [] if at == len(known) else await database.write(lambda db: _apply(db, database, known))


def forms() -> int:
    """Return how many migrations this version knows."""
    return len(_files())


async def _is_foreign(db: Connection) -> bool:
    # The form once more: another process may have made our tables since it was read.
    return await db.row(_FOREIGN) is not None and not await _form(db)


async def _form(db: Connection) -> int:
    made = await db.row(_FORM)
    row = await db.row("SELECT number FROM form") if made and made[0] else None
    return int(row[0]) if row else 0


async def _apply(db: Connection, database: PostgresqlDatabase, known: list[tuple[str, str]]) -> list[str]:
    at = await _form(db)
    applied = []
    for name, sql in known[at:]:
        await database.script(db, sql)
        applied.append(name)
    await db.rows("DELETE FROM form")
    await db.rows("INSERT INTO form (number) VALUES (?)", len(known))
    return applied


def _files() -> list[tuple[str, str]]:
    folder = files("storage").joinpath("postgresql")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return [(entry.name, entry.read_text(encoding="utf-8")) for entry in found]
