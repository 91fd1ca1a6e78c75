"""One connection to the gateway.

Messages go out in order, compressed if that was asked for.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiohttp import web

    from tests.fakes.discord.sessions import Session


class Connection:
    """A socket and what is to be sent on it."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.path = request.path
        self.query = dict(request.query)
        self.session: Session | None = None
        self.dropped = False
        """Whether it was we who ended it."""
        self.heard = 0
        self._request = request
        self._socket = socket
        self._deflate = zlib.compressobj() if self.query.get("compress") == "zlib-stream" else None
        self._line: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def send(self, op: int, data: object = None) -> None:
        """Put something in line that is no event."""
        self._line.put_nowait({"t": None, "s": None, "op": op, "d": data})

    def tell(self, event: dict[str, Any]) -> None:
        """Put an event in line."""
        self._line.put_nowait(event)

    async def write(self) -> None:
        """Send what is in line, for as long as somebody listens."""
        try:
            while True:
                await self._send(json.dumps(await self._line.get()))
        except ConnectionError:
            return

    async def close(self, code: int) -> None:
        """End it with a code."""
        self.leave()
        await self._socket.close(code=code)

    def cut(self) -> None:
        """End it without a word."""
        self.leave()
        if self._request.transport is not None:
            self._request.transport.abort()

    def leave(self) -> None:
        """Send no more events of its session here."""
        self.dropped = True
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def _send(self, text: str) -> None:
        if self._deflate is None:
            await self._socket.send_str(text)
        else:
            packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(packed)
