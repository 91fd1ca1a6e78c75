"""Search on a real file.

The tests look at order, days, words left out, pages, and the vocabulary that grows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.bangla.normalise import key
from bot.values.articles import Cursor, Query, QueryKind
from storage.search import ranking, vocabulary
from tests.fakes.engines import SERVER, an_engine
from tests.storage.invented import NOW, an_archive, draft

if TYPE_CHECKING:
    from pathlib import Path

    from bot.ports.store import Store

pytestmark = pytest.mark.anyio


async def _found(store: Store, value: str, **limits: object) -> list[str]:
    query = Query(QueryKind.WORDS, value, value, **limits)  # type: ignore[arg-type]
    articles, _ = await store.articles.ranked(query, 50)
    assert await store.articles.how_many(query) == len(articles)
    return [one.headline for one in articles]


async def test_headlines_come_first_then_the_words_themselves_then_longer_ones(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("বাংলাদেশে বন্যা", "n.example/1", age=1))
        await archive.save(draft("ভাষা দিবস", "n.example/2", age=2, body=("বাংলা ভাষার দিন।",)))
        await archive.save(draft("বাংলায় রায় লেখা শুরু", "n.example/3", age=9))
        await archive.save(draft("বাংলা একাডেমি", "n.example/4", age=5))
        assert await _found(archive.store, "বাংলা") == ["বাংলা একাডেমি", "বাংলায় রায় লেখা শুরু", "ভাষা দিবস", "বাংলাদেশে বন্যা"]


async def test_headlines_stand_in_front_where_articles_lie_too_far_apart_to_pass_over_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "MORE_STEPS", 1)
    async with an_archive(tmp_path) as archive:
        for number, (headline, body) in enumerate(
            (
                ("পদ্মা সেতুর টোল", "গাড়ি বাড়ছে।"),
                ("টোল বাড়ল", "পদ্মার সেতুতে।"),
                ("সেতু থেকে দূরে", "পদ্মা নদী।"),
                ("সেতু ও পদ্মা", "কথা।"),
            )
        ):
            await archive.save(draft(headline, f"n.example/{number}", age=9 - number, body=(body,)))
        await archive.store.vocabulary.refresh()
        first = ["সেতু ও পদ্মা", "পদ্মা সেতুর টোল"]
        assert await _found(archive.store, "পদ্মা সেতু") == [*first, "সেতু থেকে দূরে", "টোল বাড়ল"]
        assert await _found(archive.store, '"পদ্মা সেতু"') == ["পদ্মা সেতুর টোল"]


async def test_several_common_words_are_sought_in_the_newest_part_of_a_large_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with an_archive(tmp_path) as archive:
        for number in range(10):
            await archive.save(draft(f"পদ্মা সেতু {number}", f"n.example/{number}", age=20 - number))
        await archive.store.vocabulary.refresh()
        assert len(await _found(archive.store, "পদ্মা সেতু")) == 10
        monkeypatch.setattr(ranking, "STEPS", 20)
        monkeypatch.setattr(ranking, "MORE_STEPS", 20)
        newest = await _found(archive.store, "পদ্মা সেতু")
        # A server counts what it looks at (tests/postgresql/test_index.py), and looks at some hundred in any case.
        assert len(newest) == 10 if SERVER else 5 <= len(newest) < 10
        assert newest == [f"পদ্মা সেতু {number}" for number in range(9, 9 - len(newest), -1)]
        assert len(await _found(archive.store, "পদ্মা")) == 10, "one word is never passed over"


async def test_what_is_asked_for_and_left_out_is_nowhere(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("পদ্মা সেতু", "n.example/1"))
        assert await _found(archive.store, "পদ্মা", without="পদ্মা") == []


async def test_words_can_be_left_out_and_days_chosen(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for number, (headline, age) in enumerate((("ইরান আজ", 1), ("ইরান ও ইসরায়েল", 2), ("ইরান গতকাল", 30))):
            await archive.save(draft(headline, f"n.example/{number}", age=age))
        store = archive.store
        assert await _found(store, "ইরান") == ["ইরান আজ", "ইরান ও ইসরায়েল", "ইরান গতকাল"]
        assert await _found(store, "ইরান", without=key("ইসরায়েল")) == ["ইরান আজ", "ইরান গতকাল"]
        day = timedelta(days=1)
        assert await _found(store, "ইরান", since=NOW - day) == ["ইরান আজ", "ইরান ও ইসরায়েল"]
        assert await _found(store, "ইরান", since=NOW - 2 * day, until=NOW - day) == ["ইরান গতকাল"]
        assert await _found(store, "ইরান", since=NOW + day) == []
        for subject, value in ((QueryKind.LATEST, ""), (QueryKind.WORDS, "ইরান")):
            page = await store.articles.page(Query(subject, value, since=NOW - day), 9)
            assert len(page) == 2


@pytest.mark.parametrize("step", [1, 2, 7])
async def test_pages_go_on_through_all_ranks_and_show_each_once(tmp_path: Path, step: int) -> None:
    async with an_archive(tmp_path) as archive:
        for number in range(12):
            headline = ("চর জাগে", "নদীর কথা", "চরাঞ্চলে মেলা")[number % 3]
            await archive.save(
                draft(headline, f"n.example/{number}", age=number % 4, body=("চর থেকে।",) * (number % 2))
            )
        query, seen, after = Query(QueryKind.WORDS, "চর", "চর"), list[int](), None
        while True:
            page, after = await archive.store.articles.ranked(query, step, after)
            seen += [one.id for one in page]
            if after is None:
                break
            assert isinstance(after, Cursor)
        whole, _ = await archive.store.articles.ranked(query, 50)
        assert seen == [one.id for one in whole]
        assert len(set(seen)) == len(seen) == await archive.store.articles.how_many(query)


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR(ক, 2)", "headline:ক", "AND", "')", "\x00", "\u200d", "🙂", "x" * 4000]
)
async def test_what_the_index_takes_for_syntax_finds_nothing_and_breaks_nothing(tmp_path: Path, text: str) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("ইলিশের ভরা মৌসুম", "n.example/1"))
        assert await _found(archive.store, text) == []
        assert await _found(archive.store, "ইলিশ", without=text) == ["ইলিশের ভরা মৌসুম"]


async def test_the_vocabulary_grows_with_the_archive_and_outlives_a_restart(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        known = archive.store.vocabulary
        assert await known.nearest("taliban", 3) == []
        await archive.save(draft("তালেবানের সঙ্গে বৈঠক", "n.example/1", body=("তালেবান জানায়।",)))
        assert [guess.word for guess in await known.nearest("taleban", 1)] == ["তালেবান"]
        assert (await known.count("তালেবান"), await known.base("তালেবানের")) == (1, "তালেবান")
    async with an_engine(tmp_path / "khobor.db") as again:
        assert await again.vocabulary.count("তালেবান") == 1, "not counted twice"
        rows = await again._database.read(lambda db: db.rows("SELECT n FROM vocabulary WHERE word = 'তালেবান'"))
        assert rows == [(1,)]


async def test_two_processes_count_each_article_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive, an_engine(tmp_path / "khobor.db") as other:
        await archive.save(draft("ইলিশ ধরা", "n.example/1"))
        await archive.store.vocabulary.refresh()
        await other.vocabulary.refresh()
        await other.vocabulary.nearest("ilish", 1)
        rows = await other._database.read(lambda db: db.rows("SELECT word, n FROM vocabulary ORDER BY word"))
        assert rows == sorted([("ইলিশ", 1), ("ধরা", 1)])


async def test_many_articles_are_counted_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "STEP", 2)
    async with an_archive(tmp_path) as archive:
        for number in range(5):
            await archive.save(draft("ইলিশ", f"n.example/{number}"))
        assert await archive.store.vocabulary.count("ইলিশ") == 5


async def test_words_beside_each_other_come_before_a_long_text_that_holds_everything(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        long = ("শুরুতে সেতু।", *("অন্য কথা বলা হলো এখানে আবার।" for _ in range(9)), "শেষে পদ্মা।")
        await archive.save(draft("বহু কথা", "n.example/1", age=1, body=long))
        await archive.save(draft("টোল বাড়ল", "n.example/2", age=5, body=("পদ্মার ওপরে সেতুতে টোল।",)))
        await archive.save(draft("সেতু ও পদ্মা", "n.example/3", age=9, body=("কথা।",)))
        assert await _found(archive.store, "পদ্মা সেতু") == ["সেতু ও পদ্মা", "টোল বাড়ল", "বহু কথা"]
        near = Query(QueryKind.WORDS, "পদ্মা সেতু", "")
        assert await archive.store.articles.tally(near) == (3, False)
        assert await archive.store.articles.tally(Query(QueryKind.WORDS, "অন্য পদ্মা শুরুতে", "")) == (1, True)


async def test_a_short_word_is_found_by_its_forms_alone(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for number, headline in enumerate(("দলের সভা", "দলিল লেখক", "ঈদে বাড়ি", "ঈদগাহ মাঠ", "১৯টি আসন", "১৯ দফা")):
            await archive.save(draft(headline, f"n.example/{number}", age=9 - number))
        assert await _found(archive.store, "দল") == ["দলের সভা"]
        assert await _found(archive.store, "ঈদ") == ["ঈদে বাড়ি"]
        assert await _found(archive.store, "১৯") == ["১৯ দফা"]


async def test_any_of_several_spellings_is_enough(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("ওসমান হাদির জানাজা", "n.example/1", age=1))
        await archive.save(draft("শেয়ার বাজারে ধস", "n.example/2", age=2))
        await archive.save(draft("শেয়ারবাজারে উত্থান", "n.example/3", age=3))
        assert await _found(archive.store, "ওসমান হাদী|হাদি") == ["ওসমান হাদির জানাজা"]
        assert await _found(archive.store, "শেয়ারবাজার|শেয়ার-বাজার") == ["শেয়ার বাজারে ধস", "শেয়ারবাজারে উত্থান"]
