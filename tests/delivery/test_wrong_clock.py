"""A clock that was a day ahead for a while.

Nothing waits for the moments that it named, and honest waits stay.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.outcomes import FARTHEST
from bot.ports.platform import Barred, Postponed, Scope, SendResult, Unavailable, Unknown
from storage.driver.connection import micros
from tests.delivery.crowd import ACCOUNT, Stage, a_stage
from tests.fakes.world import START

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
ANSWERS = [
    Postponed(timedelta(hours=1), Scope.CHAT),
    Postponed(timedelta(minutes=1), Scope.ACCOUNT),
    Barred("401"),
    Unavailable("500"),
    Unknown("no answer"),
]


async def _put_off_a_day_ahead(stage: Stage, answer: SendResult) -> None:
    """Let one chat's story meet an answer under a fast clock.

    The clock is a day ahead of the true time, which stands.
    """
    stage.world.clock.go(days=1)
    await stage.story("খবর")
    stage.platform.rule = lambda chat: answer if chat == "0" else None
    await stage.pass_on()
    assert stage.platform.shows("0") == []
    stage.platform.rule = lambda _: None
    stage.world.clock.go(days=-1)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer}"[:28])
async def test_what_was_put_off_comes_once_the_clock_is_right_and_so_does_what_follows(
    tmp_path: Path, answer: SendResult
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await _put_off_a_day_ahead(stage, answer)
        stage.go(minutes=61)
        await stage.world.core.engine.tidy()
        await stage.story("পরের", "2")
        await stage.through(2, minutes=1)
        assert [sorted(stage.platform.shows(name)) for name in "01"] == [["খবর", "পরের"]] * 2
        assert await stage.sql("SELECT count(*) FROM deliveries WHERE state <> 'sent'") == [(0,)]
        assert await stage.sql("SELECT sum(unsure) FROM deliveries") == [(int(isinstance(answer, Unknown)),)]
        latest = micros(stage.world.clock() + FARTHEST)
        assert await stage.sql("SELECT 1 FROM gates WHERE until > ?", latest) == []
        assert await stage.sql("SELECT 1 FROM chats WHERE not_before > ?", latest) == []


async def test_a_sender_that_begins_anew_before_that_is_mended_does_not_wait_a_day(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await _put_off_a_day_ahead(stage, Postponed(timedelta(minutes=1), Scope.ACCOUNT))
    async with a_stage(tmp_path) as stage:
        stage.go(minutes=2)
        await stage.sender.take_over()
        await stage.story("পরের", "2")
        assert await stage.pass_on() == 1
        assert stage.platform.shows() == ["পরের"]


async def test_a_clock_set_an_hour_back_delays_what_is_tried_again_by_that_hour_and_new_stories_not_at_all(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        stage.platform.answers = [Unavailable("500")]
        assert await stage.pass_on() == 0
        stage.world.clock.go(hours=-1)
        await stage.story("পরের", "2")
        assert await stage.pass_on() == 1
        stage.go(minutes=61)
        assert await stage.step() == 1
        assert stage.platform.shows() == ["পরের", "খবর"]


async def test_an_update_that_was_put_off_is_shown(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        await stage.pass_on()
        stage.world.clock.go(days=1)
        for text in ("এক খবর", "দুই খবর"):
            await stage.revise("1", text)
            await stage.pass_on()
        stage.world.clock.go(days=-1)
        stage.go(minutes=20)
        await stage.pass_on()
        assert stage.platform.shows() == ["এক খবর"]
        await stage.world.core.engine.tidy()
        await stage.pass_on()
        assert stage.platform.shows() == ["দুই খবর"]


@pytest.mark.parametrize("hours", [1, 11])
async def test_a_wait_that_a_platform_asked_for_is_kept(tmp_path: Path, hours: int) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await stage.story("খবর")
        stage.platform.answers = [Postponed(timedelta(hours=hours), Scope.CHAT)]
        assert await stage.pass_on() == 1
        await stage.world.core.store.deliveries.shut(ACCOUNT, START + timedelta(hours=hours), "rate limit")
        await stage.world.core.engine.tidy()
        stage.restarted()
        await stage.sender.take_over()
        stage.go(hours=hours, minutes=-1)
        assert await stage.step() == 0
        assert len(stage.platform.asked) == 2
        stage.go(minutes=2)
        assert await stage.through(2, minutes=1) == 1


async def test_a_long_night_is_not_cut_short(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader(quiet_from=time(12), quiet_to=time(8))
        store, now = stage.world.core.store, stage.world.clock()
        await store.subjects.alert("সার্ভারে জায়গা কম", [chat.target], now)
        assert await stage.pass_on() == 0
        for _ in range(4):
            await stage.world.core.engine.tidy()
            assert await stage.step() == 0
            stage.go(hours=5)
        assert await stage.step() == 1
        assert len(stage.platform.asked) == 1


async def test_where_nothing_is_far_nothing_is_touched(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await stage.story("খবর")
        stage.platform.answers = [Unavailable("500")]
        await stage.pass_on()
        rows = await stage.sql("SELECT * FROM deliveries")
        assert await stage.world.core.store.deliveries.mend(stage.world.clock() + FARTHEST) == 0
        assert await stage.sql("SELECT * FROM deliveries") == rows
        assert await stage.world.core.store.deliveries.mend(stage.world.clock()) == 1
        assert await stage.step() == 1
