"""SQLite and PostgreSQL do the same work.

The largest archive has a hundred times the smallest's articles. Measured are /latest, /tag, /search; from an article to
its rows of the outbox; claiming and settling in groups. Beside each stands the bare statement through the bare driver,
asked in turn with ours: the newest five rows, the newest five of a tag, the index's newest articles for the same words,
one INSERT … SELECT, and
one transaction a group that takes rows and ends the last ones, with the columns that ours reads and writes, and beside
that one that reads no chat and counts nothing against its day. Times are of the processor, this process's and the
server's for it, so that whatever else the machine does decides nothing; a wait for the disk is not in them. PostgreSQL
is a server of the benchmark's own; where none is installed it says so, and SQLite is measured alone.

python -m tests.benchmarks.engines [--json] [--sizes N,N,…] [--kept FOLDER]

Each size is an archive of its own on each engine. Made anew they take some twenty minutes; in a folder where they are
kept the next run finds them.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.draft import draft_cleaned
from bot.bangla.words import question
from bot.clockwork.clock import system_clock
from bot.delivery.decide import decide
from bot.delivery.lanes import shares
from bot.delivery.spreading import Spreader
from bot.sources.heap import leave_alone
from bot.values.articles import Entry, Push, Query, QueryKind
from bot.values.delivery import Arrived, Form, Post, Ref, Settlement
from storage.driver.connection import DatabaseEngine
from storage.search.expression import fts5, tsquery
from storage.search.ranking import LATEST_HITS
from storage.search.words import but, match_forms
from tests.benchmarks.cluster import ABSENT, started_cluster
from tests.benchmarks.engine_archives import (
    ACCOUNT,
    CHATS,
    EVERY,
    FOLLOWED,
    Archives,
    PostgresqlArchive,
    SqliteArchive,
    Writer,
)
from tests.benchmarks.large_archive import START
from tests.benchmarks.report import Result, parser_of, tell
from tests.benchmarks.search import kinds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from storage.driver.connection import Connection
    from storage.store import PostgresqlStore, SqliteStore
    from tests.benchmarks.cluster import Cluster
    from tests.benchmarks.engine_archives import Bare
    from tests.benchmarks.large_archive import Language

    Store = SqliteStore | PostgresqlStore

GROWTH, SEARCHED, OF_BARE, SPREAD, CLAIMED = 1.5, 60.0, 4.0, 0.3, 0.4
ASKED, OF_A_KIND = 100, 30
TURNS = 5
GROUP, GROUPS = 30, 100
DATABASE = "engines"
_SHOWN = "a.state = 'live' AND a.merged_into IS NULL"
_LATEST = f"SELECT a.id, a.headline FROM articles a WHERE {_SHOWN} ORDER BY a.at DESC, a.id DESC LIMIT 5"
_TAGGED = (
    "SELECT a.id, a.headline FROM article_tags x JOIN articles a ON a.id = x.article_id "
    f"WHERE x.tag_id = (SELECT t.id FROM tags t WHERE t.key = ?) AND {_SHOWN} ORDER BY x.at DESC LIMIT 5"
)
_FOUND = {
    DatabaseEngine.SQLITE: (
        "SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ? "
        f"ORDER BY rowid DESC LIMIT {LATEST_HITS}"
    ),
    DatabaseEngine.POSTGRESQL: (
        "SELECT article_id FROM article_words WHERE words @@ CAST(? AS tsquery) AND article_id BETWEEN ? AND ? "
        f"ORDER BY article_id DESC LIMIT {LATEST_HITS}"
    ),
}
_ALL = (
    "INSERT INTO deliveries (subject_id, chat_id, account, lane, rank, state) "
    "SELECT ?, c.id, c.account, 2, c.id, 'waiting' FROM subscriptions s JOIN chats c ON c.id = s.chat_id "
    "WHERE s.term_id IN (SELECT o.term_id FROM subject_terms o WHERE o.subject_id = ?) AND c.state = 'active'"
)
_DUE = (
    "SELECT d.subject_id, d.chat_id, c.external_id FROM deliveries d JOIN chats c ON c.id = d.chat_id "
    "WHERE d.account = ? AND d.lane = 2 AND d.state = 'waiting' AND d.due_at = 0 ORDER BY d.subject_id, d.rank LIMIT ?"
)
_TAKE = (
    "UPDATE deliveries SET state = 'sending', owner = 'bare', tries = tries + 1 WHERE subject_id = ? "
    "AND chat_id IN (SELECT value FROM ints(?)) AND state = 'waiting'"
)
_END = (
    "UPDATE deliveries SET state = 'sent', shown = 1, message_id = '1', sent_at = ?, owner = NULL, tries = 0 "
    "WHERE subject_id = ? AND chat_id IN (SELECT value FROM ints(?)) AND owner = 'bare'"
)
# The same rows and columns that ours reads and writes: the chat, its day's count, each message's own number.
_DUE_WHOLE = _DUE.replace("c.external_id", "c.external_id, d.tries, d.unsure, d.message_id, c.*")
_COUNT_EACH = (
    "UPDATE chats SET cap_used = cap_used + 1, cap_day = j.value ->> 1, hour_used = hour_used + 1, "
    "hour = CAST(j.value ->> 2 AS BIGINT) FROM items(?) j WHERE chats.id = CAST(j.value ->> 0 AS BIGINT)"
)
_END_EACH = (
    "UPDATE deliveries SET state = 'sent', shown = 1, message_id = j.value ->> 2, sent_to = j.value ->> 3, "
    "form = 'text', sent_at = CAST(j.value ->> 4 AS BIGINT), owner = NULL, tries = 0 FROM items(?) j "
    "WHERE deliveries.subject_id = CAST(j.value ->> 0 AS BIGINT) "
    "AND deliveries.chat_id = CAST(j.value ->> 1 AS BIGINT) AND deliveries.owner = 'bare'"
)


@dataclass(slots=True)
class Work:
    """Counts the processor's time.

    It is this process's, and that of a server's processes for one database.
    """

    cluster: Cluster | None = None
    database: str = ""
    _own: float = 0.0
    _others: dict[int, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Count from here."""
        self._others = self.cluster.working(self.database) if self.cluster else {}
        self._own = time.process_time()

    def end(self) -> float:
        """Return the milliseconds since."""
        own = time.process_time() - self._own
        others = self.cluster.working(self.database) if self.cluster else {}
        return 1000 * own + sum(ran - self._others.get(pid, 0) for pid, ran in others.items()) / 1_000_000


@dataclass(slots=True)
class Times:
    """Milliseconds of ours, and of the bare statement beside it."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def figures(self, name: str) -> dict[str, float]:
        """Return median and 99th percentile of both."""
        return {
            f"{name}, p50 ms": statistics.median(self.ours),
            f"{name}, p99 ms": _p99(self.ours),
            f"{name}, bare, p50 ms": statistics.median(self.bare),
            f"{name}, bare, p99 ms": _p99(self.bare),
        }


@dataclass(slots=True)
class Measured:
    """One engine at one size."""

    latest: Times
    tag: Times
    search: dict[str, Times]
    matching: list[float]
    """Milliseconds in which an article is stored with what it matches."""
    spread: Times
    """Of all the rows of one article."""
    claimed: Times
    """Of one group, beside the loop that reads and writes the same."""
    least: Times
    """Of the same groups, beside a loop that counts nothing against a chat's day and reads no chat."""

    @property
    def searched(self) -> Times:
        """All kinds of questions."""
        kinds = self.search.values()
        return Times([one for kind in kinds for one in kind.ours], [one for kind in kinds for one in kind.bare])

    def figures(self) -> dict[str, float]:
        """Return all of it by name."""
        found = self.latest.figures("/latest") | self.tag.figures("/tag") | self.searched.figures("/search")
        for name, times in self.search.items():
            found[f"/search, {name}, p99 ms"] = _p99(times.ours)
        found["storing and matching, p50 ms"] = statistics.median(self.matching)
        found["rows spread a second"] = 1000 * CHATS / statistics.median(self.spread.ours)
        found["rows spread, of one bare INSERT … SELECT"] = _share(self.spread)
        found["claimed and settled a second"] = 1000 * GROUP / statistics.median(self.claimed.ours)
        found["claimed and settled, of the bare loop"] = _share(self.claimed)
        found["claimed and settled, of a loop that reads no chat and counts nothing"] = _share(self.least)
        return found


def main() -> None:
    """Measure and tell."""
    parser = parser_of(__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="articles of each archive, with commas")
    parser.add_argument("--kept", type=Path, help="a folder in which the archives stay")
    asked = parser.parse_args()
    sizes = sorted(map(int, asked.sizes.split(",")))
    with ExitStack() as stack:
        folder = asked.kept or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(started_cluster(folder / "cluster" if asked.kept else None))
        if cluster is None:
            print(f"engines: PostgreSQL is skipped: {ABSENT}.")
        found = asyncio.run(_measure(folder, cluster, sizes))
    tell(_result(sizes, found), as_json=asked.json)


async def _measure(folder: Path, cluster: Cluster | None, sizes: list[int]) -> dict[tuple[str, int], Measured]:
    found = {}
    for articles in sizes:
        engines = await _archives(folder, cluster, articles)
        writer = Writer()
        # As the program does; and what only the benchmark holds is not to be walked through in its time.
        leave_alone()
        for engine in engines:
            async with engine.open() as store:
                with engine.bare() as bare:
                    work = (
                        Work(cluster, f"{DATABASE}{articles}") if bare.engine is DatabaseEngine.POSTGRESQL else Work()
                    )
                    ((source,),) = bare.rows("SELECT max(source_id) FROM articles")
                    bench = Bench(store, bare, work, articles, int(str(source)))
                    measured = await bench.measure(writer.tags, writer.language)
            found[engine.name, articles] = measured
            for name, figure in measured.figures().items():
                print(f"  {engine.name}, {articles:,}: {name:45} {figure:10.2f}", flush=True)
    return found


async def _archives(folder: Path, cluster: Cluster | None, articles: int) -> list[SqliteArchive | PostgresqlArchive]:
    """Return an archive of a size on each engine.

    It is made where it is not kept; until it is whole it goes by another name.
    """
    file, database = folder / f"{articles}.db", f"{DATABASE}{articles}"
    draft, unfinished = file.with_suffix(".part"), f"{database}_part"
    missing: list[SqliteArchive | PostgresqlArchive] = []
    if not file.exists():
        draft.unlink(missing_ok=True)
        missing.append(SqliteArchive(draft))
    if cluster and not cluster.has(database):
        cluster.drop(unfinished)
        missing.append(PostgresqlArchive(cluster.create(unfinished)))
    if missing:
        archives = Archives(missing)
        await archives.begin()
        archives.grow(articles)
    if draft.exists():
        draft.rename(file)
    if cluster and cluster.has(unfinished):
        cluster.rename(unfinished, database)
    return [SqliteArchive(file), *([PostgresqlArchive(cluster.address(database))] if cluster else [])]


def _result(sizes: list[int], found: dict[tuple[str, int], Measured]) -> Result:
    figures, met = dict[str, float](), True
    worst = 0.0
    for engine in dict.fromkeys(name for name, _ in found):
        few, many = found[engine, sizes[0]], found[engine, sizes[-1]]
        for name, before, after in (("/latest", few.latest, many.latest), ("/tag", few.tag, many.tag)):
            growth = statistics.median(after.ours) / statistics.median(before.ours)
            figures[f"{engine}: {name}, times slower in the largest"] = growth
            met &= growth <= GROWTH
        searched = _p99(many.searched.ours) / _p99(many.searched.bare)
        figures[f"{engine}: /search, p99, times the bare look-up's"] = searched
        met &= _p99(many.searched.ours) <= SEARCHED and searched <= OF_BARE
        met &= _share(many.spread) >= SPREAD and _share(many.claimed) >= CLAIMED
        worst = max(worst, _p99(many.searched.ours) / SEARCHED)
    for (engine, articles), measured in found.items():
        figures |= {f"{engine}, {articles:,}: {name}": figure for name, figure in measured.figures().items()}
    return Result(
        name="engines",
        sizes={"articles": sizes[-1], "chats": CHATS, "engines": len({name for name, _ in found})},
        figures=figures,
        ratio=worst,
        aim=f"in the largest archive: /latest and /tag ≤ {GROWTH:g} times the smallest's (p50), /search ≤ "
        f"{SEARCHED:g} ms and ≤ {OF_BARE:g} times the bare look-up (p99), spreading ≥ {SPREAD:g} of one INSERT … "
        f"SELECT, claiming and settling in groups of {GROUP} ≥ {CLAIMED:g} of the bare loop; the ratio is of the "
        "slower search to its aim",
        met=met,
    )


@dataclass(slots=True)
class Bench:
    """One engine at one size, as the program and past it."""

    store: Store
    bare: Bare
    work: Work
    articles: int
    source: int
    number: int = 0

    async def measure(self, tags: list[str], language: Language) -> Measured:
        """Measure everything, and take away what was written for it."""
        chance = random.Random(9)  # noqa: S311 - the same questions every time
        now = START + self.articles * EVERY
        latest = await self._asked(
            ASKED, lambda _: self.store.articles.page(Query(), 5), lambda _: self.bare.rows(_LATEST)
        )
        asked = [tags[int(len(tags) * chance.random() ** 3)] for _ in range(ASKED)]
        tagged = await self._asked(
            ASKED,
            lambda at: self.store.articles.topic(Query(QueryKind.TAG, asked[at], asked[at]), 5, now),
            lambda at: self.bare.rows(_TAGGED, asked[at]),
        )
        searched = {}
        for kind, ask in kinds(language, chance).items():
            queries = [ask() for _ in range(OF_A_KIND)]
            searched[kind] = await self._asked(
                OF_A_KIND,
                lambda at, queries=queries: self.store.articles.ranked(queries[at], 5),  # type: ignore[misc]
                lambda at, queries=queries: self._look_up(queries[at]),  # type: ignore[misc]
            )
        matching, spread, claimed, least = [], Times(), Times(), Times()
        for turn in range(TURNS):
            matching.append(await self._article())
            self.work.begin()
            done = await Spreader(self.store, system_clock, {}).step()
            spread.ours.append(self.work.end())
            assert done.rows == CHATS
            if turn == TURNS - 1:
                await self._claim(claimed, least)
            await self._forget()
            await self._article()
            spread.bare.append(self._spread_bare())
            await self._forget()
        return Measured(latest, tagged, searched, matching, spread, claimed, least)

    async def _asked(
        self, times: int, ours: Callable[[int], Awaitable[object]], bare: Callable[[int], Collection[object]]
    ) -> Times:
        """Ask ours and the bare statement in turn.

        Each is asked twice and the second counts: a program that runs has read before.
        """
        found = Times()
        for at in range(times):
            for _ in range(2):
                self.work.begin()
                await ours(at)
                took = self.work.end()
                self.work.begin()
                bare(at)
                took_bare = self.work.end()
            found.ours.append(took)
            found.bare.append(took_bare)
        return found

    def _look_up(self, query: Query) -> list[tuple[object, ...]]:
        """Ask the index alone for the newest articles with these words."""
        match = but(match_forms(question(query.value)), match_forms(question(query.without)))
        assert match is not None
        engine = self.bare.engine
        low, high = 0, 2**62
        if query.since and query.until:
            low, high = ((moment - START) // EVERY for moment in (query.since, query.until))
        return self.bare.rows(_FOUND[engine], (fts5 if engine is DatabaseEngine.SQLITE else tsquery)(match), low, high)

    async def _article(self) -> float:
        """Store an article that every chat follows; return the milliseconds that took."""
        self.number += 1
        entry = Entry(title="নদীর ঘাটে নতুন পথ", url=f"https://nodi.example/{self.number}", tags=(FOLLOWED,))
        draft = draft_cleaned(entry, str(self.source))
        source = await self.store.sources.get(self.source)
        assert source is not None
        self.work.begin()
        await self.store.articles.save(draft, source, system_clock(), push=Push.NOW)
        return self.work.end()

    async def _forget(self) -> None:
        """Take away what was stored and spread."""

        async def work(db: Connection) -> None:
            await db.rows("DELETE FROM deliveries WHERE subject_id > ?", self.articles)
            await db.rows("DELETE FROM articles WHERE id > ?", self.articles)

        await self.store._database.write(work)

    def _spread_bare(self) -> float:
        ((subject,),) = self.bare.rows("SELECT max(id) FROM subjects")
        self.work.begin()
        self.bare.rows("BEGIN")
        self.bare.rows(_ALL, subject, subject)
        self.bare.rows("COMMIT")
        took = self.work.end()
        self.bare.rows("UPDATE fanouts SET done = 1 WHERE subject_id = ?", subject)
        return took

    async def _claim(self, times: Times, least: Times) -> None:
        """Claim and settle in groups, ours and both bare loops in turn."""
        held: list[Settlement] = []
        taken: list[tuple[object, ...]] = []
        fewest: list[tuple[object, ...]] = []
        for group in range(GROUPS):
            self.work.begin()
            held = await self._claim_group(held)
            took = self.work.end()
            self.work.begin()
            taken = self._claim_bare(taken)
            took_bare = self.work.end()
            self.work.begin()
            fewest = self._claim_least(fewest)
            took_least = self.work.end()
            assert len(held) == len(taken) == len(fewest) == GROUP
            if group:
                times.ours.append(took)
                least.ours.append(took)
                times.bare.append(took_bare)
                least.bare.append(took_least)
        await self._claim_group(held, room=0)
        self._claim_bare(taken, room=0)
        self._claim_least(fewest, room=0)
        sent = self.bare.rows(
            "SELECT count(*) FROM deliveries WHERE subject_id > ? AND state = 'sent' AND message_id IS NOT NULL",
            self.articles,
        )
        assert sent == [(3 * GROUP * GROUPS,)], sent

    async def _claim_group(self, held: list[Settlement], room: int = GROUP) -> list[Settlement]:
        now = system_clock()
        claimed = await self.store.deliveries.settle_and_claim(
            ACCOUNT,
            "engines",
            now,
            settled=held,
            shares=lambda present: shares(room, present),
            judge=lambda one: decide(one, now, edits=True),
        )
        assert all(isinstance(what, Post) for _, what in claimed), claimed[:1]
        return [
            Settlement(one, Arrived(Ref(one.target, str(one.chat.id), Form.TEXT), one.subject.version))
            for one, _ in claimed
        ]

    def _claim_bare(self, taken: list[tuple[object, ...]], room: int = GROUP) -> list[tuple[object, ...]]:
        self._begin()
        now = time.time_ns() // 1000
        if taken:
            self.bare.each(_END_EACH, [(row[0], row[1], str(row[1]), f'["{row[2]}", ""]', now) for row in taken])
        rows = self.bare.rows(_DUE_WHOLE, ACCOUNT, room) if room else []
        if rows:
            self.bare.rows(_TAKE, rows[0][0], json.dumps([row[1] for row in rows]))
            self.bare.each(_COUNT_EACH, [(row[1], "2026-01-01", 1) for row in rows])
        self.bare.rows("COMMIT")
        return rows

    def _claim_least(self, taken: list[tuple[object, ...]], room: int = GROUP) -> list[tuple[object, ...]]:
        self._begin()
        if taken:
            self.bare.rows(_END, time.time_ns() // 1000, taken[0][0], json.dumps([row[1] for row in taken]))
        rows = self.bare.rows(_DUE, ACCOUNT, room) if room else []
        if rows:
            self.bare.rows(_TAKE, rows[0][0], json.dumps([row[1] for row in rows]))
        self.bare.rows("COMMIT")
        return rows

    def _begin(self) -> None:
        self.bare.rows("BEGIN IMMEDIATE" if self.bare.engine is DatabaseEngine.SQLITE else "BEGIN")


def _share(times: Times) -> float:
    """Return how much of the bare statement's speed ours has."""
    return statistics.median(times.bare) / statistics.median(times.ours)


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()
