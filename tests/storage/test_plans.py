"""Every statement that storage issues finds its rows by an index: none walks through a table that grows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.model import Query, Subject, Target, Term, TermKind
from bot.ports import Sent
from storage import sqlite
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
GROWING = (
    "articles",
    "revisions",
    "aliases",
    "article_tags",
    "article_texts",
    "deliveries",
    "subscriptions",
    "terms",
    "chats",
)
# A new parent row: SQLite plans a look for orphans, and only takes it when a deferred constraint is broken.
PARENTS = re.compile(r"^INSERT INTO (outlets|tags|articles) ")
# Counts of everything are what was asked for; they walk an index of the shown, never the table.
COUNTS = re.compile(r"^SELECT count\(\*\) FROM articles a WHERE")


async def test_no_statement_scans_a_table_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, tuple[object, ...]] = {}
    issue = sqlite._Connection.rows

    async def traced(self: sqlite._Connection, sql: str, *values: object) -> list[tuple[object, ...]]:
        if sql.lstrip()[:6].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            seen[sql] = values
        return await issue(self, sql, *values)

    monkeypatch.setattr(sqlite._Connection, "rows", traced)
    async with a_world(tmp_path) as world:
        await _use_everything(world)
        database = world.core.store._database  # type: ignore[attr-defined]
        scans = []
        for sql, values in list(seen.items()):
            plan = await database.read(lambda db, s=sql, v=values: issue(db, f"EXPLAIN QUERY PLAN {s}", *v))
            steps = [str(row[3]) for row in plan]
            scans += [
                (sql, step)
                for step in steps
                if re.match(rf"SCAN (a|x|s|t|d|{'|'.join(GROWING)})\b(?!.*USING (COVERING )?INDEX)", step)
            ]
        assert len(seen) > 40
        assert [scan for scan in scans if not COUNTS.match(scan[0]) and not PARENTS.match(scan[0])] == []


async def _use_everything(world: World) -> None:
    store, now, here = world.core.store, world.clock(), Target("console", "local")
    for text in (
        "/latest",
        "আরও",
        "/today",
        "/topics",
        "/sources",
        "/status",
        "/following",
        "ফলো সেতু",
        "ফলো সব",
        "ফলো Nodi",
    ):
        await world.say(text)
    for number in range(3):
        await world.add(f"খবর {number}", "এক।", tags=("সেতু",))
    await world.add("খবর 0", "এক। দুই।", tags=("সেতু",), url="https://outlet.example/other")
    for text in (
        "/latest",
        "আরও",
        "/today",
        "/topics",
        "/sources",
        "/status",
        "/following",
        "১",
        "সেতু",
        "খবর",
        "English",
    ):
        await world.say(text)
    chat = await store.chats.ensure(here, now)
    for term in (Term(TermKind.ALL), Term(TermKind.OUTLET, "1"), Term(TermKind.TAG, "সেতু")):
        await store.subscriptions.volume(term, now)
    claimed = await store.deliveries.claim(here, "me", now, 9)
    await store.deliveries.sent(claimed[0], Sent("m").ref, now)
    await store.deliveries.retry(claimed[1], now, "later")
    await store.deliveries.drop(claimed[2], "gone", now)
    await store.deliveries.release(here)
    await store.deliveries.counts(chat.id, now)
    for subject, value in (
        (Subject.LATEST, ""),
        (Subject.OUTLET, "1"),
        (Subject.TAG, "সেতু"),
        (Subject.WORDS, "খবর এক"),
    ):
        await store.articles.page(Query(subject, value), 5)
    await store.articles.many([1, 2])
    await store.sources.due(now, 9)
    await store.audit.recent(3)
    await store.outlets.all()
