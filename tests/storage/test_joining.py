"""Two articles that turn out to be one.

Nothing of either is lost, and nobody is told of it twice.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.articles import Query, QueryKind
from bot.values.chats import AuditLine, Mode
from bot.values.delivery import Again, EditorChange, Ref
from tests.storage.invented import ALL, AWAKE, HERE, NOW, Archive, an_archive, arrived, draft, tag

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
        assert (edit.subject.article_id, edit.ref, edit.shown) == (old, Ref(HERE, "m1"), 1)
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


async def _digest(archive: Archive, start: int = 0) -> list[str]:
    """Return what the reader's digest of all from ``start`` on shows.

    The first is sent.
    """
    found = await archive.store.digests.candidates(archive.reader, start, 99, 9)
    if not start:
        number = await archive.store.subjects.note(found[0].subject.id, "", NOW)
        items = json.dumps([one.subject.id for one in found])
        await archive.store._database.write(
            lambda db: db.rows("INSERT INTO digests VALUES (?, ?, 0, 99, ?)", number, archive.reader.id, items)
        )
    return [one.article.headline for one in found]


async def test_a_digest_takes_a_story_once_and_one_that_was_told_comes_no_more(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.store.chats.prefer(archive.reader.id, replace(AWAKE, mode=Mode.DIGEST), None)
        await archive.save(OLD)
        await archive.save(YOUNG)
        await archive.save(BOTH)
        await archive.spread()
        assert await _digest(archive) == [OLD.headline]
        await archive.store.chats.prefer(archive.reader.id, AWAKE, None)
        await archive.save(draft(OLD.headline, "nodi.example/3"))
        await archive.save(draft(OLD.headline, "nodi.example/1", "nodi.example/3", canonical=True))
        assert await archive.claimed() == []
        assert await _digest(archive, start=2) == []


async def test_a_digest_that_showed_both_shows_the_one_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(OLD)
        await archive.save(YOUNG)
        await archive.save(BOTH)
        shown = await archive.store.digests.subjects([2, 1], 1)
        assert [(one.subject.id, one.article.headline) for one in shown] == [(2, OLD.headline)]


async def test_who_follows_what_only_the_younger_offers_gets_the_story(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("চর"))
        old = (await archive.save(OLD, push=False)).article_id
        await archive.save(YOUNG)
        await archive.save(BOTH)
        assert await archive.claimed() == [old]


async def test_what_an_editor_took_back_or_put_right_is_not_joined(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(OLD)
        young = (await archive.save(YOUNG)).article_id
        subject = await archive.store.subjects.of_article(young)
        assert subject is not None
        line = AuditLine(NOW, "desk", "correct", "#2")
        await archive.store.subjects.correct(subject.id, EditorChange("নাম ভুল", headline=YOUNG.headline), line, NOW)
        await archive.save(BOTH)
        assert await archive.store.articles.count() == 2
        await archive.store.subjects.withdraw(subject.id, "ভুল", "", line, NOW)
        await archive.save(BOTH)
        found = await archive.store.articles.get(young)
        assert found is not None
        assert found.id == young
