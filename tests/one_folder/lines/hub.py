"""The connection to a hub: a JSON line each way."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANSWERED_WITHIN = 10.0
LONGEST_LINE = 1 << 20


class Hub:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Use a connection that is open."""
        self._reader = reader
        self._writer = writer
        self._asking = asyncio.Lock()
        self._answers: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._said: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    @classmethod
    @asynccontextmanager
    async def connected(cls, port: int) -> AsyncIterator[Hub]:
        """Connect to the hub at a local port."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LONGEST_LINE)
        hub = cls(reader, writer)
        reading = asyncio.create_task(hub._read())
        try:
            yield hub
        finally:
            reading.cancel()
            writer.close()

    async def ask(self, **request: object) -> dict[str, Any]:
        """Send a request and return its answer; errors mean doubt."""
        async with self._asking, asyncio.timeout(ANSWERED_WITHIN):
            self._writer.write(json.dumps(request, ensure_ascii=False).encode(errors="replace") + b"\n")
            await self._writer.drain()
            answer = await self._answers.get()
        if answer is None:
            raise ConnectionError("no answer")
        return answer

    async def said(self) -> AsyncIterator[dict[str, Any]]:
        """Yield what people say."""
        while (said := await self._said.get()) is not None:
            yield said

    async def _read(self) -> None:
        while line := await self._reader.readline():
            told = json.loads(line)
            await (self._said if "text" in told else self._answers).put(told or None)
        await self._said.put(None)
        await self._answers.put(None)
