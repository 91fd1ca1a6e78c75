"""Counts Discord's limits.

There is a bucket for each route and channel, and a limit of refused requests. It does no I/O.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery.throttle import asked_wait

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = 20_000
"""Buckets that are remembered; one that was forgotten is learnt again from its next answer."""
_DIGITS = 9
REFUSED_WITHIN = 600.0
MOST_REFUSED = 1_000
"""Discord shuts out an address after 10,000 answers of 401, 403 or 429 in ten minutes; all else of its may share it."""


@dataclass(slots=True)
class _Bucket:
    left: int
    until: float


class Buckets:
    """Counts how much is left of each bucket.

    The platform's answers say it. Moments are seconds of any clock.
    """

    def __init__(self) -> None:
        """Begin knowing none."""
        self._names: dict[str, str] = {}
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def take(self, route: str, channel: str, now: float) -> float:
        """Count a request on a route, or return the seconds to wait.

        A request that has to wait is not counted.
        """
        bucket = self._buckets.get(self._bucket_id(route, channel))
        if bucket is None or bucket.until <= now:
            return 0.0
        if bucket.left <= 0:
            return bucket.until - now
        bucket.left -= 1
        return 0.0

    def learn(self, route: str, channel: str, headers: Mapping[str, str], now: float) -> None:
        """Take what an answer's headers say."""
        name, left, after = (headers.get(f"X-RateLimit-{what}") for what in ("Bucket", "Remaining", "Reset-After"))
        if name is not None:
            self._names[route] = name
        if left is None or after is None or not left.isdecimal():
            return
        bucket_id, until = self._bucket_id(route, channel), now + asked_wait(after)
        known = self._buckets.get(bucket_id)
        # Answers may overtake each other: within one window the least that is left counts.
        current = known is not None and known.until > now
        told = int(left[:_DIGITS])
        self._buckets[bucket_id] = _Bucket(min(told, known.left) if known and current else told, until)
        self._buckets.move_to_end(bucket_id)
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)

    def exhaust(self, route: str, channel: str, wait: float, now: float) -> None:
        """Say that the platform asked to wait."""
        self._buckets[self._bucket_id(route, channel)] = _Bucket(0, now + wait)

    def _bucket_id(self, route: str, channel: str) -> tuple[str, str]:
        return self._names.get(route, route), channel


class Refusals:
    """Counts answers that Discord holds against an address.

    It says when to keep quiet.
    """

    def __init__(self, most: int = MOST_REFUSED, within: float = REFUSED_WITHIN) -> None:
        """Let ``most`` go in so many seconds."""
        self._most = most
        self._within = within
        self._times: deque[float] = deque()

    def note(self, now: float) -> None:
        """Count one."""
        self._times.append(now)

    def wait(self, now: float) -> float:
        """Return how many seconds to send nothing; 0 while there are few."""
        while self._times and now - self._times[0] >= self._within:
            self._times.popleft()
        over = len(self._times) - self._most
        return self._times[over] + self._within - now if over >= 0 else 0.0
