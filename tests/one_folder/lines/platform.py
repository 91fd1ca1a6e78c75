"""The line protocol as the composition root finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_settings import BaseSettings

from bot.ports.platform import Pace
from bot.running.background import kept_up
from bot.running.settings import CONFIG, load
from bot.values.chats import Role, Target
from handlers.platform import PlatformKind
from handlers.service import AccountService

from .account import NAME, LinesAccount
from .hub import Hub

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.running.core import Core
    from handlers.context import Services
    from handlers.router import Router

PACE = Pace(per_second=100.0)


class LinesSettings(BaseSettings):
    """Where the hub is."""

    model_config = CONFIG

    lines_port: int | None = Field(None, description="The local port of a hub that speaks lines of JSON.")


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the account until cancelled."""
    del options

    async def serve() -> None:
        async with Hub.connected(load(LinesSettings).lines_port or 0) as hub:
            service = AccountService(core, router, services, LinesAccount(hub, PACE), _inbox)
            await service.run(lambda: _listen(hub, core, service))

    await kept_up(NAME, serve)


async def _inbox(person: str) -> Target:
    return Target(NAME, person)


async def _listen(hub: Hub, core: Core, service: AccountService) -> None:
    async for said in hub.said():
        target, actor = Target(NAME, said["chat"]), f"{NAME}:{said['person']}"
        role = Role.ADMIN if actor in core.settings.admins else Role.READER
        await service.answer(target, await service.dialogue.reply(target, actor, role, said["text"]))


def _configured() -> bool:
    return load(LinesSettings).lines_port is not None


PLATFORM = PlatformKind(name=NAME, run=run, configured=_configured, settings=LinesSettings, pace=lambda: PACE)
