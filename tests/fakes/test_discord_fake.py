"""The fake of Discord, driven by an unmodified discord.py."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.fakes.discord import FakeDiscord, Right
from tests.fakes.discord.bell import Bell
from tests.fakes.discord.places import NEWS
from tests.fakes.discord.rights import USUAL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.anyio
HEADLINE = "পদ্মায় নৌকাডুবি"


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 4, 14, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Card(ui.LayoutView):
    """A headline with two buttons and a choice."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        box: ui.Container[Any] = ui.Container(ui.TextDisplay(f"### {HEADLINE}"), accent_color=0x1B7F4B)
        read: ui.Button[Any] = ui.Button(label="পড়ুন", custom_id="read")
        ask: ui.Button[Any] = ui.Button(label="লিখুন", custom_id="ask")
        much: ui.Select[Any] = ui.Select(custom_id="much", options=[discord.SelectOption(label="এক", value="1")])
        setattr(read, "callback", self._read)  # noqa: B010 - mypy does not let a method be replaced
        setattr(ask, "callback", self._ask)  # noqa: B010
        setattr(much, "callback", self._much)  # noqa: B010
        for row in (ui.ActionRow(read, ask), ui.ActionRow(much)):
            box.add_item(row)
        self.add_item(box)

    async def _read(self, asked: discord.Interaction) -> None:
        await asked.response.edit_message(view=Plain("পুরো খবর"))

    async def _ask(self, asked: discord.Interaction) -> None:
        await asked.response.send_modal(Window())

    async def _much(self, asked: discord.Interaction) -> None:
        await asked.response.defer()
        await asked.edit_original_response(view=Plain("এক"))


class Plain(ui.LayoutView):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.add_item(ui.TextDisplay(text))


class Window(ui.Modal):
    def __init__(self) -> None:
        super().__init__(title="ভুল জানান", custom_id="report")
        self.what: ui.TextInput[Any] = ui.TextInput(custom_id="what")
        self.add_item(ui.Label(text="কী ভুল?", component=self.what))

    async def on_submit(self, asked: discord.Interaction) -> None:
        await asked.response.send_message(f"পেয়েছি: {self.what.value}", ephemeral=True)


class Prompt(discord.Client):
    """A client that begins sessions at once: the library waits five seconds before each but the first."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing."""


class Sharded(Prompt, discord.AutoShardedClient):
    """The same over several connections."""


class Bot(Prompt):
    """A client with slash commands, that notes what it hears."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents.default(), guild_ready_timeout=0.2)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, Any]] = []
        self.bell = Bell()
        _add_commands(self.tree)

    def dispatch(self, event: str, /, *about: Any, **more: Any) -> None:  # noqa: ANN401 - as the library calls it
        self.heard.append((event, about))
        super().dispatch(event, *about, **more)
        self.bell.ring()

    def names(self) -> list[str]:
        return [name for name, _ in self.heard]

    async def hears(self, name: str, times: int = 1) -> None:
        await self.bell.until(lambda: self.names().count(name) >= times)


def _add_commands(tree: app_commands.CommandTree[Any]) -> None:
    @tree.command(name="latest", description="সর্বশেষ খবর")
    async def latest(asked: discord.Interaction, count: app_commands.Range[int, 1, 10] = 1) -> None:
        del count
        await asked.response.send_message(view=Card())

    @tree.command(name="tag", description="একটি বিষয়ের খবর")
    async def tag(asked: discord.Interaction, topic: str) -> None:
        await asked.response.defer(ephemeral=True)
        await asked.followup.send(f"#{topic}")
        await asked.followup.send("আরও", ephemeral=True)

    @tag.autocomplete("topic")
    async def suggest(asked: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        del asked
        return [app_commands.Choice(name=f"{current}ন", value="ইরান")]


def _point(there: FakeDiscord) -> None:
    Route.BASE = there.api_base
    DiscordWebSocket.DEFAULT_GATEWAY = URL(there.gateway_url)


@asynccontextmanager
async def _running(there: FakeDiscord, client: discord.Client, sessions: int = 1) -> AsyncIterator[None]:
    _point(there)
    task = asyncio.create_task(client.start(there.token))
    try:
        await there.connected(sessions)
        await client.wait_until_ready()
        yield
    finally:
        await client.close()
        await asyncio.wait({task})


@asynccontextmanager
async def _logged_in(there: FakeDiscord) -> AsyncIterator[discord.Client]:
    """Speak to the API only."""
    _point(there)
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(there.token)
        yield client


def _slash_bot() -> Bot:
    bot = Bot()

    async def sync() -> None:
        await bot.tree.sync()

    setattr(bot, "setup_hook", sync)  # noqa: B010
    return bot


# --- the gateway ---


async def test_a_client_finds_guilds_with_channels_of_all_kinds() -> None:
    async with FakeDiscord() as there:
        guild, other = there.guild("এক"), there.guild("দুই")
        text, news = there.channel(guild, "খবর"), there.channel(guild, "ঘোষণা", NEWS)
        forum = there.channel(guild, "ফোরাম", tags=("খেলা",))
        thread = there.thread(text, "আড্ডা")
        client = Bot()
        async with _running(there, client):
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
            for whom in (there.bot, guild.everyone, *roles):
                channel.permit(Right(dice.getrandbits(40)) & rights, to=whom)
                channel.forbid(Right(dice.getrandbits(40)) & rights, to=whom)
        client = Bot()
        async with _running(there, client):
            for seen in client.get_all_channels():
                own = guild.channels[str(seen.id)].rights_of(there.bot)
                assert seen.permissions_for(seen.guild.me).value & rights == own & rights


@pytest.mark.parametrize("code", [1000, 1001, 4000, None])
async def test_what_was_missed_is_told_again(code: int | None) -> None:
    async with FakeDiscord() as there:
        guild = there.guild()
        channel = there.channel(guild)
        client = Bot()
        async with _running(there, client):
            await there.gateway.drop(code)
            there.message(there.state.owner, channel, "প্রথম")
            there.changes(channel, name="নতুন")
            await there.until(lambda: there.gateway.resumed)
            assert there.gateway.resumed[0]["missed"] == 2
            there.message(there.state.owner, channel, "<@5> দ্বিতীয়")
            await client.hears("message", 2)
            assert "resumed" in client.names()
            assert [about[0].content for name, about in client.heard if name == "message"] == ["", "<@5> দ্বিতীয়"]
            assert getattr(client.get_channel(int(channel.id)), "name", "") == "নতুন"
        assert [one.path for one in there.gateway.dialled] == ["/", "/resume"]
        assert len(there.gateway.identified) == 1


async def test_asked_to_connect_again_a_client_takes_up_its_session() -> None:
    async with FakeDiscord() as there:
        there.guild()
        async with _running(there, Bot()):
            there.gateway.reconnect()
            await there.until(lambda: len(there.gateway.resumed) == 1)
            there.gateway.invalidate(resumable=True)
            await there.until(lambda: len(there.gateway.resumed) == 2)
        assert len(there.gateway.identified) == 1


async def test_a_session_that_is_no_more_begins_anew() -> None:
    async with FakeDiscord() as there:
        there.guild()
        client = Bot()
        async with _running(there, client):
            there.gateway.invalidate()
            await there.until(lambda: len(there.gateway.identified) == 2)
            await there.connected()
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
        client = Sharded(intents=discord.Intents.default(), guild_ready_timeout=0.2)
        async with _running(there, client, sessions=3):
            assert sorted(one["shard"] for one in there.gateway.identified) == [[0, 3], [1, 3], [2, 3]]
            assert sorted(guild.shard_id for guild in client.guilds) == [0, 0, 1, 1, 2, 2]
            heard = asyncio.create_task(client.wait_for("message"))
            await asyncio.sleep(0)
            there.message(there.state.owner, channels[4], "<@5>")
            assert (await heard).guild.shard_id == 2
            told = [one for session in there.gateway.sessions.values() for one in session.events]
            assert len([one for one in told if one["t"] == "MESSAGE_CREATE"]) == 1


async def test_sessions_are_refused_as_on_the_platform() -> None:
    async with FakeDiscord() as there:
        _point(there)
        there.gateway.granted = discord.Intents.none().value  # type: ignore[assignment]
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
        for said, heard in [
            ([identify], [10, 0]),
            ([{"op": 1, "d": None}, identify], [10, 11, 9]),
            ([{"op": 6, "d": {"token": there.token, "session_id": "x", "seq": 1}}], [10, 9]),
            ([{"op": 6, "d": {"token": there.token, "session_id": "session-1", "seq": 9}}], [10, 4007]),
            ([{"op": 8, "d": {}}], [10, 4003]),
            ([{"op": 99}], [10, 4003]),
            ([{}], [10, 4002]),
        ]:
            assert await _talk(web, there, said, len(heard)) == heard


async def test_a_proper_good_bye_ends_a_session() -> None:
    async with FakeDiscord() as there, aiohttp.ClientSession() as web:
        identify = {"op": 2, "d": {"token": there.token, "intents": 1, "properties": {}}}
        for code, left in ((4000, 1), (1000, 1), (1001, 1)):
            await _talk(web, there, [identify], 2, code)
            assert len(there.gateway.sessions) == left, "what the first one began may be taken up again"


async def _talk(
    web: aiohttp.ClientSession, there: FakeDiscord, said: list[Any], count: int, code: int = 4000
) -> list[int]:
    """Say something, and return the ops or the closing code that come."""
    heard = []
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
            async with _running(there, client):
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
        async with _running(there, client):
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


# --- interactions ---


@asynccontextmanager
async def _asking(clock: Clock | None = None) -> AsyncIterator[tuple[FakeDiscord, Any, Any]]:
    async with FakeDiscord(clock=clock or Clock()) as there:
        guild = there.guild()
        channel, reader = there.channel(guild), there.user("পাঠক")
        there.joins(reader, guild)
        async with _running(there, _slash_bot()):
            yield there, channel, reader


async def test_a_command_is_answered_and_its_buttons_go_on() -> None:
    async with _asking() as (there, channel, reader):
        card = await there.slash(reader, channel, "latest", {"count": 3}).answer()
        assert card.text == f"### {HEADLINE}\n[পড়ুন] [লিখুন]\n[… ▾]"
        assert channel.shown == [card]
        window = there.press(card, "লিখুন", reader)
        assert (await window.acknowledgement())["type"] == 9
        thanks = await there.submit(window, {"what": "বানান"}).answer()
        assert (thanks.text, thanks.ephemeral, thanks.reader) == ("পেয়েছি: বানান", True, reader)
        await there.choose(card, "much", ["1"], reader).answer()
        assert (card.text, card.edits) == ("এক", 1)
        assert channel.texts == ["এক"], "what is for one alone does not lie there"


async def test_a_deferred_answer_takes_the_place_of_thinking() -> None:
    async with _asking() as (there, channel, reader):
        asked = there.slash(reader, channel, "tag", {"topic": "ইরান"})
        first = await asked.answer()
        assert (first.text, first.ephemeral) == ("#ইরান", True)
        await there.until(lambda: len(asked.shown) == 2)
        assert asked.text == "#ইরান\n\nআরও"
        assert channel.texts == []
        typing = there.autocomplete(reader, channel, "tag", "topic", {"topic": "ইরা"})
        await typing.acknowledgement()
        assert typing.choices == [{"name": "ইরান", "value": "ইরান"}]


async def test_in_a_direct_message_it_is_the_same() -> None:
    async with _asking() as (there, _, reader):
        card = await there.slash(reader, there.inbox(reader), "latest").answer()
        await there.press(card, "read", reader).answer()
        assert there.inbox(reader).texts == ["পুরো খবর"]


async def test_what_nobody_could_do_fails() -> None:
    async with _asking() as (there, channel, reader):
        card = await there.slash(reader, channel, "latest").answer()
        for impossible in (
            lambda: there.slash(reader, channel, "nothing"),
            lambda: there.slash(reader, channel, "latest", {"count": 11}),
            lambda: there.slash(reader, channel, "latest", {"many": 1}),
            lambda: there.slash(reader, channel, "tag"),
            lambda: there.press(card, "নেই", reader),
            lambda: there.choose(card, "much", ["2"], reader),
            lambda: there.slash(there.user("অচেনা"), channel, "latest"),
        ):
            with pytest.raises(AssertionError):
                impossible()


async def test_an_interaction_has_to_be_answered_once_and_in_time() -> None:
    clock = Clock()
    async with FakeDiscord(clock=clock) as there:
        guild = there.guild()
        channel, reader = there.channel(guild), there.state.owner
        there.state.commands[""] = [{"id": "1", "name": "help", "type": 1}]
        async with _logged_in(there) as client:
            late, good = there.slash(reader, channel, "help"), there.slash(reader, channel, "help")
            assert await _callback(client, good, 4, content="১") == 0
            assert await _callback(client, good, 4, content="২") == 40060
            assert await _callback(client, late, 7, content="৩") == 50035, "there is no message to change"
            clock.go(3.1)
            assert await _callback(client, late, 4, content="৪") == 10062
            assert await _webhook(client, late, "POST", content="৫") == 10015
            assert await _webhook(client, good, "POST", content="৬") == 0
            clock.go(897)
            assert await _webhook(client, good, "POST", content="৭") == 50027
        assert (good.text, late.text) == ("১\n\n৬", "")
        assert channel.texts == ["১", "৬"]


async def _callback(client: discord.Client, asked: Any, kind: int, **data: Any) -> int:  # noqa: ANN401 - JSON
    route = Route("POST", f"/interactions/{asked.id}/{asked.token}/callback?with_response=true")
    return await _code(client, route, {"type": kind, "data": data})


async def _webhook(client: discord.Client, asked: Any, method: str, **data: Any) -> int:  # noqa: ANN401 - JSON
    return await _code(client, Route(method, f"/webhooks/5/{asked.token}"), data)


async def _code(client: discord.Client, route: Route, body: object) -> int:
    """Return the number of the reason for which a request was refused, 0 if it was not."""
    try:
        await client.http.request(route, json=body)
    except discord.HTTPException as error:
        return error.code
    return 0
