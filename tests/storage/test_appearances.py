"""Where stories stand beside the outbox, on both engines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.appearances import Appearance, AppearanceEnding
from bot.values.calls import ListAt, call
from bot.values.chats import AuditLine, Target
from bot.values.delivery import EditorChange, Why
from bot.values.reach import ReachBeside
from storage.chats import appearances
from tests.storage.invented import HERE, NOW, an_archive, draft

if TYPE_CHECKING:
    from pathlib import Path

    from tests.storage.invented import Archive

pytestmark = pytest.mark.anyio
THERE = replace(HERE, account="telegram")
LIST = call("page", list=ListAt(0, "abcdefghijklmnop"))


async def _article(archive: Archive, text: str) -> int:
    return (await archive.save(draft(text))).article_id


def _shown(*articles: int, message: str | None = "1", person: str = "x:1", target: Target | None = THERE) -> Appearance:
    return Appearance("telegram", person, articles, NOW, message, target, call=LIST if target is not None else None)


async def _correct(archive: Archive, article_id: int, after: timedelta = timedelta(seconds=1)) -> int:
    """Correct a story and let its waves run; return its subject."""
    subject = await archive.store.subjects.of_article(article_id)
    assert subject is not None
    line = AuditLine(NOW + after, "x:1", "correct", f"#{article_id}")
    await archive.store.subjects.correct(subject.id, EditorChange("ভুল", headline="ঠিক"), line, NOW + after)
    for fanout in await archive.store.fanouts.pending(NOW + after):
        step = fanout
        while not step.done:
            went = await archive.store.fanouts.step(step, 1000, frozenset())
            assert went is not None
            step, _ = went
    return subject.id


async def _beside(archive: Archive, subject_id: int) -> ReachBeside:
    return (await archive.store.subjects.reach(subject_id, NOW)).beside


async def test_what_shows_a_corrected_story_is_due_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appearances, "LOOKED_AT", 7)
    async with an_archive(tmp_path) as archive:
        store = archive.store
        stories = [await _article(archive, f"খবর {n}") for n in range(6)]
        chance = random.Random(5)  # noqa: S311 - the same chance every time
        shown = {f"m{n}": tuple(chance.sample(stories, chance.randint(1, 3))) for n in range(40)}
        await store.appearances.keep([_shown(*ids, message=number) for number, ids in shown.items()])
        subject = await _correct(archive, stories[0])
        due = await store.appearances.due("telegram", NOW, 100)
        wanted = {number for number, ids in shown.items() if stories[0] in ids}
        assert {one.appearance.message_id for one in due} == wanted
        assert await store.appearances.due("discord", NOW, 100) == []
        assert [one.appearance for one in due] == [
            _shown(*shown[one.appearance.message_id or ""], message=one.appearance.message_id) for one in due
        ]
        assert {one.chat.target.external_id for one in due if one.chat is not None} == {HERE.external_id}
        first, second, third, *others = due
        later = NOW + timedelta(minutes=1)
        await store.appearances.settle(
            [AppearanceEnding(first), AppearanceEnding(second, Why.LOST), AppearanceEnding(third, again_at=later)]
        )
        assert await _beside(archive, subject) == ReachBeside(1, len(others) + 1, 1)
        assert {one.id for one in await store.appearances.due("telegram", NOW, 100)} == {one.id for one in others}
        assert third.id in {one.id for one in await store.appearances.due("telegram", later, 100)}


async def test_what_is_corrected_again_meanwhile_waits_still(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        number = await _article(archive, "খবর")
        await archive.store.appearances.keep([_shown(number)])
        subject = await _correct(archive, number)
        (due,) = await archive.store.appearances.due("telegram", NOW, 9)
        await _correct(archive, number, timedelta(seconds=2))
        await archive.store.appearances.settle([AppearanceEnding(due)])
        assert await _beside(archive, subject) == ReachBeside(waiting=1)


async def test_what_shows_another_story_by_now_is_no_more_due(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        number, other = await _article(archive, "খবর"), await _article(archive, "আরেকটি")
        await store.appearances.keep([_shown(number), _shown(number, message="2")])
        await _correct(archive, number)
        (due, _) = await store.appearances.due("telegram", NOW, 9)
        later = NOW + timedelta(seconds=5)
        again = Appearance("telegram", "x:1", (other,), later, "1", THERE, call=LIST)
        await store.appearances.keep([again, Appearance("telegram", "", (), later, "2", THERE)])
        assert await store.appearances.due("telegram", NOW, 9) == []
        await store.appearances.settle([AppearanceEnding(due)])
        await _correct(archive, other, timedelta(seconds=9))
        assert [one.appearance for one in await store.appearances.due("telegram", NOW, 9)] == [again]


async def test_what_was_corrected_before_it_was_noted_is_due(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        number = await _article(archive, "খবর")
        subject = await _correct(archive, number)
        before = _shown(number, target=None)
        after = Appearance("telegram", "x:1", (number,), NOW + timedelta(minutes=1), "2")
        await archive.store.appearances.keep([before, after])
        assert [one.appearance for one in await archive.store.appearances.due("telegram", NOW, 9)] == [before]
        assert await _beside(archive, subject) == ReachBeside(waiting=1)


async def test_one_that_nobody_can_change_counts_as_not_reached(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        number = await _article(archive, "খবর")
        await archive.store.appearances.keep([_shown(number, message=None, target=None)] * 2)
        subject = await _correct(archive, number)
        assert await archive.store.appearances.due("telegram", NOW, 9) == []
        assert await _beside(archive, subject) == ReachBeside(failed=2)


async def test_the_erased_stand_nowhere_in_it(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store, number = archive.store, await _article(archive, "খবর")
        shared = _shown(number, person="telegram:7", target=None)
        await store.appearances.keep([shared, _shown(number, person="telegram:8", message="2", target=None)])
        await store.erasing.person("telegram:7", 0, NOW + timedelta(seconds=1))
        # What was on its way to be noted comes too late.
        await store.appearances.keep([_shown(number, person="telegram:7", message="3", target=None)])
        rows = await store._database.read(lambda db: db.rows("SELECT person, message_id FROM appearances ORDER BY id"))
        assert [tuple(row) for row in rows] == [("", None), ("telegram:8", "2")]
