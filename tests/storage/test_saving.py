from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.articles import Entry, FullText, Outcome, Push, Query, QueryKind
from bot.values.chats import Term, TermKind
from tests.fakes.world import START, World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
BODY = (
    "উত্তরের তিন জেলায় ঘন কুয়াশায় সকাল পর্যন্ত ফেরি চলাচল বন্ধ ছিল বলে জানিয়েছে ঘাট কর্তৃপক্ষ। এতে দুই পাড়ে কয়েক শ গাড়ি আটকা পড়ে।",
    "বেলা দশটার পর কুয়াশা কাটলে একে একে সব ফেরি ছাড়ে। যাত্রীরা বলেন, রাতভর ঠান্ডায় বসে থাকতে হয়েছে তাঁদের, খাবারও মেলেনি ঠিকমতো।",
    "ঘাটের ব্যবস্থাপক জানান, আগামী তিন দিন একই রকম কুয়াশা থাকতে পারে; তাই রাতে রওনা না দেওয়ার পরামর্শ দেওয়া হচ্ছে।",
)
PAGE = Entry(title="কুয়াশায় ফেরি বন্ধ, ঘাটে গাড়ির সারি", body=BODY, url="https://outlet.example/news/1234")


async def _save(world: World, entry: Entry) -> tuple[int, Outcome]:
    saved = await world.core.store.articles.save(world.draft(entry), world.source, world.clock(), push=Push.NOW)
    return saved.article_id, saved.outcome


@pytest.mark.parametrize(
    "url",
    [
        "http://outlet.example/news/1234",
        "https://www.outlet.example/news/1234/",
        "https://outlet.example/news/1234?utm_source=feed&fbclid=abc",
        "https://outlet.example/news/1234/amp",
        "https://outlet.example/amp/news/1234",
        "https://outlet.example/news/1234/print",
        "https://outlet.example/news/1234?print=1",
        "https://outlet.example:443/news/1234#comments",
        "https://m.outlet.example/news/1234",
    ],
)
async def test_the_same_article_under_another_address_is_no_second_one(tmp_path: Path, url: str) -> None:
    async with a_world(tmp_path) as world:
        first, _ = await _save(world, dataclasses.replace(PAGE, body=()))
        assert await _save(world, dataclasses.replace(PAGE, body=(), url=url)) == (first, Outcome.UNCHANGED)


@pytest.mark.parametrize(
    "change",
    [
        {"published": START - timedelta(hours=1)},
        {"updated": START},
        {"views": 99},
        {"title": "কুয়াশায়  ফেরি বন্ধ,\u00a0ঘাটে গাড়ির সারি"},
        {"body": tuple(paragraph + "  " for paragraph in BODY)},
    ],
)
async def test_a_bumped_date_or_white_space_is_no_revision(tmp_path: Path, change: dict[str, object]) -> None:
    async with a_world(tmp_path) as world:
        first, _ = await _save(world, PAGE)
        assert await _save(world, dataclasses.replace(PAGE, **change)) == (first, Outcome.UNCHANGED)  # type: ignore[arg-type]
        assert await world.core.store.articles.count() == 1


async def test_a_mended_title_is_a_revision_and_the_old_words_are_forgotten(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first, _ = await _save(world, PAGE)
        mended = dataclasses.replace(PAGE, title="কুয়াশায় লঞ্চ বন্ধ, ঘাটে গাড়ির সারি")
        assert await _save(world, mended) == (first, Outcome.REVISED)
        article = await world.core.store.articles.get(first)
        assert article is not None
        assert (article.headline, article.revision) == (mended.title, 2)
        assert [a.id for a in await world.core.store.articles.page(Query(QueryKind.WORDS, "লঞ্চ"), 5)] == [first]
        assert await _save(world, mended) == (first, Outcome.UNCHANGED)


async def test_a_page_saved_as_text_twice_is_one(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        text = dataclasses.replace(PAGE, url=None)
        first, _ = await _save(world, text)
        assert await _save(world, text) == (first, Outcome.UNCHANGED)
        # And its page, met later under its address, is the same article.
        assert (await _save(world, PAGE))[0] == first


async def test_an_excerpt_does_not_replace_a_whole_text(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first, _ = await _save(world, PAGE)
        await _save(world, dataclasses.replace(PAGE, body=(BODY[0][:60] + "…",)))
        await _save(world, dataclasses.replace(PAGE, body=()))
        article = await world.core.store.articles.get(first)
        assert article is not None
        assert len(article.body) == len(BODY)
        assert article.revision == 1


async def test_two_articles_that_were_one_are_joined_and_nobody_is_told_twice(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        store = world.core.store
        await world.at_once("reader")
        await world.follow("reader")
        old, _ = await _save(world, Entry(title="প্রথম", url="https://outlet.example/?p=7", tags=("পদ্মা",)))
        young, _ = await _save(world, Entry(title="প্রথম", url="https://outlet.example/long-name", tags=("পদ্মা",)))
        assert old != young
        long, short = "https://outlet.example/long-name", "https://outlet.example/?p=7"
        both = Entry(title="প্রথম", url=long, addresses=(short,), canonical=long)
        assert (await _save(world, both))[0] == old
        assert [a.id for a in await store.articles.page(Query(), 5)] == [old]
        assert [a.id for a in await store.articles.page(Query(QueryKind.TAG, "পদ্মা"), 5)] == [old]
        joined = await store.articles.get(young)
        assert joined is not None
        assert joined.id == old, "the younger's number leads to the older"
        assert await world.owed("reader") == [old]


async def test_guids_are_the_sources_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await world.core.store.sources.add("other", None, None, full_text=FullText.LINK, now=world.clock())
        entry = Entry(title="গাইড", guid="42", url=None, body=("এক।",))
        first, _ = await _save(world, entry)
        elsewhere = dataclasses.replace(world, source=other)
        second, outcome = await _save(elsewhere, dataclasses.replace(entry, body=("দুই।",)))
        assert outcome is Outcome.NEW
        assert second != first


async def test_a_future_date_does_not_stay_on_top(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _save(
            world, Entry(title="আগামীকালের তারিখ", url="https://o.example/1", published=START + timedelta(hours=30))
        )
        world.clock.go(minutes=5)
        await _save(world, Entry(title="পরে এল", url="https://o.example/2"))
        page = await world.core.store.articles.page(Query(), 5)
        assert [article.headline for article in page] == ["পরে এল", "আগামীকালের তারিখ"]


async def test_followers_are_those_of_all_the_outlet_and_whatever_it_is_about(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        store = world.core.store
        outlet = await store.outlets.find("Nodi")
        assert outlet is not None
        terms = {
            "all": Term(TermKind.ALL),
            "outlet": Term(TermKind.OUTLET, str(outlet.id)),
            "given": Term(TermKind.TAG, "নৌপথ"),
            "headline": Term(TermKind.TAG, "ঘাট"),
            "phrase": Term(TermKind.TAG, "ফেরি বন্ধ"),
            "beginning of a word": Term(TermKind.TAG, "কুয়া"),
            "elsewhere": Term(TermKind.TAG, "পাহাড়"),
        }
        for name, term in terms.items():
            await world.at_once(name)
            await world.follow(name, term)
        await world.follow("all", terms["given"])
        await _save(world, dataclasses.replace(PAGE, tags=("নৌপথ",)))
        got = {name: len(await world.owed(name)) for name in terms}
        assert got == {
            "all": 1, "outlet": 1, "given": 1, "headline": 1, "phrase": 1, "beginning of a word": 0, "elsewhere": 0,
        }  # fmt: skip


async def test_what_is_not_pushed_waits_for_nobody(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once()
        await world.follow("local")
        await world.add("পুরোনো", push=False)
        assert await world.owed() == []


async def test_samples_go_when_a_real_article_comes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        store = world.core.store
        sample = await store.sources.add("sample", None, None, full_text=FullText.ALLOWED, now=world.clock())
        draft = world.draft(Entry(title="নমুনা শিরোনাম", body=("নমুনা।",), tags=("নমুনা",)))
        await world.at_once()
        await world.follow("local")
        await store.articles.save(draft, sample, world.clock(), push=Push.NOW)
        assert await world.owed() == []
        assert await store.articles.count() == 0
        assert [article.sample for article in await store.articles.page(Query(), 5)] == [True]
        await world.add("আসল খবর")
        assert [article.headline for article in await store.articles.page(Query(), 5)] == ["আসল খবর"]
        assert await store.articles.page(Query(QueryKind.WORDS, "নমুনা"), 5) == []
        assert await store.tags.find(["নমুনা"]) is None
