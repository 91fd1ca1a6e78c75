"""Every statement that storage issues finds its rows by an index.

None walks through a table that grows.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import Sender
from bot.ports.platform import Closed, Gone, Moved, Postponed, Sent, Unknown
from bot.values.articles import Query, QueryKind
from bot.values.chats import AuditLine, Preferences, Term, TermKind
from bot.values.delivery import EditorChange
from tests.fakes.statements import trace
from tests.fakes.world import RecordingPlatform, World, a_world, chat_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.ports.platform import SendResult

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]
GROWING = (
    "articles",
    "revisions",
    "aliases",
    "article_tags",
    "article_texts",
    "deliveries",
    "digests",
    "subjects",
    "subject_terms",
    "touched_digests",
    "fanouts",
    "keywords",
    "places",
    "chat_aliases",
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

    def note(sql: str, values: tuple[object, ...]) -> None:
        if sql.split(None, 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            seen[sql] = values

    async with a_world(tmp_path) as world:
        trace(monkeypatch, note)
        await _use_everything(world)
        monkeypatch.undo()
        database = world.core.store._database  # type: ignore[attr-defined]
        scans = []
        for sql, values in list(seen.items()):
            plan = await database.read(lambda db, s=sql, v=values: db.rows(f"EXPLAIN QUERY PLAN {s}", *v))
            steps = [str(row[3]) for row in plan]
            scans += [
                (sql, step)
                for step in steps
                if re.match(rf"SCAN (a|x|s|t|d|{'|'.join(GROWING)})\b(?!.*USING (COVERING )?INDEX)", step)
            ]
        assert len(seen) > 40
        assert [scan for scan in scans if not COUNTS.match(scan[0]) and not PARENTS.match(scan[0])] == []


async def _use_delivery(world: World, chat_id: int) -> None:
    """Send, fail, edit, fold, correct, withdraw, move, purge.

    Whatever makes a statement of its own.
    """
    store, now = world.core.store, world.clock()
    answers: list[SendResult] = [
        Sent("m1"),
        Unknown("?"),
        Postponed(timedelta(seconds=5)),
        Closed("no right"),
        Gone("blocked"),
    ]
    platform = RecordingPlatform(*answers, person="local")
    sender = Sender(store, platform, "me", world.clock)
    for number in range(9):
        saved = await world.add(f"নতুন {number}", "এক।", tags=("সেতু",), url=f"https://outlet.example/n{number}")
        await world.spread()
        await sender.step()
        await store.chats.resume(chat_id, None, now)
        await store.deliveries.forgive([chat_id], now)
    await world.add("বদলানো", "এক।", tags=("সেতু",), url="https://outlet.example/n0")
    subject = await store.subjects.of_article(saved.article_id)
    assert subject is not None
    line = AuditLine(now, "me", "test", "#1")
    await store.subjects.announce(subject.id, line, now, loud=True)
    await store.subjects.audience(subject.id)
    await store.subjects.correct(subject.id, EditorChange("ভুল", headline="ঠিক"), line, now)
    await store.subjects.note(subject.id, "ভুল", now)
    await store.subjects.alert("সাবধান", [chat_of("local")], now)
    await store.chats.prefer(chat_id, Preferences(), now)
    world.clock.go(hours=30)
    for _ in range(3):
        await world.spread()
        await sender.step()
        world.clock.go(minutes=2)
    await store.subjects.withdraw(subject.id, "ভুল", "", line, world.clock())
    await world.spread()
    await sender.step()
    await store.subjects.reach(subject.id, now)
    await store.subjects.missed(subject.id, 5)
    await store.deliveries.why(chat_id, subject.id)
    await store.deliveries.last(chat_id)
    await store.deliveries.counts(chat_id, now)
    await store.deliveries.take_over("console:local")
    await store.fanouts.waiting()
    platform.answers = [Moved("local-2")]
    await world.add("শেষ", "এক।", tags=("সেতু",))
    await world.at_once()
    await world.spread()
    await sender.step()
    world.clock.go(days=9)
    await world.core.engine.tidy()


async def _use_tags(world: World) -> None:
    """Hide, show, rename and join tags that have articles and readers."""
    await world.add("খবর 9", "এক।", tags=("সাঁকো",), url="https://outlet.example/n99")
    for text in (
        *("ফলো tag:সাঁকো", "ফলো tag:সেতু", "/hidetag সাঁকো", "/showtag", "/showtag সাঁকো"),
        *("/renametag সাঁকো = সাঁকোটি", "/mergetag সাঁকোটি = সেতু | go", "/district সিলেট"),
    ):
        await world.say(text)


async def _use_everything(world: World) -> None:
    store, now = world.core.store, world.clock()
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
    chat = await world.at_once()
    await world.follow("local", Term(TermKind.KEYWORD, "“খবর তিন”", "খবর তিন"))
    await world.follow("local", Term(TermKind.TOPIC, "sport", "খেলা"))
    await _use_delivery(world, chat.id)
    await _use_tags(world)
    for term in (Term(TermKind.ALL), Term(TermKind.OUTLET, "1"), Term(TermKind.TAG, "সেতু")):
        await store.subscriptions.volume(term, now)
    for subject, value in (
        (QueryKind.LATEST, ""),
        (QueryKind.OUTLET, "1"),
        (QueryKind.TAG, "সেতু"),
        (QueryKind.WORDS, "খবর এক"),
    ):
        await store.articles.page(Query(subject, value), 5)
    await store.articles.many([1, 2])
    await store.sources.due(now, 9)
    await store.audit.recent(3)
    await store.outlets.all()
