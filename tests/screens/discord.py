"""Scenes of a channel on Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.discord_bot import EPHEMERAL, Asking
from tests.screens import discord_page as page
from tests.screens.stories import STORIES, bring

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.world import World
    from tests.handlers.discord.gateway import ScriptedGateway

CHANNEL = "70"


async def _setup(world: World, there: ScriptedGateway) -> str:
    manager = Asking(there)
    first = await manager.types("setup")
    what = await manager.presses(first, "", CHANNEL)
    look = await manager.presses(what, "প্রধান খবর, দিনে দুবার")
    done = await manager.presses(look, "ছবিসহ")
    del world
    shown = (
        page.message(one["components"], alone=bool(one.get("flags", 0) & EPHEMERAL))
        for one in (first, what, look, done)
    )
    return page.page([page.used("/setup"), *shown])


async def _pushed(world: World, there: ScriptedGateway) -> str:
    manager = Asking(there)
    manager.number = 300
    first = await manager.types("setup")
    await manager.presses(await manager.presses(await manager.presses(first, "", CHANNEL), "খেলা, এলেই"), "ছবিসহ")
    story = STORIES[2]
    before = len(there.posted.get(CHANNEL, {}))
    await bring(world, story, headline=f"{story['headline']}!", image="https://outlet.example/1.jpg")
    await world.spread()
    await there.until(lambda: len(there.posted.get(CHANNEL, {})) > before)
    pushed = list(there.posted[CHANNEL].values())[-1]
    answer = await manager.types("search", words="ইরান")
    shown = (page.message(pushed["components"]), page.used("/search ইরান"), page.message(answer["components"]))
    return page.page(shown)


SCENES: dict[str, Callable[[World, ScriptedGateway], Awaitable[str]]] = {
    "discord-setup": _setup,
    "discord-card": _pushed,
}
