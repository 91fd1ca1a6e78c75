"""A server or network that fails loses nothing and says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import anyio
import pytest
from psycopg.sql import SQL, Identifier

from bot.articles.rules import RULES
from bot.values.articles import Push
from bot.values.errors import StorageError
from storage.copies import move_to_file
from storage.driver import leases, postgresql
from storage.store import open_postgresql
from tests.fakes.line import a_line
from tests.fakes.pooler import a_pooler
from tests.storage.invented import ALL, NOW, Archive, an_archive, arrived, draft

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from storage.driver.connection import Connection
    from storage.driver.postgresql import PostgresqlDatabase
    from tests.fakes.line import Line

pytestmark = pytest.mark.anyio
SOON = 0.4


@pytest.fixture
async def far(tmp_path: Path) -> AsyncIterator[tuple[Line, Archive]]:
    """Open an archive over a line."""
    async with (
        an_archive(tmp_path) as near,
        a_line(_address(near)) as (line, address),
        open_postgresql(address, RULES) as store,
    ):
        yield line, Archive(store, near.source, near.reader)


@pytest.fixture
def impatient(far: tuple[Line, Archive], monkeypatch: pytest.MonkeyPatch) -> tuple[Line, Archive]:
    """Wait shortly for answers, once the archive is open."""
    monkeypatch.setattr(postgresql, "WAIT", SOON)
    monkeypatch.setattr(postgresql, "BRIEF", SOON)
    monkeypatch.setattr(postgresql, "WRITE", SOON)
    return far


def _address(archive: Archive) -> str:
    database: PostgresqlDatabase = archive.store._database  # type: ignore[assignment]
    return database.address


async def _until_well(work: Callable[[], Awaitable[object]]) -> None:
    """Try until it can be done again."""
    async with asyncio.timeout(30):
        while True:
            try:
                await work()
            except StorageError:
                await anyio.lowlevel.checkpoint()
            else:
                return


async def test_a_network_that_swallows_everything_is_given_up_soon(
    far: tuple[Line, Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    line, archive = far
    await archive.follow(ALL)
    await archive.save(draft("এক", "n.example/1"))
    (delivery,) = await archive.due()
    # Settling has less time than what writes many rows: it waits for an answer as long as a reader does.
    assert postgresql.BRIEF <= postgresql.WAIT < postgresql.WRITE
    monkeypatch.setattr(postgresql, "WAIT", SOON)
    monkeypatch.setattr(postgresql, "BRIEF", SOON)
    line.is_silent = True
    async with asyncio.timeout(postgresql.WRITE - SOON):
        with pytest.raises(StorageError, match=r"Nothing is lost|cannot be reached"):
            await archive.store.articles.count()
        with pytest.raises(StorageError):
            await archive.settle(delivery, arrived())
    line.is_silent = False
    line.cut()
    monkeypatch.undo()
    await _until_well(archive.store.check)
    await archive.settle(delivery, arrived())
    assert await archive.store.deliveries.counts(archive.reader.id, NOW) == (1, 0)


async def test_cut_connections_are_begun_anew_and_nobody_hears_of_it(far: tuple[Line, Archive]) -> None:
    line, archive = far
    for number in range(3):
        line.cut()
        assert (await archive.save(draft(f"খবর {number}", f"n.example/{number}"))).article_id == number + 1
        line.cut()
        assert await archive.store.articles.count() == number + 1


async def test_a_transaction_that_is_cut_midway_is_done_once(far: tuple[Line, Archive]) -> None:
    line, archive = far
    tried = 0

    async def work(db: Connection) -> None:
        nonlocal tried
        tried += 1
        await db.rows("INSERT INTO counters (name, value) VALUES ('cut', 1)")
        if tried == 1:
            line.cut()
        await db.rows("UPDATE counters SET value = value + 1 WHERE name = 'cut'")

    await archive.store._database.write(work)
    found = await archive.store._database.read(lambda db: db.rows("SELECT value FROM counters WHERE name = 'cut'"))
    assert (found, tried) == ([(2,)], 2)


async def test_a_server_that_is_down_is_said_and_comes_back_by_itself(impatient: tuple[Line, Archive]) -> None:
    line, archive = impatient
    line.refuses = True
    line.cut()
    async with asyncio.timeout(50 * SOON):
        for asked in (archive.store.articles.count(), archive.store.check()):
            with pytest.raises(StorageError, match=r"cannot be reached|takes too long"):
                await asked
    line.refuses = False
    await _until_well(archive.store.check)
    await _until_well(archive.store.articles.count)


async def test_a_server_that_is_read_only_is_read_and_says_so(far: tuple[Line, Archive]) -> None:
    line, archive = far
    name = Identifier(_address(archive).rpartition("/")[2])
    store = archive.store
    for setting, is_well in (("on", False), ("off", True)):
        async with await postgresql.dial(_address(archive)) as raw:
            await raw.execute("SET default_transaction_read_only = off")
            await raw.execute(SQL("ALTER DATABASE {} SET default_transaction_read_only = {}").format(name, setting))
        line.cut()
        assert await store.articles.count() == 0
        if is_well:
            await store.check()
            await archive.save(draft("এক", "n.example/1"))
        else:
            with pytest.raises(StorageError, match="read-only"):
                await store.articles.save(draft("এক", "n.example/1"), archive.source, NOW, push=Push.NOW)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("53100", "the disk is full"),
        ("53300", "no connection left"),
        ("25006", "read-only"),
        ("57014", "takes too long"),
        ("55P03", "holds a lock"),
        ("40P01", "busy with others"),
        ("40001", "busy with others"),
        ("XX001", "the database refused"),
    ],
)
async def test_what_a_server_refuses_is_said_in_words_and_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.setattr(postgresql, "TRIES", 2)
    async with an_archive(tmp_path) as archive:

        async def work(db: Connection) -> None:
            await db.rows("INSERT INTO counters (name, value) VALUES ('half', 1)")
            await db.rows(f"DO $$ BEGIN RAISE EXCEPTION 'so' USING ERRCODE = '{code}'; END $$")

        with pytest.raises(StorageError, match=said):
            await archive.store._database.write(work)
        rows = await archive.store._database.read(lambda db: db.rows("SELECT * FROM counters WHERE name = 'half'"))
        assert rows == []


async def test_a_server_without_a_free_connection_says_so_at_start(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        address = _address(archive)
        name = Identifier(f"{address.rpartition('/')[2]}_one")
        async with await postgresql.dial(address) as raw:
            await raw.execute(SQL("CREATE ROLE {} LOGIN CONNECTION LIMIT 1").format(name))
            try:
                mine = address.replace("postgres@", f"{name.as_string(None)[1:-1]}@", 1)
                with pytest.raises(StorageError, match="no connection left"):
                    async with postgresql.opened(mine):
                        pass
            finally:
                await raw.execute(SQL("DROP ROLE {}").format(name))


async def test_a_pooler_that_lends_each_transaction_another_connection_is_refused(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive, a_pooler(_address(archive)) as pooled:
        with pytest.raises(StorageError, match="a pooler in transaction mode"):
            async with postgresql.opened(pooled):
                pass
        with pytest.raises(StorageError, match="a pooler in transaction mode"):
            await move_to_file(pooled, tmp_path / "moved.db", lambda _, __: None)
        assert not (tmp_path / "moved.db").exists()


async def test_a_holder_stops_in_time_when_its_network_swallows_everything(
    far: tuple[Line, Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "BEAT", SOON / 4)
    monkeypatch.setattr(leases, "HOLDS", SOON)
    line, archive = far
    stopped: list[float] = []
    began = 0.0

    async def hold() -> None:
        async with archive.store.lock("poll") as ours:
            assert ours
            nonlocal began
            began = leases.now()
            line.is_silent = True
            try:
                await anyio.sleep_forever()
            finally:
                stopped.append(leases.now() - began)

    with pytest.raises(StorageError, match="was lost"):
        await hold()
    # The beat's own statement is cut off; psycopg alone would wait for it ten seconds more.
    assert stopped[0] < 9


async def test_who_has_the_lock_of_a_dead_connection_is_the_server(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        async with await postgresql.dial(_address(archive), leases.OPTIONS) as raw:
            for setting, value in (("idle_session_timeout", "3500ms"), ("client_connection_check_interval", "1s")):
                row = await (await raw.execute(f"SHOW {setting}")).fetchone()
                assert row == (value,)
            assert raw.info.get_parameters().get("tcp_user_timeout") == "3000"
            assert raw.info.get_parameters().get("keepalives_count") == "2"
        rows = await archive.store._database.read(
            lambda db: db.rows(
                "SELECT name, setting FROM pg_settings WHERE name IN ('lock_timeout', "
                "'idle_in_transaction_session_timeout', 'client_connection_check_interval') ORDER BY 1"
            )
        )
        assert rows == [
            ("client_connection_check_interval", "1000"),
            ("idle_in_transaction_session_timeout", "5000"),
            ("lock_timeout", "2000"),
        ]
