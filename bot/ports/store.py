"""The whole of storage, as the core asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime, timedelta

    from bot.ports.archive import Aliases, Articles, Outlets, Sources, Tags, Vocabulary
    from bot.ports.chats import Accounts, Audit, Calls, Chats, Erasing, ReaderReports, Shown, Subscriptions
    from bot.ports.delivery import Appearances, Deliveries, Digests, Fanouts, Subjects

STAND_BY = 1.0
"""Seconds between two tries for a lock that another process holds; on a server it is free four after that one died."""


class WorkSignal(Protocol):
    """Tells one who waits for work that there may be some."""

    async def wait(self, seconds: float, rest: Callable[[float], Awaitable[None]]) -> None:
        """Return once another process may have made work since the last time.

        Where nobody tells of it that is after so many ``seconds`` of ``rest``.
        """


class SourceLeases(Protocol):
    """Keeps two processes from polling one source, or one host, at once."""

    def taken(self, source_id: int, host: str) -> AbstractAsyncContextManager[bool]:
        """Try for a source and its host while the block lasts.

        The context yields False if another process has one of them.
        """


class Store(Protocol):
    """The whole of storage."""

    articles: Articles
    outlets: Outlets
    sources: Sources
    accounts: Accounts
    chats: Chats
    subscriptions: Subscriptions
    tags: Tags
    aliases: Aliases
    subjects: Subjects
    fanouts: Fanouts
    digests: Digests
    deliveries: Deliveries
    appearances: Appearances
    audit: Audit
    calls: Calls
    reader_reports: ReaderReports
    erasing: Erasing
    shown: Shown
    vocabulary: Vocabulary
    epoch: int
    """A number of this copy of the archive: another one after a restore, so that no idempotency key comes twice."""

    @property
    def where(self) -> str:
        """The archive's address, to be shown: without a password."""

    @property
    def damage(self) -> str | None:
        """What was met of damaged pages since this was opened, or None."""

    def lock(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Try for a lock that one process at a time holds.

        The kernel frees it when that process dies. The context yields True if the lock was taken, False if another
        process has it.
        """

    def collecting(self, name: str) -> AbstractAsyncContextManager[SourceLeases | None]:
        """Collect beside other processes, source by source.

        Where one process collects for all it has the lock ``name``; the others get None.
        """

    async def held(self, prefix: str) -> set[str]:
        """Return the locks whose names begin so and that some process holds."""

    def work_signal(self) -> WorkSignal:
        """Return what tells one waiter that there may be work."""

    def holds(self, name: str) -> bool:
        """Return whether this process holds a lock now, by its own clock.

        Whoever does what two must not do at once asks this right before it: a lock on a server may have been lost while
        the process slept, or waited for an answer.
        """

    async def check(self) -> None:
        """Prove that the archive can be written now, changing nothing.

        StorageError says why not.
        """

    async def examine(self) -> None:
        """Write a page and look at every page.

        StorageError says what is wrong, and what to do.
        """

    async def changed(self) -> int:
        """Return a number that changes once any process has written."""

    async def clock_set(self, by: timedelta, now: datetime, *, poll: timedelta, retry: timedelta) -> None:
        """Let waits keep their length after the clock jumped.

        It was set by so much; waits that are too long end now.
        ``poll`` is the longest between two polls of a healthy source, ``retry`` between two tries of a delivery.
        """

    async def is_older(self) -> bool:
        """Return whether this copy is older than the last one here.

        `note` wrote down beside the database how new that was.
        """

    async def note(self) -> None:
        """Write down how far the archive is, for `is_older`."""

    async def restored(self, now: datetime) -> int:
        """Record that this is an older copy.

        Rows that wait may have been sent already, so they are left to digests; return how many. Every source is read as
        if for the first time: what it had meanwhile is stored and not pushed.
        """
