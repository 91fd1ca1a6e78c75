"""Noting messages ends when it is told to."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from bot.delivery.redrawing import Redrawer
from bot.values.appearances import Appearance
from tests.fakes.world import START, a_world, chat_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.anyio, pytest.mark.sqlite]


async def test_an_archive_that_was_taken_away_does_not_stop_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_world(tmp_path) as world:
        resting = asyncio.Event()

        async def rest(_: float) -> None:
            resting.set()
            await asyncio.Event().wait()

        redrawer = Redrawer(world.core.store, "console", None, world.clock, None, None, rest)  # type: ignore[arg-type]
        task = asyncio.create_task(redrawer.run())
        await resting.wait()
        redrawer.note(Appearance("console", "console:reader", (), START, "1", chat_of("reader")))
        (tmp_path / "khobor.db").rename(tmp_path / "elsewhere.db")
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert [record.levelno for record in caplog.records if record.levelno > logging.WARNING] == []
        (tmp_path / "elsewhere.db").rename(tmp_path / "khobor.db")
