"""A server on 127.0.0.1 that answers as a test says.

It keeps the requests.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"  # noqa: S105 - nobody's
ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Khobor", "username": "khobor_bot"}}
STEPS = 10
"""Turns of the loop from a connection that knocks to whoever takes it."""
SENT = {"ok": True, "result": {"message_id": 5}}


class Request(NamedTuple):
    """What came: method, target, headers by their small names, body."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Script


@dataclass(slots=True)
class Server:
    """A running server, what it has seen, and what it answers.

    The end of the target chooses the answer, else all get the same.
    """

    answers: dict[str, Answer]
    otherwise: Answer
    port: int = 0
    connections: int = 0
    seen: list[Request] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base(self) -> str:
        """The address that a bot is given."""
        return f"http://127.0.0.1:{self.port}/bot"

    def url(self, method: str = "SendMessage") -> str:
        """The address of a method, with the token in it."""
        return f"{self.base}{TOKEN}/{method}"

    def answer(self, target: str) -> Answer:
        """Choose the answer to a request."""
        return self.answers.get(target.rpartition("/")[2], self.otherwise)


def said(body: bytes | object, status: int = 200, **headers: str) -> bytes:
    """Spell an answer; what is no bytes is written as JSON."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(written)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + written


def refused(status: int, description: str, **parameters: int) -> bytes:
    """Spell a refusal in the Bot API's own words."""
    words = {"ok": False, "error_code": status, "description": description}
    return said({**words, "parameters": parameters} if parameters else words, status)


async def cut(writer: asyncio.StreamWriter) -> None:
    """Break the connection off without an answer."""
    writer.transport.abort()


async def silent(writer: asyncio.StreamWriter) -> None:
    """Say nothing until the other side goes."""
    await writer.wait_closed()


def begun(beginning: bytes) -> Script:
    """Begin an answer, and break off."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        await writer.drain()
        writer.close()

    return script


@asynccontextmanager
async def serving(otherwise: Answer, *, unread: bool = False, **answers: Answer) -> AsyncGenerator[Server]:
    """Serve; ``unread``: connections are taken, but nothing is read from them."""
    server = Server({"getMe": said(ME), **answers}, otherwise)
    writers: set[asyncio.StreamWriter] = set()
    answering: set[asyncio.Task[None]] = set()

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                await _serve(server, await _request(reader), writer)

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        writers.add(writer)
        if not unread:  # else the reader stops the connection by itself once it holds twice its limit
            answering.add(asyncio.create_task(answered(reader, writer)))

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await _turns()
        for writer in writers:
            writer.transport.abort()
        await asyncio.gather(*answering)
        await _turns()
        await listener.wait_closed()


async def _turns() -> None:
    """Let the loop finish connections half taken or half closed.

    Those left to the end of the loop are warned of in whatever test runs when they are found.
    """
    for _ in range(STEPS):
        await asyncio.sleep(0)


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.rstrip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
    method, target, _ = first.split(" ")
    return Request(method, target, headers, await reader.readexactly(int(headers.get("content-length", 0))))


async def _serve(server: Server, request: Request, writer: asyncio.StreamWriter) -> None:
    server.seen.append(request)
    server.came.set()
    answer = server.answer(request.target)
    if not isinstance(answer, bytes):
        await answer(writer)
        raise ConnectionError
    writer.write(answer)
    await writer.drain()
