"""Two processes serve one token: one works, the other takes over."""

from __future__ import annotations

import socket
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import aiohttp
import anyio
import anyio.lowlevel
import pytest

from handlers.platforms.telegram.webhook import HEADER, PATH, secret
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.fakes.world import World

pytestmark = pytest.mark.anyio


async def test_one_polls_and_answers_and_the_other_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("handlers.holding.STAND_BY", 0.02)
    async with FakeTelegram() as telegram, a_world(tmp_path) as first, a_world(tmp_path) as second:
        reader = telegram.private(7)
        async with running(first, telegram):
            await telegram.says(reader, "/help")
            await telegram.until(lambda: len(reader.messages) == 1)
            standing_by = running(second, telegram)
            await standing_by.__aenter__()
            await telegram.says(reader, "/help")
            await telegram.until(lambda: len(reader.messages) == 2)
            assert "takes over" not in caplog.text
        await telegram.says(reader, "/help")
        await telegram.until(lambda: len(reader.messages) == 3)
        assert "this one takes over «sender-telegram»" in caplog.text
        await standing_by.__aexit__(None, None, None)
        assert telegram.conflicts == 0


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def _posted(telegram: FakeTelegram, port: int, number: int) -> bool:
    """Post an update as the platform does; return whether somebody took it."""
    person = {"id": 7, "is_bot": False, "first_name": "x"}
    message = {"message_id": 500 + number, "date": 0, "chat": {"id": 7, "type": "private"}, "from": person}
    update = {"update_id": number, "message": {**message, "text": "/help"}}
    headers = {HEADER: secret(telegram.token)}
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"http://127.0.0.1:{port}{PATH}", json=update, headers=headers) as answer,
        ):
            return answer.status == 200
    except aiohttp.ClientConnectionError:
        return False


async def test_of_two_receivers_of_a_webhook_one_answers_and_the_other_takes_over(tmp_path: Path) -> None:
    ports = _free_port(), _free_port()

    def receiver(world: World, port: int) -> AbstractAsyncContextManager[None]:
        return running(world, telegram, telegram_webhook_url="https://bot.example", telegram_webhook_port=port)

    async with FakeTelegram() as telegram, a_world(tmp_path) as first, a_world(tmp_path) as second:
        reader = telegram.private(7)
        async with AsyncExitStack() as other:
            async with receiver(first, ports[0]):
                await _taken(telegram, ports[0], 1)
                await telegram.until(lambda: len(reader.messages) == 1)
                await other.enter_async_context(receiver(second, ports[1]))
                await _taken(telegram, ports[0], 2)
                await telegram.until(lambda: len(reader.messages) == 2)
                assert not await _posted(telegram, ports[1], 3)
            await _taken(telegram, ports[1], 3)
            await telegram.until(lambda: len(reader.messages) == 3)


async def _taken(telegram: FakeTelegram, port: int, number: int) -> None:
    with anyio.fail_after(60):
        while not await _posted(telegram, port, number):
            await anyio.lowlevel.checkpoint()
