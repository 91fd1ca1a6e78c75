"""Sends each request to Discord's API once.

All share one limit, and every answer is told for what it is. The library's own client sleeps through a 429 (30 s at
least before it would say so), tries a 5xx five times over 25 s, keeps to itself whom a limit means, and has no limit
over all channels: 1,000 of them at once drew 4,272 429s.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp
from yarl import URL

from bot.delivery.pacing import Pacer
from bot.delivery.throttle import asked_wait
from bot.ports.platform import Pace, Scope
from bot.values.errors import PlatformError
from handlers.platforms.discord.limits import Buckets, Refusals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

    from bot.values.messages import File

PER_SECOND = 49
"""Requests a second over everything that counts; Discord takes 50. Messages are paced a little below this."""
CONNECTIONS = 64
CONNECT_WITHIN = 10.0
READ_WITHIN = 30.0
TRIES = 3
"""Tries of a request that may wait for its turn."""
FILE_HOSTS = ("cdn.discordapp.com", "media.discordapp.net")
"""Where what people send lies."""
FILES = "files"
"""What stands under this name in a body goes beside it, as files."""
AGENT = "DiscordBot (https://github.com/khobor, 0.1)"
_COUNTED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_LISTS = ("/messages", "/commands")
_CLOUDFLARE = 60.0
"""Seconds to keep quiet after a 429 that is not the API's: the address is shut out."""


class NotSentError(PlatformError):
    """The request certainly was not carried out."""


class DoubtfulError(PlatformError):
    """The request left, and nobody knows whether it was carried out."""


class LimitedError(PlatformError):
    """It has to wait; nothing was done."""

    def __init__(self, wait: float, scope: Scope) -> None:
        super().__init__(f"wait {wait:.2f} s ({scope})")
        self.wait = wait
        self.scope = scope


class ApiError(PlatformError):
    """The API's refusal, in its own words.

    The code is 0 if it has no number for the reason.
    """

    def __init__(self, status: int, code: int, said: str) -> None:
        super().__init__(f"{status} {code}: {said}")
        self.status = status
        self.code = code
        self.said = said


class RestRoute(NamedTuple):
    """A method and an address.

    The first of ``ids`` names the channel, guild or webhook that a bucket belongs to.
    """

    method: str
    template: str
    ids: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The address behind the API's own."""
        return self.template.format(*self.ids)

    @property
    def endpoint(self) -> str:
        """The method and address by which the bucket's name is learnt."""
        return f"{self.method} {self.template}"

    @property
    def major(self) -> str:
        """The channel, guild or webhook that a bucket belongs to."""
        return "/".join(self.ids[: 2 if self.interaction else 1])

    @property
    def lists(self) -> bool:
        """Whether a list is what is answered; else it is an object."""
        return self.method in ("GET", "PUT") and self.template.partition("?")[0].endswith(_LISTS)

    @property
    def interaction(self) -> bool:
        """Whether it answers an interaction.

        Such do not count, and carry a token of their own.
        """
        return self.template.startswith(("/interactions/", "/webhooks/"))


@dataclass(frozen=True, slots=True)
class _RestAnswer:
    status: int
    headers: Mapping[str, str]
    body: Any
    """None: it was no JSON."""


class Rest:
    """Speaks to the API for one bot."""

    def __init__(self, base: str, bot_token: str) -> None:
        """Open nothing yet."""
        self._base = base
        self._bot_token = bot_token
        self._buckets = Buckets()
        self._refusals = Refusals()
        self._shut_until = 0.0
        # Its slots are free a second after their answers, so that no second ever sees more than these.
        self._limit = Pacer(Pace(per_second=PER_SECOND, slots=CONNECTIONS))
        self.allow = self._limit.allow
        """Says how many requests a second may go from now on."""
        self._session: aiohttp.ClientSession | None = None
        self.date = ""
        """When the last answer was given, by the server's clock and in its words."""

    async def open(self) -> None:
        """Open the session."""
        self._session = aiohttp.ClientSession(
            connector=_RestConnector(limit=CONNECTIONS),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": AGENT},
        )

    async def close(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()

    async def call(self, route: RestRoute, body: object = None, *, patience: float = 0.0) -> Any:  # noqa: ANN401 - JSON
        """Send one request and return what its answer holds.

        If it has to wait no longer than ``patience`` seconds it waits, else it says how long.

        Raises:
            LimitedError, ApiError, NotSentError, DoubtfulError: as their names say.
        """
        until = monotonic() + patience
        for _ in range(TRIES - 1):
            try:
                return await self._once(route, body)
            except LimitedError as limited:
                if monotonic() + limited.wait > until:
                    raise
                await asyncio.sleep(limited.wait)
        return await self._once(route, body)

    async def download(self, address: str, most: int) -> bytes:
        """Return a file that somebody sent, of at most so many bytes.

        Raises:
            NotSentError: it lies nowhere that Discord keeps files, or is larger.
            DoubtfulError: it cannot be fetched.
        """
        host = URL(address).host or ""
        if self._session is None or host not in (*FILE_HOSTS, URL(self._base).host):
            raise NotSentError("no file of the platform's")
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_WITHIN, total=CONNECT_WITHIN + READ_WITHIN)
        try:
            async with self._session.get(address, timeout=timeout, allow_redirects=False) as response:
                data = await response.content.read(most + 1)
                while len(data) <= most and (more := await response.content.read(most + 1 - len(data))):
                    data += more
        except (aiohttp.ClientError, OSError) as error:
            raise DoubtfulError(type(error).__name__) from None
        if response.status != HTTPStatus.OK or len(data) > most:
            raise NotSentError(f"HTTP {response.status}, or too large")
        return data

    async def _once(self, route: RestRoute, body: object) -> Any:  # noqa: ANN401 - JSON
        now = monotonic()
        if not route.interaction and (shut := max(self._shut_until - now, self._refusals.wait(now))) > 0:
            raise LimitedError(shut, Scope.ACCOUNT)
        if (wait := self._buckets.take(route.endpoint, route.major, now)) > 0:
            raise LimitedError(wait, Scope.CHAT)
        if route.interaction:
            answer = await self._request(route, body)
        else:
            async with self._limit.reply():
                answer = await self._request(route, body)
        return self._read(route, answer)

    async def _request(self, route: RestRoute, body: object) -> _RestAnswer:
        if self._session is None or self._session.closed:
            raise NotSentError("the transport is not open")
        headers = {} if route.interaction else {"Authorization": f"Bot {self._bot_token}"}
        data, kind = _written(body)
        if kind:
            headers["Content-Type"] = kind
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_WITHIN, total=CONNECT_WITHIN + READ_WITHIN)
        try:
            async with self._session.request(
                route.method,
                f"{self._base}{route.path}",
                data=data,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                raw = await response.read()
        except (aiohttp.ClientError, OSError) as error:
            # Not from the error: an interaction's token stands in the address.
            raise DoubtfulError(type(error).__name__) from None
        self.date = response.headers.get("Date", "")
        return _RestAnswer(response.status, response.headers, _json(raw))

    def _read(self, route: RestRoute, answer: _RestAnswer) -> Any:  # noqa: ANN401 - JSON
        now = monotonic()
        self._buckets.learn(route.endpoint, route.major, answer.headers, now)
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            if answer.status != HTTPStatus.NO_CONTENT and not isinstance(answer.body, list if route.lists else dict):
                raise DoubtfulError("an answer that is not the API's")
            return answer.body
        shared = answer.headers.get("X-RateLimit-Scope") == "shared"
        if answer.status in _COUNTED and not shared and not route.interaction:
            self._refusals.note(now)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise self._limited(route, answer, now)
        raise _refused(answer)

    def _limited(self, route: RestRoute, answer: _RestAnswer, now: float) -> LimitedError:
        """Note whom a 429 means.

        One that is not the API's own means the address.
        """
        if not isinstance(answer.body, dict) or "retry_after" not in answer.body:
            wait, scope = asked_wait(answer.headers.get("Retry-After", _CLOUDFLARE)), "global"
        else:
            wait = asked_wait(answer.body["retry_after"])
            scope = "global" if answer.body.get("global") else answer.headers.get("X-RateLimit-Scope", "user")
        if scope == "global":
            self._shut_until = max(self._shut_until, now + wait)
            return LimitedError(wait, Scope.ACCOUNT)
        self._buckets.exhaust(route.endpoint, route.major, wait, now)
        return LimitedError(wait, Scope.CHAT)


class _RestConnector(aiohttp.TCPConnector):
    """Tells failures to connect from all others.

    Nothing is written before there is a connection, so a request that fails until then was not sent.
    """

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout) -> Connection:  # noqa: ASYNC109 - aiohttp's interface
        try:
            return await super().connect(req, traces, timeout)
        except (aiohttp.ClientError, OSError) as error:
            raise NotSentError(f"no connection: {type(error).__name__}") from None


def _written(body: object) -> tuple[bytes | aiohttp.FormData | None, str]:
    """Return a body as it is sent, with its media type.

    Files make it a form, which says so itself.
    """
    if body is None:
        return None, ""
    files: list[File] = []

    def apart(one: object) -> object:
        if isinstance(one, dict):
            files.extend(one.get(FILES, ()))
            return {name: apart(value) for name, value in one.items() if name != FILES}
        return one

    # A lone half of a character, which no text should have, must not keep its message from being sent at all.
    written = json.dumps(apart(body), ensure_ascii=False).encode(errors="replace")
    if not files:
        return written, "application/json"
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", written.decode(), content_type="application/json")
    for number, file in enumerate(files):
        form.add_field(f"files[{number}]", file.data, filename=file.name, content_type=file.media_type)
    return form, ""


def _json(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return None


def numbered(made: object) -> str:
    """Return the number of what was made.

    An answer without a number leaves in doubt whether it was made.
    """
    number = str(made.get("id") or "") if isinstance(made, dict) else ""
    if not number.isdecimal():
        raise DoubtfulError("an answer without the number of a message")
    return number


def objects_of(told: object) -> list[dict[str, Any]]:
    """Return the objects of a list, none if it is no list."""
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list | tuple) else []


def _refused(answer: _RestAnswer) -> Exception:
    """Return the error that an answer means.

    The API's own words say what was not done, a proxy's leave a doubt after a 5xx.
    """
    body = answer.body
    if isinstance(body, dict) and "message" in body:
        code = body.get("code")
        return ApiError(answer.status, code if isinstance(code, int) else 0, _said(body))
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return DoubtfulError(f"HTTP {answer.status}, and not from the API")
    return NotSentError(f"HTTP {answer.status}, and not from the API")


def _said(body: dict[str, Any]) -> str:
    errors = body.get("errors")
    more = f" {json.dumps(errors, ensure_ascii=False)}" if errors else ""
    return f"{body['message']}{more}"[:300]
