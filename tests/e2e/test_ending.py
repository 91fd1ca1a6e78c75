"""The program ends in time, whatever a server does."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import pytest

from bot import app
from bot.delivery import sender
from handlers import service
from handlers.platforms.telegram import running as telegram_running
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
HANGS = 30.0


async def test_a_server_that_never_answers_holds_nobody_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sender, service):
        monkeypatch.setattr(module, "GRACE", 0.3)
    monkeypatch.setattr(telegram_running, "ANSWERED_WITHIN", 0.2)
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        reader, other = telegram.private(7), telegram.private(8)
        async with running(world, telegram):
            await telegram.says(reader, "ফলো সব এলেই")
            await telegram.until(lambda: bool(reader.messages))
            pushed = Fault("sendMessage", 7, delay=HANGS)
            answered = Fault("sendMessage", 8, delay=HANGS)
            telegram.faults += [pushed, answered]
            await world.add("নদীর ঘাটে নতুন সেতু")
            await world.spread()
            await telegram.says(other, "/help")
            async with asyncio.timeout(20):
                while pushed.times or answered.times:  # noqa: ASYNC110 - the requests hang: nothing is told of them
                    await asyncio.sleep(0.01)
            began = time.monotonic()
        assert time.monotonic() - began < 3.0
        assert not other.messages
        async with running(world, telegram):
            # What had no answer is doubtful: it comes once more, later.
            await telegram.says(reader, "/status")
            await telegram.until(lambda: len(reader.messages) == 2)


async def test_what_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    assert app.ENDS_WITHIN < 10
    monkeypatch.setattr(app, "ENDS_WITHIN", 0.01)
    monkeypatch.setattr(app, "_end", ended.set)

    async def stubborn() -> None:
        await anyio.wait_all_tasks_blocked()
        os.kill(os.getpid(), signal.SIGTERM)
        with anyio.CancelScope(shield=True):
            assert await anyio.to_thread.run_sync(ended.wait, 30)

    await app.until_signalled(stubborn)
    assert ended.is_set()
