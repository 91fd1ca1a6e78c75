"""Small servers for benchmarks.

They run in a process of their own, for this machine only, and end with whoever started them.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Handler = Callable[["Connection", bytes, bytes], None]

LIFE = 1800.0
"""Seconds after which a server ends by itself, whatever became of the others."""
_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Connection(asyncio.Protocol):
    """Reads HTTP/1.1 requests, one after the other, and keeps the connection.

    Its handler decides the answers.
    """

    def __init__(self, handler: Handler) -> None:
        """Let ``handler`` see each request: this connection, its path, its body."""
        self._handler = handler
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Answer nobody who has gone."""
        del exc
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Handle every request that is complete."""
        self._unread = self._unread + data if self._unread else data
        while self._unread and (request := self._next()) is not None:
            self._handler(self, *request)

    @property
    def alive(self) -> bool:
        """Whether there is still somebody to answer."""
        return self._transport is not None and not self._transport.is_closing()

    def answer(self, body: bytes, status: bytes = b"200 OK") -> None:
        """Answer the request that was read last."""
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (status, len(body), body)
            )

    def reset(self) -> None:
        """Break the connection off without an answer."""
        if self._transport is not None:
            self._transport.abort()

    def _next(self) -> tuple[bytes, bytes] | None:
        """Take one request from what was read: its path and its body."""
        end = self._unread.find(_END)
        if end < 0:
            return None
        head = self._unread[:end]
        at = head.lower().find(_LENGTH)
        size = int(head[at + len(_LENGTH) :].partition(b"\r\n")[0]) if at >= 0 else 0
        begin = end + len(_END)
        if len(self._unread) < begin + size:
            return None
        body, self._unread = self._unread[begin : begin + size], self._unread[begin + size :]
        return head.split(b" ", 2)[1], body


async def serve(handler: Handler) -> None:
    """Serve on a free port, which is printed.

    Until standard input is closed.
    """
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    server = await loop.create_server(lambda: Connection(handler), "127.0.0.1", 0)
    loop.add_reader(sys.stdin.fileno(), ended.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    try:
        async with asyncio.timeout(LIFE):
            await ended.wait()
    except TimeoutError:
        pass
    finally:
        loop.remove_reader(sys.stdin.fileno())


@contextmanager
def started(module: str, *arguments: str) -> Iterator[int]:
    """Start a server module; its port, and its end with the block."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()
