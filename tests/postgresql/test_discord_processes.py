"""One Discord bot runs in several processes, one of them killed.

They are real processes; the platform counts and answers as the real one does.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest

from bot.subscriptions import choosing
from bot.values.chats import ChatKind, Mode, Subscription, Target, Term, TermKind
from tests.e2e.run import environment
from tests.fakes.discord import FakeDiscord
from tests.fakes.engines import address_of
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.discord.places import Channel
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
CHANNELS = 80


@asynccontextmanager
async def _process(folder: Path, there: FakeDiscord, shards: str) -> AsyncIterator[Process]:
    mine = folder / shards.replace("/", " of ")
    mine.mkdir(exist_ok=True)
    extra = {
        "DATABASE_URL": address_of(folder / "khobor.db"),
        "DISCORD_BOT_TOKEN": there.token,
        "DISCORD_API_BASE": there.api_base,
        "LOG_LEVEL": "INFO",
    }
    with (mine / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--only", "discord", "--shards", shards),
            cwd=mine,
            env=environment(**extra),
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def _channels(world: World, there: FakeDiscord) -> list[Channel]:
    channels = []
    for number in range(CHANNELS):
        channel = there.channel(there.guild(number=str((number + 1000) << 22)))
        chat = await world.core.store.chats.ensure(Target("discord", channel.id), world.clock(), ChatKind.GROUP)
        # At any hour of the day: these processes go by the real clock.
        awake = replace(chat.preferences, quiet_from=time(0), quiet_to=time(0))
        await choosing.prefer(world.core.store, chat, awake, world.clock())
        await choosing.follow(world.core.store, chat, Subscription(Term(TermKind.ALL), mode=Mode.NOW), world.clock())
        channels.append(channel)
    return channels


async def test_one_that_is_killed_is_replaced_and_each_message_comes_once(tmp_path: Path) -> None:
    async with FakeDiscord(strict=True) as there, a_world(tmp_path) as world, AsyncExitStack() as others:
        there.gateway.shards = 2
        world.clock.now = datetime.now(UTC)
        channels = await _channels(world, there)
        async with _process(tmp_path, there, "0-0/2") as first:
            await there.until(lambda: there.commands)
            for shards in ("1-1/2", "0-0/2"):
                await others.enter_async_context(_process(tmp_path, there, shards))
            await there.connected(2)
            await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি সকালে ঘাট ছেড়েছিল।")
            await world.spread()
            await there.until(lambda: sum(len(one.shown) for one in channels) > CHANNELS // 4)
            first.kill()
            await first.wait()
        await there.until(lambda: all(one.shown for one in channels), 60)
        await there.until(lambda: len(there.gateway.identified) == 3, 60)
        await there.connected(2)
        reader = there.user("পাঠক")
        for channel in channels[:2]:
            assert channel.guild is not None
            there.joins(reader, channel.guild)
            await there.slash(reader, channel, "help", {}).answer()
        assert [len(one.shown) for one in channels] == [2, 2] + [1] * (CHANNELS - 2)
        assert sorted(tuple(one["shard"]) for one in there.gateway.identified) == [(0, 2), (0, 2), (1, 2)]
        assert not [call for call in there.calls if call.status == 429]
