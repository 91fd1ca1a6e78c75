"""A long stretch of mixed load, after which nothing has grown.

The whole bot over loopback beside a strict Bot API in a process of its own: questions of several people at once, a
story to all chats every few seconds, an honest feed and a hostile one looked at, and what stands in the process after
each: memory, descriptors, threads, the archive's log. The first third warms up; the last is compared with the second.

python -m tests.benchmarks.soak [--json] [--minutes N] [--chats N] [--people N]
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anyio import to_process

from bot.app import opened
from bot.clockwork.clock import system_clock
from bot.intake.pipeline import Pipeline
from bot.running.settings import Settings
from bot.sources import worker
from bot.sources.heap import give_back
from bot.values.articles import Entry, FullText, Push
from tests.benchmarks import hostile
from tests.benchmarks.audience import fill
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.telegram_load import answering, store_entry, told
from tests.benchmarks.torture import Network

if TYPE_CHECKING:
    import argparse
    from collections.abc import Awaitable, Callable

    from bot.running.core import Core
    from bot.values.articles import Source

EVERY = 5.0
"""Seconds from one round of load to the next."""
LARGE = 700_000
"""Bytes of a hostile feed above which it is left to `torture`: it costs seconds of CPU."""
FLAT = 1.05
"""Times as much as in the third before."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Standing(NamedTuple):
    """What a process holds at a moment."""

    memory: float
    """In megabytes."""
    descriptors: int
    threads: int
    log: float
    """Of the archive, in megabytes."""


def main() -> None:
    """Load, look and tell."""
    asked = arguments(__doc__, minutes=10, chats=50, people=5)
    logging.disable(logging.WARNING)
    give_back()
    command = [sys.executable, "-m", "tests.benchmarks.telegram_people", str(asked.chats)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as people:
        try:
            seen, answered = asyncio.run(_soak(people, asked))
        finally:
            people.terminate()
    third = len(seen) // 3
    before, after = (_median(seen[third : 2 * third]), _median(seen[2 * third :]))
    figures = {
        f"{name}, {when}": float(getattr(standing, name))
        for name in Standing._fields
        for when, standing in (("second third", before), ("last third", after))
    }
    flat = all(new <= old * FLAT + 1 for old, new in zip(before, after, strict=True))
    result = Result(
        name="soak",
        sizes={"minutes": asked.minutes, "chats": asked.chats, "people": asked.people, "rounds": len(seen)},
        figures={**figures, "questions answered": answered},
        ratio=after.memory / before.memory,
        aim=f"the last third at most {FLAT:g} x the second of memory, descriptors, threads and log",
        met=flat,
    )
    tell(result, as_json=asked.json)


async def _soak(people: subprocess.Popen[str], asked: argparse.Namespace) -> tuple[list[Standing], int]:
    assert people.stdin is not None
    assert people.stdout is not None
    port, seen, answered = int(people.stdout.readline()), list[Standing](), 0
    tell_them = partial(told, people.stdin, people.stdout)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        async with opened(Settings(database_path=path, questions_a_minute=600, _env_file=None)) as core:
            source = await core.store.sources.add("benchmark", None, None, full_text=FullText.LINK, now=system_clock())
            for number in range(asked.people):
                entry = Entry(f"খবর {number}: নদীর ঘাট", body=(f"এটি {number} নম্বর।",), tags=(f"বিষয়{number}",))
                await store_entry(core, source, entry, push=Push.NONE)
            fill(path, asked.chats)
            look = await _looking(core, Path(folder, "bodies"))
            async with answering(core, port):
                end, story = time.monotonic() + 60 * asked.minutes, 0
                while time.monotonic() < end:
                    began, story = time.monotonic(), story + 1
                    body = " ".join(f"{story}-এর {word} নম্বর কথা, যা আর কোথাও নেই।" for word in range(20))
                    entry = Entry(f"{story} নম্বর ঘটনা ঘটল {story * 7919} এলাকায়", body=(body,))
                    await store_entry(core, source, entry, push=Push.NOW)
                    await look()
                    done = await tell_them(f"burst {asked.people} 2")
                    answered += len(done["waited"])
                    gc.collect()
                    seen.append(_standing(path))
                    await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    return seen, answered


async def _looking(core: Core, folder: Path) -> Callable[[], Awaitable[None]]:
    """Return what looks at two feeds.

    The honest one has an item more each time; the other is the next hostile one.
    """
    folder.mkdir()
    kinds = await to_process.run_sync(hostile.write, str(folder))
    network = Network(folder, kinds)
    pipeline = Pipeline(core.store, network, worker.parse, system_clock, timedelta(minutes=15), draft=worker.draft)

    async def source(address: str, kind: str) -> Source:
        outlet = await core.store.outlets.ensure(address.split("/")[2])
        return await core.store.sources.add(kind, address, outlet, full_text=FullText.LINK, now=system_clock())

    honest = await source("https://honest0.example/feed", "feed")
    small = [place for place in range(len(kinds)) if (folder / str(place)).stat().st_size <= LARGE]
    evil = cycle([await source(f"https://evil{place}.example/{place}", kinds[place][1]) for place in small])

    async def look() -> None:
        network.turn += 1
        for one in (await core.store.sources.get(honest.id) or honest, next(evil)):
            await pipeline.poll(one)

    return look


def _standing(path: Path) -> Standing:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    log = path.with_name(f"{path.name}-wal")
    return Standing(
        pages * _PAGE / 1e6,
        len(list(Path("/proc/self/fd").iterdir())),
        threading.active_count(),
        log.stat().st_size / 1e6 if log.exists() else 0.0,
    )


def _median(seen: list[Standing]) -> Standing:
    return Standing(*(statistics.median(values) for values in zip(*seen, strict=True)))


if __name__ == "__main__":
    main()
