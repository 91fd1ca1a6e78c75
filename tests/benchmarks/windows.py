"""A platform with a strict window, in a process of its own.

The 31st request of one second is refused with 429. python -m tests.benchmarks.windows prints its port, serves this
machine only, and ends when told to or after five minutes.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque

LIMIT = 30
"""Requests that may arrive in any one second."""
LIFE = 300.0
"""Seconds after which it ends by itself."""
_END = b"\r\n\r\n"


class Window:
    """Takes or refuses by when a request arrived.

    A refused request is not counted, which is the kinder reading.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._taken: deque[float] = deque()

    def takes(self, now: float) -> bool:
        """Say whether what arrived ``now`` is taken."""
        while self._taken and now - self._taken[0] >= 1.0:
            self._taken.popleft()
        if len(self._taken) >= LIMIT:
            return False
        self._taken.append(now)
        return True


class Connection(asyncio.Protocol):
    """Answers requests at once, one after the other, and keeps the connection."""

    def __init__(self, window: Window) -> None:
        """Count in ``window``."""
        self._window = window
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._unread += data
        while (size := _size(self._unread)) is not None and self._transport is not None:
            self._unread = self._unread[size:]
            taken = self._window.takes(asyncio.get_running_loop().time())
            self._transport.write(_answer(taken=taken))


def _size(unread: bytes) -> int | None:
    """Return how long the first request is.

    If all of it is there.
    """
    head, end, _ = unread.partition(_END)
    if not end:
        return None
    lengths = [line.partition(b":")[2] for line in head.lower().splitlines() if line.startswith(b"content-length:")]
    size = len(head) + len(end) + int(lengths[0] if lengths else 0)
    return size if len(unread) >= size else None


def _answer(*, taken: bool) -> bytes:
    refusal = {"ok": False, "error_code": 429, "parameters": {"retry_after": 1}}
    body = json.dumps({"ok": True, "result": {"message_id": 1}} if taken else refusal).encode()
    status = b"200 OK" if taken else b"429 Too Many Requests"
    return b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


async def _serve() -> None:
    window = Window()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(window), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.sleep(LIFE)


if __name__ == "__main__":
    asyncio.run(_serve())
