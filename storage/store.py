"""The whole of storage on SQLite, as the core asks for it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from storage import restoring, sqlite
from storage.aliases import Aliases
from storage.articles import Articles
from storage.audit import Audit
from storage.chats import Chats
from storage.calls import Calls
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.fanouts import Fanouts
from storage.migrate import bring_up
from storage.outlets import Outlets
from storage.shown import Shown
from storage.sources import Sources
from storage.subjects import Subjects
from storage.subscriptions import Subscriptions
from storage.tags import Tags
from storage.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from pathlib import Path

    from bot import ports


class SqliteStore:
    """See bot.ports.Store."""

    articles: ports.Articles
    outlets: ports.Outlets
    sources: ports.Sources
    chats: ports.Chats
    subscriptions: ports.Subscriptions
    tags: ports.Tags
    aliases: ports.Aliases
    subjects: ports.Subjects
    fanouts: ports.Fanouts
    digests: ports.Digests
    deliveries: ports.Deliveries
    audit: ports.Audit
    calls: ports.Calls
    shown: ports.Shown
    vocabulary: ports.Vocabulary

    def __init__(self, database: sqlite.Database, number: int) -> None:
        """Keep everything in this database, whose copy has this number."""
        self._database = database
        self.epoch = number
        self.articles = Articles(database)
        self.outlets = Outlets(database)
        self.sources = Sources(database)
        self.chats = Chats(database)
        self.subscriptions = Subscriptions(database)
        self.tags = Tags(database)
        self.aliases = Aliases(database)
        self.subjects = Subjects(database)
        self.fanouts = Fanouts(database)
        self.digests = Digests(database)
        self.deliveries = Deliveries(database)
        self.audit = Audit(database)
        self.calls = Calls(database)
        self.shown = Shown(database)
        self.vocabulary = Vocabulary(database)

    def lock(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Try for a lock that one process holds at a time, on a file beside the database."""
        # A name may be a person's own, with a slash in it.
        return sqlite.side_lock(
            self._database.path.with_name(f"{self._database.path.name}.{quote(name, safe='')}.lock")
        )

    async def check(self) -> None:
        """Begin and end a writing transaction; a file that is read-only, locked or full refuses it."""
        await self._database.write(lambda db: db.rows("SELECT 1"))

    async def changed(self) -> int:
        """Return a number that changes once any process has written."""
        return await self._database.version()

    async def restored(self, now: datetime) -> int:
        """Say that this is an older copy."""
        left, self.epoch = await restoring.restored(self._database, now)
        return left

    async def is_older(self) -> bool:
        """Tell whether this is an older copy than was here before."""
        return await restoring.is_older(self._database)

    async def note(self) -> None:
        """Write down, beside the database, how far it is."""
        await restoring.note(self._database)


@asynccontextmanager
async def open_store(path: Path, *, busy: float = sqlite.BUSY, read_only: bool = False) -> AsyncIterator[SqliteStore]:
    """Open the storage in a file, bringing it up to date first; ``busy`` is how long a write waits, in seconds.

    With ``read_only`` nothing is made, brought up to date or written; every write raises.

    Raises:
        StorageError: it cannot be used; the text says what to do.
    """
    async with sqlite.opened(path, busy=busy, read_only=read_only) as database:
        await bring_up(database)
        if not read_only:
            await Aliases(database).learn()
        yield SqliteStore(database, await restoring.epoch(database))
