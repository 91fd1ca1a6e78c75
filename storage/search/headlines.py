"""Articles by their headline, and by where they stand on the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.search import index
from storage.search.expression import IndexPhrase, InHeadline, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.driver.connection import Connection
    from storage.search.expression import Expression

TOGETHER = 3
"""Words of those asked for that must all stand there for an article to come first."""


async def headed(db: Connection, words: Sequence[str], limit: int) -> list[int]:
    """Return the articles with these words in the headline.

    Those that hold the first of the words come first.
    """
    if not words:
        return []
    found = await _best(db, all_of(_whole(words[:TOGETHER])), limit)
    if len(words) > 1:
        found += await _best(db, any_of(_whole(words)), limit)
    return list(dict.fromkeys(found))[:limit]


async def _best(db: Connection, sought: Expression | None, limit: int) -> list[int]:
    return await index.best(db, InHeadline(sought) if sought else None, limit)


def _whole(words: Sequence[str]) -> list[IndexPhrase]:
    return [IndexPhrase((word,)) for word in words]
