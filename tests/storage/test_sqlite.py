from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest

from bot.articles.rules import RULES
from bot.values.articles import Query
from bot.values.errors import StorageError
from storage.driver.migrate import migrate
from storage.driver.sqlite import opened, side_lock
from storage.store import open_store
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from storage.driver.connection import Connection

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]
ROOT = Path(__file__).resolve().parents[2]


async def test_a_write_is_whole_or_not_there(tmp_path: Path) -> None:
    async with opened(tmp_path / "x.db") as database:
        await database.write(lambda db: db.rows("CREATE TABLE t (n INTEGER)"))

        async def half(db: Connection) -> None:
            await db.rows("INSERT INTO t VALUES (1)")
            raise ValueError("on purpose")

        with pytest.raises(ValueError, match="on purpose"):
            await database.write(half)
        assert await database.read(lambda db: db.rows("SELECT * FROM t")) == []


@pytest.mark.parametrize("native", [False, True])
async def test_a_caller_cancelled_at_any_await_leaves_no_transaction_open(tmp_path: Path, native: bool) -> None:
    async with opened(tmp_path / "x.db") as database:
        await database.write(lambda db: db.rows("CREATE TABLE t (n INTEGER)"))
        for turns in range(14):
            task = asyncio.ensure_future(_insert_two(database, turns))
            for _ in range(turns):
                await asyncio.sleep(0)
            if native:
                task.cancel()
            with anyio.move_on_after(0 if not native else 5):
                await asyncio.wait({task})
            task.cancel()
            await asyncio.wait({task})
            # The next writer finds no transaction, and never half of the last one.
            await database.write(lambda db: db.rows("INSERT INTO t VALUES (-1)"))
        rows = await database.read(lambda db: db.rows("SELECT n, count(*) FROM t WHERE n >= 0 GROUP BY n"))
        assert {count for _, count in rows} <= {2}
        assert (await database.read(lambda db: db.rows("SELECT count(*) FROM t WHERE n < 0")))[0][0] == 14


async def _insert_two(database: object, number: int) -> None:
    async def work(db: Connection) -> None:
        await db.rows("INSERT INTO t VALUES (?)", number)
        await db.rows("INSERT INTO t VALUES (?)", number)

    await database.write(work)  # type: ignore[attr-defined]


async def test_a_locked_database_says_so_and_loses_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("আগে থেকে আছে")
    other = sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)
    async with open_store(tmp_path / "khobor.db", RULES, busy=0.01) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another process is writing"):
            await store.outlets.ensure("নতুন")
        assert len(await store.articles.page(Query(), 5)) == 1, "readers go on"
        other.execute("ROLLBACK")
        assert (await store.outlets.ensure("নতুন")).name == "নতুন"
    other.close()


async def test_what_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("আমার টুকিটাকি, ডেটাবেজ নয়। " * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="not a database of ours"):
        async with open_store(path, RULES):
            pass
    assert path.read_bytes() == before


async def test_a_database_from_the_future_is_refused(tmp_path: Path) -> None:
    await migrate(tmp_path / "x.db")
    with sqlite3.connect(tmp_path / "x.db") as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StorageError, match="newer version"):
        await migrate(tmp_path / "x.db")


async def test_migrating_twice_does_nothing_twice(tmp_path: Path) -> None:
    every = sorted(file.name for file in files("storage").joinpath("migrations").iterdir())
    assert await migrate(tmp_path / "x.db") == every
    assert await migrate(tmp_path / "x.db") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="permissions"):
            async with open_store(tmp_path / "x.db", RULES):
                pass
    finally:
        tmp_path.chmod(0o700)


async def test_a_read_only_database_is_told(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("আছে")
        reader = world.core.store
        await reader._database.write(lambda db: db.rows("PRAGMA query_only = ON"))  # type: ignore[attr-defined]
        with pytest.raises(StorageError, match="cannot be written"):
            await reader.outlets.ensure("নতুন")
        assert len(await reader.articles.page(Query(), 5)) == 1


async def test_a_lock_is_held_by_one_and_freed_by_death(tmp_path: Path) -> None:
    script = f"""
import asyncio, pathlib, sys
from storage.driver.sqlite import side_lock
async def main():
    async with side_lock(pathlib.Path({str(tmp_path / "x.lock")!r})) as ours:
        print(ours, flush=True)
        sys.stdin.read()
asyncio.run(main())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline().strip() == "True"
    async with open_store(tmp_path / "x", RULES) as store, store.lock("poll") as one, store.lock("poll") as two:
        assert (one, two) == (True, False)
    async with side_lock(tmp_path / "x.lock") as ours:
        assert not ours
    process.send_signal(signal.SIGKILL)
    process.communicate()
    async with side_lock(tmp_path / "x.lock") as ours:
        assert ours


async def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    script = """
import asyncio, pathlib, sys
from bot.articles.rules import RULES
from storage.store import open_store
async def main():
    async with open_store(pathlib.Path(sys.argv[1]), RULES) as store:
        for n in range(40):
            name = f"{sys.argv[2]}-{n}"
            await store.outlets.ensure(name, sites=(f"https://{name}.example",))
asyncio.run(main())
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "x.db"), name], cwd=ROOT)
        for name in ("এক", "দুই")
    ]
    assert [process.wait() for process in processes] == [0, 0]
    async with open_store(tmp_path / "x.db", RULES) as store:
        assert await store.outlets.listed() == 80


async def test_a_process_killed_while_it_writes_leaves_whole_transactions(tmp_path: Path) -> None:
    script = """
import asyncio, pathlib, sys
from storage.driver.sqlite import opened, side_lock
async def main():
    async with opened(pathlib.Path(sys.argv[1])) as database:
        await database.write(lambda db: db.rows("CREATE TABLE t (n INTEGER)"))
        async def two(db):
            await db.rows("INSERT INTO t VALUES (1)")
            await db.rows("INSERT INTO t VALUES (1)")
        while True:
            await database.write(two)
            print("x", flush=True)
asyncio.run(main())
"""
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "x.db")], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    for _ in range(5):
        process.stdout.readline()
    process.kill()
    process.communicate()
    async with opened(tmp_path / "x.db") as database:
        count = (await database.read(lambda db: db.rows("SELECT count(*) FROM t")))[0][0]
    assert count >= 10
    assert count % 2 == 0


async def test_another_process_write_is_noticed(tmp_path: Path) -> None:
    async with open_store(tmp_path / "x.db", RULES) as one, open_store(tmp_path / "x.db", RULES) as two:
        before = await one.changed()
        assert await one.changed() == before
        await two.outlets.ensure("অন্য কেউ")
        after = await one.changed()
        assert after != before
        await one.outlets.ensure("নিজে")
        assert await one.changed() != after
