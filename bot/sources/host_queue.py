"""Keeps requests polite: one at a time per host.

A host rests between two requests.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable


@dataclass(slots=True)
class _Line:
    lock: anyio.Lock = field(default_factory=anyio.Lock)
    people: int = 0


class HostQueue:
    """Gives turns at hosts, one request at a time.

    It keeps a gap between them and remembers only hosts in use or still resting.
    """

    def __init__(self, gap: float, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._lines: dict[str, _Line] = {}
        self._ended: dict[str, float] = {}  # oldest first, so that forgetting costs nothing per host

    @asynccontextmanager
    async def turn(self, host: str, *, gap: bool) -> AsyncGenerator[None]:
        """Wait for a turn at a host; the context is the turn.

        With ``gap`` the host rests first.
        """
        line = self._lines.setdefault(host, _Line())
        line.people += 1
        try:
            async with line.lock:
                await self._rest(host, gap=gap)
                try:
                    yield
                finally:
                    self._ended.pop(host, None)
                    self._ended[host] = self._clock()
        finally:
            line.people -= 1
            if not line.people:
                del self._lines[host]

    async def rested(self, host: str) -> None:
        """Wait until a host has rested, without taking a turn."""
        await self._rest(host, gap=True)

    async def _rest(self, host: str, *, gap: bool) -> None:
        now = self._clock()
        while self._ended:
            oldest = next(iter(self._ended))
            if self._ended[oldest] + self._gap > now:
                break
            del self._ended[oldest]
        if gap and host in self._ended:
            await self._sleep(self._ended[host] + self._gap - now)
