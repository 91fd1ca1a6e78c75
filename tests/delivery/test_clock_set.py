"""The machine's clock is set while the bot runs.

Polling, pushes and digests go on, and an admin hears of it once.
"""

from __future__ import annotations

import dataclasses
import logging
from contextlib import asynccontextmanager
from datetime import time, timedelta
from typing import TYPE_CHECKING

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clockwork.jumps import LEAST, Jumps
from bot.clockwork.scheduler import Tick, daily
from bot.intake.polling import PollStream, take_due
from bot.ports.platform import Postponed, Scope, Unavailable
from bot.running.clock_watch import ClockWatch
from bot.values.chats import Language, Mode
from tests.delivery.crowd import Stage, a_stage
from tests.fakes.world import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
FEED = "https://outlet.example/feed"
SET = [timedelta(hours=-6), timedelta(days=-3), timedelta(hours=6), timedelta(seconds=-30)]


def _feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><link>https://o.example/{title}</link></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


@asynccontextmanager
async def _watched(folder: Path) -> AsyncIterator[tuple[Stage, ClockWatch]]:
    """Let reader 0 be the admin, in English.

    The feed has been looked at once.
    """
    async with a_stage(folder) as stage:
        settings = stage.world.core.settings.model_copy(update={"admins": ("crowd:0", "crowd:nobody")})
        stage.world.core = dataclasses.replace(stage.world.core, settings=settings)
        await stage.reader("0", language=Language.ENGLISH)
        await stage.reader("1")
        stage.world.network.pages[FEED] = _feed("পুরোনো")
        await stage.world.say(f"/addsource {FEED} কাগজ")
        yield stage, ClockWatch(stage.world.core, lambda: stage.ticks)


async def _set(stage: Stage, watch: ClockWatch, by: timedelta) -> None:
    """Let half a minute pass in which somebody sets the clock."""
    stage.go(seconds=30)
    stage.world.clock.now += by
    await watch.look()


async def _polled(stage: Stage) -> None:
    core = stage.world.core
    async with anyio.create_task_group() as group:
        await take_due(core.store, PollStream(core.pipeline, group, lambda _: None), core.clock)


@pytest.mark.parametrize("by", SET, ids=str)
async def test_feeds_are_polled_and_pushed_when_they_would_have_been(tmp_path: Path, by: timedelta) -> None:
    async with _watched(tmp_path) as (stage, watch):
        asked = len(stage.world.network.asked)
        stage.world.network.pages[FEED] = _feed("পুরোনো", "নতুন")
        await _set(stage, watch, by)
        await _polled(stage)
        assert len(stage.world.network.asked) == asked, "not before its time either"
        stage.go(minutes=19)
        await _polled(stage)
        await stage.through(2, minutes=1)
        assert "নতুন (কাগজ)" in stage.platform.shows("1")


@pytest.mark.parametrize("by", SET, ids=str)
async def test_what_a_platform_asked_to_wait_for_is_waited_for_and_no_longer(tmp_path: Path, by: timedelta) -> None:
    async with _watched(tmp_path) as (stage, watch):
        stage.platform.rule = lambda chat: Postponed(timedelta(minutes=10), Scope.CHAT) if chat == "1" else None
        await stage.story("খবর")
        await stage.pass_on()
        stage.platform.rule = lambda _: None
        await _set(stage, watch, by)
        stage.restarted()
        await stage.through(4, minutes=2)
        assert stage.platform.shows("1") == []
        await stage.through(2, minutes=2)
        # Ahead by hours the story is too old to come alone; it waits for a digest, as after an outage.
        assert stage.platform.shows("1") == (["খবর"] if by < timedelta(0) else [])
        assert (await stage.states()).get("waiting", 0) == 0


async def test_what_failed_is_tried_again_when_it_would_have_been(tmp_path: Path) -> None:
    async with _watched(tmp_path) as (stage, watch):
        stage.platform.rule = lambda chat: Unavailable("500") if chat == "1" else None
        await stage.story("খবর")
        await stage.pass_on()
        stage.platform.rule = lambda _: None
        await _set(stage, watch, timedelta(hours=-6))
        await stage.through(2, minutes=1)
        assert stage.platform.shows("1") == ["খবর"]


async def test_a_digest_that_a_clock_ahead_put_off_comes_at_its_time(tmp_path: Path) -> None:
    async with _watched(tmp_path) as (stage, watch):
        chat = await stage.reader("2", digest_times=(time(14),), mode=Mode.DIGEST)
        store = stage.world.core.store
        # 12:00 in Dhaka; a day ahead the digest of 14:00 had come, the next is due two days from now.
        await store.chats.prefer(chat.id, chat.preferences, START + timedelta(days=2, hours=2))
        await stage.story("খবর")
        await _set(stage, watch, timedelta(days=-1))
        stage.world.clock.now = START + timedelta(hours=2, minutes=1)
        await stage.pass_on()
        assert len(stage.platform.shows("2")) == 1


async def test_an_admin_hears_of_it_once_and_it_is_logged_each_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with _watched(tmp_path) as (stage, watch):
        await watch.look()
        for by in (timedelta(hours=-6), timedelta(hours=6), timedelta(seconds=-40)):
            await _set(stage, watch, by)
        await stage.through(2, minutes=1)
        told = "⚠️ This server's clock went back by 360 minutes. News goes on. Please check that the time is right."
        assert (stage.platform.shows("0"), stage.platform.shows("1")) == ([told], [])
        assert [record.getMessage() for record in caplog.records if record.name.endswith("clock_watch")] == [
            "the clock was set back by 6:00:00",
            "the clock was set ahead by 6:00:00",
            "the clock was set back by 0:00:40",
        ]
        stage.go(hours=2)
        await watch.look()
        await _set(stage, watch, timedelta(seconds=50))
        await stage.through(2, minutes=1)
        assert stage.platform.shows("0")[1:] == [told.replace("back", "ahead").replace("360 minutes", "50 seconds")]


async def test_who_begins_after_the_clock_was_set_back_does_not_wait_for_what_it_named(tmp_path: Path) -> None:
    async with _watched(tmp_path) as (stage, _):
        stage.world.clock.now -= timedelta(hours=6)
        asked = len(stage.world.network.asked)
        await ClockWatch(stage.world.core, lambda: stage.ticks).begin()
        await _polled(stage)
        assert len(stage.world.network.asked) == asked + 1


async def test_a_source_that_asked_to_be_left_alone_for_a_day_is(tmp_path: Path) -> None:
    async with _watched(tmp_path) as (stage, watch):
        (source,) = await stage.world.core.store.sources.all()
        later = stage.world.clock() + timedelta(hours=23)
        await stage.world.core.store.sources.polled(dataclasses.replace(source, failures=1, next_poll_at=later))
        await watch.begin()
        (source,) = await stage.world.core.store.sources.all()
        assert source.next_poll_at == later


@given(st.lists(st.floats(-LEAST.total_seconds(), LEAST.total_seconds()), max_size=50), st.floats(0, 1e6))
def test_a_drift_is_no_jump_however_long_it_goes_on(drifts: list[float], step: float) -> None:
    wall, ticks = START, 0.0
    jumps = Jumps(wall, ticks)
    for drift in drifts:
        wall, ticks = wall + timedelta(seconds=step + 0.999 * drift), ticks + step
        assert jumps.since(wall, ticks) is None


@given(st.floats(-1e8, 1e8).filter(lambda by: abs(by) > 5.01), st.floats(0, 1e6))
def test_a_jump_is_told_once_with_its_size(by: float, step: float) -> None:
    jumps = Jumps(START, 0.0)
    found = jumps.since(START + timedelta(seconds=step + by), step)
    assert found is not None
    assert abs(found.total_seconds() - by) < 0.001
    assert jumps.since(START + timedelta(seconds=2 * step + by), 2 * step) is None


async def test_a_tick_knows_no_wall_clock_and_does_not_pile_up() -> None:
    moment, slept = [100.0], []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        moment[0] += seconds

    tick = Tick(5.0, now=lambda: moment[0], sleep=sleep)
    await tick.wait()
    await tick.wait()
    moment[0] += 17.0
    await tick.wait()
    await tick.wait()
    await tick.wait()
    assert slept == [0.0, 5.0, 0.0, 0.0, 5.0]


async def test_a_time_of_day_is_struck_at_the_start_and_once_for_each_time() -> None:
    async with daily(4, "Asia/Dhaka") as night:
        assert (night.taken(), night.taken()) == (True, False)
        night.strike()
        night.strike()
        assert (night.taken(), night.taken()) == (True, False)
