"""The index on PostgreSQL finds what our rule says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bangla.words import holds, indexed, question, split
from storage.search import index
from storage.search.expression import AllOf, AnyOf, ButNot, IndexPhrase, InHeadline, tsquery, tsvector
from storage.search.index import ENDLESS
from storage.search.words import match, match_forms
from tests.storage.invented import an_archive, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.driver.connection import Connection, Row
    from storage.search.expression import Expression

pytestmark = pytest.mark.anyio
WORDS = ("ইলিশ", "র‍্যাব", "কোভিড-19", "o'brien", "back\\slash", "নদী", "নদীর", "u-19", "ক", "a:b", "&|!", "জাটকা")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


async def test_words_with_signs_phrases_and_beginnings_are_found(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        saved = await archive.save(
            draft("র‍্যাবের অভিযান: O'Brien বলেন", "n.example/1", body=("নদীর তীরে জাটকা ধরা।", "back\\slash"))
        )

        async def asked(db: Connection) -> list[bool]:
            return [
                await index.newest(db, sought, 5) == [saved.article_id]
                for sought in (
                    IndexPhrase(tuple(split("o'brien"))),
                    IndexPhrase(("নদীর", "তীরে")),
                    IndexPhrase(("নদীর", "জাট"), begins=True),
                    IndexPhrase(("জাট",), begins=True),
                    InHeadline(IndexPhrase(("অভিযান",))),
                    InHeadline(IndexPhrase(("জাটকা",))),
                    AnyOf((IndexPhrase(("কিছুনা",)), IndexPhrase(("ধরা",)))),
                    AllOf((IndexPhrase(("কিছুনা",)), IndexPhrase(("ধরা",)))),
                    ButNot(IndexPhrase(("ধরা",)), IndexPhrase(("নদীর",))),
                    ButNot(IndexPhrase(("ধরা",)), IndexPhrase(("পাহাড়",))),
                    IndexPhrase(("বলেন", "নদীর")),
                )
            ]

        found = await archive.store._database.read(asked)
    assert found == [True, True, False, True, True, False, True, False, False, True, False]


@settings(max_examples=40)
@given(TEXTS, TEXTS, TEXTS)
def test_any_words_are_written_so_that_the_server_reads_them(headline: str, body: str, asked: str) -> None:
    vector = tsvector(split(indexed(headline)), split(indexed(body)))
    assert vector.count("'") % 2 == 0
    for sought in (match(question(asked), {}), match_forms(question(asked))):
        assert sought is None or tsquery(sought).count("(") == tsquery(sought).count(")")


async def test_an_archive_without_articles_is_asked_in_vain(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        sought = match_forms(question("নদী"))

        async def asked(db: Connection) -> list[list[int]]:
            return [await index.newest(db, sought, 5), await index.best(db, sought, 5)]

        assert await archive.store._database.read(asked) == [[], []]


async def test_what_the_index_finds_is_what_the_rule_says(tmp_path: Path) -> None:
    texts = [("নদীর ইলিশ", "জাটকা র‍্যাব ক"), ("কোভিড-19 ও u-19", "নদী ইলিশের দাম"), ("o'brien &|!", "a:b ক ইলিশ নদী")]
    async with an_archive(tmp_path) as archive:
        numbers = [
            (await archive.save(draft(headline, f"n.example/{at}", body=(body,)))).article_id
            for at, (headline, body) in enumerate(texts)
        ]
        for word in (*WORDS, '"নদীর ইলিশ"', '"ইলিশ নদী"', "ইলিশ নদী", "ইল"):
            asked = question(word)
            said = {n for n, both in zip(numbers, texts, strict=True) if holds(asked, [split(text) for text in both])}
            found = await archive.store._database.read(partial(index.newest, sought=match(asked, {}), limit=9))
            short = any(run[-1].short for run in asked.runs)
            assert short or set(found) == said, word


async def test_a_statement_that_is_asked_often_is_planned_for_its_own_values(tmp_path: Path) -> None:
    async def work(db: Connection) -> list[Row]:
        for _ in range(15):
            await db.rows("SELECT id FROM articles WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT ?", 0, 2**62, 5)
        return await db.rows("SELECT sum(custom_plans), sum(generic_plans) FROM pg_prepared_statements")

    async with an_archive(tmp_path) as archive:
        ((custom, generic),) = await archive.store._database.read(work)
    assert custom > 5
    assert generic == 0, "a plan for any values takes all of time for a few rows"


async def test_the_next_part_is_made_before_it_is_needed(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        first = (await archive.save(draft("ইলিশ এক", "n.example/1"))).article_id

        async def jump(db: Connection) -> None:
            await db.rows("SELECT setval(pg_get_serial_sequence('articles', 'id'), 74999)")

        await database.write(jump)
        second = (await archive.save(draft("ইলিশ দুই", "n.example/2"))).article_id
        parts = "SELECT relname FROM pg_class WHERE relname ~ '^article_words_[0-9]+$' ORDER BY 1"
        made = [name for (name,) in await database.read(lambda db: db.rows(parts))]
        assert (second, made) == (75_000, ["article_words_0", "article_words_1", "article_words_2"])
        found = await database.read(lambda db: index.newest(db, IndexPhrase(("ইলিশ",)), 9))
        assert found == [second, first]
        assert await database.read(lambda db: index.newest(db, IndexPhrase(("ইলিশ",)), 9, 1, 100)) == [first]
        assert await database.read(lambda db: index.newest(db, IndexPhrase(("ইলিশ",)), 1)) == [second]
        options = "SELECT reloptions FROM pg_class WHERE relname LIKE 'article_words_2_words%'"
        assert await database.read(lambda db: db.rows(options)) == [(["fastupdate=off"],)]


_MANY = (
    "INSERT INTO articles (id, source_id, at, first_seen, last_seen, headline, body, summary, wire_sources, tags, "
    "categories) SELECT n, ?, n, n, n, 'x', '[]', '[]', '[]', '[]', '[]' FROM generate_series(?, ?) n"
)
_WORDS = """
INSERT INTO article_words SELECT n, CAST('''all'':3 ' || CASE WHEN n % 2 = 0 THEN '''two'':4 ' ELSE '''two'':9 ' END
    || CASE WHEN n % 3 = 0 THEN '''three'':1A ' ELSE '''three'':6 ' END
    || CASE WHEN n % 97 = 0 THEN '''rare'':7' ELSE '' END
    AS tsvector) FROM generate_series(?, ?) n
"""
_RULES: list[tuple[Expression, Callable[[int], bool]]] = [
    (IndexPhrase(("all",)), lambda _: True),
    (IndexPhrase(("all", "two")), lambda n: n % 2 == 0),
    (InHeadline(IndexPhrase(("three",))), lambda n: n % 3 == 0),
    (AllOf((IndexPhrase(("rare",)), IndexPhrase(("all",)))), lambda n: n % 97 == 0),
    (AllOf((IndexPhrase(("rare",)), IndexPhrase(("all", "two")))), lambda n: n % 194 == 0),
    (ButNot(IndexPhrase(("all",)), IndexPhrase(("all", "two"))), lambda n: n % 2 == 1),
    (ButNot(IndexPhrase(("all",)), IndexPhrase(("rare",))), lambda n: n % 97 > 0),
    (AllOf((IndexPhrase(("all",)), IndexPhrase(("nowhere",)))), lambda _: False),
    (AnyOf((IndexPhrase(("rar",), begins=True), IndexPhrase(("nowhere",)))), lambda n: n % 97 == 0),
]
_SPANS = ((48_000, 51_000), (149_000, 153_000))


async def test_the_newest_are_found_through_all_parts_and_a_costly_question_ends(tmp_path: Path) -> None:
    numbers = [number for first, last in reversed(_SPANS) for number in range(last, first - 1, -1)]
    async with an_archive(tmp_path) as archive:
        database = archive.store._database

        async def fill(db: Connection) -> None:
            for first, last in _SPANS:
                await db.rows("SELECT make_part(?), make_part(?)", first, last)
                await db.rows(_MANY, archive.source.id, first, last)
                await db.rows(_WORDS, first, last)

        assert await database.read(partial(index.newest, sought=IndexPhrase(("all",)), limit=5)) == []
        await database.write(fill)
        for sought, holds_it in _RULES:
            every = [number for number in numbers if holds_it(number)]
            for most, low, high in ((5, 0, ENDLESS), (9_999, 0, ENDLESS), (20, 0, 150_100), (9_999, 50_500, 149_500)):
                right = [number for number in every if low <= number <= high][:most]
                ask = partial(index.newest, sought=sought, limit=most, low=low, high=high, looked_at=9_999)
                assert await database.read(ask) == right, sought
            few = await database.read(partial(index.newest, sought=sought, limit=9_999, looked_at=50))
            assert few == every[: len(few)], "the newest, and none left out between them"
        # Of the thousands that hold both words no more are looked at than is afforded.
        together = partial(index.newest, sought=IndexPhrase(("all", "two")), limit=9_999, looked_at=500)
        assert 200 < len(await database.read(together)) < len(numbers) // 4
