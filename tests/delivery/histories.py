"""Random histories of one store: the same seed is the same history."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.delivery.crowd import a_stage
from tests.delivery.life import CHOICES, KINDS, READERS, Life

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 30
JUMPS = (1, 20, 55, 180, 300, 720, 1440, -60, -1440)
"""Minutes that pass, or that a clock is set by; a day forward and back again among them."""
FAULTS = ("arrived unheard", "lost unheard", "unavailable", "later")


async def history(folder: Path, seed: int) -> tuple[str, bool]:
    """Live one history.

    Return what was wrong at its end ("" if nothing was), and whether a watermark failed.
    """
    chance = random.Random(seed)  # noqa: S311 - histories, not secrets
    async with a_stage(folder) as stage:
        life = Life(stage)
        await life.begin()
        for _ in range(STEPS):
            await _step(life, chance)
        await life.settle_down()
        try:
            await life.check()
        except AssertionError as error:
            return str(error) or "an account does not agree", life.watermark_failed()
        return "", life.watermark_failed()


async def _step(life: Life, chance: random.Random) -> None:
    what = chance.choices(("story", "time", "turn", "choose", "pause", "die", "edit"), (8, 8, 5, 3, 1, 1, 1))[0]
    match what:
        case "story":
            await life.story(chance.choice(KINDS), tagged=chance.random() < 0.5)
        case "time":
            life.go(minutes=chance.choice(JUMPS))
            await life.spread()
        case "turn":
            await life.turn([chance.choice(FAULTS)] if chance.random() < 0.3 else [])
        case "choose":
            await life.prefer(chance.choice(READERS[1:]), **chance.choice(CHOICES))
        case "pause":
            await life.pause(chance.choice(READERS), chance.choice((0, 3, 9)))
        case "die":
            await life.crash(chance.randrange(4))
        case _:
            await life.change(chance.randrange(9), chance.choice(("correct", "withdraw")))
