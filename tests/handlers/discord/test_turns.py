"""What waited too long for its turn is left undone."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from handlers.platforms.discord import brief_log, turns
from handlers.platforms.discord.turns import WAITS, WAITS_LONGER, Turns

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.anyio


async def test_turns_come_in_order_and_end_early_and_late_ones_do_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("AT_ONCE", "MANY"):
        monkeypatch.setattr(turns, name, 1)
    now, done = 0.0, list[str]()
    line = Turns(lambda: now)

    async def wait(name: str, *, promised: bool = False) -> None:
        async with line.taken(0.0, promised=promised) as end:
            done.append(name if end is not None else f"{name} late")

    async with line.taken(0.0, promised=False) as end:
        assert end is not None
        waiting = [asyncio.ensure_future(wait("a")), asyncio.ensure_future(wait("b", promised=True))]
        await asyncio.sleep(0)
        assert line.are_many
        now = WAITS + 1
        end()
        end()
        await asyncio.gather(*waiting)
        assert (done, line.are_many) == (["a late", "b"], False)
        now = WAITS_LONGER + 1
        await wait("c", promised=True)
    await wait("d")
    assert done[2:] == ["c late", "d late"]
    assert len(caplog.records) == 2, "once a minute"
    turn: list[Callable[[], None] | None] = []
    async with line.taken(now, promised=False) as end:
        turn.append(end)
    assert turn != [None]


async def test_a_dial_that_fails_costs_a_line(caplog: pytest.LogCaptureFixture) -> None:
    brief_log.be_brief()
    brief_log.be_brief()
    client = logging.getLogger("discord.client")
    for error in (ConnectionRefusedError(111, "refused"), KeyError("ours")):
        client.error("Attempting a reconnect in %.2fs", 1.5, exc_info=error)
    passing, ours = caplog.records
    assert (passing.getMessage(), passing.exc_info) == ("Attempting a reconnect in 1.50s: ConnectionRefusedError", None)
    assert ours.exc_info
