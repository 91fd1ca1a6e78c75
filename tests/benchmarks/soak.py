"""A long stretch of mixed load, after which nothing has grown.

The whole bot over loopback beside a strict Bot API in a process of its own: questions of several people at once, a
story to all chats every few seconds, and what stands in the process after each: memory, descriptors, threads, the
archive's log. The first third warms up; the last is compared with the one before it.

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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.app import opened
from bot.clockwork.clock import system_clock
from bot.running.settings import Settings
from bot.values.articles import Entry, FullText, Push
from tests.benchmarks.audience import fill
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.telegram_load import answering, store_entry, told

if TYPE_CHECKING:
    import argparse

EVERY = 5.0
"""Seconds from one round of load to the next."""
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
            async with answering(core, port):
                end, story = time.monotonic() + 60 * asked.minutes, 0
                while time.monotonic() < end:
                    began, story = time.monotonic(), story + 1
                    body = " ".join(f"{story}-এর {word} নম্বর কথা, যা আর কোথাও নেই।" for word in range(20))
                    entry = Entry(f"{story} নম্বর ঘটনা ঘটল {story * 7919} এলাকায়", body=(body,))
                    await store_entry(core, source, entry, push=Push.NOW)
                    done = await tell_them(f"burst {asked.people} 2")
                    answered += len(done["waited"])
                    gc.collect()
                    seen.append(_standing(path))
                    await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    return seen, answered


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
