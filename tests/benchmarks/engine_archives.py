"""One invented archive, on SQLite and on a PostgreSQL server, that grows.

Both hold the same articles, with tags, subjects, old rows of the outbox and readers. It is written past the rules of
saving, for those would take hours, and is left as an archive in use is: indexed, counted, vacuumed.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

import psycopg
from psycopg.sql import SQL, Identifier

from bot.articles.rules import RULES
from bot.values.articles import FullText
from storage.driver import dialect
from storage.driver.connection import DatabaseEngine
from storage.search.expression import tsvector
from storage.store import open_postgresql, open_store
from tests.benchmarks.large_archive import START, Language, invent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from storage.store import PostgresqlStore, SqliteStore

EVERY = timedelta(minutes=1)
"""From one article to the next. An archive that grows reaches further back and holds no more of a week."""
HEADLINE, TEXT = 7, 43
TAGS, FIRST_TAG = 400, 1_000
"""Tags are words of the language from this rank on."""
CHATS = 20_000
FOLLOWED = "সেতু"
"""The tag that every chat follows and no article of the archive has."""
ACCOUNT = "telegram"
_TAG_ID = 100_000
"""The number of the first tag: an archive knows some names from the beginning."""
_AT_ONCE = 10_000
_PART = 50_000
_ARTICLE = (
    "id, source_id, at, first_seen, last_seen, published, headline, body, summary, wire_sources, tags, categories"
)
_NO_MORE = 1_000_000
_SUBJECTS = (
    "INSERT INTO subjects (id, kind, article_id, created_at, closes_at) "
    "SELECT id, 'story', id, first_seen, first_seen FROM articles WHERE id > ? AND id <= ?"
)
# Two old rows of the outbox for each article.
_ROWS = f"""
INSERT INTO deliveries (subject_id, chat_id, account, lane, rank, state, shown, message_id, sent_to, form, sent_at)
SELECT a.id, (a.id * 7919 + k.n * 10007) % {CHATS} + 1, '{ACCOUNT}', 2, a.id, 'sent', 1, '1000', '1000', 'text',
    a.first_seen FROM articles a CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1) k ON true WHERE a.id > ? AND a.id <= ?
"""
_COUNTED = "UPDATE counters SET value = greatest(?, ?) WHERE name = 'subject'"
_FOLLOWS = (_SUBJECTS, _ROWS, _COUNTED)
"""What follows from articles behind one number up to another."""
_TERM = f"INSERT INTO terms (kind, value, name) VALUES ('tag', '{FOLLOWED}', '{FOLLOWED}')"
_FOLLOW = (
    "INSERT INTO subscriptions (term_id, chat_id, created_at) "
    f"SELECT t.id, c.id, 0 FROM terms t CROSS JOIN chats c ON t.value = '{FOLLOWED}'"
)
_CHAT = "id, platform, external_id, account, language, zone, mode, digest_times, quiet_from, quiet_to, cap, created_at"


class Block(NamedTuple):
    """Some articles as rows of the tables that hold them."""

    articles: list[tuple[object, ...]]
    texts: list[tuple[int, str, str]]
    tags: list[tuple[int, int, int, int]]
    words: list[tuple[int, str]]
    """What PostgreSQL's index keeps of each."""


class Bare(Protocol):
    """A plain connection to an engine, past the program."""

    @property
    def engine(self) -> DatabaseEngine:
        """Which one."""

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement in the common spelling; read its rows."""

    def each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run an UPDATE from ``items(?)`` for each row of values."""


@dataclass(frozen=True, slots=True)
class BareSqlite:
    """A plain connection to the file."""

    raw: sqlite3.Connection
    engine: DatabaseEngine = DatabaseEngine.SQLITE

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """See Bare."""
        return self.raw.execute(dialect.for_sqlite(sql), values).fetchall()

    def each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """See Bare."""
        self.raw.executemany(dialect.for_each(sql), rows)


@dataclass(frozen=True, slots=True)
class BarePostgresql:
    """A plain connection to the server."""

    raw: psycopg.Connection[tuple[object, ...]]
    engine: DatabaseEngine = DatabaseEngine.POSTGRESQL

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """See Bare."""
        cursor = self.raw.execute(dialect.for_postgresql(sql).encode(), values)
        return cursor.fetchall() if cursor.description else []

    def each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """See Bare."""
        self.rows(sql, json.dumps(rows))


@dataclass(slots=True)
class Writer:
    """Invents articles, the same every time."""

    language: Language = field(default_factory=invent)
    source: int = 0
    often: Counter[str] = field(default_factory=Counter)
    """How often each word stands in what was written."""
    _chance: random.Random = field(default_factory=lambda: random.Random(8))  # noqa: S311 - the same archive every time

    @property
    def tags(self) -> list[str]:
        """The keys of the tags, the commonest first."""
        return self.language.words[FIRST_TAG : FIRST_TAG + TAGS]

    def blocks(self, first: int, last: int) -> Iterator[Block]:
        """Write the articles from one number to another."""
        for begin in range(first, last + 1, _AT_ONCE):
            block = Block([], [], [], [])
            for number in range(begin, min(last, begin + _AT_ONCE - 1) + 1):
                self._write(block, number)
            yield block

    def _write(self, block: Block, number: int) -> None:
        words = self._chance.choices(self.language.forms, cum_weights=self.language.often, k=HEADLINE + TEXT)
        at = int((START + number * EVERY).timestamp() * 1_000_000)
        self.often.update(words)
        headline, text = " ".join(words[:HEADLINE]), " ".join(words[HEADLINE:])
        body = json.dumps([text], ensure_ascii=False)
        block.articles.append((number, self.source, at, at, at, at, headline, body, "[]", "[]", "[]", "[]"))
        block.texts.append((number, headline, text))
        # The first tags are far commoner than the last.
        some = {int(TAGS * self._chance.random() ** 3) for _ in range(2)}
        block.tags.extend((tag + _TAG_ID, at, number, place) for place, tag in enumerate(sorted(some)))
        block.words.append((number, tsvector(words[:HEADLINE], words[HEADLINE:])))


@dataclass(slots=True)
class SqliteArchive:
    """The archive in a file."""

    path: Path
    name: str = "SQLite"

    def open(self) -> AbstractAsyncContextManager[SqliteStore]:
        """Open it as the program does."""
        return open_store(self.path, RULES)

    @contextmanager
    def bare(self) -> Iterator[BareSqlite]:
        """Open it past the program, durable as that is."""
        with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as raw:
            raw.executescript("PRAGMA synchronous = FULL; PRAGMA cache_size = -32000;")
            yield BareSqlite(raw)

    def begin(self, tags: Sequence[str]) -> None:
        """Write what all the articles share, and the readers."""
        with closing(self._bulk()) as raw:
            raw.execute("BEGIN")
            raw.executemany("INSERT INTO tags (id, key, name) VALUES (?, ?, ?)", _tags(tags))
            marks = ", ".join("?" * len(next(_chats())))
            raw.executemany(f"INSERT INTO chats ({_CHAT}) VALUES ({marks})", _chats())
            for sql in (_TERM, _FOLLOW):
                raw.execute(sql)
            raw.execute("COMMIT")

    def put(self, block: Block) -> None:
        """Write articles."""
        with closing(self._bulk()) as raw:
            raw.execute("BEGIN")
            marks = ", ".join("?" * len(block.articles[0]))
            raw.executemany(f"INSERT INTO articles ({_ARTICLE}) VALUES ({marks})", block.articles)
            raw.executemany("INSERT INTO article_texts VALUES (?, ?, ?)", block.texts)
            raw.executemany("INSERT INTO article_tags VALUES (?, ?, ?, ?)", block.tags)
            raw.execute("COMMIT")

    def finish(self, first: int, last: int, often: Mapping[str, int]) -> None:
        """Write what follows from articles behind a number.

        ``often`` says how often each word stands by now.
        """
        with closing(self._bulk()) as raw:
            raw.execute("BEGIN")
            for sql in _FOLLOWS:
                raw.execute(dialect.for_sqlite(sql), (first, last))
            raw.execute("DELETE FROM vocabulary")
            raw.executemany("INSERT INTO vocabulary (word, n) VALUES (?, ?)", often.items())
            raw.execute("UPDATE vocabulary_mark SET article_id = ?", (last,))
            raw.execute("COMMIT")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # Else the first checkpoint that is measured would write all of this to the disk.
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    def _bulk(self) -> sqlite3.Connection:
        raw = sqlite3.connect(self.path, isolation_level=None)
        raw.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
        return raw


@dataclass(slots=True)
class PostgresqlArchive:
    """The archive in a database of a server."""

    address: str
    name: str = "PostgreSQL"

    def open(self) -> AbstractAsyncContextManager[PostgresqlStore]:
        """Open it as the program does."""
        return open_postgresql(self.address, RULES)

    @contextmanager
    def bare(self) -> Iterator[BarePostgresql]:
        """Open it past the program, durable as that is."""
        with self._connected() as raw:
            yield BarePostgresql(raw)

    def begin(self, tags: Sequence[str]) -> None:
        """Write what all the articles share, and the readers."""
        with self._connected() as raw, raw.transaction():
            _copy(raw, "tags", "id, key, name", _tags(tags))
            _copy(raw, "chats", _CHAT, _chats())
            for sql in (_TERM, _FOLLOW):
                raw.execute(dialect.for_postgresql(sql).encode())
            for table in ("tags", "chats"):
                _set_sequence(raw, table)

    def put(self, block: Block) -> None:
        """Write articles."""
        with self._connected() as raw, raw.transaction():
            for number in range(block.words[0][0] // _PART, block.words[-1][0] // _PART + 2):
                raw.execute("SELECT make_part(%s)", (number * _PART,))
            # It is made again when all stand there, which takes a tenth of the time.
            raw.execute("DROP INDEX IF EXISTS article_words_index")
            _copy(raw, "articles", _ARTICLE, block.articles)
            _copy(raw, "article_texts", "article_id, headline, body", block.texts)
            _copy(raw, "article_tags", "tag_id, at, article_id, place", block.tags)
            _copy(raw, "article_words", "article_id, words", block.words)

    def finish(self, first: int, last: int, often: Mapping[str, int]) -> None:
        """Write what follows from articles behind a number.

        ``often`` says how often each word stands by now.
        """
        with self._connected() as raw:
            with raw.transaction():
                for sql in _FOLLOWS:
                    raw.execute(dialect.for_postgresql(sql).encode(), (first, last))
                raw.execute("DELETE FROM vocabulary")
                _copy(raw, "vocabulary", "word, n", often.items())
                raw.execute("UPDATE vocabulary_mark SET article_id = %s", (last,))
                _set_sequence(raw, "articles")
                raw.execute("CREATE INDEX article_words_index ON article_words USING gin (words) WITH (fastupdate=off)")
            raw.execute("VACUUM ANALYZE")
            raw.execute("CHECKPOINT")

    def _connected(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.address, autocommit=True)


@dataclass(slots=True)
class Archives:
    """The archive on each engine, as large as it was grown."""

    engines: list[SqliteArchive | PostgresqlArchive]
    writer: Writer = field(default_factory=Writer)
    articles: int = 0

    async def begin(self) -> None:
        """Make both, with readers and without articles."""
        for engine in self.engines:
            async with engine.open() as store:
                source = await store.sources.add("bench", None, None, full_text=FullText.ALLOWED, now=START)
            self.writer.source = source.id
            engine.begin(self.writer.tags)

    def grow(self, articles: int) -> None:
        """Let both have so many articles."""
        for block in self.writer.blocks(self.articles + 1, articles):
            for engine in self.engines:
                engine.put(block)
            print(f"\r  {block.texts[-1][0]:,} of {articles:,} articles", end="", flush=True)
        print(flush=True)
        for engine in self.engines:
            engine.finish(self.articles, articles, self.writer.often)
        self.articles = articles


def _tags(names: Sequence[str]) -> list[tuple[int, str, str]]:
    return [(number, name, name) for number, name in enumerate(names, _TAG_ID)]


def _chats() -> Iterator[tuple[object, ...]]:
    """Let readers be told at any hour, of everything."""
    for number in range(1, CHATS + 1):
        yield number, ACCOUNT, str(100_000_000 + number), ACCOUNT, "bn", "Asia/Dhaka", 3, "", 0, 0, _NO_MORE, 0


def _copy(
    raw: psycopg.Connection[tuple[object, ...]], table: str, columns: str, rows: Iterable[Sequence[object]]
) -> None:
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
        # Nothing invented needs to be masked.
        copy.write("".join("\t".join(map(str, row)) + "\n" for row in rows))


def _set_sequence(raw: psycopg.Connection[tuple[object, ...]], table: str) -> None:
    highest = SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {}))").format(Identifier(table))
    raw.execute(highest, (table,))
