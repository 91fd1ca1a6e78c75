"""Polls in the background: a stream of what is due.

Beside an archive in a file one process does it, the one that holds the lock; on a server several do, source by source.
"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import anyio

from bot.clockwork.scheduler import Tick
from bot.intake.pipeline import PollResult
from bot.ports.store import STAND_BY
from bot.values.articles import SourceState
from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from anyio.abc import TaskGroup

    from bot.clockwork.clock import Clock
    from bot.intake.pipeline import Pipeline
    from bot.ports.store import SourceLeases, Store
    from bot.values.articles import Source

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks at what is due."""
MOST_DUE = 1000
"""Due sources taken from the archive at one look."""
MOST_TAKEN = 10_000
"""Sources that stand in lines, so that memory has a bound; a kilobyte each."""
AT_ONCE = 64
"""Hosts that are asked side by side."""
LOCK = "poll"


class PollStream:
    """Polls sources as they come.

    Each host has a line of its own and one slot at most, however slow it is: no round is waited for. A slot is held
    from the request until what came is stored, and not while a host rests.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        group: TaskGroup,
        each: Callable[[PollResult], None],
        *,
        anew: Callable[[Source], Awaitable[Source | None]] | None = None,
        leases: SourceLeases | None = None,
    ) -> None:
        """Poll within this group of tasks.

        ``each`` hears of every result as it comes. ``anew`` reads a source again when its turn has come, for it may
        have stood in its line for long; None leaves it out. With ``leases`` others poll beside this process, and a
        source or a host that one of them asks is left to it.
        """
        self._leases = leases
        self._anew = anew
        self.taken: set[int] = set()
        """Sources that stand in a line or are being polled."""
        self._pipeline = pipeline
        self._group = group
        self._each = each
        self._slots = anyio.CapacityLimiter(AT_ONCE)
        self._lines: dict[str, deque[Source]] = {}

    def put(self, sources: Sequence[Source]) -> None:
        """Let sources stand in the lines of their hosts."""
        for source in sources:
            if source.id in self.taken:
                continue
            self.taken.add(source.id)
            host = _host(source)
            if host in self._lines:
                self._lines[host].append(source)
            else:
                self._lines[host] = deque([source])
                self._group.start_soon(self._serve, host)

    async def _serve(self, host: str) -> None:
        line = self._lines[host]
        while line:
            source = line[0]
            await self._pipeline.rest(source)
            async with AsyncExitStack() as held:
                ours = self._leases is None or await held.enter_async_context(self._leases.taken(source.id, host))
                result = await self._in_slot(source) if ours else None
                line.popleft()
                self.taken.discard(source.id)
                if result is not None:
                    self._each(result)
                if ours and self._leases is not None:
                    # That a host rests others see from its lease alone.
                    await self._pipeline.rest(source)
        del self._lines[host]

    async def _in_slot(self, source: Source) -> PollResult | None:
        async with self._slots:
            return await self._poll(source)

    async def _poll(self, source: Source) -> PollResult | None:
        try:
            now = source if self._anew is None else await self._anew(source)
            return None if now is None else await self._pipeline.poll(now)
        except StorageError as error:
            return PollResult(source, problem=str(error))


async def poll_for_ever(store: Store, pipeline: Pipeline, clock: Clock) -> None:
    """Poll due sources as long as this process lives.

    A source that another process polls already is left to it.
    """
    tick = Tick(EVERY)
    await tick.wait()
    while True:
        async with store.collecting(LOCK) as leases:
            if leases is not None:
                async with anyio.create_task_group() as group:
                    anew = partial(_still_due, store, clock)
                    stream = PollStream(pipeline, group, _told, anew=anew, leases=leases)
                    while True:
                        await take_due(store, stream, clock)
                        await tick.wait()
        await anyio.sleep(STAND_BY)


async def poll_side_by_side(
    pipeline: Pipeline, sources: Sequence[Source], each: Callable[[PollResult], None] = lambda _: None
) -> list[PollResult]:
    """Poll sources side by side.

    ``each`` hears of every result as it comes.
    """
    results: list[PollResult] = []

    def told(result: PollResult) -> None:
        results.append(result)
        each(result)

    async with anyio.create_task_group() as group:
        PollStream(pipeline, group, told).put(sources)
    return results


async def take_due(store: Store, stream: PollStream, clock: Clock) -> None:
    """Put what is due into its lines.

    If nothing can be stored, nothing is fetched either.
    """
    try:
        await store.check()
        room = min(MOST_DUE, MOST_TAKEN - len(stream.taken))
        if room > 0:
            stream.put(await store.sources.due(clock(), room, but=stream.taken))
    except StorageError as error:
        log.warning("nothing is polled just now: %s", error)


async def _still_due(store: Store, clock: Clock, source: Source) -> Source | None:
    """Return a source as it is by now.

    Return None if it was paused, removed, or polled by another process meanwhile.
    """
    now = await store.sources.get(source.id)
    if now is None or now.state is not SourceState.ACTIVE or now.next_poll_at is None or now.next_poll_at > clock():
        return None
    return now


def _told(result: PollResult) -> None:
    if result.problem:
        log.info("source %s: %s", result.source.id, result.problem)


def _host(source: Source) -> str:
    try:
        return urlsplit(source.address or "").hostname or str(source.id)
    except ValueError:
        return str(source.id)
