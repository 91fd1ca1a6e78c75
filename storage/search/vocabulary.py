"""The words of the archive, by how they sound and how often they stand; counted as articles come."""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel

from bot.bangla.inflection import base
from bot.bangla.normalise import key
from bot.bangla.phonetics import Phonetic
from bot.bangla.words import LONGEST
from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.bangla.phonetics import Guess
    from storage.driver.connection import Connection
    from storage.driver.sqlite import Database

log = logging.getLogger(__name__)

LARGEST = 150_000
"""Words that are kept in memory, the most frequent: about 70 MB. A rarer one is found as it is written."""
STEP = 200
"""Articles that are counted in one transaction: 30 ms."""
STEPS = 10
"""How many of these one look at the vocabulary does at most; an archive that was never counted is, bit by bit."""
_LOADED_AT_ONCE = 1_000
_WORD = re.compile(f"[\u0981-\u09e3\u09f0\u09f1]{{2,{LONGEST}}}")


class Vocabulary:
    """See bot.ports.archive.Vocabulary."""

    def __init__(self, database: Database) -> None:
        """Work on this database; nothing is read before somebody asks."""
        self._db = database
        self._phonetic: Phonetic | None = None
        self._known: Counter[str] = Counter()
        self._seen = 0
        self._lock = anyio.Lock()

    async def nearest(self, word: str, limit: int) -> list[Guess]:
        """Return the words of the archive that are meant, the likeliest first."""
        return (await self._ready()).nearest(word, limit)

    async def base(self, word: str) -> str:
        """Return a word without its endings, as far as the archive knows the rest."""
        await self._ready()
        return base(key(word), self._known.__getitem__)

    async def count(self, word: str) -> int:
        """Return how often a word stands in the archive."""
        await self._ready()
        return self._known[key(word)]

    async def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return how often each of these words stands in the archive."""
        await self._ready()
        return {word: self._known[word] for word in words}

    async def refresh(self) -> None:
        """Count the articles that came since."""
        async with self._lock:
            for _ in range(STEPS):
                if not await self._step():
                    return

    async def _ready(self) -> Phonetic:
        if self._phonetic is None:
            await self._load()
        await self.refresh()
        assert self._phonetic is not None  # noqa: S101 - for the type: it was loaded just now
        return self._phonetic

    async def _load(self) -> None:
        async with self._lock:
            if self._phonetic is not None:
                return
            mark, rows = await self._db.read(_loaded)
            phonetic = Phonetic()
            for place, (word, count) in enumerate(rows):
                phonetic.add(word, count)
                self._known[word] = count
                if not place % _LOADED_AT_ONCE:
                    await anyio.lowlevel.checkpoint()
            self._seen, self._phonetic = mark, phonetic

    async def _step(self) -> bool:
        """Count some articles; return whether there may be more."""
        since = self._seen if self._phonetic is not None else (await self._db.read(_mark))
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT article_id, headline || ' ' || body FROM article_texts WHERE article_id > ? "
                "ORDER BY article_id LIMIT ?",
                *(since, STEP),
            )
        )
        if not rows:
            return False
        counts = Counter(word for _, text in rows for word in _WORD.findall(text))
        self._seen = rows[-1][0]
        if self._phonetic is not None:
            for word, count in counts.items():
                self._phonetic.add(word, count)
            self._known.update(counts)
        try:
            await self._db.write(lambda db: _keep(db, counts, since, self._seen))
        except StorageError as error:
            log.warning("words were counted and not kept: %s", error)
        return len(rows) == STEP


async def _mark(db: Connection) -> int:
    row = await db.row("SELECT article_id FROM vocabulary_mark")
    return int(row[0]) if row else 0


async def _loaded(db: Connection) -> tuple[int, list[tuple[str, int]]]:
    mark = await _mark(db)
    rows = await db.rows("SELECT word, n FROM vocabulary ORDER BY n DESC LIMIT ?", LARGEST)
    return mark, [(word, count) for word, count in rows]


async def _keep(db: Connection, counts: Counter[str], since: int, seen: int) -> None:
    """Add to what is stored, unless another process counted these articles already."""
    moved = await db.row(
        "UPDATE vocabulary_mark SET article_id = ? WHERE article_id = ? RETURNING article_id", seen, since
    )
    if moved:
        await db.rows(
            "INSERT INTO vocabulary (word, n) SELECT key, value FROM json_each(?) WHERE true "
            "ON CONFLICT (word) DO UPDATE SET n = n + excluded.n",
            json.dumps(counts, ensure_ascii=False),
        )
