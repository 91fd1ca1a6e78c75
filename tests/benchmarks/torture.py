"""Hostile feeds, pages and messages beside three honest sources.

Slow hosts and floods are among them.

First each alone: the CPU and the memory of its worker. Then all at once: when the honest sources' stories are stored,
how the main process grows, and how late its loop comes beside a loop that is idle while as many workers are busy.

python -m tests.benchmarks.torture [--json]
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

import anyio
from anyio import to_process

from bot.articles.rules import RULES
from bot.clockwork.clock import system_clock
from bot.intake.pipeline import Pipeline
from bot.intake.polling import poll_side_by_side
from bot.sources import worker
from bot.sources.failure import FetchError, Reason
from bot.sources.fetch import Fetched
from bot.sources.heap import give_back
from bot.values.articles import FullText
from storage.store import open_store
from tests.benchmarks import hostile
from tests.benchmarks.report import Result, arguments, tell
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from bot.intake.pipeline import PollResult
    from bot.values.articles import Source
    from storage.store import SqliteStore

CPU, WORKER, GROWTH, LAG, LATE = 10.0, 300.0, 50.0, 2.0, 20.0
"""Seconds of CPU and megabytes of a worker, megabytes of growth, times the idle loop's p99, seconds until stored."""
SLOW = 20
"""Hosts that never end."""
STALLED = 8.0
"""Seconds after which the fetcher would give them up, here shorter than at work."""
HONEST = 3
TICK = 0.005
_PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


class Network:
    """Hostile bytes, honest feeds and hosts that never answer, all in memory."""

    def __init__(self, folder: Path, named: list[tuple[str, str]]) -> None:
        self.named = named
        self.turn = 0
        self._folder = folder

    async def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, public_only: bool = False
    ) -> Fetched:
        """Return what is there."""
        del etag, last_modified, public_only
        host, name = url.removeprefix("https://").split("/", 1)
        if host.startswith("slow"):
            await anyio.sleep(STALLED)
            raise FetchError(Reason.TIMEOUT, f"No whole answer from {host} in time")
        if host.startswith("honest"):
            items = "".join(
                f"<item><title>সেতু {n} খুলে দেওয়া হলো</title><link>https://{host}/{n}</link>"
                f"<description>সেতুটি আজ খুলে দেওয়া হয়েছে বলে জানিয়েছেন প্রকৌশলী।</description></item>"
                for n in range(20 + self.turn)
            )
            body = f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'.encode()
        else:
            body = await anyio.Path(self._folder, name).read_bytes()
        return Fetched(url, 200, body, None, None, None, None, None, None)


@dataclass
class Children:
    """Watches the worker processes of this one."""

    peak: float = 0.0
    """Megabytes that any of them held at most."""
    stop: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Look at them until told to stop."""
        while not self.stop.wait(0.02):
            self.peak = max([self.peak, *(_held(pid) for pid in _children())])


def _children() -> list[int]:
    try:
        text = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(pid) for pid in text.split()]


def _held(pid: int | str) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        return 0.0


def _cpu() -> float:
    """Return the CPU of all workers so far, those that ended included."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = ended.ru_utime + ended.ru_stime
    for pid in _children():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


@dataclass
class Torture:
    """Runs the sources, and measures."""

    store: SqliteStore
    network: Network
    pipeline: Pipeline
    children: Children

    async def source(self, address: str, kind: str = "feed") -> Source:
        """Add a source; hostile ones are read as whatever they look like."""
        outlet = await self.store.outlets.ensure(address.split("/")[2])
        return await self.store.sources.add(kind, address, outlet, full_text=FullText.LINK, now=system_clock())

    async def alone(self) -> dict[str, tuple[float, float, str]]:
        """Look at each hostile source alone.

        Return its CPU, its memory, and what it came to.
        """
        found = {}
        for place, (name, kind) in enumerate(self.network.named):
            source = await self.source(f"https://evil{place}.example/{place}", kind)
            self.children.peak, before = 0.0, _cpu()
            turn = await self.pipeline.poll(source)
            found[name] = (_cpu() - before, self.children.peak, turn.problem or f"{turn.new} new")
            spent, held, came = found[name]
            print(f"  {name:34} {spent:6.2f} s {held:5.0f} MB  {came[:70]}", flush=True)
        return found

    async def together(self, honest: list[Source]) -> tuple[float, list[float]]:
        """Look at all at once.

        Return when the last honest story was stored, and how late the loop came.
        """
        theirs = {source.id for source in honest}
        # As if each had changed, so that its bytes are read again.
        everything = [replace(one, body_hash=None) for one in await self.store.sources.all() if one.id not in theirs]
        everything += [await self.source(f"https://slow{number}.example/feed") for number in range(SLOW)]
        self.network.turn += 1
        began, stored = time.monotonic(), 0.0

        def told(turn: PollResult) -> None:
            nonlocal stored
            if turn.source.id in theirs:
                assert turn.new == 1, turn
                stored = time.monotonic() - began

        async with Lag() as late:
            await poll_side_by_side(self.pipeline, [*everything, *honest], told)
        return stored, late.found


class Lag:
    """Measures how late the loop comes while the context lasts."""

    def __init__(self) -> None:
        self.found: list[float] = []

    async def _tick(self) -> None:
        while True:
            before = time.monotonic()
            await anyio.sleep(TICK)
            self.found.append(1000 * (time.monotonic() - before - TICK))

    async def __aenter__(self) -> Self:
        self._group = anyio.create_task_group()
        await self._group.__aenter__()
        self._group.start_soon(self._tick)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._group.cancel_scope.cancel()
        await self._group.__aexit__(None, None, None)


async def _idle(seconds: float) -> list[float]:
    """Return how late an idle loop comes beside as many busy workers."""
    async with Lag() as late, anyio.create_task_group() as group:
        for _ in range(os.cpu_count() or 1):
            group.start_soon(to_process.run_sync, hostile.spin, seconds)
    return late.found


async def _messages() -> dict[str, float]:
    """Return the CPU of answering each hostile message, in milliseconds."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        async with a_world(Path(folder)) as world:
            await world.say("সর্বশেষ")
            for name, text in hostile.messages().items():
                before = time.process_time()
                await world.say(text)
                found[name] = 1000 * (time.process_time() - before)
    return found


async def _measure() -> tuple[dict[str, tuple[float, float, str]], dict[str, float], dict[str, float]]:
    children = Children()
    thread = threading.Thread(target=children.watch)
    thread.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with open_store(Path(folder, "khobor.db"), RULES) as store:
                bodies = Path(folder, "bodies")
                bodies.mkdir()
                network = Network(bodies, await to_process.run_sync(hostile.write, str(bodies)))
                interval = timedelta(minutes=15)
                pipeline = Pipeline(store, network, worker.parse, system_clock, interval, draft=worker.draft)
                torture = Torture(store, network, pipeline, children)
                honest = [await torture.source(f"https://honest{number}.example/feed") for number in range(HONEST)]
                for source in honest:
                    await pipeline.poll(source)
                idle = await _idle(5.0)
                before = _held("self")
                alone = await torture.alone()
                known = [await store.sources.get(source.id) or source for source in honest]
                stored, late = await torture.together(known)
                growth = _held("self") - before
    finally:
        children.stop.set()
        thread.join()
    figures = {
        "honest stories stored after, s": stored,
        "main process grew, MB": growth,
        "loop late, p99 ms": statistics.quantiles(late, n=100)[98],
        "idle loop late, p99 ms": statistics.quantiles(idle, n=100)[98],
    }
    return alone, await _messages(), figures


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__)
    give_back()
    alone, answered, figures = anyio.run(_measure)
    for name, spent in sorted(answered.items(), key=lambda one: -one[1])[:5]:
        print(f"  {name:34} {spent:6.0f} ms")
    cpu, memory = max(one[0] for one in alone.values()), max(one[1] for one in alone.values())
    figures |= {"CPU of a worker, at most, s": cpu, "memory of a worker, at most, MB": memory}
    figures["a message answered, at most, ms"] = max(answered.values())
    ratio = figures["loop late, p99 ms"] / max(0.1, figures["idle loop late, p99 ms"])
    within = cpu <= CPU and memory <= WORKER and figures["main process grew, MB"] <= GROWTH
    result = Result(
        name="torture",
        sizes={"hostile sources": len(alone), "messages": len(answered), "slow hosts": SLOW},
        figures=figures,
        ratio=ratio,
        aim=f"{CPU:g} s and {WORKER:g} MB a worker, main {GROWTH:g} MB, loop {LAG:g} x idle, honest in {LATE:g} s",
        met=within and ratio <= LAG and figures["honest stories stored after, s"] <= LATE,
    )
    tell(result, as_json=asked.json)


if __name__ == "__main__":
    main()
