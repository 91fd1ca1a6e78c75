"""The engine that tests of storage run on.

SQLite; where TEST_POSTGRESQL_URL names a server, ``make test-postgresql`` runs the same tests on that.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.sql import SQL, Identifier

from bot.articles.rules import RULES
from storage.store import PostgresqlStore, SqliteStore, open_postgresql, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Make = Callable[[Path], Awaitable[None]]

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "")
"""Its user makes databases and drops them; each process of the tests has its own."""
_PREFIX = f"khobor_test_{os.getpid()}"
_made: dict[object, Path] = {}
_databases: set[str] = set()


async def _empty(path: Path) -> None:
    opened = open_postgresql(address(_name(path)), RULES) if SERVER else open_store(path, RULES)
    async with opened:
        pass


@asynccontextmanager
async def an_engine(
    path: Path, *, busy: float = 5.0, durable: bool = True
) -> AsyncIterator[SqliteStore | PostgresqlStore]:
    """Open an archive that goes by a path.

    The same path again is the same archive.
    """
    await provide(path)
    if SERVER:
        async with open_postgresql(address(_name(path)), RULES) as store:
            yield store
    else:
        async with open_store(path, RULES, busy=busy, durable=durable) as file:
            yield file


async def provide(path: Path, name: object = None, make: Make = _empty) -> None:
    """Put a copy of an archive where there is none.

    Bringing one up takes longer than most tests.
    An empty one, or what ``make`` made under a name.
    """
    if _name(path) in _databases if SERVER else path.exists():
        return
    if name not in _made:
        folder = Path(tempfile.mkdtemp(prefix="khobor-template-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        if SERVER:
            await _create(_name(folder / "khobor.db"), "template0")
        await make(folder / "khobor.db")
        if SERVER:
            await _belongs_nowhere(address_of(folder / "khobor.db"))
        _made[name] = folder / "khobor.db"
    if SERVER:
        await _create(_name(path), _name(_made[name]))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made[name], path)


def address(database: str) -> str:
    """Return the address of a database of the server."""
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database}"))


def address_of(path: Path) -> str:
    """Return the address of the archive that goes by a path."""
    return address(_name(path))


async def a_database(path: Path) -> str:
    """Return the address of a new database that holds nothing at all."""
    await _create(_name(path), "template0")
    return address_of(path)


def _name(path: Path) -> str:
    return f"{_PREFIX}_{hashlib.blake2b(str(path).encode(), digest_size=6).hexdigest()}"


async def _belongs_nowhere(template: str) -> None:
    """Let no copy of a template know that it is one.

    A copied archive counts as older than what it was copied from.
    """
    async with await psycopg.AsyncConnection.connect(template, autocommit=True) as server:
        await server.execute("DELETE FROM server_identity")


async def _create(name: str, template: str) -> None:
    async with await psycopg.AsyncConnection.connect(SERVER, autocommit=True) as server:
        await server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        # No test cuts the power.
        await server.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(Identifier(name)))
    _databases.add(name)


def forget() -> None:
    """Remove the archives that others were copied from."""
    while _made:
        shutil.rmtree(_made.popitem()[1].parent, ignore_errors=True)


def drop_all() -> None:
    """Remove the databases of this process."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        while _databases:
            name = Identifier(_databases.pop())
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
