"""Looking for words and following them agree, whatever the words."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bangla.words import holds, normal_question, question, split
from bot.subscriptions.keywords import refused
from bot.values.articles import Query, QueryKind
from bot.values.chats import Subscription, Term, TermKind
from storage.search import index_query
from tests.storage.invented import NOW, Archive, an_archive, draft

WORDS = (
    "ইরান",
    "ইরানের",
    "ইরানি",
    "মা",
    "মাঠ",
    "নদীগুলোর",
    "নদী",
    "কোভিড-১৯",
    "ফেরি",
    "AND",
    "NEAR",
    "c*",
    "হয়ে\u200cছে",
    "ক",
    "কখগঘ" * 10,
    "কখগঘ" * 30,
)
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
ASKED = st.lists(st.sampled_from((*WORDS, "“", "”", '"', "-", "*", "^", ":", "(")), min_size=1, max_size=4).map(
    " ".join
)


async def _check(archive: Archive, articles: list[tuple[str, str]], asked: list[str]) -> None:
    followed = [normal_question(text) for text in asked if refused(text) is None]
    for text in followed:
        await archive.follow(Term(TermKind.KEYWORD, text, text))
    saved = [
        (await archive.save(draft(headline, f"n.example/{n}", body=(body,)))).article_id
        for n, (headline, body) in enumerate(articles)
    ]
    await archive.store.vocabulary.refresh()
    told = set()
    for text in followed:
        found = {one.id for one in await archive.store.articles.page(Query(QueryKind.WORDS, text, text), 99)}
        texts = [(split(headline), split(body)) for headline, body in articles]
        assert found == {n for n, words in zip(saved, texts, strict=True) if holds(question(text), words)}, text
        told |= found
        # A term that is new only now finds the same among what is there.
        assert await archive.store.subscriptions.volume(Term(TermKind.KEYWORD, text, text), NOW) * 7 == len(found)
    assert set(await archive.claimed()) == told


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4),
    st.lists(ASKED, min_size=1, max_size=4),
    st.sampled_from((0, index_query.GATHERED)),
)
def test_what_search_finds_is_what_a_follower_is_told(
    articles: list[tuple[str, str]], asked: list[str], gathered: int
) -> None:
    async def within(folder: Path) -> None:
        async with an_archive(folder) as archive:
            await _check(archive, articles, asked)

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # With none, every beginning is a common one, which is asked for by the words of the vocabulary.
        patch.setattr(index_query, "GATHERED", gathered)
        asyncio.run(within(Path(folder)))


def test_a_keyword_that_is_left_out_wins(tmp_path: Path) -> None:
    async def within() -> None:
        async with an_archive(tmp_path) as archive:
            await archive.follow(Term(TermKind.ALL))
            out = Subscription(Term(TermKind.KEYWORD, '"ফেরি ঘাট"', "ফেরি ঘাট"), exclude=True)
            await archive.store.subscriptions.follow(archive.reader.id, out, NOW, None)
            await archive.save(draft("ফেরি ঘাটে ভিড়", "n.example/1"))
            kept = await archive.save(draft("ঘাটে ফেরি ভিড়ল", "n.example/2"))
            assert await archive.claimed() == [kept.article_id]

    asyncio.run(within())
