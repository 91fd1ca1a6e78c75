"""`khobor check` for Telegram: token, way to the API, clock."""

from __future__ import annotations

import anyio

from bot.ports.platform import ProbeResult
from bot.running.settings import load
from bot.values.errors import PlatformError
from handlers.platform import told_at
from handlers.platforms.telegram.answers import reason
from handlers.platforms.telegram.running import connected
from handlers.platforms.telegram.settings import TelegramSettings
from handlers.platforms.telegram.transport import AiohttpRequest

NO_INLINE = "nobody can share cards by @bot in other chats: send /setinline to @BotFather to let them."
FEEDBACK = (
    "corrections reach cards that readers shared by @bot only if @BotFather was sent /setinlinefeedback (100 %); "
    "Telegram does not say whether it was."
)
WITHIN = 20.0
"""Seconds for all of it."""


async def probe() -> ProbeResult:
    """Ask getMe, through the proxy and the base that are set.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
        PlatformError: there is no answer.
    """
    settings = load(TelegramSettings)
    through = " through TELEGRAM_PROXY" if settings.telegram_proxy else ""
    where = f"Telegram cannot be reached at {settings.telegram_api_base}{through}"
    try:
        with anyio.fail_after(WITHIN):
            async with connected(settings) as bot:
                date = bot.request.date if isinstance(bot.request, AiohttpRequest) else ""
                return ProbeResult(
                    f"@{bot.username}", told_at(date), (FEEDBACK if bot.supports_inline_queries else NO_INLINE,)
                )
    except (PlatformError, TimeoutError, ValueError) as error:
        raise PlatformError(f"{where}: {reason(error)}. Check the network, the proxy and the base.") from None
