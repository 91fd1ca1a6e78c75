"""A holder that fails at any moment is followed within six seconds.

Time passes by making its last beat older. Whatever it left on the server, its lease is taken a moment after that is
four seconds old, and by one.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import anyio
import psycopg
import pytest

from bot.ports.delivery import sender_lock
from storage.driver import leases, postgresql
from storage.driver.fence import FENCED
from tests.storage.invented import an_archive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.storage.invented import Archive

pytestmark = pytest.mark.anyio
NAME = sender_lock("telegram:1")
FORMER = ("former", 7)
AT_ONCE = leases.HOLDS / 2
"""Seconds that taking a lease which is free may take: some statements."""
_BEAT = (
    "INSERT INTO leases VALUES (%s, %s, %s, clock_timestamp() - make_interval(secs => %s)) ON CONFLICT (name) "
    "DO UPDATE SET owner = excluded.owner, epoch = excluded.epoch, beat = excluded.beat"
)
_FENCED = FENCED.replace("?", "%s")
_LOCKS = (
    "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() "
    "WHERE l.locktype = 'advisory'"
)
_LOOKS = (
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_try_advisory_lock%' AND pid <> pg_backend_pid() "
    "AND datname = current_database() AND state = 'idle'"
)
_LOCKED = "SELECT pg_advisory_lock(hashtextextended('khobor ' || %s, 0))"


class Former:
    """A process that held a lease, as the server sees it."""

    def __init__(self, address: str, stack: AsyncExitStack) -> None:
        self._address = address
        self._stack = stack

    async def connects(self) -> postgresql.Raw:
        """Connect as its leases and its pool do."""
        raw = await postgresql.dial(self._address, "-c idle_in_transaction_session_timeout=60000")
        self._stack.push_async_callback(raw.close)
        return raw

    async def beat(self, age: float) -> None:
        """Let its last beat be so many seconds old."""
        await (await self.connects()).execute(_BEAT, (NAME, *FORMER, age))

    async def within_a_transaction(self) -> postgresql.Raw:
        """Fail between two statements of one that settles."""
        raw = await self.connects()
        await raw.execute("BEGIN")
        assert await (await raw.execute(_FENCED, (NAME, *FORMER))).fetchone()
        return raw

    async def is_looked_for(self) -> None:
        """Wait until somebody has looked whether the lease is free."""
        raw = await self.connects()
        while not await (await raw.execute(_LOOKS)).fetchone():
            await anyio.lowlevel.checkpoint()


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async with an_archive(tmp_path) as one:
        yield one


@pytest.fixture
async def former(archive: Archive) -> AsyncIterator[Former]:
    database = archive.store._database
    assert isinstance(database, postgresql.PostgresqlDatabase)
    async with AsyncExitStack() as stack:
        yield Former(database.address, stack)


async def _taken_at_once(archive: Archive) -> None:
    with anyio.fail_after(AT_ONCE):
        async with archive.store.lock(NAME) as ours, archive.store.lock(NAME) as two:
            assert (ours, two) == (True, False)


@pytest.mark.parametrize("age", [leases.FREE, leases.FREE + 1, 60.0])
async def test_one_that_died_is_followed_at_once(archive: Archive, former: Former, age: float) -> None:
    await former.beat(age)
    await _taken_at_once(archive)


async def test_one_that_fails_within_a_transaction_is_not_waited_for(archive: Archive, former: Former) -> None:
    await former.beat(0)
    stopped = await former.within_a_transaction()
    await former.beat(leases.FREE)
    await _taken_at_once(archive)
    with pytest.raises(psycopg.OperationalError):
        await stopped.execute("COMMIT")


async def test_one_that_waits_for_another_within_a_transaction_is_not_waited_for(
    archive: Archive, former: Former
) -> None:
    await former.beat(0)
    stopped, other = await former.within_a_transaction(), await former.connects()
    await other.execute("SELECT pg_advisory_lock(1)")
    async with anyio.create_task_group() as group:
        group.start_soon(_fails, stopped, "SELECT pg_advisory_lock(1)")
        await former.beat(leases.FREE)
        await _taken_at_once(archive)


async def _fails(raw: postgresql.Raw, sql: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        await raw.execute(sql.encode())


async def test_a_transaction_of_another_lease_goes_on(archive: Archive, former: Former) -> None:
    other = await former.connects()
    await other.execute(_BEAT, ("another", "other", 1, 0))
    await other.execute("BEGIN")
    assert await (await other.execute(_FENCED, ("another", "other", 1))).fetchone()
    await former.beat(leases.FREE)
    await _taken_at_once(archive)
    await other.execute("COMMIT")


async def test_a_transaction_keeps_no_beat_waiting(former: Former) -> None:
    await former.beat(0)
    await former.within_a_transaction()
    with anyio.fail_after(AT_ONCE):
        await former.beat(1)


async def test_who_waits_for_the_moment_keeps_the_lease_from_nobody(archive: Archive, former: Former) -> None:
    await former.beat(leases.FREE - leases.SOON / 2)
    async with anyio.create_task_group() as group:
        # It is cut off while it waits: a lock in its hand would last until the server gives it up.
        group.start_soon(_wait, archive)
        await former.is_looked_for()
        locks = await (await former.connects()).execute(_LOCKS)
        assert await locks.fetchone() is None
        group.cancel_scope.cancel()


async def _wait(archive: Archive) -> None:
    async with archive.store.lock(NAME):
        await anyio.sleep_forever()


async def test_a_lock_that_ends_late_is_waited_for_closely(archive: Archive, former: Former) -> None:
    held = await former.connects()
    await held.execute(_LOCKED, (NAME,))
    await former.beat(leases.FREE + 3 * leases.SOON)
    taken = anyio.Event()

    async def take() -> None:
        async with archive.store.lock(NAME) as ours:
            assert ours
            taken.set()

    async with anyio.create_task_group() as group:
        group.start_soon(take)
        await former.is_looked_for()
        await held.close()
        with anyio.fail_after(AT_ONCE):
            await taken.wait()
