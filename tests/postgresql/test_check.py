"""`khobor check` says of a server what is to be mended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.articles.rules import RULES
from storage.driver.server_check import ServerFacts, findings
from storage.store import open_postgresql
from tests.e2e.run import khobor
from tests.fakes.engines import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
WELL = ServerFacts("15.4", 15, False, True, 5_000_000, 5, 100, 1.0)  # noqa: FBT003 - as a server says it


def test_a_server_that_is_well_is_said_to_be() -> None:
    assert [level for level, _ in findings(WELL)] == ["ok", "ok"]
    held = findings(WELL._replace(leases=(("clock", 0.5), ("sender-x", 9.0))))
    assert [text for _, text in held][1:] == [
        "Leases: clock held now.",
        "Leases: without a beat since, and free for the next process: sender-x (9 s).",
    ]


@pytest.mark.parametrize(
    ("wrong", "level", "said"),
    [
        ({"version": "13.1", "major": 13}, "fail", "is too old"),
        ({"read_only": True}, "fail", "read-only"),
        ({"pooled": True}, "fail", "pooler in transaction mode"),
        ({"autovacuum": False}, "fail", "autovacuum is off"),
        ({"trusting": True}, "note", "sslmode=verify-full"),
        ({"connections": 81}, "note", "81 of 100 connections"),
        ({"snapshot": 1200.0}, "note", "open for 20 minutes"),
    ],
)
def test_what_is_to_be_mended_is_said(wrong: dict[str, object], level: str, said: str) -> None:
    assert [one for one, text in findings(WELL._replace(**wrong)) if said in text] == [level]  # type: ignore[arg-type]


async def test_a_real_server_is_looked_at_while_a_bot_holds_its_leases(tmp_path: Path) -> None:
    url = await a_database(tmp_path / "there")
    async with open_postgresql(url, RULES) as store, store.lock("clock"):
        done = await asyncio.to_thread(khobor, tmp_path, "check", DATABASE_URL=url, CATALOGUE="none")
    async with await psycopg.AsyncConnection.connect(url) as server:
        row = await (await server.execute("SHOW autovacuum")).fetchone()
    vacuumed = row == ("on",)
    assert "✓ Server: PostgreSQL " in done.stdout
    assert "✓ Leases: clock held now." in done.stdout
    assert ("autovacuum is off" in done.stdout) is not vacuumed
    assert (done.returncode, "Disk:" in done.stdout) == (0 if vacuumed else 1, False)


async def test_a_server_that_only_reads_and_one_that_is_not_there(tmp_path: Path) -> None:
    url = await a_database(tmp_path / "there")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as server:
        await server.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET default_transaction_read_only = on")
    done = await asyncio.to_thread(khobor, tmp_path, "check", DATABASE_URL=url)
    assert done.returncode == 1
    assert "✗ Server: read-only" in done.stdout
    done = await asyncio.to_thread(khobor, tmp_path, "check", DATABASE_URL=f"{url}_none")
    assert done.returncode == 1
    assert "has no such database" in done.stdout
