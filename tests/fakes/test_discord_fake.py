"""The fake of Discord, driven by an unmodified discord.py: its gateway.

Requests have files of their own.
"""

from __future__ import annotations

import asyncio
import json
import random
import zlib
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

from tests.fakes.discord import FakeDiscord, Right
from tests.fakes.discord.driving import Bot, Sharded, point, running
from tests.fakes.discord.places import NEWS
from tests.fakes.discord.rights import USUAL
from tests.fakes.discord.sessions import Intent

if TYPE_CHECKING:
    from tests.fakes.discord.people import Role, User

pytestmark = pytest.mark.anyio


async def test_a_client_finds_guilds_with_channels_of_all_kinds() -> None:
    async with FakeDiscord() as there:
        guild, other = there.guild("এক"), there.guild("দুই")
        text, news = there.channel(guild, "খবর"), there.channel(guild, "ঘোষণা", NEWS)
        forum = there.channel(guild, "ফোরাম", tags=("খেলা",))
        thread = there.thread(text, "আড্ডা")
        client = Bot()
        async with running(there, client):
            kinds = {str(one.id): one.type.value for one in client.get_all_channels()}
            assert kinds == {text.id: 0, news.id: 5, forum.id: 15}
            found = client.get_channel(int(thread.id))
            assert isinstance(found, discord.Thread)
            assert (found.parent_id, found.name) == (int(text.id), "আড্ডা")
            assert {one.name for one in client.guilds} == {guild.name, other.name}
            seen = client.get_channel(int(forum.id))
            assert isinstance(seen, discord.ForumChannel)
            assert [tag.name for tag in seen.available_tags] == ["খেলা"]
        assert there.gateway.dialled[0].query["compress"] == "zlib-stream"


async def test_rights_are_what_the_library_makes_of_them() -> None:
    dice = random.Random(3)  # noqa: S311 - a test's
    rights = Right.VIEW_CHANNEL | Right.SEND_MESSAGES | Right.MANAGE_MESSAGES
    async with FakeDiscord() as there:
        guild = there.guild()
        roles = [there.role(guild, f"{number}") for number in range(3)]
        guild.members["5"].roles += roles[:2]
        for number in range(60):
            channel = there.channel(guild, f"{number}")
            whose: tuple[User | Role, ...] = (there.bot, guild.everyone, *roles)
            for whom in whose:
                channel.permit(Right(dice.getrandbits(40)) & rights, to=whom)
                channel.forbid(Right(dice.getrandbits(40)) & rights, to=whom)
        client = Bot()
        async with running(there, client):
            for seen in client.get_all_channels():
                own = guild.channels[str(seen.id)].rights_of(there.bot)
                assert seen.permissions_for(seen.guild.me).value & rights == own & rights


@pytest.mark.parametrize("code", [1000, 1001, 4000, None])
async def test_what_was_missed_is_told_again(code: int | None) -> None:
    async with FakeDiscord() as there:
        guild = there.guild()
        channel = there.channel(guild)
        client = Bot()
        async with running(there, client):
            (connection,) = there.gateway.connections
            connection.leave()
            there.message(there.state.owner, channel, "প্রথম")
            there.changes(channel, name="নতুন")
            await there.gateway.hang_up(connection, code)
            await there.until(lambda: there.gateway.resumed)
            assert there.gateway.resumed[0]["missed"] == 2
            there.message(there.state.owner, channel, "<@5> দ্বিতীয়")
            await client.hears("message", 2)
            assert "resumed" in client.names()
            assert [about[0].content for name, about in client.heard if name == "message"] == ["", "<@5> দ্বিতীয়"]
            assert getattr(client.get_channel(int(channel.id)), "name", "") == "নতুন"
        assert [one.path for one in there.gateway.dialled] == ["/", "/resume"]
        assert len(there.gateway.identified) == 1


async def test_members_are_told_of_whom_it_is_asked() -> None:
    async with FakeDiscord() as there:
        guild = there.guild()
        for name in ("পাঠক", "পাড়ার", "লেখক"):
            there.joins(there.user(name), guild)
        client = Bot()
        async with running(there, client):
            seen = client.guilds[0]
            assert {one.name for one in await seen.query_members("পা")} == {"পাঠক", "পাড়ার"}
            (found,) = await seen.query_members(user_ids=[int(there.bot.id)])
            assert found == seen.me


async def test_asked_to_connect_again_a_client_takes_up_its_session() -> None:
    async with FakeDiscord() as there:
        there.guild()
        async with running(there, Bot()):
            there.gateway.reconnect()
            await there.until(lambda: len(there.gateway.resumed) == 1)
            there.gateway.invalidate(resumable=True)
            await there.until(lambda: len(there.gateway.resumed) == 2)
        assert len(there.gateway.identified) == 1


async def test_a_session_that_is_no_more_begins_anew() -> None:
    async with FakeDiscord() as there:
        there.guild()
        client = Bot()
        async with running(there, client):
            there.gateway.invalidate()
            assert not there.gateway.sessions
            await there.until(lambda: len(there.gateway.identified) == 2)
            await there.connected()
            assert list(there.gateway.sessions) == ["session-2"]
            there.gateway.forget()
            for connection in there.gateway.dialled:
                connection.cut()
            await there.until(lambda: len(there.gateway.identified) == 3)
        assert not there.gateway.resumed
        assert there.gateway.remaining == there.gateway.total - 3


async def test_each_shard_hears_of_its_own_guilds() -> None:
    async with FakeDiscord() as there:
        there.gateway.shards = 3
        channels = [there.channel(there.guild(f"{number}")) for number in range(6)]
        client = Sharded()
        async with running(there, client, sessions=3):
            assert sorted(one["shard"] for one in there.gateway.identified) == [[0, 3], [1, 3], [2, 3]]
            assert sorted(guild.shard_id for guild in client.guilds) == [0, 0, 1, 1, 2, 2]
            heard = asyncio.create_task(client.wait_for("message"))
            await asyncio.sleep(0)
            there.message(there.state.owner, channels[4], "<@5>")
            guild = (await heard).guild
            assert guild is not None
            assert guild.shard_id == 2
            told = [one for session in there.gateway.sessions.values() for one in session.events]
            assert len([one for one in told if one["t"] == "MESSAGE_CREATE"]) == 1


async def test_sessions_are_refused_as_on_the_platform() -> None:
    async with FakeDiscord() as there:
        point(there)
        there.gateway.granted = Intent(0)
        intents = discord.Intents.default()
        intents.message_content = True
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await _start(there, Bot(intents))
        there.gateway.remaining = 0
        with pytest.raises(discord.ConnectionClosed) as refused:
            await _start(there, Bot())
        assert refused.value.code == 4004
        with pytest.raises(discord.LoginFailure):
            await _start(there, Bot(), "another")
        assert not there.gateway.identified


async def _start(there: FakeDiscord, client: discord.Client, token: str = "") -> None:
    async with client:
        await client.start(token or there.token)


async def test_a_bare_connection_is_answered_in_plain_text_and_held_to_the_rules() -> None:
    async with FakeDiscord() as there, aiohttp.ClientSession() as web:
        there.gateway.spaced = True
        identify = {"op": 2, "d": {"token": there.token, "intents": 1, "properties": {}}}
        talks: list[tuple[list[Any], list[int]]] = [
            ([identify], [10, 0]),
            ([{"op": 1, "d": None}, identify], [10, 11, 9]),
            ([{"op": 6, "d": {"token": there.token, "session_id": "x", "seq": 1}}], [10, 9]),
            ([{"op": 6, "d": {"token": there.token, "session_id": "session-1", "seq": 9}}], [10, 4007]),
            ([{"op": 8, "d": {}}], [10, 4003]),
            ([{"op": 99}], [10, 4003]),
            ([{}], [10, 4002]),
        ]
        for said, heard in talks:
            assert await _talk(web, there, said, len(heard)) == heard


async def test_what_is_sent_is_compressed_for_whoever_asks() -> None:
    async with FakeDiscord() as there, aiohttp.ClientSession() as web:
        socket = await web.ws_connect(f"{there.gateway_url}?compress=zlib-stream")
        packed = await socket.receive_bytes()
        assert packed.endswith(b"\x00\x00\xff\xff")
        assert json.loads(zlib.decompressobj().decompress(packed))["op"] == 10
        await socket.close()


async def test_a_session_hears_what_it_asked_for() -> None:
    async with FakeDiscord() as there, aiohttp.ClientSession() as web:
        channel = there.channel(there.guild())
        for intents, heard in ((0, []), (1, ["GUILD_CREATE", "CHANNEL_UPDATE"]), (1 << 9, ["MESSAGE_CREATE"])):
            async with web.ws_connect(there.gateway_url) as socket:
                await socket.send_json({"op": 2, "d": {"token": there.token, "intents": intents}})
                await there.connected()
                there.changes(channel)
                there.message(there.state.owner, channel, "খবর")
                there.gateway.tell("LAST", {})
                told = [await socket.receive_json()]
                while told[-1]["t"] != "LAST":
                    told.append(await socket.receive_json())
                there.gateway.forget()
            assert [one["t"] for one in told] == [None, "READY", *heard, "LAST"]


async def test_a_proper_good_bye_ends_a_session() -> None:
    async with FakeDiscord() as there, aiohttp.ClientSession() as web:
        identify = {"op": 2, "d": {"token": there.token, "intents": 1, "properties": {}}}
        for code, left in ((4000, 1), (1000, 1), (1001, 1)):
            await _talk(web, there, [identify], 2, code)
            assert len(there.gateway.sessions) == left, "what the first one began may be taken up again"


async def _talk(
    web: aiohttp.ClientSession, there: FakeDiscord, said: list[Any], count: int, code: int = 4000
) -> list[int | None]:
    """Say something, and return the ops or the closing code that come."""
    heard: list[int | None] = []
    dialled = len(there.gateway.dialled)
    async with web.ws_connect(there.gateway_url) as socket:
        for one in said:
            await socket.send_str(json.dumps(one))
        for _ in range(count):
            got = await socket.receive()
            heard.append(json.loads(got.data)["op"] if got.type is aiohttp.WSMsgType.TEXT else socket.close_code)
        await socket.close(code=code)
    await there.until(lambda: there.gateway.dialled[dialled].dropped)
    return heard


async def test_content_is_for_whom_it_is_meant_or_who_may_read_it() -> None:
    async with FakeDiscord() as there:
        guild = there.guild()
        channel, reader = there.channel(guild), there.user("পাঠক")
        there.joins(reader, guild)
        for content in (False, True):
            intents = discord.Intents.default()
            intents.message_content = content
            client = Bot(intents)
            async with running(there, client):
                there.message(reader, channel, "শুনছেন")
                there.message(reader, channel, "<@5> শুনছেন")
                there.message(reader, there.inbox(reader), "একা")
                await client.hears("message", 3)
                told = [about[0].content for name, about in client.heard if name == "message"]
                assert told == ["শুনছেন" if content else "", "<@5> শুনছেন", "একা"]


async def test_what_happens_to_places_reaches_the_cache() -> None:
    async with FakeDiscord() as there:
        guild = there.guild()
        channel = there.channel(guild)
        thread = there.thread(channel, "আড্ডা")
        client = Bot()
        async with running(there, client):
            there.goes_away(guild)
            there.comes_back(guild)
            there.changes(thread, locked=True, archived=True)
            channel.forbid(Right.SEND_MESSAGES)
            there.changes(channel)
            there.entitles(guild, guild.everyone, USUAL | Right.MANAGE_GUILD)
            there.gives(guild, there.bot)
            there.deletes(channel)
            there.kicks(guild)
            await client.hears("guild_remove")
            names = [name for name in client.names() if name.startswith(("guild_", "thread_", "member_"))]
            assert names[-8:] == [
                "guild_unavailable", "guild_available", "thread_update", "guild_channel_update", "guild_role_update",
                "member_update", "guild_channel_delete", "guild_remove",
            ]  # fmt: skip
            there.invites(guild)
            await client.hears("guild_join")
            assert [one.id for one in client.guilds] == [int(guild.id)]
