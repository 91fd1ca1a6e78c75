"""The whole of storage, on either engine."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from bot.values.errors import DamagedError, StorageError
from storage.articles.articles import Articles
from storage.articles.sources import Sources
from storage.catalogue.outlets import Outlets
from storage.catalogue.tags import Tags
from storage.chats.accounts import Accounts
from storage.chats.appearances import Appearances
from storage.chats.audit import Audit
from storage.chats.calls import Calls
from storage.chats.chats import Chats
from storage.chats.erasing import Erasing
from storage.chats.reader_reports import ReaderReports
from storage.chats.shown import Shown
from storage.chats.subscriptions import Subscriptions
from storage.delivery import clock_jumps
from storage.delivery.deliveries import Deliveries
from storage.delivery.digests import Digests
from storage.delivery.fanouts import Fanouts
from storage.delivery.subjects import Subjects
from storage.driver import erased, restoring, sqlite
from storage.driver.alone import Alone
from storage.driver.copying import UNFINISHED
from storage.driver.migrate import bring_up
from storage.driver.sqlite_errors import DAMAGED
from storage.editing.aliases import Aliases
from storage.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import timedelta
    from pathlib import Path

    from bot.ports import archive as archive_ports
    from bot.ports import chats as chats_ports
    from bot.ports import delivery as delivery_ports
    from bot.ports.rules import ArticleRules
    from bot.ports.store import SourceLeases, WorkSignal
    from storage.driver.connection import Connection, Database, Fences, Promises
    from storage.driver.news import News
    from storage.driver.postgresql import PostgresqlDatabase


log = logging.getLogger(__name__)
_LOCK = ".lock"


class Tables:
    """The tables of one database, as the core asks for them."""

    articles: archive_ports.Articles
    outlets: archive_ports.Outlets
    sources: archive_ports.Sources
    accounts: chats_ports.Accounts
    chats: chats_ports.Chats
    subscriptions: chats_ports.Subscriptions
    tags: archive_ports.Tags
    aliases: archive_ports.Aliases
    subjects: delivery_ports.Subjects
    fanouts: delivery_ports.Fanouts
    digests: delivery_ports.Digests
    deliveries: delivery_ports.Deliveries
    appearances: delivery_ports.Appearances
    audit: chats_ports.Audit
    calls: chats_ports.Calls
    reader_reports: chats_ports.ReaderReports
    erasing: chats_ports.Erasing
    shown: chats_ports.Shown
    vocabulary: archive_ports.Vocabulary

    _also: tuple[str, ...] = ()
    """Statements that say of an older copy that it is at home here."""

    def __init__(self, database: Database, rules: ArticleRules, number: int, beside: Path | None = None) -> None:
        """Keep everything in this database, whose copy has this number.

        ``beside`` is where an archive in a file stands or would stand; next to it is kept what must outlast it.
        """
        self._tables = database
        self._beside = beside
        self._fences: Fences = {}
        self.epoch = number
        self.articles = Articles(database, rules)
        self.outlets = Outlets(database, rules)
        self.sources = Sources(database, rules)
        self.accounts = Accounts(database)
        self.chats = Chats(database)
        self.subscriptions = Subscriptions(database)
        self.tags = Tags(database)
        self.aliases = Aliases(database, rules)
        self.subjects = Subjects(database)
        self.fanouts = Fanouts(database)
        self.digests = Digests(database)
        self.deliveries = Deliveries(database, self._fences)
        self.appearances = Appearances(database)
        self.audit = Audit(database)
        self.calls = Calls(database)
        self.reader_reports = ReaderReports(database)
        self.erasing = self._erasing = Erasing(database, beside)
        self.shown = Shown(database)
        self.vocabulary = Vocabulary(database)

    def work_signal(self) -> WorkSignal:
        """Return what looks by itself: nobody tells of work in a file."""
        return _Looks()

    async def check(self) -> None:
        """Begin and end a writing transaction.

        A database that is read-only, locked or full refuses it.
        """
        await self._tables.write(lambda db: db.rows("SELECT 1"))

    async def clock_set(self, by: timedelta, now: datetime, *, poll: timedelta, retry: timedelta) -> None:
        """Put right what waits after the clock was set."""
        await self._tables.write(lambda db: clock_jumps.put_right(db, by, now, poll=poll, retry=retry))

    async def restored(self, now: datetime) -> int:
        """Say that this is an older copy.

        Persons who were erased since it was made are erased again.
        """
        left, self.epoch = await restoring.restored(self._tables, now, was=self.epoch, also=self._also)
        if self._beside is not None:
            await self._erasing.again(erased.read(self._beside), now)
        await self.note()
        return left

    async def is_older(self) -> bool:
        """Tell whether this is an older copy than was here before."""
        return self._beside is not None and await restoring.is_older(self._tables, self._beside)

    async def note(self) -> None:
        """Write down, beside the database, how far it is."""
        if self._beside is not None:
            await restoring.note(self._tables, self._beside)


class _Looks:
    """Waits for its time to look."""

    async def wait(self, seconds: float, rest: Callable[[float], Awaitable[None]]) -> None:
        """Rest for so long."""
        await rest(seconds)


class SqliteStore(Tables):
    """See bot.ports.store.Store."""

    def __init__(self, database: sqlite.SqliteDatabase, rules: ArticleRules, number: int) -> None:
        """Keep everything in this file, whose copy has this number."""
        super().__init__(database, rules, number, database.path)
        self._database = database
        self.where = str(database.path)

    def lock(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Try for a lock on a file beside the database."""
        return sqlite.side_lock(self._lock_file(name))

    @asynccontextmanager
    async def collecting(self, name: str) -> AsyncIterator[Alone | None]:
        """Collect alone: a file has one writer."""
        async with self.lock(name) as ours:
            yield Alone() if ours else None

    async def held(self, prefix: str) -> set[str]:
        """Return the locks that begin so and that somebody holds."""
        beginning, found = self._lock_file(prefix).name.removesuffix(_LOCK), set[str]()
        for path in sorted(self._database.path.parent.iterdir()):
            if path.name.startswith(beginning) and path.name.endswith(_LOCK):
                async with sqlite.side_lock(path) as free:
                    if not free:
                        found.add(prefix + unquote(path.name.removeprefix(beginning).removesuffix(_LOCK)))
        return found

    def _lock_file(self, name: str) -> Path:
        # A name may be a person's own, with a slash in it.
        return self._database.path.with_name(f"{self._database.path.name}.{quote(name, safe='')}{_LOCK}")

    @property
    def damage(self) -> str | None:
        """What was met of damaged pages since this was opened."""
        return self._database.damage

    def holds(self, name: str) -> bool:
        """Return True: the kernel takes a file's lock from nobody who lives."""
        del name
        return True

    async def examine(self) -> None:
        """Write a page for good, then look at every page."""
        await self._database.write(_write_a_page)
        found = await self._database.read(lambda db: db.row("PRAGMA quick_check(1)"))
        if found is not None and found[0] != "ok":
            raise DamagedError(f"{self._database.path}: {DAMAGED} (quick_check: {found[0]})")

    async def changed(self) -> int:
        """Return a number that changes once any process has written."""
        return await self._database.version()


class PostgresqlStore(Tables):
    """See bot.ports.store.Store."""

    _also = restoring.MOVED

    def __init__(
        self, database: PostgresqlDatabase, rules: ArticleRules, number: int, news: News, beside: Path | None = None
    ) -> None:
        """Keep everything in this database, whose copy has this number.

        ``news`` tells of work in it.
        """
        super().__init__(database, rules, number, beside)
        self._database = database
        self._news = news
        self._promises: Promises = {}
        self.where = database.name
        self.damage: str | None = None

    @asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[bool]:
        """Try for a lease that one process holds.

        The process may be on any machine. Whoever gets one looks first whether an older copy was put in place: that
        cuts every connection, and nothing is done without a lease.
        """
        from storage.driver.leases import lease  # noqa: PLC0415 - the driver is an extra

        async with lease(self._database.address, name, self._fences, self._promises) as ours:
            if ours:
                await self._look(datetime.now(UTC))
            yield ours

    @asynccontextmanager
    async def collecting(self, name: str) -> AsyncIterator[SourceLeases]:
        """Collect beside others, who have leases on other sources."""
        del name
        from storage.driver.source_leases import collecting  # noqa: PLC0415 - the driver is an extra

        async with collecting(self._database.address) as leases:
            await self._look(datetime.now(UTC))
            yield leases

    async def held(self, prefix: str) -> set[str]:
        """Return the leases that begin so and that somebody holds."""
        from storage.driver.leases import HELD  # noqa: PLC0415 - the driver is an extra

        return {str(name) for (name,) in await self._database.read(lambda db: db.rows(HELD, prefix))}

    async def _look(self, now: datetime) -> None:
        if await self.is_older():
            left = await self.restored(now)
            log.warning("an older copy of the archive was put in place: %s deliveries are left to digests", left)

    def holds(self, name: str) -> bool:
        """Return whether this process may act under a lease now."""
        from storage.driver.leases import now  # noqa: PLC0415 - the driver is an extra

        return now() < self._promises.get(name, 0.0)

    def work_signal(self) -> WorkSignal:
        """Return what hears of any process's work."""
        return self._news.listener()

    async def examine(self) -> None:
        """Write a page for good; the server looks after its pages itself."""
        await self._database.write(_write_a_page)

    async def changed(self) -> int:
        """Return a number that changes once any process has written."""
        return await self._database.version()

    async def remember_erased(self) -> None:
        """Keep on this machine too who was erased on others."""
        await self._erasing.note()

    async def is_older(self) -> bool:
        """Return whether this is an older copy.

        It stands elsewhere than where it was first opened, or the mark of this machine says it.
        """
        return await restoring.is_on_another_server(self._database) or await super().is_older()

    async def note(self) -> None:
        """Write down how far it is.

        A machine that cannot goes on without.
        """
        try:
            await super().note()
        except StorageError as error:
            log.warning("how far the archive is stands on the server alone: %s", error)


async def _write_a_page(db: Connection) -> None:
    # A full disk refuses a page, and lets a transaction without one pass; a value that stays the same writes none.
    await db.rows("INSERT INTO counters (name, value) VALUES ('examined', 0)")
    await db.rows("DELETE FROM counters WHERE name = 'examined'")


@asynccontextmanager
async def open_store(
    path: Path, rules: ArticleRules, *, busy: float = sqlite.BUSY, read_only: bool = False, durable: bool = True
) -> AsyncIterator[SqliteStore]:
    """Open the storage in a file, brought up to date.

    ``busy`` is how long a write waits, in seconds. With ``read_only`` nothing is made, brought up to date or written;
    every write raises. Without ``durable`` a power cut may take the last commits back: for tests alone.

    Raises:
        StorageError: it cannot be used; the text says what to do.
    """
    async with sqlite.opened(path, busy=busy, read_only=read_only, durable=durable) as database:
        await bring_up(database)
        if not read_only:
            await Aliases(database, rules).learn()
        yield SqliteStore(database, rules, await restoring.epoch(database))


@asynccontextmanager
async def open_postgresql(
    address: str, rules: ArticleRules, beside: Path | None = None
) -> AsyncIterator[PostgresqlStore]:
    """Open the storage in a database of a PostgreSQL server.

    It is brought up to date.

    A list that must outlast it is kept next to ``beside`` too, where an archive in a file would be.

    Raises:
        StorageError: it cannot be used; the text says what to do.
    """
    async with on_server(address) as database:
        from storage.driver import news  # noqa: PLC0415 - the driver is an extra

        if await database.read(lambda db: db.row("SELECT to_regclass(?)", UNFINISHED)) != (None,):
            raise StorageError(
                f"{database.name}: holds an unfinished copy. Run `khobor move` once more, and it goes on where it was."
            )
        await restoring.note_server(database)
        await Aliases(database, rules).learn()
        async with news.opened(address) as heard:
            store = PostgresqlStore(database, rules, await restoring.epoch(database), heard, beside)
            await store.remember_erased()
            yield store


async def apply_on_server(address: str) -> list[str]:
    """Bring a server's database to this version's form; return what was applied.

    Raises:
        StorageError: it cannot be used; the text says what to do.
    """
    applied: list[str] = []
    async with on_server(address, applied):
        return applied


def see_server(address: str) -> None:
    """See that PostgreSQL's driver is installed and takes this address.

    Raises:
        StorageError: it is not, or does not; the text says what to do.
    """
    try:
        from storage.driver.postgresql_errors import see_address  # noqa: PLC0415 - the driver is an extra
    except ImportError as error:
        raise StorageError(
            "DATABASE_URL names a PostgreSQL server, and its driver is not installed. "
            "Run `.venv/bin/pip install -e '.[postgresql]'`, or empty DATABASE_URL."
        ) from error
    see_address(address)


@asynccontextmanager
async def on_server(address: str, applied: list[str] | None = None) -> AsyncIterator[PostgresqlDatabase]:
    """Open a server's database, brought up to date.

    Raises:
        StorageError: it cannot be used; the text says what to do.
    """
    see_server(address)
    from storage.driver import pg_migrate, postgresql  # noqa: PLC0415 - the driver is an extra

    async with postgresql.opened(address) as database:
        done = await pg_migrate.bring_up(database)
        if applied is not None:
            applied += done
        yield database
