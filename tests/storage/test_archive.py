"""Pages, searches, outlets, sources, chats, tags.

Each table's file keeps its promises, on a real file.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.words import question
from bot.values.articles import Cursor, FullText, Outcome, Push, Query, QueryKind, SourceState
from bot.values.calls import OpenQuestion, call
from bot.values.chats import Language, Target, Term, TermKind
from bot.values.lists import LastShown, Listed
from storage.search import words
from storage.search.expression import fts5
from tests.storage.invented import ALL, HERE, NOW, an_archive, draft

if TYPE_CHECKING:
    from pathlib import Path

    from bot.ports.store import Store
    from bot.values.articles import Article

pytestmark = pytest.mark.anyio


async def _walk(store: Store, query: Query, step: int) -> list[Article]:
    found: list[Article] = []
    after: Cursor | None = None
    while page := await store.articles.page(query, step, after):
        found += page
        after = Cursor(page[-1].at, page[-1].id)
        if query.kind is QueryKind.WORDS:
            _, after = await store.articles.ranked(query, len(found))
            if after is None:
                break
    return found


@pytest.mark.parametrize("step", [1, 2, 5, 50])
async def test_pages_of_any_size_show_each_article_once_newest_first(tmp_path: Path, step: int) -> None:
    async with an_archive(tmp_path) as archive:
        outlet = await archive.store.outlets.ensure("মোহনা বার্তা")
        # Many of one moment: there the number decides.
        for number in range(12):
            what = draft(f"চর {number}", f"n.example/{number}", age=number % 3, tags=("চর",), publisher="মোহনা বার্তা")
            await archive.save(dataclasses.replace(what, categories=("বিশ্ব",)))
        for query in (
            Query(),
            Query(QueryKind.OUTLET, str(outlet.id)),
            Query(QueryKind.TAG, "চর"),
            Query(QueryKind.TOPIC, "world"),
            Query(QueryKind.WORDS, "চর"),
        ):
            found = await _walk(archive.store, query, step)
            assert [(one.at, one.id) for one in found] == sorted(((o.at, o.id) for o in found), reverse=True)
            assert len(found) == len({one.id for one in found}) == 12


async def test_words_are_found_by_their_beginning_and_short_ones_as_they_are(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("ইলিশের ভরা মৌসুম", "n.example/1", body=("জেলেরা নৌকায়।",)))
        await archive.save(draft("মাছের বাজার", "n.example/2"))
        for text, hits in (("ইলিশ", 1), ("ইলিশ নৌকা", 1), ("ইলিশ বাজার", 0), ("মা", 0), ("ভরা", 1), ("", 0), ("—", 0)):
            assert len(await archive.store.articles.page(Query(QueryKind.WORDS, text), 5)) == hits, text


SYNTAX = (
    '"',
    '""',
    "*",
    "ইলিশ*",
    "NEAR(ইলিশ, 2)",
    "headline:ইলিশ",
    "^ইলিশ",
    "-ইলিশ",
    "(",
    "AND",
    "ইলিশ OR",
    "{a}:",
    "\x00",
    "')",
)


async def test_what_the_index_takes_for_syntax_is_only_words(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("ইলিশের ভরা মৌসুম", "n.example/1"))
        for text in (*SYNTAX, " ".join(f"শব্দ{number}" for number in range(2000))):
            await archive.store.articles.page(Query(QueryKind.WORDS, text), 5)


@given(st.text(max_size=60))
def test_any_text_makes_a_query_of_quoted_words(text: str) -> None:
    asked = question(text)
    begun, forms = words.match(asked, {}), words.match_forms(asked)
    known = {run[-1].text: ["এক", "দুই"] for run in asked.runs}
    for query in (begun, forms, words.match(asked, known, some=True), words.but(begun, forms)):
        # Outside of quotation marks nothing stands but what we write ourselves.
        outside = "".join((fts5(query) if query else "").split('"')[::2])
        assert set(outside.replace("AND", "").replace("NOT", "").replace("OR", "")) <= set("()* ")


async def test_samples_count_for_nothing_and_go_though_they_came_last(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        sample = await store.sources.add("sample", None, None, full_text=FullText.ALLOWED, now=NOW)
        await archive.save(draft("আসল এক", "n.example/1"))
        # Another process was still filling an archive that had been empty.
        late = await store.articles.save(draft("নমুনা", "n.example/9"), sample, NOW, push=Push.NOW)
        assert (late.outcome, await store.articles.count()) == (Outcome.NEW, 1)
        await archive.spread()
        assert await store.fanouts.waiting() == {}
        await archive.save(draft("আসল দুই", "n.example/2"))
        assert [found.headline for found in await store.articles.page(Query(), 9)] == ["আসল দুই", "আসল এক"]
        assert await store.articles.page(Query(QueryKind.WORDS, "নমুনা"), 9) == []


async def test_a_real_article_under_a_samples_name_is_a_new_one(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        sample = await archive.store.sources.add("sample", None, None, full_text=FullText.ALLOWED, now=NOW)
        await archive.store.articles.save(draft("নমুনা", "n.example/1"), sample, NOW, push=Push.NONE)
        await archive.follow(ALL)
        saved = await archive.save(draft("আসল", "n.example/1"))
        assert saved.outcome is Outcome.NEW
        assert await archive.claimed() == [saved.article_id]
        assert [found.sample for found in await archive.store.articles.page(Query(), 9)] == [False]


async def test_an_outlet_answers_to_every_name_it_was_given(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        outlets = archive.store.outlets
        first = await outlets.ensure("Mohona Barta")
        assert (await outlets.ensure("মোহনা বার্তা", name_en="Mohona Barta")).id == first.id
        for name in ("মোহনা বার্তা", "mohona  barta", "MOHONA BARTA"):
            found = await outlets.find(name)
            assert found is not None
            assert found.id == first.id
        other = await outlets.ensure("অন্য কাগজ", name_en="Onno")
        # A name that is taken stays with whom it belongs to.
        assert (await outlets.ensure("অন্য কাগজ", name_en="Mohona Barta")).id == other.id
        taken = await outlets.find("Mohona Barta")
        assert taken is not None
        assert taken.id == first.id


async def test_a_publisher_without_a_letter_is_none(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for number, name in enumerate(("\u200d", "  ", "")):
            await archive.save(draft(f"চর {number}", f"n.example/{number}", publisher=name))
        assert {article.outlet for article in await archive.store.articles.page(Query(), 9)} == {None}


async def test_a_source_that_comes_back_is_as_new(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        sources, outlet = archive.store.sources, await archive.store.outlets.ensure("মোহনা বার্তা")
        ill = dataclasses.replace(archive.source, last_ok_at=NOW, etag="e", body_hash="h", failures=3, error="timeout")
        await sources.polled(ill)
        await sources.remove(ill.id, NOW)
        assert await sources.get(ill.id) is None
        assert (await sources.all(), await sources.due(NOW + timedelta(days=9), 9)) == ([], [])
        later = NOW + timedelta(days=1)
        # The same address in another dress.
        back = await sources.add("feed", "http://www.nodi.example/feed/", outlet, full_text=FullText.ALLOWED, now=later)
        assert (back.id, back.outlet, back.full_text, back.next_poll_at) == (ill.id, outlet, FullText.ALLOWED, later)
        # It was never read, so what stands there is not pushed.
        assert (back.last_ok_at, back.etag, back.body_hash, back.failures, back.error) == (None, None, None, 0, None)


async def test_a_source_that_is_there_is_not_reset(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        sources = archive.store.sources
        await sources.polled(dataclasses.replace(archive.source, last_ok_at=NOW, etag="e"))
        again = await sources.add("feed", archive.source.address, None, full_text=FullText.LINK, now=NOW)
        assert (again.id, again.etag, again.last_ok_at) == (archive.source.id, "e", NOW)


async def test_the_most_overdue_source_is_first_and_a_paused_one_not_due(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        sources = archive.store.sources
        other = await sources.add("feed", "https://b.example/f", None, full_text=FullText.LINK, now=NOW)
        await sources.polled(dataclasses.replace(other, next_poll_at=NOW - timedelta(hours=1)))
        assert [source.id for source in await sources.due(NOW, 9)] == [other.id, archive.source.id]
        assert [source.id for source in await sources.due(NOW, 1)] == [other.id]
        await sources.set_state(other.id, SourceState.PAUSED, NOW)
        assert [source.id for source in await sources.due(NOW, 9)] == [archive.source.id]
        # A turn that was under way when it was paused does not wake it.
        await sources.polled(other)
        assert [source.id for source in await sources.due(NOW, 9)] == [archive.source.id]


async def test_a_chat_keeps_what_it_was_shown_over_a_restart(tmp_path: Path) -> None:
    listed = Listed((3, 1), Query(QueryKind.TAG, "চর", "চর"), Cursor(NOW + timedelta(microseconds=1), 7), end=2)
    asked = OpenQuestion(call("follow"), "topic", NOW)
    shown = LastShown(listed, (("সেতু", call("tag", topic=Term(TermKind.TAG, "সেতু", "সেতু"))),), asked)
    async with an_archive(tmp_path) as archive:
        await archive.store.shown.keep(archive.reader.id, "me", shown, NOW)
        english = dataclasses.replace(archive.reader.preferences, language=Language.ENGLISH)
        await archive.store.chats.prefer(archive.reader.id, english, None)
        await archive.store.chats.seen_today(archive.reader.id, 9)
        await archive.store.chats.seen_today(archive.reader.id, 4)
    async with an_archive(tmp_path) as archive:
        kept = await archive.store.chats.ensure(HERE, NOW)
        assert (kept.id, kept.language) == (archive.reader.id, Language.ENGLISH)
        assert await archive.store.shown.last(kept.id, "me") == shown
        assert await archive.store.shown.last(kept.id, "you") == LastShown()
        assert await archive.store.shown.listed(listed.id) == listed
        assert kept.today_seen == 9, "what was seen is not unseen"
        assert (await archive.store.chats.ensure(Target("console", "আরেকজন"), NOW)).id != kept.id


async def test_a_tag_without_articles_is_none_and_the_first_known_key_wins(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        tags = archive.store.tags
        assert (await tags.find(["চর"]), await tags.busiest(NOW, 5)) == (None, [])
        await archive.save(draft("এক", "n.example/1", tags=("চর", "Ilish"), age=24 * 30))
        # Nothing this week: of all time.
        assert {tag.name for tag in await tags.busiest(NOW, 5)} == {"চর", "Ilish"}
        await archive.save(draft("দুই", "n.example/2", tags=("চর",)))
        assert [(tag.name, tag.articles) for tag in await tags.busiest(NOW, 5)] == [("চর", 1)]
        found = await tags.find(["নেই", "ilish", "চর"])
        assert found is not None
        assert (found.name, found.articles) == ("Ilish", 1)
