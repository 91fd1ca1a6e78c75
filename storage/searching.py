"""Articles that hold words: the better answers first, and among equals the newest.

Of the articles that hold what is asked for, as beginnings of their words, the newest few hundred are looked at: a
common word in a large archive must not cost a look at every article that has it. Those whose headline has the words
themselves stand in front, then those whose text has them, then those with longer words that only begin so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from storage import words
from storage.article_rows import SHOWN
from storage.connection import maybe_micros

if TYPE_CHECKING:
    from bot.model import Query
    from storage.connection import Connection

LATEST_HITS = 500
"""How many articles are looked at: the newest by number, which grows with time."""
_ENDLESS = 2**63 - 1


class Hit(NamedTuple):
    """An article that holds the words, in the order of a list."""

    rank: int
    before: int
    """The negative of its time, and of its number: the newest first."""
    minus_id: int

    @property
    def id(self) -> int:
        """The article."""
        return -self.minus_id


async def hits(db: Connection, query: Query) -> list[Hit]:
    """Return what answers a question, best first; at most `LATEST_HITS`."""
    match = words.match(query.value, query.without)
    if not match:
        return []
    since, until = maybe_micros(query.since) or 0, maybe_micros(query.until) or _ENDLESS
    low, high = await _numbers(db, since, until) if query.since or query.until else (0, _ENDLESS)
    rows = await db.rows(
        f"SELECT a.id, a.at FROM articles a WHERE {SHOWN} AND a.at >= ? AND a.at < ? AND a.id IN (SELECT rowid "
        "FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?)",
        *(since, until, match, low, high, LATEST_HITS),
    )
    if not rows:
        return []
    forms = words.match_forms(query.value)
    held = await _among(db, forms, [row[0] for row in rows])
    headed = await _among(db, f"{{headline}} : ({forms})", sorted(held))
    return sorted(Hit((number not in headed) + (number not in held), -at, -number) for number, at in rows)


async def _numbers(db: Connection, since: int, until: int) -> tuple[int, int]:
    """Return between which numbers the articles of some days lie, so that no other is looked at for its words."""
    row = await db.row("SELECT min(id), max(id) FROM articles a WHERE a.at >= ? AND a.at < ?", since, until)
    return (row[0], row[1]) if row and row[0] is not None else (1, 0)


async def _among(db: Connection, match: str, numbers: list[int]) -> set[int]:
    """Return which of these articles a query of the index finds.

    Between the first and the last of them it finds hardly more: they are all that hold such beginnings there.
    """
    if not numbers:
        return set()
    rows = await db.rows(
        "SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ?",
        *(match, min(numbers), max(numbers)),
    )
    return {row[0] for row in rows}
