"""Two processes serve one token: one works, the other takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def test_one_polls_and_answers_and_the_other_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.service.STAND_BY", 0.02)
    async with FakeTelegram() as telegram, a_world(tmp_path) as first, a_world(tmp_path) as second:
        reader = telegram.private(7)
        async with running(first, telegram):
            await telegram.says(reader, "/help")
            await telegram.until(lambda: len(reader.messages) == 1)
            standing_by = running(second, telegram)
            await standing_by.__aenter__()
            await telegram.says(reader, "/help")
            await telegram.until(lambda: len(reader.messages) == 2)
        await telegram.says(reader, "/help")
        await telegram.until(lambda: len(reader.messages) == 3)
        await standing_by.__aexit__(None, None, None)
        assert telegram.conflicts == 0
