"""Erasing works no more than what was typed asks for.

Its work is counted where SQLite does it: steps of its machine, and pages that it reads and writes.
"""

from __future__ import annotations

import math
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.articles import Query, QueryKind
from bot.values.calls import Call, OpenQuestion, Text
from bot.values.chats import AuditLine, Subscription, Term, TermKind
from bot.values.lists import LastShown, Listed
from bot.values.reports import ReaderReport
from tests.fakes.world import START, a_world, chat_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.store import SqliteStore

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]
MOST = 1.2
SIZES = (1024, 4096, 16_384)
SHAPES = (" ", "\n", "ক", "ড. ", "ড. মো. ", "১. ", "ত্\u200d", "“", "<b>", 'a="b" ', "zxqv ", "|", "‘ক’ ")
PERSON = "console:reader"
STEPS_OF_A_LINE = 5
EACH = 10
"""Steps of the machine between two counts."""


class Work:
    """Counts what a connection does."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.steps = 0
        self.values = 0
        self._before = ""
        raw.set_progress_handler(self._step, EACH)
        raw.set_trace_callback(self._told)

    def _step(self) -> int:
        self.steps += EACH
        return 0

    def _told(self, statement: str) -> None:
        # It has its values written out. What a trigger does is told as a comment, or as what set it off, again.
        if not statement.startswith("--") and statement != self._before:
            self.values += len(statement)
        self._before = statement

    @property
    def done(self) -> int:
        return self.steps + self.values


@asynccontextmanager
async def _archive(folder: Path) -> AsyncIterator[SqliteStore]:
    """Open an archive with one story."""
    async with a_world(folder) as world:
        await world.add("নদীর জল বাড়ছে")
        yield world.core.store  # type: ignore[misc]


async def _counting(store: SqliteStore) -> Work:
    return await store._database._writer.in_thread(Work)


async def _type(store: SqliteStore, person: str, texts: list[str]) -> int:
    """Keep texts wherever somebody's words are kept."""
    chat = await store.chats.ensure(chat_of(person), START)
    for number, text in enumerate(texts):
        calls = [Call("search", (("words", Text(f"{number} {text}")),))]
        await store.calls.keep(calls, START)
        listed = Listed((), Query(QueryKind.WORDS, f"{number} {text}", text))
        question = OpenQuestion(calls[0], "words", START + timedelta(hours=1))
        labels = tuple((text, one) for one in calls)
        await store.shown.keep(chat.id, f"console:{person}", LastShown(listed, labels, question), START)
        term = Term(TermKind.KEYWORD, f"{number} {text}", text)
        await store.subscriptions.follow(chat.id, Subscription(term), START, None)
        await store.reader_reports.add(ReaderReport(f"console:{person}", 1, text, START), [], START)
        await store.audit.record(AuditLine(START, f"console:{person}", "correct", "1", text, text))
    return chat.id


async def _erased(store: SqliteStore, texts: list[str]) -> int:
    """Return the work of erasing who typed these."""
    chat_id = await _type(store, "reader", texts)
    work = await _counting(store)
    await store.erasing.person(PERSON, chat_id, START)
    return work.done


def _grown(costs: list[int], sizes: tuple[int, ...]) -> float:
    return math.log(costs[-1] / costs[0], sizes[-1] / sizes[0])


@pytest.mark.parametrize("unit", SHAPES)
async def test_what_was_typed_is_erased_with_work_in_its_measure(tmp_path: Path, unit: str) -> None:
    async with _archive(tmp_path) as store:
        costs = [await _erased(store, [unit * (size // len(unit))]) for size in SIZES]
    assert _grown(costs, SIZES) <= MOST, costs


async def test_many_texts_are_erased_with_work_in_their_number(tmp_path: Path) -> None:
    sizes = (8, 32, 128)
    async with _archive(tmp_path) as store:
        costs = [await _erased(store, [f"নদী {n}" for n in range(size)]) for size in sizes]
    assert _grown(costs, sizes) <= MOST, costs


async def test_what_others_typed_costs_whoever_leaves_nothing(tmp_path: Path) -> None:
    async with _archive(tmp_path) as store:
        before = await _erased(store, ["নদী", "সেতু"])
        for number in range(15):
            await _type(store, f"other{number}", [f"নদী {number} {n}" for n in range(10)])
        # Editors' lines and the reports that led to a change are looked through: they are few, and ours.
        few = STEPS_OF_A_LINE * 2 * 150
        assert await _erased(store, ["নদী", "সেতু"]) <= before * MOST + few
