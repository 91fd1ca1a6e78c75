"""A topic's list and what its followers are told are one thing.

Whatever the topic was when they began.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bangla.spoken import says, spoken
from bot.bangla.words import normal_question
from bot.values.articles import Cursor, Query, QueryKind
from bot.values.chats import Term, TermKind
from tests.storage.invented import NOW, Archive, an_archive, draft, tag

pytestmark = pytest.mark.anyio
NAMES = ("রুদাইন", "ফালকোনি", "ওসমান বিন রুদাইন", "ভারত")
WORD = st.sampled_from(
    ("রুদাইনকে", "রুদাইনেরও", "রুদাইন", "ওসমান", "বিন", "ফালকোনির", "ভারতে", "ইন্ডিয়া", "নদী", "রুদাইনপুর", "কোভিড-১৯")
)
STORY = st.tuples(
    st.lists(WORD, min_size=1, max_size=4).map(" ".join),
    st.lists(WORD, max_size=4).map(" ".join),
    st.lists(st.sampled_from(NAMES), unique=True, max_size=2).map(tuple),
)


def _as_words(name: str) -> Term:
    return Term(TermKind.KEYWORD, normal_question(name), name)


async def _listed(archive: Archive, kind: QueryKind, value: str) -> set[int]:
    return {one.id for one in await archive.store.articles.page(Query(kind, value, value), 99)}


@settings(max_examples=25, deadline=None)
@given(st.lists(STORY, min_size=1, max_size=5), st.sampled_from(NAMES))
def test_a_follower_is_told_what_the_list_holds(stories: list[tuple[str, str, tuple[str, ...]]], name: str) -> None:
    async def check(folder: Path) -> None:
        async with an_archive(folder) as archive:
            await archive.follow(tag(name))
            for number, (headline, body, names) in enumerate(stories):
                await archive.save(draft(headline, f"n.example/{number}", body=(body,), tags=names))
            listed = await _listed(archive, QueryKind.TAG, name)
            await archive.store.vocabulary.refresh()
            assert await _listed(archive, QueryKind.TAG, name) == listed
            assert set(await archive.claimed()) == listed
            assert await archive.store.subscriptions.volume(tag(name), NOW) * 7 == len(listed)
            told = await archive.store.articles.topic(Query(QueryKind.TAG, name, name), 99, NOW)
            assert {one.id for one in told.articles} == listed
            assert told.a_day * 7 == len(listed)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(check(Path(folder)))


@given(
    st.lists(WORD, max_size=5).map(" ".join), st.frozensets(st.sampled_from((*NAMES, "ওসমান", "কোভিড-19")), min_size=1)
)
def test_a_headline_says_what_it_is_found_to_say(headline: str, names: frozenset[str]) -> None:
    assert says(headline, names) == (not names.isdisjoint(spoken(headline)))


async def test_a_list_holds_what_is_tagged_or_has_it_in_the_headline(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("সভা শেষ", "n.example/1", tags=("রুদাইন",), age=3))
        await archive.save(draft("রুদাইনকে সংবর্ধনা", "n.example/2", age=2))
        await archive.save(draft("নদীতে মেলা", "n.example/3", body=("মেলায় রুদাইন এসেছিলেন।",), age=1))
        await archive.save(draft("রুদাইনপুরে মেলা", "n.example/4"))
        found = await archive.store.articles.page(Query(QueryKind.TAG, "রুদাইন", "রুদাইন"), 9)
        assert [one.headline for one in found] == ["রুদাইনকে সংবর্ধনা", "সভা শেষ"]
        told = await archive.store.articles.topic(Query(QueryKind.TAG, "রুদাইন", "রুদাইন"), 9, NOW)
        assert list(told.articles) == found
        assert (told.in_text, told.a_day * 7) == (1, 2)


async def test_pages_of_a_list_follow_each_other(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for number in range(9):
            names = ("রুদাইন",) if number % 2 else ()
            await archive.save(
                draft(f"রুদাইনের কথা {number}" if number % 3 else "সভা", f"n.example/{number}", tags=names, age=number)
            )
        whole = await archive.store.articles.page(Query(QueryKind.TAG, "রুদাইন", "রুদাইন"), 99)
        paged, after = [], None
        while page := await archive.store.articles.page(Query(QueryKind.TAG, "রুদাইন", "রুদাইন"), 2, after):
            paged += page
            after = Cursor(page[-1].at, page[-1].id)
        assert paged == whole
        assert len(whole) == len({one.id for one in whole}) == 7


async def test_who_followed_a_name_before_it_was_a_tag_gets_what_its_list_holds(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(_as_words("রুদাইন"))
        await archive.save(draft("নদীতে মেলা", "n.example/1", body=("রুদাইন এসেছিলেন।",), age=3))
        tagged = await archive.save(draft("সভা শেষ", "n.example/2", tags=("রুদাইন",), age=2))
        headed = await archive.save(draft("রুদাইনকে সংবর্ধনা", "n.example/3", age=1))
        await archive.save(draft("আবার মেলা", "n.example/4", body=("রুদাইন এসেছিলেন।",)))
        told = set(await archive.claimed())
        assert {tagged.article_id, headed.article_id} <= told
        assert told - {1} == await _listed(archive, QueryKind.TAG, "রুদাইন")
        assert [one.term for one in await archive.store.subscriptions.of_chat(archive.reader.id)] == [tag("রুদাইন")]


async def test_words_in_quotation_marks_stay_words(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        quoted = Term(TermKind.KEYWORD, normal_question("“রুদাইন”"), "“রুদাইন”")
        await archive.follow(quoted)
        await archive.save(draft("সভা শেষ", "n.example/1", tags=("রুদাইন",)))
        assert [one.term for one in await archive.store.subscriptions.of_chat(archive.reader.id)] == [quoted]


async def test_who_follows_a_name_both_ways_follows_it_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(_as_words("রুদাইন"))
        await archive.follow(tag("রুদাইন"))
        saved = await archive.save(draft("সভা শেষ", "n.example/1", tags=("রুদাইন",)))
        assert [one.term for one in await archive.store.subscriptions.of_chat(archive.reader.id)] == [tag("রুদাইন")]
        assert await archive.claimed() == [saved.article_id]


async def test_a_country_that_is_a_section_is_one_list(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(Term(TermKind.TOPIC, "india", "ভারত"))
        filed = draft("দিল্লিতে সভা", "https://n.example/india/1", age=3)
        await archive.save(filed)
        await archive.save(draft("সভা শেষ", "n.example/2", tags=("ভারত",), age=2))
        await archive.save(draft("ভারতে বৃষ্টি", "n.example/3", age=1))
        by_section, by_tag = (
            await _listed(archive, QueryKind.TOPIC, "india"),
            await _listed(archive, QueryKind.TAG, "ভারত"),
        )
        assert by_section == by_tag
        assert len(by_section) >= 2
        assert set(await archive.claimed()) == by_section


async def test_a_list_of_some_days_holds_those_days_alone(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("রুদাইনের সভা", "n.example/1", age=50))
        await archive.save(draft("রুদাইনের মেলা", "n.example/2", age=1))
        query = Query(QueryKind.TAG, "রুদাইন", "রুদাইন", since=NOW - timedelta(hours=9))
        assert [one.headline for one in await archive.store.articles.page(query, 9)] == ["রুদাইনের মেলা"]
