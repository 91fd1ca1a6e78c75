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
from storage.search.words import match, match_forms
from tests.storage.invented import an_archive, draft

if TYPE_CHECKING:
    from pathlib import Path

    from storage.driver.connection import Connection, Row

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
