"""Does the work of delivery other than sending.

It runs waves over chats, begins digests that are due, and deletes rows that are too old.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel

from bot.clockwork.scheduler import Tick, daily
from bot.delivery import rounds
from bot.delivery.outcomes import FARTHEST
from bot.delivery.spreading import Spreader
from bot.ports.store import STAND_BY
from bot.values.articles import DHAKA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.clockwork.clock import Clock
    from bot.ports.store import Store

log = logging.getLogger(__name__)

LOCK = "spread"
EVERY = 0.25
"""Seconds between two looks at what is due."""
MEND = 3600.0
"""Seconds between two looks for what a clock that is wrong put off."""
NIGHT = 4
"""The hour of Dhaka at which old rows are deleted: readers sleep, and the morning's digests are far."""
PURGED = 5_000
"""Rows deleted in one step: 42 ms at worst, measured."""


class Engine:
    """Turns what is stored into rows to claim.

    One process at a time does this.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        rates: Mapping[str, float | None],
        backups: timedelta = timedelta(days=30),
    ) -> None:
        """Work on ``store``.

        ``rates`` are messages a second of each account; for so long ``backups`` are kept.
        """
        self._store = store
        self._clock = clock
        self.rates = rates
        self._spreader = Spreader(store, clock, rates)
        self._backups = backups

    async def step(self) -> None:
        """Do what is due by now."""
        await self._store.subscriptions.lift(self._clock())
        spread = await self._spreader.step()
        if await rounds.begin_due(self._store, self._clock()) or spread.windows:
            await self._store.note()

    async def step_if_alone(self) -> None:
        """Do what is due by now, unless another process does so already."""
        async with self._store.lock(LOCK) as ours:
            if ours:
                await self.step()

    async def run(self) -> None:
        """Do what becomes due, until cancelled.

        Another process that does so already is left to it.
        """
        signal = self._store.work_signal()
        tick = Tick(EVERY, sleep=lambda seconds: signal.wait(seconds, anyio.sleep))
        async with daily(NIGHT, DHAKA) as night:
            await tick.wait()
            while True:
                async with self._store.lock(LOCK) as ours:
                    mended = -MEND
                    while ours:
                        await self.step()
                        if night.taken():
                            await self.tidy()
                        elif anyio.current_time() - mended > MEND:
                            await self.mend()
                        else:
                            await tick.wait()
                            continue
                        mended = anyio.current_time()
                        await tick.wait()
                await anyio.sleep(STAND_BY)

    async def tidy(self) -> None:
        """Delete rows too old to be edited or pressed.

        All else that is done each hour comes before.
        """
        await self.mend()
        now = self._clock()
        for purge in (self._store.subjects.purge, self._store.appearances.purge):
            while await purge(now, PURGED):
                await anyio.lowlevel.checkpoint()
        await self._store.calls.purge(now)
        await self._store.shown.purge(now)
        await self._store.erasing.purge(now - self._backups)

    async def mend(self) -> None:
        """Mend what a wrong clock left, count new words."""
        now = self._clock()
        mended = await self._store.digests.mend(now, rounds.following(now))
        if mended:
            log.warning("%s digests were due too far ahead and are set anew", mended)
        freed = await self._store.deliveries.mend(now + FARTHEST)
        if freed:
            log.warning("%s deliveries waited for a moment too far ahead and are tried now", freed)
        await self._store.vocabulary.refresh()
