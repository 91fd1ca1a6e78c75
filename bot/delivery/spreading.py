"""Spreads subjects over chats, window by window.

A window takes about ten milliseconds, and after each there is a gap for whoever else wants to write.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio

from bot.delivery.decide import FOLD
from bot.values.delivery import Wave
from bot.values.errors import DamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.clockwork.clock import Clock
    from bot.ports.store import Store
    from bot.values.delivery import Fanout

log = logging.getLogger(__name__)

FIRST_WIDTH = 2_000
NARROWEST = 1_000
"""Chat numbers of a window where all is slow: a slow disk or a busy machine takes long over any transaction."""
WIDEST = 5_000_000
AIM = 0.010
"""Seconds that one window should take: that long, at most twice, another writer waits."""
GAP = 0.005
"""Seconds between two windows: SQLite's wait for the file is not fair, without a gap another process starves."""


@dataclass(slots=True)
class Spread:
    """What a step came to.

    Rows written, windows, and the seconds that they took in all and at worst.
    """

    rows: int = 0
    windows: int = 0
    seconds: float = 0.0
    worst: float = 0.0


class Spreader:
    """Runs waves.

    One process at a time does so, by a lock that its owner holds.
    """

    def __init__(self, store: Store, clock: Clock, rates: Mapping[str, float | None]) -> None:
        """Spread what ``store`` has.

        ``rates`` are messages a second of each account, for what is too much for it.
        """
        self._store = store
        self._clock = clock
        self._rates = rates
        self._window = store.fanouts.window
        self._width = FIRST_WIDTH

    async def step(self) -> Spread:
        """Run every due wave to its end, the most urgent first."""
        done, others = Spread(), set[tuple[int, Wave]]()
        while waves := [one for one in await self._store.fanouts.pending(self._clock()) if _wave(one) not in others]:
            backlog = await self._backlog()
            fanout = waves[0]
            try:
                await self._whole(fanout, backlog, done, others)
            except DamagedError as error:
                # What one story's pages do not give stops no other; the next step tries it again.
                log.error("subject %s is not spread: %s", fanout.subject_id, error)  # noqa: TRY400 - it says what to do
                others.add(_wave(fanout))
        return done

    async def _whole(
        self, fanout: Fanout, backlog: frozenset[str], done: Spread, others: set[tuple[int, Wave]]
    ) -> None:
        """Run one wave to its end, unless another process is at it."""
        while not fanout.done:
            stepped = await self._step(fanout, backlog, done)
            if stepped is None:
                others.add(_wave(fanout))
                return
            fanout = stepped
            if not fanout.done and self._window is None:
                await anyio.sleep(GAP)

    async def _step(self, fanout: Fanout, backlog: frozenset[str], done: Spread) -> Fanout | None:
        """Write one window; return how far the wave is.

        None means that another process is at it.
        """
        begun = time.perf_counter()
        stepped = await self._store.fanouts.step(fanout, self._window or self._width, backlog)
        if stepped is None:
            return None
        fanout, rows = stepped
        took = time.perf_counter() - begun
        done.rows += rows
        done.windows += 1
        done.seconds += took
        done.worst = max(done.worst, took)
        self._width = adapted(self._width, took)
        return fanout

    async def _backlog(self) -> frozenset[str]:
        """Return the accounts whose queue is too long.

        It is longer than news may wait: more rows would only make all of it stale.
        """
        if not any(self._rates.values()):
            return frozenset()
        waiting = await self._store.fanouts.waiting()
        most = FOLD.total_seconds()
        return frozenset(account for account, n in waiting.items() if (rate := self._rate(account)) and n / rate > most)

    def _rate(self, account: str) -> float | None:
        """Return the pace of an account.

        A second bot of a platform goes by the platform's name and its own.
        """
        return self._rates.get(account) or self._rates.get(account.partition(":")[0])


def _wave(fanout: Fanout) -> tuple[int, Wave]:
    return fanout.subject_id, fanout.wave


def adapted(width: int, took: float) -> int:
    """Return how many chat numbers the next window should hold.

    ``took`` is how long the last one lasted, in seconds.
    """
    if took > 2 * AIM:
        return max(width // 4, NARROWEST)
    if took > AIM:
        return max(width * 2 // 3, NARROWEST)
    return min(width * 2, WIDEST) if took < AIM / 2 else width
