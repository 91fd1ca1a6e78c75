"""What one process does at a time, however its holder fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import anyio
import pytest

from bot.ports.delivery import sender_lock
from bot.values.delivery import Lane, Later
from bot.values.errors import StorageError
from storage.driver import leases, postgresql
from tests.benchmarks.silent_proxy import silent_proxy
from tests.fakes.engines import address
from tests.storage.invented import NOW, an_archive

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from storage.driver.connection import Connection, Row
    from tests.storage.invented import Archive

pytestmark = pytest.mark.anyio
_KILL = (
    "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
    "WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.pid <> pg_backend_pid() AND l.objsubid = 1"
)


async def _kill_holders(archive: Archive) -> None:
    async def work(db: Connection) -> None:
        await db.rows(_KILL)

    await archive.store._database.read(work)


async def _hold(archive: Archive, ended: list[str], *, look: bool = False) -> None:
    async with archive.store.lock("poll") as ours:
        assert ours
        await _kill_holders(archive)
        if look:
            async with archive.store.lock("poll") as too_soon:
                ended += [] if too_soon else ["not yet free"]
        try:
            await anyio.sleep_forever()
        finally:
            ended.append("cut short")


async def test_a_lease_is_held_by_one_and_free_once_it_is_released(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        async with archive.store.lock("poll") as one, archive.store.lock("poll") as two, archive.store.lock("x") as x:
            assert (one, two, x) == (True, False, True)
        async with archive.store.lock("poll") as again:
            assert again


async def test_what_fails_under_a_lease_comes_out_as_it_is_and_frees_it(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        with pytest.raises(KeyError):
            await _fail_under(archive)
        async with archive.store.lock("poll") as again:
            assert again


async def _fail_under(archive: Archive) -> None:
    async with archive.store.lock("poll"):
        raise KeyError


async def test_who_loses_its_connection_stops_and_says_so(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        ended: list[str] = []
        with pytest.raises(StorageError, match="was lost"):
            await _hold(archive, ended)
        assert ended == ["cut short"]


async def test_a_holder_that_slept_knows_at_once_that_it_may_act_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with an_archive(tmp_path) as archive:
        assert not archive.store.holds("poll")
        async with archive.store.lock("poll") as ours:
            assert ours
            assert archive.store.holds("poll")
            awake = leases.now()
            # Its beat has not run yet: to whoever slept no time has passed.
            monkeypatch.setattr(leases, "now", lambda: awake + leases.HOLDS)
            assert not archive.store.holds("poll")
            monkeypatch.undo()
        assert not archive.store.holds("poll")


async def test_who_is_cut_short_claims_nothing_that_another_sends_by_now(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        said: list[str] = []
        with pytest.raises(StorageError, match="was lost"):
            await _claim_when_cut_short(archive, said)
        assert len(said) == 1
        assert "another's by now" in said[0]


async def _claim_when_cut_short(archive: Archive, said: list[str]) -> None:
    name = sender_lock("telegram:1")
    async with archive.store.lock(name) as ours:
        assert ours
        await archive.store._database.write(
            lambda db: db.rows("UPDATE leases SET owner = 'another', epoch = epoch + 1 WHERE name = ?", name)
        )
        try:
            await anyio.sleep_forever()
        finally:
            with anyio.CancelScope(shield=True):
                try:
                    await archive.store.deliveries.settle_and_claim(
                        *("telegram:1", "us", NOW),
                        settled=(),
                        shares=lambda _: {Lane.NORMAL: 1},
                        judge=lambda _: Later(NOW),
                    )
                except StorageError as error:
                    said.append(str(error))


async def test_a_lease_whose_holder_died_is_free_only_after_its_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with an_archive(tmp_path) as archive:
        ended: list[str] = []
        with pytest.raises(StorageError):
            await _hold(archive, ended, look=True)
        # The lock was free at once; but the beat was young, and its holder might still have been sending.
        assert ended == ["not yet free", "cut short"]
        monkeypatch.setattr(leases, "FREE", 0)
        async with archive.store.lock("poll") as later:
            assert later


async def test_who_finds_a_lease_that_is_free_soon_waits_for_it(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        old = (
            "INSERT INTO leases VALUES ('poll', 'dead', 7, clock_timestamp() - make_interval(secs => ?)) "
            "ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, beat = excluded.beat"
        )
        await database.write(lambda db: db.rows(old, leases.FREE - 2 * leases.SOON))
        async with archive.store.lock("poll") as ours:
            assert not ours
        await database.write(lambda db: db.rows(old, leases.FREE - leases.SOON / 20))
        async with archive.store.lock("poll") as ours:
            assert ours


async def test_who_finds_a_silent_holder_waits_for_the_end_of_its_connection(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        assert isinstance(database, postgresql.PostgresqlDatabase)
        held = await postgresql.dial(database.address)
        await held.execute("SELECT pg_advisory_lock(hashtextextended('khobor poll', 0))")
        await held.execute("INSERT INTO leases VALUES ('poll', 'stopped', 7, clock_timestamp() - interval '4.1 s')")

        async def end() -> None:
            looks = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%' || ? || '%' AND pid <> pg_backend_pid()"
            while not await database.read(lambda db: db.rows(looks, "pg_try_advisory_lock")):
                await anyio.lowlevel.checkpoint()
            await held.close()

        async with anyio.create_task_group() as group:
            group.start_soon(end)
            async with archive.store.lock("poll") as ours:
                assert ours


async def test_a_password_stands_in_no_message() -> None:
    wrong = address("no_such_database").replace("postgres@", "postgres:hush@", 1)
    with pytest.raises(StorageError) as caught:
        async with postgresql.opened(wrong):
            pass
    assert "no such database" in str(caught.value)
    assert "hush" not in str(caught.value)


async def test_a_pool_whose_connections_were_all_cut_goes_on(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        cut = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await archive.store._database.read(lambda db: db.rows(cut))
        assert await archive.store.articles.count() == 0
        await archive.store._database.read(lambda db: db.rows(cut))
        await archive.store.check()


async def test_connections_that_fell_silent_together_are_found_out_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def asked(db: Connection) -> list[Row]:
        return await db.rows("SELECT 1")

    async with an_archive(tmp_path) as archive:
        assert isinstance(archive.store._database, postgresql.PostgresqlDatabase)
        whole = urlsplit(archive.store._database.address)
        async with silent_proxy(whole.port or 5432) as proxy:
            through = whole._replace(netloc=whole.netloc.replace(f":{whole.port}", f":{proxy.port}"))
            async with postgresql.opened(through.geturl()) as database:
                assert await asked_by_several(database, asked) == [[(1,)]] * 4
                proxy.cut()
                proxy.mend()
                monkeypatch.setattr(postgresql, "WAIT", 0.2)
                with pytest.raises(StorageError, match="too long"):
                    await database.read(asked)
                monkeypatch.undo()
                # The other three of the pool are as silent; none of them is lent.
                assert await asked_by_several(database, asked) == [[(1,)]] * 4


async def asked_by_several(
    database: postgresql.PostgresqlDatabase, asked: Callable[[Connection], Awaitable[list[Row]]]
) -> list[list[Row]]:
    """Read on four connections at one time."""
    met = 0
    together = anyio.Event()

    async def work(db: Connection) -> list[Row]:
        nonlocal met
        met += 1
        if met == 4:
            together.set()
        await together.wait()
        return await asked(db)

    return await asyncio.gather(*(database.read(work) for _ in range(4)))


async def test_what_meets_a_deadlock_is_run_again(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        tries = 0

        async def work(db: Connection) -> int:
            nonlocal tries
            tries += 1
            if tries < 3:
                await db.rows("DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$")
            await db.rows("INSERT INTO counters (name, value) VALUES ('tried', 1)")
            return tries

        assert await archive.store._database.write(work) == 3
        rows = await archive.store._database.read(lambda db: db.rows("SELECT value FROM counters WHERE name = 'tried'"))
        assert rows == [(1,)]


@pytest.mark.parametrize(
    ("asked", "trusting"),
    [
        ("postgresql://a@db.example/x", True),
        ("postgresql://a@db.example/x?sslmode=require", True),
        ("postgresql://a@db.example/x?sslmode=verify-full", False),
        ("postgresql://a@127.0.0.1/x", False),
        ("postgresql://a@localhost/x", False),
        ("postgresql:///x?host=/run/postgresql", False),
    ],
)
def test_a_host_that_nobody_looks_at_is_noticed(asked: str, *, trusting: bool) -> None:
    assert postgresql.is_trusting(asked) is trusting


async def test_the_sources_of_a_collector_that_is_cut_off_are_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "FREE", 0.2)
    async with an_archive(tmp_path) as archive, archive.store.collecting("poll") as another:
        ended: list[str] = []
        with pytest.raises(StorageError, match="were lost"):
            await _poll_and_be_killed(archive, ended)
        assert ended == ["cut short"]
        assert another is not None
        async with asyncio.timeout(30):
            while True:
                async with another.taken(1, "a.example") as ours:
                    if ours:
                        break


async def _poll_and_be_killed(archive: Archive, ended: list[str]) -> None:
    async with archive.store.collecting("poll") as mine:
        assert mine is not None
        async with mine.taken(1, "a.example") as ours:
            assert ours
            await _end_the_connection_that_holds(archive, "source:1")
            try:
                await anyio.sleep_forever()
            finally:
                ended.append("cut short")


async def _end_the_connection_that_holds(archive: Archive, name: str) -> None:
    found = await archive.store._database.read(
        lambda db: db.rows(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.objsubid = 1 "
            "AND (CAST(l.classid AS BIGINT) << 32 | CAST(l.objid AS BIGINT)) = hashtextextended('khobor ' || ?, 0)",
            name,
        )
    )
    assert len(found) == 1
