"""Four processes on one PostgreSQL archive, beside one.

They collect, spread, and send for four accounts. Articles wait to be spread when it begins, and a feed brings a few
more; every chat gets each of them, by one of the accounts, through python-telegram-bot and without a pace. A message
takes 33 ms, as on real networks. Counted are messages a second, the processor's
time of all processes and of the server, and what each chat got: a row that two had claimed would come twice. The server
is one of the benchmark's own; where none is installed nothing is measured, and that is said.

python -m tests.benchmarks.processes [--json] [--chats N] [--articles N]
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.clockwork.clock import system_clock
from bot.running.core import COLLECT, SPREAD
from bot.values.articles import Entry, FullText, Push
from storage.store import open_postgresql
from tests.benchmarks.adapter import token
from tests.benchmarks.audience import fill_server
from tests.benchmarks.cluster import ABSENT, started_cluster
from tests.benchmarks.failover import ROOT
from tests.benchmarks.loopback import started
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.cluster import Cluster

ACCOUNTS = ("telegram", "telegram:2", "telegram:3", "telegram:4")
FOUR = (COLLECT, SPREAD, ",".join(ACCOUNTS[:2]), ",".join(ACCOUNTS[2:]))
ROUNDS = 2
"""Looks at the feed, after the first, which reaches nobody."""
TAKES = 0.033
"""Seconds that a message takes."""
ITEMS = 2
"""Articles of one look at the feed."""
WITHIN = 900.0
LOOK = 0.1
_OPEN = (
    "SELECT (SELECT count(*) FROM fanouts WHERE done = 1), "
    "(SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending'))"
)
_ENDED = "SELECT state, count(*), sum(unsure) FROM deliveries GROUP BY state"


@dataclass(frozen=True, slots=True)
class Measured:
    """What some processes came to."""

    seconds: float
    worked: float
    """Seconds of the processor, of the processes."""
    served: float
    """And of the server."""
    sent: int
    twice: int
    """Messages beyond one of an article in a chat, by what the platform counted."""
    doubts: int
    """Claims that were not settled by who made them, by what the table counts."""
    missing: int

    def figures(self, name: str) -> dict[str, float]:
        """Return all of it by name."""
        return {
            f"{name}: messages a second": self.sent / self.seconds,
            f"{name}: cores that the processes used": self.worked / self.seconds,
            f"{name}: cores that the server used": self.served / self.seconds,
            f"{name}: processor, ms a message": 1000 * (self.worked + self.served) / self.sent,
            f"{name}: sent twice": self.twice,
            f"{name}: claimed and not settled": self.doubts,
            f"{name}: missing": self.missing,
        }


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, chats=2_000, articles=10)
    with started_cluster() as cluster:
        if cluster is None:
            print(f"processes is skipped: {ABSENT}.")
            return
        one = _run(cluster, "one", [",".join(FOUR)], asked.chats, asked.articles)
        four = _run(cluster, "four", FOUR, asked.chats, asked.articles)
    ratio = (four.sent / four.seconds) / (one.sent / one.seconds)
    result = Result(
        name="processes",
        sizes={"chats": asked.chats, "articles": asked.articles, "accounts": len(ACCOUNTS)},
        figures={**one.figures("one process"), **four.figures("four processes")},
        ratio=ratio,
        aim="no row claimed twice and none missing; the ratio is of four processes' messages a second to one's",
        met=not any(some.twice or some.doubts or some.missing for some in (one, four)),
    )
    tell(result, as_json=asked.json)


def _run(cluster: Cluster, name: str, parts: Sequence[str], chats: int, articles: int) -> Measured:
    address = cluster.create(name)
    fed = ROUNDS * ITEMS
    asyncio.run(_bring_up(address))
    fill_server(address, chats, ACCOUNTS)
    asyncio.run(_store(address, articles - fed))
    with ExitStack() as stack:
        stub = stack.enter_context(started("tests.benchmarks.bot_api_stub", str(TAKES)))
        feed = stack.enter_context(started("tests.benchmarks.feed_stub", str(ITEMS)))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        children = [stack.enter_context(_child(folder, address, part, stub, feed, ROUNDS)) for part in parts]
        for child in children:
            _read(child, "ready")
        served, begun = cluster.worked(), time.perf_counter()
        for child in children:
            _write(child)
        _wait(address, articles, children)
        seconds = time.perf_counter() - begun
        served = cluster.worked() - served
        worked = 0.0
        for child in children:
            _write(child)
            worked += float(_read(child))
        counts = [_counted(stub, account) for account in ACCOUNTS]
    each = [number for some in counts for number in some.values()]
    with psycopg.connect(address) as raw:
        ended = {str(state): (int(str(n)), int(str(unsure))) for state, n, unsure in raw.execute(_ENDED).fetchall()}
    return Measured(
        seconds,
        worked,
        served,
        sum(each),
        sum(max(0, number - articles) for number in each),
        sum(unsure for _, unsure in ended.values()),
        chats * articles - min(ended.get("sent", (0, 0))[0], sum(min(number, articles) for number in each)),
    )


async def _bring_up(address: str) -> None:
    async with open_postgresql(address, RULES) as store:
        for number in range(1, len(ACCOUNTS) + 1):
            assert await store.accounts.begin("telegram", str(number)) in ACCOUNTS


async def _store(address: str, articles: int) -> None:
    """Store what waits to be spread."""
    async with open_postgresql(address, RULES) as store:
        source = await store.sources.add("stored", None, None, full_text=FullText.LINK, now=system_clock())
        for number in range(articles):
            entry = Entry(f"খবর {number}: নতুন সেতু খুলছে", ("নতুন সেতু খুলছে শুক্রবার।",), url=f"https://o.example/{number}")
            draft = draft_cleaned(entry, str(source.id))
            await store.articles.save(draft, source, system_clock(), push=Push.NOW)


def _child(folder: str, address: str, *arguments: object) -> subprocess.Popen[str]:
    _, _, feed, _ = arguments
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.processes_child", *map(str, arguments)],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": address,
            "CATALOGUE": "none",
            "FETCH_ALLOW": f"127.0.0.1:{feed}",
        },
    )


def _wait(address: str, articles: int, children: Sequence[subprocess.Popen[str]]) -> None:
    """Wait until every article is spread and sent."""
    end = time.monotonic() + WITHIN
    with psycopg.connect(address, autocommit=True) as raw:
        while raw.execute(_OPEN).fetchone() != (articles, 0):
            assert time.monotonic() < end, raw.execute(_OPEN).fetchone()
            assert all(child.poll() is None for child in children), "a process ended by itself"
            time.sleep(LOOK)


def _read(child: subprocess.Popen[str], wanted: str = "") -> str:
    assert child.stdout is not None
    line = child.stdout.readline().strip()
    assert line
    assert wanted in (line, ""), line
    return line


def _write(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()


def _counted(port: int, account: str) -> dict[str, int]:
    """Return how many messages each chat got by an account."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts/{token(account)}") as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    main()
