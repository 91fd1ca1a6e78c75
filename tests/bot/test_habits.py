"""What a source usually does, and what is done otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.articles.identity import sight
from bot.intake import habits
from bot.intake.habits import LEAST, MOST_HOSTS, TIMES, UNKNOWN
from bot.values.articles import Entry, Habits, Outlet, Source, SourceState
from tests.bot.test_drafting import Told
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.articles import Sighting

NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)
ADDRESS = "https://outlet.example/feed"
OTHER = "https://outlet.example/sports/feed"


def _days(counts: list[int]) -> Habits:
    """Return the habits after days with so many new stories."""
    found = Habits()
    for day, count in enumerate(counts):
        found = habits.noted(found, NOON + timedelta(days=day), count, ())
    return found


@pytest.mark.parametrize(
    ("counts", "left"),
    [
        ([], UNKNOWN),
        ([150], UNKNOWN - 150),
        ([4, 3], LEAST - 3),
        ([100, 30], TIMES * 100 - 30),
        ([100] * 9 + [0], TIMES * 100),
        ([0, 1000], LEAST - 1000),
        # What a day above all measure counts is bounded too, so one such day does not excuse the next.
        ([1, 1000, 0], LEAST),
    ],
)
def test_a_source_may_push_ten_times_its_usual_day(counts: list[int], left: int) -> None:
    assert habits.allowance(_days(counts), NOON + timedelta(days=max(0, len(counts) - 1))) == left


def test_days_without_a_look_are_days_without_news() -> None:
    before = _days([100, 0])
    after = habits.on(before, NOON + timedelta(days=10))
    assert before.usual == 100
    assert after.usual is not None
    assert after.usual < 20


def test_a_day_ends_at_midnight_in_dhaka() -> None:
    seen = habits.noted(Habits(), NOON, 7, ())
    assert habits.on(seen, NOON.replace(hour=17, minute=59)).today == 7
    assert habits.on(seen, NOON.replace(hour=18)).today == 0


# --- links ---


def _source(*hosts: str) -> Source:
    return Source(1, Outlet(1, "কাগজ"), "feed", ADDRESS, habits=Habits(hosts=hosts))


def _links(*hosts: str) -> list[Sighting]:
    return [sight(Entry(f"খবর {n}", url=f"https://{host}/{n}"), "1") for n, host in enumerate(hosts)]


@pytest.mark.parametrize(
    ("known", "links", "odd"),
    [
        (("outlet.example",), ("evil.example",) * 3, "evil.example"),
        (("outlet.example",), ("evil.example",) * 5 + ("outlet.example",) * 4, "evil.example"),
        (("outlet.example",), ("evil.example",) * 4 + ("outlet.example",) * 5, None),
        (("outlet.example",), ("evil.example",) * 2, None),
        (("other.example",), ("outlet.example",) * 9, None),
        (("outlet.example",), ("www.outlet.example",) * 5, None),
        ((), ("evil.example",) * 9, None),
        (tuple(f"h{n}.example" for n in range(MOST_HOSTS + 1)), ("evil.example",) * 9, None),
    ],
)
def test_links_to_a_host_never_seen_are_odd(known: tuple[str, ...], links: tuple[str, ...], odd: str | None) -> None:
    assert habits.elsewhere(_source(*known), _links(*links)) == odd


def test_hosts_are_learned_and_bounded() -> None:
    seen = habits.noted(Habits(hosts=("a.example",)), NOON, 0, _links("b.example", "b.example", "a.example"))
    assert seen.hosts == ("b.example", "a.example")
    many = habits.noted(seen, NOON, 0, _links(*(f"h{n}.example" for n in range(99))))
    assert len(many.hosts) == MOST_HOSTS + 1


# --- a feed, its readers, its admin ---


def _feed(start: int, count: int, host: str = "outlet.example") -> bytes:
    items = "".join(
        f"<item><title>খবর {n}</title><link>https://{host}/{n}</link></item>" for n in range(start, start + count)
    )
    return f'<rss version="2.0"><channel><title>ফিড</title>{items}</channel></rss>'.encode()


async def _look(world: World, body: bytes) -> Source:
    world.network.pages[ADDRESS] = body
    source = (await world.core.store.sources.all())[0]
    await world.core.pipeline.poll(source)
    return (await world.core.store.sources.all())[0]


@pytest.mark.anyio
async def test_beyond_ten_usual_days_stories_wait_for_digests_and_the_admin_hears_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader")
        await world.follow("reader")
        world.network.pages[ADDRESS] = _feed(0, 1)
        await world.say(f"/addsource {ADDRESS} কাগজ")
        told = Told(world, monkeypatch)
        world.clock.go(days=1)
        (source,) = await world.core.store.sources.all()
        await world.core.store.sources.polled(
            replace(source, habits=replace(habits.on(source.habits, world.clock()), usual=2.0))
        )
        pushed = []
        for turn in range(1, 5):
            await _look(world, _feed(turn * 100, 19))
            pushed.append(len(await world.owed("reader")))
        assert pushed == [19, 19, LEAST - 38, 0], "nineteen at a time stay under the guard against floods"
        assert len(told.said) == 1
        assert "/pausesource" in told.said[0]
        world.clock.go(days=1)
        await _look(world, _feed(900, 5))
        assert len(await world.owed("reader")) == 5, "the next day is a new one"


@pytest.mark.anyio
async def test_a_first_look_reaches_nobody_although_it_changes_known_stories(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        chat = await world.follow("reader")
        world.network.pages[ADDRESS] = _feed(0, 3)
        await world.say(f"/addsource {ADDRESS} কাগজ")
        world.network.pages[OTHER] = _feed(0, 6).replace("খবর ".encode(), "নতুন খবর ".encode())
        await world.say(f"/addsource {OTHER} কাগজ")
        assert await world.core.store.articles.count() == 6, "three were known, and say something else now"
        await _look(world, _feed(10, 1))
        listed = await world.core.store.digests.candidates(chat, 0, 10**6, 99)
        assert [one.article.headline for one in listed] == ["খবর 10"], "only what came after a first look"


@pytest.mark.anyio
async def test_what_changes_takes_no_place_of_what_is_new(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader")
        await world.follow("reader")
        world.network.pages[ADDRESS] = _feed(0, LEAST)
        await world.say(f"/addsource {ADDRESS} কাগজ")
        (source,) = await world.core.store.sources.all()
        await world.core.store.sources.polled(
            replace(source, habits=replace(habits.on(source.habits, world.clock()), usual=2.0))
        )
        await _look(world, _feed(0, LEAST + 1).replace("খবর ".encode(), "নতুন খবর ".encode()))
        assert await world.core.store.articles.count() == LEAST + 1
        assert len(await world.owed("reader")) == 1, "all others only say something else"


@pytest.mark.anyio
async def test_a_source_whose_links_lead_elsewhere_is_held_until_its_admin_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed(0, 5)
        await world.say(f"/addsource {ADDRESS} কাগজ")
        told = Told(world, monkeypatch)
        source = await _look(world, _feed(10, 5, "casino.example"))
        assert source.state is SourceState.HELD
        assert "casino.example" in told.said[0]
        assert len(told.said) == 1
        assert await world.core.store.articles.count() == 5, "none of it is stored"
        assert await world.core.store.sources.due(world.clock() + timedelta(days=1), 9) == []

        await world.say(f"/resumesource {source.id}")
        source = await _look(world, _feed(10, 5, "casino.example"))
        assert source.state is SourceState.ACTIVE
        assert await world.core.store.articles.count() == 10
        assert len(told.said) == 1
