"""Digests come once a day, whatever the clocks do.

A time may fall into a gap in spring, or be there twice in autumn; the machine's clock may be set.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.values.chats import Mode
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
TIMES = (time(0), time(1, 45), time(2), time(2, 30), time(2, 59), time(3), time(23, 59))
STEP = timedelta(minutes=15)
CHANGES = (
    ("Europe/Berlin", datetime(2026, 3, 28, 7, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 24, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 31, 10, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 3, 21, tzinfo=UTC)),
)
"""Zones in which clocks change in the night after this morning."""


async def _came(folder: Path, zone: str, morning: datetime, jumps: dict[int, timedelta]) -> dict[time, list[datetime]]:
    """Return when digests came within three days, by their time.

    The machine's clock is set by ``jumps`` at these steps.
    """
    came: dict[time, list[datetime]] = {at: [] for at in TIMES}
    known: set[tuple[object, ...]] = set()
    async with a_world(folder) as world:
        world.clock.now = morning - timedelta(days=2)
        chats = {}
        for number, at in enumerate(TIMES):
            await world.follow(f"p{number}")
            chat = await world.at_once(f"p{number}", mode=Mode.DIGEST, digest_times=(at,), zone=zone)
            chats[chat.id] = at
        world.clock.now = morning
        for step in range(3 * 96):
            world.clock.now += jumps.get(step, timedelta(0))
            if step % 4 == 0:
                await world.add(f"{step} নম্বর ঘটনা ঘটল {step * 7919} এলাকায়")
            await world.spread()
            new = {tuple(row) for row in await world.sql("SELECT subject_id, chat_id FROM digests")} - known
            known |= new
            for _, chat_id in new:
                came[chats[int(str(chat_id))]].append(world.clock.now.astimezone(ZoneInfo(zone)))
            world.clock.go(minutes=15)
    return came


@pytest.mark.parametrize(("zone", "morning"), CHANGES)
async def test_a_digest_comes_once_a_day_where_clocks_change(tmp_path: Path, zone: str, morning: datetime) -> None:
    for at, moments in (await _came(tmp_path, zone, morning, {})).items():
        # The first is owed from the two days before.
        days = Counter((moment - timedelta(minutes=STEP.seconds // 60 - 1)).date() for moment in moments[1:])
        assert set(days.values()) == {1}, (at, moments)
        assert len(days) >= 2, (at, moments)


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-1), timedelta(days=-2000)])
async def test_a_clock_that_is_set_and_set_right_again_brings_none_twice(tmp_path: Path, by: timedelta) -> None:
    moments = await _came(tmp_path, *CHANGES[1], {100: by, 140: -by})
    assert all(len(each) <= 4 for each in moments.values()), moments
    assert all(before < after for each in moments.values() for before, after in itertools.pairwise(each))
