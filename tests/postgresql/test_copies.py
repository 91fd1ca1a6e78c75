"""A backup of a server's archive is restored on either engine."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.articles.rules import RULES
from bot.values.chats import Role
from storage.copies import back_up_server, move_to_file
from storage.driver import backup
from storage.store import open_postgresql
from tests.e2e.news import READERS, command, incoming, pushed, readers, topic
from tests.e2e.run import khobor
from tests.e2e.telegram_bot import running
from tests.fakes.engines import a_database, address_of
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import START, a_world, chat_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.run import Done

pytestmark = pytest.mark.anyio
_BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়।"
_CHANGED = {"counters", "deliveries", "fanouts", "sources"}
"""Tables that restoring changes: the copy's number, what waited, when sources are looked at."""


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a file but its index."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        found = raw.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'").fetchall()
        names = [name for (name,) in found if not name.startswith(("sqlite_", backup.FACTS))]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def _silent(_done: int, _of: int) -> None:
    pass


async def test_a_backup_taken_while_news_comes_in_is_restored_on_both_engines_and_nothing_is_pushed_twice(
    tmp_path: Path,
) -> None:
    there, elsewhere = tmp_path / "there", tmp_path / "elsewhere"
    for folder in (there, elsewhere):
        folder.mkdir()
    copy = tmp_path / "one.backup"
    async with FakeTelegram() as telegram:
        for number in range(1, READERS + 1):
            telegram.private(number)
        async with a_world(there) as world, running(world, telegram):
            await readers(world)
            url = address_of(there / "khobor.db")
            async with incoming(world, telegram) as came:
                await telegram.until(lambda: len(pushed(telegram)) > READERS)
                first = len(came)
                code, said, problems = await command(there, "backup", str(copy), DATABASE_URL=url)
                assert (code, problems) == (0, ""), problems
                # It came in all the while, and some of it is pushed that the copy does not know of.
                await telegram.until(lambda: len(pushed(telegram)) > first + READERS)
        held = _rows(copy)
        stories = len(held["articles"])
        assert f"{stories:,} stories, {READERS + 2} chats" in said
        assert oct(copy.stat().st_mode & 0o777) == "0o600"
        # On SQLite.
        code, said, problems = await command(elsewhere, "restore", str(copy), DATABASE_PATH="file.db")
        assert (code, problems) == (0, ""), problems
        assert f"Restored: {stories:,} stories, {READERS + 2} chats" in said
        # On a server.
        new = await a_database(elsewhere / "khobor.db")
        code, also, problems = await command(elsewhere, "restore", str(copy), DATABASE_URL=new)
        assert (code, problems, also) == (0, "", said), problems
        await move_to_file(new, elsewhere / "from-server.db", _silent)
        for path in (elsewhere / "file.db", elsewhere / "from-server.db"):
            rows = _rows(path)
            assert {name for name in held if rows[name] != held[name]} <= _CHANGED
            assert {name: len(some) for name, some in rows.items()} == {name: len(some) for name, some in held.items()}
            assert {row[6] for row in rows["deliveries"]} == {"sent", "left"}
        assert not (elsewhere / "data").exists() or os.listdir(elsewhere / "data") == []  # noqa: PTH208
        before = pushed(telegram)
        async with a_world(elsewhere) as world, running(world, telegram):
            await world.spread()
            await world.add("একেবারে নতুন খবর", _BODY, tags=(topic(1),))
            await world.spread()
            await telegram.until(lambda: "একেবারে নতুন খবর" in telegram.private(1).last.text)
        assert pushed(telegram) == before
        assert set(before.values()) == {1}


async def _taken(folder: Path, stories: int = 1) -> Path:
    """Take a backup of a server's archive that holds something."""
    async with a_world(folder / "one") as world:
        for number in range(stories):
            await world.add(f"পদ্মায় নৌকাডুবি {number}", _BODY)
        await world.say("/follow ইরান", person="reader", role=Role.READER)
        await back_up_server(
            address_of(folder / "one" / "khobor.db"), folder / "khobor.db", folder / "x.backup", START, _silent
        )
    return folder / "x.backup"


async def test_all_of_a_backup_is_of_one_moment(tmp_path: Path) -> None:
    async with a_world(tmp_path / "one") as world:
        url = address_of(tmp_path / "one" / "khobor.db")
        for number in range(3):
            await world.add(f"পদ্মায় নৌকাডুবি {number}", _BODY)
        beside = list[asyncio.Task[object]]()

        def step(_done: int, _of: int) -> None:
            beside.append(asyncio.ensure_future(world.add(f"পরের {len(beside)}", _BODY)))

        await back_up_server(url, tmp_path / "khobor.db", tmp_path / "x.backup", START, step)
        await asyncio.gather(*beside)
        assert await world.core.store.articles.count() == 3 + len(beside)
    rows = _rows(tmp_path / "x.backup")
    assert len(beside) > 10
    assert [len(rows[name]) for name in ("articles", "article_texts", "subjects", "revisions")] == [3, 3, 3, 3]
    found = backup.contents(tmp_path / "x.backup")
    assert (found.stories, found.highest) == (3, 3)
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


async def test_who_was_erased_since_is_erased_again_on_both_engines(tmp_path: Path) -> None:
    copy = await _taken(tmp_path)
    url = address_of(tmp_path / "one" / "khobor.db")
    async with open_postgresql(url, RULES, tmp_path / "data" / "khobor.db") as store:
        reader = await store.chats.find(chat_of("reader"))
        assert reader is not None
        await store.erasing.person("console:reader", reader.id, START)
    assert (tmp_path / "data" / "khobor.db.erased").read_text().count("\n") >= 1
    new = await a_database(tmp_path / "new")
    for setting in ({"DATABASE_URL": new}, {}):
        code, said, problems = await command(tmp_path, "restore", str(copy), **setting)
        assert (code, problems) == (0, "")
        assert "1 found in the list kept beside it and deleted again." in said
    async with open_postgresql(new, RULES) as store:
        assert await store.chats.find(chat_of("reader")) is None
        assert await store.articles.count() == 1
    # The list goes along in newer backups, wherever they are restored.
    await back_up_server(new, tmp_path / "khobor.db", tmp_path / "newer.backup", START, _silent)
    assert len(_rows(tmp_path / "newer.backup")["erasures"]) >= 1


async def test_no_password_or_token_stands_in_a_backup(tmp_path: Path) -> None:
    await _taken(tmp_path)
    url = address_of(tmp_path / "one" / "khobor.db").replace("postgres@", "postgres:qz9-hush@", 1)
    secrets = {"TELEGRAM_BOT_TOKEN": "12345:tattletale", "DISCORD_BOT_TOKEN": "blabbermouth"}
    code, said, problems = await command(tmp_path, "backup", "y.backup", DATABASE_URL=url, **secrets)
    assert (code, problems) == (0, "")
    written = (tmp_path / "y.backup").read_bytes() + said.encode()
    assert [word for word in (b"qz9-hush", b"tattletale", b"blabbermouth") if word in written] == []


def _tables(url: str) -> int:
    with psycopg.connect(url) as server:
        row = server.execute("SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM chats)").fetchone()
    return int(row[0]) if row else 0


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON chats BEGIN DELETE FROM articles; END", "is not a backup of Khobor"),
        ("CREATE VIEW evil AS SELECT 1", "is not a backup of Khobor"),
        ("DROP TABLE choices; CREATE VIEW choices AS SELECT '' id", "is not a backup of Khobor"),
        ("UPDATE khobor_backup SET value = '5' WHERE name = 'stories'", "is damaged"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM sources", "is damaged"),
    ],
)
def test_a_hostile_backup_is_refused_and_leaves_nothing(tmp_path: Path, harm: str, said: str) -> None:
    copy = asyncio.run(_taken(tmp_path))
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        raw.executescript(harm)
    new = asyncio.run(a_database(tmp_path / "new"))
    done = khobor(tmp_path, "restore", "x.backup", DATABASE_URL=new)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert _tables(new) == 0
    assert os.listdir(tmp_path / "data") == []  # noqa: PTH208


def test_what_a_hostile_backup_says_is_data_and_nothing_else(tmp_path: Path) -> None:
    copy, words = asyncio.run(_taken(tmp_path)), "'); DROP TABLE chats; --\t\\N\n%s $$ \x01"
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        raw.execute("UPDATE articles SET headline = ?, byline = ?", (words, f"a\0b{words}"))
    new = asyncio.run(a_database(tmp_path / "new"))
    done = khobor(tmp_path, "restore", "x.backup", DATABASE_URL=new)
    assert (done.returncode, done.stderr) == (0, "")
    with psycopg.connect(new) as server:
        assert server.execute("SELECT headline, byline FROM articles").fetchall() == [(words, f"ab{words}")]


def test_what_is_asked_for_wrongly_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    copy = asyncio.run(_taken(tmp_path))
    url = address_of(tmp_path / "one" / "khobor.db")

    def tried(*arguments: str, url: str = url) -> Done:
        return khobor(tmp_path, *arguments, DATABASE_URL=url)

    before = _tables(url)
    (tmp_path / "rubbish").write_bytes(b"rubbish")
    (tmp_path / "form").write_bytes(b"")
    none = url.replace(url.rpartition("/")[2], "no_such_database")
    for done, said in (
        (tried("restore", str(copy)), "holds an archive already"),
        (tried("restore", str(copy), "--over"), "--over replaces a file alone"),
        (tried("restore", "rubbish", url=asyncio.run(a_database(tmp_path / "new"))), "is not a backup of Khobor"),
        (tried("backup", "rubbish"), "is there already and is no backup"),
        (tried("backup", "no/such/folder/x.backup"), "No such file or directory"),
        (tried("backup", "y.backup", url=none), "has no such database"),
        (tried("backup", "y.backup", url=asyncio.run(a_database(tmp_path / "empty"))), "there is no archive"),
    ):
        assert (done.returncode, done.stdout) == (1, ""), said
        assert said in done.stderr
    assert _tables(url) == before
    assert tried("backup", str(copy)).returncode == 0, "an older backup is replaced"


async def test_an_interrupted_copy_leaves_nothing_behind(tmp_path: Path) -> None:
    await _taken(tmp_path)

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    before, url = sorted(path.name for path in tmp_path.iterdir()), address_of(tmp_path / "one" / "khobor.db")
    with pytest.raises(KeyboardInterrupt):
        await back_up_server(url, tmp_path / "khobor.db", tmp_path / "y.backup", START, stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
