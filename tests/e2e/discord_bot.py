"""The bot on Discord as `khobor` runs it, but for polling feeds.

Somebody manages a server there.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.values.chats import Target
from handlers.context import Services
from handlers.platforms.discord.running import serve
from handlers.platforms.discord.settings import DiscordSettings
from tests.fakes.world import World, a_world, router
from tests.handlers.discord.gateway import ScriptedGateway, interaction
from tests.handlers.discord.reading import check, every

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ROUTER = router()
PLACE = Target("discord", "70")
EPHEMERAL = 1 << 6
MANAGER = {"user": {"id": "8", "username": "x", "discriminator": "0", "avatar": None}, "roles": [], "flags": 0}
MANAGER |= {"permissions": "32"}


def services_of(world: World) -> Services:
    """Return what commands work with."""
    return Services.of(world.core)


@asynccontextmanager
async def running(world: World, there: ScriptedGateway) -> AsyncIterator[None]:
    """Run the bot as `khobor` does, but for polling feeds."""
    settings = DiscordSettings(discord_bot_token=SecretStr("x"), discord_api_base=there.base, _env_file=None)
    begun = len(there.identified)
    task = asyncio.create_task(serve(world.core, ROUTER, services_of(world), settings))
    try:
        await there.until(lambda: len(there.identified) > begun)
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


@asynccontextmanager
async def a_bot(folder: Path) -> AsyncIterator[tuple[World, ScriptedGateway]]:
    """Run the bot on an archive of its own."""
    async with ScriptedGateway() as there, a_world(folder) as world, running(world, there):
        yield world, there


class Asking:
    """Somebody who manages the server, and what they are answered."""

    def __init__(self, there: ScriptedGateway) -> None:
        self.there = there
        self.number = 100

    async def does(self, kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it is sent
        """Let an interaction happen, and return its answer, which the platform takes."""
        self.number += 1
        number = self.number
        event = interaction(number, type=kind, data=data, member=MANAGER, **more)
        await self.there.tell("INTERACTION_CREATE", event)
        await self.there.until(lambda: number in self.there.answered())
        answer = self.there.answer(number)
        check(answer["components"])
        return answer

    async def types(self, name: str, **options: object) -> dict[str, Any]:
        """Use a slash command."""
        filled = [{"name": one, "type": 3, "value": value} for one, value in options.items()]
        return await self.does(2, {"id": "1", "name": name, "type": 1, "options": filled})

    async def presses(self, answer: dict[str, Any], label: str = "", *values: str) -> dict[str, Any]:
        """Press a button, or choose values in a menu without a label."""
        wanted = [one for one in every(answer["components"]) if one.get("label", "") == label and "custom_id" in one]
        data = {"custom_id": wanted[0]["custom_id"], "component_type": 8 if values else 2, "values": list(values)}
        resolved: dict[str, Any] = {"resolved": {}} if values else {}
        shown = {"id": "3", "channel_id": "70", "author": MANAGER["user"], "content": "", "type": 0, "components": []}
        shown |= {"flags": EPHEMERAL, "attachments": [], "embeds": [], "edited_timestamp": None, "pinned": False}
        shown |= {"mention_everyone": False, "tts": False, "mentions": [], "mention_roles": []}
        return await self.does(3, {**data, **resolved}, message={**shown, "timestamp": "2026-04-14T06:00:00+00:00"})
