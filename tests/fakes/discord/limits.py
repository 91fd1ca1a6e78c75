"""How many requests the API takes.

There are limits for each route and channel, and over all of them. They are counted in real seconds: whoever is told to
wait really waits.
"""

from __future__ import annotations

import hashlib
import math
import time
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Limit(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    seconds: float


ROOMY = Limit(1000, 1.0)
USUAL = Limit(50, 1.0)
GLOBAL = Limit(50, 1.0)
INVALID = Limit(10_000, 600.0)
MESSAGES = "/channels/{channel}/messages"
STRICT = {
    f"POST {MESSAGES}": Limit(5, 5.0),
    f"PATCH {MESSAGES}/{{message}}": Limit(5, 5.0),
    f"DELETE {MESSAGES}/{{message}}": Limit(5, 1.0),
    f"POST {MESSAGES}/{{message}}/crosspost": Limit(10, 3600.0),
    "POST /webhooks/{webhook}/{token}": Limit(5, 2.0),
}


@dataclass
class _Window:
    left: int
    until: float


class Buckets:
    """A window for each route and channel.

    It begins with a request, and is full again when it ends.
    """

    def __init__(self, *, strict: bool) -> None:
        self.per_route: dict[str, Limit] = dict(STRICT) if strict else {}
        self._otherwise = USUAL if strict else ROOMY
        self._windows: dict[tuple[str, str], _Window] = {}

    def take(self, route: str, major: str, now: float) -> tuple[float, dict[str, str]]:
        """Count a request; return how long it has to wait (0.

        Not at all) and what its answer's headers say.
        """
        limit = self.per_route.get(route, self._otherwise)
        window = self._windows.get((route, major))
        if window is None or window.until <= now:
            window = self._windows[route, major] = _Window(limit.requests, now + limit.seconds)
        wait = window.until - now if window.left < 1 else 0.0
        window.left = max(0, window.left - 1)
        return wait, {
            "X-RateLimit-Bucket": hashlib.blake2b(route.encode(), digest_size=16).hexdigest(),
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(window.left),
            "X-RateLimit-Reset": f"{time.time() + window.until - now:.3f}",
            "X-RateLimit-Reset-After": f"{rounded(window.until - now):.3f}",
        }


class Sliding:
    """At most so many in any so many seconds."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Count one, or return how long it has to wait."""
        while self._times and now - self._times[0] >= self._limit.seconds:
            self._times.popleft()
        if len(self._times) >= self._limit.requests:
            return self._times[0] + self._limit.seconds - now
        self._times.append(now)
        return 0.0


def rounded(wait: float) -> float:
    """Return milliseconds, never too few.

    A client that waits that long is not to come too soon.
    """
    return math.ceil(wait * 1000) / 1000


def busiest(times: Iterable[float], seconds: float = 1.0) -> int:
    """Return how many there were at most within any so many seconds."""
    known = sorted(times)
    return max((place + 1 - bisect_left(known, at - seconds + 1e-9) for place, at in enumerate(known)), default=0)
