"""Many writers at once: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.articles.rules import RULES
from bot.delivery.rounds import following
from bot.values.articles import FullText, Push
from bot.values.chats import ChatKind, Subscription, Target, Term, TermKind
from bot.values.delivery import Arrived, Post, Ref, Settlement
from storage.store import open_postgresql
from tests.storage.invented import ALL, AWAKE, NOW, an_archive, draft, tag

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.articles import Outlet
    from bot.values.chats import Chat
    from bot.values.delivery import Fanout
    from storage.driver.connection import Row
    from storage.driver.postgresql import PostgresqlDatabase
    from storage.store import PostgresqlStore

pytestmark = pytest.mark.anyio
ACCOUNT = "telegram"
ARTICLES, READERS, SAVERS, SENDERS = 24, 12, 4, 3


@dataclass
class Newsroom:
    """One archive, as the processes of a newsroom have it open."""

    stores: list[PostgresqlStore]
    readers: list[Chat]
    posted: Counter[tuple[int, int]] = field(default_factory=Counter)
    saving: int = SAVERS
    spreading: int = 2
    choosing: int = 2

    async def save(self, number: int) -> None:
        """Store every saver's articles, in an order of its own."""
        store = self.stores[number % len(self.stores)]
        source = await store.sources.add(
            "feed", f"https://nodi.example/{number}", await self._outlet(store), full_text=FullText.LINK, now=NOW
        )
        for step in range(ARTICLES):
            at = (step + number * 5) % ARTICLES
            what = draft(f"খবর {at}", f"nodi.example/{at}", tags=(f"নদী {at % 5}", f"মাছ {number}"), body=("ইলিশ।",))
            await store.articles.save(what, source, NOW, push=Push.NOW)
        self.saving -= 1

    @staticmethod
    async def _outlet(store: PostgresqlStore) -> Outlet:
        return await store.outlets.ensure("নদী", sites=["https://nodi.example/"])

    async def spread(self, number: int) -> None:
        """Spread what is due and nobody else is at."""
        store = self.stores[number % len(self.stores)]
        while True:
            saved = not self.saving
            waves = await store.fanouts.pending(NOW)
            for wave in waves:
                await self._through(store, wave)
            if saved and not waves:
                break
        self.spreading -= 1

    @staticmethod
    async def _through(store: PostgresqlStore, wave: Fanout) -> None:
        stepped = await store.fanouts.step(wave, 5, frozenset())
        while stepped is not None and not stepped[0].done:
            stepped = await store.fanouts.step(stepped[0], 5, frozenset())

    async def send(self, number: int) -> None:
        """Claim and settle, several at once as in a take-over."""
        store, owner, settled = self.stores[number % len(self.stores)], f"sender-{number}", list[Settlement]()
        while True:
            spread = not self.spreading and not self.choosing
            claimed = await store.deliveries.settle_and_claim(
                *(ACCOUNT, owner, NOW),
                settled=settled,
                shares=lambda lanes: dict.fromkeys(lanes, 7),
                judge=lambda _: Post(counts=True),
            )
            self.posted.update((one.subject.id, one.chat.id) for one, _ in claimed)
            settled = [Settlement(one, Arrived(Ref(one.target, "m"), one.subject.version)) for one, _ in claimed]
            if spread and not claimed:
                return

    async def choose(self, number: int) -> None:
        """Follow and forget, as readers do; digests begin meanwhile."""
        store = self.stores[number % len(self.stores)]
        terms = (tag(f"নদী {number}"), Term(TermKind.KEYWORD, "ইলিশ", "ইলিশ"), Term(TermKind.KEYWORD, "পদ্মা", "পদ্মা"))
        while self.saving:
            for reader in self.readers[number::2]:
                for term in terms:
                    await store.subscriptions.follow(reader.id, Subscription(term), NOW, NOW)
                await store.digests.fire(NOW, following(NOW), 50)
                for term in terms[1:]:
                    await store.subscriptions.unfollow(reader.id, term)
        self.choosing -= 1


async def test_many_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database: PostgresqlDatabase = archive.store._database  # type: ignore[assignment]
        async with open_postgresql(database.address, RULES) as other:
            store = archive.store
            readers = []
            for number in range(READERS):
                chat = await store.chats.ensure(Target("telegram", f"{number}", account=ACCOUNT), NOW, ChatKind.GROUP)
                await store.chats.prefer(chat.id, AWAKE, None)
                await store.subscriptions.follow(chat.id, Subscription(ALL), NOW, None)
                readers.append(chat)
            room = Newsroom([store, other], readers)  # type: ignore[list-item]
            async with asyncio.timeout(100), asyncio.TaskGroup() as group:
                for work, many in ((room.save, SAVERS), (room.spread, 2), (room.send, SENDERS), (room.choose, 2)):
                    for number in range(many):
                        group.create_task(work(number))

            async def asked(sql: str) -> list[Row]:
                return await database.read(lambda db: db.rows(sql))

            assert await asked("SELECT count(*), count(DISTINCT headline) FROM articles") == [(ARTICLES, ARTICLES)]
            assert await asked("SELECT count(*), min(revision), max(revision) FROM articles") == [(ARTICLES, 1, 1)]
            stories = "SELECT id FROM subjects WHERE kind = 'story'"
            (counted,) = await asked(
                "SELECT value, (SELECT count(*) FROM subjects) FROM counters WHERE name = 'subject'"
            )
            assert counted[0] == counted[1], "every number is given once, and none is left out"
            sent = await asked(f"SELECT count(*) FROM deliveries WHERE subject_id IN ({stories}) AND state = 'sent'")
            assert sent == [(ARTICLES * READERS,)]
            # A digest that was not sent before the next one began gives it its window.
            others = await asked("SELECT DISTINCT state, reason FROM deliveries WHERE state <> 'sent'")
            assert set(others) <= {("dropped", "superseded")}
            assert set(room.posted.values()) == {1}
            # What was counted against each chat is what it got.
            used = await asked("SELECT sum(cap_used) FROM chats")
            assert used == [(sum(room.posted.values()),)]
            assert await asked("SELECT count(*) FROM tags WHERE name LIKE 'নদী %'") == [(5,)]
            # Windows of a chat's digests never overlap.
            rows = await asked(
                "SELECT g.chat_id, g.from_id, g.to_id FROM digests g JOIN deliveries d USING (subject_id, chat_id) "
                "WHERE d.state = 'sent' ORDER BY 1, 2, 3"
            )
            windows = list(pairwise(rows))
            assert len(windows) > READERS
            assert [both for both in windows if both[0][0] == both[1][0] and both[0][2] > both[1][1]] == []
