"""Whatever happens in whatever order: no article twice, nobody told twice, nobody forgotten."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from bot.model import Entry, Query, Target, Term, TermKind
from tests.fakes.world import World, a_world

READERS = ("এক", "দুই", "তিন")
TAGS = ("সেতু", "নদী")


class Store(RuleBasedStateMachine):
    """Drives the real store beside a plain model of it."""

    articles = Bundle("articles")
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.opening = a_world(self.folder)
        self.world: World = self.runner.run(self.opening.__aenter__())
        self.count = 0
        self.followed: dict[str, set[Term]] = {reader: set() for reader in READERS}
        self.owed: dict[str, set[int]] = {reader: set() for reader in READERS}
        self.told: dict[str, list[int]] = {reader: [] for reader in READERS}
        self.held: dict[str, set[int]] = {reader: set() for reader in READERS}

    def teardown(self) -> None:
        self.runner.run(self.opening.__aexit__(None, None, None))
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(target=articles, tag=st.sampled_from((*TAGS, None)), push=st.booleans())
    def a_new_article(self, tag: str | None, push: bool) -> tuple[int, int, str | None]:
        self.count += 1
        number = self.runner.run(self._save(self.count, tag, f"শিরোনাম {self.count}", push=push))
        for reader, terms in self.followed.items():
            if push and (Term(TermKind.ALL) in terms or (tag and Term(TermKind.TAG, tag, tag) in terms)):
                self.owed[reader].add(number)
        return number, self.count, tag

    async def _save(self, key: int, tag: str | None, title: str, *, push: bool = True, suffix: str = "") -> int:
        entry = Entry(title=title, url=f"https://o.example/{key}{suffix}", tags=(tag,) if tag else ())
        self.world.clock.go(seconds=1)
        store = self.world.core.store
        saved = await store.articles.save(self.world.draft(entry), self.world.source, self.world.clock(), push=push)
        return saved.article_id

    @rule(article=articles, suffix=st.sampled_from(("", "/", "?utm_source=x", "/amp")), renamed=st.booleans())
    def the_same_again(self, article: tuple[int, int, str | None], suffix: str, renamed: bool) -> None:
        number, key, tag = article
        title = f"বদলানো {key} {self.world.clock.now.second}" if renamed else f"শিরোনাম {key}"
        assert self.runner.run(self._save(key, tag, title, suffix=suffix)) == number

    @rule(reader=st.sampled_from(READERS), tag=st.sampled_from((*TAGS, None)), on=st.booleans())
    def somebody_follows_or_stops(self, reader: str, tag: str | None, on: bool) -> None:
        term = Term(TermKind.TAG, tag, tag) if tag else Term(TermKind.ALL)
        changed = self.runner.run(self._follow(reader, term, on=on))
        assert changed is ((term in self.followed[reader]) is not on)
        (self.followed[reader].add if on else self.followed[reader].discard)(term)

    async def _follow(self, reader: str, term: Term, *, on: bool) -> bool:
        store = self.world.core.store
        chat = await store.chats.ensure(Target("console", reader), self.world.clock())
        if on:
            return await store.subscriptions.follow(chat.id, term, self.world.clock())
        return await store.subscriptions.unfollow(chat.id, term)

    @rule(target=claims, reader=st.sampled_from(READERS), limit=st.integers(1, 3), owner=st.sampled_from("ab"))
    def a_sender_claims(self, reader: str, limit: int, owner: str) -> object:
        store = self.world.core.store
        got = self.runner.run(store.deliveries.claim(Target("console", reader), owner, self.world.clock(), limit))
        numbers = {delivery.article.id for delivery in got}
        assert numbers <= self.owed[reader] - self.held[reader] - set(self.told[reader])
        assert got or not self.owed[reader] - self.held[reader] - set(self.told[reader])
        self.held[reader] |= numbers
        return multiple(*((reader, delivery) for delivery in got))

    @rule(claim=consumes(claims), arrived=st.booleans())
    def it_arrives_or_is_tried_again(self, claim: tuple[str, object], arrived: bool) -> None:
        reader, delivery = claim
        store, now = self.world.core.store, self.world.clock()
        number = delivery.article.id  # type: ignore[attr-defined]
        if number not in self.held[reader]:
            return
        if arrived:
            self.runner.run(store.deliveries.sent(delivery, "m", now))  # type: ignore[arg-type]
            self.told[reader].append(number)
        else:
            due = now - timedelta(seconds=1)
            self.runner.run(store.deliveries.retry(delivery, due, "again"))  # type: ignore[arg-type]
        self.held[reader].discard(number)

    @rule(reader=st.sampled_from(READERS))
    def the_sender_dies_and_another_takes_over(self, reader: str) -> None:
        store = self.world.core.store
        self.runner.run(store.deliveries.release(Target("console", reader)))
        self.held[reader].clear()

    @invariant()
    def nobody_is_told_twice(self) -> None:
        assert all(len(told) == len(set(told)) for told in self.told.values())

    @invariant()
    def every_article_stands_once(self) -> None:
        page = self.runner.run(self.world.core.store.articles.page(Query(), 1000))
        assert len(page) == len({article.id for article in page}) == self.count
        assert [(a.at, a.id) for a in page] == sorted(((a.at, a.id) for a in page), reverse=True)


Store.TestCase.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestStore = Store.TestCase
