"""A flood on Discord is slowed for its sender alone."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from handlers.platforms.discord import gateway
from tests.e2e.discord_bot import EPHEMERAL, Asking, running
from tests.fakes.world import a_world
from tests.handlers.discord.gateway import ScriptedGateway
from tests.handlers.discord.reading import texts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def test_who_asks_too_much_is_told_so_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        usual = world.core.settings.model_copy(update={"questions_a_minute": 30})
        world.core = dataclasses.replace(world.core, settings=usual)
        async with running(world, there):
            asking = Asking(there)
            shown = [await asking.types("help") for _ in range(12)]
    slowed = ["\n".join(texts(one["components"])).startswith("একটু আস্তে।") for one in shown]
    assert slowed == [False] * 10 + [True] * 2
    assert all(one["flags"] & EPHEMERAL for one in shown[10:])
