"""Search: what inflected words find, and how long questions take.

The archive has a million articles. python -m tests.benchmarks.search [--json] [--small N] [--large N]

Hits are measured on the shared articles: a word is asked for in one of its forms, and right is whatever holds a
form of it by a closed list of endings. Peers are SQLite's index asked for the word as it stands, and for all words that
begin like its stem, both ranked by the index itself. Time is measured on invented archives; beside stands the bare
index through the bare driver, newest first and by its own ranking.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.bangla.normalise import key
from bot.bangla.stems import stem
from bot.bangla.words import split
from bot.search import understanding
from bot.search.grammar.inquiring import inquiry
from bot.values.articles import DHAKA, Entry, FullText, Push, Query, QueryKind
from storage.search.ranking import LATEST_HITS
from storage.store import open_store
from tests.benchmarks.large_archive import START, Language, fill, invent
from tests.benchmarks.report import Result, arguments, tell
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.store import SqliteStore

P99, GROWTH = 50.0, 3.0
RECALL, FIRST = 0.97, 0.97
ALL = "all questions, p99 ms"
ASKED = 200
"""Questions of each kind."""
NOUNS = 300
# Wider than what search itself goes by.
_ENDINGS = """
র ের এর কে তে ে য় য়ে য়ের এ টি টা গুলো গুলি রা েরা দের ই ও টির টিকে টিতে টার টাকে টায় টাতে গুলোর গুলোকে গুলোতে গুলির গুলিকে
গুলিতে দেরকে েও েই রই রও েরই েরও কেই কেও
"""
_FORMS = tuple(map(key, _ENDINGS.split()))
_LEAST_FORMS, _SHORTEST = 4, 3


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, small=100_000, large=1_000_000)
    tell(asyncio.run(_measure(asked.small, asked.large)), as_json=asked.json)


async def _measure(small: int, large: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        sizes, found = await _found(Path(folder, "real.db"))
        language = invent()
        times = {}
        for articles in (small, large):
            path = Path(folder, f"{articles}.db")
            await fill(path, language, articles)
            times[articles] = await _times(path, language) | _bare(path, language)
            path.unlink()
    worst = times[large][ALL]
    growth = times[large]["a common word, p50 ms"] / times[small]["a common word, p50 ms"]
    spread = {f"{articles:,}: {name}": value for articles in times for name, value in times[articles].items()}
    good = not found or (found["recall"] >= RECALL and found["precision of the first five"] >= FIRST)
    return Result(
        name="search",
        sizes={**sizes, "invented articles": small, "and": large},
        figures={**found, **spread, "common words, times slower in the larger": growth},
        ratio=times[large]["a common word, p50 ms"] / times[large]["bare index, newest five, p50 ms"],
        aim=f"recall {RECALL}, of the first five {FIRST} right; p99 ≤ {P99:g} ms in the larger archive, "
        f"common words ≤ {GROWTH:g} times the smaller's; the ratio is of a common word to the bare index",
        met=good and worst <= P99 and growth <= GROWTH,
    )


# --- what is found ---


async def _found(path: Path) -> tuple[dict[str, int], dict[str, float]]:
    """Ask for inflected words on real articles.

    Nothing where the folder is absent.
    """
    file = SHARED / "data" / "articles" / "articles.jsonl"
    if not file.exists():
        print("search: no data/articles in $KHOBOR_SHARED, only time is measured")
        return {}, {}
    async with open_store(path, RULES) as store:
        source = await store.sources.add("bench", None, None, full_text=FullText.ALLOWED, now=START)
        holding = defaultdict[str, set[int]](set)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            article = json.loads(line)
            address = f"https://o.example/{number}"
            entry = Entry(title=article["title"], url=address, body=tuple(article["body"].split("\n")))
            saved = await store.articles.save(draft_cleaned(entry, "1"), source, START, push=Push.NONE)
            for word in split(f"{entry.title} {' '.join(entry.body)}"):
                holding[word].add(saved.article_id)
        tried = _tried(holding)
        ours = [await _all_of(store, form) for form, _ in tried]
    plain = sqlite3.connect(path)
    exact = [_ranked(plain, f'"{form}"') for form, _ in tried]
    begun = [_ranked(plain, f'"{stem(form)}"*') for form, _ in tried]
    plain.close()
    right = [articles for _, articles in tried]
    recall, precision, first = _scores(ours, right)
    as_it_stands, beginnings = _scores(exact, right), _scores(begun, right)
    sizes = {"real articles": len(set().union(*holding.values())), "inflected words": len(tried)}
    return sizes, {
        "recall": recall,
        "precision": precision,
        "precision of the first five": first,
        "the word as it stands: recall": as_it_stands[0],
        "the word as it stands: precision": as_it_stands[1],
        "beginnings like its stem: recall": beginnings[0],
        "beginnings like its stem: precision": beginnings[1],
        "beginnings like its stem: of the first five": beginnings[2],
    }


def _tried(holding: dict[str, set[int]]) -> list[tuple[str, set[int]]]:
    """Choose words in several forms, the same every time.

    Return the commonest inflected form, and what holds any form.
    Left out are words that say when, and those of more articles than a search looks at.
    """
    found = []
    for base in sorted(word for word in holding if len(word) >= _SHORTEST):
        forms = [base + ending for ending in _FORMS if base + ending in holding]
        if len(forms) >= _LEAST_FORMS and not any(base.removesuffix(ending) in holding for ending in _ends(base)):
            form = max(forms, key=lambda form: len(holding[form]))
            right = set().union(*(holding[one] for one in (base, *forms)))
            if len(right) <= LATEST_HITS and inquiry(form, START, ZoneInfo(DHAKA)).text:
                found.append((form, right))
    return random.Random(5).sample(found, min(NOUNS, len(found)))  # noqa: S311 - the same words every time


def _ends(word: str) -> list[str]:
    return [ending for ending in _FORMS if word.endswith(ending)]


async def _all_of(store: SqliteStore, text: str) -> list[int]:
    query = (await understanding.words(store, text, START, ZoneInfo(DHAKA))).query
    return [article.id for article in (await store.articles.ranked(query, 1000))[0]]


def _ranked(db: sqlite3.Connection, match: str) -> list[int]:
    rows = db.execute("SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rank", (match,))
    return [number for (number,) in rows]


def _scores(answers: list[list[int]], right: list[set[int]]) -> tuple[float, float, float]:
    """Return recall, precision, and precision of the first five.

    Each the mean over the questions.
    """
    pairs = list(zip(answers, right, strict=True))
    recall = statistics.mean(len(wanted.intersection(found)) / len(wanted) for found, wanted in pairs)
    some = [(found, wanted) for found, wanted in pairs if found]
    precision = statistics.mean(len(wanted.intersection(found)) / len(found) for found, wanted in some)
    first = statistics.mean(len(wanted.intersection(found[:5])) / len(found[:5]) for found, wanted in some)
    return recall, precision, first


# --- how long it takes ---


def kinds(language: Language, chance: random.Random) -> dict[str, Callable[[], Query]]:
    """Return what is asked, by kind.

    The most frequent words come first in the language.
    """
    words = language.words
    rare = len(words) // 2

    def asked(*limits: int) -> str:
        return " ".join(words[chance.randrange(limit)] for limit in limits)

    def of(text: str, **more: object) -> Query:
        return Query(QueryKind.WORDS, text, text, **more)  # type: ignore[arg-type]

    return {
        "a common word": lambda: of(asked(50)),
        "a usual word": lambda: of(asked(5000)),
        "a rare word": lambda: of(words[chance.randrange(rare, len(words))]),
        "two common words": lambda: of(asked(100, 100)),
        "a common and a rare word": lambda: of(f"{asked(50)} {words[chance.randrange(rare, len(words))]}"),
        "five usual words": lambda: of(asked(50, 200, 500, 1000, 2000)),
        "twelve common words": lambda: of(asked(*[30] * 12)),
        "two words side by side": lambda: of(f'"{asked(30, 30)}"'),
        "a beginning of three signs": lambda: of(words[chance.randrange(2000)][:3]),
        "a word without another": lambda: of(asked(50), without=asked(50)),
        "a word of two days long ago": lambda: of(
            asked(50), since=START + timedelta(days=3), until=START + timedelta(days=5)
        ),
    }


async def _times(path: Path, language: Language) -> dict[str, float]:
    chance = random.Random(9)  # noqa: S311 - the same questions every time
    figures, every = dict[str, float](), list[float]()
    async with open_store(path, RULES) as store:
        for kind, query in kinds(language, chance).items():
            for _ in range(ASKED):
                # Not counted: what a program that runs has read before.
                await store.articles.ranked(query(), 5)
            times = []
            for _ in range(ASKED):
                asked = query()
                begin = time.perf_counter()
                await store.articles.ranked(asked, 5)
                times.append(1000 * (time.perf_counter() - begin))
            every += times
            figures |= {f"{kind}, p50 ms": statistics.median(times), f"{kind}, p99 ms": _p99(times)}
            print(f"  {kind}: p50 {statistics.median(times):.1f}, p99 {_p99(times):.1f} ms", flush=True)
    return figures | {ALL: _p99(every)}


def _bare(path: Path, language: Language) -> dict[str, float]:
    """Ask the bare index for a common word.

    The newest five, and the five that it ranks first.
    """
    db = sqlite3.connect(path)
    figures = {}
    for name, order in (("newest five", "rowid DESC"), ("first five by its own rank", "rank")):
        times = []
        for word in language.words[:50]:
            begin = time.perf_counter()
            db.execute(
                f"SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY {order} LIMIT 5",
                (f'"{word}"',),
            ).fetchall()
            times.append(1000 * (time.perf_counter() - begin))
        figures[f"bare index, {name}, p50 ms"] = statistics.median(times)
    db.close()
    return figures


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()
