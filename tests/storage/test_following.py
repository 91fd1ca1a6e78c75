"""Who is told of what, and how much of it there will be."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import TermKind
from storage import words
from tests.storage.invented import ALL, HERE, NOW, an_archive, draft, tag

pytestmark = pytest.mark.anyio
# Words that begin alike, inflected words, a compound, one too short for a prefix.
WORDS = ("বাংলা", "বাংলাদেশ", "বাংলার", "ইলিশ", "ইলিশের", "কোভিড-১৯", "নদী", "মা", "টিকা,")


async def test_a_compound_is_followed_as_it_is_written(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("কোভিড-19"))
        saved = await archive.save(draft("‘কোভিড-১৯’ টিকা এল", "nodi.example/1"))
        assert await archive.claimed() == [saved.article_id]


def test_only_a_sign_between_letters_makes_a_compound() -> None:
    assert words.compounds("(কোভিড-১৯) টিকা, — ৪.৫ কোটি।") == {"কোভিড-19", "4.5"}


@settings(max_examples=25, deadline=None)
@given(
    headlines=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6),
    given_tag=st.sampled_from(("", "বাংলা", "নদী")),
    followed=st.sampled_from(("বাংলা", "ইলিশ", "কোভিড-19", "নদী", "মা", "টিকা", "বাংলা নদী")),
)
def test_what_is_promised_is_what_comes(headlines: list[str], given_tag: str, followed: str) -> None:
    async def promised_and_told(folder: Path) -> tuple[float, int]:
        async with an_archive(folder) as archive:
            await archive.follow(tag(followed))
            for number, headline in enumerate(headlines):
                tags = (given_tag,) if given_tag else ()
                await archive.save(draft(headline, f"nodi.example/{number}", tags=tags))
            return await archive.store.subscriptions.volume(tag(followed), NOW), len(await archive.claimed())

    with tempfile.TemporaryDirectory() as folder:
        promised, told = asyncio.run(promised_and_told(Path(folder)))
    assert round(promised * 7) == told


async def test_a_chat_that_follows_an_article_thrice_is_told_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for term in (ALL, tag("ইলিশ"), tag("নদী")):
            await archive.follow(term)
        saved = await archive.save(draft("ইলিশের ভরা মৌসুম", "nodi.example/1", tags=("নদী", "ইলিশ")))
        assert saved.deliveries == 1
        assert await archive.claimed() == [saved.article_id]
        assert await archive.claimed() == []


async def test_a_revision_tells_nobody_again(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        saved = await archive.save(draft("ইলিশের দাম কমল", "nodi.example/1"))
        await archive.claimed()
        assert (await archive.save(draft("ইলিশের দাম বাড়ল", "nodi.example/1"))).deliveries == 0
        assert await archive.claimed() == []
        assert await archive.store.articles.get(saved.article_id) is not None


async def test_following_is_listed_in_the_order_it_was_chosen(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        chosen = [tag("নদী"), ALL, tag("চর")]
        for number, term in enumerate(chosen):
            assert await archive.store.subscriptions.follow(archive.reader.id, term, NOW + timedelta(seconds=number))
            assert not await archive.store.subscriptions.follow(archive.reader.id, term, NOW)
        assert await archive.store.subscriptions.following(archive.reader.id) == chosen
        assert await archive.store.subscriptions.unfollow(archive.reader.id, ALL)
        assert not await archive.store.subscriptions.unfollow(archive.reader.id, ALL)
        assert [term.kind for term in await archive.store.subscriptions.following(archive.reader.id)] == [
            TermKind.TAG,
            TermKind.TAG,
        ]


async def test_the_oldest_article_comes_first_by_its_own_date(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        numbers = [
            (await archive.save(draft(f"চর {age}", f"nodi.example/{age}", age=age))).article_id for age in (1, 5, 3)
        ]
        assert await archive.claimed() == [numbers[1], numbers[2], numbers[0]]


async def test_a_retry_waits_for_its_time_and_counts_tries(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(draft("ঝড়ের আভাস", "nodi.example/1"))
        deliveries = archive.store.deliveries
        (first,) = await deliveries.claim(HERE, "me", NOW, 9)
        await deliveries.retry(first, NOW + timedelta(minutes=5), "busy")
        assert await deliveries.claim(HERE, "me", NOW + timedelta(minutes=4), 9) == []
        (second,) = await deliveries.claim(HERE, "me", NOW + timedelta(minutes=5), 9)
        assert (first.tries, second.tries) == (1, 2)
        await deliveries.drop(second, "gone", NOW)
        assert await deliveries.counts(archive.reader.id, NOW) == (0, 0)
        assert await archive.claimed(hours=99) == []


async def test_a_clock_set_back_stops_no_new_article(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        saved = await archive.save(draft("ঝড়ের আভাস", "nodi.example/1"))
        assert await archive.claimed(hours=-24) == [saved.article_id]


async def test_what_is_held_is_given_back_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        saved = await archive.save(draft("ঝড়ের আভাস", "nodi.example/1"))
        (held,) = await archive.store.deliveries.claim(HERE, "dead", NOW, 9)
        assert await archive.store.deliveries.release(HERE) == 1
        assert await archive.store.deliveries.release(HERE) == 0
        assert await archive.claimed() == [saved.article_id]
        # It was not dead after all, and the message arrived: that counts, and a failure after it does not.
        await archive.store.deliveries.sent(held, "m1", NOW)
        await archive.store.deliveries.retry(held, NOW, "later")
        assert await archive.claimed() == []
        assert await archive.store.deliveries.counts(archive.reader.id, NOW) == (1, 0)
