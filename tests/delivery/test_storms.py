"""Many answers lost at once.

Sending stops before the doubts are many, and in the end everybody has everything.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.delivery.breaker import ENOUGH, PROBE_EVERY, PROBES
from bot.ports.platform import Pace, Unknown
from tests.delivery.crowd import a_stage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
READERS, STORIES, SLOTS = 8, 8, 4


async def test_a_storm_of_lost_answers_stops_the_account_and_brings_nobody_a_third_copy(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=SLOTS)) as stage:
        await stage.readers(READERS)
        for number in range(STORIES):
            await stage.story(f"খবর {number}", str(number))
        stage.platform.rule = lambda _: Unknown("502 of a proxy")
        await stage.through(2, seconds=1)
        assert ENOUGH <= len(stage.platform.asked) <= ENOUGH + SLOTS
        assert len(stage.alerts) == 1
        lost = Counter(stage.platform.posts)
        assert max(lost.values()) == 1, "while it is open nothing doubtful is tried again"
        stage.platform.rule = lambda _: None
        await stage.through(PROBES + 8, seconds=PROBE_EVERY + 1)
        assert await stage.states() == {"sent": READERS * STORIES}
        assert Counter(stage.platform.posts) - lost == Counter(set(stage.platform.posts)), "once more each, if doubtful"
        for name in map(str, range(READERS)):
            assert sorted(stage.platform.shows(name)) == [f"খবর {number}" for number in range(STORIES)]
        assert await stage.sql("SELECT sum(unsure) FROM deliveries") == [(lost.total(),)]
