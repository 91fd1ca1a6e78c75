"""SQLite, through the only file that knows its driver.

It uses WAL with synchronous=FULL, for with NORMAL a power cut takes back every commit since the last checkpoint (FULL
costs .16 ms a commit). There is one writer behind a lock, and separate readers.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

import aiosqlite
import anyio

from bot.values.errors import StorageError
from storage.driver import private
from storage.driver.connection import DatabaseEngine
from storage.driver.in_thread import InThread, done
from storage.driver.sqlite_errors import TAKEN_AWAY, SqliteErrors
from storage.driver.whole import to_its_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Generator
    from pathlib import Path

    from storage.driver.connection import Connection, Row

T = TypeVar("T")

READERS = 2
BUSY = 4.0
"""Seconds to wait for another process's write, one's turn among our own included."""
LOCKED, BRIEFLY = 5.0, 0.1
"""For so many seconds after a write found no way in, others wait this briefly: a reader is told at once."""
_PRAGMAS = (
    "PRAGMA synchronous = {}; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; "
    # What somebody had erased must not stand in free pages of the file.
    "PRAGMA secure_delete = ON;"
)
_STEP = 0.02
_LOCK_WAIT = 10
"""Milliseconds that SQLite's own wait for the writer's lock may take.

It sleeps 1, 2, 5, 10, 15, 20, 25 … 100 ms, so beside a process that writes one short transaction after another it
sleeps through the gaps between them: 130 ms were measured beside windows of 10 ms with gaps of 5 ms. Asked again after
this long it never sleeps more than 5 ms at once.
"""


class _SqliteConnection:
    """A connection and its thread.

    Each call takes one hop there.
    """

    def __init__(self, raw: aiosqlite.Connection) -> None:
        self.raw = raw

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """Run one statement by itself."""
        return list(await self.raw.execute_fetchall(sql, values))  # type: ignore[arg-type]

    async def in_thread(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job in the connection's thread.

        Twenty answers at once came a third sooner so than statement by statement.
        """
        # Private, but the driver hands over nothing larger than a statement.
        execute: Callable[..., Awaitable[T]] = self.raw._execute  # noqa: SLF001
        return await execute(job, self.raw._conn)  # noqa: SLF001


class SqliteDatabase:
    """One SQLite file."""

    engine: Final = DatabaseEngine.SQLITE

    def __init__(
        self,
        path: Path,
        writer: _SqliteConnection,
        readers: list[_SqliteConnection],
        *,
        busy: float = BUSY,
        read_only: bool = False,
    ) -> None:
        """Use connections that are open.

        A write waits at most ``busy`` seconds for another process's.
        """
        self.path = path
        self._errors = SqliteErrors(path)
        self._busy = busy
        self.read_only = read_only
        self._writer = writer
        self._readers = readers
        self._free: asyncio.Queue[_SqliteConnection] = asyncio.Queue()
        for reader in readers[1:]:
            self._free.put_nowait(reader)
        self._writing = asyncio.Lock()
        self._locked_at = -LOCKED
        self._files = (str(path), f"{path}-wal")
        self._opened: dict[str, tuple[int, int]] = {}

    @property
    def damage(self) -> str | None:
        """What was said of damaged pages since this was opened."""
        return self._errors.damage

    async def write(self, work: Callable[[Connection], Awaitable[T]], *, brief: bool = False) -> T:
        """Run ``work`` in a transaction: all of it or nothing.

        It runs in the connection's thread, as what reads does: it may await nothing else, and what it shares with
        others must bear several threads. A caller who is cancelled leaves nothing half done, and the next writer does
        not find itself within a transaction.

        Raises:
            StorageError: the database cannot be written just now.
        """
        del brief  # a file answers, or its disk fails
        now = monotonic()
        until = now + (BRIEFLY if now - self._locked_at < LOCKED else self._busy)
        async with self._writing:
            return await to_its_end(self._transaction(work, until))

    async def _transaction(self, work: Callable[[Connection], Awaitable[T]], until: float = inf) -> T:
        with self._errors:
            return await self._writer.in_thread(lambda raw: self._done_in_thread(raw, work, until))

    def _done_in_thread(self, raw: sqlite3.Connection, work: Callable[[Connection], Awaitable[T]], until: float) -> T:
        while True:
            with self._waiting(until):
                raw.execute("BEGIN IMMEDIATE")
                break
        try:
            self._look()
            result = done(work, InThread(raw))
            raw.execute("COMMIT")
        except BaseException:
            raw.rollback()
            raise
        return result

    @contextmanager
    def _waiting(self, until: float) -> Generator[None]:
        """Let a transaction that another's stops be begun again."""
        try:
            yield
        except sqlite3.OperationalError as error:
            now = monotonic()
            if not _is_busy(error):
                raise
            if now >= until:
                self._locked_at = now
                raise
        else:
            self._locked_at = -LOCKED

    def _look(self) -> None:
        """See that what is written goes where others find it.

        A file that was deleted takes everything, says so, and is gone with this process.

        Raises:
            StorageError: the file or its log is not the one that was opened.
        """
        for path in self._files:
            there, opened = _identity(path), self._opened.get(path)
            if opened is None and there is not None:
                self._opened[path] = there
            elif opened != there:
                raise StorageError(f"{path}: {TAKEN_AWAY}")

    async def read(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run ``work``, which only reads, in the thread of a connection.

        It may await nothing else, and what it shares with others must bear several threads. If cancelled, it ends
        unheard.

        Raises:
            StorageError: the database cannot be read just now.
        """
        reader = await self._free.get()
        try:
            with self._errors:
                return await reader.in_thread(lambda raw: done(work, InThread(raw)))
        finally:
            self._free.put_nowait(reader)

    async def empty_log(self) -> None:
        """Write the log of writes into the file, and empty it.

        Pages that another process reads just now stay in it until the next time.
        """
        async with self._writing:
            with self._errors:
                await self._writer.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    async def version(self) -> int:
        """Return a number that changes with every process's commit."""
        with self._errors:
            # Always the same connection, and one that never writes: the number is relative to it.
            found = await self._readers[0].rows("PRAGMA data_version")
        return int(found[0][0])


@asynccontextmanager
async def opened(
    path: Path, *, busy: float = BUSY, read_only: bool = False, durable: bool = True
) -> AsyncIterator[SqliteDatabase]:
    """Open a database file, made with its folder if there is none.

    ``busy`` is how long a write waits, in seconds. Without ``durable`` a power cut may take the last commits back, and
    the file with them: for tests alone.

    Raises:
        StorageError: it cannot be opened; the text says what to do.
    """
    async with AsyncExitStack() as stack:
        with SqliteErrors(path):
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
                private.create(path)
                private.tighten(path)
            connections = []
            for _ in range(2 + READERS):
                connection = await stack.enter_async_context(_connected(path, busy, read_only=read_only))
                await _prepare(connection, busy, read_only=read_only, durable=durable)
                connections.append(connection)
        await connections[0].rows(f"PRAGMA busy_timeout = {min(_LOCK_WAIT, int(1000 * busy))}")
        yield SqliteDatabase(path, connections[0], connections[1:], busy=busy, read_only=read_only)


@asynccontextmanager
async def _connected(path: Path, busy: float, *, read_only: bool = False) -> AsyncIterator[_SqliteConnection]:
    raw = await _dialled(_address(path, read_only=read_only), busy)
    try:
        yield _SqliteConnection(raw)
    finally:
        # One that stays open keeps the process alive, so not even a cancelled caller leaves one behind.
        with anyio.CancelScope(shield=True):
            await raw.close()


async def _dialled(address: str, busy: float) -> aiosqlite.Connection:
    def connector() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=busy, isolation_level=None)

    async def dial() -> aiosqlite.Connection:
        connection = aiosqlite.Connection(connector, iter_chunk_size=64)
        await connection
        return connection

    task = asyncio.ensure_future(dial())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        # Cancelled within the driver, the connection would be open with nobody to close it.
        with anyio.CancelScope(shield=True), suppress(sqlite3.Error):
            await (await task).close()
        raise


def _address(path: Path, *, read_only: bool) -> str:
    return f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"


async def _prepare(connection: _SqliteConnection, busy: float, *, read_only: bool, durable: bool) -> None:
    """Set a connection up.

    While another process turns the write-ahead log on SQLite says "locked" without waiting.
    """
    pragmas = _PRAGMAS.format("FULL" if durable else "OFF")
    script = pragmas if read_only else f"{pragmas} PRAGMA journal_mode = WAL;"
    waited = 0.0
    while True:
        try:
            await connection.raw.executescript(script)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or waited >= busy:
                raise
            await asyncio.sleep(_STEP)
            waited += _STEP
        else:
            return


@asynccontextmanager
async def side_lock(path: Path) -> AsyncIterator[bool]:
    """Try for a lock on a file beside the database.

    The context yields True if this holder has it now, False if another does. It is SQLite's own exclusive lock, so the
    kernel frees it when the process dies, and it works where SQLite does.

    Raises:
        StorageError: the file cannot be made or locked at all; whoever waited for it would wait for ever.
    """
    async with AsyncExitStack() as stack:
        with SqliteErrors(path):
            private.create(path)
            connection = await stack.enter_async_context(_connected(path, 0))
            ours = await _take(connection)
        yield ours


async def _take(connection: _SqliteConnection) -> bool:
    try:
        await connection.rows("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        return False
    return True


def _is_busy(error: sqlite3.OperationalError) -> bool:
    # The low byte; the others say in which of several ways.
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _identity(path: str) -> tuple[int, int] | None:
    """Return what the file system knows a file by."""
    try:
        known = os.stat(path)  # noqa: PTH116 - before each write, and a path costs as much as the question
    except FileNotFoundError:
        return None
    return known.st_dev, known.st_ino
