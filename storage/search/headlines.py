"""Articles by their headline, and by where they stand on the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.driver.connection import Connection

TOGETHER = 3
"""Words of those asked for that must all stand there for an article to come first."""


async def headed(db: Connection, words: Sequence[str], limit: int) -> list[int]:
    """Return the articles with these words in the headline.

    Those with the first of them all in front.
    """
    if not words:
        return []
    found = [row[0] for row in await _matching(db, " AND ".join(map(_quoted, words[:TOGETHER])), limit)]
    if len(words) > 1:
        found += [row[0] for row in await _matching(db, " OR ".join(map(_quoted, words)), limit)]
    return list(dict.fromkeys(found))[:limit]


async def _matching(db: Connection, match: str, limit: int) -> list[tuple[int]]:
    return await db.rows(
        "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rank LIMIT ?",
        *(f"{{headline}} : ({match})", limit),
    )


def _quoted(word: str) -> str:
    return f'"{word}"'
