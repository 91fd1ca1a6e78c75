"""Discord as a chat platform of Khobor."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from bot.running.settings import load
from handlers.platform import PlatformKind
from handlers.platforms.discord.settings import NAME, PACE, DiscordSettings
from handlers.platforms.discord.shards import Shards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ports.platform import ProbeResult
    from bot.running.core import Core
    from handlers.context import Services
    from handlers.router import Router


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the bot until cancelled."""
    # Imported only now: a terminal does not wait for a library that it does not use (0.5 s).
    await importlib.import_module("handlers.platforms.discord.running").run(core, router, services, options)


async def probe() -> ProbeResult:
    """Ask who we are there."""
    found: ProbeResult = await importlib.import_module("handlers.platforms.discord.checking").probe()
    return found


def _configured() -> bool:
    return load(DiscordSettings).discord_bot_token is not None


PLATFORM = PlatformKind(
    name=NAME,
    run=run,
    configured=_configured,
    settings=DiscordSettings,
    probe=probe,
    shares=Shards.read,
    pace=lambda: PACE,
)
