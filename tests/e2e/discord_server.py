"""The bot as `khobor` runs it, but for polling feeds.

On a server that keeps state as Discord does.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.subscriptions import choosing
from bot.values.chats import ChatKind, Mode, Subscription, Target, Term, TermKind
from handlers.context import Services
from handlers.platforms.discord.running import serve
from handlers.platforms.discord.settings import DiscordSettings
from tests.fakes.discord import FakeDiscord
from tests.fakes.world import World, a_world, router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel, Guild
    from tests.fakes.world import StoppedClock

ROUTER = router()


@dataclass
class Server:
    """A guild with a channel, a member and the bot."""

    world: World
    there: FakeDiscord
    guild: Guild
    channel: Channel
    reader: User

    async def asks(self, name: str, *, at: Channel | None = None, by: User | None = None, **options: object) -> Shown:
        """Let somebody use a slash command, and return the answer."""
        return await self.there.slash(by or self.reader, at or self.channel, name, options).answer()

    async def presses(self, shown: Shown, label: str, *, by: User | None = None) -> Shown:
        """Let somebody press a button, and return the answer.

        It may be the same message.
        """
        return await self.there.press(shown, label, by or self.reader).answer()

    async def has_everything(self, channel: Channel | None = None) -> Target:
        """Let a channel have all news at once."""
        store, now = self.world.core.store, self.world.clock()
        target = Target("discord", (channel or self.channel).id)
        chat = await store.chats.ensure(target, now, ChatKind.GROUP)
        await choosing.follow(store, chat, Subscription(Term(TermKind.ALL), mode=Mode.NOW), now)
        return target


@asynccontextmanager
async def running(world: World, there: FakeDiscord, *, publish: bool = False) -> AsyncIterator[None]:
    """Run the bot until this is left.

    An error that ended it before is raised.
    """
    settings = DiscordSettings(
        discord_bot_token=SecretStr(there.token),
        discord_api_base=there.api_base,
        discord_publish=publish,
        _env_file=None,
    )
    task = asyncio.create_task(serve(world.core, ROUTER, Services.of(world.core), settings))
    try:
        await there.connected()
        await there.until(lambda: there.commands)
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


@asynccontextmanager
async def a_server(
    folder: Path,
    *,
    publish: bool = False,
    clock: StoppedClock | None = None,
    strict: bool = False,
    questions: int | None = None,
) -> AsyncIterator[Server]:
    """Run the bot on an archive of its own.

    ``clock`` is the platform's; ``questions`` are what a person may ask in a minute, by default without end.
    """
    server = FakeDiscord(clock=clock, strict=strict) if clock is not None else FakeDiscord(strict=strict)
    async with server as there, a_world(folder) as world:
        if questions is not None:
            own = world.core.settings.model_copy(update={"questions_a_minute": questions})
            world.core = replace(world.core, settings=own)
        guild = there.guild()
        channel, reader = there.channel(guild), there.user("পাঠক")
        there.joins(reader, guild)
        async with running(world, there, publish=publish):
            yield Server(world, there, guild, channel, reader)
