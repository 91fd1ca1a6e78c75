"""The words of the archive, by how they sound and how often they stand; counted as articles come.

Nothing of it is kept in memory: a question reads the few words that it needs. What a pure rule asks for and was not
read yet is read after it, and the rule is asked again, until it misses nothing.
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
from bot.bangla.phonetics import LONGEST, Phonetic
from bot.values.errors import StorageError
from storage.search import word_sounds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from bot.bangla.phonetics import Guess
    from storage.driver.connection import Connection
    from storage.driver.sqlite import Database

_Answer = TypeVar("_Answer")

log = logging.getLogger(__name__)

STEP = 200
"""Articles that are counted in one transaction: 30 ms."""
STEPS = 10
"""How many of these one look at the vocabulary does at most; an archive that was never counted is, bit by bit."""
SOUNDED = 1_000
"""Words of an older archive that are put by their sounds in one transaction."""
_ROUNDS = 8
_WORD = re.compile(f"[\u0981-\u09e3\u09f0\u09f1]{{2,{LONGEST}}}")


class Vocabulary:
    """See bot.ports.archive.Vocabulary."""

    def __init__(self, database: Database) -> None:
        """Work on this database; nothing is read before somebody asks."""
        self._db = database
        self._lock = anyio.Lock()

    async def nearest(self, word: str, limit: int) -> list[Guess]:
        """Return the words of the archive that are meant, the likeliest first."""
        return await self._asked(lambda words: Phonetic(words).nearest(word, limit))

    async def base(self, word: str) -> str:
        """Return a word without its endings, as far as the archive knows the rest."""
        return (await self.bases([word]))[0]

    async def bases(self, words: Collection[str]) -> list[str]:
        """Return each of these words without its endings, as far as the archive knows the rest."""
        return await self._asked(lambda known: [base(key(word), known.count) for word in words])

    async def count(self, word: str) -> int:
        """Return how often a word stands in the archive."""
        return (await self.counts([key(word)]))[key(word)]

    async def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return how often each of these words stands in the archive."""
        await self.refresh()
        often = await self._db.read(lambda db: _often(db, words))
        return {word: often.get(word, 0) for word in words}

    async def alike(self, words: Collection[str]) -> dict[str, list[str]]:
        """Return for each of these words its other usual spellings that the archive has, the commonest first."""
        await self.refresh()
        return await self._db.read(lambda db: word_sounds.alike(db, words))

    async def refresh(self) -> None:
        """Count the articles that came since."""
        async with self._lock:
            for _ in range(STEPS):
                if not await self._step():
                    return

    async def _asked(self, rule: Callable[[_Read], _Answer]) -> _Answer:
        await self.refresh()

        async def work(db: Connection) -> _Answer:
            words = _Read()
            answer = rule(words)
            for _ in range(_ROUNDS):
                if not await words.read(db):
                    break
                answer = rule(words)
            return answer

        return await self._db.read(work)

    async def _step(self) -> bool:
        """Count some articles, or sound some words counted before; return whether there may be more."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT article_id, headline || ' ' || body FROM article_texts "
                "WHERE article_id > (SELECT article_id FROM vocabulary_mark) ORDER BY article_id LIMIT ?",
                STEP,
            )
        )
        counts = Counter(word for _, text in rows for word in _WORD.findall(text))
        try:
            if rows:
                first, last = rows[0][0], rows[-1][0]
                await self._db.write(lambda db: _keep(db, counts, first, last))
            elif await self._db.read(_is_unsounded):
                return await self._db.write(_sound)
        except StorageError as error:
            log.warning("words were counted and not kept: %s", error)
            return False
        return len(rows) == STEP


class _Read:
    """Words that were read of the archive, and those that a rule asked for meanwhile."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._shelves: dict[tuple[str, int], list[tuple[str, str]]] = {}
        self._letters: dict[str, list[str]] = {}
        self._missed: set[str] = set()
        self._missed_shelves: set[tuple[str, int]] = set()
        self._missed_letters: set[str] = set()

    def count(self, word: str) -> int:
        """Return how often a word stands; 0 for one that was not read yet."""
        if word not in self._counts:
            self._missed.add(word)
        return self._counts.get(word, 0)

    def shelved(self, bones: Collection[str], each: int) -> list[tuple[str, str]]:
        """Return the words of these skeletons that were read."""
        wanted = [(one, each) for one in bones]
        self._missed_shelves.update(one for one in wanted if one not in self._shelves)
        return [entry for one in wanted for entry in self._shelves.get(one, ())]

    def lettered(self, letters: str) -> Collection[str]:
        """Return the words that are initials of these letters, of those that were read."""
        if letters not in self._letters:
            self._missed_letters.add(letters)
        return self._letters.get(letters, ())

    async def read(self, db: Connection) -> bool:
        """Read what was missed; return whether anything was."""
        missed = self._missed or self._missed_shelves or self._missed_letters
        for each in {each for _, each in self._missed_shelves}:
            bones = [one for one, size in self._missed_shelves if size == each]
            self._shelves |= {(one, each): [] for one in bones}
            for one, heard, word in await word_sounds.shelf(db, bones, each):
                self._shelves[one, each].append((heard, word))
                # Their counts are asked for next, all of them.
                self._missed.add(word)
        for letters in self._missed_letters:
            self._letters[letters] = await word_sounds.lettered(db, letters)
            self._missed.update(self._letters[letters])
        if self._missed:
            self._counts |= dict.fromkeys(self._missed, 0) | await _often(db, self._missed)
        self._missed, self._missed_shelves, self._missed_letters = set(), set(), set()
        return bool(missed)


async def _often(db: Connection, words: Iterable[str]) -> dict[str, int]:
    listed = json.dumps(list(words), ensure_ascii=False)
    rows = await db.rows("SELECT word, n FROM vocabulary WHERE word IN (SELECT value FROM json_each(?))", listed)
    return dict(rows)


async def _keep(db: Connection, counts: Counter[str], first: int, last: int) -> None:
    """Add to what is stored, unless another process counted these articles already."""
    moved = await db.row(
        "UPDATE vocabulary_mark SET article_id = ? WHERE article_id < ? RETURNING article_id", last, first
    )
    if moved:
        rows = await db.rows(
            "INSERT INTO vocabulary (word, n) SELECT key, value FROM json_each(?) WHERE true "
            "ON CONFLICT (word) DO UPDATE SET n = n + excluded.n RETURNING word, n",
            json.dumps(counts, ensure_ascii=False),
        )
        await word_sounds.keep(db, {word: (count - counts[word], count) for word, count in rows})


async def _is_unsounded(db: Connection) -> bool:
    return await db.row("SELECT 1 FROM vocabulary_mark WHERE sounded IS NOT NULL") is not None


async def _sound(db: Connection) -> bool:
    """Put some words by their sounds that an older version counted; return whether there are more."""
    rows = await db.rows(
        "SELECT word, n FROM vocabulary WHERE word > (SELECT coalesce(sounded, '') FROM vocabulary_mark) "
        "ORDER BY word LIMIT ?",
        SOUNDED,
    )
    await word_sounds.keep(db, {word: (0, count) for word, count in rows})
    more = len(rows) == SOUNDED
    await db.rows("UPDATE vocabulary_mark SET sounded = ?", rows[-1][0] if more else None)
    return more
