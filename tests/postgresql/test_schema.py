"""Both engines have the same tables."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage.driver.migrate import migrate
from storage.driver.pg_migrate import bring_up
from storage.driver.postgresql import PostgresqlDatabase
from tests.postgresql.tables import ROOT, tables
from tests.storage.invented import an_archive

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
_OWN = {"article_words", "leases", "form", "server_identity"}
"""Tables that PostgreSQL alone has: the index, what one process does at a time, and where the archive stands."""
_COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
    "WHERE table_schema = current_schema()"
)
_KINDS = {"bigint": "INTEGER", "text": "TEXT", "double precision": "REAL"}


def test_the_first_tables_are_those_that_sqlite_had_then() -> None:
    # An archive that was made with another text would lack what was added to it.
    assert (ROOT / "postgresql" / "0001_tables.sql").read_text(encoding="utf-8") == tables()


async def test_the_two_schemas_have_the_same_columns(tmp_path: Path) -> None:
    await migrate(tmp_path / "file.db")
    with sqlite3.connect(tmp_path / "file.db") as raw:
        tables = [
            name
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "article_words"))
        ]
        here = {
            (table, name, kind, bool(required) or bool(key))
            for table in tables
            for _, name, kind, required, _, key in raw.execute(f"PRAGMA table_info({table})")
        }
    raw.close()
    async with an_archive(tmp_path) as archive:
        rows = await archive.store._database.read(lambda db: db.rows(_COLUMNS))
    there = {
        (table, name, _KINDS.get(kind, kind), nullable == "NO")
        for table, name, kind, nullable in rows
        if table not in _OWN and not table.startswith("article_words_")
    }
    assert len(here) > 150
    assert here == there


async def test_an_archive_of_an_older_form_gets_what_was_added(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        assert isinstance(database, PostgresqlDatabase)
        await database.write(lambda db: db.rows("ALTER TABLE chats DROP COLUMN called_role"))
        await database.write(lambda db: db.rows("UPDATE form SET number = ?", 5))
        assert await bring_up(database) == ["0006_called_role.sql"]
        assert await database.read(lambda db: db.rows("SELECT DISTINCT called_role FROM chats")) == [("",)]
        assert await bring_up(database) == []


async def test_the_two_schemas_have_the_same_indexes(tmp_path: Path) -> None:
    await migrate(tmp_path / "file.db")
    with sqlite3.connect(tmp_path / "file.db") as raw:
        here = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")}
    raw.close()
    async with an_archive(tmp_path) as archive:
        rows = await archive.store._database.read(
            lambda db: db.rows("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        )
    assert len(here) > 30
    assert here <= {name for (name,) in rows}


async def test_what_changes_often_is_cleaned_up_often(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        rows = await archive.store._database.read(
            lambda db: db.rows("SELECT relname, reloptions FROM pg_class WHERE reloptions IS NOT NULL")
        )
    options = {name: set(some) for name, some in rows}
    for table in ("deliveries", "digests", "chats", "fanouts"):
        assert options[table] == {
            "autovacuum_vacuum_scale_factor=0.01",
            "autovacuum_vacuum_threshold=10000",
            "autovacuum_vacuum_cost_delay=0",
        }
    for table in ("counters", "leases"):
        assert "autovacuum_vacuum_threshold=1000" in options[table]
