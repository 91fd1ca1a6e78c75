"""Pushes and replies against a window of 30 a second.

Beside the usual way: a token bucket of 30.
Each refused message is sent again a second later, as it was told. Takes about two seconds for each 30 messages.

python -m tests.benchmarks.paced [--json] [--pushes N] [--replies N]
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.delivery.pacing import Pacer
from bot.ports.platform import Pace
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.windows import LIMIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

LONGER = 1.03
"""Times the least time that so many messages can take."""
REPLY_WITHIN = 0.3
SENDERS = 30
AGAIN = 1.0
UNLIMITED = 100_000
_BODY = json.dumps({"chat_id": 1, "text": "নদীর ঘাটে নতুন সেতু খুলছে শুক্রবার"}).encode()
_REQUEST = (
    b"POST /sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)
)


class Way(Protocol):
    """A way to keep to the pace."""

    def push(self) -> AbstractAsyncContextManager[None]:
        """Wait for a push's turn."""

    def reply(self) -> AbstractAsyncContextManager[None]:
        """Wait for a reply's turn."""


class Bucket:
    """The usual way: 30 tokens, 30 new ones a second, replies first."""

    def __init__(self) -> None:
        """Begin full."""
        self._tokens, self._filled = float(LIMIT), time.monotonic()
        self._replies = 0

    @asynccontextmanager
    async def push(self) -> AsyncIterator[None]:
        """Wait for a token that no reply wants."""
        while self._replies or not self._take():
            await self._refill()
        yield

    @asynccontextmanager
    async def reply(self) -> AsyncIterator[None]:
        """Wait for a token."""
        self._replies += 1
        while not self._take():
            await self._refill()
        self._replies -= 1
        yield

    async def _refill(self) -> None:
        await asyncio.sleep(max(0.001, (1 - self._tokens) / LIMIT))

    def _take(self) -> bool:
        now = time.monotonic()
        self._tokens = min(float(LIMIT), self._tokens + (now - self._filled) * LIMIT)
        self._filled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


@dataclass
class Client:
    """A minimal HTTP client.

    Connections that are kept, one request at a time on each.
    """

    port: int
    stack: AsyncExitStack
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def post(self) -> bool:
        """Send a message; return whether it was taken."""
        reader, writer = self.idle.pop() if self.idle else await self._connect()
        writer.write(_REQUEST)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split()[0]))
        self.idle.append((reader, writer))
        return head.startswith(b"HTTP/1.1 200")

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.stack.callback(writer.close)
        return reader, writer


@dataclass
class Run:
    """What one way did."""

    way: Way
    client: Client
    refused: int = 0
    waited: list[float] = field(default_factory=list)

    async def push(self, numbers: Iterator[int]) -> None:
        """Push one after the other, as long as there are some."""
        for _ in numbers:
            await self._arrive(self.way.push)

    async def reply(self, moment: float) -> None:
        """Reply at ``moment``, and note how long it took to arrive."""
        await asyncio.sleep(moment)
        begin = time.perf_counter()
        await self._arrive(self.way.reply)
        self.waited.append(time.perf_counter() - begin)

    async def _arrive(self, turn: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        while not await self._post(turn):
            self.refused += 1
            await asyncio.sleep(AGAIN)

    async def _post(self, turn: Callable[[], AbstractAsyncContextManager[None]]) -> bool:
        async with turn():
            return await self.client.post()


@dataclass(frozen=True)
class Measured:
    """What one way came to."""

    refused: int
    elapsed: float
    replied: float
    """The 95th percentile, in seconds."""


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, pushes=900, replies=60)
    least = (asked.pushes + asked.replies) / LIMIT
    paced = asyncio.run(_run(Pacer(Pace(per_second=LIMIT)), asked.pushes, asked.replies))
    usual = asyncio.run(_run(Bucket(), asked.pushes, asked.replies))
    ratio = paced.elapsed / least
    result = Result(
        name="paced",
        sizes={"pushes": asked.pushes, "replies": asked.replies},
        figures={
            "least time, s": least,
            **_figures("paced", paced),
            **_figures("token bucket", usual),
            "a message without a limit, us": asyncio.run(_unlimited()),
        },
        ratio=ratio,
        aim=f"none refused, at most {LONGER:g} x the least time, replies within {REPLY_WITHIN:g} s (p95)",
        met=not paced.refused and ratio <= LONGER and paced.replied <= REPLY_WITHIN,
    )
    tell(result, as_json=asked.json)


def _figures(name: str, measured: Measured) -> dict[str, float]:
    return {
        f"{name}: refused": measured.refused,
        f"{name}: time, s": measured.elapsed,
        f"{name}: a reply's p95, ms": measured.replied * 1000,
    }


async def _run(way: Way, pushes: int, replies: int) -> Measured:
    chance = random.Random(7)  # noqa: S311 - the same moments every time
    last = 0.95 * (pushes + replies) / LIMIT
    numbers = iter(range(pushes))
    with _server() as port:
        async with AsyncExitStack() as stack:
            run = Run(way, Client(port, stack))
            begin = time.perf_counter()
            senders = (run.push(numbers) for _ in range(SENDERS))
            await asyncio.gather(*senders, *(run.reply(chance.uniform(0, last)) for _ in range(replies)))
            elapsed = time.perf_counter() - begin
    waited = sorted(run.waited)
    return Measured(run.refused, elapsed, waited[int(0.95 * len(waited))] if waited else 0.0)


@contextmanager
def _server() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-m", "tests.benchmarks.windows"], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline())
        finally:
            server.terminate()


async def _unlimited() -> float:
    """Return what a turn costs where nobody waits, in microseconds."""
    pacer = Pacer(Pace())
    begin = time.perf_counter()
    for _ in range(UNLIMITED):
        async with pacer.push():
            pass
    return (time.perf_counter() - begin) / UNLIMITED * 1e6


if __name__ == "__main__":
    main()
