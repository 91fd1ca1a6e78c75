"""Reads and fills whole tables of a PostgreSQL server."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import psycopg

from bot.values.errors import StorageError
from storage.driver import pg_migrate, postgresql
from storage.driver.copying import ROWS, Table
from storage.driver.postgresql_errors import in_words, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from storage.driver.copying import Values

    Vector = Callable[[str, str], str]
    """Makes an article's entry of the index from its headline and body."""

# Each page by the key's index, whatever the planner makes of tables that nobody has analysed.
_OPTIONS = (
    "-c lock_timeout=2000 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c jit=off "
    "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off"
)
PART = 50_000
"""Numbers of articles in one part of the full-text index (`make_part`)."""
_PARTS = "SELECT count(*) FROM pg_inherits WHERE inhparent = CAST('article_words' AS regclass)"
_UNINDEXED = (
    "SELECT c.relname, substr(c.relname, length('article_words_') + 1) FROM pg_inherits i "
    "JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = CAST('article_words' AS regclass) AND NOT EXISTS "
    "(SELECT 1 FROM pg_index x JOIN pg_class g ON g.oid = x.indexrelid JOIN pg_am m ON m.oid = g.relam "
    "WHERE x.indrelid = c.oid AND m.amname = 'gin') ORDER BY CAST(substr(c.relname, 15) AS bigint)"
)
_GIN = "USING gin (words) WITH (fastupdate = off)"
_INDEX_MEMORY = "256MB"
"""What the server may take to make one part of the index; with less it writes each of its pages several times."""
_SERVED = "SELECT name FROM leases WHERE owner <> '' AND beat > clock_timestamp() - make_interval(secs => 4) ORDER BY 1"


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[postgresql.Raw]:
    """Open a connection for copying.

    Raises:
        StorageError: the server cannot be used; the text says what to do.
    """
    name = in_words(address)
    try:
        server = await postgresql.dial(address, _OPTIONS)
    except psycopg.Error as error:
        raise refused(error, name) from error
    try:
        yield server
    except psycopg.Error as error:
        raise refused(error, name) from error
    finally:
        await server.close()


async def refuse_other_form(server: postgresql.Raw, name: str) -> None:
    """See that an archive stands there, in this version's form.

    Raises:
        StorageError: there is none, or it is of another version.
    """
    if not await one(server, "SELECT CASE WHEN to_regclass('form') IS NULL THEN 0 ELSE 1 END"):
        raise StorageError(f"{name}: there is no archive. Check DATABASE_URL; nothing was copied.")
    at, known = await one(server, "SELECT coalesce(max(number), 0) FROM form"), pg_migrate.forms()
    if at != known:
        advice = "Run `khobor migrate` first" if at < known else "Update Khobor first"
        raise StorageError(f"{name}: made by another version (form {at}, known {known}). {advice}; nothing was copied.")


async def refuse_served(server: postgresql.Raw, name: str) -> None:
    """Refuse an archive that a bot serves just now.

    Raises:
        StorageError: somebody holds a lease.
    """
    held = [str(row[0]) for row in await (await server.execute(_SERVED)).fetchall()]
    if held:
        raise StorageError(f"{name}: the bot is running on it (it holds {', '.join(held)}). Stop it, then move.")


@asynccontextmanager
async def held_still(address: str, tables: Sequence[Table]) -> AsyncIterator[None]:
    """Let nobody write to tables meanwhile.

    Nothing is written and no snapshot is held.

    Raises:
        StorageError: somebody writes just now.
    """
    async with connected(address) as server:
        await server.execute("BEGIN")
        await server.execute(f"LOCK TABLE {', '.join(table.name for table in tables)} IN SHARE MODE")
        yield
        await server.execute("ROLLBACK")


async def one(server: postgresql.Raw, sql: str) -> int:
    """Ask for one number."""
    row = await (await server.execute(sql)).fetchone()
    return int(str(row[0])) if row and row[0] is not None else 0


async def count(server: postgresql.Raw, table: Table) -> int:
    """Count a table's rows."""
    return await one(server, f"SELECT count(*) FROM {table.name}")


async def pages(server: postgresql.Raw, table: Table) -> AsyncIterator[list[Values]]:
    """Read a table by its key.

    Each page is a short transaction of its own.
    """
    columns, places = ", ".join(table.primary_key), [table.columns.index(column) for column in table.primary_key]
    asked, after = f"SELECT {table.listed} FROM {table.name}", list[object]()
    while True:
        beyond = f" WHERE ({columns}) > ({', '.join(['%s'] * len(after))})" if after else ""
        order = f" ORDER BY {columns} LIMIT {ROWS}" if columns else ""
        rows = await (await server.execute(f"{asked}{beyond}{order}", after)).fetchall()
        if rows:
            yield rows
        if not columns or len(rows) < ROWS:
            return
        after = [rows[-1][place] for place in places]


async def put(server: postgresql.Raw, table: Table, rows: Sequence[Values], vector: Vector) -> None:
    """Add rows to a table, and what the index holds of them.

    The index has been dropped. Articles come in the order of their numbers: a part of the index is made once the next
    one begins.
    """
    await _copied(server, table.name, table.listed, rows)
    if table.name == "article_texts":
        numbers = [int(str(row[0])) for row in rows]
        has_begun = await _made_parts(server, numbers)
        vectors = [(number, vector(str(row[1]), str(row[2]))) for number, row in zip(numbers, rows, strict=True)]
        await _copied(server, "article_words", "article_id, words", vectors)
        if has_begun:
            await _index_parts(server, before=max(numbers))


async def _copied(server: postgresql.Raw, table: str, columns: str, rows: Sequence[Values]) -> None:
    async with server.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            await copy.write_row(row)


async def _made_parts(server: postgresql.Raw, numbers: Sequence[int]) -> bool:
    """Make the index's parts for these numbers; tell whether one was missing."""
    before = await one(server, _PARTS)
    for part in sorted({number // PART for number in numbers}):
        await server.execute("SELECT make_part(%s)", (part * PART,))
    return await one(server, _PARTS) > before


async def drop_index(server: postgresql.Raw) -> None:
    """Let whoever fills the archive not keep the full-text index.

    Kept with each article it takes most of the time; made at once it is several times faster.
    """
    await server.execute("DROP INDEX IF EXISTS article_words_index")


async def make_index(server: postgresql.Raw) -> None:
    """Make what is missing of the full-text index, part by part.

    It is then the one that a new archive begins with.
    """
    await _index_parts(server, before=None)
    # The index of the whole takes over those that its parts have.
    await server.execute(f"CREATE INDEX IF NOT EXISTS article_words_index ON article_words {_GIN}")


async def _index_parts(server: postgresql.Raw, *, before: int | None) -> None:
    await server.execute(f"SET maintenance_work_mem = '{_INDEX_MEMORY}'")
    for name, number in await (await server.execute(_UNINDEXED)).fetchall():
        if before is None or int(str(number)) < before // PART:
            await server.execute(f"CREATE INDEX {name}_words_idx ON {name} {_GIN}")


async def numbers(server: postgresql.Raw, tables: Sequence[Table]) -> dict[str, int]:
    """Return the last number that each table gave."""
    found = {}
    for table in tables:
        if table.numbered:
            name = f"pg_get_serial_sequence('{table.name}', 'id')"
            found[table.name] = await one(server, f"SELECT coalesce(pg_sequence_last_value({name}::regclass), 0)")
    return found


async def go_on(server: postgresql.Raw, tables: Sequence[Table], last: Mapping[str, int]) -> None:
    """Let tables go on behind these numbers.

    No number is given twice.
    """
    for table in tables:
        if table.numbered:
            highest = f"greatest({int(last.get(table.name, 0))}, (SELECT coalesce(max(id), 0) FROM {table.name}))"
            await server.execute(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), greatest(1, {highest}), {highest} > 0)"
            )
