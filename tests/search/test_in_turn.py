"""Words asked for one by one find what the whole question finds."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.words import indexed, split
from storage.search.expression import AllOf, AnyOf, ButNot, Expression, IndexPhrase, InHeadline, fts5, stands_in
from storage.search.in_turn import InTurn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = st.sampled_from(["নদী", "নদীর", "সেতু", "ঢাকা", "u-19", "র‍্যাব", "শেষ"])
TEXTS = st.builds(
    lambda words, mark: f"{mark} ".join(words), st.lists(WORDS, max_size=5), st.sampled_from(["", ",", "—"])
)
ARCHIVES = st.lists(st.tuples(TEXTS, TEXTS), max_size=40)
PHRASES = st.builds(
    lambda words, begins: IndexPhrase(tuple(one for word in words for one in split(word)), begins),
    st.lists(WORDS, min_size=1, max_size=2),
    st.booleans(),
)
GROUPS: st.SearchStrategy[Expression] = st.one_of(
    PHRASES, st.builds(AnyOf, st.lists(PHRASES, min_size=1, max_size=3).map(tuple)), st.builds(InHeadline, PHRASES)
)
ALL = st.builds(AllOf, st.lists(GROUPS, min_size=1, max_size=4).map(tuple))
SOUGHT: st.SearchStrategy[Expression] = st.one_of(ALL, st.builds(ButNot, ALL, GROUPS))
TABLE = (
    "CREATE VIRTUAL TABLE words USING fts5 (headline, body, "
    "tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")"
)


class FullText:
    """An index that counts from one, and its texts."""

    def __init__(self, archive: Sequence[tuple[str, str]]) -> None:
        self.raw = sqlite3.connect(":memory:")
        self.raw.execute(TABLE)
        self.read: Mapping[int, tuple[str, str]] = {
            number: (" ".join(split(headline)), " ".join(split(body)))
            for number, (headline, body) in enumerate(archive, 1)
        }
        rows = [(number, indexed(headline), indexed(body)) for number, (headline, body) in enumerate(archive, 1)]
        self.raw.executemany("INSERT INTO words (rowid, headline, body) VALUES (?, ?, ?)", rows)
        self.lowest = len(archive) + 1

    async def holding(self, sought: Expression, low: int, high: int) -> list[int]:
        """Ask the index."""
        self.lowest = min(self.lowest, low)
        query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        return [number for (number,) in self.raw.execute(query, (fts5(sought), low, high))]

    async def texts(self, numbers: set[int]) -> Mapping[int, tuple[str, str]]:
        """Read some."""
        return {number: self.read[number] for number in numbers}


@given(ARCHIVES, SOUGHT)
def test_a_text_holds_what_the_index_finds(archive: list[tuple[str, str]], sought: Expression) -> None:
    index = FullText(archive)
    with closing(index.raw):
        found = asyncio.run(index.holding(sought, 1, len(archive)))
        assert [number for number, text in index.read.items() if stands_in(sought, text)] == found


@given(ARCHIVES, SOUGHT, st.integers(1, 9), st.integers(1, 50), st.integers(1, 400))
def test_it_is_the_newest_of_all_or_of_the_newest_part(
    archive: list[tuple[str, str]], sought: Expression, first: int, limit: int, enough: int
) -> None:
    index = FullText(archive)
    with closing(index.raw):
        last = len(archive)
        every = sorted(asyncio.run(index.holding(sought, 1, last)), reverse=True)
        endless = InTurn(index.holding, index.texts, 10**9, first=first)
        assert asyncio.run(endless.newest(sought, limit, 1, last)) == every[:limit]
        index.lowest = last + 1
        bounded = InTurn(index.holding, index.texts, enough, first=first)
        found = asyncio.run(bounded.newest(sought, limit, 1, last))
        assert found == [number for number in every if number >= index.lowest][:limit]
        assert not archive or index.lowest <= max(1, last - first + 1), "the newest are always looked at"
