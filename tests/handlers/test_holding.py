"""Who stands by goes on doing so while nobody can be asked."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest

from bot.values.errors import StorageError
from handlers.holding import work_alone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.ports.store import Store

pytestmark = pytest.mark.anyio
AWAY = "the server is away"


class LeaseStore:
    """Answers each try for a lock with what comes next."""

    def __init__(self, answers: list[bool | None]) -> None:
        self._answers = answers

    @asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[bool]:
        """Tell whether it is free; None: nobody can be asked."""
        assert name == "account"
        answer = self._answers.pop(0)
        if answer is None:
            raise StorageError(AWAY)
        yield answer


async def test_a_server_that_is_away_is_asked_again_and_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("handlers.holding.STAND_BY", 0.0)
    worked = []

    async def work() -> None:
        worked.append(True)

    store = cast("Store", LeaseStore([False, None, None, False, None, True]))
    await work_alone(store, "account", work, waits="another works")
    assert worked == [True]
    assert [record.message for record in caplog.records if record.levelname == "WARNING"].count(AWAY) == 2
    assert "takes over" in caplog.text


async def test_what_fails_within_the_work_is_no_reason_to_stand_by() -> None:
    async def work() -> None:
        raise StorageError(AWAY)

    with pytest.raises(StorageError, match=AWAY):
        await work_alone(cast("Store", LeaseStore([True])), "account", work, waits="another works")
