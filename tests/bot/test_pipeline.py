from __future__ import annotations

import dataclasses
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from bot.intake.pipeline import MANY
from bot.sources.failure import Reason
from bot.values.articles import Query, SourceState
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.articles import Source

pytestmark = pytest.mark.anyio
ADDRESS = "https://outlet.example/feed"


def _feed(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://outlet.example/{title.split()[-1]}</link></item>"
        for title in titles
    )
    built = f"<lastBuildDate>{len(items)}</lastBuildDate>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>ফিড</title>{built}{items}</channel></rss>'.encode()


async def _followed(world: World, *titles: str) -> Source:
    """Add a feed that somebody else follows."""
    await world.at_once("reader")
    await world.follow("reader")
    world.network.pages[ADDRESS] = _feed(*titles)
    await world.say(f"/addsource {ADDRESS} নতুন কাগজ")
    return (await world.core.store.sources.all())[0]


async def _poll(world: World, source: Source) -> tuple[int, int]:
    fresh = await world.core.store.sources.get(source.id)
    assert fresh is not None
    turn = await world.core.pipeline.poll(fresh)
    return turn.new, turn.revised


async def _arrivals(world: World) -> list[str]:
    articles = await world.core.store.articles.many(await world.owed("reader"))
    return [article.headline for article in articles]


async def test_a_second_poll_stores_nothing_and_a_changed_entry_becomes_a_revision(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1", "খবর 2")
        assert await _poll(world, source) == (0, 0)
        world.network.pages[ADDRESS] = _feed("বদলানো খবর 1", "খবর 2", "আরও নতুন 3")
        assert await _poll(world, source) == (1, 1)
        assert await _poll(world, source) == (0, 0)
        assert await _arrivals(world) == ["আরও নতুন 3"], "a follower sees what is new, once, and no revision as news"
        assert await _arrivals(world) == []


async def test_a_flood_is_stored_and_pushed_to_nobody(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        world.network.pages[ADDRESS] = _feed(*(f"খবর {n}" for n in range(2, MANY + 3)))
        assert await _poll(world, source) == (MANY + 1, 0)
        assert await _arrivals(world) == []


async def test_the_newest_arrives_last(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        dated = _feed("নতুন 3", "পুরোনো 2").decode()
        for title, hour in (("নতুন 3", 5), ("পুরোনো 2", 4)):
            date = f"<pubDate>Tue, 14 Apr 2026 0{hour}:00:00 GMT</pubDate>"
            dated = dated.replace(f"<title>{title}</title>", f"<title>{title}</title>{date}")
        world.network.pages[ADDRESS] = dated.encode()
        await _poll(world, source)
        assert await _arrivals(world) == ["পুরোনো 2", "নতুন 3"]


@pytest.mark.parametrize(("hours", "rings"), [(1, True), (47, True), (49, False), (24 * 90, False)])
async def test_what_is_older_than_two_days_is_stored_and_rings_for_nobody(
    tmp_path: Path, hours: int, *, rings: bool
) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        date = format_datetime(world.clock() - timedelta(hours=hours), usegmt=True)
        page = _feed("পুরোনো 2").decode().replace("<item>", f"<item><pubDate>{date}</pubDate>")
        world.network.pages[ADDRESS] = page.encode()
        assert await _poll(world, source) == (1, 0)
        assert await _arrivals(world) == (["পুরোনো 2"] if rings else [])


@pytest.mark.parametrize("page", [Reason.TIMEOUT, Reason.BLOCKED, b"", b"<html>no feed</html>", b"\x00" * 50])
async def test_a_source_that_fails_is_noted_and_tried_again(tmp_path: Path, page: bytes | Reason) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        world.network.pages[ADDRESS] = page
        turn = await world.core.pipeline.poll(source)
        assert turn.problem
        failed = await world.core.store.sources.get(source.id)
        assert failed is not None
        assert failed.failures == 1
        assert failed.error
        assert failed.next_poll_at is not None
        assert failed.next_poll_at > world.clock()
        assert len(await world.core.store.articles.page(Query(), 9)) == 1, "what is stored stays"
        world.network.pages[ADDRESS] = _feed("খবর 1", "খবর 2")
        assert await _poll(world, source) == (1, 0)
        well = await world.core.store.sources.get(source.id)
        assert well is not None
        assert (well.failures, well.error) == (0, None)


async def test_a_fault_of_ours_is_one_sources_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        world.network.pages[ADDRESS] = _feed("খবর 2")

        def fail(*_: object) -> None:
            raise KeyError("on purpose")

        monkeypatch.setattr("bot.intake.taking.distinct", fail)
        (turn,) = await world.core.source_editor.poll([source])
        assert turn.problem
        after = await world.core.store.sources.get(source.id)
        assert after is not None
        assert after.failures == 1
        assert after.next_poll_at is not None
        assert after.next_poll_at > world.clock()


async def test_validators_are_those_of_the_last_answer(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        await world.core.store.sources.polled(dataclasses.replace(source, etag='"old"', last_modified="then"))
        world.network.pages[ADDRESS] = _feed("খবর 1", "খবর 2")
        assert await _poll(world, source) == (1, 0)
        after = await world.core.store.sources.get(source.id)
        assert after is not None
        assert (after.etag, after.last_modified) == (None, None)


async def test_one_source_that_fails_stops_no_other(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _followed(world, "খবর 1")
        for number in range(12):
            world.network.pages[f"https://o{number}.example/feed"] = _feed(f"অন্য {number}")
            await world.say(f"/addsource https://o{number}.example/feed কাগজ{number}")
        for number in range(0, 12, 2):
            world.network.pages[f"https://o{number}.example/feed"] = Reason.SERVER
        for number in range(1, 12, 2):
            world.network.pages[f"https://o{number}.example/feed"] = _feed(f"আরও নতুন {number}00")
        turns = await world.core.source_editor.poll(await world.core.store.sources.all())
        assert sum(turn.new for turn in turns) == 6
        assert sum(turn.problem is not None for turn in turns) == 6


async def test_what_is_due_is_jittered_and_a_paused_source_is_not(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        source = await _followed(world, "খবর 1")
        assert await world.core.store.sources.due(world.clock(), 9) == []
        world.clock.go(minutes=15 * 1.2 + 1)
        assert [due.id for due in await world.core.store.sources.due(world.clock(), 9)] == [source.id]
        polled = await world.core.pipeline.poll(source)
        assert polled.problem is None
        after = await world.core.store.sources.get(source.id)
        assert after is not None
        assert after.next_poll_at is not None
        assert timedelta(minutes=12) <= after.next_poll_at - world.clock() <= timedelta(minutes=18)
        await world.core.store.sources.set_state(source.id, SourceState.PAUSED, world.clock())
        world.clock.go(days=1)
        assert await world.core.store.sources.due(world.clock(), 9) == []
