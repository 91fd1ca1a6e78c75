"""Keeps the archive's words by sound and spelling.

A word stands under its skeletons, under the letters that it names if it is initials (``=bnp``), and under what its
usual spellings have in common (``~``, `bot.bangla.spelling`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import anyio.lowlevel

from bot.bangla.phonetic_initials import initials
from bot.bangla.phonetic_sounds import is_word, skeletons, sounds
from bot.bangla.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from storage.driver.connection import Connection

_SPELT, _LETTERED = "~", "="
ALIKE = 12
"""Words of one spelling that are read: the commonest."""
_AT_ONCE = 200
"""Words whose places are made without a break: some milliseconds."""
_PARTS = 200
"""Parts of one statement: SQLite takes five hundred."""


def rarity(count: int) -> int:
    """Return how seldom a word stands.

    The commonest words have the lowest numbers: 0, -1 from four times on, -2 from sixteen.
    """
    return -((max(1, count).bit_length() - 1) // 2)


class SoundKeys(NamedTuple):
    """Where a word stands, and its sounds."""

    keys: frozenset[str]
    heard: str


async def sound_keys(words: Iterable[str]) -> dict[str, SoundKeys]:
    """Return where words stand; others get their turn meanwhile."""
    found: dict[str, SoundKeys] = {}
    for at, word in enumerate(words):
        found[word] = _sound_keys(word)
        if not at % _AT_ONCE:
            await anyio.lowlevel.checkpoint()
    return found


async def keep(db: Connection, counts: Mapping[str, tuple[int, int]], placed: Mapping[str, SoundKeys]) -> None:
    """File words under their sounds.

    ``counts`` says how often each stood before and stands now.
    """
    moved = [(word, rarity(before), rarity(now)) for word, (before, now) in counts.items() if _is_moved(before, now)]
    where = {word: placed.get(word) or _sound_keys(word) for word, _, _ in moved}
    old = [(key, less, word) for word, less, _ in moved if counts[word][0] for key in where[word].keys]
    if old:
        await db.many("DELETE FROM word_sounds WHERE key = ? AND less = ? AND word = ?", old)
    new = [(key, less, word, where[word].heard) for word, _, less in moved for key in where[word].keys]
    if new:
        put = "INSERT INTO word_sounds (key, less, word, heard) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        await db.many(put, new)


def _is_moved(before: int, now: int) -> bool:
    return not before or rarity(before) != rarity(now)


def _sound_keys(word: str) -> SoundKeys:
    if not is_word(word):
        return SoundKeys(frozenset(), "")
    heard = sounds(word)
    letters = initials(word)
    return SoundKeys(
        frozenset((*skeletons(heard), _SPELT + fold(word), *((_LETTERED + letters,) if letters else ()))), heard
    )


async def shelf(db: Connection, bones: Collection[str], each: int) -> list[tuple[str, str, str]]:
    """Return the words that have one of these skeletons.

    Each comes as key, sounds and word; the commonest of each skeleton are returned.
    """
    found: list[tuple[str, str, str]] = []
    ordered = list(bones)
    for start in range(0, len(ordered), _PARTS):
        part = ordered[start : start + _PARTS]
        one = "SELECT * FROM (SELECT key, heard, word FROM word_sounds WHERE key = ? ORDER BY less, word LIMIT ?) y"
        sql = " UNION ALL ".join([one] * len(part))
        found += [
            (row[0], row[1], row[2]) for row in await db.rows(sql, *(value for key in part for value in (key, each)))
        ]
    return found


async def lettered(db: Connection, letters: str) -> list[str]:
    """Return the words that are initials of these letters."""
    return [row[2] for row in await shelf(db, [_LETTERED + letters], ALIKE)]


async def alike(db: Connection, words: Iterable[str]) -> dict[str, list[str]]:
    """Return other usual spellings of each word.

    They stand in the archive.
    """
    keys = {word: _SPELT + fold(word) for word in words}
    found: dict[str, list[str]] = {}
    for key, _, word in await shelf(db, dict.fromkeys(keys.values()), ALIKE):
        found.setdefault(key, []).append(word)
    return {word: [one for one in found.get(key, ()) if one != word] for word, key in keys.items()}
