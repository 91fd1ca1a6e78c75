"""The hub that the line protocol talks to.

Chats, what lies in them, and the trouble that a test asks for.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PATIENT = 30.0
LONGEST_LINE = 1 << 20


@dataclass
class FakeHub:
    """Answers one bot."""

    port: int = 0
    lies: dict[str, dict[str, str]] = field(default_factory=dict)
    troubles: list[dict[str, Any]] = field(default_factory=list)
    """What the next requests are answered with; {} breaks an answer off."""
    count: int = 0
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    writer: asyncio.StreamWriter | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests until the bot goes."""
        self.writer = writer
        self.bell.set()
        while line := await reader.readline():
            answer = self.troubles.pop(0) if self.troubles else self._do(json.loads(line))
            writer.write(json.dumps(answer).encode() + b"\n")
            self.bell.set()
        writer.close()

    def _do(self, asked: dict[str, Any]) -> dict[str, Any]:
        chat = self.lies.setdefault(asked["chat"], {})
        if asked["do"] == "post":
            self.count += 1
            chat[str(self.count)] = asked["text"]
            return {"id": self.count}
        if asked["id"] not in chat:
            return {"error": "lost"}
        if asked["do"] == "edit":
            chat[asked["id"]] = asked["text"]
        else:
            del chat[asked["id"]]
        return {"id": asked["id"]}

    async def says(self, chat: str, text: str) -> None:
        """Let somebody say something in their chat."""
        await self.until(lambda: self.writer is not None)
        assert self.writer is not None
        self.writer.write(json.dumps({"chat": chat, "person": chat, "text": text}).encode() + b"\n")

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that the bot does."""
        async with asyncio.timeout(PATIENT):
            while not happened():
                self.bell.clear()
                await self.bell.wait()


@asynccontextmanager
async def a_hub() -> AsyncIterator[FakeHub]:
    """Open a hub on a free port."""
    hub = FakeHub()
    server = await asyncio.start_server(hub.serve, "127.0.0.1", 0, limit=LONGEST_LINE)
    hub.port = server.sockets[0].getsockname()[1]
    async with server:
        yield hub
        if hub.writer is not None:
            hub.writer.close()
