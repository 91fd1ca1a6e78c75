"""An older copy on a server is noticed."""

from __future__ import annotations

import asyncio
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.articles.rules import RULES
from bot.values.chats import Role
from storage.driver.copying import UNFINISHED
from storage.store import open_postgresql
from tests.fakes.engines import a_database, address_of
from tests.fakes.world import START, World, a_world, chat_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def _ran(*arguments: str) -> None:
    done = await asyncio.create_subprocess_exec(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, problems = await done.communicate()
    assert done.returncode == 0, problems.decode()


async def _emptied(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as server:
        await server.execute("SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public")


async def _waiting(world: World) -> None:
    """Let one story wait for a reader."""
    await world.at_once("reader")
    await world.follow("reader")
    await world.say("/follow ইরান", person="other", role=Role.READER)
    await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি সকালে ঘাট ছেড়েছিল।")
    await world.spread()
    await world.core.store.check()


async def _states(url: str) -> Sequence[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(url) as server:
        return await (await server.execute("SELECT state, reason FROM deliveries")).fetchall()


@pytest.mark.parametrize("over", [False, True])
async def test_a_dump_that_was_put_back_sends_nothing_that_may_have_been_sent(tmp_path: Path, *, over: bool) -> None:
    url, dump = address_of(tmp_path / "khobor.db"), str(tmp_path / "x.dump")
    async with a_world(tmp_path) as world:
        await _waiting(world)
        await _ran("pg_dump", "-Fc", "-f", dump, url)
        assert not await world.core.store.is_older()
        assert await world.owed("reader") == [1], "it is sent after the dump was made"
        epoch = world.core.store.epoch
    new = url if over else await a_database(tmp_path / "new")
    if over:
        await _emptied(url)
    await _ran("pg_restore", "-d", new, dump)
    async with open_postgresql(new, RULES) as store, open_postgresql(new, RULES) as beside:
        assert await store.is_older()
        async with store.lock("spread"):
            pass
        assert not await beside.is_older()
        assert store.epoch != epoch
    assert await _states(new) == [("left", "restored")]
    async with open_postgresql(new, RULES) as store:
        assert not await store.is_older()
    if not over:
        async with open_postgresql(url, RULES) as store:
            assert not await store.is_older(), "what the dump was taken from is what it was"


async def test_an_archive_that_is_replaced_under_a_running_bot_is_noticed_with_the_next_lease(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _waiting(world)
        store, url = world.core.store, address_of(tmp_path / "khobor.db")
        await _ran("pg_dump", "-Fc", "-f", str(tmp_path / "x.dump"), url)
        await _emptied(url)
        await _ran("pg_restore", "-d", url, str(tmp_path / "x.dump"))
        epoch = store.epoch
        async with store.lock("sender-console") as ours:
            assert ours
            assert await world.owed("reader") == []
        assert store.epoch != epoch


async def test_a_server_that_was_set_back_in_time_is_known_by_the_mark_of_this_machine(tmp_path: Path) -> None:
    beside = tmp_path / "data" / "khobor.db"
    async with a_world(tmp_path) as world:
        await _waiting(world)
        url = address_of(tmp_path / "khobor.db")
        async with open_postgresql(url, RULES, beside) as store:
            await store.note()
            assert not await store.is_older()
        await world.sql("UPDATE counters SET value = value - 1 WHERE name = 'subject'")
        async with open_postgresql(url, RULES, beside) as store, open_postgresql(url, RULES, beside) as also:
            assert (await store.is_older(), await also.is_older()) == (True, True)
            assert await store.restored(START) == 1
            assert await also.restored(START) == 0, "the other process did it"
            assert store.epoch == also.epoch
            assert not await store.is_older()


async def test_who_was_erased_since_a_dump_was_made_is_erased_again(tmp_path: Path) -> None:
    beside, url, dump = tmp_path / "data" / "khobor.db", address_of(tmp_path / "khobor.db"), str(tmp_path / "x.dump")
    async with a_world(tmp_path) as world:
        await _waiting(world)
    async with open_postgresql(url, RULES, beside) as store:
        await _ran("pg_dump", "-Fc", "-f", dump, url)
        other = await store.chats.find(chat_of("other"))
        assert other is not None
        await store.erasing.person("console:other", other.id, START)
    new = await a_database(tmp_path / "new")
    await _ran("pg_restore", "-d", new, dump)
    async with open_postgresql(new, RULES, beside) as store:
        assert await store.chats.find(chat_of("other")) is not None
        await store.restored(START)
        assert await store.chats.find(chat_of("other")) is None
        assert await store.chats.find(chat_of("reader")) is not None


async def test_a_machine_that_keeps_no_files_goes_on_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "data").write_bytes(b"no folder")
    async with a_world(tmp_path) as world:
        await _waiting(world)
    async with open_postgresql(address_of(tmp_path / "khobor.db"), RULES, tmp_path / "data" / "khobor.db") as store:
        await store.note()
        await store.erasing.person("console:other", 0, START)
        assert not await store.is_older()
    assert "on the server alone" in caplog.text


async def test_nobody_serves_an_unfinished_copy(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.sql(f"CREATE TABLE {UNFINISHED} (name text)")
    with pytest.raises(Exception, match="Run `khobor move` once more"):
        async with open_postgresql(address_of(tmp_path / "khobor.db"), RULES):
            pass
