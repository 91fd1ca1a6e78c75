"""An archive goes to a server and back whole."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.articles.rules import RULES
from bot.values.articles import FullText, Push, Query, QueryKind
from bot.values.chats import Subscription
from bot.values.errors import StorageError
from storage.copies import move_to_file, move_to_server
from storage.driver.copying import UNFINISHED
from storage.store import open_postgresql, open_store
from tests.e2e.run import ROOT, environment, khobor
from tests.fakes.engines import a_database
from tests.storage.invented import ALL, HERE, NOW, draft, tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.anyio
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_ARTICLES = 7


async def _an_archive(path: Path) -> None:
    async with open_store(path, RULES, durable=False) as store:
        source = await store.sources.add("feed", "https://nodi.example/feed", None, full_text=FullText.LINK, now=NOW)
        reader = await store.chats.ensure(HERE, NOW)
        for term in (ALL, tag("ইলিশ")):
            await store.subscriptions.follow(reader.id, Subscription(term), NOW, None)
        for number in range(_ARTICLES):
            what = draft(f"জাটকা ধরা {number}", f"n.example/{number}", tags=("ইলিশ",), body=("র‍্যাব জানায়।",))
            await store.articles.save(what, source, NOW, push=Push.NOW)
        await store.vocabulary.refresh()


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        names = [name for (name,) in raw.execute(_TABLES) if not name.startswith("article_words")]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def _silent(_done: int, _of: int) -> None:
    pass


def _cut_at(share: float) -> Callable[[int, int], None]:
    def cut(done: int, of: int) -> None:
        if done >= of * share:
            raise KeyboardInterrupt

    return cut


async def _asked(address: str, sql: str) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(address) as server:
        return await (await server.execute(sql)).fetchall()


@pytest.fixture
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("copying", "server_rows"):
        monkeypatch.setattr(f"storage.driver.{module}.ROWS", 100)


async def test_there_and_back_every_row_is_the_same(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    before = _rows(tmp_path / "here.db")
    address, steps = await a_database(tmp_path / "there"), list[tuple[int, int]]()
    moved = await move_to_server(tmp_path / "here.db", address, lambda done, of: steps.append((done, of)))
    assert steps[-1] == (moved, moved)
    assert moved == sum(map(len, before.values()))
    async with open_postgresql(address, RULES) as store:
        found, _ = await store.articles.ranked(Query(QueryKind.WORDS, "জাটকা র‍্যাব"), 9)
        assert len(found) == _ARTICLES
    assert await move_to_file(address, tmp_path / "back.db", _silent) == moved
    assert _rows(tmp_path / "back.db") == _rows(tmp_path / "here.db") == before
    async with open_store(tmp_path / "back.db", RULES) as file:
        found, _ = await file.articles.ranked(Query(QueryKind.WORDS, "জাটকা র‍্যাব"), 9)
        assert len(found) == _ARTICLES
    assert oct((tmp_path / "back.db").stat().st_mode & 0o777) == "0o600"


_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'article_words%' ORDER BY 1"
_PARTS_INDEXED = f"SELECT count(*) FROM ({_INDEXES}) x WHERE x.indexdef LIKE '%gin%'"


@pytest.mark.usefixtures("_small_pages")
@pytest.mark.parametrize("share", [None, 0.25, 0.45])
async def test_the_index_is_made_when_its_articles_stand_there(tmp_path: Path, share: float | None) -> None:
    await _an_archive(tmp_path / "here.db")
    with closing(sqlite3.connect(tmp_path / "here.db", isolation_level=None)) as raw:
        raw.execute("UPDATE sqlite_sequence SET seq = 49996 WHERE name = 'articles'")
    await _more_articles(tmp_path / "here.db", 250)
    address, indexed = await a_database(tmp_path / "there"), list[int]()
    if share:
        with pytest.raises(KeyboardInterrupt):
            await move_to_server(tmp_path / "here.db", address, _cut_at(share))

    def look(_done: int, _of: int) -> None:
        with psycopg.connect(address) as server:
            indexed.append(server.execute(_PARTS_INDEXED).fetchall()[0][0])

    await move_to_server(tmp_path / "here.db", address, look)
    # Its first part is made once the second begins, the second and the whole at the end.
    assert sorted(set(indexed)) == ([1] if share == 0.45 else [0, 1])
    assert indexed == sorted(indexed)
    there = await _asked(address, _INDEXES)
    fresh = await a_database(tmp_path / "fresh")
    async with open_postgresql(fresh, RULES):
        await _asked(fresh, "SELECT make_part(0), make_part(50000), 1")
        parts = await _asked(fresh, "SELECT relname FROM pg_class WHERE relname ~ '^article_words_[0-9]+$'")
        assert len(parts) == 2
        assert there == await _asked(fresh, _INDEXES)
    async with open_postgresql(address, RULES) as store:
        found, _ = await store.articles.ranked(Query(QueryKind.WORDS, "জাটকা র‍্যাব"), 400)
        assert len(found) == _ARTICLES + 250
        source = (await store.sources.all())[0]
        await store.articles.save(draft("জাটকা আবার", "n.example/new"), source, NOW, push=Push.NONE)
        assert len((await store.articles.ranked(Query(QueryKind.WORDS, "জাটকা"), 400))[0]) == _ARTICLES + 251


async def _more_articles(path: Path, articles: int) -> None:
    async with open_store(path, RULES, durable=False) as store:
        source = (await store.sources.all())[0]
        for number in range(articles):
            what = draft(f"জাটকা ধরা আরও {number}", f"n.example/more/{number}", body=("র‍্যাব জানায়।",))
            await store.articles.save(what, source, NOW, push=Push.NONE)


async def test_no_number_is_given_twice_even_if_its_row_is_gone(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    with closing(sqlite3.connect(tmp_path / "here.db", isolation_level=None)) as raw:
        raw.execute("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'articles'")
    address = await a_database(tmp_path / "there")
    await move_to_server(tmp_path / "here.db", address, _silent)
    async with open_postgresql(address, RULES) as store:
        source = (await store.sources.all())[0]
        saved = await store.articles.save(draft("নতুন", "n.example/new"), source, NOW, push=Push.NONE)
        assert saved.article_id == 41
    await _asked(address, "DELETE FROM articles WHERE id = 41 RETURNING 1")
    await move_to_file(address, tmp_path / "back.db", _silent)
    async with open_store(tmp_path / "back.db", RULES) as file:
        source = (await file.sources.all())[0]
        saved = await file.articles.save(draft("আরও", "n.example/more"), source, NOW, push=Push.NONE)
        assert saved.article_id == 42


@pytest.mark.usefixtures("_small_pages")
@pytest.mark.parametrize("share", [0.3, 0.8])
async def test_a_move_that_was_cut_short_goes_on_where_it_was(tmp_path: Path, share: float) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")
    with pytest.raises(KeyboardInterrupt):
        await move_to_server(tmp_path / "here.db", address, _cut_at(share))
    written = f"SELECT name, xmin::text FROM {UNFINISHED}"
    begun = set(await _asked(address, written))
    assert begun
    with pytest.raises(StorageError, match="unfinished copy"):
        async with open_postgresql(address, RULES):
            pass
    outlets = set(await _asked(address, "SELECT id, xmin::text FROM tags"))
    moved = await move_to_server(tmp_path / "here.db", address, _silent)
    assert outlets <= set(await _asked(address, "SELECT id, xmin::text FROM tags")), "nothing was written anew"
    with pytest.raises(KeyboardInterrupt):
        await move_to_file(address, tmp_path / "back.db", _cut_at(share))
    part = tmp_path / ".back.db.part"
    before = part.stat().st_size
    assert await move_to_file(address, tmp_path / "back.db", _silent) == moved
    assert before > 0
    assert not part.exists()
    assert _rows(tmp_path / "back.db") == _rows(tmp_path / "here.db")
    assert sorted(path.name for path in tmp_path.iterdir() if "back" in path.name) == ["back.db"]


_KILLED = """
import asyncio, os, pathlib, signal, sys
from storage.driver import copying, server_rows
from storage.copies import move_to_file, move_to_server
copying.ROWS = server_rows.ROWS = 100
def step(done, of):
    if done >= of * float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1].startswith("postgresql:"):
    asyncio.run(move_to_file(sys.argv[1], pathlib.Path(sys.argv[2]), step))
else:
    asyncio.run(move_to_server(pathlib.Path(sys.argv[1]), sys.argv[2], step))
"""


@pytest.mark.usefixtures("_small_pages")
async def test_a_move_whose_process_was_killed_arrives_whole(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")

    async def killed(source: str, target: str, share: float) -> None:
        done = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _KILLED, source, target, str(share)), cwd=ROOT, env=environment()
        )
        assert await done.wait() == -signal.SIGKILL

    await killed(str(tmp_path / "here.db"), address, 0.3)
    moved = await move_to_server(tmp_path / "here.db", address, _silent)
    await killed(address, str(tmp_path / "back.db"), 0.3)
    assert await move_to_file(address, tmp_path / "back.db", _silent) == moved
    assert _rows(tmp_path / "back.db") == _rows(tmp_path / "here.db")


@pytest.mark.usefixtures("_small_pages")
async def test_a_source_that_changed_meanwhile_is_copied_anew(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")
    with pytest.raises(KeyboardInterrupt):
        await move_to_server(tmp_path / "here.db", address, _cut_at(0.5))
    with closing(sqlite3.connect(tmp_path / "here.db", isolation_level=None)) as raw:
        raw.execute("UPDATE articles SET headline = 'অন্য' WHERE id = 1")
        raw.execute("DELETE FROM subscriptions WHERE term_id = (SELECT max(id) FROM terms)")
    await move_to_server(tmp_path / "here.db", address, _silent)
    with pytest.raises(KeyboardInterrupt):
        await move_to_file(address, tmp_path / "back.db", _cut_at(0.5))
    await _asked(address, "UPDATE articles SET headline = 'আবার অন্য' WHERE id = 1 RETURNING 1")
    await move_to_file(address, tmp_path / "back.db", _silent)
    here, back = _rows(tmp_path / "here.db"), _rows(tmp_path / "back.db")
    assert {name for name in here if here[name] != back[name]} == {"articles"}
    assert {row[11] if "অন্য" in str(row) else "" for row in back["articles"]} >= {"আবার অন্য"}


async def test_nothing_goes_where_something_is_or_from_where_nothing_is(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")
    with pytest.raises(StorageError, match="there is no archive"):
        await move_to_server(tmp_path / "none.db", address, _silent)
    with pytest.raises(StorageError, match="there is no archive"):
        await move_to_file(await a_database(tmp_path / "empty"), tmp_path / "new.db", _silent)
    await move_to_server(tmp_path / "here.db", address, _silent)
    with pytest.raises(StorageError, match="holds an archive already"):
        await move_to_server(tmp_path / "here.db", address, _silent)
    with pytest.raises(StorageError, match="there is a file already"):
        await move_to_file(address, tmp_path / "here.db", _silent)


@pytest.mark.usefixtures("_small_pages")
async def test_an_unfinished_copy_of_another_archive_is_left_alone(tmp_path: Path) -> None:
    for name in ("here.db", "other.db"):
        await _an_archive(tmp_path / name)
    address = await a_database(tmp_path / "there")
    with pytest.raises(KeyboardInterrupt):
        await move_to_server(tmp_path / "here.db", address, _cut_at(0.5))
    with pytest.raises(StorageError, match="unfinished copy of another archive"):
        await move_to_server(tmp_path / "other.db", address, _silent)
    await move_to_server(tmp_path / "here.db", address, _silent)


async def test_an_archive_that_is_served_is_not_moved(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")
    async with open_store(tmp_path / "here.db", RULES):
        with pytest.raises(StorageError, match="is running"):
            await move_to_server(tmp_path / "here.db", address, _silent)
    await move_to_server(tmp_path / "here.db", address, _silent)
    async with open_postgresql(address, RULES) as store, store.lock("some part"):
        with pytest.raises(StorageError, match="the bot is running on it"):
            await move_to_file(address, tmp_path / "back.db", _silent)


@pytest.mark.usefixtures("_small_pages")
async def test_nobody_writes_to_the_source_meanwhile_and_two_do_not_move_at_once(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")
    told = list[str]()

    def both(done: int, _of: int) -> None:
        if done >= 10 and not told:
            with closing(sqlite3.connect(tmp_path / "here.db", timeout=0)) as raw, pytest.raises(sqlite3.Error):
                raw.execute("DELETE FROM tags")
            said = subprocess.run(
                [sys.executable, "-m", "bot", "move", "--to", address], cwd=ROOT, check=False, capture_output=True,
                env=environment(DATABASE_PATH=str(tmp_path / "copy.db")), text=True,
            )  # fmt: skip
            told.append(said.stderr)

    await _an_archive(tmp_path / "copy.db")
    await move_to_server(tmp_path / "here.db", address, both)
    assert "another `khobor move` is at work there" in told[0]

    def write(done: int, _of: int) -> None:
        if done >= 10 and len(told) == 1:
            with psycopg.connect(address, options="-c lock_timeout=100") as server, pytest.raises(psycopg.Error):
                server.execute("DELETE FROM tags")
            told.append("tried")

    await move_to_file(address, tmp_path / "back.db", write)
    assert told[1:] == ["tried"]
    assert _rows(tmp_path / "back.db") == _rows(tmp_path / "here.db")


async def test_another_form_is_neither_moved_nor_changed(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    with closing(sqlite3.connect(tmp_path / "here.db", isolation_level=None)) as raw:
        form = raw.execute("PRAGMA user_version").fetchone()[0]
        raw.execute(f"PRAGMA user_version = {form - 1}")
    address = await a_database(tmp_path / "there")
    with pytest.raises(StorageError, match="Run `khobor migrate` first"):
        await move_to_server(tmp_path / "here.db", address, _silent)
    with closing(sqlite3.connect(tmp_path / "here.db", isolation_level=None)) as raw:
        raw.execute(f"PRAGMA user_version = {form}")
    await move_to_server(tmp_path / "here.db", address, _silent)
    await _asked(address, "UPDATE form SET number = number + 1 RETURNING 1")
    with pytest.raises(StorageError, match="Update Khobor first"):
        await move_to_file(address, tmp_path / "back.db", _silent)
    assert not any("back" in name for name in os.listdir(tmp_path))  # noqa: PTH208 - at once


def test_the_command_moves_and_says_so(tmp_path: Path) -> None:
    asyncio.run(_an_archive(tmp_path / "here.db"))
    address = asyncio.run(a_database(tmp_path / "there"))
    assert "MOVE_TO=" in khobor(tmp_path, "move", DATABASE_PATH="here.db").stderr
    done = khobor(tmp_path, "move", DATABASE_PATH="here.db", MOVE_TO=address)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Moved: ")
    back = khobor(tmp_path, "move", "--to", "back.db", DATABASE_PATH="here.db", DATABASE_URL=address)
    assert (back.returncode, back.stdout, back.stderr) == (0, done.stdout, "")
    assert _rows(tmp_path / "back.db") == _rows(tmp_path / "here.db")
