"""Two articles that turn out to be one: nothing of either is lost, and nobody is told of it twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.articles import Query, QueryKind
from bot.values.delivery import Again, Ref
from tests.storage.invented import ALL, HERE, NOW, Archive, an_archive, arrived, draft

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
OLD = draft("চর জাগল মোহনায়", "nodi.example/1", tags=("মোহনা",))
YOUNG = draft("চর জাগল মোহনায়", "nodi.example/2", tags=("চর",))
BOTH = draft("চর জাগল মোহনায়", "nodi.example/2", "nodi.example/1", canonical=True)


async def _both_queued(archive: Archive) -> tuple[int, int]:
    """Queue both for the reader, the older for an hour from now."""
    await archive.follow(ALL)
    old = await archive.save(OLD)
    (waiting,) = await archive.due(room=1)
    await archive.settle(waiting, Again(NOW + timedelta(hours=1)))
    return old.article_id, (await archive.save(YOUNG)).article_id


async def test_who_was_shown_the_younger_sees_it_become_the_older(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        old, _ = await _both_queued(archive)
        (shown,) = await archive.due()
        await archive.settle(shown, arrived())
        await archive.save(BOTH)
        (edit,) = await archive.due(hours=2)
        assert (edit.subject.article_id, edit.ref, edit.shown) == (old, Ref(HERE, "m1"), 0)
        await archive.settle(edit, arrived(shown=edit.subject.version), hours=2)
        assert await archive.due(hours=3) == []
        assert await archive.store.deliveries.counts(archive.reader.id, NOW) == (1, 0)


@pytest.mark.parametrize("also_old", [False, True])
async def test_a_message_on_its_way_settles_the_row_of_the_older(tmp_path: Path, also_old: bool) -> None:
    async with an_archive(tmp_path) as archive:
        if also_old:
            await _both_queued(archive)
        else:
            await archive.save(OLD)
            await archive.spread()
            await archive.follow(ALL)
            await archive.save(YOUNG)
        (flying,) = await archive.due()
        await archive.save(BOTH)
        await archive.settle(flying, arrived())
        assert await archive.store.deliveries.take_over(HERE.account) == 0
        assert await archive.claimed("somebody else", hours=2) == []
        assert await archive.store.deliveries.counts(archive.reader.id, NOW) == (1, 1), "one, which is edited"


async def test_a_message_on_its_way_that_failed_is_tried_again_as_the_older(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        old, _ = await _both_queued(archive)
        (flying,) = await archive.due()
        await archive.save(BOTH)
        await archive.settle(flying, Again(NOW + timedelta(hours=1)))
        assert await archive.claimed(hours=1) == [old]


async def test_a_late_failure_does_not_take_back_what_arrived(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(OLD)
        await archive.save(YOUNG)
        first, second = await archive.due()
        await archive.settle(first, arrived())
        await archive.save(BOTH)
        await archive.settle(second, Again(NOW))
        assert await archive.claimed(hours=1) == []


async def test_what_waited_as_the_younger_alone_comes_as_the_older(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        old = await archive.save(OLD)
        await archive.follow(ALL)
        await archive.save(YOUNG)
        await archive.save(BOTH)
        assert await archive.claimed() == [old.article_id]


async def test_the_older_takes_the_tags_and_every_name(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        old = (await archive.save(OLD)).article_id
        young = (await archive.save(YOUNG)).article_id
        await archive.save(BOTH)
        articles = archive.store.articles
        for name in ("মোহনা", "চর"):
            assert [found.id for found in await articles.page(Query(QueryKind.TAG, name), 5)] == [old]
        assert [found.id for found in await articles.many([young])] == [old]
        assert (await archive.save(YOUNG)).article_id == old
        assert await articles.count() == 1


async def test_three_are_joined_into_the_oldest_whichever_way_they_meet(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        numbers = [(await archive.save(draft("এক চর", f"nodi.example/{n}"))).article_id for n in range(3)]
        await archive.save(draft("এক চর", "nodi.example/1", "nodi.example/2", canonical=True))
        await archive.save(draft("এক চর", "nodi.example/0", "nodi.example/2", canonical=True))
        found = await archive.store.articles.many(numbers)
        assert [one.id for one in found] == [numbers[0]] * 3
        assert [one.id for one in await archive.store.articles.page(Query(), 9)] == [numbers[0]]
