"""A pooler in transaction mode.

Each transaction is given the server's connection that was given back last.
"""

from __future__ import annotations

import asyncio
import struct
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]

_READY, _IDLE = b"Z", b"I"


class Pooler:
    """Lends connections of a server."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._free: list[Line] = []
        self._writers: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it leaves."""
        self._writers.add(writer)
        (length,) = struct.unpack("!I", await reader.readexactly(4))
        hello = struct.pack("!I", length) + await reader.readexactly(length - 4)
        if length == 8:
            # It asks for encryption; there is none.
            writer.write(b"N")
            (length,) = struct.unpack("!I", await reader.readexactly(4))
            hello = struct.pack("!I", length) + await reader.readexactly(length - 4)
        there, away = await asyncio.open_connection(*self._there)
        self._writers.add(away)
        away.write(hello)
        await self._answer(there, writer)
        self._free.append((there, away))
        while asked := await reader.read(65536):
            if asked[:1] == b"X":
                break
            lent = self._free.pop()
            lent[1].write(asked)
            while await self._answer(lent[0], writer) != _IDLE:
                lent[1].write(await reader.read(65536))
            self._free.append(lent)
        writer.close()

    @staticmethod
    async def _answer(there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """Carry an answer to its end; return how the transaction stands."""
        while True:
            kind = await there.readexactly(1)
            head = await there.readexactly(4)
            body = await there.readexactly(struct.unpack("!I", head)[0] - 4)
            writer.write(kind + head + body)
            if kind == _READY:
                return body

    def end(self) -> None:
        """Close everything."""
        for writer in self._writers:
            writer.transport.abort()


@asynccontextmanager
async def a_pooler(address: str) -> AsyncIterator[str]:
    """Put a pooler before a server; return its address."""
    parts = urlsplit(address)
    pooler = Pooler(parts.hostname or "127.0.0.1", parts.port or 5432)
    server = await asyncio.start_server(pooler.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield urlunsplit(parts._replace(netloc=f"{parts.username or ''}@127.0.0.1:{port}"))
    finally:
        server.close()
        pooler.end()
