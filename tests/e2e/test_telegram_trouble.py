"""Telegram when something is wrong that is nobody's message.

Another program, a revoked token, an odd update.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.clockwork import supervision
from handlers.context import Services
from handlers.platforms.telegram import polling
from handlers.platforms.telegram.running import NOBODY, run
from tests.e2e.telegram_bot import ROUTER, a_bot, running
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.telegram.server import CONFLICT
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def _supervised(world: World, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Run the platform as a whole, which begins again whatever fails."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", telegram.token)
    monkeypatch.setenv("TELEGRAM_API_BASE", telegram.base)
    monkeypatch.setattr(supervision, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(supervision, "LONGEST_WAIT", 0.05)
    services = Services.of(world.core)
    task = asyncio.create_task(run(world.core, ROUTER, services, {}))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _helped(telegram: FakeTelegram, chat: Chat) -> bool:
    before = len(chat.messages)
    await telegram.says(chat, "/help")
    await telegram.until(lambda: len(chat.messages) > before)
    return "কীভাবে ব্যবহার করবেন" in chat.last.text


async def test_a_second_program_is_told_to_the_admins_and_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LONGEST_WAIT", 0.01)
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        settings = world.core.settings.model_copy(update={"admins": ("telegram:9",)})
        world.core = dataclasses.replace(world.core, settings=settings)
        admin = telegram.private(9)
        telegram.faults.append(Fault("getUpdates", times=3, status=409, description=CONFLICT))
        async with running(world, telegram):
            await telegram.until(lambda: bool(admin.messages))
            assert await _helped(telegram, telegram.private(7))
        assert [text.startswith("আরেকটি প্রোগ্রাম একই টোকেনে চলছে") for text in admin.texts] == [True]


async def test_a_token_that_is_revoked_is_named_in_the_log_without_it_and_a_valid_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        good, reader = telegram.token, telegram.private(7)
        async with _supervised(world, telegram, monkeypatch):
            assert await _helped(telegram, reader)
            telegram.token = "999:another"  # noqa: S105 - nobody's
            # A held request was let in before: the next one is refused.
            await telegram.update(message={"message_id": 1})
            async with asyncio.timeout(60):
                while NOBODY not in caplog.text:  # noqa: ASYNC110 - only the log tells
                    await asyncio.sleep(0.01)
            telegram.token = good
            assert await _helped(telegram, reader)
        assert len(reader.messages) == 2
        assert good not in caplog.text


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates", "setMyCommands", "setMyDescription"])
@pytest.mark.parametrize(
    "body", ['{"ok": true, "result": null}', '{"ok": true}', "<html>", '{"ok": false}', '{"ok": true, "result": [[]]}']
)
async def test_a_beginning_that_is_answered_oddly_costs_a_line_and_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, method: str, body: str
) -> None:
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.01)
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        telegram.faults.append(Fault(method, status=200, body=body))
        async with _supervised(world, telegram, monkeypatch):
            assert await _helped(telegram, telegram.private(7))
    lines = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert not any(one.exc_info for one in lines)
    assert len(lines) <= 2, [one.getMessage() for one in lines]


async def test_an_update_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await telegram.update(message={"message_id": 1, "date": "soon"})
        assert await _helped(telegram, telegram.private(7))
        assert world.sent == []


async def test_who_ends_and_begins_again_answers_nothing_twice(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        reader = telegram.private(7)
        for _ in range(3):
            async with running(world, telegram):
                assert await _helped(telegram, reader)
        async with running(world, telegram):
            assert await _helped(telegram, telegram.private(8))
        assert len(reader.messages) == 3
