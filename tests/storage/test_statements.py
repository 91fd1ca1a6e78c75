"""How often a database is asked, on either engine.

A transaction's own BEGIN and COMMIT are not counted. Statements that go in one hop are one question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.articles import Query, QueryKind
from bot.values.delivery import Post, Settlement
from storage.driver.connection import Latch
from storage.driver.in_thread import InThread
from tests.fakes.engines import SERVER
from tests.storage.invented import ALL, HERE, NOW, an_archive, arrived, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

pytestmark = pytest.mark.anyio


class Asked:
    """Counts questions, and the statements in them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.questions = self.statements = 0
        for connection in _connections():
            for name in ("rows", "changed", "many", "together"):
                monkeypatch.setattr(connection, name, self._counted(getattr(connection, name), name))

    def _counted(self, ask: Callable[..., Any], name: str) -> Callable[..., Any]:
        async def asked(connection: object, what: Any, *values: object) -> Any:  # noqa: ANN401 - as each has it
            if what in ("BEGIN", "BEGIN IMMEDIATE", "COMMIT"):
                return await ask(connection, what, *values)
            questions, statements = self.questions, self.statements
            found = await ask(connection, what, *values)
            # In a thread several statements are asked one by one within one hop.
            self.questions, self.statements = questions + 1, statements + (len(what) if name == "together" else 1)
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


async def test_an_article_is_stored_in_few_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(draft("এক", "n.example/1", tags=("নদী",)))
        asked = Asked(monkeypatch)
        await archive.save(draft("দুই", "n.example/2", tags=("নদী", "নতুন"), body=("ইলিশ।",)))
        questions, statements = asked.taken()
        assert questions <= 8
        assert statements <= 17


async def test_the_latest_are_asked_for_in_three_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "n.example/1", tags=("নদী",)))
        asked = Asked(monkeypatch)
        assert await archive.store.chats.find(HERE) is not None
        assert len(await archive.store.articles.page(Query(QueryKind.LATEST), 5)) == 1
        assert asked.taken()[0] <= 3


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
