"""Two collectors ask no source and no host at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import anyio
import pytest

from bot.intake.pipeline import PollResult
from bot.intake.polling import PollStream, _still_due
from bot.values.articles import FullText
from tests.fakes.engines import SERVER
from tests.storage.invented import NOW, an_archive

if TYPE_CHECKING:
    from pathlib import Path

    from bot.intake.pipeline import Pipeline
    from bot.ports.store import Store
    from bot.values.articles import Source

pytestmark = pytest.mark.anyio


class _Polls:
    """Polls nothing, and sees who polls what at once."""

    def __init__(self) -> None:
        self.busy: set[object] = set()
        self.polled: list[int] = []

    async def rest(self, source: Source) -> None:
        del source
        await anyio.lowlevel.checkpoint()

    async def of(self, store: Store, source: Source) -> PollResult:
        host = str(source.address).split("/")[2]
        assert not self.busy & {source.id, host}
        self.busy |= {source.id, host}
        await store.sources.polled(_later(await store.sources.get(source.id)))
        self.busy -= {source.id, host}
        self.polled.append(source.id)
        return PollResult(source)


class _Pipeline:
    """A collector's own way to the polls that all share."""

    def __init__(self, polls: _Polls, store: Store) -> None:
        self._polls, self._store = polls, store
        self.rest = polls.rest

    async def poll(self, source: Source) -> PollResult:
        return await self._polls.of(self._store, source)


def _later(source: Source | None) -> Source:
    assert source is not None
    return replace(source, next_poll_at=NOW + timedelta(hours=1))


async def test_two_collectors_poll_each_source_once_and_no_host_together(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as one, an_archive(tmp_path) as two:
        sources = [
            await one.store.sources.add(
                "feed", f"https://host{number % 4}.example/{number}", None, full_text=FullText.ALLOWED, now=NOW
            )
            for number in range(11)
        ]
        sources.append(one.source)
        polls = _Polls()

        async def collect(store: Store) -> None:
            async with store.collecting("poll") as leases:
                if leases is None:
                    return
                while len(polls.polled) < len(sources):
                    async with anyio.create_task_group() as group:
                        pipeline = cast("Pipeline", _Pipeline(polls, store))

                        async def anew(source: Source) -> Source | None:
                            return await _still_due(store, lambda: NOW, source)

                        stream = PollStream(pipeline, group, lambda _: None, anew=anew, leases=leases)
                        stream.put(await store.sources.due(NOW, 100))

        async with asyncio.timeout(60), anyio.create_task_group() as group:
            group.start_soon(collect, one.store)
            group.start_soon(collect, two.store)
        assert sorted(polls.polled) == sorted(source.id for source in sources)


async def test_what_one_collector_polls_another_may_not_and_gets_once_it_is_done(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as one, an_archive(tmp_path) as two, one.store.collecting("poll") as first:
        assert first is not None
        async with two.store.collecting("poll") as second:
            if not SERVER:
                # In a file one collects for all.
                assert second is None
                return
            assert second is not None
            assert len(await two.store.held("collector:")) == 2
            async with first.taken(1, "a.example") as ours:
                assert ours
                for source, host, free in ((1, "b.example", False), (2, "a.example", False), (2, "b.example", True)):
                    async with second.taken(source, host) as theirs:
                        assert theirs is free
            async with second.taken(1, "a.example") as theirs:
                assert theirs
        assert len(await two.store.held("collector:")) == 1
    async with an_archive(tmp_path) as after:
        assert await after.store.held("") == set()
