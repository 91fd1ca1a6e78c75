"""Dials public addresses only, below each fetch.

It is httpx's transport over a pool. Private networks stay out of reach because the pool dials through ``_Checked``: it
resolves a name once for each connection, refuses it unless every address is public, and connects to an address it
checked. The URL is never rewritten, so SNI, the Host header, certificates and the reuse of connections all go by the
name.
"""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import httpcore
import httpx

from bot.sources.addresses import Allow, check_resolved, literal
from bot.sources.failure import FetchError, Reason

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Generator

Resolver = Callable[[str, int], Awaitable[Iterable[str]]]
"""Host and port to IP addresses as text; raises OSError for a name that has none."""

_KEPT_ALIVE = 15.0  # seconds: some gaps of politeness, so that pages fetched one after another share a connection
_TRIES = 4  # addresses dialled before a name counts as unreachable


class Transport(httpx.AsyncBaseTransport):
    """Carries httpx's requests.

    It fails in httpcore's words, and with FetchError for names and addresses.
    """

    def __init__(
        self, allow: Allow, resolver: Resolver, seconds: float, network: httpcore.AsyncNetworkBackend | None
    ) -> None:
        """Dial what ``allow`` and the public network hold.

        A name is looked up for at most ``seconds``.
        """
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_tls(),
            max_connections=None,  # else a hundred hosts that hang would make the others wait
            keepalive_expiry=_KEPT_ALIVE,
            http2=False,
            network_backend=_Checked(allow, resolver, seconds, network or httpcore.AnyIOBackend()),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body.

        The answer's body is still to be read.
        """
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        response = httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))
        # latin-1 is the only reading that gives every byte of an ETag back as it was.
        response.headers.encoding = "latin-1"
        return response

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it comes, packed or not."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


async def resolve(host: str, port: int) -> list[str]:
    """Look a name up as this system does.

    A thread does it, and is left behind if the wait is cancelled.

    Raises:
        OSError: the name has no address, or no name server answers.
    """
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await anyio.to_thread.run_sync(look_up, abandon_on_cancel=True)
    return [str(sockaddr[0]) for *_, sockaddr in found]


class _Checked(httpcore.AsyncNetworkBackend):
    """Connects to public and allowed addresses only.

    It looks the name up for each connection.
    """

    def __init__(self, allow: Allow, resolver: Resolver, seconds: float, network: httpcore.AsyncNetworkBackend) -> None:
        self._allow = allow
        self._resolver = resolver
        self._seconds = seconds
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = check_resolved(host, port, await self._look_up(host, port), self._allow)[:_TRIES]
        ends = anyio.current_time() + (timeout or 0.0)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            share = None if timeout is None else max(ends - anyio.current_time(), 0.0) / left
            try:
                return _Stream(await self._network.connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    async def _look_up(self, host: str, port: int) -> Iterable[str]:
        if literal(host) is not None:
            return [host]
        try:
            with anyio.fail_after(self._seconds):
                return await self._resolver(host, port)
        except TimeoutError as error:
            raise FetchError(Reason.TIMEOUT, f"No name server answers for {host}") from error
        except OSError as error:
            raise FetchError(Reason.UNREACHABLE, f"The name {host} has no address") from error


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that fails in httpcore's words only.

    It is closed when its TLS handshake fails or is cancelled.
    httpcore 1.0.9 leaves both to chance: an ssl.SSLError in the middle of a body passes it unmapped, and a handshake
    that is cancelled leaves its socket open.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    # ASYNC109 asks for no parameter named timeout; this is httpcore's interface.
    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        with _faults_as(httpcore.ReadError):
            return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        with _faults_as(httpcore.WriteError):
            await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        with _faults_as(httpcore.NetworkError):
            await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            with _faults_as(httpcore.ConnectError):
                return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._inner.aclose()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


@contextmanager
def _faults_as(raised: type[httpcore.NetworkError]) -> Generator[None]:
    # ssl.SSLError is an OSError; a name that TLS cannot carry is a ValueError.
    try:
        yield
    except (OSError, ValueError, anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError) as error:
        raise raised(str(error)) from error
