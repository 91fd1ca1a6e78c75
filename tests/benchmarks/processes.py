"""Four processes on one PostgreSQL archive, beside one.

They collect, spread, and send for two accounts. A feed brings articles, every chat gets each of them: half by one
account, half by another, through python-telegram-bot and without a pace. Counted are messages a second, the processor's
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

from bot.articles.rules import RULES
from bot.running.core import COLLECT, SPREAD
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

ACCOUNTS = ("telegram", "telegram:2")
FOUR = (COLLECT, SPREAD, *ACCOUNTS)
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
    rounds = max(1, asked.articles // ITEMS)
    with started_cluster() as cluster:
        if cluster is None:
            print(f"processes is skipped: {ABSENT}.")
            return
        one = _run(cluster, "one", [",".join(FOUR)], asked.chats, rounds)
        four = _run(cluster, "four", FOUR, asked.chats, rounds)
    ratio = (four.sent / four.seconds) / (one.sent / one.seconds)
    result = Result(
        name="processes",
        sizes={"chats": asked.chats, "articles": rounds * ITEMS, "accounts": len(ACCOUNTS)},
        figures={**one.figures("one process"), **four.figures("four processes")},
        ratio=ratio,
        aim="no row claimed twice and none missing; the ratio is of four processes' messages a second to one's",
        met=not any(some.twice or some.doubts or some.missing for some in (one, four)),
    )
    tell(result, as_json=asked.json)


def _run(cluster: Cluster, name: str, parts: Sequence[str], chats: int, rounds: int) -> Measured:
    address = cluster.create(name)
    asyncio.run(_bring_up(address))
    fill_server(address, chats, ACCOUNTS)
    with ExitStack() as stack:
        stub = stack.enter_context(started("tests.benchmarks.bot_api_stub"))
        feed = stack.enter_context(started("tests.benchmarks.feed_stub", str(ITEMS)))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        children = [stack.enter_context(_child(folder, address, part, stub, feed, rounds)) for part in parts]
        for child in children:
            _read(child, "ready")
        served, begun = cluster.worked(), time.perf_counter()
        for child in children:
            _write(child)
        _wait(address, rounds * ITEMS, children)
        seconds = time.perf_counter() - begun
        served = cluster.worked() - served
        worked = 0.0
        for child in children:
            _write(child)
            worked += float(_read(child))
        counts = [_counted(stub, account) for account in ACCOUNTS]
    articles = rounds * ITEMS
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
