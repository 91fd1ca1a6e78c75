"""Ranks articles that hold words, best and newest first.

Articles whose headline has the words themselves stand in front, then those whose text has them beside each other, then
those that have them far apart, as a long text has nearly all words, then those with longer words that only begin so.
The newest few hundred of each kind are looked at: a common word in a large archive must not cost a look at every
article that has it (`storage/search/index_query.py`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.words import question
from storage.driver.connection import maybe_micros
from storage.rows.article_rows import SHOWN
from storage.search import index, index_query, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.bangla.words import Question
    from bot.values.articles import Query
    from storage.driver.connection import Connection
    from storage.search.expression import Expression
    from storage.search.index_query import Sought

LATEST_HITS = 500
"""How many articles are looked at: the newest by number, which grows with time."""
STEPS, MORE_STEPS = 800_000, 300_000
"""Steps that the words themselves, and then beginnings, may take: some 25 and 10 ms.

Several words take more where one is common and the archive large; then its newest part is looked at.
"""
TOO_COSTLY = 10
"""Times what a question may take from which only the words themselves are asked for."""
ENOUGH = 5
"""Articles with the words themselves that make a costly look for beginnings needless: a page."""
SPANNED = 20_000
"""Articles of some days whose numbers are looked at."""
_ENDLESS = 2**63 - 1
HEADED, NEAR, APART, BEGUN = range(4)
"""How well an article answers, the best first."""
IN_TEXT = (NEAR, APART)
"""The ranks of an article that has the words themselves in its text alone."""
BESIDE = 12
"""Words that those of a question may be apart and still be near: about a sentence."""
READ = 40
"""Texts that are read to see how near the words stand in them: the newest; a common question has enough headlines."""
READ_LETTERS = 20_000
_WORDS = re.compile(r"[\w\u0980-\u09ff]+")


class RankedHit(NamedTuple):
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


async def hits(db: Connection, query: Query, *, begun: bool = True) -> list[RankedHit]:
    """Return what answers a question, best first.

    There are at most `LATEST_HITS`. Without ``begun`` only the words themselves count, not longer ones that begin so.
    """
    parsed = question(query.value)
    if not parsed.groups or set(parsed.runs) & set(question(query.without).runs):
        return []
    without = await index_query.matching(db, query.without, some=True) if query.without else None
    span = await _span(db, query)
    forms = await index_query.by_forms(db, parsed)
    held = await _newest(db, words.but(forms.match, without), span, forms.steps / STEPS)
    headed = await _headed(db, parsed, forms, held)
    apart = await _apart(db, parsed, forms, sorted(held.keys() - headed, reverse=True), len(headed))
    ranks = dict.fromkeys(headed, HEADED) | dict.fromkeys(apart, APART)
    found = [RankedHit(ranks.get(number, NEAR), -at, -number) for number, at in held.items()]
    begun &= forms.steps <= TOO_COSTLY * STEPS
    if begun and len(found) < (LATEST_HITS if forms.steps <= MORE_STEPS else ENOUGH):
        longer = await index_query.by_beginnings(db, parsed)
        more = await _newest(
            db, words.but(longer.match, without), span, longer.steps / MORE_STEPS, looked_at=index.LOOKED_AT // 2
        )
        found += [RankedHit(BEGUN, -at, -number) for number, at in more.items() if number not in held]
    return sorted(found)[:LATEST_HITS]


async def _newest(
    db: Connection, match: Expression | None, span: _Span, times: float, *, looked_at: int = index.LOOKED_AT
) -> dict[int, int]:
    """Return when the newest matches came, by number.

    Matches are articles that a query of the index finds. The whole archive takes ``times`` as long as a question may.
    """
    found = await index.newest(db, match, LATEST_HITS, span.low, span.high, times=times, looked_at=looked_at)
    rows = await db.rows(
        f"SELECT a.id, a.at FROM articles a INDEXED BY articles_by_number WHERE {SHOWN} AND a.at >= ? AND a.at < ? "
        "AND a.id IN (SELECT value FROM ints(?))",
        *(span.since, span.until, json.dumps(found)),
    )
    return {row[0]: row[1] for row in rows}


async def _span(db: Connection, query: Query) -> _Span:
    """Return which numbers the articles of some days have.

    Thus no other is looked at for its words. Days with `SPANNED` articles or more reach up to now, for the newest lie
    there anyway.
    """
    since, until = maybe_micros(query.since) or 0, maybe_micros(query.until) or _ENDLESS
    if not (query.since or query.until):
        return _Span(since, until, 0, _ENDLESS)
    few = f"SELECT id FROM articles a WHERE {SHOWN} AND a.at >= ? AND a.at < ? LIMIT ?"
    row = await db.row(f"SELECT count(*), min(y.id), max(y.id) FROM ({few}) y", since, until, SPANNED)
    if row is None or not row[0]:
        return _Span(since, until, 1, 0)
    return _Span(since, until, *((0, _ENDLESS) if row[0] == SPANNED else (row[1], row[2])))


async def _headed(db: Connection, question: Question, forms: Sought, held: Collection[int]) -> set[int]:
    """Return which of these articles have the words in their headline."""
    if not held:
        return set()
    if forms.steps > MORE_STEPS and len(held) < LATEST_HITS:
        # They lie far apart: to pass over all between them once more takes longer than to read them.
        marks = ", ".join("?" * len(held))
        rows = await db.rows(f"SELECT article_id, headline FROM article_texts WHERE article_id IN ({marks})", *held)
        return {number for number, headline in rows if index_query.stands(question, forms.known, headline)}
    return await index.in_headline(db, forms.match, held)


async def _apart(db: Connection, question: Question, forms: Sought, numbers: Sequence[int], headed: int) -> set[int]:
    """Return which articles have the words far apart.

    Return none if a page of headlines has them.
    """
    if len(question.groups) <= 1 or headed >= ENOUGH or not numbers:
        return set()
    group_of: dict[str, set[int]] = {}
    for at, group in enumerate(question.groups):
        for run in group:
            for word in [run[-1].text] if run[-1].exact else forms.known[run[-1].text]:
                group_of.setdefault(word, set()).add(at)
    marks = ", ".join("?" * len(numbers[:READ]))
    rows = await db.rows(
        f"SELECT article_id, headline || ' ' || substr(body, 1, ?) FROM article_texts WHERE article_id IN ({marks})",
        *(READ_LETTERS, *numbers[:READ]),
    )
    near = {number for number, text in rows if _is_near(_WORDS.findall(text), group_of, len(question.groups))}
    # Those that were not read stand with them: they are older.
    return set(numbers) - near


def _is_near(text: Sequence[str], group_of: Mapping[str, Collection[int]], groups: int) -> bool:
    """Return whether the words stand near each other.

    Words of all groups must stand within a sentence's length.
    """
    last: dict[int, int] = {}
    for position, word in enumerate(text):
        if word in group_of:
            last |= dict.fromkeys(group_of[word], position)
            if len(last) == groups and position - min(last.values()) <= BESIDE:
                return True
    return False
