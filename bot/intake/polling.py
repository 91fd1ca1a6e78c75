"""Polls due sources in the background.

By the one process that holds the lock.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import anyio

from bot.clockwork.scheduler import Tick
from bot.intake.pipeline import PollResult
from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.clockwork.clock import Clock
    from bot.intake.pipeline import Pipeline
    from bot.ports.store import Store
    from bot.values.articles import Source

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks at what is due."""
MOST_DUE = 50
"""Due sources taken from the archive at one look."""
AT_ONCE = 8
"""Sources polled side by side; each host still gets one request at a time."""
LOCK = "poll"


async def poll_for_ever(store: Store, pipeline: Pipeline, clock: Clock) -> None:
    """Poll due sources as long as this process lives.

    Another process that polls already is left to it.
    """
    tick = Tick(EVERY)
    while True:
        await tick.wait()
        async with store.lock(LOCK) as ours:
            while ours:
                await poll_due(store, pipeline, clock)
                await tick.wait()


async def poll_due(store: Store, pipeline: Pipeline, clock: Clock) -> None:
    """Poll what is due now.

    Where nothing can be stored nothing is fetched either.
    """
    await store.check()
    for turn in await poll_side_by_side(pipeline, await store.sources.due(clock(), MOST_DUE)):
        if turn.problem:
            log.info("source %s: %s", turn.source.id, turn.problem)


async def poll_side_by_side(
    pipeline: Pipeline, sources: Sequence[Source], each: Callable[[PollResult], None] = lambda _: None
) -> list[PollResult]:
    """Poll sources side by side.

    ``each`` hears of every turn as it ends.
    """
    turns: list[PollResult] = []
    places = anyio.CapacityLimiter(AT_ONCE)

    async def one(source: Source) -> None:
        async with places:
            try:
                turn = await pipeline.poll(source)
            except StorageError as error:
                turn = PollResult(source, problem=str(error))
        turns.append(turn)
        each(turn)

    async with anyio.create_task_group() as group:
        for source in sources:
            group.start_soon(one, source)
    return turns
