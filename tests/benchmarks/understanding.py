"""Reading a text beside a large archive.

Its time stands beside one bare look-up of its words, and the first after a start. python -m
tests.benchmarks.understanding [--json] [--articles N]

A text is read into a question for the archive (`bot.search.understanding.find`): names, sounds, headlines. The peer
asks the bare index, through the same driver, once for the words as they were typed, all of them, as beginnings, and
takes the five that the index ranks first. Questions come in eight kinds: as it stands, inflected, misspelt, in Roman
letters, unknown, three words, a question, a headline.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.rules import RULES
from bot.bangla.phonetics import romanised
from bot.bangla.words import split
from bot.search import headlines, understanding
from bot.search.lexicon import tables
from bot.values.articles import DHAKA
from storage.driver.sqlite import opened
from storage.store import open_store
from tests.benchmarks.large_archive import START, Language, fill, invent
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.driver.connection import Connection, Row
    from storage.store import SqliteStore

EACH = 40
"""Texts of each kind."""
MEDIAN, WORST, FIRST = 3.0, 10.0, 3.0
_ZONE = ZoneInfo(DHAKA)


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, articles=100_000)
    tell(asyncio.run(_measure(asked.articles)), as_json=asked.json)


async def _measure(articles: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path, language = Path(folder, "large.db"), invent()
        await fill(path, language, articles)
        with sqlite3.connect(path) as db:
            db.execute("UPDATE vocabulary_mark SET sounded = ''")
        db.close()
        await _learn(path)
        texts = {kind: [make() for _ in range(EACH)] for kind, make in _kinds(language, path).items()}
        first = await _first(path, next(iter(texts.values()))[0])
        ours = {kind: await _times(path, some) for kind, some in texts.items()}
        bare = {kind: await _bare(path, some) for kind, some in texts.items()}
    mine, theirs = [*chain(*ours.values())], [*chain(*bare.values())]
    later = statistics.median(mine)
    p99 = statistics.quantiles(mine, n=100)[98]
    peer, peer99 = statistics.median(theirs), statistics.quantiles(theirs, n=100)[98]
    figures = {f"{kind}, p50 ms": statistics.median(times) for kind, times in ours.items()}
    figures |= {f"{kind}, bare p50 ms": statistics.median(times) for kind, times in bare.items()}
    figures |= {"all, p50 ms": later, "all, p99 ms": p99, "bare, p50 ms": peer, "bare, p99 ms": peer99}
    figures |= {"first after a start, ms": first, "first, times a later one": first / later}
    return Result(
        name="understanding",
        sizes={"invented articles": articles, "texts": len(mine)},
        figures=figures,
        ratio=later / peer,
        aim=f"p50 ≤ {MEDIAN:g} times one bare look-up's, p99 ≤ {WORST:g} times its p50; "
        f"the first ≤ {FIRST:g} times a later one",
        met=later <= MEDIAN * peer and p99 <= WORST * peer and first <= FIRST * max(later, statistics.mean(mine)),
    )


def _kinds(language: Language, path: Path) -> dict[str, Callable[[], str]]:
    chance = random.Random(11)  # noqa: S311 - the same texts every time
    with sqlite3.connect(path) as db:
        titles = [row[0] for row in db.execute("SELECT headline FROM article_texts WHERE article_id % 997 = 1")]
    db.close()

    def word(limit: int = 2000) -> str:
        return language.words[chance.randrange(limit)]

    return {
        "a word": word,
        "an inflected word": lambda: f"{word()}ের",
        "a misspelt word": lambda: word().replace("ি", "ী").replace("স", "ষ"),
        "Roman letters": lambda: romanised(word()),
        "an unknown word": lambda: f"{word()[:2]}ৌঢ়{word()[-2:]}ঞ্ঝ",
        "three words": lambda: f"{word()} {word()} {word()}",
        "a question": lambda: f"{word()} এখন কোথায়",
        "a headline": lambda: chance.choice(titles),
    }


async def _learn(path: Path) -> None:
    async with open_store(path, RULES) as store:
        while True:
            begin = time.perf_counter()
            await store.vocabulary.refresh()
            if time.perf_counter() - begin < 0.02:
                return


async def _read(store: SqliteStore, text: str) -> float:
    begin = time.perf_counter()
    if await headlines.pasted(store, text) is None:
        await understanding.find(store, text, START, _ZONE)
    return 1000 * (time.perf_counter() - begin)


async def _first(path: Path, text: str) -> float:
    # The lists are read when the program starts, before it can be asked (handlers/router.py).
    tables.load()
    async with open_store(path, RULES) as store:
        return await _read(store, text)


async def _times(path: Path, texts: list[str]) -> list[float]:
    async with open_store(path, RULES) as store:
        for text in texts:
            await _read(store, text)
        return [await _read(store, text) for text in texts]


async def _bare(path: Path, texts: list[str]) -> list[float]:
    times = []
    async with opened(path) as database:
        for text in (*texts, *texts):
            match = " ".join(f'"{word}"*' for word in split(text))
            begin = time.perf_counter()
            await database.read(lambda db, match=match: _look_up(db, match))  # type: ignore[misc]
            times.append(1000 * (time.perf_counter() - begin))
    return times[len(texts) :]


async def _look_up(db: Connection, match: str) -> list[Row]:
    return await db.rows(
        "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rank LIMIT 5", match or '""'
    )


if __name__ == "__main__":
    main()
