"""The bot as `khobor` runs it, but for polling feeds.

On a server that answers as Telegram does.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from handlers.context import Services
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.running import serve
from handlers.platforms.telegram.settings import TelegramSettings
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world, router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ROUTER = router()


@asynccontextmanager
async def running(world: World, telegram: FakeTelegram, **chosen: Any) -> AsyncIterator[None]:  # noqa: ANN401
    """Run the bot until this is left.

    An error that ended it before is raised.
    """
    settings = TelegramSettings(
        telegram_bot_token=telegram.token, telegram_api_base=telegram.base, _env_file=None, **chosen
    )
    services = Services.of(world.core)
    task = asyncio.create_task(serve(world.core, ROUTER, services, settings, Progress()))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


@asynccontextmanager
async def a_bot(
    folder: Path, *, strict: bool = False, second: float = 1.0
) -> AsyncIterator[tuple[World, FakeTelegram]]:
    """Run the bot on an archive of its own."""
    server = FakeTelegram(strict=strict, second=second)
    async with server as telegram, a_world(folder) as world, running(world, telegram):
        yield world, telegram
