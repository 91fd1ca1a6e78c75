"""Who is told of what, and how much of it."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bangla.words import compounds
from bot.values.chats import Subscription, TermKind
from bot.values.delivery import Again, Dropped, Settlement, Why
from tests.storage.invented import ALL, HERE, NOW, an_archive, arrived, draft, tag

pytestmark = pytest.mark.anyio
# Words that begin alike, inflected words, a compound, one too short for a prefix.
WORDS = ("বাংলা", "বাংলাদেশ", "বাংলার", "ইলিশ", "ইলিশের", "কোভিড-১৯", "নদী", "মা", "টিকা,")


async def test_a_compound_is_followed_as_it_is_written(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("কোভিড-19"))
        saved = await archive.save(draft("‘কোভিড-১৯’ টিকা এল", "nodi.example/1"))
        assert await archive.claimed() == [saved.article_id]


def test_only_a_sign_between_letters_makes_a_compound() -> None:
    assert compounds("(কোভিড-১৯) টিকা, — ৪.৫ কোটি।") == {"কোভিড-19", "4.5"}


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
        assert await archive.claimed() == [saved.article_id]
        assert await archive.claimed() == []


async def test_a_revision_tells_nobody_again(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        saved = await archive.save(draft("ইলিশের দাম কমল", "nodi.example/1"))
        await archive.claimed()
        await archive.save(draft("ইলিশের দাম বাড়ল", "nodi.example/1"))
        assert await archive.claimed() == []
        assert await archive.store.articles.get(saved.article_id) is not None


async def test_following_is_listed_in_the_order_it_was_chosen(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        chosen = [Subscription(term) for term in (tag("নদী"), ALL, tag("চর"))]
        subscriptions, reader = archive.store.subscriptions, archive.reader.id
        for number, one in enumerate(chosen):
            assert await subscriptions.follow(reader, one, NOW + timedelta(seconds=number), None)
            assert not await subscriptions.follow(reader, one, NOW, None)
        assert await subscriptions.of_chat(reader) == chosen
        assert await subscriptions.unfollow(reader, ALL) == Subscription(ALL)
        assert await subscriptions.unfollow(reader, ALL) is None
        assert [one.term.kind for one in await subscriptions.of_chat(reader)] == [TermKind.TAG, TermKind.TAG]


async def test_what_was_left_out_wins_over_what_is_followed(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.store.subscriptions.follow(archive.reader.id, Subscription(tag("খেলা"), exclude=True), NOW, None)
        await archive.save(draft("ম্যাচ ড্র", "nodi.example/1", tags=("খেলা",)))
        kept = await archive.save(draft("সেতু খুলল", "nodi.example/2"))
        assert await archive.claimed() == [kept.article_id]


async def test_leaving_out_alone_brings_nothing(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.store.subscriptions.follow(archive.reader.id, Subscription(tag("খেলা"), exclude=True), NOW, None)
        await archive.save(draft("সেতু খুলল", "nodi.example/2"))
        assert await archive.claimed() == []


async def test_the_oldest_comes_first(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        numbers = [(await archive.save(draft(f"চর {n}", f"nodi.example/{n}"))).article_id for n in (1, 5, 3)]
        assert await archive.claimed() == numbers


async def test_a_retry_waits_for_its_time(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(draft("ঝড়ের আভাস", "nodi.example/1"))
        (first,) = await archive.due()
        again = Settlement(first, Again(NOW + timedelta(minutes=5)))
        assert await archive.due(settled=[again], hours=4 / 60) == []
        (second,) = await archive.due(hours=5 / 60)
        assert (first.tries, second.tries, second.unsure) == (1, 1, 0)
        assert await archive.due(settled=[Settlement(second, Dropped(Why.GONE))], hours=9) == []
        assert await archive.store.deliveries.counts(archive.reader.id, NOW) == (0, 0)


async def test_a_clock_set_back_stops_no_new_article(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        saved = await archive.save(draft("ঝড়ের আভাস", "nodi.example/1"))
        assert await archive.claimed(hours=-24) == [saved.article_id]


async def test_what_a_dead_sender_held_waits_again_as_doubtful(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        await archive.save(draft("ঝড়ের আভাস", "nodi.example/1"))
        (held,) = await archive.due("dead")
        assert await archive.due() == []
        assert await archive.store.deliveries.take_over(HERE.account) == 1
        assert await archive.store.deliveries.take_over(HERE.account) == 0
        # It was not dead after all: what it says of a row that is not its own any more is not believed.
        late = Settlement(held, arrived())
        (mine,) = await archive.due(settled=[late])
        assert mine.unsure == 1
        assert await archive.due(settled=[Settlement(mine, arrived("m2"))]) == []
        assert await archive.store.deliveries.counts(archive.reader.id, NOW) == (1, 0)
