"""A platform on a bad day, in a process of its own.

It is slow, fails and swallows answers, by chance from a fixed seed. python -m tests.benchmarks.crash_stub SEED
[--idempotent] prints its port; `/report` tells what it took under each key. With --idempotent a key that it knows gets
the first message's number, and no second copy.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import defaultdict
from enum import Enum, auto
from typing import TYPE_CHECKING

from tests.benchmarks.loopback import serve

if TYPE_CHECKING:
    from tests.benchmarks.loopback import Connection

SLOWEST = 0.02
"""Seconds until an answer."""
WAITS = (1, 4)
"""Seconds, of the sender's time, that a 429 asks for."""
_HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
_BUSY = b'{"ok":false,"error_code":500,"description":"Internal Server Error"}'


class Mood(Enum):
    """What becomes of a request."""

    WELL = auto()
    BUSY = auto()
    """Refused, in the platform's own words."""
    LATE_502 = auto()
    """Taken; then something in between says 502."""
    EARLY_502 = auto()
    LATE_RESET = auto()
    """Taken, and the connection broken off."""
    EARLY_RESET = auto()
    SILENT = auto()
    """Taken, never answered."""
    SLOW_DOWN = auto()


WEIGHTS = {
    Mood.WELL: 849,
    Mood.BUSY: 50,
    Mood.LATE_502: 20,
    Mood.EARLY_502: 15,
    Mood.LATE_RESET: 20,
    Mood.EARLY_RESET: 20,
    Mood.SILENT: 25,
    Mood.SLOW_DOWN: 1,
}
"""A tenth of the answers are lost; with a fifth the sender's breaker would open, which is another test."""
TAKEN = frozenset({Mood.WELL, Mood.LATE_502, Mood.LATE_RESET, Mood.SILENT})


class Platform:
    """What it took, and how it answers."""

    def __init__(self, seed: int, *, idempotent: bool) -> None:
        """Begin with nothing."""
        self._chance = random.Random(seed)  # noqa: S311 - the same bad day every time
        self._idempotent = idempotent
        self._taken: defaultdict[str, list[int]] = defaultdict(list)
        self._messages = 0
        self._withheld = 0
        self._unheard = 0

    def handle(self, connection: Connection, path: bytes, body: bytes) -> None:
        """Take or refuse a message now, and answer a little later."""
        if path == b"/report":
            report = {"taken": self._taken, "withheld": self._withheld, "unheard": self._unheard}
            connection.answer(json.dumps(report).encode())
            return
        mood = self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        number = self._take(json.loads(body)["key"]) if mood in TAKEN else 0
        self._withheld += mood in TAKEN and mood is not Mood.WELL
        delay = self._chance.uniform(0, SLOWEST)
        asyncio.get_running_loop().call_later(delay, self._answer, connection, mood, number)

    def _take(self, key: str) -> int:
        known = self._taken[key]
        if known and self._idempotent:
            return known[0]
        self._messages += 1
        known.append(self._messages)
        return self._messages

    def _answer(self, connection: Connection, mood: Mood, number: int) -> None:
        if mood is Mood.WELL and not connection.alive:
            self._unheard += 1
        match mood:
            case Mood.WELL:
                connection.answer(b'{"ok":true,"result":{"message_id":%d}}' % number)
            case Mood.BUSY:
                connection.answer(_BUSY, b"500 Internal Server Error")
            case Mood.LATE_502 | Mood.EARLY_502:
                connection.answer(_HTML, b"502 Bad Gateway")
            case Mood.LATE_RESET | Mood.EARLY_RESET:
                connection.reset()
            case Mood.SLOW_DOWN:
                wait = self._chance.randint(*WAITS)
                body = {"ok": False, "error_code": 429, "parameters": {"retry_after": wait}}
                connection.answer(json.dumps(body).encode(), b"429 Too Many Requests")
            case Mood.SILENT:
                pass


if __name__ == "__main__":
    asyncio.run(serve(Platform(int(sys.argv[1]), idempotent="--idempotent" in sys.argv).handle))
