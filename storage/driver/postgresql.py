"""PostgreSQL, through the only file that knows its driver.

psycopg 3 with its pool, which the extra ``khobor[postgresql]`` brings. Whoever reads runs statement by statement.
Whoever writes has a transaction, beside those of others, which is run again after a deadlock or a conflict, and begins
anew on another connection where the server was restarted meanwhile. A server that does not answer is given up after
some seconds, whatever its network says.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
import socket
from collections import Counter
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Final, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool

from bot.values.errors import StorageError
from storage.driver import dialect
from storage.driver.connection import AtOnce, DatabaseEngine, Latch
from storage.driver.postgresql_errors import AGAIN, LostBeforeCommitError, PostgresqlErrors, SilentError, in_words
from storage.driver.whole import to_its_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from storage.driver.connection import Connection, Row, Statement

log = logging.getLogger(__name__)
T = TypeVar("T")
Raw = psycopg.AsyncConnection[tuple[object, ...]]

POOL = (2, 10)
"""Connections that are kept, and held at most."""
WAIT = 4.0
"""Seconds to wait for a connection, or for the server's answer to a dial or to a statement that reads."""
WRITE = 10.0
"""Seconds to wait for the answer to a statement of a transaction that writes."""
BRIEF = 3.0
"""The same where few rows are written: longer than a lock is waited for, as long as the system keeps a silent line."""
A_ROW = 0.005
"""Seconds more for each row of a statement that writes many."""
TRIES = 8
"""Runs of a transaction that met others."""
# A plan made for any values takes "since the beginning, until for ever" for a few rows: after ten questions /tag walked
# through every article there is, 4 s where a plan for its own values takes 30 ms.
_SETTINGS = (
    "-c plan_cache_mode=force_custom_plan -c lock_timeout=2000 -c idle_in_transaction_session_timeout=5000 "
    "-c statement_timeout=60000 -c jit=off -c client_connection_check_interval=1000"
)
_KEEPALIVES: dict[str, int] = {
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 3000,
}
POOLED = (
    "a pooler in transaction mode stands before the server: locks are lost between two statements. "
    "Give DATABASE_URL the server itself, or a pooler in session mode."
)
WORK: Final = "khobor_work"
"""The channel on which a transaction that makes work says so."""
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_LATCHES: Final = 0x6B68
"""What our latches are told from other programs' locks by."""


class _PostgresqlConnection:
    """A connection as the tables' files see it."""

    engine: Final = DatabaseEngine.POSTGRESQL

    def __init__(self, raw: Raw, wait: float) -> None:
        """Use a connection whose answers are waited for so many seconds."""
        self.raw = raw
        self._wait = wait
        self.is_rousing = False

    async def rows(self, sql: str, *values: object) -> list[Row]:
        with answering(self.raw, self._wait):
            return await _fetched(await self._run(sql, values))

    async def row(self, sql: str, *values: object) -> Row | None:
        found = await self.rows(sql, *values)
        return found[0] if found else None

    async def together(self, statements: Sequence[Statement | AtOnce]) -> list[list[Row]]:
        written = [dialect.as_one(one) if isinstance(one, AtOnce) else one for one in statements]
        with answering(self.raw, self._wait):
            async with self.raw.pipeline():
                cursors = [await self._run(sql, values) for sql, values in written]
            return [await _fetched(cursor) for cursor in cursors]

    async def changed(self, sql: str, *values: object) -> int:
        with answering(self.raw, self._wait):
            return (await self._run(sql, values)).rowcount

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            with answering(self.raw, self._wait + len(rows) * A_ROW):
                async with self.raw.cursor() as cursor:
                    await cursor.executemany(dialect.for_postgresql(sql), [_given(row) for row in rows])

    async def each(self, sql: str, rows: Sequence[Sequence[object]]) -> set[int]:
        return {place for (place,) in await self.rows(f"{sql} RETURNING j.key", json.dumps(rows))}

    async def latch(self, latch: Latch, *, shared: bool = False) -> None:
        await self.rows(f"SELECT pg_advisory_xact_lock{'_shared' if shared else ''}(?, ?)", _LATCHES, latch.value)

    def rouse(self) -> None:
        self.is_rousing = True

    async def _run(self, sql: str, values: Sequence[object]) -> psycopg.AsyncCursor[tuple[object, ...]]:
        return await self.raw.execute(dialect.for_postgresql(sql), _given(values))


def _given(values: Sequence[object]) -> list[object]:
    """Return values as PostgreSQL takes them.

    A truth value is a number here, and no text may hold NUL, which nobody sees anyway.
    """
    return [
        int(value) if isinstance(value, bool) else _without_nul(value) if isinstance(value, str) else value
        for value in values
    ]


def _without_nul(text: str) -> str:
    if "\\u0000" in text and text[0] in "[{":
        # In a list or an object it is written as an escape, which a text that says so by itself is not.
        with suppress(ValueError):
            json.loads(text)
            return _NUL.sub(r"\1", text)
    return text.replace("\0", "")


async def _fetched(cursor: psycopg.AsyncCursor[tuple[object, ...]]) -> list[Row]:
    return await cursor.fetchall() if cursor.description else []


@contextmanager
def answering(raw: Raw, seconds: float) -> Iterator[None]:
    """Cut a connection off whose server does not answer in time.

    Where a network swallows what is sent, or a server is stopped, the system's own timeouts need not notice.
    """
    late = False

    def cut() -> None:
        nonlocal late
        late = True
        with suppress(OSError), socket.fromfd(raw.fileno(), socket.AF_INET, socket.SOCK_STREAM) as line:
            line.shutdown(socket.SHUT_RDWR)

    alarm = asyncio.get_running_loop().call_later(seconds, cut)
    try:
        yield
    except psycopg.Error as error:
        if late:
            raise SilentError from error
        raise
    finally:
        alarm.cancel()


class PostgresqlDatabase:
    """One database of a PostgreSQL server."""

    engine: Final = DatabaseEngine.POSTGRESQL
    read_only: Final = False

    def __init__(self, address: str, pool: AsyncConnectionPool[Raw]) -> None:
        """Use the connections of an open pool."""
        self.address = address
        self.name = in_words(address)
        self._pool = pool
        self.again: Counter[str] = Counter()
        """How often a transaction was run again, by what it met."""

    async def write(self, work: Callable[[Connection], Awaitable[T]], *, brief: bool = False) -> T:
        """Run ``work`` in a transaction: all of it or nothing.

        Raises:
            StorageError: the database cannot be written just now.
        """
        return await to_its_end(self._written(work, BRIEF if brief else WRITE))

    async def _written(self, work: Callable[[Connection], Awaitable[T]], wait: float) -> T:
        loop = asyncio.get_running_loop()
        until = loop.time() + WAIT
        with PostgresqlErrors(self.name):
            for tried in range(1, TRIES):
                try:
                    return await self._transaction(work, wait)
                except AGAIN as error:
                    self._note(error)
                    await asyncio.sleep(random.random() * 0.005 * 2**tried)  # noqa: S311 - so that two part
                except LostBeforeCommitError as error:
                    # After a restart each connection of the pool fails once.
                    self._note(error)
                    if loop.time() > until:
                        raise
            return await self._transaction(work, wait)

    def _note(self, error: Exception) -> None:
        what = type(error).__name__
        self.again[what] += 1
        log.debug("%s: a transaction is run again (%s, %s until now)", self.name, what, self.again[what])

    async def _transaction(self, work: Callable[[Connection], Awaitable[T]], wait: float = WRITE) -> T:
        async with self._lent() as raw:
            connection = _PostgresqlConnection(raw, wait)
            try:
                await connection.rows("BEGIN")
                result = await work(connection)
                if connection.is_rousing:
                    await connection.rows("SELECT pg_notify(?, '')", WORK)
            except psycopg.Error as error:
                if raw.broken:
                    raise LostBeforeCommitError from error
                await _rolled_back(raw)
                raise
            except BaseException:
                await _rolled_back(raw)
                raise
            # An answer that is lost from here on leaves a doubt: it is told, never tried again.
            try:
                await connection.rows("COMMIT")
            except AGAIN:
                await _rolled_back(raw)
                raise
            return result

    async def read(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run ``work``, which only reads, statement by statement.

        Raises:
            StorageError: the database cannot be read just now.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + WAIT
        with PostgresqlErrors(self.name):
            while True:
                async with self._lent() as raw:
                    try:
                        return await work(_PostgresqlConnection(raw, WAIT))
                    except psycopg.Error:
                        # After a restart each connection of the pool fails once.
                        if not raw.broken or loop.time() > until:
                            raise

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Raw]:
        """Lend a connection of the pool.

        Where its server is silent the others of that time are silent too: found one by one, each costs its wait.
        """
        async with self._pool.connection(WAIT) as raw:
            try:
                yield raw
            except SilentError:
                await self._pool.drain()
                raise

    @staticmethod
    async def script(db: Connection, sql: str) -> None:
        """Run a file of statements within the transaction that ``db`` is in."""
        if isinstance(db, _PostgresqlConnection):
            await db.raw.execute(sql)

    async def empty_log(self) -> None:
        """Leave the server's log to its operator."""

    async def version(self) -> int:
        """Return a number that changes with every commit of any process."""
        found = await self.read(lambda db: db.row("SELECT txid_snapshot_xmax(txid_current_snapshot())"))
        return int(found[0]) if found else 0


async def _rolled_back(raw: Raw) -> None:
    """Leave the transaction; a connection that cannot is given up."""
    if not raw.broken:
        with suppress(psycopg.Error, SilentError), answering(raw, WAIT):
            await raw.rollback()


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[PostgresqlDatabase]:
    """Open a database by its address.

    Raises:
        StorageError: it cannot be reached; the text says what to do.
    """
    name = in_words(address)
    pool: AsyncConnectionPool[Raw] = AsyncConnectionPool(
        address,
        min_size=POOL[0],
        max_size=POOL[1],
        timeout=WAIT,
        reconnect_timeout=WAIT,
        kwargs={"autocommit": True, "connect_timeout": int(WAIT), "options": _SETTINGS, **_KEEPALIVES},
        open=False,
        name="khobor",
    )
    if is_trusting(address):
        log.warning("%s: nobody looks who that host is. Put ?sslmode=verify-full behind DATABASE_URL.", name)
    try:
        with PostgresqlErrors(name):
            # The pool tries for ever; somebody who starts the program wants to know why it does not begin.
            await refuse_pooler(address)
            await pool.open(wait=True, timeout=WAIT)
        yield PostgresqlDatabase(address, pool)
    finally:
        await pool.close(WAIT)


async def refuse_pooler(address: str) -> None:
    """See that locks last longer than a transaction.

    Raises:
        StorageError: a pooler takes them away.
    """
    if await is_pooled(address):
        raise StorageError(f"{in_words(address)}: {POOLED}")


async def is_pooled(address: str) -> bool:
    """Return whether a pooler gives each transaction another connection.

    Leases would then be lost between two statements.
    """
    async with await dial(address) as one, await dial(address) as other:
        with answering(one, WAIT), answering(other, WAIT):
            before = await _backend(one)
            async with other.transaction():
                # Whoever lends connections lends this one what the first gave back.
                await _backend(other)
                return before != await _backend(one)


async def _backend(raw: Raw) -> object:
    return await (await raw.execute("SELECT pg_backend_pid()")).fetchone()


async def dial(address: str, options: str = "") -> Raw:
    """Open a connection outside of the pool.

    It serves a lock that lives as long as it.
    """
    told = make_conninfo(address, connect_timeout=int(WAIT), options=options, **_KEEPALIVES)
    return await psycopg.AsyncConnection.connect(told, autocommit=True)


def is_trusting(address: str) -> bool:
    """Return whether another host is reached without looking who it is."""
    found = conninfo_to_dict(address)
    host = str(found.get("host") or "")
    far = bool(host) and not host.startswith("/") and host not in {"localhost", "127.0.0.1", "::1"}
    return far and found.get("sslmode") != "verify-full"
