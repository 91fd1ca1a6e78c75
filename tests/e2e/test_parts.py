"""`khobor run --only`: a process does its part and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import pytest

from bot.app import run_platforms
from bot.delivery.engine import Engine
from bot.running.background import work_for_ever
from bot.running.core import COLLECT, SPREAD
from handlers.platform import PlatformKind
from tests.e2e.run import khobor
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.running.core import Core


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("collect,spred", "spred is none of: collect, discord, spread, telegram"),
        (",", "nothing is none of"),
        ("telegram", "--only names telegram, which has no token. Put it into .env."),
    ],
)
def test_a_part_that_cannot_be_done_is_said(tmp_path: Path, only: str, said: str) -> None:
    done = khobor(tmp_path, "run", "--only", only)
    assert done.returncode in {1, 2}
    assert said in done.stderr


@pytest.mark.anyio
@pytest.mark.parametrize(("parts", "held"), [({COLLECT}, {"poll"}), ({SPREAD}, {"spread", "clock"}), (set(), set())])
async def test_a_process_holds_the_locks_of_its_parts(tmp_path: Path, parts: set[str], held: set[str]) -> None:
    async with a_world(tmp_path) as world, anyio.create_task_group() as group:
        core = replace(world.core, background=frozenset(parts))
        group.start_soon(work_for_ever, core)
        for name in sorted(held):
            with anyio.fail_after(30):
                while not await _is_held(core, name):
                    await anyio.lowlevel.checkpoint()
        free = {"poll", "spread", "clock"} - held
        assert [name for name in free if await _is_held(core, name)] == []
        group.cancel_scope.cancel()


async def _is_held(core: Core, name: str) -> bool:
    async with core.store.lock(name) as ours:
        return not ours


@pytest.mark.anyio
async def test_what_stands_beside_the_chats_runs_once_for_all_platforms(tmp_path: Path) -> None:
    begun, done = [], anyio.Event()

    class Counted(Engine):
        async def run(self) -> None:
            begun.append(self)
            await done.wait()

    async def run(*_: object) -> None:
        await done.wait()

    async with a_world(tmp_path) as world, anyio.create_task_group() as group:
        core = replace(world.core, background=frozenset({SPREAD}), engine=Counted(world.core.store, world.clock, {}))
        kinds = [PlatformKind(name=name, run=run, configured=lambda: True) for name in ("one", "other")]
        group.start_soon(run_platforms, core, kinds, {})
        with anyio.fail_after(30):
            while not (begun and await _is_held(core, "clock")):
                await anyio.lowlevel.checkpoint()
        assert len(begun) == 1
        group.cancel_scope.cancel()
