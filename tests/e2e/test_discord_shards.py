"""One bot's servers shared out between processes.

Each is a core of its own over one archive; the platform spreads its servers as the real one does.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.subscriptions import choosing
from bot.values.chats import ChatKind, ChatState, Mode, Subscription, Target, Term, TermKind
from bot.values.errors import SettingsError
from handlers.context import Services
from handlers.platforms.discord import gateway, inboxes, siblings
from handlers.platforms.discord.running import run, serve
from handlers.platforms.discord.settings import DiscordSettings
from handlers.platforms.discord.shards import SENDING, Shards
from tests.fakes.discord import FakeDiscord, Fault, Right
from tests.fakes.discord import gateway as platform_gateway
from tests.fakes.discord.limits import GLOBAL, busiest
from tests.fakes.discord.places import NEWS, TEXT
from tests.fakes.world import a_world, router
from tests.handlers.discord.reading import visible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from tests.fakes.discord.places import Channel, Guild
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
ROUTER = router()
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
FIRST, SECOND = "0-0/2", "1-1/2"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    for name, value in {"APART": 0.05, "AGAIN": 0.02, "LOOK": 0.02, "HEARD_WITHIN": 0.2}.items():
        monkeypatch.setattr(siblings, name, value)
    monkeypatch.setattr("handlers.service.HOLD", 0.05)
    monkeypatch.setattr("handlers.holding.STAND_BY", 0.05)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


@dataclass
class Bot:
    """A platform, an archive, and the processes of one bot."""

    folder: Path
    there: FakeDiscord
    publish: bool = False
    worlds: dict[str, World] = field(default_factory=dict)

    @asynccontextmanager
    async def hears(self, shards: str) -> AsyncIterator[World]:
        """Run a process that hears these shards.

        An empty text stands for all of them.
        """
        settings = DiscordSettings(
            discord_bot_token=SecretStr(self.there.token),
            discord_api_base=self.there.api_base,
            discord_publish=self.publish,
            _env_file=None,
        )
        async with a_world(self.folder) as world:
            part = Shards.read(shards) if shards else None
            task = asyncio.create_task(serve(world.core, ROUTER, Services.of(world.core), settings, part))
            self.worlds[shards] = world
            try:
                yield world
            finally:
                task.cancel()
                await asyncio.wait({task})
                if not task.cancelled() and (error := task.exception()) is not None:
                    raise error

    def guild(self, shard: int) -> Guild:
        """Return a server that this shard of two hears."""
        taken = len(self.there.state.guilds)
        return self.there.guild(number=str((2 * taken + shard + 1000) << 22))

    async def channel(self, world: World, guild: Guild, *, news: bool = False, tags: tuple[str, ...] = ()) -> Channel:
        """Return a channel that has all news at once."""
        channel = self.there.channel(guild, kind=NEWS if news else TEXT, tags=tags)
        kind = ChatKind.CHANNEL if news or tags else ChatKind.GROUP
        store, now = world.core.store, world.clock()
        chat = await store.chats.ensure(Target("discord", channel.id), now, kind)
        await choosing.follow(store, chat, Subscription(Term(TermKind.ALL), mode=Mode.NOW), now)
        return channel

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something holds.

        Questions that are asked meanwhile make time go on.
        """
        guild = self.guild(0)
        channel, reader = self.there.channel(guild), self.there.user("পাঠক")
        self.there.joins(reader, guild)
        async with asyncio.timeout(30):
            while not await true():
                await self.there.slash(reader, channel, "help", {}).answer()

    async def ready(self) -> None:
        """Wait until the menus are there: somebody sends by then."""
        await self.there.until(lambda: self.there.commands)


@asynccontextmanager
async def _a_bot(folder: Path, *, strict: bool = False, publish: bool = False) -> AsyncIterator[Bot]:
    async with FakeDiscord(strict=strict) as there:
        there.gateway.shards = 2
        yield Bot(folder, there, publish)


async def test_each_server_is_answered_by_one_process_and_news_goes_once_to_all(tmp_path: Path) -> None:
    async with _a_bot(tmp_path) as bot, bot.hears(FIRST) as first:
        await bot.there.connected(1)
        async with bot.hears(SECOND):
            await bot.there.connected(2)
            await bot.ready()
            reader = bot.there.user("পাঠক")
            channels = []
            for shard in (0, 1):
                guild = bot.guild(shard)
                bot.there.joins(reader, guild)
                channels.append(await bot.channel(first, guild))
            for channel in channels:
                await bot.there.slash(reader, channel, "help", {}).answer()
            inbox = bot.there.inbox(reader)
            bot.there.message(reader, inbox, "সাহায্য")
            await bot.there.until(lambda: len(inbox.shown) == 2)
            await first.add("পদ্মায় নৌকাডুবি", BODY)
            await first.spread()
            await bot.there.until(lambda: all(len(channel.shown) == 2 for channel in channels))
            assert [identity["shard"] for identity in bot.there.gateway.identified] == [[0, 2], [1, 2]]


async def test_forums_and_announcements_that_another_process_hears_are_served(tmp_path: Path) -> None:
    async with _a_bot(tmp_path, publish=True) as bot, bot.hears(FIRST) as first:
        await bot.ready()
        async with bot.hears(SECOND):
            await bot.there.connected(2)
            guild = bot.guild(1)
            forum = await bot.channel(first, guild, tags=("খেলা", "বিশ্ব"))
            news = await bot.channel(first, guild, news=True)
            follower = bot.there.channel(guild)
            bot.there.follows(follower, news)
            for headline in ("পদ্মায় নৌকাডুবি", "যমুনায় নৌকাডুবি"):
                await first.add(headline, BODY, categories=("খেলা",))
            await first.spread()
            posts = [one for one in guild.channels.values() if one.parent is forum]
            await bot.there.until(lambda: len(follower.messages) == 2)
            await bot.there.until(lambda: sum(one.parent is forum for one in guild.channels.values()) == 2)
            posts = [one for one in guild.channels.values() if one.parent is forum]
            assert {post.name for post in posts} == {"পদ্মায় নৌকাডুবি", "যমুনায় নৌকাডুবি"}
            assert all([forum.tags[tag] for tag in post.applied] == ["খেলা"] for post in posts)
            asked = [call for call in bot.there.called("GET /channels/{channel}") if call.ids["channel"] == forum.id]
            assert len(asked) == 1, "what a channel is is asked once"


async def test_a_server_that_another_process_hears_to_be_away_loses_no_channel(tmp_path: Path) -> None:
    async with _a_bot(tmp_path) as bot, bot.hears(FIRST) as first:
        await bot.ready()
        async with bot.hears(SECOND):
            await bot.there.connected(2)
            guild = bot.guild(1)
            channel = await bot.channel(first, guild)
            bot.there.goes_away(guild)
            bot.there.faults.append(Fault(rf"POST /channels/{channel.id}/messages", code=10003))
            await first.add("পদ্মায় নৌকাডুবি", BODY)
            await first.spread()
            await bot.there.until(lambda: bot.there.faults[0].times == 0)
            row = await _settled(bot, first)
            assert (row, await _state(first, channel)) == ("waiting", ChatState.ACTIVE)
            bot.there.comes_back(guild)
            first.clock.go(minutes=10)
            await bot.there.until(lambda: len(channel.shown) == 1)


async def test_while_nobody_hears_a_server_its_channels_are_not_gone(tmp_path: Path) -> None:
    async with _a_bot(tmp_path) as bot, bot.hears(FIRST) as first:
        await bot.ready()
        channel = await bot.channel(first, bot.guild(1))
        bot.there.faults.append(Fault(rf"POST /channels/{channel.id}/messages", code=10003))
        await first.add("পদ্মায় নৌকাডুবি", BODY)
        await first.spread()
        await bot.there.until(lambda: bot.there.faults[0].times == 0)
        assert (await _settled(bot, first), await _state(first, channel)) == ("waiting", ChatState.ACTIVE)


async def test_a_channel_that_is_gone_is_gone_where_all_is_heard(tmp_path: Path) -> None:
    async with _a_bot(tmp_path) as bot, bot.hears(FIRST) as first:
        await bot.ready()
        async with bot.hears(SECOND):
            await bot.there.connected(2)
            channel = await bot.channel(first, bot.guild(1))
            bot.there.faults.append(Fault(rf"POST /channels/{channel.id}/messages", code=10003))
            await first.add("পদ্মায় নৌকাডুবি", BODY)
            await first.spread()
            await bot.there.until(lambda: bot.there.faults[0].times == 0)
            await _settled(bot, first)
            assert await _state(first, channel) is ChatState.GONE


async def _settled(bot: Bot, world: World) -> str:
    """Wait until the one delivery has ended; return its state."""
    found: list[tuple[object, ...]] = []

    async def is_settled() -> bool:
        found[:] = await world.sql("SELECT state FROM deliveries WHERE state <> 'sending'")
        return bool(found)

    await bot.until(is_settled)
    return str(found[0][0])


async def _state(world: World, channel: Channel) -> ChatState:
    chat = await world.core.store.chats.find(Target("discord", channel.id))
    assert chat is not None
    return chat.state


async def test_an_owner_hears_of_a_missing_right_from_the_process_that_hears_the_server(tmp_path: Path) -> None:
    async with _a_bot(tmp_path) as bot, bot.hears(FIRST) as first:
        await bot.ready()
        async with bot.hears(SECOND):
            await bot.there.connected(2)
            guild = bot.guild(1)
            served, other = await bot.channel(first, guild), bot.there.channel(guild)
            for channel in (other, served):
                channel.forbid(Right.SEND_MESSAGES)
                bot.there.changes(channel)
            inbox = bot.there.inbox(guild.owner)
            await bot.there.until(lambda: inbox.shown)
            assert "Send Messages" in visible(inbox.last.text)
            assert len(inbox.shown) == 1


async def test_a_standby_takes_over_the_range_and_the_sending_and_nothing_comes_twice(tmp_path: Path) -> None:
    async with _a_bot(tmp_path) as bot, AsyncExitStack() as others:
        async with bot.hears(FIRST) as first:
            await bot.ready()
            second = await others.enter_async_context(bot.hears(SECOND))
            await bot.there.connected(2)
            await others.enter_async_context(bot.hears(FIRST))
            reader = bot.there.user("পাঠক")
            channels = []
            for shard in (0, 1):
                guild = bot.guild(shard)
                bot.there.joins(reader, guild)
                channels.append(await bot.channel(first, guild))
            await first.add("পদ্মায় নৌকাডুবি", BODY)
            await first.spread()
            await bot.there.until(lambda: all(len(channel.shown) == 1 for channel in channels))
        await second.add("যমুনায় নৌকাডুবি", BODY)
        await second.spread()
        await bot.there.until(lambda: all(len(channel.shown) == 2 for channel in channels))
        await bot.there.connected(2)
        for channel in channels:
            await bot.there.slash(reader, channel, "help", {}).answer()
        assert [len(channel.shown) for channel in channels] == [3, 3]
        assert [identity["shard"] for identity in bot.there.gateway.identified] == [[0, 2], [1, 2], [0, 2]]


@pytest.mark.parametrize(
    ("here", "before", "named"),
    [
        ("0-1/3", "1-2/3", "1-2/3"),
        ("0-0/2", "1-2/3", "1-2/3"),
        ("0-0/2", "", "all its shards"),
        ("", "0-0/2", "0-0/2"),
    ],
)
async def test_what_another_process_hears_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, before: str, named: str
) -> None:
    async with _a_bot(tmp_path) as bot, bot.hears(before):
        await bot.there.connected(len(Shards.read(before).ids) if before else 2)
        sessions = len(bot.there.gateway.identified)
        monkeypatch.setenv("DISCORD_BOT_TOKEN", bot.there.token)
        monkeypatch.setenv("DISCORD_API_BASE", bot.there.api_base)
        async with a_world(tmp_path) as world:
            with pytest.raises(SettingsError) as refused:
                await run(world.core, ROUTER, Services.of(world.core), {"shards": here})
        assert f"another process hears {'' if named.startswith('all') else 'shards '}{named}" in str(refused.value)
        assert len(bot.there.gateway.identified) == sessions


async def test_one_that_may_not_hear_waits_until_it_may(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with _a_bot(tmp_path) as bot, AsyncExitStack() as other:
        bot.there.gateway.shards = 1
        async with bot.hears(""):
            await bot.ready()
            await other.enter_async_context(bot.hears("0-0/1"))

            async def is_said() -> bool:
                return "another process hears all its shards" in caplog.text

            await bot.until(is_said)
            assert len(bot.there.gateway.identified) == 1
        await bot.there.until(lambda: len(bot.there.gateway.identified) == 2)


async def test_no_two_sessions_begin_within_what_the_platform_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_gateway, "BETWEEN_IDENTIFIES", 0.4)
    monkeypatch.setattr(siblings, "APART", 0.5)
    async with _a_bot(tmp_path) as bot:
        bot.there.gateway.shards, bot.there.gateway.max_concurrency, bot.there.gateway.spaced = 4, 1, True
        async with bot.hears("0-1/4"), bot.hears("2-3/4"):
            await bot.there.connected(4)
            assert len(bot.there.gateway.dialled) == 4, "none was sent away for having come too early"


async def test_all_processes_together_keep_to_the_bots_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.service.HOLD", 1.0)
    async with _a_bot(tmp_path, strict=True) as bot, bot.hears(FIRST) as first, bot.hears(SECOND):
        await bot.there.connected(2)
        await bot.ready()
        reader = bot.there.user("পাঠক")
        channels = [await bot.channel(first, bot.guild(number % 2)) for number in range(60)]
        for guild in list(bot.there.state.guilds.values()):
            bot.there.joins(reader, guild)
        await first.add("পদ্মায় নৌকাডুবি", BODY)
        await first.spread()
        for channel in channels[:24]:
            bot.there.message(reader, channel, f"<@{bot.there.bot.id}> সাহায্য")

        async def is_all_there() -> bool:
            first.clock.go(seconds=0.1)
            return [len(channel.shown) for channel in channels] == [3] * 24 + [1] * 36

        await bot.until(is_all_there)
        counted = [call for call in bot.there.calls if not call.of_interaction]
        assert busiest(call.at for call in counted) <= GLOBAL.requests
        assert not [call for call in counted if call.status == 429]


def test_the_parts_of_all_processes_are_never_more_than_the_whole() -> None:
    dice = random.Random(3)  # noqa: S311 - a test's
    for _ in range(500):
        count = dice.randint(1, 64)
        cuts = sorted({0, count, *(dice.randrange(count + 1) for _ in range(dice.randrange(8)))})
        parts = [Shards(first, after - 1, count) for first, after in pairwise(cuts)]
        assert sum(part.answers for part in parts) + SENDING <= 49.000001
        assert all(one.goes_with(other) == (one != other) for one in parts for other in parts)
        assert all(Shards.read(str(part)) == part for part in parts)


@pytest.mark.parametrize("text", ["", "4", "2-1/4", "0-4/4", "0-3/", "a-b/c", "0-3/8x", "-1/4", "০-৩/৮", "0-0/0"])
def test_a_range_that_cannot_be_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SettingsError, match="0-3/8"):
        Shards.read(text)


def test_one_shard_is_a_range_too() -> None:
    assert Shards.read("3/8") == Shards(3, 3, 8)
