"""Articles that hold words: the better answers first, and among equals the newest.

Those whose headline has the words themselves stand in front, then those whose text has them, then those with longer
words that only begin so. Of each kind the newest few hundred are looked at: a common word in a large archive must not
cost a look at every article that has it. The index gives a word's articles one by one, the newest first, but those of a
beginning only when it has gathered all; so a common beginning is asked for by the words that it begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.words import question
from storage import words
from storage.article_rows import SHOWN
from storage.connection import maybe_micros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.model import Query
    from storage.connection import Connection

LATEST_HITS = 500
"""How many articles are looked at: the newest by number, which grows with time."""
GATHERED = 20_000
"""Places of a beginning that the index may gather: some milliseconds. A beginning with more is a common one."""
COMMONEST = 64
"""Words that a common beginning is asked for by; the others together are few beside them."""
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


class _Span(NamedTuple):
    """Between which times, and which numbers, articles are wanted."""

    since: int
    until: int
    low: int
    high: int


async def hits(db: Connection, query: Query) -> list[Hit]:
    """Return what answers a question, best first; at most `LATEST_HITS`."""
    asked = question(query.value)
    if not asked.runs:
        return []
    without = await matching(db, query.without, " OR ") if query.without else ""
    span = await _span(db, query)
    forms = words.forms_of(asked)
    held = await _newest(db, words.but(forms, without), span)
    headed = await _among(db, f"{{headline}} : ({forms})", held)
    found = [Hit(int(number not in headed), -at, -number) for number, at in held.items()]
    if len(found) < LATEST_HITS:
        begun = await _newest(db, words.but(await matching(db, query.value), without), span)
        found += [Hit(2, -at, -number) for number, at in begun.items() if number not in held]
    return sorted(found)[:LATEST_HITS]


async def matching(db: Connection, text: str, between: str = " AND ") -> str:
    """Write the index's query for articles that hold what a text asks for, as beginnings; "" if it asks for nothing."""
    asked = question(text)
    beginnings = dict.fromkeys(run[-1].text for run in asked.runs if not run[-1].exact)
    return words.match(asked, {beginning: await _begun(db, beginning) for beginning in beginnings}, between)


async def _begun(db: Connection, beginning: str) -> list[str]:
    """Return the commonest words that begin so; none for a beginning that the index may gather itself."""
    span = (beginning, f"{beginning}\U0010ffff")
    total = await db.row("SELECT coalesce(sum(n), 0) FROM vocabulary WHERE word >= ? AND word < ?", *span)
    if total is None or total[0] <= GATHERED:
        return []
    commonest = "SELECT word FROM vocabulary WHERE word >= ? AND word < ? ORDER BY n DESC LIMIT ?"
    return [word for (word,) in await db.rows(commonest, *span, COMMONEST)]


async def _newest(db: Connection, match: str, span: _Span) -> dict[int, int]:
    """Return when the newest articles came that a query of the index finds, by number."""
    rows = await db.rows(
        f"SELECT a.id, a.at FROM articles a INDEXED BY articles_by_number WHERE {SHOWN} AND a.at >= ? AND a.at < ? "
        "AND a.id IN (SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ? "
        "ORDER BY rowid DESC LIMIT ?)",
        *(span.since, span.until, match, span.low, span.high, LATEST_HITS),
    )
    return {row[0]: row[1] for row in rows}


async def _span(db: Connection, query: Query) -> _Span:
    """Return where the articles of some days lie, so that no other is looked at for its words."""
    since, until = maybe_micros(query.since) or 0, maybe_micros(query.until) or _ENDLESS
    if not (query.since or query.until):
        return _Span(since, until, 0, _ENDLESS)
    row = await db.row("SELECT min(id), max(id) FROM articles a WHERE a.at >= ? AND a.at < ?", since, until)
    return _Span(since, until, *((row[0], row[1]) if row and row[0] is not None else (1, 0)))


async def _among(db: Connection, match: str, numbers: Iterable[int]) -> set[int]:
    """Return which of these articles a query of the index finds.

    Between the first and the last of them it finds hardly more: they are all that hold such words there.
    """
    wanted = sorted(numbers)
    if not wanted:
        return set()
    rows = await db.rows(
        "SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ?",
        *(match, wanted[0], wanted[-1]),
    )
    return {row[0] for row in rows}
