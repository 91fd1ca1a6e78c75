"""The server.

One bot, its guilds and channels, and people who use it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from tests.fakes.discord.acting import Acting
from tests.fakes.discord.api import PREFIX, Api
from tests.fakes.discord.bell import PATIENCE
from tests.fakes.discord.happening import Happening
from tests.fakes.discord.snowflakes import now
from tests.fakes.discord.state import TOKEN, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.discord.calls import Call
    from tests.fakes.discord.faults import Fault
    from tests.fakes.discord.people import User
    from tests.fakes.discord.snowflakes import Clock


class FakeDiscord(Acting, Happening):
    """Use it as `async with`.

    `api_base` and `gateway_url` are what a bot is told.
    ``strict`` counts requests as the platform does. The clock is that of nonces and interactions; limits, which a bot
    has to wait for, are counted in real seconds.
    """

    def __init__(self, *, strict: bool = False, clock: Clock = now) -> None:
        self.state = State(clock)
        self.gateway = self.state.gateway
        self.api = Api(self.state, strict=strict)
        self.token = TOKEN
        self.bot: User = self.state.bot

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=1 << 26)
        application.router.add_routes(self.api.routes())
        for path in ("/", "/resume"):
            application.router.add_get(path, self.gateway.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        place = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.api_base = f"http://{place}{PREFIX}"
        self.gateway_url = self.state.gateway_url = f"ws://{place}/"
        self.state.resume_url = f"ws://{place}/resume"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop()
        await self._runner.cleanup()
        if self.api.stumbled:
            raise ExceptionGroup("the fake could not cope with a request", self.api.stumbled)

    @property
    def faults(self) -> list[Fault]:
        """What goes wrong with the next requests."""
        return self.api.faults

    @property
    def calls(self) -> list[Call]:
        """All requests, in order."""
        return self.api.calls

    @property
    def commands(self) -> list[str]:
        """Return the slash commands that all may use."""
        return [one["name"] for one in self.state.commands.get("", ())]

    def called(self, route: str) -> list[Call]:
        """Return the requests of a route, as «POST /channels/{channel}/messages»."""
        return [call for call in self.calls if call.route == route]

    async def until(self, true: Callable[[], Any], seconds: float = PATIENCE) -> None:
        """Wait until something holds.

        Looked at whenever the bot has asked or said something.
        """
        await self.state.bell.until(true, seconds)

    async def connected(self, sessions: int = 1) -> None:
        """Wait until so many sessions listen."""
        await self.until(lambda: len(self.gateway.connections) >= sessions)
