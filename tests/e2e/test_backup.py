"""Copies of a running archive, put in place elsewhere.

The command line does it, as people use it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.clockwork.clock import system_clock
from storage.driver import backup, migrate
from storage.driver.restore import restore
from tests.e2e.news import BODY, READERS, command, incoming, pushed, readers, topic
from tests.e2e.run import ROOT, beside, khobor, process
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio


def _counts(path: Path) -> dict[str, int]:
    """Count the rows of every table."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        tables = raw.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'").fetchall()
        names = [name for (name,) in tables if name != backup.FACTS and not name.startswith("sqlite_")]
        return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _states(path: Path) -> Counter[str]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        return Counter(state for (state,) in raw.execute("SELECT state FROM deliveries"))


@contextlib.contextmanager
def _in_use(folder: Path) -> Iterator[int]:
    """Let another process have the archive open, as a bot has.

    Yield its number.
    """
    script = (
        "import asyncio, pathlib, sys\nfrom bot.articles.rules import RULES\nfrom storage.store import open_store\n"
        "async def use():\n"
        "    async with open_store(pathlib.Path(sys.argv[1]), RULES) as store:\n"
        "        await store.outlets.ensure('নতুন')\n"
        "        print('ready', flush=True)\n"
        "        sys.stdin.readline()\n"
        "asyncio.run(use())\n"
    )
    command = [sys.executable, "-c", script, str(folder / "data" / "khobor.db")]
    other = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        yield other.pid
        assert other.stdin is not None
        other.stdin.close()


async def test_a_backup_taken_while_news_comes_in_is_restored_elsewhere_and_nothing_is_pushed_twice(
    tmp_path: Path,
) -> None:
    there, elsewhere = tmp_path / "there", tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = tmp_path / "one.backup"
    async with FakeTelegram() as telegram:
        for number in range(1, READERS + 1):
            telegram.private(number)
        async with a_world(there) as world, running(world, telegram):
            await readers(world)
            async with incoming(world, telegram) as came:
                await telegram.until(lambda: len(pushed(telegram)) > READERS)
                first = len(came)
                code, said, problems = await command(there, "backup", str(copy), DATABASE_PATH="khobor.db")
                assert (code, problems) == (0, ""), problems
                # It came in all the while, and some of it is pushed that the copy does not know of.
                await telegram.until(lambda: len(pushed(telegram)) > first + 3 * READERS)
        held = _counts(copy)
        assert said.startswith(f"Written: {copy}, ")
        assert f"{held['articles']:,} stories, {READERS + 2} chats" in said
        assert said.endswith("keep it as you keep the database.\n")
        code, said, problems = await command(elsewhere, "restore", str(copy), DATABASE_PATH="khobor.db")
        assert (code, problems) == (0, ""), problems
        assert f"Restored: {held['articles']:,} stories, {READERS + 2} chats" in said
        assert _counts(elsewhere / "khobor.db") == held
        states = _states(elsewhere / "khobor.db")
        assert states.keys() == {"sent", "left"}
        assert f"{states['left']:,} deliveries that waited go into digests." in said
        assert states["left"] >= held["articles"], "all that waited for the one whom nobody sends to"
        before = pushed(telegram)
        async with a_world(elsewhere) as world, running(world, telegram):
            await world.spread()
            await world.add("একেবারে নতুন খবর", BODY, tags=(topic(1),))
            await world.spread()
            await telegram.until(lambda: "একেবারে নতুন খবর" in telegram.private(1).last.text)
        assert pushed(telegram) == before
        assert set(before.values()) == {1}


def test_what_is_asked_for_wrongly_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    khobor(tmp_path, "chat")
    archive, copy = tmp_path / "data" / "khobor.db", tmp_path / "one.backup"
    assert khobor(tmp_path, "backup", "one.backup").returncode == 0
    before = archive.read_bytes()
    (tmp_path / "cut.backup").write_bytes(copy.read_bytes()[:30_000])
    (tmp_path / "rubbish").write_bytes(b"rubbish")
    (tmp_path / "plain.db").write_bytes(before)
    newer = tmp_path / "newer.backup"
    shutil.copy(copy, newer)
    with contextlib.closing(sqlite3.connect(newer, isolation_level=None)) as raw:
        raw.execute("PRAGMA user_version = 9999")
        raw.execute(f"UPDATE {backup.FACTS} SET value = '2.3' WHERE name = 'version'")
    size, ours = copy.stat().st_size, backup.own_version()
    for arguments, said in (
        (("restore", "one.backup"), ("there is an archive in data/khobor.db already. To replace it: khobor restore "
         "one.backup --over (the old one is kept as khobor.db.before-restore).")),
        (("restore", "cut.backup", "--over"), (f"cut.backup ends too early (30,000 of {size:,} bytes). Nothing was "
         "changed. Copy it again.")),
        (("restore", "rubbish", "--over"), "rubbish is not a backup of Khobor. Nothing was changed."),
        (("restore", "plain.db", "--over"), "plain.db is not a backup of Khobor. Nothing was changed."),
        (("restore", "newer.backup", "--over"), (f"newer.backup was made by version 2.3; this is {ours}."
         " Update first. Nothing was changed.")),
        (("restore", "none", "--over"), "none: there is no such file. Nothing was changed."),
        (("backup", "data/khobor.db"), "data/khobor.db is there already and is no backup. Name another file."),
        (("backup", "data"), "data is a folder. Name a file in it. Nothing was changed."),
    ):  # fmt: skip
        done = khobor(tmp_path, *arguments)
        assert (done.returncode, done.stderr, done.stdout) == (1, f"khobor: {said}\n", "")
    assert archive.read_bytes() == before
    assert sorted(os.listdir(tmp_path / "data")) == [  # noqa: PTH208
        "khobor.db", "khobor.db.sender-console-local.lock", "khobor.db.spread.lock",
    ]  # fmt: skip
    done = khobor(tmp_path, "restore", "one.backup", "--over")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "data" / "khobor.db.before-restore").read_bytes() == before


def test_an_archive_in_use_is_not_replaced(tmp_path: Path) -> None:
    khobor(tmp_path, "chat")
    assert khobor(tmp_path, "backup", "one.backup").returncode == 0
    with _in_use(tmp_path) as number:
        done = process(tmp_path, "restore", "one.backup", "--over")
    assert done.returncode == 1
    assert done.stderr == f"khobor: the bot is running (process {number}). Stop it, then restore.\n"


def test_a_log_that_a_dead_process_left_meets_no_other_archive(tmp_path: Path) -> None:
    # A copy put back by hand over a crashed instance is read through its log: other rows, or none, and no error.
    khobor(tmp_path, "chat")
    assert khobor(tmp_path, "backup", "one.backup").returncode == 0
    archive = tmp_path / "data" / "khobor.db"
    script = "import os, sqlite3, sys; raw = sqlite3.connect(sys.argv[1], isolation_level=None); "
    script += "raw.execute(\"INSERT INTO counters VALUES ('late', 1)\"); os._exit(0)"
    subprocess.run([sys.executable, "-c", script, str(archive)], check=True)
    assert archive.with_name("khobor.db-wal").stat().st_size > 0
    done = khobor(tmp_path, "restore", "one.backup", "--over")
    assert (done.returncode, done.stderr) == (0, "")
    assert not archive.with_name("khobor.db-wal").exists()
    kept = archive.with_name("khobor.db.before-restore")
    for path, late in ((archive, 0), (kept, 1)):
        with contextlib.closing(sqlite3.connect(path)) as raw:
            assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
            assert raw.execute("SELECT count(*) FROM counters WHERE name = 'late'").fetchone() == (late,)


def test_a_damaged_archive_is_replaced_and_kept(tmp_path: Path) -> None:
    khobor(tmp_path, "chat")
    assert khobor(tmp_path, "backup", "one.backup").returncode == 0
    archive = tmp_path / "data" / "khobor.db"
    archive.write_bytes(b"\0" * 70_000)
    done = khobor(tmp_path, "restore", "one.backup", "--over")
    assert (done.returncode, done.stderr) == (0, "")
    assert archive.with_name("khobor.db.before-restore").read_bytes() == b"\0" * 70_000


@pytest.mark.parametrize(
    "harm",
    [
        "CREATE TRIGGER evil AFTER INSERT ON chats BEGIN DELETE FROM articles; END",
        "CREATE VIEW evil AS SELECT 1",
        (
            "DROP TRIGGER article_texts_added; CREATE TRIGGER article_texts_added AFTER INSERT ON article_texts "
            "BEGIN DELETE FROM chats; END"
        ),
        "DROP TABLE choices; CREATE VIEW choices AS SELECT '' id, '' command, '' argument, 1 kept_at",
        "DROP TABLE choices; CREATE VIRTUAL TABLE choices USING fts5 (id, command, argument, kept_at)",
        "DROP TABLE choices; CREATE TABLE choices (id, command, argument, kept_at AS (1))",
        "DROP TABLE choices",
        "ALTER TABLE choices DROP COLUMN command",
        "UPDATE khobor_backup SET value = '5' WHERE name = 'stories'",
        "UPDATE khobor_backup SET value = 'x' WHERE name = 'taken_at'",
        "DELETE FROM khobor_backup",
        "DROP TABLE khobor_backup; CREATE VIEW khobor_backup AS SELECT 'stories' name, '5' value",
        "PRAGMA user_version = 0",
        "PRAGMA foreign_keys = OFF; DELETE FROM sources",
        (
            "DROP TABLE vocabulary_mark; CREATE TABLE vocabulary_mark (article_id); "
            "INSERT INTO vocabulary_mark VALUES ('text')"
        ),
    ],
)
def test_a_hostile_backup_is_refused_and_leaves_nothing(tmp_path: Path, harm: str) -> None:
    asyncio.run(_taken(tmp_path))
    with contextlib.closing(sqlite3.connect(tmp_path / "x.backup", isolation_level=None)) as raw:
        raw.executescript(harm)
    (tmp_path / "two").mkdir()
    code, said, problems = khobor(tmp_path / "two", "restore", "../x.backup", DATABASE_PATH="khobor.db")
    assert (code, said) == (1, "")
    assert problems.startswith("khobor: ../x.backup is ")
    assert problems.endswith(("Nothing was changed.\n", "Take another copy.\n"))
    assert list((tmp_path / "two").iterdir()) == []


def test_bytes_that_are_no_text_are_damage_in_a_backup_and_in_an_archive(tmp_path: Path) -> None:
    asyncio.run(_taken(tmp_path))
    copy, two = tmp_path / "x.backup", tmp_path / "two"
    whole = copy.read_bytes()
    copy.write_bytes(whole.replace(b"CREATE TABLE", b"CREATE \xbb\xbbBLE"))
    two.mkdir()
    done = khobor(two, "restore", "../x.backup", DATABASE_PATH="khobor.db")
    assert done.returncode == 1
    assert done.stderr.startswith("khobor: ../x.backup is damaged (")
    assert len(done.stderr.splitlines()) == 1
    (two / "khobor.db").write_bytes(copy.read_bytes())
    for asked in ("chat", "sources", "check"):
        done = khobor(two, asked, DATABASE_PATH="khobor.db")
        assert "Traceback" not in done.stderr
        assert "is damaged. Restore a backup" in done.stdout + done.stderr


async def _taken(folder: Path) -> None:
    """Take a copy of an archive that holds a story."""
    async with a_world(folder / "one") as world:
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        backup.write(folder / "one" / "khobor.db", folder / "x.backup", world.clock())


async def test_a_backup_of_an_older_form_is_restored_and_brought_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = migrate._files()
    for form in range(1, len(files)):
        with monkeypatch.context() as older:
            older.setattr(migrate, "_files", lambda form=form: files[:form])
            await migrate.migrate(tmp_path / f"{form}.db")
        with contextlib.closing(sqlite3.connect(tmp_path / f"{form}.db", isolation_level=None)) as raw:
            raw.execute("INSERT INTO outlets VALUES (7, 'নদী', 'Nodi', 'BD', 'Asia/Dhaka')")
        copy, new = tmp_path / f"{form}.backup", tmp_path / f"new-{form}.db"
        backup.write(tmp_path / f"{form}.db", copy, system_clock())
        await restore(copy, new, system_clock(), over=False, step=lambda _done, _of: None)
        with contextlib.closing(sqlite3.connect(new)) as raw:
            assert raw.execute("SELECT id, name FROM outlets").fetchall() == [(7, "নদী")]


async def test_before_each_migration_a_copy_is_made_and_two_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, path = migrate._files(), tmp_path / "khobor.db"
    for form in range(1, len(files) + 1):
        with monkeypatch.context() as older:
            older.setattr(migrate, "_files", lambda form=form: files[:form])
            await migrate.migrate(path)
            await migrate.migrate(path)
    copies = sorted(tmp_path.glob("*.backup"))
    assert [copy.name for copy in copies] == [
        f"khobor.db.form{form:04}.backup" for form in (len(files) - 2, len(files) - 1)
    ]
    for copy in copies:
        done = await beside(tmp_path, "restore", copy.name, DATABASE_PATH=f"from-{copy.name}")
        assert (done.returncode, done.stderr) == (0, "")


def test_everything_that_says_who_reads_what_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\n", encoding="ascii")
    (tmp_path / ".env").chmod(0o644)
    before = os.umask(0)
    try:
        khobor(tmp_path, "chat")
        archive = tmp_path / "data" / "khobor.db"
        archive.chmod(0o664)
        with _in_use(tmp_path):
            assert archive.with_name("khobor.db-wal").exists()
            khobor(tmp_path, "backup", "one.backup")
            files = [tmp_path / ".env", tmp_path / "one.backup", *(tmp_path / "data").iterdir()]
            modes = {file.name: oct(file.stat().st_mode & 0o777) for file in files}
        khobor(tmp_path, "restore", "one.backup", "--over")
        modes |= {file.name: oct(file.stat().st_mode & 0o777) for file in (tmp_path / "data").iterdir()}
    finally:
        os.umask(before)
    assert {name for name, mode in modes.items() if mode != "0o600"} == set(), modes
    assert len(modes) > 6


def test_an_interrupted_copy_leaves_nothing_behind(tmp_path: Path) -> None:
    khobor(tmp_path, "chat")
    archive = tmp_path / "data" / "khobor.db"

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.write(archive, tmp_path / "one.backup", system_clock(), stop)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["data"]
