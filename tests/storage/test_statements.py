"""How often a database is asked, on either engine.

A transaction's own BEGIN and COMMIT are not counted. Statements that go in one hop are one question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.articles.draft import make_draft
from bot.articles.identity import sight
from bot.values.articles import Alias, AliasKind, Arrival, Entry, Outcome, Push, Query, QueryKind, SightingState
from bot.values.delivery import Post, Settlement
from storage.driver.connection import AtOnce, Latch
from storage.driver.in_thread import InThread
from tests.fakes.engines import SERVER
from tests.storage.invented import ALL, HERE, NOW, an_archive, arrived, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from storage.driver.connection import Statement

pytestmark = pytest.mark.anyio


class Asked:
    """Counts questions, and the statements in them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.questions = self.statements = 0
        for connection in _connections():
            for name in ("rows", "changed", "many", "each", "together"):
                monkeypatch.setattr(connection, name, self._counted(getattr(connection, name), name))

    def _counted(self, ask: Callable[..., Any], name: str) -> Callable[..., Any]:
        async def asked(connection: object, what: Any, *values: object) -> Any:  # noqa: ANN401 - as each has it
            if what in ("BEGIN", "BEGIN IMMEDIATE", "COMMIT"):
                return await ask(connection, what, *values)
            questions, statements = self.questions, self.statements
            found = await ask(connection, what, *values)
            # In a thread several statements are asked one by one within one hop.
            several = sum(map(_statements, what)) if name == "together" else 1
            self.questions, self.statements = questions + 1, statements + several
            return found

        return asked

    def taken(self) -> tuple[int, int]:
        """Return how many there were since the last time."""
        found, self.questions, self.statements = (self.questions, self.statements), 0, 0
        return found


def _connections() -> list[Any]:
    if SERVER:
        from storage.driver.postgresql import _PostgresqlConnection  # noqa: PLC0415 - the driver is an extra

        return [_PostgresqlConnection]
    return [InThread]


def _statements(one: Statement | AtOnce) -> int:
    return 2 if isinstance(one, AtOnce) and one.told and not SERVER else 1


# An article stands in ten tables, and in an index. What is written is one statement twice: a server's of many parts,
# put into a view of a file; what they returned is read by another there. Two look-ups and new tags come to six. On a
# server the index is one more, and the latch and the notice that there is work.
NEW, QUESTIONS = (8, 6) if SERVER else (6, 4)


async def test_an_article_is_stored_in_few_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(draft("এক", "n.example/1", tags=("নদী",)))
        asked = Asked(monkeypatch)
        for number, tags in enumerate((("নদী", "নতুন"), ("নদী",), ())):
            saved = await archive.save(draft(f"খবর {number}", f"n.example/1{number}", tags=tags, body=("ইলিশ।",)))
            questions, statements = asked.taken()
            assert saved.outcome is Outcome.NEW
            assert questions <= QUESTIONS
            assert statements <= NEW - (number > 0), "a tag that is new is a statement more"


async def test_articles_that_come_together_share_what_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(draft("এক", "n.example/1"))
        asked = Asked(monkeypatch)
        drafts = [draft(f"খবর {number}", f"n.example/1{number}") for number in range(10)]
        await archive.store.articles.save_all([Arrival(one, Push.NOW) for one in drafts], archive.source, NOW)
        assert asked.taken()[1] <= (4 + 10 * 3 if SERVER else 2 + 10 * 3)


async def test_what_is_known_costs_no_statement_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        known = [Entry(title=f"খবর {number}", url=f"https://nodi.example/{number}") for number in range(30)]
        drafts = [make_draft(one, str(archive.source.id), NOW) for one in known]
        await archive.store.articles.save_all([Arrival(one, Push.NOW) for one in drafts], archive.source, NOW)
        asked = Asked(monkeypatch)
        sightings = [sight(one, str(archive.source.id)) for one in known]
        states = await archive.store.articles.sift(sightings, archive.source)
        assert set(states) == {SightingState.KNOWN}
        assert asked.taken() == (1, 1)


async def test_what_changes_is_stored_in_few_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        first = draft("এক", "n.example/1", tags=("নদী",), body=("ইলিশ।",))
        await archive.save(first)
        asked = Asked(monkeypatch)
        # Whether the same is said again is looked for under the article's lock.
        costs = (("known", 4, 3), ("a new name", 5, 4), ("a mended headline", 9, 7), ("a tag more", 14, 11))
        drafts = (
            first,
            replace(first, aliases=(*first.aliases, Alias("", AliasKind.ADDRESS, "n.example/also"))),
            replace(first, headline="একটি"),
            replace(first, headline="একটি", body=("ইলিশ ধরা পড়েছে।",), tags=("নদী", "ইলিশ")),
        )
        for one, (what, on_server, in_file) in zip(drafts, costs, strict=True):
            await archive.save(one)
            statements = asked.taken()[1]
            assert statements <= (on_server if SERVER else in_file), what


async def test_the_latest_are_asked_for_in_three_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "n.example/1", tags=("নদী",)))
        asked = Asked(monkeypatch)
        assert await archive.store.chats.find(HERE) is not None
        assert len(await archive.store.articles.page(Query(QueryKind.LATEST), 5)) == 1
        assert asked.taken()[1] <= 3


async def test_settling_and_claiming_ask_eight_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        for number in range(60):
            await archive.save(draft(f"খবর {number}", f"n.example/{number}"))
        claimed = await archive.due(room=30)
        assert len(claimed) == 30
        asked = Asked(monkeypatch)
        found = await archive.store.deliveries.settle_and_claim(
            *(HERE.account, "me", NOW),
            settled=[Settlement(one, arrived()) for one in claimed],
            shares=lambda lanes: dict.fromkeys(lanes, 30),
            judge=lambda _: Post(counts=True),
        )
        assert len(found) == 30
        questions, statements = asked.taken()
        assert questions == statements <= 8


async def test_a_latch_costs_a_file_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        asked = Asked(monkeypatch)
        await archive.store._database.write(lambda db: db.latch(Latch.ARTICLES))
        assert asked.taken() == ((1, 1) if SERVER else (0, 0))
