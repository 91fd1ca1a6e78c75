"""Opening: by several at once, of what is not ours.

Without leave to write, and cancelled half way.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from bot.articles.rules import RULES
from bot.values.articles import Query
from bot.values.errors import StorageError
from storage.driver.migrate import migrate
from storage.store import open_store
from tests.storage.invented import an_archive, draft

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]
ROOT = Path(__file__).resolve().parents[2]


async def test_several_processes_may_make_a_database_at_the_same_moment(tmp_path: Path) -> None:
    # A new file is turned to WAL once, and SQLite refuses whoever comes second instead of letting it wait.
    script = """
import asyncio, pathlib, sys
from storage.driver.migrate import migrate
for line in sys.stdin:
    asyncio.run(migrate(pathlib.Path(line.strip())))
    print("done", flush=True)
"""
    command = [sys.executable, "-c", script]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(6)]  # type: ignore[call-overload]
    for round_ in range(2):
        for process in started:
            print(tmp_path / f"{round_}.db", file=process.stdin, flush=True)
        assert [process.stdout.readline() for process in started] == ["done\n"] * 6
    for process in started:
        process.communicate()
    assert [process.returncode for process in started] == [0] * 6


async def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    theirs = sqlite3.connect(path)
    theirs.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageError, match="another program"):
        await migrate(path)
    assert theirs.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipes",)]
    theirs.close()


async def test_read_only_reads_and_never_writes(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("খেয়া পারাপার", "nodi.example/1"))
    async with open_store(tmp_path / "khobor.db", RULES, read_only=True) as store:
        assert len(await store.articles.page(Query(), 5)) == 1
        with pytest.raises(StorageError, match="cannot be written"):
            await store.outlets.ensure("নতুন")


async def test_read_only_makes_and_mends_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"):
        async with open_store(tmp_path / "new" / "x.db", RULES, read_only=True):
            pass
    assert list(tmp_path.iterdir()) == []
    sqlite3.connect(tmp_path / "x.db").close()
    (tmp_path / "x.db").touch()
    with pytest.raises(StorageError, match="khobor migrate"):
        async with open_store(tmp_path / "x.db", RULES, read_only=True):
            pass


async def test_a_file_without_leave_to_write_is_read_and_says_so() -> None:
    # Root may write everywhere, so the child becomes nobody, once it has read all that lies where nobody may look.
    script = """
import asyncio, os, pathlib, sys
from bot.values.errors import StorageError
from storage.driver import migrate
from bot.articles.rules import RULES
from storage.store import open_store
migrate._files()
async def make():
    async with open_store(pathlib.Path(sys.argv[1]), RULES) as store:
        await store.outlets.ensure("পুরোনো", sites=("https://old.example",))
asyncio.run(make())
pathlib.Path(sys.argv[1]).chmod(0o444)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
async def main():
    async with open_store(pathlib.Path(sys.argv[1]), RULES) as store:
        print(await store.outlets.listed())
        try:
            await store.outlets.ensure("নতুন")
        except StorageError as error:
            print(error)
asyncio.run(main())
"""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "x.db")
        path.parent.chmod(0o777)
        done = subprocess.run(  # noqa: ASYNC221 - our own interpreter
            [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
    assert done.stdout.startswith("1\n"), done.stderr
    assert "cannot be written. Check the permissions" in done.stdout


async def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    # Answered with «another has it», its holder would wait for ever and send nothing.
    async with an_archive(tmp_path) as archive:
        (tmp_path / "khobor.db.poll.lock").mkdir()
        with pytest.raises(StorageError, match="cannot be opened"):
            async with archive.store.lock("poll"):
                pass


async def test_a_lock_may_bear_any_name(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        names = ("sender-console-a/b", "sender-console-a%2Fb", "../x", "রহিম")
        for name in names:
            async with archive.store.lock(name) as ours, archive.store.lock(name) as again:
                assert (ours, again) == (True, False)
        assert sum(file.endswith(".lock") for file in os.listdir(tmp_path)) == len(names)  # noqa: PTH208 - at once


async def test_whoever_asks_is_told_which_locks_are_held(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive, archive.store.lock("a/b shards 0-3/8"), archive.store.lock("a/b 2"):
        async with archive.store.lock("a/b shards 4-7/8"):
            assert await archive.store.held("a/b shards ") == {"a/b shards 0-3/8", "a/b shards 4-7/8"}
        assert await archive.store.held("a/b shards ") == {"a/b shards 0-3/8"}
        assert await archive.store.held("nobody") == set()


async def test_opening_that_is_cancelled_leaves_no_connection_behind(tmp_path: Path) -> None:
    await migrate(tmp_path / "x.db")

    async def use() -> None:
        async with open_store(tmp_path / "x.db", RULES) as store:
            await store.outlets.listed()

    before = threading.active_count()
    for turns in range(40):
        task = asyncio.ensure_future(use())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
    # The driver's own clean-up, where it was cancelled while it connected, needs its thread to come round.
    for thread in threading.enumerate():
        if thread not in (threading.main_thread(), threading.current_thread()) and "_connection_worker" in thread.name:
            thread.join(5)
    assert threading.active_count() <= before
