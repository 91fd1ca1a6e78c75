"""A server that answers requests as it is told to.

One after another, and notes what was asked.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from aiohttp import web

from handlers.platforms.discord.facts import ChannelFacts

if TYPE_CHECKING:
    from types import TracebackType

    from handlers.platforms.discord.known import Known
    from handlers.platforms.discord.rest import Rest


class Says(NamedTuple):
    """An answer.

    Status 0 hangs up without one, a body that is text is sent as it is.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012 - nobody changes it


class Asked(NamedTuple):
    """A request."""

    method: str
    path: str
    body: Any
    authorization: str


class ScriptedApi:
    """Answers what it was given, and then 200 with a number."""

    def __init__(self, *answers: Says) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []
        self.base = ""
        self._came = asyncio.Event()

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def until(self, count: int) -> None:
        """Wait until so many requests have come."""
        while len(self.asked) < count:
            self._came.clear()
            await self._came.wait()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw else None
        self.asked.append(Asked(request.method, request.path, body, request.headers.get("Authorization", "")))
        self._came.set()
        says = self.answers.pop(0) if self.answers else Says(200, {"id": str(len(self.asked))})
        if says.status == 0:
            assert request.transport is not None
            request.transport.close()
            await asyncio.sleep(0)
            return web.Response()
        if isinstance(says.body, str):
            return web.Response(status=says.status, text=says.body, headers=says.headers)
        sent = json.dumps(says.body).encode() if says.body is not None else b""
        return web.Response(status=says.status, body=sent, content_type="application/json", headers=says.headers)


def facts_of(known: Known, rest: Rest) -> ChannelFacts:
    """Return the facts of a process that hears all servers itself."""

    async def unheard() -> bool:
        return False

    return ChannelFacts(known, rest, unheard)
