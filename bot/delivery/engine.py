"""What delivery does beside sending: waves over chats, digests that are due, rows that are too old to keep."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel

from bot.clockwork.scheduler import ticking
from bot.delivery import rounds
from bot.delivery.outcomes import FARTHEST
from bot.delivery.spreading import Spreader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.clockwork.clock import Clock
    from bot.ports.store import Store

log = logging.getLogger(__name__)

LOCK = "spread"
EVERY = 0.25
"""Seconds between two looks at what is due."""
TIDY = 3600.0
PURGED = 5_000
"""Rows deleted in one step: 42 ms at worst, measured."""


class Engine:
    """Turns what is stored into rows that a sender can claim; by one process at a time."""

    def __init__(self, store: Store, clock: Clock, rates: Mapping[str, float | None]) -> None:
        """Work on ``store``; ``rates`` are messages a second of each account."""
        self._store = store
        self._clock = clock
        self.rates = rates
        self._spreader = Spreader(store, clock, rates)

    async def turn(self) -> None:
        """Do what is due by now."""
        await self._store.subscriptions.lift(self._clock())
        spread = await self._spreader.turn()
        if await rounds.begin_due(self._store, self._clock()) or spread.windows:
            await self._store.note()

    async def turn_if_alone(self) -> None:
        """Do what is due by now, unless another process does so already."""
        async with self._store.lock(LOCK) as ours:
            if ours:
                await self.turn()

    async def run(self) -> None:
        """Do what becomes due as long as this process lives; another one that does so already is left to it."""
        async with ticking(EVERY) as tick:
            while True:
                await tick.wait()
                async with self._store.lock(LOCK) as ours:
                    tidied = -TIDY
                    while ours:
                        await self.turn()
                        if anyio.current_time() - tidied > TIDY:
                            tidied = anyio.current_time()
                            await self.tidy()
                        await tick.wait()

    async def tidy(self) -> None:
        """Mend what a wrong clock left, delete rows that are too old to be edited or pressed, count new words."""
        now = self._clock()
        mended = await self._store.digests.mend(now, rounds.following(now))
        if mended:
            log.warning("%s digests were due too far ahead and are set anew", mended)
        freed = await self._store.deliveries.mend(now + FARTHEST)
        if freed:
            log.warning("%s deliveries waited for a moment too far ahead and are tried now", freed)
        while await self._store.subjects.purge(now, PURGED):
            await anyio.lowlevel.checkpoint()
        await self._store.choices.purge(now)
        await self._store.vocabulary.refresh()
