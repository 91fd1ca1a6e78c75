"""Whatever comes in whatever order.

No article stands twice, and pages are in order.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.values.articles import Entry, Push, Query
from tests.fakes.world import World, a_world

TAGS = ("সেতু", "নদী")


class Store(RuleBasedStateMachine):
    """Drives the real store beside a plain model of it."""

    articles = Bundle("articles")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.opening = a_world(self.folder)
        self.world: World = self.runner.run(self.opening.__aenter__())
        self.count = 0

    def teardown(self) -> None:
        self.runner.run(self.opening.__aexit__(None, None, None))
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(target=articles, tag=st.sampled_from((*TAGS, None)), push=st.sampled_from(Push))
    def a_new_article(self, tag: str | None, push: Push) -> tuple[int, int, str | None]:
        self.count += 1
        number = self.runner.run(self._save(self.count, tag, f"শিরোনাম {self.count}", push=push))
        return number, self.count, tag

    async def _save(self, key: int, tag: str | None, title: str, *, push: Push = Push.NOW, suffix: str = "") -> int:
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

    @rule()
    def what_is_due_is_spread(self) -> None:
        self.runner.run(self.world.spread())

    @invariant()
    def every_article_stands_once(self) -> None:
        page = self.runner.run(self.world.core.store.articles.page(Query(), 1000))
        assert len(page) == len({article.id for article in page}) == self.count
        assert [(a.at, a.id) for a in page] == sorted(((a.at, a.id) for a in page), reverse=True)


Store.TestCase.settings = settings(
    max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
TestStore = Store.TestCase
