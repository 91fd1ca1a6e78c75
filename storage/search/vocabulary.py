"""Counts the archive's words as articles come.

It also finds them by sound. Nothing of it is kept in memory: a question reads the few words that it needs. Words that a
pure rule asks for and that were not read yet are read after it, and the rule is asked again, until it misses nothing.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import anyio

from bot.bangla.inflection import base
from bot.bangla.normalise import key
from bot.bangla.phonetics import Phonetic
from bot.bangla.words import LONGEST
from bot.values.errors import StorageError
from storage.driver.connection import DatabaseEngine, Latch
from storage.search import word_facts, word_sounds
from storage.search.index import ENDLESS
from storage.search.read_words import ReadWords, often

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bot.bangla.phonetics import Guess
    from bot.bangla.spelling import WordFacts
    from storage.driver.connection import Connection, Database, Row
    from storage.search.word_sounds import SoundKeys

_Answer = TypeVar("_Answer")

log = logging.getLogger(__name__)

STEP = 100
"""Articles that are counted in one transaction: some 50 ms where half of their words are new."""
STEPS = 20
"""How many of these one look at the vocabulary does at most; an archive that was never counted is, bit by bit."""
SOUNDED = 1_000
"""Words of an older archive that are put by their sounds in one transaction."""
_UNCOUNTED = (
    "SELECT article_id, headline || ' ' || body FROM article_texts "
    "WHERE article_id > (SELECT article_id FROM vocabulary_mark) AND article_id <= ? ORDER BY article_id LIMIT ?"
)
_WORD = re.compile(f"[\u0981-\u09e3\u09f0\u09f1]{{2,{LONGEST}}}")


class Vocabulary:
    """See bot.ports.archive.Vocabulary."""

    def __init__(self, database: Database) -> None:
        """Work on this database; nothing is read before somebody asks."""
        self._db = database
        self._lock = anyio.Lock()

    async def nearest(self, word: str, limit: int) -> list[Guess]:
        """Return the words of the archive that are meant, the likeliest first."""

        def rule(words: ReadWords) -> Callable[[], list[Guess]]:
            phonetic = Phonetic(words)
            return lambda: phonetic.nearest(word, limit)

        return await self._by_rule(rule)

    async def base(self, word: str) -> str:
        """Return a word without its endings.

        An ending goes only if the archive knows the rest.
        """
        return (await self.bases([word]))[0]

    async def bases(self, words: Collection[str]) -> list[str]:
        """Return each of these words without endings.

        An ending goes only if the archive knows the rest.
        """
        return await self._by_rule(lambda known: lambda: [base(key(word), known.count) for word in words])

    async def count(self, word: str) -> int:
        """Return how often a word stands in the archive."""
        return (await self.counts([key(word)]))[key(word)]

    async def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return how often each of these words stands in the archive."""
        await self.refresh()
        found = await self._db.read(lambda db: often(db, words))
        return {word: found.get(word, 0) for word in words}

    async def facts(self, words: Collection[str], kept: Collection[str] = ()) -> dict[str, WordFacts]:
        """Return how each of these words stands in the archive.

        Those ``kept`` are base forms already.
        """
        await self.refresh()
        return await self._db.read(lambda db: word_facts.facts(db, words, kept))

    async def refresh(self) -> None:
        """Count the articles that came since."""
        async with self._lock:
            for _ in range(STEPS):
                if not await self._step():
                    return

    async def _by_rule(self, rule: Callable[[ReadWords], Callable[[], _Answer]]) -> _Answer:
        await self.refresh()

        async def work(db: Connection) -> _Answer:
            words = ReadWords()
            ask = rule(words)
            answer = ask()
            for _ in range(ReadWords.ROUNDS):
                if not await words.read(db):
                    break
                answer = ask()
            return answer

        return await self._db.read(work)

    async def _step(self) -> bool:
        """Count some articles, or sound some words.

        Words counted before; return whether there may be more.
        """
        try:
            rows = await self._db.read(_uncounted)
            counts = Counter(word for _, text in rows for word in _WORD.findall(text))
            if rows:
                first, last = rows[0][0], rows[-1][0]
                known = await self._db.read(lambda db: often(db, counts))
                # What takes time is done before the writer is held: others wait for it.
                sound_keys = await word_sounds.sound_keys(word for word in counts if word not in known)
                await self._db.write(lambda db: _keep(db, counts, sound_keys, first, last))
            elif await self._db.read(_is_unsounded):
                return await self._db.write(_sound)
        except StorageError as error:
            log.warning("words were counted and not kept: %s", error)
            return False
        return len(rows) == STEP


async def _uncounted(db: Connection) -> list[Row]:
    """Return the next uncounted articles, each with its words."""
    rows = await db.rows(_UNCOUNTED, ENDLESS, STEP)
    if rows and db.engine is DatabaseEngine.POSTGRESQL:
        # One with a smaller number may still be on its way into the archive; the count would go past it for ever.
        await db.latch(Latch.ARTICLES)
        rows = await db.rows(_UNCOUNTED, rows[-1][0], STEP)
    return rows


async def _keep(
    db: Connection, counts: Counter[str], sound_keys: Mapping[str, SoundKeys], first: int, last: int
) -> None:
    """Add to what is stored, unless another process counted these articles already."""
    moved = await db.row(
        "UPDATE vocabulary_mark SET article_id = ? WHERE article_id < ? RETURNING article_id", last, first
    )
    if moved:
        rows = await db.rows(
            "INSERT INTO vocabulary (word, n) SELECT key, CAST(value AS BIGINT) FROM pairs(?) WHERE true "
            "ON CONFLICT (word) DO UPDATE SET n = vocabulary.n + excluded.n RETURNING word, n",
            json.dumps(counts, ensure_ascii=False),
        )
        await word_sounds.keep(db, {word: (count - counts[word], count) for word, count in rows}, sound_keys)


async def _is_unsounded(db: Connection) -> bool:
    return await db.row("SELECT 1 FROM vocabulary_mark WHERE sounded IS NOT NULL") is not None


async def _sound(db: Connection) -> bool:
    """File some old words by their sounds.

    An older version counted them; return whether there are more.
    """
    rows = await db.rows(
        "SELECT word, n FROM vocabulary WHERE word > (SELECT coalesce(sounded, '') FROM vocabulary_mark) "
        "ORDER BY word LIMIT ?",
        SOUNDED,
    )
    await word_sounds.keep(db, {word: (0, count) for word, count in rows}, {})
    more = len(rows) == SOUNDED
    await db.rows("UPDATE vocabulary_mark SET sounded = ?", rows[-1][0] if more else None)
    return more
