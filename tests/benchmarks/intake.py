"""What a round of feeds costs the main process.

Each brings fifty items, one of them new.
Feeds are bytes in memory; parsing and drafting run in their worker processes as they do at work. A thousand feeds are
looked at as a hundred feeds ten times, for each needs its fifty articles first.

python -m tests.benchmarks.intake [--json] [--feeds N] [--rounds N]
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.rules import RULES
from bot.clockwork.clock import system_clock
from bot.intake.pipeline import Pipeline
from bot.sources import worker
from bot.sources.fetch import Fetched
from bot.values.articles import FullText
from storage.store import open_store
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.intake.drafting import DraftEntries
    from bot.values.articles import Sighting, Source
    from storage.store import SqliteStore

ITEMS = 50
BEFORE = {"statements": 424.0, "transactions": 51.0, "drafts": 50.0, "CPU, ms": 164.0}
"""What one feed cost when each item was drafted in the main process and stored alone (this benchmark, then)."""
AIM = 0.15
NOUNS = ("নদী", "সেতু", "বাজার", "হাসপাতাল", "বিদ্যালয়", "সড়ক", "মেলা", "বন্দর", "গ্রাম", "আদালত", "মাঠ", "কারখানা")
PLACES = ("রাজশাহী", "খুলনা", "সিলেট", "বরিশাল", "রংপুর", "ময়মনসিংহ", "কুমিল্লা", "যশোর", "পাবনা", "বগুড়া")
DEEDS = ("উদ্বোধন করেছেন", "পরিদর্শন করেছেন", "বন্ধ ঘোষণা করেছেন", "মেরামতের কথা জানিয়েছেন", "নতুন করে সাজিয়েছেন")
WHO = ("জেলা প্রশাসক", "মেয়র", "স্থানীয় বাসিন্দারা", "শিক্ষকেরা", "ব্যবসায়ীরা", "কৃষকেরা")


class Feeds:
    """Feeds in memory.

    Each look at one finds the next item on top of its list and the oldest gone.
    """

    def __init__(self) -> None:
        """Begin with the first fifty items of each."""
        self.newest: Counter[str] = Counter()

    async def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, public_only: bool = False
    ) -> Fetched:
        """Return what a feed holds by now."""
        del etag, last_modified, public_only
        last = self.newest[url] + ITEMS
        self.newest[url] += 1
        items = "".join(_item(url, number) for number in range(last - 1, last - ITEMS - 1, -1))
        body = f'<rss version="2.0"><channel><title>{url}</title>{items}</channel></rss>'.encode()
        return Fetched(url, 200, body, "application/rss+xml", None, None, None, None, None)


def _item(url: str, number: int) -> str:
    chance = random.Random(f"{url} {number}")  # noqa: S311 - the same words at each look
    sentences = " ".join(
        f"{chance.choice(PLACES)}র {chance.choice(NOUNS)} ও {chance.choice(NOUNS)} নিয়ে {chance.choice(WHO)} বৈঠক শেষে "
        f"{chance.choice(NOUNS)} {chance.choice(DEEDS)}।"
        for _ in range(12)
    )
    title = f"{chance.choice(PLACES)}তে {chance.choice(NOUNS)} {number} {chance.choice(DEEDS)} {chance.choice(WHO)}"
    return (
        f"<item><title>{title}</title><link>{url}/{number}</link><guid>{url}/{number}</guid>"
        f"<category>{chance.choice(NOUNS)}</category><description>{sentences}</description></item>"
    )


async def _measure(feeds: int, rounds: int) -> Counter[str]:
    spent: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(Path(folder, "khobor.db"), RULES) as store:
            interval = timedelta(minutes=15)
            pipeline = Pipeline(store, Feeds(), worker.parse, system_clock, interval, draft=_counted(spent))
            sources = [await _source(store, number) for number in range(feeds)]
            for source in sources:
                await pipeline.poll(source)
            await _count_statements(store, spent)
            spent.clear()
            for _ in range(rounds):
                for source in sources:
                    known = await store.sources.get(source.id) or source
                    began = time.process_time()
                    turn = await pipeline.poll(known)
                    spent["CPU"] += round((time.process_time() - began) * 1e6)
                    spent["looks"] += 1
                    assert (turn.new, turn.revised, turn.problem) == (1, 0, None), turn
    return spent


async def _source(store: SqliteStore, number: int) -> Source:
    address = f"https://o{number}.example/feed"
    outlet = await store.outlets.ensure(f"কাগজ {number}", sites=(address,))
    return await store.sources.add("feed", address, outlet, full_text=FullText.LINK, now=system_clock())


async def _count_statements(store: SqliteStore, spent: Counter[str]) -> None:
    before = ""

    def told(statement: str) -> None:
        nonlocal before
        # What a trigger does is told as a comment, or as the statement that set it off, again.
        again, before = statement == before, statement
        if not again and not statement.startswith("--"):
            spent["transactions" if statement.startswith("BEGIN") else "statements"] += statement != "COMMIT"

    database = store._database
    for connection in (database._writer, *database._readers):
        await connection.raw.set_trace_callback(told)


def _counted(spent: Counter[str]) -> DraftEntries:
    async def draft(sightings: Sequence[Sighting]) -> worker.Drafted:
        spent["drafts"] += len(sightings)
        return await worker.draft(sightings)

    return draft


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, feeds=100, rounds=10)
    spent = asyncio.run(_measure(asked.feeds, asked.rounds))
    looks = spent["looks"]
    cost = {
        "statements": spent["statements"] / looks,
        "transactions": spent["transactions"] / looks,
        "drafts": spent["drafts"] / looks,
        "CPU, ms": spent["CPU"] / looks / 1000,
    }
    ratios = {what: cost[what] / before for what, before in BEFORE.items()}
    result = Result(
        name="intake",
        sizes={"feeds": asked.feeds, "rounds": asked.rounds, "items": ITEMS},
        figures={f"{what} a feed": figure for what, figure in cost.items()}
        | {f"{what} a feed before": figure for what, figure in BEFORE.items()},
        ratio=max(ratios.values()),
        aim=f"{AIM:g} of what each of these was before",
        met=max(ratios.values()) <= AIM,
    )
    tell(result, as_json=asked.json)


if __name__ == "__main__":
    main()
