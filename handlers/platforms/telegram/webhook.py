"""Receives updates by a webhook instead of long polling.

The platform calls us, and proves by a secret that it is the platform.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections import OrderedDict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from handlers.platforms.telegram.incoming import ALLOWED
from handlers.platforms.telegram.updates import readable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot

    from handlers.platforms.telegram.polling import InOrder

log = logging.getLogger(__name__)

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20
"""Bytes of one update: a message is at most some 50 kB."""
SEEN = 1_000
"""Updates that are remembered: what was not confirmed in time comes again."""
READ_WITHIN = 10.0
"""Seconds that the whole of a request may take to come."""
WITHIN = 20.0
"""Seconds until an update is confirmed although its answer still takes; the platform waits about a minute."""


def secret(bot_token: str) -> str:
    """Make the platform's secret word from the token.

    It says it with every update; so it need not be kept.
    """
    return hashlib.sha256(f"webhook {bot_token}".encode()).hexdigest()


class Webhook:
    """Takes updates and answers each once."""

    def __init__(self, bot: Bot, answering: InOrder) -> None:
        """Answer by ``answering``."""
        self._bot = bot
        self._answering = answering
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def take(self, request: web.Request) -> web.Response:
        """Take one update.

        Whoever does not know the secret gets no word about anything.
        """
        said = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(said, secret(self._bot.token).encode()):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(READ_WITHIN):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            raw = None
        update = readable(raw, self._bot)
        # One that cannot be read would come again and again: it is passed over.
        if update is not None and update.update_id not in self._seen:
            self._seen[update.update_id] = None
            while len(self._seen) > SEEN:
                self._seen.popitem(last=False)
            await asyncio.wait({self._answering.begin(update)}, timeout=WITHIN)
        return web.Response()


@asynccontextmanager
async def listening(bot: Bot, answering: InOrder, url: str, local: tuple[str, int]) -> AsyncIterator[None]:
    """Listen, and tell the platform where."""
    application = web.Application(client_max_size=LARGEST)
    application.router.add_post(PATH, Webhook(bot, answering).take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, *local).start()
        await bot.set_webhook(f"{url}{PATH}", secret_token=secret(bot.token), allowed_updates=list(ALLOWED))
        yield
    finally:
        await runner.cleanup()
