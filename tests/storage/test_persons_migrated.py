"""An archive from before there were persons goes on as it was.

It sends nothing twice.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import Sender
from bot.values.chats import Target
from bot.values.reports import ReportState
from handlers.service import begin_account
from storage.driver.migrate import bring_up
from storage.driver.sqlite import opened
from tests.fakes.world import START, RecordingPlatform, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]
FORMS = sorted(file.name for file in files("storage").joinpath("migrations").iterdir())
BEFORE = next(at for at, name in enumerate(FORMS) if "persons" in name)
"""The form of an archive without persons."""
OLD = """
INSERT INTO outlets VALUES (1, 'নদী পত্রিকা', 'Nodi', 'BD', 'Asia/Dhaka');
INSERT INTO sources (id, kind, outlet_id, full_text, state) VALUES (1, 'test', 1, 'allowed', 'active');
INSERT INTO articles (id, source_id, outlet_id, at, first_seen, last_seen, headline, body, summary, wire_sources, tags,
    categories) VALUES (1, 1, 1, {now}, {now}, {now}, 'পদ্মায় নৌকাডুবি', '[]', '[]', '[]', '[]', '[]');
INSERT INTO subjects (id, kind, article_id, push, created_at, closes_at) VALUES (1, 'story', 1, 'now', {now}, {late});
UPDATE counters SET value = 1 WHERE name = 'subject';
INSERT INTO chats (id, platform, external_id, account, language, zone, created_at, quiet_to, mode, slow_until) VALUES
    (1, 'telegram', '7', 'telegram', 'bn', 'Asia/Dhaka', 0, 1380, 3, 0),
    (2, 'telegram', '8', 'telegram', 'bn', 'Asia/Dhaka', 0, 1380, 3, 0),
    (3, 'discord', '600', 'discord', 'bn', 'Asia/Dhaka', 0, 1380, 3, 0);
INSERT INTO terms VALUES (1, 'all', '', '');
INSERT INTO subscriptions (term_id, chat_id, created_at) SELECT 1, id, 0 FROM chats;
INSERT INTO subject_terms VALUES (1, 1);
INSERT INTO fanouts (subject_id, wave, done) VALUES (1, 'first', 0);
INSERT INTO deliveries (subject_id, chat_id, account, lane, state, shown, message_id, sent_to, form, sent_at) VALUES
    (1, 1, 'telegram', 2, 'sent', 1, 'm1', '["7", ""]', 'text', {now}),
    (1, 2, 'telegram', 2, 'waiting', 0, NULL, NULL, NULL, NULL),
    (1, 3, 'discord', 2, 'sent', 1, 'm3', '["600", ""]', 'text', {now});
"""
REPORTED = """
INSERT INTO audit (at, who, what, target, before, after) VALUES
    (1, 'telegram:9', 'report', '#1', '', 'নাম ভুল'), (2, 'telegram:10', 'report', '#1', '', 'তারিখ ভুল'),
    (3, 'telegram:7', 'withdraw', '#1', '', 'ভুল ছিল');
INSERT INTO subjects (id, kind, text, created_at, closes_at) VALUES
    (2, 'post', '⚠️ পাঠক জানিয়েছেন: ‘নাম ভুল’', {now}, {late}), (3, 'post', '⚠️ পাঠক জানিয়েছেন: ‘তারিখ ভুল’', {now}, {late});
UPDATE counters SET value = 3 WHERE name = 'subject';
INSERT INTO deliveries (subject_id, chat_id, account, lane, state, shown, message_id, sent_to, form, sent_at) VALUES
    (2, 1, 'telegram', 1, 'sent', 1, 'm2', '["7", ""]', 'text', {now}),
    (3, 1, 'telegram', 1, 'waiting', 0, NULL, NULL, NULL, NULL);
"""


class _Bot(RecordingPlatform):
    def __init__(self, account: str) -> None:
        super().__init__()
        self.name = self.account = account


async def _archive(path: Path, *texts: str) -> None:
    """Make an archive of the version before."""
    async with opened(path) as database:
        await bring_up(database, form=BEFORE)
    now = int(START.timestamp() * 1_000_000)
    with sqlite3.connect(path) as raw:
        raw.executescript("".join(texts).format(now=now, late=now + 10**12))


async def test_reports_leave_the_audit_and_only_those_that_did_not_arrive_are_told(tmp_path: Path) -> None:
    await _archive(tmp_path / "khobor.db", OLD, REPORTED)
    async with a_world(tmp_path) as world:
        store = world.core.store
        found = [(one.actor, one.text, one.state) for one in await store.reader_reports.of_article(1)]
        assert found == [
            ("telegram:9", "নাম ভুল", ReportState.SEEN),
            ("telegram:10", "তারিখ ভুল", ReportState.NEW),
        ]
        assert [line.what for line in await store.audit.recent(9)] == ["withdraw"]
        await begin_account(world.core, "telegram", "5")
        await store.reader_reports.tell_kept(["telegram:7"], world.clock())
        bot = _Bot("telegram")
        await Sender(store, bot, "test", world.clock).step()
        (told,) = [message.brief for target, message, _ in bot.sent if target.external_id == "7"]
        assert "‘তারিখ ভুল’" in told


async def test_what_was_sent_is_not_sent_again_and_what_waits_is_sent_once(tmp_path: Path) -> None:
    await _archive(tmp_path / "khobor.db", OLD)
    async with a_world(tmp_path) as world:
        store = world.core.store
        for platform in ("telegram", "discord"):
            assert await begin_account(world.core, platform, "5") == platform
        await world.spread()
        bots = [_Bot("telegram"), _Bot("discord")]
        for bot in bots:
            for _ in range(2):
                await Sender(store, bot, "test", world.clock).step()
        assert [[target.external_id for target, _, _ in bot.sent] for bot in bots] == [["8"], []]
        # Its person writes: the inbox is theirs now, and what lies there is not sent again.
        chat = await store.chats.ensure(Target("discord", "9", account="discord", address="600"), world.clock())
        assert (chat.id, chat.external_id, chat.address) == (3, "9", "600")
        await world.add("মেঘনায় ট্রলারডুবি")
        await world.spread()
        await Sender(store, bots[1], "test", world.clock).step()
        ((target, message, _),) = bots[1].sent
        assert (target.reached_at, message.brief) == ("600", "মেঘনায় ট্রলারডুবি (নদী পত্রিকা)")
