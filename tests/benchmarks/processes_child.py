"""A process that does some parts of the work.

python -m tests.benchmarks.processes_child PARTS STUB FEED ROUNDS, with DATABASE_URL set. PARTS are
``collect``, ``spread`` and accounts that it sends for, with commas between, on one PostgreSQL archive. It says when it
is ready, begins when it reads a line, and at the next tells how many seconds it worked, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import secrets
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import anyio

from bot import app
from bot.clockwork.supervision import supervised
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.ports.delivery import sender_lock
from bot.ports.store import STAND_BY
from bot.running.background import kept_up, send_for_ever
from bot.running.core import COLLECT, SPREAD
from bot.running.settings import Settings, load
from bot.values.articles import FullText
from tests.benchmarks.adapter import telegram

if TYPE_CHECKING:
    from bot.running.core import Core

EVERY = 0.2
"""Seconds between two looks at the feed."""


async def collect(core: Core, feed: int, rounds: int) -> None:
    """Look at a feed again and again; the first look reaches nobody."""
    address = f"http://127.0.0.1:{feed}/feed"
    source = await core.store.sources.add("feed", address, None, full_text=FullText.LINK, now=core.clock())
    for _ in range(rounds + 1):
        now = await core.store.sources.get(source.id)
        assert now is not None
        result = await core.pipeline.poll(now)
        assert not result.problem, result.problem
        await asyncio.sleep(EVERY)


async def send(core: Core, account: str, stub: int) -> None:
    """Send for an account under its lease."""
    async with telegram(stub, core.store, account) as platform:
        while True:
            async with core.store.lock(sender_lock(account)) as ours:
                if ours:
                    owner = f"{account}-{secrets.token_hex(6)}"
                    await send_for_ever(Sender(core.store, platform, owner, core.clock, pacer=Pacer(platform.pace)))
            await anyio.sleep(STAND_BY)


async def main(parts: list[str], stub: int, feed: int, rounds: int) -> None:
    """Do these parts until the standard input ends."""
    async with app.opened(load(Settings)) as core:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        begun = _worked()
        async with anyio.create_task_group() as group:
            for part in parts:
                if part == COLLECT:
                    group.start_soon(collect, core, feed, rounds)
                elif part == SPREAD:
                    group.start_soon(supervised, "spreading", core.engine.run)
                else:
                    group.start_soon(kept_up, "sender", partial(send, core, part, stub))
            await asyncio.to_thread(sys.stdin.readline)
            group.cancel_scope.cancel()
    with suppress(BrokenPipeError):
        print(json.dumps(_worked() - begun), flush=True)


def _worked() -> float:
    """Return the seconds that this process and its workers worked."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1].split(","), *map(int, sys.argv[2:5])))
