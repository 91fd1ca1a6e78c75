"""`khobor check`.

It reaches out, and says what to mend with an exit code that a script can use.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot.ports.platform import ProbeResult
from bot.running.cli.checking import check_disk, check_platforms
from bot.values.errors import SettingsError
from handlers.platform import told_at
from tests.e2e.run import environment, khobor
from tests.fakes.discord import FakeDiscord
from tests.fakes.telegram import FakeTelegram, Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.e2e.run import Done

pytestmark = pytest.mark.anyio
NOBODYS = "123456:nobodys-token-of-a-bot-that-is-gone-0000"
LOG = 100_000
"""Bytes."""
NOW = datetime(2026, 4, 14, 6, tzinfo=UTC)


async def _check(folder: Path, **extra: str) -> Done:
    return await asyncio.to_thread(khobor, folder, "check", CATALOGUE="none", **extra)


def _telegram(telegram: FakeTelegram, **more: str) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_BASE": telegram.base, **more}


@asynccontextmanager
async def _a_proxy() -> AsyncIterator[tuple[str, list[str]]]:
    """Run a proxy that passes nothing on.

    Yield its address and what it was asked for.
    """
    asked: list[str] = []

    async def refuse(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(str(request.url))
        return web.Response(status=502)

    server = web.ServerRunner(web.Server(refuse))
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://somebody:secret@127.0.0.1:{server.addresses[0][1]}", asked
    finally:
        await server.cleanup()


async def test_who_answers_is_named_and_all_is_well(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        done = await _check(
            tmp_path, **_telegram(telegram, DISCORD_BOT_TOKEN=discord.token, DISCORD_API_BASE=discord.api_base)
        )
    assert done.returncode == 0, done
    assert "✓ Telegram: reached as @khobor_bot." in done.stdout
    assert "· Telegram: corrections reach cards that readers shared by @bot only if @BotFather was sent" in done.stdout
    assert "✓ Discord: reached as " in done.stdout
    assert "✓ Database: data/khobor.db is whole, can be read and written" in done.stdout
    assert "✓ Disk: " in done.stdout


async def test_a_token_that_is_nobodys_fails_and_stands_nowhere(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        settings = _telegram(telegram, DISCORD_BOT_TOKEN=NOBODYS, DISCORD_API_BASE=discord.api_base)
        done = await _check(tmp_path, **{**settings, "TELEGRAM_BOT_TOKEN": NOBODYS})
    assert done.returncode == 1
    assert "✗ Telegram does not know this TELEGRAM_BOT_TOKEN" in done.stdout
    assert "✗ Discord does not know this DISCORD_BOT_TOKEN" in done.stdout
    assert NOBODYS not in done.stdout + done.stderr


async def test_what_cannot_be_reached_fails_and_says_what_to_mend(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        settings = _telegram(telegram)
    # Nobody listens there any more.
    base = settings["TELEGRAM_API_BASE"]
    done = await _check(tmp_path, **settings, DISCORD_BOT_TOKEN=NOBODYS, DISCORD_API_BASE=base)
    assert done.returncode == 1
    for name in ("Telegram", "Discord"):
        (line,) = [line for line in done.stdout.splitlines() if name in line]
        assert line.startswith(f"✗ {name} cannot be reached at {base}: ")
        assert "Check the network" in line


async def test_a_server_in_trouble_fails(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.faults.append(Fault("getMe", times=9, status=500, description="Internal Server Error"))
        done = await _check(tmp_path, **_telegram(telegram))
    assert done.returncode == 1
    assert "✗ Telegram cannot be reached at" in done.stdout


async def test_the_proxy_that_is_set_is_used_and_its_password_stands_nowhere(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, _a_proxy() as (proxy, asked):
        done = await _check(tmp_path, **_telegram(telegram, TELEGRAM_PROXY=proxy))
        wrong = await _check(tmp_path, **_telegram(telegram, TELEGRAM_PROXY="ftp://somebody:secret@proxy.example"))
    assert (done.returncode, wrong.returncode) == (1, 1)
    assert asked
    assert all(address.startswith(telegram.base) for address in asked)
    assert "through TELEGRAM_PROXY" in done.stdout
    assert "✗ " in wrong.stdout
    assert "secret" not in f"{done.stdout}{done.stderr}{wrong.stdout}{wrong.stderr}"


def test_a_page_that_cannot_be_written_fails(tmp_path: Path) -> None:
    khobor(tmp_path, "chat")
    archive = tmp_path / "data" / "khobor.db"

    def full() -> None:
        # No file grows beyond this: as on a full disk, a transaction that writes nothing still goes through.
        resource.setrlimit(resource.RLIMIT_FSIZE, (LOG, LOG))

    with closing(sqlite3.connect(archive, isolation_level=None)) as reader, closing(sqlite3.connect(archive)) as writer:
        writer.execute("CREATE TABLE filling (text)")
        writer.execute("INSERT INTO filling VALUES (zeroblob(?))", (LOG,))
        writer.commit()
        # Who reads keeps the log from beginning anew.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        done = subprocess.run(
            [sys.executable, "-m", "bot", "check"], cwd=tmp_path, env=environment(CATALOGUE="none"),
            capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=full,
        )  # fmt: skip
    assert done.returncode == 1
    assert "✗ data/khobor.db: " in done.stdout


def test_a_damaged_table_fails(tmp_path: Path) -> None:
    khobor(tmp_path, "chat")
    archive = tmp_path / "data" / "khobor.db"
    with closing(sqlite3.connect(archive)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'revisions'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    with archive.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x0a\x00\x00\x00\x05\xff\xff" + b"\xff" * 100)
    done = khobor(tmp_path, "check")
    assert done.returncode == 1
    assert "✗ data/khobor.db: is damaged. Restore a backup" in done.stdout


def test_it_can_be_read_by_a_program(tmp_path: Path) -> None:
    well = json.loads(khobor(tmp_path, "check", "--json", CATALOGUE="none").stdout)
    assert well["ok"] is True
    assert {one["level"] for one in well["findings"]} == {"ok", "note"}
    (tmp_path / "notes.db").write_text("এটি ডেটাবেজ নয়। " * 100, encoding="utf-8")
    done = khobor(tmp_path, "check", "--json", DATABASE_PATH="notes.db")
    ill = json.loads(done.stdout)
    assert (done.returncode, ill["ok"]) == (1, False)
    assert any(one["level"] == "fail" and "not a database" in one["text"] for one in ill["findings"])


def test_a_disk_without_room_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_disk(tmp_path / "not" / "there" / "khobor.db").level == "ok"
    monkeypatch.setattr("bot.running.cli.checking.LEAST_FREE", 10**18)
    found = check_disk(tmp_path / "khobor.db")
    assert found.level == "fail"
    assert "Make room" in found.text


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(seconds=59), None),
        (timedelta(minutes=12), "Clock: 12 minutes fast by Telegram's."),
        (timedelta(minutes=-1), "Clock: 1 minute slow by Telegram's."),
    ],
)
async def test_a_clock_that_a_platform_contradicts_fails(ahead: timedelta, said: str | None) -> None:
    async def reach() -> ProbeResult:
        return ProbeResult("@khobor_bot", NOW)

    found = await check_platforms({"telegram": reach}, lambda: NOW + ahead)
    told = [one.text for one in found if one.level == "fail"]
    assert [text.partition(" Let")[0] for text in told] == ([said] if said else [])


async def test_one_platform_in_trouble_hides_no_other() -> None:
    async def well() -> ProbeResult:
        return ProbeResult("bot", None)

    async def ill() -> ProbeResult:
        raise SettingsError("no")

    found = await check_platforms({"one": ill, "two": well}, lambda: NOW)
    assert [str(one) for one in found] == ["✗ no", "✓ Two: reached as bot."]


@pytest.mark.parametrize(
    ("date", "read"),
    [("Tue, 14 Apr 2026 06:00:00 GMT", NOW), ("Tue, 14 Apr 2026 06:00:00 -0000", NOW), ("", None), ("yesterday", None)],
)
def test_a_date_header_is_read_or_none(date: str, read: datetime | None) -> None:
    assert told_at(date) == read
