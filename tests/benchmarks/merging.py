"""Two busy tags of a large archive become one.

How long other writers wait, beside the same move in one transaction.
python -m tests.benchmarks.merging [--json] [--articles N] [--chats N]
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.rules import RULES
from bot.values.chats import AuditLine, Term, TermKind
from storage.store import open_store
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from storage.store import SqliteStore

AIM = 50.0
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TAGS = ("ইলিশা", "ইলিশ", "নদী", "সেতু", "বাজার")
"""Every article has two of them, so two in five have the first, and one in five the first and the second."""
LINE = AuditLine(NOW, "bench", "mergetag", TAGS[0])


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, articles=100_000, chats=20_000)
    tell(asyncio.run(_measure(asked.articles, asked.chats)), as_json=asked.json)


async def _measure(articles: int, chats: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder, "khobor.db"), Path(folder, "copy.db")
        async with open_store(path, RULES):
            pass
        await asyncio.to_thread(_fill, path, articles, chats)
        await asyncio.to_thread(shutil.copyfile, path, copy)
        at_once = await asyncio.to_thread(_in_one, copy)
        async with open_store(path, RULES) as store:
            idle = await _longest_wait(store, asyncio.create_task(asyncio.sleep(1)))
            begin = time.perf_counter()
            longest = await _longest_wait(store, asyncio.create_task(_merge(store)))
            whole = 1000 * (time.perf_counter() - begin)
            moved = await store.tags.named(TAGS[0])
            assert moved is not None
            assert moved.name == TAGS[1]
            assert await store.tags.followers(TAGS[1]) == chats
    return Result(
        name="merging",
        sizes={"articles": articles, "chats": chats, "articles of the joined tag": moved.articles},
        figures={
            "longest wait of another write, ms": longest,
            "the same with nothing else to do, ms": idle,
            "the whole merge, ms": whole,
            "in one transaction, ms": at_once,
        },
        ratio=longest / at_once,
        aim=f"no other write waits longer than {AIM:g} ms",
        met=longest <= AIM,
    )


async def _merge(store: SqliteStore) -> None:
    into = await store.tags.named(TAGS[1])
    assert into is not None
    assert await store.aliases.merge(TAGS[0], into, LINE)


async def _longest_wait(store: SqliteStore, beside: asyncio.Task[None]) -> float:
    """Write small things one after the other until the task ends.

    Return how long the slowest took, in ms.
    """
    longest = 0.0
    while not beside.done():
        begin = time.perf_counter()
        await store.chats.seen_today(0, 0)
        longest = max(longest, 1000 * (time.perf_counter() - begin))
        await asyncio.sleep(0.002)
    await beside
    return longest


def _fill(path: Path, articles: int, chats: int) -> None:
    """Write rows as saving would, without its work.

    100,000 articles take seconds, not minutes.
    """
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("BEGIN")
    raw.execute("INSERT INTO sources (id, kind, full_text, state) VALUES (1, 'bench', 'link', 'active')")
    raw.executemany(
        "INSERT INTO articles (id, source_id, at, first_seen, last_seen, headline, body, summary, wire_sources, tags, "
        "categories) VALUES (?, 1, ?, 0, 0, 'খবর', ?, '[]', '[]', '[]', '[]')",
        ((number, number, '["' + "শব্দ " * 300 + '"]') for number in range(1, articles + 1)),
    )
    numbers = {}
    for name in TAGS:
        raw.execute("INSERT INTO tags (key, name) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, name))
        (numbers[name],) = raw.execute("SELECT id FROM tags WHERE key = ?", (name,)).fetchone()
    raw.executemany(
        "INSERT INTO article_tags (tag_id, at, article_id, place) VALUES (?, ?, ?, ?)",
        (
            (numbers[TAGS[(number + place) % len(TAGS)]], number, number, place)
            for number in range(1, articles + 1)
            for place in range(2)
        ),
    )
    _fill_chats(raw, chats)
    raw.execute("COMMIT")
    raw.close()


def _fill_chats(raw: sqlite3.Connection, chats: int) -> None:
    """Let every chat follow one tag, and every second the other too."""
    raw.executemany(
        "INSERT INTO chats (id, platform, external_id, language, zone, created_at) VALUES (?, 'bench', ?, 'bn', '', 0)",
        ((number, str(number)) for number in range(1, chats + 1)),
    )
    for every, name in enumerate(TAGS[:2], 1):
        term = Term(TermKind.TAG, name, name)
        row = raw.execute(
            "INSERT INTO terms (kind, value, name) VALUES (?, ?, ?) RETURNING id", (term.kind, term.value, term.name)
        ).fetchone()
        raw.executemany(
            "INSERT INTO subscriptions (term_id, chat_id, created_at) VALUES (?, ?, 0)",
            ((row[0], number) for number in range(every, chats + 1, every)),
        )


def _in_one(path: Path) -> float:
    """Do the same in one transaction with the bare driver.

    Return how long the writer is held, in ms.
    """
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = FULL")
    old, kept = (raw.execute("SELECT id FROM tags WHERE key = ?", (name,)).fetchone()[0] for name in TAGS[:2])
    gone, stays = (raw.execute("SELECT id FROM terms WHERE value = ?", (name,)).fetchone()[0] for name in TAGS[:2])
    begin = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE OR IGNORE article_tags SET tag_id = ? WHERE tag_id = ?", (kept, old))
    raw.execute("DELETE FROM article_tags WHERE tag_id = ?", (old,))
    raw.execute("UPDATE OR IGNORE subscriptions SET term_id = ? WHERE term_id = ?", (stays, gone))
    raw.execute("DELETE FROM subscriptions WHERE term_id = ?", (gone,))
    raw.execute("COMMIT")
    held = 1000 * (time.perf_counter() - begin)
    raw.close()
    return held


if __name__ == "__main__":
    main()
