from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from handlers.platforms.telegram import webhook
from handlers.platforms.telegram.polling import InOrder
from handlers.platforms.telegram.webhook import HEADER, LARGEST, PATH, listening, secret

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Update

pytestmark = pytest.mark.anyio
TOKEN = "1:a-token-that-nobody-has"  # noqa: S105
GOOD = {HEADER: secret(TOKEN)}


class _Bot:
    token = TOKEN

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    async def set_webhook(self, url: str, *, secret_token: str, allowed_updates: list[str]) -> None:
        assert "callback_query" in allowed_updates
        self.told.append((url, secret_token))


@asynccontextmanager
async def _open(answered: list[int]) -> AsyncIterator[tuple[_Bot, str]]:
    async def handle(update: Update) -> None:
        answered.append(update.update_id)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot = _Bot()
    async with listening(bot, InOrder(handle), "https://bot.example", ("127.0.0.1", port)):  # type: ignore[arg-type]
        yield bot, f"http://127.0.0.1:{port}{PATH}"


def _update(number: int) -> dict[str, Any]:
    chat = {"id": 5, "type": "private"}
    return {"update_id": number, "message": {"message_id": 1, "date": 0, "chat": chat, "text": "x"}}


async def _post(url: str, body: object, headers: dict[str, str]) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers) as response:
        return response.status


async def test_the_platform_is_told_where_and_the_word_that_proves_it() -> None:
    async with _open([]) as (bot, _):
        assert bot.told == [(f"https://bot.example{PATH}", secret(TOKEN))]
        assert TOKEN not in secret(TOKEN)


async def test_an_update_is_answered_once_however_often_it_comes() -> None:
    answered: list[int] = []
    async with _open(answered) as (_, url):
        assert [await _post(url, _update(7), GOOD) for _ in range(3)] == [200, 200, 200]
        assert answered == [7]


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "guess"}, {HEADER: "ভুল".encode().decode("latin-1")}])
async def test_whoever_does_not_know_the_word_is_not_listened_to(headers: dict[str, str]) -> None:
    answered: list[int] = []
    async with _open(answered) as (_, url):
        assert await _post(url, _update(7), headers) == 403
        assert answered == []


@pytest.mark.parametrize(
    "body", [None, [], 5, {"no": "update"}, {"update_id": 3, "message": {"message_id": 1, "date": "soon"}}]
)
async def test_what_cannot_be_read_is_passed_over_as_in_polling(body: object) -> None:
    answered: list[int] = []
    async with _open(answered) as (_, url):
        assert await _post(url, body, GOOD) == 200
        assert await _post(url, _update(7), GOOD) == 200
        assert answered == [7]


async def test_a_body_that_comes_too_slowly_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READ_WITHIN", 0.05)
    async with _open([]) as (_, url), aiohttp.ClientSession() as session:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2].partition("/")[0]))
        head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{HEADER}: {secret(TOKEN)}\r\nContent-Length: 50\r\n\r\n{{"
        writer.write(head.encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()
        async with session.post(url, json=_update(7), headers=GOOD) as response:
            assert response.status == 200


async def test_what_is_too_large_is_refused() -> None:
    async with _open([]) as (_, url), aiohttp.ClientSession() as session:
        body = BytesIO(b"x" * (LARGEST + 1))
        async with session.post(url, data=body, headers=GOOD) as response:
            assert response.status == 413
