"""Questions to a large archive, beside the bare minimum.

The same rows read by number through the bare driver.
python -m tests.benchmarks.archive [--json] [--articles N]
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.values.articles import Entry, FullText, Push, Query, QueryKind
from storage.store import open_store
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from storage.store import SqliteStore

AIM = 50.0
START = datetime(2026, 1, 1, tzinfo=UTC)
ASKED = 200
_COMMON = [
    "নদী",
    "সেতু",
    "সড়ক",
    "বাজার",
    "খেলা",
    "স্কুল",
    "বৃষ্টি",
    "কৃষক",
    "নির্বাচন",
    "আদালত",
    "হাসপাতাল",
    "বন্দর",
    "বিমান",
    "রেল",
    "চাল",
]


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, articles=10_000)
    result = asyncio.run(_measure(asked.articles))
    tell(result, as_json=asked.json)


async def _measure(articles: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        async with open_store(path, RULES) as store:
            begin = time.perf_counter()
            await _fill(store, articles)
            saves = articles / (time.perf_counter() - begin)
            queries = {
                "latest": Query(),
                "a tag": Query(QueryKind.TAG, "নদী"),
                "a common word": Query(QueryKind.WORDS, "সেতু"),
                "two common words": Query(QueryKind.WORDS, "সেতু নদী"),
            }
            figures = {f"{name}, p99 ms": await _p99(store, query) for name, query in queries.items()}
        bare = _bare(path, articles)
        size = path.stat().st_size / articles
    worst = max(figures.values())
    return Result(
        name="archive",
        sizes={"articles": articles, "questions": ASKED * len(queries)},
        figures={"saves a second": saves, "bytes an article": size, **figures, "five rows by number, p99 ms": bare},
        ratio=worst / bare,
        aim=f"every question at {AIM:g} ms or less (p99)",
        met=worst <= AIM,
    )


async def _fill(store: SqliteStore, articles: int) -> None:
    chance = random.Random(7)  # noqa: S311 - the same archive every time
    source = await store.sources.add("bench", None, None, full_text=FullText.ALLOWED, now=START)
    for number in range(articles):
        now = START + timedelta(seconds=number)
        words = chance.choices(_COMMON, k=60) + [f"শব্দ{chance.randrange(50_000)}" for _ in range(140)]
        chance.shuffle(words)
        entry = Entry(
            title=" ".join(words[:7]),
            body=(" ".join(words) + "।",),
            url=f"https://o.example/{number}",
            tags=tuple(chance.sample(_COMMON, 2)),
            published=now,
        )
        await store.articles.save(draft_cleaned(entry, str(source.id)), source, now, push=Push.NOW)


async def _p99(store: SqliteStore, query: Query) -> float:
    times = []
    for _ in range(ASKED):
        begin = time.perf_counter()
        assert len(await store.articles.page(query, 5)) == 5
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.quantiles(times, n=100)[98]


def _bare(path: Path, articles: int) -> float:
    raw = sqlite3.connect(path)
    times = []
    for number in range(ASKED):
        begin = time.perf_counter()
        raw.execute(
            "SELECT * FROM articles WHERE id BETWEEN ? AND ?", (number % articles, number % articles + 4)
        ).fetchall()
        times.append(1000 * (time.perf_counter() - begin))
    raw.close()
    return statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()
