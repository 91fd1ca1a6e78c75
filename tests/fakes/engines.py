"""The engine that tests of storage run on.

SQLite; where TEST_POSTGRESQL_URL names a server, ``make test-postgresql`` runs the same tests on that.
"""

from __future__ import annotations

import asyncio
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
    from collections.abc import AsyncIterator

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "")
"""Its user makes databases and drops them; each process of the tests has its own."""
_PREFIX = f"khobor_test_{os.getpid()}"
_TEMPLATE = f"{_PREFIX}_template"
_made: list[Path] = []
_databases: set[str] = set()


@asynccontextmanager
async def an_engine(
    path: Path, *, busy: float = 5.0, durable: bool = True
) -> AsyncIterator[SqliteStore | PostgresqlStore]:
    """Open an archive that goes by a path; the same path again is the same archive."""
    if SERVER:
        async with open_postgresql(await _database(path), RULES) as store:
            yield store
    else:
        await _file(path)
        async with open_store(path, RULES, busy=busy, durable=durable) as store:
            yield store


async def _file(path: Path) -> None:
    """Put an archive without anything in it where there is none: bringing one up takes longer than most tests."""
    if path.exists():
        return
    if not _made:
        folder = Path(tempfile.mkdtemp(prefix="khobor-template-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        async with open_store(folder / "khobor.db", RULES):
            pass
        _made.append(folder / "khobor.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made[0], path)


def address(database: str) -> str:
    """Return the address of a database of the server."""
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database}"))


async def _database(path: Path) -> str:
    name = f"{_PREFIX}_{hashlib.blake2b(str(path).encode(), digest_size=6).hexdigest()}"
    if not _databases:
        atexit.register(_drop_all)
        await _create(_TEMPLATE, "template0")
        async with open_postgresql(address(_TEMPLATE), RULES):
            pass
    if name not in _databases:
        await _create(name, _TEMPLATE)
    return address(name)


async def _create(name: str, template: str) -> None:
    async with await psycopg.AsyncConnection.connect(SERVER, autocommit=True) as server:
        await server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        # No test cuts the power.
        await server.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(Identifier(name)))
    _databases.add(name)


def _drop_all() -> None:
    async def drop() -> None:
        async with await psycopg.AsyncConnection.connect(SERVER, autocommit=True) as server:
            for name in sorted(_databases):
                await server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    asyncio.run(drop())
