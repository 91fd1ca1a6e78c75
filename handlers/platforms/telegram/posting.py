"""Posts JSON over kept connections.

The one request that is made for each chat, without a whole HTTP client around it.
Measured: of the 315 µs of CPU that a push costs through the client 140 go away. Everything else (files, proxies, what
is waited for) goes through the client.
"""

from __future__ import annotations

import asyncio
import errno
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from telegram.error import NetworkError

if TYPE_CHECKING:
    from yarl import URL

LONGEST_HEAD = 1 << 16
LONGEST_BODY = 1 << 24
KEPT = 15.0
"""Seconds that a connection without work is used again: servers close theirs after a minute or so."""
_END = b"\r\n\r\n"
_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
_LAST = b"0\r\n\r\n"
_HEAD = (
    b"POST %b HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\nUser-Agent: khobor\r\nAccept: */*\r\n"
    b"Content-Length: "
)


class PostNotSentError(NetworkError):
    """The request certainly was not carried out."""


class PostDoubtfulError(NetworkError):
    """The request left, and nobody knows whether it was carried out."""


class PostAnswer(NamedTuple):
    """The status and the body of an answer."""

    status: int
    body: bytes


class KeptConnection(asyncio.Protocol):
    """One connection: a request at a time.

    Each is answered within so many seconds.
    """

    def __init__(self, within: float) -> None:
        """Wait no longer than ``within`` for an answer."""
        self._within = within
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[PostAnswer] | None = None
        self._read = b""
        self._needed = 0  # bytes until it is worth reading on
        self._watch: asyncio.TimerHandle | None = None
        self._deadline = 0.0
        self.idle_since = 0.0
        self.reusable = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """End what waits.

        It ends with what was read, if that was to end with the connection.
        """
        self.reusable = False
        if self._watch is not None:
            self._watch.cancel()
        waiting = self._waiting
        if waiting is not None and not waiting.done():
            with suppress(ValueError):
                if exc is None and (answer := _answer(self._read, ended=True)) is not None:
                    waiting.set_result(answer)
                    return
            waiting.set_exception(exc or ConnectionResetError("closed"))

    def data_received(self, data: bytes) -> None:
        """Read on; what nobody waits for is nothing of ours."""
        waiting = self._waiting
        if waiting is None or waiting.done():
            self.close()
            return
        self._read = self._read + data if self._read else data
        if len(self._read) < self._needed:
            return
        try:
            answer = _answer(self._read)
        except ValueError as error:
            waiting.set_exception(error)
            self.close()
            return
        if answer is None:
            self._needed = _needed(self._read)
        else:
            self.reusable = b"\r\nconnection: close" not in self._read.partition(_END)[0].lower()
            waiting.set_result(answer)

    async def ask(self, request: bytes) -> PostAnswer:
        """Send a request and return its answer.

        Raises:
            OSError, ValueError: nobody knows what became of it.
        """
        if self._transport is None:
            raise ConnectionResetError("never connected")
        self._waiting, self._read, self._needed = self._loop.create_future(), b"", 0
        self._deadline = self._loop.time() + self._within
        if self._watch is None:
            self._look()
        self._transport.write(request)
        try:
            return await self._waiting
        except BaseException:
            # Its answer would be taken for the next one's.
            self.close()
            raise
        finally:
            self._waiting = None
            self.idle_since = self._loop.time()

    def close(self) -> None:
        """Give the connection up."""
        self.reusable = False
        if self._transport is not None:
            self._transport.abort()

    def _look(self) -> None:
        """Give up what is late.

        One timer for all requests of a connection, that mostly only sets itself again.
        """
        late, waiting = self._loop.time() >= self._deadline, self._waiting
        if late and waiting is not None and not waiting.done():
            waiting.set_exception(TimeoutError())
        self._watch = None if late else self._loop.call_at(self._deadline, self._look)


class Posting:
    """Posts to one server, over few connections.

    More requests wait for one of them.
    """

    def __init__(self, origin: URL, connections: int, *, connect_within: float, answered_within: float) -> None:
        """Open nothing yet."""
        self._origin = origin
        self._host = (origin.host_port_subcomponent or "").encode()
        self._places: asyncio.LifoQueue[KeptConnection | None] = asyncio.LifoQueue()
        for _ in range(connections):
            self._places.put_nowait(None)
        self._connect_within = connect_within
        self._answered_within = answered_within
        self._lines: set[KeptConnection] = set()

    async def post(self, path: bytes, body: bytes) -> PostAnswer:
        """Post JSON and return the answer.

        Raises:
            NotSentError: it was certainly not carried out.
            DoubtfulError: it may have been.
        """
        line = await self._places.get() if self._places.empty() else self._places.get_nowait()
        try:
            line = self._still_open(line) or await self._connected()
            head = _HEAD % (path, self._host)
            return await line.ask(b"%b%d%b%b" % (head, len(body), _END, body))
        except (OSError, ValueError) as error:
            raise PostDoubtfulError(error_name(error)) from None
        finally:
            if line is not None and not line.reusable:
                self._lines.discard(line)
                line = None
            self._places.put_nowait(line)

    def close(self) -> None:
        """Close all connections."""
        for line in self._lines:
            line.close()
        self._lines.clear()

    def _still_open(self, line: KeptConnection | None) -> KeptConnection | None:
        """Return a kept connection; None if it has to be opened anew."""
        if line is None:
            return None
        if line.reusable and asyncio.get_running_loop().time() - line.idle_since < KEPT:
            return line
        line.close()
        self._lines.discard(line)
        return None

    async def _connected(self) -> KeptConnection:
        origin, loop = self._origin, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._connect_within):
                _, line = await loop.create_connection(
                    lambda: KeptConnection(self._answered_within),
                    origin.raw_host or "",
                    origin.port or 0,
                    ssl=True if origin.scheme == "https" else None,
                    happy_eyeballs_delay=0.25,
                )
        except OSError as error:
            raise PostNotSentError(f"no connection: {error_name(error)}") from None
        self._lines.add(line)
        return line


def _answer(read: bytes, *, ended: bool = False) -> PostAnswer | None:
    """Read an answer; None if more has to come.

    Raises:
        ValueError: it is no HTTP.
    """
    head, found, body = read.partition(_END)
    if len(head) > LONGEST_HEAD or (not read.startswith(b"HTTP/1.") and len(read) > len(b"HTTP/1.")):
        raise ValueError("no HTTP")
    while found and head[9:10] == b"1":  # a word on the way: the answer comes behind it
        head, found, body = body.partition(_END)
    if not found:
        return None
    status, fields = int(head[9:12]), head.lower()
    if status in _BODILESS:
        return PostAnswer(status, b"")
    if b"\r\ntransfer-encoding: chunked" in fields:
        whole = _unchunked(body) if body.endswith(_LAST) else None
        return None if whole is None else PostAnswer(status, whole)
    _, has_length, length = fields.partition(b"\r\ncontent-length:")
    if not has_length:
        return PostAnswer(status, body) if ended else None
    size = int(length.partition(b"\r\n")[0])
    if not 0 <= size <= LONGEST_BODY:
        raise ValueError("too long")
    return PostAnswer(status, body[:size]) if len(body) >= size else None


def _needed(read: bytes) -> int:
    """Return how many bytes an answer has at least.

    A long one is not read anew with every packet.
    """
    head, found, _ = read.partition(_END)
    _, has_length, length = head.lower().partition(b"\r\ncontent-length:")
    return len(head) + len(_END) + int(length.partition(b"\r\n")[0]) if found and has_length else 0


def _unchunked(body: bytes) -> bytes | None:
    whole: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at)) >= 0:
        size = int(body[at:end].partition(b";")[0], 16)
        begin = end + 2
        if len(body) < begin + size + 2:
            return None
        if size == 0:
            return b"".join(whole)
        whole.append(body[begin : begin + size])
        at = begin + size + 2
    if len(body) > LONGEST_BODY:
        raise ValueError("too long")
    return None


def error_name(error: Exception) -> str:
    """Name an error without its text, in which the address may stand."""
    code = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    return f"{type(error).__name__} {code}" if code else type(error).__name__
