"""An unmodified discord.py, pointed at the fake."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.world import StoppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.discord.places import Channel, Guild

READY_WITHIN = 0.05


class Bot(discord.Client):
    """A client that notes what it hears, and begins sessions at once.

    The library waits five seconds before most.
    """

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents.default(), guild_ready_timeout=READY_WITHIN)
        self.heard: list[tuple[str, Any]] = []
        self.bell = Bell()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing."""

    def dispatch(self, event: str, /, *about: Any, **more: Any) -> None:  # noqa: ANN401 - as the library calls it
        """Note what is told, and tell it."""
        self.heard.append((event, about))
        super().dispatch(event, *about, **more)
        self.bell.ring()

    def names(self) -> list[str]:
        """Return what it heard of, in order."""
        return [name for name, _ in self.heard]

    async def hears(self, name: str, times: int = 1) -> None:
        """Wait until it heard of something."""
        await self.bell.until(lambda: self.names().count(name) >= times)

    async def ready(self) -> None:
        """Wait until it knows its guilds.

        However long they take to come in.
        """
        await self.bell.until(lambda: self.is_ready() and not any(guild.unavailable for guild in self.guilds))


class Sharded(Bot, discord.AutoShardedClient):
    """The same over several connections."""


def point(there: FakeDiscord) -> None:
    """Say where everything is.

    There is no other way, and both are read whenever a client begins.
    """
    Route.BASE = there.api_base
    DiscordWebSocket.DEFAULT_GATEWAY = URL(there.gateway_url)


@asynccontextmanager
async def running(there: FakeDiscord, client: Bot, sessions: int = 1) -> AsyncIterator[None]:
    """Run a client until it has its guilds."""
    point(there)
    task = asyncio.create_task(client.start(there.token))
    try:
        await there.connected(sessions)
        await client.ready()
        yield
    finally:
        await client.close()
        await asyncio.wait({task})


@asynccontextmanager
async def logged_in(there: FakeDiscord) -> AsyncIterator[discord.Client]:
    """Speak to the API only."""
    point(there)
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(there.token)
        yield client


class Place:
    """A guild with a channel, and a client that is logged in."""

    def __init__(self, there: FakeDiscord, client: discord.Client) -> None:
        self.there, self.client = there, client
        self.guild: Guild = there.guild()
        self.channel: Channel = there.channel(self.guild)

    def open(self, channel: Channel | None = None) -> discord.PartialMessageable:
        """Return a channel to write in."""
        return self.client.get_partial_messageable(int((channel or self.channel).id))

    async def ask(self, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401 - JSON
        """Ask as the library does.

        Which tells of a refusal by an error.
        """
        return await self.client.http.request(Route(method, path), **({} if body is None else {"json": body}))

    async def refused(self, method: str, path: str, body: Any = None) -> discord.HTTPException:  # noqa: ANN401 - JSON
        """Ask for what is refused, and return the refusal."""
        with pytest.raises(discord.HTTPException) as refused:
            await self.ask(method, path, body)
        return refused.value

    async def code(self, method: str, path: str, body: Any = None) -> int:  # noqa: ANN401 - JSON
        """Ask for what is refused, and return the reason's number."""
        return (await self.refused(method, path, body)).code


@asynccontextmanager
async def a_place(*, strict: bool = False, clock: StoppedClock | None = None) -> AsyncIterator[Place]:
    """Open a fake and log in."""
    async with FakeDiscord(strict=strict, clock=clock or StoppedClock()) as there, logged_in(there) as client:
        yield Place(there, client)
