"""From an article to its rows.

A million subscriptions, a hundred thousand matches, over ten million old rows.
Beside the bare minimum, the same matches by one plain INSERT … SELECT in one transaction; how long each keeps another
process from writing; and how long it takes to find which of 100,000 followed keywords an article holds.

python -m tests.benchmarks.matching [--json] [--old N]
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.articles.draft import draft_cleaned
from bot.articles.offer import offer
from bot.articles.rules import RULES
from bot.bangla.words import head, normal_question, question, split
from bot.clockwork.clock import system_clock
from bot.delivery.spreading import Spread, Spreader
from bot.subscriptions.keywords import MOST_SHARE, refused
from bot.values.articles import Draft, Entry, FullText, Push
from storage.driver.sqlite import opened
from storage.matching import offers
from storage.store import open_store
from tests.benchmarks.report import Result, arguments, tell
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

    from bot.values.articles import Source
    from storage.driver.connection import Connection
    from storage.store import SqliteStore

    Text = tuple[str, tuple[str, ...]]
    Write = tuple[float, float]

WORK_AIM, BLOCK_AIM, GROWTH_AIM, KEYWORDS_AIM = 0.5, 50.0, 1.2, 10.0
CHATS = 250_000
STRIDE = 10
"""Numbers from one chat to the next; into the gaps come those that follow other things, ten for one."""
KEYWORDS, PER_KEYWORD = 100_000, 10
TURNS = 5
PAUSE = 0.001
"""Seconds from one write of the rival to its next."""
OLD_SUBJECTS = 100
OTHERS = 20_000
"""Tags that the article has not."""
BYTES_OLD, BYTES_MORE = 130, 3_000_000_000
MADE_UP = 500
"""Articles where there are no real ones."""
TAG = "সেতু"

_CHATS = """
WITH RECURSIVE n (i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO chats (id, platform, external_id, account, kind, language, zone, mode, created_at)
SELECT i, 'telegram', 100000000 + i, 'telegram',
    CASE WHEN i % 500 = 0 THEN 'channel' WHEN i % 200 = 0 THEN 'group' ELSE 'private' END,
    'bn', 'Asia/Dhaka', iif(i / 10 % 10 = 4, 1, 3), 0 FROM n WHERE (i % :stride = 0) = :on
"""
# Of ten chats four get it: by everything, by the outlet, by the tag, by both of these. One has everything in digests,
# one follows the tag and leaves the outlet out.
_MATCHING = """
WITH m (kind, value, chat_id, exclude, mode) AS (
    SELECT 'all', '', id, 0, 0 FROM chats WHERE id / 10 % 10 IN (0, 4) UNION ALL
    SELECT 'outlet', :outlet, id, id / 10 % 10 = 5, 0 FROM chats WHERE id / 10 % 10 IN (1, 3, 5) UNION ALL
    SELECT 'tag', :tag, id, 0, iif(id / 10 % 10 = 3, 1, 0) FROM chats WHERE id / 10 % 10 IN (2, 3, 5)
)
INSERT INTO subscriptions (term_id, chat_id, created_at, exclude, mode)
SELECT t.id, m.chat_id, 0, m.exclude, m.mode FROM m JOIN terms t ON t.kind = m.kind AND t.value = m.value ORDER BY 1, 2
"""
# Each chat follows three other things, every fifth a fourth.
_OTHERS = """
INSERT INTO subscriptions (term_id, chat_id, created_at)
SELECT (SELECT min(id) FROM terms WHERE value = 'other 0')
        + (c.id / 10 * 31 + c.id % 10 * 977 + r.value * 4001) % :others,
    c.id, 0 FROM chats c CROSS JOIN json_each('[0, 1, 2, 3]') r
WHERE (c.id % :stride = 0) = :on AND (r.value < 3 OR c.id / 10 % 5 = 0) ORDER BY 1, 2
"""
_OLD = """
INSERT INTO deliveries (subject_id, chat_id, account, lane, rank, state, shown, message_id, sent_to, form, sent_at,
    reason, round_id)
SELECT :subject, id, 'telegram', 2, id, iif(id / 10 % 50 = 0, 'left', 'sent'), 1, 1000000 + id, 100000000 + id, 'text',
    1760000000000000 + id, iif(id / 10 % 50 = 0, 'quiet', NULL), iif(id / 10 % 50 = 0, 1, NULL)
FROM chats ORDER BY id LIMIT :many
"""
_BARE = """
INSERT INTO deliveries (subject_id, chat_id, account, lane, state)
SELECT :subject, c.id, c.account, 2, 'waiting' FROM subscriptions s JOIN chats c ON c.id = s.chat_id
WHERE s.term_id IN (SELECT term_id FROM subject_terms WHERE subject_id = :subject) AND c.state = 'active'
GROUP BY c.id HAVING max(s.exclude) = 0 AND max(iif(s.mode, s.mode, c.mode)) = 3
"""


@dataclass(slots=True)
class Measured:
    """Several turns.

    Seconds of work, of the worst window, when each began and ended; and the rows of one.
    """

    seconds: list[float] = field(default_factory=list)
    windows: list[float] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    rows: int = 0

    @property
    def work(self) -> float:
        """The median of the turns."""
        return statistics.median(self.seconds)

    def waits(self, written: list[Write]) -> list[float]:
        """Return, in milliseconds, how long what another process wrote meanwhile took."""
        return [1000 * took for at, took in written for begin, end in self.spans if at <= end and at + took >= begin]


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, old=10_000_000)
    with tempfile.TemporaryDirectory() as folder:
        old = _affordable(Path(folder), asked.old)
        result = asyncio.run(_measure(Path(folder, "khobor.db"), old))
    tell(result, as_json=asked.json)


def _affordable(folder: Path, old: int) -> int:
    """Return how many old rows there is room for."""
    room = (shutil.disk_usage(folder).free - BYTES_MORE) // BYTES_OLD // OLD_SUBJECTS * OLD_SUBJECTS
    if room < old:
        print(f"Only {max(room, 0):,} old rows instead of {old:,}: there is no room for more in {folder}.", flush=True)
    return max(0, min(room, old))


async def _measure(path: Path, old: int) -> Result:
    async with open_store(path, RULES) as store:
        outlet = await store.outlets.ensure("নদী পত্রিকা")
        source = await store.sources.add("benchmark", None, outlet, full_text=FullText.LINK, now=system_clock())
    _fill(path, str(outlet.id), old)
    async with open_store(path, RULES) as store:
        bench = Bench(store, source, path)
        _say("spreading, alone")
        alone = await bench.spread()
        _say("spreading, while another process writes")
        with _Rival(path) as rival:
            beside = await bench.spread()
            waited = beside.waits(rival.ended())
        _say("the bare statement")
        bare = await bench.bare()
        with _Rival(path) as rival:
            both = await bench.bare()
            waited_bare = both.waits(rival.ended())
        with _Rival(path) as rival:
            await asyncio.sleep(2)
            nobody = [1000 * took for _, took in rival.ended()]
        _say("ten times as many that do not match")
        _others(path, on=False)
        more = await bench.spread()
        _say("keywords")
        texts = _texts()
        # Who follows something has not read tomorrow's news: what is followed stands in one half of the articles, and
        # the other half is what comes.
        keywords = _keywords(path, texts[::2])
        await bench.offer(texts[::2])  # a process that has been running for a day
        times = await bench.offer(texts[1::2])
        subscriptions = (await bench.rows("SELECT count(*) FROM subscriptions"))[0][0]
    growth = more.work / alone.work
    p50, p99 = (statistics.quantiles(times, n=100)[at] for at in (49, 98))
    assert {alone.rows, beside.rows, bare.rows, both.rows, more.rows} == {CHATS * 2 // 5}
    return Result(
        name="matching",
        sizes={
            "chats": CHATS,
            "subscriptions": CHATS * 4,
            "rows written": alone.rows,
            "old rows": old,
            "keywords": keywords,
            "subscriptions in the end": subscriptions,
            "real articles" if len(texts) != MADE_UP else "made up articles": len(times),
        },
        figures={
            "work, s": alone.work,
            "work, from first to last row, gaps too, s": statistics.median(end - begin for begin, end in alone.spans),
            "worst window, ms": 1000 * max(alone.windows),
            "work beside another writer, s": beside.work,
            "the other writer waits at most, ms": max(waited),
            "the other writer waits, p99 ms": statistics.quantiles(waited, n=100)[98],
            "it waits with nobody there at most, ms": max(nobody),
            "the bare statement, s": bare.work,
            "the other writer waits for that at most, ms": max(waited_bare),
            "work with 10 x that do not match, s": more.work,
            "times as much as before": growth,
            "finding keywords, p50 ms an article": p50,
            "finding keywords, p99 ms an article": p99,
        },
        ratio=alone.work / bare.work,
        aim=f"work {WORK_AIM:g} s or less, another writer waits {BLOCK_AIM:g} ms or less, 10 x that do not match "
        f"{GROWTH_AIM:g} x or less, keywords {KEYWORDS_AIM:g} ms or less (p99); the ratio is to the bare statement",
        met=alone.work <= WORK_AIM and max(waited) <= BLOCK_AIM and growth <= GROWTH_AIM and p99 <= KEYWORDS_AIM,
    )


@dataclass(slots=True)
class Bench:
    """A store to measure."""

    store: SqliteStore
    source: Source
    path: Path
    number: int = 0

    async def rows(self, sql: str, **values: object) -> list[tuple[int, ...]]:
        """Run a statement in a transaction of its own."""
        # By name where values come several times.
        return await self.store._database.write(lambda db: db.rows(sql, *values.values()))

    async def spread(self) -> Measured:
        """Spread one article after another, each over the same table."""
        found = Measured()
        for _ in range(TURNS):
            subject = await self._article()
            begun = time.time()
            spread: Spread = await Spreader(self.store, system_clock, {}).step()
            found.spans.append((begun, time.time()))
            found.seconds.append(spread.seconds)
            found.windows.append(spread.worst)
            found.rows = spread.rows
            await self._forget(subject)
        return found

    async def bare(self) -> Measured:
        """Write the same rows by one plain statement in one transaction."""
        found = Measured()
        with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous = FULL")
            for _ in range(TURNS):
                subject = await self._article()
                begun, ticks = time.time(), time.perf_counter()
                raw.execute("BEGIN IMMEDIATE")
                found.rows = raw.execute(_BARE, {"subject": subject}).rowcount
                raw.execute("COMMIT")
                found.seconds.append(time.perf_counter() - ticks)
                found.spans.append((begun, time.time()))
                await self._forget(subject)
        return found

    async def _article(self) -> int:
        self.number += 1
        entry = Entry(title="নদীর ঘাটে নতুন পথ", url=f"https://nodi.example/{self.number}", tags=(TAG,))
        draft = draft_cleaned(entry, str(self.source.id))
        saved = await self.store.articles.save(draft, self.source, system_clock(), push=Push.NOW)
        subject = await self.store.subjects.of_article(saved.article_id)
        assert subject is not None
        return subject.id

    async def _forget(self, subject: int) -> None:
        """Make room for the next, in steps.

        Thus nobody else waits for that.
        """
        while await self.rows(  # noqa: ASYNC110 - a gap for others, there is nothing to wait for
            "DELETE FROM deliveries WHERE subject_id = ? AND chat_id IN "
            "(SELECT chat_id FROM deliveries WHERE subject_id = ? LIMIT 2000) RETURNING 1",
            subject=subject,
            again=subject,
        ):
            await asyncio.sleep(0.005)
        await self.rows("UPDATE fanouts SET done = 1 WHERE subject_id = ?", subject=subject)

    async def offer(self, texts: list[Text]) -> list[float]:
        """Find what each of these offers.

        Return how long each took, in milliseconds.
        """

        async def work(db: Connection) -> list[float]:
            times, found = [], 0
            for worked_out in [offer(Draft(headline, tuple(body), (), ())) for headline, body in texts]:
                begun = time.perf_counter()
                found += len(await offers.offered(db, worked_out, None, None))
                times.append(1000 * (time.perf_counter() - begun))
            assert found > len(texts), "each holds everything, and some of the keywords"
            return times

        return await self.store._database.read(work)


def _say(what: str) -> None:
    print(f"  … {what}", flush=True)


# --- what is there before ---


def _fill(path: Path, outlet: str, old: int) -> None:
    with _bulk(path) as raw:
        _say(f"{CHATS:,} chats with {CHATS * 4:,} subscriptions")
        raw.execute(_CHATS, {"first": STRIDE, "last": CHATS * STRIDE, "stride": STRIDE, "on": 1})
        named = [("all", ""), ("outlet", outlet), ("tag", TAG), *(("tag", f"other {n}") for n in range(OTHERS))]
        raw.executemany("INSERT INTO terms (kind, value, name) VALUES (?, ?, '')", named)
        raw.execute(_MATCHING, {"outlet": outlet, "tag": TAG})
        for subject in range(1, OLD_SUBJECTS + 1):
            raw.execute("INSERT INTO subjects (id, kind, created_at, closes_at) VALUES (?, 'story', 0, 0)", (subject,))
            raw.execute(_OLD, {"subject": subject, "many": old // OLD_SUBJECTS})
            if subject % (OLD_SUBJECTS // 5) == 0:
                _say(f"{old // OLD_SUBJECTS * subject:,} old rows")
        raw.execute("UPDATE counters SET value = ? WHERE name = 'subject'", (OLD_SUBJECTS,))
    _others(path, on=True)


def _others(path: Path, *, on: bool) -> None:
    """Let chats follow what the article is not about.

    They follow terms that are there, or as many new ones between them.
    """
    with _bulk(path) as raw:
        if not on:
            raw.execute(_CHATS, {"first": 1, "last": CHATS * STRIDE, "stride": STRIDE, "on": 0})
        raw.execute(_OTHERS, {"stride": STRIDE, "on": int(on), "others": OTHERS})


def _keywords(path: Path, texts: list[Text]) -> int:
    """Let chats follow words and pairs of words of these texts.

    They follow phrases too; return how many there are.
    """
    chance = random.Random(7)  # noqa: S311 - the same every time
    said = [split(f"{headline} {' '.join(body)}") for headline, body in texts]
    common: dict[str, int] = {}
    for words in said:
        for word in set(words):
            common[word] = common.get(word, 0) + 1
    known = {word for word, n in common.items() if n <= MOST_SHARE * len(texts)}
    chosen = {normal_question(word): None for word in sorted(known) if refused(word) is None}
    pairs = sorted({pair for words in said for pair in pairwise(words) if set(pair) <= known})
    chance.shuffle(pairs)
    for at, (one, other) in enumerate(pairs):
        if len(chosen) >= KEYWORDS:
            break
        chosen[normal_question(f'"{one} {other}"' if at % 4 == 0 else f"{one} {other}")] = None
    asked = [(text, head(question(text))) for text in islice(chosen, KEYWORDS)]
    with _bulk(path) as raw:
        first = raw.execute("SELECT max(id) + 1 FROM terms").fetchone()[0]
        raw.executemany(
            "INSERT INTO terms (id, kind, value, name) VALUES (?, 'keyword', ?, '')",
            ((first + n, text) for n, (text, _) in enumerate(asked)),
        )
        raw.executemany(
            "INSERT INTO keywords (term_id, head, exact, value) VALUES (?, ?, ?, ?)",
            ((first + n, needle.text, needle.exact, text) for n, (text, needle) in enumerate(asked)),
        )
        raw.executemany(
            "INSERT INTO subscriptions (term_id, chat_id, created_at) VALUES (?, ?, 0)",
            (
                (first + n, ((n * 7919 + k * 25_013) % CHATS + 1) * STRIDE)
                for n in range(len(asked))
                for k in range(PER_KEYWORD)
            ),
        )
    return len(asked)


def _texts() -> list[Text]:
    """Return real articles where they are, else made up ones."""
    path = SHARED / "data" / "articles" / "articles.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            stored = [json.loads(line) for line in lines]
        return [(one["title"], tuple(one["body"].split("\n"))) for one in stored]
    chance = random.Random(7)  # noqa: S311 - the same every time
    words = ["".join(chance.choices("কখগঘচছজটডতদনপবমরলসহািীুেো", k=chance.randint(3, 9))) for _ in range(60_000)]
    return [
        (" ".join(chance.choices(words, k=8)), (" ".join(chance.choices(words, k=chance.randint(150, 600))),))
        for _ in range(MADE_UP)
    ]


@contextmanager
def _bulk(path: Path) -> Iterator[sqlite3.Connection]:
    """Open for much at once.

    Nobody else is there, and after a crash it would be made anew.
    """
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as raw:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "temp_store = FILE"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN IMMEDIATE")
        yield raw
        raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # Else the first checkpoint that is measured would write all of this to the disk.
    with path.open("rb") as file:
        os.fsync(file.fileno())


# --- another process that wants to write ---


class _Rival:
    """A process that writes small transactions all the while."""

    def __init__(self, path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._stop = context.Event()
        self._told: Queue[list[Write]] = context.Queue()
        self._process = context.Process(target=_write, args=(path, self._stop, self._told), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._told.get(timeout=60)  # it has begun
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._process.join(60)

    def ended(self) -> list[Write]:
        """End it; return all that it wrote."""
        self._stop.set()
        return self._told.get(timeout=60)


def _write(path: Path, stop: Event, told: Queue[list[Write]]) -> None:
    told.put([])
    told.put(asyncio.run(_written(path, stop)))


async def _written(path: Path, stop: Event) -> list[Write]:
    """Write as a reader's action in another process of ours does.

    One row of one chat, durably.
    """
    written: list[Write] = []

    async def seen(db: Connection) -> None:
        chat = (len(written) % CHATS + 1) * STRIDE
        await db.rows("UPDATE chats SET today_seen = today_seen + 1 WHERE id = ?", chat)

    async with opened(path, busy=30) as database:
        while not stop.is_set():
            at, begun = time.time(), time.perf_counter()
            await database.write(seen)
            written.append((at, time.perf_counter() - begun))
            await asyncio.sleep(PAUSE)
    return written


if __name__ == "__main__":
    main()
