"""Polling in the background: whatever is due, by the one process that holds the lock."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.clockwork.scheduler import ticking

if TYPE_CHECKING:
    from bot.running.core import Core

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks at what is due."""
AT_ONCE = 50
LOCK = "poll"


async def poll_for_ever(core: Core) -> None:
    """Poll due sources as long as this process lives; another process that polls already is left to it."""
    async with ticking(EVERY) as tick:
        while True:
            await tick.wait()
            async with core.store.lock(LOCK) as ours:
                while ours:
                    await poll_due(core)
                    await tick.wait()


async def poll_due(core: Core) -> None:
    """Poll what is due now; where nothing can be stored nothing is fetched either."""
    await core.store.check()
    due = await core.store.sources.due(core.clock(), AT_ONCE)
    for turn in await core.desk.poll(due):
        if turn.problem:
            log.info("source %s: %s", turn.source.id, turn.problem)
