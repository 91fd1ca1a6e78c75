"""The API.

Every request is noted, meets its fault, is let through by the limits, and is carried out or refused.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import web

from tests.fakes.discord import answering, channels, commands, posting
from tests.fakes.discord.calls import Call, read
from tests.fakes.discord.faults import Fault, slow_down
from tests.fakes.discord.limits import GLOBAL, INVALID, Buckets, Sliding, busiest, rounded
from tests.fakes.discord.refusals import Refusal, plain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.discord.state import State

    Handler = Callable[[State, Call], object]

PREFIX = "/api/v10"
CLOUDFLARE = (
    "<!DOCTYPE html><title>Access denied | discord.com used Cloudflare to restrict access</title>error code: 1015"
)


class Answer(NamedTuple):
    """What goes back."""

    status: int
    body: Any
    headers: dict[str, str]


class Api:
    """Takes requests for one bot."""

    def __init__(self, state: State, *, strict: bool) -> None:
        self.state = state
        self.faults: list[Fault] = []
        self.calls: list[Call] = []
        self.buckets = Buckets(strict=strict)
        self.stumbled: list[Exception] = []
        """What the fake itself could not cope with; it is raised in the end."""
        self.banned = False
        """Whether the address was shut out for too many requests that were refused."""
        self.overall = Sliding(GLOBAL) if strict else None
        self.invalid = Sliding(INVALID)

    @property
    def busiest(self) -> int:
        """Return how many requests that count came at most within any second."""
        return busiest(call.at for call in self.calls if not call.of_interaction)

    @property
    def limited(self) -> list[Call]:
        """Return the requests that came too soon."""
        return [call for call in self.calls if call.status == 429]

    def routes(self) -> list[web.RouteDef]:
        """Return what is served where."""
        about: dict[str, Handler] = {
            "GET /gateway": _gateway,
            "GET /gateway/bot": _gateway_bot,
            "GET /users/@me": _me,
            "GET /oauth2/applications/@me": _application,
            "GET /applications/@me": _application,
        }
        known = {**about, **posting.ROUTES, **channels.ROUTES, **answering.ROUTES, **commands.ROUTES}
        served = [self._route(name, handler) for name, handler in known.items()]
        return [*served, web.route("*", f"{PREFIX}/{{path:.*}}", self._serving("/{path}", _not_found))]

    def _route(self, name: str, handler: Handler) -> web.RouteDef:
        method, template = name.split()
        return web.route(method, PREFIX + template, self._serving(template, handler))

    def _serving(self, template: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            path = request.path.removeprefix(PREFIX)
            ids, query = dict(request.match_info), dict(request.query)
            authorization = request.headers.get("Authorization", "")
            call = Call(request.method, path, template, ids, query, authorization)
            self.calls.append(call)
            fault = next((one for one in self.faults if one.meets(f"{call.method} {path}")), None)
            return await self._served(request, call, handler, fault)

        return serve

    async def _served(
        self, request: web.Request, call: Call, handler: Handler, fault: Fault | None
    ) -> web.StreamResponse:
        if fault is not None:
            fault.times -= 1
            await asyncio.sleep(fault.delay)
            if fault.cut == "before":
                return self._cut(request)
        answer = await self._answer(request, call, handler, fault)
        call.status, call.answer = answer.status, answer.body
        self.state.bell.ring()
        return self._cut(request) if fault is not None and fault.cut == "after" else _response(answer)

    def _cut(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.close()
        self.state.bell.ring()
        return web.Response()

    async def _answer(self, request: web.Request, call: Call, handler: Handler, fault: Fault | None) -> Answer:
        headers: dict[str, str] = {}
        try:
            await read(call, request)
            if self.banned:
                return Answer(429, CLOUDFLARE, {"Retry-After": "3600"})
            if fault is not None and fault.answers:
                return self._counted(call, Answer(*fault.answer()))
            self._authorize(call)
            wait, scope, headers = self._limits(call)
            if wait > 0:
                status, body, more = slow_down(rounded(wait), scope)
                return self._counted(call, Answer(status, body, {**headers, **more}))
            result = handler(self.state, call)
        except Refusal as refused:
            return self._counted(call, Answer(refused.status, refused.body, headers))
        except Exception as error:
            self.stumbled.append(error)
            raise
        return Answer(204 if result is None else 200, result, headers)

    def _authorize(self, call: Call) -> None:
        if not call.of_interaction and call.authorization != f"Bot {self.state.token}":
            raise plain(401, "Unauthorized")

    def _limits(self, call: Call) -> tuple[float, str, dict[str, str]]:
        now = time.monotonic()
        if self.overall is not None and not call.of_interaction and (wait := self.overall.wait(now)) > 0:
            return wait, "global", {}
        wait, headers = self.buckets.take(call.route, call.major, now)
        return wait, "user", headers

    def _counted(self, call: Call, answer: Answer) -> Answer:
        """Count what the platform holds against an address."""
        against = answer.status in (401, 403, 429) and answer.headers.get("X-RateLimit-Scope") != "shared"
        if against and not call.of_interaction and self.invalid.wait(time.monotonic()) > 0:
            self.banned = True
        return answer


def _response(answer: Answer) -> web.Response:
    if answer.status == 204:
        return web.Response(status=204, headers=answer.headers)
    if isinstance(answer.body, str):
        return web.Response(status=answer.status, text=answer.body, content_type="text/html", headers=answer.headers)
    body = json.dumps(answer.body).encode()
    # With a charset behind it the library would take the body for text.
    return web.Response(status=answer.status, body=body, content_type="application/json", headers=answer.headers)


def _not_found(_: State, call: Call) -> object:
    raise plain(404, f"Not Found ({call.method} {call.path} is not served here)")


def _gateway(state: State, _: Call) -> object:
    return {"url": state.gateway_url}


def _gateway_bot(state: State, _: Call) -> object:
    gateway = state.gateway
    limit = {
        "total": gateway.total,
        "remaining": max(0, gateway.remaining),
        "reset_after": 86_400_000 if gateway.remaining < gateway.total else 0,
        "max_concurrency": gateway.max_concurrency,
    }
    return {"url": state.gateway_url, "shards": gateway.shards, "session_start_limit": limit}


def _me(state: State, _: Call) -> object:
    return {**state.bot.as_json(), "verified": True, "mfa_enabled": False, "locale": "en-US", "flags": 0}


def _application(state: State, _: Call) -> object:
    return {
        "id": state.application,
        "name": state.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": state.owner.as_json(),
        "verify_key": "0" * 64,
        "flags": 0,
        "team": None,
        "approximate_guild_count": sum(guild.joined for guild in state.guilds.values()),
    }
