"""Servers on 127.0.0.1 that answer byte for byte what a test wants.

Here are the fakes that lead a fetcher to them, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpcore

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping

PUBLIC = "93.184.216.34"
"""An address that may be fetched; ``Wires`` leads it to a server here."""

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """Spell a well-formed answer.

    An underscore in a header's name stands for a hyphen.
    """
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@dataclass(slots=True)
class Seen:
    """One request.

    Which connection it came over, counted from 0, its target, its headers by their small names.
    """

    connection: int
    target: str
    headers: dict[str, str]


@dataclass(slots=True)
class Server:
    """A running server: where it listens and what it has seen."""

    port: int = 0
    connections: int = 0
    seen: list[Seen] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Spell the address of a page here."""
        return f"http://{host}:{self.port}{path}"


@asynccontextmanager
async def serving(
    pages: Mapping[str, bytes | Script] | bytes | Script, *, unread: Script | None = None
) -> AsyncGenerator[Server]:
    """Serve answers by target, or one for every target.

    A script gets the connection once a request was read.
    With ``unread`` no request is read: that script gets each connection as it comes.
    """
    server = Server()
    running: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = server.connections
        server.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            if unread:
                await unread(reader, writer)
            while not unread:
                request = await _read_request(reader, number)
                server.seen.append(request)
                page = pages if isinstance(pages, bytes) or callable(pages) else pages[request.target]
                if callable(page):
                    await page(reader, writer)
                    break
                writer.write(page)
                await writer.drain()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await serve(reader, writer)
        except asyncio.CancelledError:
            pass  # the test is over; asyncio's streams would print a cancelled handler as an error
        finally:
            writer.transport.abort()
            running.discard(task)

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running)
        await listener.wait_closed()


async def _read_request(reader: asyncio.StreamReader, connection: int) -> Seen:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.rstrip().split("\r\n")
    headers = dict(line.split(": ", 1) for line in rest)
    return Seen(connection, first.split(" ")[1], {name.lower(): value for name, value in headers.items()})


def sends(*pieces: bytes) -> Script:
    """Send these bytes, then close."""

    async def script(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    return script


def hangs(*pieces: bytes) -> Script:
    """Send these bytes, then keep the connection open and say nothing more."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.writelines(pieces)
        await reader.read()

    return script


def drips(head: bytes, drop: bytes = b"x", every: float = 0.002) -> Script:
    """Send a beginning, then a drop every few milliseconds for ever.

    Each read succeeds, the whole never ends.
    """

    async def script(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(every)

    return script


async def resets(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer nothing and reset the connection."""
    writer.transport.abort()


class Names:
    """A name service.

    Each name has its answers in turn, the last of them for ever. It keeps what it was asked.
    """

    def __init__(self, **names: Iterable[Iterable[str]]) -> None:
        """Take the answers of each name; an underscore stands for a dot."""
        self._names = {name.replace("_", "."): list(map(list, answers)) for name, answers in names.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, _port: int) -> list[str]:
        """Answer like a resolver."""
        self.asked.append(host)
        if host not in self._names:
            raise OSError("no such name")
        answers = self._names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Wires(httpcore.AsyncNetworkBackend):
    """The wires under the checks.

    Every address leads to a server here, and each dialled one is kept.
    It stands below the code under test, so a test can give a public address and still stay on this machine. TLS is left
    out if ``plain``: the servers here have no certificate.
    """

    def __init__(self, *ports: int, dead: Iterable[str] = (), plain: bool = False) -> None:
        """Lead to these ports in turn, the last of them for ever.

        ``dead`` addresses refuse connections.
        """
        self._ports = list(ports)
        self._dead = frozenset(dead)
        self._plain = plain
        self._real = httpcore.AnyIOBackend()
        self.dialled: list[tuple[str, int]] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a server here instead."""
        self.dialled.append((host, port))
        if host in self._dead:
            raise httpcore.ConnectError("refused")
        here = self._ports.pop(0) if len(self._ports) > 1 else self._ports[0]
        stream = await self._real.connect_tcp("127.0.0.1", here, timeout, local_address, socket_options)
        return _Plain(stream) if self._plain else stream


class _Plain(httpcore.AsyncNetworkStream):
    """A stream that calls itself encrypted."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(self, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        return self

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class Time:
    """A clock that goes on only when someone sleeps.

    It keeps every sleep.
    """

    def __init__(self) -> None:
        """Start at a moment like any other."""
        self.moment = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Tell the seconds."""
        return self.moment

    async def sleep(self, seconds: float) -> None:
        """Let the seconds pass at once."""
        self.slept.append(seconds)
        self.moment += seconds
