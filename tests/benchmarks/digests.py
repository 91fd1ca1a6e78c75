"""Digests through clocks that jump, zones, changed times, pauses, crashes.

A hundred thousand are due at eight o'clock. Beside the real thing the usual one, a watermark by time, goes through the
same histories: it skips and doubles.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.rules import RULES
from bot.delivery import rounds
from bot.delivery.drawing import Drawer
from bot.values.articles import Alias, AliasKind, Draft, FullText, Push
from bot.values.delivery import Post
from bot.values.messages import Traits
from storage.store import SqliteStore, open_store
from tests.benchmarks.report import Result, arguments, tell
from tests.delivery.histories import history

NOW = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)
EIGHT = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)  # in Dhaka
SUBJECTS, TAGS, EACH = 1_000, 200, 5
DRAWN = 3_000
"""Digests that are drawn; the time of all is scaled from them."""
MOST_FIRE, MOST_DRAW = 10.0, 0.001


def _histories(number: int) -> tuple[int, int]:
    """Return in how many histories digests failed.

    The second number is for a watermark by time.
    """
    failed = usual = 0
    for seed in range(number):
        if seed % 50 == 0:
            print(f"  … history {seed} of {number}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            problem, watermark = asyncio.run(history(Path(folder), seed))
        failed += bool(problem)
        usual += watermark
        if problem:
            print(f"  history {seed}: {problem}", file=sys.stderr)
    return failed, usual


async def _crowd(path: Path, chats: int) -> None:
    """Make chats that are due at eight.

    Each following some of the tags that a morning's stories carry.
    """
    chance = random.Random(1)  # noqa: S311 - an invented morning
    async with open_store(path, RULES) as store:
        outlet = await store.outlets.ensure("নদী পত্রিকা")
        source = await store.sources.add("feed", "https://n.example/", outlet, full_text=FullText.LINK, now=NOW)
        with contextlib.closing(sqlite3.connect(path)) as raw, raw:
            raw.executemany(
                "INSERT INTO terms (kind, value, name) VALUES ('tag', ?, '')", [(f"বিষয়{n}",) for n in range(TAGS)]
            )
            raw.execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO chats "
                "(platform, external_id, account, language, zone, digest_at, digest_from, created_at) "
                "SELECT 'p', i, 'p', 'bn', 'Asia/Dhaka', ?, 0, 0 FROM n",
                (chats, int(EIGHT.timestamp() * 1_000_000)),
            )
            raw.execute(
                "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT OR IGNORE INTO "
                "subscriptions (term_id, chat_id, created_at) SELECT 1 + (i * 7919) % ?, 1 + i / ?, 0 FROM n",
                (chats * EACH - 1, TAGS, EACH),
            )
        for number in range(SUBJECTS):
            tags = tuple(f"বিষয়{chance.randrange(TAGS)}" for _ in range(3))
            address = Alias("", AliasKind.ADDRESS, f"n.example/{number}")
            await store.articles.save(
                Draft(f"খবর {number}", (), (), (address,), tags=tags), source, NOW, push=Push.DIGEST
            )


async def _morning(path: Path, chats: int) -> tuple[float, float]:
    """Return the CPU seconds of beginning everybody's digest.

    The second number is for claiming and drawing one.
    """
    async with open_store(path, RULES) as store:
        begun = time.process_time()
        fired = await rounds.begin_due(store, EIGHT)
        firing = time.process_time() - begun
        assert fired == chats
        begun = time.process_time()
        drawn = await _draw(store)
    return firing, (time.process_time() - begun) / drawn


async def _draw(store: SqliteStore) -> int:
    drawer = Drawer(store, Traits(), "খবর")
    drawn = 0
    while drawn < DRAWN:
        claimed = await store.deliveries.settle_and_claim(
            "p", "me", EIGHT, settled=(), shares=lambda present: dict.fromkeys(present, 64), judge=lambda _: Post()
        )
        if not claimed:
            break
        for delivery, _ in claimed:
            assert await drawer.draw(delivery, EIGHT) is not None
        drawn += len(claimed)
    return drawn


def run(histories: int, chats: int) -> Result:
    """Measure all of it."""
    failed, usual = _histories(histories)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        print("  … a morning", file=sys.stderr, flush=True)
        asyncio.run(_crowd(path, chats))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        firing, drawing = asyncio.run(_morning(path, chats))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scale = 100_000 / chats
    return {
        "name": "digests",
        "sizes": {"histories": histories, "chats": chats, "subjects": SUBJECTS, "follows each": EACH},
        "figures": {
            "histories that skipped or doubled": failed,
            "the same with a watermark by time": usual,
            "beginning 100,000 digests, CPU s": firing * scale,
            "claiming and drawing one, CPU ms": drawing * 1000,
            "… 100,000 of them, CPU s": drawing * 100_000,
            "memory above what it began with, MB": (after - before) / 1024,
        },
        "ratio": failed / usual if usual else 0.0,
        "aim": "0 skipped, 0 doubled; beginning ≤ 10 s CPU, drawing ≤ 1 ms each",
        "met": failed == 0 and firing * scale <= MOST_FIRE and drawing <= MOST_DRAW,
    }


def main() -> None:
    """Run the benchmark."""
    given = arguments(__doc__, histories=300, chats=100_000)
    tell(run(given.histories, given.chats), as_json=given.json)


if __name__ == "__main__":
    main()
