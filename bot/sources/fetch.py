"""One GET, made safely.

httpx's requests and responses over a transport of our own, without its client: what that adds is cookies, redirects,
proxies, environment variables, .netrc and decompression without a bound (a 3 kB body took it to 4 GB), and a fetch of
an address that a reader gave must have none of them.
"""

from __future__ import annotations

import re
import time
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

import anyio
import httpcore
import httpx

from bot.clockwork.clock import system_clock
from bot.sources.addresses import (
    Allow,
    BadAddressError,
    RefusedAddressError,
    check_redirect,
    check_url,
    endpoint,
)
from bot.sources.decode import ACCEPTED, BadEncodingError, TooLargeError, Unpacker
from bot.sources.failure import BLOCKING, FetchError, Reason, failure
from bot.sources.host_queue import HostQueue
from bot.sources.network import Transport, resolve

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping
    from types import TracebackType

    from bot.clockwork.clock import Clock
    from bot.sources.network import Resolver

MAX_REDIRECTS = 5
CAP = 8 * 1024 * 1024
CLOSED_WITHIN = 1.0

SMALL = 512 * 1024
"""Bytes of a body from which on it is large; of 253 real feeds the average has 70,000."""
LARGE_AT_ONCE = 3
"""Large bodies that are received at once."""

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"
_PAGE = 65_536  # bytes of an error page looked at
_MOVED = frozenset({301, 308})
_REDIRECTS = _MOVED | {302, 303, 307}
_OK, _NOT_MODIFIED = 200, 304

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"',]{1,40})""", re.IGNORECASE)
_MAX_AGE = re.compile(r"""(?:^|[\s,])max-age\s*=\s*"?(\d{1,18})""", re.IGNORECASE)
_UNCACHED = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)
_FIELD = re.compile(r"[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?")  # RFC 9110, 5.5: field-value
_FAULTS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered in the end."""

    url: str
    """The address that answered, after all redirects, without a fragment."""
    status: int
    """200, or 304: not changed since the ETag or Last-Modified that was sent."""
    body: bytes
    """Unpacked, not decoded; empty with 304."""
    content_type: str | None
    """The media type in small letters, without parameters."""
    charset: str | None
    """As the Content-Type header names it; ``bot.sources.decode`` knows how far to believe it."""
    etag: str | None
    """To be sent back verbatim the next time (RFC 9110, 8.8.3); with a 304 that repeats none, the one that was sent."""
    last_modified: str | None
    """Likewise; never parsed, for it is the server's own."""
    moved_permanently_to: str | None
    """The final address if there was a redirect and every one was 301 or 308."""
    max_age: int | None
    """Seconds for which Cache-Control calls the answer fresh (RFC 9111, 5.2.2.1); None for no-cache and no-store."""
    downgraded: bool = False
    """A redirect led from https to http, so anyone on the way may have written this."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The longest waits, in seconds.

    ``total`` ends also a server that sends a byte now and then.
    """

    resolve: float = 5.0
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    """For all hops of one fetch together; waiting for one's turn at a host does not count."""


class _FetchAnswer(NamedTuple):
    status: int
    headers: httpx.Headers
    body: bytes


class Fetcher:
    """Fetches pages and feeds, politely and publicly.

    It never fetches from a private network. It is an async context manager and may be shared. One request at a time
    goes to each host, with a gap between; endpoints in ``allow`` have no gap. No host waits for another. The caller
    chooses how many fetches run at once.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow: Allow | None = None,
        timeouts: Timeouts | None = None,
        cap: int = CAP,
        gap: float = 2.0,
        resolver: Resolver | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
        now: Clock = system_clock,
    ) -> None:
        """Prepare a fetcher; nothing is connected before the first ``get``.

        Args:
            user_agent: what servers are told, with an address under which the operator can be reached.
            allow: private endpoints of the operator, from FETCH_ALLOW.
            timeouts: see there.
            cap: most bytes of a body, both as sent and unpacked.
            gap: least seconds between the end of a request to a host and the start of the next.
            resolver: in place of the system's name look-up.
            network: what opens a socket to an address that was checked; asyncio's if not given.
            clock: seconds that only grow, for the gap.
            sleep: how to wait for the gap.
            now: the date, for a Retry-After that is one.

        Raises:
            ValueError: the user agent is empty or cannot stand in a header (RFC 9110, 5.5).
        """
        if not _FIELD.fullmatch(user_agent):
            raise ValueError("the user agent must be one line of plain letters")
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}
        self._allow = allow or Allow()
        self._timeouts = timeouts or Timeouts()
        self._cap = cap
        self._now = now
        self._turns = HostQueue(gap, clock, sleep)
        self._large = anyio.Semaphore(LARGE_AT_ONCE)
        self._transport = Transport(self._allow, resolver or resolve, self._timeouts.resolve, network)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with anyio.CancelScope(shield=True), anyio.move_on_after(CLOSED_WITHIN):
            await self._transport.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        any_port: bool = False,
        public_only: bool = False,
    ) -> Fetched:
        """Fetch an address, following up to five redirects.

        Each is checked like the first.

        Args:
            url: http or https, as a person or a feed gave it.
            etag: of the last answer, verbatim; sent on each hop, for it belongs to where the redirects end.
            last_modified: likewise.
            any_port: an admin's permission for ports other than 80 and 443; it opens no private address.
            public_only: leave out what FETCH_ALLOW opens; for every address that no admin typed.

        Raises:
            FetchError: for whatever the address, the network or the server did. Nothing else; cancellation passes.
        """
        try:
            target = check_url(url, self._allow, any_port=any_port)
            if public_only:
                self._check_public(target)
            return await self._follow(target, _conditions(etag, last_modified), any_port=any_port)
        except RefusedAddressError as error:
            raise FetchError(Reason.REFUSED_ADDRESS, str(error)) from error
        except BadAddressError as error:
            raise FetchError(Reason.BAD_ADDRESS, str(error)) from error

    async def public(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, public_only: bool = True
    ) -> Fetched:
        """Fetch an address that a reader or a page gave.

        FETCH_ALLOW opens nothing to it.
        """
        del public_only
        return await self.get(url, etag=etag, last_modified=last_modified, public_only=True)

    def _check_public(self, target: httpx.URL) -> None:
        if self._allow.permits(*endpoint(target)):
            raise RefusedAddressError("The address is open to the operator alone")

    async def rest(self, url: str) -> None:
        """Wait until the host of an address has rested."""
        try:
            host, port = endpoint(check_url(url, self._allow))
        except BadAddressError:
            return
        if not self._allow.permits(host, port):
            await self._turns.rested(host)

    async def _follow(self, target: httpx.URL, conditions: Mapping[str, str], *, any_port: bool) -> Fetched:
        seconds = self._timeouts.total
        statuses: list[int] = []
        downgraded = False
        while True:
            host, port = endpoint(target)
            asked = anyio.current_time()
            async with AsyncExitStack() as turn:
                # Whom a redirect leads to a host that others wait for waits within their own time.
                with _in_time(host, seconds if statuses else None):
                    await turn.enter_async_context(self._turns.turn(host, gap=not self._allow.permits(host, port)))
                began = asked if statuses else anyio.current_time()
                answer = await self._ask(target, conditions, seconds - (anyio.current_time() - began))
                seconds -= anyio.current_time() - began
            if answer.status not in _REDIRECTS:
                moved = str(target) if statuses and _MOVED.issuperset(statuses) else None
                return self._fetched(target, answer, conditions, moved=moved, downgraded=downgraded)
            if len(statuses) == MAX_REDIRECTS:
                raise FetchError(Reason.TOO_MANY_REDIRECTS, f"More than {MAX_REDIRECTS} redirects, the last at {host}")
            source, target = target, check_redirect(target, _location(answer, host), self._allow, any_port=any_port)
            downgraded = downgraded or (source.scheme, target.scheme) == ("https", "http")
            statuses.append(answer.status)

    async def _ask(self, target: httpx.URL, conditions: Mapping[str, str], seconds: float) -> _FetchAnswer:
        host, _ = endpoint(target)
        try:
            with anyio.fail_after(seconds):
                return await self._exchange(target, conditions)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise FetchError(Reason.TIMEOUT, f"No whole answer from {host} in time") from error
        except httpcore.ConnectError as error:
            raise FetchError(Reason.UNREACHABLE, f"No connection to {host} ({error})") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(Reason.NETWORK, f"The answer of {host} broke off or is not HTTP ({error})") from error
        except TooLargeError as error:
            raise FetchError(Reason.TOO_LARGE, f"More than {self._cap:,} bytes from {host}") from error
        except BadEncodingError as error:
            raise FetchError(Reason.BAD_ENCODING, f"The body from {host} is {error}") from error

    async def _exchange(self, target: httpx.URL, conditions: Mapping[str, str]) -> _FetchAnswer:
        times = self._timeouts
        request = httpx.Request(
            "GET",
            target,
            headers=[(k.encode(), v.encode("latin-1")) for k, v in (self._headers | dict(conditions)).items()],
            extensions={"timeout": {"connect": times.connect, "read": times.read, "write": times.read}},
        )
        response = await self._transport.handle_async_request(request)
        try:
            return _FetchAnswer(response.status_code, response.headers, await self._body(response))
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response) -> bytes:
        headers = response.headers
        if response.status_code == _OK:
            if int(headers.get("content-length", "0")) > self._cap:
                raise TooLargeError
            unpacker = Unpacker(headers.get("content-encoding"), self._cap)
            async with AsyncExitStack() as room:
                is_small = True
                async for piece in response.aiter_raw():
                    unpacker.feed(piece)
                    if is_small and unpacker.size > SMALL:
                        is_small = False
                        await room.enter_async_context(self._large)
                return unpacker.finish()
        return await _page(response) if response.status_code in BLOCKING else b""

    def _fetched(
        self, target: httpx.URL, answer: _FetchAnswer, sent: Mapping[str, str], *, moved: str | None, downgraded: bool
    ) -> Fetched:
        unchanged = answer.status == _NOT_MODIFIED and bool(sent)
        if answer.status != _OK and not unchanged:
            raise failure(answer.status, answer.headers, answer.body, endpoint(target)[0], self._now())
        headers = answer.headers
        content_type = headers.get("content-type", "")
        charset = _CHARSET.search(content_type)
        return Fetched(
            url=str(target),
            status=answer.status,
            body=answer.body,
            content_type=content_type.partition(";")[0].strip().lower() or None,
            charset=charset[1] if charset else None,
            etag=headers.get("etag") or (sent.get("If-None-Match") if unchanged else None),
            last_modified=headers.get("last-modified") or (sent.get("If-Modified-Since") if unchanged else None),
            moved_permanently_to=moved,
            max_age=_max_age(headers.get("cache-control", "")),
            downgraded=downgraded,
        )


@contextmanager
def _in_time(host: str, seconds: float | None) -> Generator[None]:
    """Bound a wait, if there is a bound."""
    try:
        with anyio.fail_after(seconds):
            yield
    except TimeoutError as error:
        raise FetchError(Reason.TIMEOUT, f"No turn at {host} in time") from error


# --- what headers and error pages say ---


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value and _FIELD.fullmatch(value)}


def _location(answer: _FetchAnswer, host: str) -> str:
    location: str = answer.headers.get("location", "")
    if not location:
        raise FetchError(Reason.STATUS, f"Answer {answer.status} from {host}: a redirect that does not say where")
    # Servers send Bengali slugs as bare UTF-8; RFC 3986 would have them encoded, and the URL parser does so.
    with suppress(UnicodeDecodeError):
        return location.encode("latin-1").decode()
    return location


def _max_age(cache_control: str) -> int | None:
    found = None if _UNCACHED.search(cache_control) else _MAX_AGE.search(cache_control)
    return min(int(found[1]), 2**31) if found else None  # the bound of RFC 9111, 1.2.2


async def _page(response: httpx.Response) -> bytes:
    """Return the start of an error page.

    If it cannot be read, the status alone is told.
    """
    try:
        unpacker = Unpacker(response.headers.get("content-encoding"), _PAGE)
    except BadEncodingError:
        return b""
    with suppress(BadEncodingError, TooLargeError, *_FAULTS):
        async for piece in response.aiter_raw():
            unpacker.feed(piece)
    return unpacker.taken()
