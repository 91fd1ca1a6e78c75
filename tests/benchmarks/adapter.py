"""The Telegram account as it is, at a server on this machine.

Without its pace: how fast it can be is measured.
"""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import anyio

from bot.clockwork.clock import system_clock
from bot.ports.platform import Pace
from handlers.buttons import Buttons
from handlers.platforms.telegram.account import TelegramAccount
from handlers.platforms.telegram.keyboard import DATA
from handlers.platforms.telegram.piece import as_post
from handlers.platforms.telegram.polling import PolledBot
from handlers.platforms.telegram.render import render
from handlers.platforms.telegram.settings import NAME, SLOTS
from handlers.platforms.telegram.transport import AiohttpRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.ports.store import Store
    from bot.values.messages import Message

ENGINE = "1:engine"


def token(account: str) -> str:
    """Return the token that an account speaks by."""
    return ENGINE if account == NAME else f"1:{account.rpartition(':')[2]}"


@asynccontextmanager
async def telegram(port: int, store: Store, account: str = NAME) -> AsyncIterator[TelegramAccount]:
    """Open an account at a server on this machine."""
    base = f"http://127.0.0.1:{port}"
    bot = PolledBot(token(account), base, AiohttpRequest(), AiohttpRequest())
    await bot.initialize()
    try:
        yield TelegramAccount(bot, Buttons(store, DATA), system_clock, Pace(slots=SLOTS), account)
    finally:
        with anyio.CancelScope(shield=True):
            await bot.shutdown()


def bare_session() -> aiohttp.ClientSession:
    """Open a client without what a bot does not need.

    Cookies, a limit of its own.
    """
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar())


def prepared(message: Message) -> dict[str, object]:
    """Return all that is sent for a message but the chat."""
    (piece,) = render(message, lambda choice: choice.label[:8])
    return as_post(piece)[1]


def as_json(value: object) -> bytes:
    """Write a request as the transport does."""
    return json.dumps(value, ensure_ascii=False).encode()
