"""Articles by their headline, and by where they stand on the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.search.read_words import often

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.driver.connection import Connection

RAREST = 5
"""Words that a headline is found by."""
TOGETHER = 3
COMMON = 3_000
"""A word that stands oftener is not one to find headlines by, if there are rarer ones."""


async def headed(db: Connection, words: Sequence[str], limit: int) -> list[int]:
    """Return the articles in whose headline the rarest of these words stand, those with most of them first."""
    counts = await often(db, set(words))
    # Numbers and Latin words are not counted; one that was never seen finds nothing.
    there = [word for word in dict.fromkeys(words) if counts.get(word) or not _is_counted(word)]
    rarest = sorted(there, key=lambda word: (counts.get(word, COMMON // 10), -len(word)))[:RAREST]
    rare = [word for word in rarest if counts.get(word, 0) <= COMMON] or rarest[:1]
    if not rare:
        return []
    found = [row[0] for row in await _matching(db, " AND ".join(map(_quoted, rare[:TOGETHER])), limit)]
    if len(rare) > 1:
        found += [row[0] for row in await _matching(db, " OR ".join(map(_quoted, rare)), limit)]
    return list(dict.fromkeys(found))[:limit]


async def _matching(db: Connection, match: str, limit: int) -> list[tuple[int]]:
    return await db.rows(
        "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rank LIMIT ?",
        *(f"{{headline}} : ({match})", limit),
    )


def _quoted(word: str) -> str:
    return f'"{word}"'


def _is_counted(word: str) -> bool:
    return any("\u0980" <= sign <= "\u09e3" for sign in word)
