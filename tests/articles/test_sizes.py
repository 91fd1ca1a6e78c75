"""All that is kept of what a source sends has a size.

Its cost has a bound too.
"""

from __future__ import annotations

import asyncio
import cProfile
import dataclasses
import tempfile
import tracemalloc
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles.address import is_home
from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.articles.text import sizes
from bot.articles.text.clean import clean
from bot.articles.text.fonts import in_unicode
from bot.bangla.words import LONGEST
from bot.values.articles import Arrival, Entry, Push
from bot.values.chats import Term, TermKind
from bot.values.errors import ParseError
from storage.articles import saving
from storage.driver.connection import AtOnce
from tests.articles.samples import NOW
from tests.drawing import drawn
from tests.storage.invented import an_archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.driver.connection import Connection, DatabaseEngine, Latch, Row, Statement

CALLS = 3_000_000
"""Calls of functions; 900,000 is the most that a search for the worst came to, whatever the size."""
MEMORY = 20_000_000
STATEMENTS = 150
WRITTEN = 3_000_000
"""Characters and numbers that go into the database: a body of the largest size is stored three times."""
UNITS = (
    "ক", "ক্", "ক ", "নদী ", "ক। ", "১ ", "a.b.", "x@", "\u0301", "\ud800", "\0", "\u202e", "\u200c", "\u200d",
    "…", ".", "|", "| ", "(", "‘", "‘ক’ ", "ঃ", "#", "//", "?", "\n", "\r\n", " ", ", ", "ক\n", "সূত্র: তাস।\n",
    "A¨", "‡K ", "‡K\n", "K&", "ট্যাগ: ক, ", "প্রকাশ: ৪ জুলাই ২০২৬ ", "ছবি: ", "ঢাকা/ক/খ ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repeated:
    """A text of any size, small to print: units over and over."""

    units: tuple[str, ...]
    size: int

    def __str__(self) -> str:
        whole = "".join(self.units)
        return whole * (self.size // len(whole) + 1)


def _texts(*sizes: int) -> st.SearchStrategy[Repeated]:
    units = st.sampled_from(UNITS) | st.text(min_size=1, max_size=9)
    return st.builds(Repeated, st.lists(units, min_size=1, max_size=3).map(tuple), st.sampled_from(sizes))


def _entry(text: str, count: int = 40) -> Entry:
    address = f"https://nodi.example/{text}"
    return Entry(
        title=f"নদী {text}", body=(text,) * count, publisher=text, url=address, guid=text, addresses=(address,) * count,
        dateline=text, byline=text, wire_sources=(text,) * count, tags=(text,) * count,
        categories=(text,) * count, image=address,
    )  # fmt: skip


@dataclass(slots=True)
class Cost:
    """What a piece of work took."""

    calls: int = 0
    memory: int = 0


@contextmanager
def _counted() -> Iterator[Cost]:
    cost = Cost()
    profile = cProfile.Profile()
    tracemalloc.start()
    profile.enable()
    try:
        yield cost
    finally:
        profile.disable()
        cost.calls = sum(entry.callcount for entry in profile.getstats())
        cost.memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


class _Counting:
    """A connection that counts what it is asked and given."""

    def __init__(self, inner: Connection) -> None:
        self._inner = inner
        self.statements = self.written = 0

    @property
    def engine(self) -> DatabaseEngine:
        return self._inner.engine

    async def rows(self, sql: str, *values: object) -> list[Row]:
        self._count([values])
        return await self._inner.rows(sql, *values)

    async def row(self, sql: str, *values: object) -> Row | None:
        self._count([values])
        return await self._inner.row(sql, *values)

    async def changed(self, sql: str, *values: object) -> int:
        self._count([values])
        return await self._inner.changed(sql, *values)

    async def together(self, statements: Sequence[Statement | AtOnce]) -> list[list[Row]]:
        for one in statements:
            self._count([values for _, values in one.parts] if isinstance(one, AtOnce) else [one[1]])
        return await self._inner.together(statements)

    async def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._count(rows)
        await self._inner.many(sql, rows)

    async def each(self, sql: str, rows: Sequence[Sequence[object]]) -> set[int]:
        self._count(rows)
        return await self._inner.each(sql, rows)

    async def latch(self, latch: Latch, *, shared: bool = False) -> None:
        await self._inner.latch(latch, shared=shared)

    def rouse(self) -> None:
        self._inner.rouse()

    def _count(self, rows: Sequence[Sequence[object]]) -> None:
        self.statements += len(rows)
        self.written += sum(len(value) if isinstance(value, str) else 1 for row in rows for value in row)


@given(_texts(1, 60, 600))
@settings(max_examples=12)
def test_an_entry_costs_no_more_than_its_sizes(text: Repeated) -> None:
    _costs_no_more_than_its_sizes(str(text))


@pytest.mark.parametrize("unit", drawn(["\u0301", "A¨", "‡K\n"], 1))
def test_an_entry_of_any_size_costs_no_more_than_its_sizes(unit: str) -> None:
    _costs_no_more_than_its_sizes(str(Repeated((unit,), 100_000)))


def _costs_no_more_than_its_sizes(text: str) -> None:
    entry = _entry(text)
    draft_cleaned(clean(_entry("ক", 1), NOW), "1")  # reads the tables of names, once
    with _counted() as cost:
        cleaned = clean(entry, NOW)
        try:
            draft_cleaned(cleaned, "1")
        except ParseError:
            named = cleaned.guid or cleaned.body or (cleaned.url and not is_home(cleaned.url))
            assert not cleaned.title or not named
    assert cost.calls < CALLS
    assert cost.memory < MEMORY
    _fits(cleaned)
    # A font's letters with signs between them that nobody sees are only then known for what they are.
    assert clean(cleaned, NOW) == cleaned or in_unicode(cleaned) != cleaned


def _fits(entry: Entry) -> None:
    assert len(entry.title) <= sizes.HEADLINE
    assert all(len(paragraph) <= sizes.PARAGRAPH for paragraph in entry.body)
    assert sum(map(len, entry.body)) <= sizes.BODY
    assert all(len(address) <= sizes.ADDRESS for address in (entry.url or "", entry.image or "", *entry.addresses))
    assert len(entry.guid or "") <= sizes.GUID
    assert len(entry.tags) <= sizes.TAGS
    assert len(entry.categories) <= sizes.TAGS
    assert all(len(tag) <= sizes.TAG for tag in (*entry.tags, *entry.categories))
    assert len(entry.wire_sources) <= sizes.WIRE
    names = (entry.byline or "", entry.publisher or "", entry.dateline or "", *entry.wire_sources)
    assert all(len(name) <= sizes.NAME for name in names)
    values = [getattr(entry, field.name) for field in dataclasses.fields(entry)]
    parts = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    signs = {sign for text in parts if isinstance(text, str) for sign in text}
    assert not {sign for sign in signs if unicodedata.category(sign) in ("Cc", "Cs")}
    assert not {sign for sign in signs if unicodedata.bidirectional(sign) in ("RLO", "LRO", "RLI", "LRI")}


def _words() -> str:
    """Make 100,000 letters of words without a common beginning.

    Each has 64 letters.
    """
    letters = "কখগঘঙচছজঝঞটঠডঢণতথদধন"
    return " ".join(f"{letters[n % 20]}{letters[n // 20 % 20]}{letters[n // 400]}" + "ক" * 61 for n in range(1500))


@settings(max_examples=3)
@given(_texts(1, 60, 600, 12_000))
@example(Repeated((_words(),), 1))
@example(Repeated(("ক",), 300_000))
def test_to_store_an_entry_of_any_size_costs_no_more_than_its_sizes(text: Repeated) -> None:
    entry = _entry(str(text))

    async def within(folder: Path) -> tuple[Cost, _Counting]:
        async with an_archive(folder) as archive:
            await archive.follow(Term(TermKind.KEYWORD, "নদী", "নদী"))
            draft = draft_cleaned(clean(dataclasses.replace(entry, url="https://nodi.example/1"), NOW), "1")

            async def save(db: Connection) -> tuple[Cost, _Counting]:
                counting = _Counting(db)
                with _counted() as cost:
                    await saving.save_all(counting, [Arrival(draft, Push.NOW)], archive.source, NOW, RULES)
                return cost, counting

            return await archive.store._database.write(save)

    with tempfile.TemporaryDirectory() as folder:
        cost, asked = asyncio.run(within(Path(folder)))
    assert cost.calls < CALLS
    assert cost.memory < MEMORY
    assert asked.statements < STATEMENTS
    assert asked.written < WRITTEN


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("নদী খাল " * 100, "নদী খাল " * 62 + "নদী…"),
        ("ক" * 501, "ক" * 499 + "…"),
        ("ক\u0301\u0302\u0303\u0304\u0305\u0306", "ক\u0301\u0302\u0303\u0304"),
        ("র‍্যাব ক্ষ্মী", "র‍্যাব ক্ষ্মী"),
        ("  \ud800নদী\0  খাল ", "নদী খাল"),
    ],
)
def test_a_line(text: str, shown: str) -> None:
    assert sizes.line(text, sizes.HEADLINE) == shown


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://samakal.com@evil.example/1", "https://evil.example/1"),
        ("https://a:b@evil.example:8443/1?q=1#x", "https://evil.example:8443/1?q=1#x"),
        ("https://good.example\\@evil.example/1", None),
        (" https://nodi.example/\u202e1\n ", "https://nodi.example/1"),
        ("https://nodi.example/a b", None),
        ("https://nodi.example/" + "a" * 2028, None),
        ("javascript:alert(1)", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address(given: str | None, kept: str | None) -> None:
    assert sizes.address(given) == kept


@pytest.mark.parametrize("unit", ["\u0301\u0327", "\u0301\u200b\u0327\ufeff", "\u0301\0\u0327", "\u09bc\u09cd"])
def test_no_letter_has_many_marks_when_it_is_first_normalised(unit: str) -> None:
    """To order marks of several classes takes the square of their number."""
    entry = sizes.opened(Entry(title="ক" + unit * 200, body=("খ" + unit * 200,), tags=("গ" + unit * 200,)))
    for text in (entry.title, *entry.body, *entry.tags):
        assert 1 <= sum(unicodedata.category(sign) == "Mn" for sign in text) <= sizes.MARKS


def test_what_cannot_be_cut_is_refused_with_its_reason() -> None:
    entry = Entry(title="নদী", url="https://nodi.example/" + "a" * 400_000, guid="g" * 2000, body=("খবর।",))
    assert sizes.refused(entry) == [
        "its address has 400,021 characters (at most 2,048)",
        "its guid has 2,000 characters (at most 1,024)",
    ]
    assert (clean(entry, NOW).url, clean(entry, NOW).guid) == (None, None)
    assert sizes.refused(clean(entry, NOW)) == []


def test_a_word_that_counts_is_as_long_as_a_tag_may_be_or_longer() -> None:
    assert LONGEST >= sizes.TAG
