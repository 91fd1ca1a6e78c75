"""Reads how words stand in the archive, at once.

A word has a count, a base form and other spellings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.bangla.endings import bases, forms
from bot.bangla.inflection import base
from bot.bangla.spelling import WordFacts
from storage.search import word_sounds
from storage.search.read_words import ReadWords

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from storage.driver.connection import Connection

_TRIED = 6
"""Forms without an ending that a word unknown to the archive is tried in, the longest first."""


async def facts(db: Connection, words: Collection[str], kept: Collection[str]) -> dict[str, WordFacts]:
    """Return how each of these words stands.

    Words are in ``key()`` form; those ``kept`` are base forms already.
    """
    read = ReadWords()
    roots = dict.fromkeys(words, "")
    for _ in range(ReadWords.ROUNDS):
        roots = {word: word if word in kept else base(word, read.count) for word in words}
        if not await read.read(db):
            break
    tried = {word: dict.fromkeys((word, root, *_rests(word, kept))) for word, root in roots.items()}
    alike = await word_sounds.alike(db, {form for some in tried.values() for form in some})
    spelt = {word: [one for form in some for one in alike[form]] for word, some in tried.items()}
    often = await _often(db, (*roots.values(), *(one for some in spelt.values() for one in some)))
    absent = [word for word, root in roots.items() if not (often[root] or read.count(word))]
    begun = [word for word in absent if await _begins(db, word)]
    return {
        word: WordFacts(
            max(often[root], read.count(word)),
            root,
            tuple((one, often[one]) for one in dict.fromkeys(spelt[word]) if one not in (word, root)),
            word in begun,
        )
        for word, root in roots.items()
    }


def _rests(word: str, kept: Collection[str]) -> list[str]:
    return [] if word in kept else sorted(bases(word) - {word}, key=len, reverse=True)[:_TRIED]


async def _often(db: Connection, words: Iterable[str]) -> Mapping[str, int]:
    """Return how often words stand in the archive, in any usual form."""
    wanted = {word: forms(word) for word in words}
    listed = json.dumps(sorted({form for some in wanted.values() for form in some}), ensure_ascii=False)
    rows = await db.rows("SELECT word, n FROM vocabulary WHERE word IN (SELECT value FROM texts(?))", listed)
    counts: dict[str, int] = dict(rows)
    return {word: sum(counts.get(form, 0) for form in some) for word, some in wanted.items()}


async def _begins(db: Connection, word: str) -> bool:
    span = (word, f"{word}\U0010ffff")
    return await db.row("SELECT 1 FROM vocabulary WHERE word >= ? AND word < ? LIMIT 1", *span) is not None
