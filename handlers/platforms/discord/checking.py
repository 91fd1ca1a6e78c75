"""`khobor check` for Discord: token, way to the API, clock."""

from __future__ import annotations

from http import HTTPStatus

import anyio

from bot.ports.platform import ProbeResult
from bot.running.settings import load
from bot.values.errors import PlatformError, SettingsError
from handlers.platform import told_at
from handlers.platforms.discord.gateway import NO_SUCH_BOT
from handlers.platforms.discord.rest import ApiError, DoubtfulError, LimitedError, NotSentError, RestRoute
from handlers.platforms.discord.running import connected
from handlers.platforms.discord.settings import DiscordSettings

WITHIN = 20.0
"""Seconds for all of it."""


async def probe() -> ProbeResult:
    """Ask users/@me, at the base that is set.

    Raises:
        SettingsError: there is no token, or Discord does not know it.
        PlatformError: there is no answer, or none that is the API's.
    """
    settings = load(DiscordSettings)
    where = f"Discord cannot be reached at {settings.discord_api_base}"
    try:
        with anyio.fail_after(WITHIN):
            async with connected(settings) as rest:
                told = await rest.call(RestRoute("GET", "/users/@me"))
                return ProbeResult(str(told["username"]), told_at(rest.date))
    except ApiError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            raise SettingsError(NO_SUCH_BOT) from None
        raise PlatformError(f"{where}: {error}. Check the network and the base.") from None
    except (NotSentError, DoubtfulError, LimitedError, TimeoutError, LookupError, TypeError) as error:
        said = str(error) or type(error).__name__
        raise PlatformError(f"{where}: {said}. Check the network and the base.") from None
