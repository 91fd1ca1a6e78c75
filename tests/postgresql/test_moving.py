"""An archive goes to a server and back whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.articles.rules import RULES
from bot.values.articles import FullText, Push, Query, QueryKind
from bot.values.chats import Subscription
from bot.values.errors import StorageError
from storage.store import move_to_file, move_to_server, open_postgresql, open_store
from tests.fakes.engines import a_database
from tests.storage.invented import ALL, HERE, NOW, draft, tag

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


async def _an_archive(path: Path) -> None:
    async with open_store(path, RULES, durable=False) as store:
        source = await store.sources.add("feed", "https://nodi.example/feed", None, full_text=FullText.LINK, now=NOW)
        reader = await store.chats.ensure(HERE, NOW)
        for term in (ALL, tag("ইলিশ")):
            await store.subscriptions.follow(reader.id, Subscription(term), NOW, None)
        for number in range(7):
            what = draft(f"জাটকা ধরা {number}", f"n.example/{number}", tags=("ইলিশ",), body=("র‍্যাব জানায়।",))
            await store.articles.save(what, source, NOW, push=Push.NOW)
        await store.vocabulary.refresh()


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        names = [name for (name,) in raw.execute(_TABLES) if not name.startswith("article_words")]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


async def test_there_and_back_every_row_is_the_same(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address, steps = await a_database(tmp_path / "there"), list[tuple[int, int]]()
    moved = await move_to_server(tmp_path / "here.db", address, lambda done, of: steps.append((done, of)))
    assert steps[-1] == (moved, moved)
    async with open_postgresql(address, RULES) as store:
        found, _ = await store.articles.ranked(Query(QueryKind.WORDS, "জাটকা র‍্যাব"), 9)
        assert len(found) == 7
        source = (await store.sources.all())[0]
        more = await store.articles.save(draft("নতুন", "n.example/new"), source, NOW, push=Push.NONE)
        assert more.article_id == 8
    address = await a_database(tmp_path / "again")
    await move_to_server(tmp_path / "here.db", address, lambda _done, _of: None)
    assert await move_to_file(address, tmp_path / "back.db", lambda _done, _of: None) == moved
    assert _rows(tmp_path / "back.db") == _rows(tmp_path / "here.db")
    async with open_store(tmp_path / "back.db", RULES) as file:
        found, _ = await file.articles.ranked(Query(QueryKind.WORDS, "জাটকা র‍্যাব"), 9)
        assert len(found) == 7


async def test_nothing_goes_where_something_is_or_from_where_nothing_is(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")
    with pytest.raises(StorageError, match="there is no archive"):
        await move_to_server(tmp_path / "none.db", address, lambda _done, _of: None)
    await move_to_server(tmp_path / "here.db", address, lambda _done, _of: None)
    with pytest.raises(StorageError, match="holds an archive already"):
        await move_to_server(tmp_path / "here.db", address, lambda _done, _of: None)
    with pytest.raises(StorageError, match="there is a file already"):
        await move_to_file(address, tmp_path / "here.db", lambda _done, _of: None)
    async with open_store(tmp_path / "here.db", RULES):
        with pytest.raises(StorageError, match="is running"):
            await move_to_server(tmp_path / "here.db", await a_database(tmp_path / "other"), lambda _done, _of: None)


async def test_a_move_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    await _an_archive(tmp_path / "here.db")
    address = await a_database(tmp_path / "there")

    def cut(done: int, of: int) -> None:
        if done > of / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move_to_server(tmp_path / "here.db", address, cut)
    await move_to_server(tmp_path / "here.db", address, lambda _done, _of: None)
    with pytest.raises(KeyboardInterrupt):
        await move_to_file(address, tmp_path / "back.db", cut)
    assert {path.name for path in tmp_path.iterdir() if "back" in path.name} == set()
