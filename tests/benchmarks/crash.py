"""A sender that is killed again and again.

Before a platform on a bad day: what is lost, and what comes twice.
Time runs 60 times as fast, so that what waits half a minute waits half a second. Then the same, less often, before a
platform that remembers keys.

python -m tests.benchmarks.crash [--json] [--kills N] [--chats N]
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.delivery.spreading import Spreader
from bot.values.articles import Entry, FullText, Push
from storage.store import open_store
from tests.benchmarks.audience import fill
from tests.benchmarks.fast_time import FastClock
from tests.benchmarks.loopback import started
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.values.articles import Source
    from storage.store import SqliteStore

SPEED = 60.0
LIFE = (0.03, 0.6)
"""Seconds until a sender is killed."""
MOST = 2
"""Copies of one message: after a second doubt no third is risked."""
LOOK = 0.01
DRAINED_WITHIN = 120.0
"""Seconds within which the last sender has nothing more to do, else something waits for ever."""
Fate = tuple[int, int, str, str, str, int]
"""Of a row: subject, chat, state, reason, number of the message, doubts."""


@dataclass(slots=True)
class Outcome:
    """What many kills came to."""

    kills: int = 0
    held: int = 0
    """Rows that were claimed and not settled, over all kills."""
    deliveries: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """How the rows ended, "sent" or with the reason."""
    lost: list[tuple[int, int]] = field(default_factory=list)
    """Said to be sent, and not there; or without an end, or without a reason."""
    undeclared: list[tuple[int, int]] = field(default_factory=list)
    """More messages than the row admits: one, and one for each doubt that it counts."""
    copies: int = 0
    """Messages beyond the first of a row."""
    most: int = 0
    withheld: int = 0
    """Messages that were taken and whose answer was not given, by the platform's doing."""
    unheard: int = 0
    """Answers for which there was nobody any more: in flight at a kill, or later than a sender waits."""

    @property
    def bound(self) -> int:
        """Return how many copies may be explained."""
        return self.held + self.withheld


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, kills=100, chats=200)
    forgetful = _run(asked.kills, asked.chats, idempotent=False)
    remembering = _run(max(1, asked.kills // 2), asked.chats, idempotent=True)
    outcomes = (forgetful, remembering)
    result = Result(
        name="crash",
        sizes={"kills": forgetful.kills, "more, with keys": remembering.kills, "chats": asked.chats},
        figures={
            **_figures(forgetful),
            **{f"with keys: {name}": figure for name, figure in _figures(remembering).items()},
        },
        ratio=forgetful.copies / max(1, forgetful.bound),
        aim="none lost; copies at most what was held at a kill or had its answer withheld, two of a row at most; "
        "with keys none; the ratio is of copies to what would be allowed",
        met=not any(one.lost for one in outcomes)
        and forgetful.copies <= forgetful.bound
        and forgetful.most <= MOST
        and not remembering.copies
        and not any(one.undeclared for one in outcomes),
    )
    tell(result, as_json=asked.json)


def _run(kills: int, chats: int, *, idempotent: bool) -> Outcome:
    def report(outcome: Outcome) -> None:
        if outcome.kills % 10 == 0:
            print(f"  … {outcome.kills} of {kills} kills", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(crash(Path(folder), kills, chats, idempotent=idempotent, report=report))


def _figures(outcome: Outcome) -> dict[str, float]:
    return {
        "deliveries": outcome.deliveries,
        **{f"ended: {end}": number for end, number in sorted(outcome.states.items())},
        "lost": len(outcome.lost),
        "copies beyond the first": outcome.copies,
        "copies of one, at most": outcome.most,
        "copies that no doubt was counted for": len(outcome.undeclared),
        "held at a kill": outcome.held,
        "answers withheld": outcome.withheld,
    }


async def crash(
    folder: Path,
    kills: int,
    chats: int,
    *,
    idempotent: bool,
    speed: float = SPEED,
    life: tuple[float, float] = LIFE,
    seed: int = 7,
    report: Callable[[Outcome], None] = lambda _: None,
) -> Outcome:
    """Kill a sender so often.

    Each time after a random part of a second; then let one bring all of it to an end.
    """
    path, keys = folder / "khobor.db", ("--idempotent",) if idempotent else ()
    clock, chance = FastClock(time.time(), speed), random.Random(seed)  # noqa: S311 - the same moments every time
    outcome = Outcome()
    with ExitStack() as stack:
        port = stack.enter_context(started("tests.benchmarks.crash_stub", str(seed), *keys))
        async with open_store(path, RULES) as store:
            fill(path, chats)
            rows = Rows(stack.enter_context(closing(sqlite3.connect(path))))
            press = await Press.of(store, clock)
            arguments = (str(path), str(port), repr(clock.begun), repr(speed), *keys)
            senders = stack.enter_context(Senders(arguments, stack.enter_context(tempfile.TemporaryFile())))
            for _ in range(kills):
                senders.begin()
                end = time.monotonic() + chance.uniform(*life)
                while time.monotonic() < end:
                    if rows.open() < chats:
                        await press.print()
                    await asyncio.sleep(LOOK)
                senders.kill()
                outcome.kills += 1
                outcome.held += rows.held()
                report(outcome)
            senders.begin()
            async with asyncio.timeout(DRAINED_WITHIN):
                while rows.open():
                    senders.check()
                    await asyncio.sleep(LOOK)
            await _weigh(store, rows.fates(), port, outcome)
    return outcome


class Senders(AbstractContextManager["Senders"]):
    """One process that sends, and one that waits for its turn.

    The second has imported what it needs.
    """

    def __init__(self, arguments: Sequence[str], said: IO[bytes]) -> None:
        """Start processes with these arguments; what they say goes to a file."""
        self._command = [sys.executable, "-m", "tests.benchmarks.crash_child", *arguments]
        self._said = said
        self._next = self._start()
        self._now: subprocess.Popen[bytes] | None = None

    def __exit__(self, *_: object) -> None:
        for process in (self._now, self._next):
            if process is not None:
                process.kill()
                process.communicate()

    def begin(self) -> None:
        """Let the one that waits begin; it has when this returns."""
        self._now, self._next = self._next, self._start()
        assert self._now.stdin is not None
        assert self._now.stdout is not None
        self._now.stdin.write(b"\n")
        self._now.stdin.flush()
        self._now.stdout.readline()

    def kill(self) -> None:
        """Kill the one that sends."""
        self.check()
        assert self._now is not None
        self._now.send_signal(signal.SIGKILL)
        self._now.communicate()
        self._now = None

    def check(self) -> None:
        """See that it still lives: it ends only by our hand."""
        assert self._now is not None
        if self._now.poll() is not None:
            self._said.seek(0)
            raise AssertionError(self._said.read()[-4000:].decode())

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said)


@dataclass(frozen=True)
class Press:
    """Brings one article after another."""

    store: SqliteStore
    clock: FastClock
    source: Source
    numbers: Iterator[int] = field(default_factory=count)

    @classmethod
    async def of(cls, store: SqliteStore, clock: FastClock) -> Press:
        """Bring articles to this archive."""
        source = await store.sources.add("benchmark", None, None, full_text=FullText.LINK, now=clock())
        return cls(store, clock, source)

    async def print(self) -> None:
        """Store an article and write its rows, beside whatever the sender writes."""
        number = next(self.numbers)
        entry = Entry(f"সেতুর খবর {number}", ("নতুন সেতু খুলছে শুক্রবার।",), url=f"https://o.example/{number}")
        draft = draft_cleaned(entry, str(self.source.id))
        await self.store.articles.save(draft, self.source, self.clock(), push=Push.NOW)
        await Spreader(self.store, self.clock, {}).step()


@dataclass(frozen=True)
class Rows:
    """What the file says of the deliveries, read past the program."""

    raw: sqlite3.Connection

    def open(self) -> int:
        """Return how many have not ended."""
        return self._count("state IN ('waiting', 'sending')")

    def held(self) -> int:
        """Return how many are claimed and not settled."""
        return self._count("state = 'sending'")

    def fates(self) -> list[Fate]:
        """Return how each ended."""
        return self.raw.execute(
            "SELECT subject_id, chat_id, state, coalesce(reason, ''), coalesce(message_id, ''), unsure FROM deliveries"
        ).fetchall()

    def _count(self, which: str) -> int:
        return int(self.raw.execute(f"SELECT count(*) FROM deliveries WHERE {which}").fetchone()[0])


async def _weigh(store: SqliteStore, fates: Sequence[Fate], port: int, outcome: Outcome) -> None:
    """Lay what the file says beside what the platform took."""
    told = _told(port)
    taken = {key: numbers for key, numbers in told["taken"].items() if not key.startswith("edit-")}
    outcome.deliveries = len(fates)
    outcome.withheld, outcome.unheard = told["withheld"], told["unheard"]
    outcome.copies = sum(map(len, taken.values())) - len(taken)
    outcome.most = max(map(len, taken.values()))
    for subject, chat, state, reason, message, unsure in fates:
        outcome.states[reason or state] += 1
        got = taken.pop(f"{store.epoch}-{subject}-{chat}", [])
        if state == "sent":
            well = message in map(str, got)
        else:
            well = (await store.deliveries.why(chat, subject)).reason is not None
        if not well:
            outcome.lost.append((subject, chat))
        if len(got) > unsure + (state == "sent"):
            outcome.undeclared.append((subject, chat))
    assert not taken, "somebody was sent what no row knows of"


def _told(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/report") as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    main()
