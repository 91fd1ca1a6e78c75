"""The fake of Discord.

People who use what an unmodified discord.py offers them.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands, ui
from discord.http import Route

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.driving import Bot, logged_in, running
from tests.fakes.discord.messages import Flag, Shown
from tests.fakes.world import StoppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.fakes.discord.asked import Asked
    from tests.fakes.discord.places import Channel

pytestmark = pytest.mark.anyio
HEADLINE = "পদ্মায় নৌকাডুবি"


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

    @tree.command(name="where", description="কোথায়")
    async def where(asked: discord.Interaction, place: discord.TextChannel, whom: discord.Member) -> None:
        await asked.response.send_message(f"#{place.name} @{whom.name}")

    @tag.autocomplete("topic")
    async def suggest(asked: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        del asked
        return [app_commands.Choice(name=f"{current}ন", value="ইরান")]


def _slash_bot() -> Bot:
    bot = Bot()
    tree = app_commands.CommandTree(bot)
    _add_commands(tree)

    async def sync() -> None:
        await tree.sync()

    setattr(bot, "setup_hook", sync)  # noqa: B010
    return bot


@asynccontextmanager
async def _asking(clock: StoppedClock | None = None) -> AsyncIterator[tuple[FakeDiscord, Any, Any]]:
    async with FakeDiscord(clock=clock or StoppedClock()) as there:
        guild = there.guild()
        channel, reader = there.channel(guild), there.user("পাঠক")
        there.joins(reader, guild)
        async with running(there, _slash_bot()):
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


async def test_the_answer_is_looked_at_changed_and_taken_away() -> None:
    async with FakeDiscord(clock=StoppedClock()) as there:
        channel, asked = _asked(there)
        async with logged_in(there) as client:
            original = f"/webhooks/5/{asked.token}/messages/@original"
            assert await client.http.request(Route("POST", f"{_address(asked)}"), json={"type": 5}) == ""
            assert (asked.acknowledged, asked.answered) == (True, False)
            assert (await client.http.request(Route("GET", original)))["flags"] == int(Flag.LOADING)
            await client.http.request(Route("PATCH", original), json={"content": "এক", "flags": int(Flag.EPHEMERAL)})
            assert (channel.texts, asked.answered, asked.text) == (["এক"], True, "এক")
            assert not asked.shown[0].ephemeral, "who sees it was said before"
            more = await client.http.request(Route("POST", f"/webhooks/5/{asked.token}"), json={"content": "দুই"})
            await client.http.request(Route("DELETE", original))
            assert await _code(client, Route("PATCH", original), {"content": "x"}) == 10008
            assert [one.id for one in asked.shown] == [more["id"]]
            assert channel.texts == ["দুই"]


async def test_suggestions_and_windows_have_their_limits() -> None:
    async with FakeDiscord(clock=StoppedClock()) as there:
        channel, _ = _asked(there)
        topic = {"type": 3, "name": "topic", "description": "x", "required": True, "autocomplete": True}
        there.state.commands[""].append({"id": "2", "name": "tag", "options": [topic]})
        async with logged_in(there) as client:
            typing = there.autocomplete(there.state.owner, channel, "tag", "topic")
            for choices in (
                [_choice("ক")] * 26,
                [_choice("ক" * 101)],
                [_choice("")],
                [{"name": "ক", "value": "x" * 101}],
            ):
                assert await _callback(client, typing, 8, choices=choices) == 50035
            assert await _callback(client, typing, 4, content="x") == 50035
            assert await _callback(client, typing, 8, choices=[_choice("ক" * 100)] * 25) == 0
            assert await _webhook(client, typing, "POST", content="x") == 10015
            asked = there.slash(there.state.owner, channel, "help")
            wrong: list[dict[str, Any]] = [{"title": "ক" * 46}, {"custom_id": ""}, {"components": []}]
            for window in [*wrong, {"components": [_label()] * 2}]:
                assert await _callback(client, asked, 9, **{**_window(), **window}) == 50035
            assert await _callback(client, asked, 9, **_window()) == 0
            with pytest.raises(AssertionError):
                there.submit(asked, {})
            there.submit(asked, {"what": "বানান"})


def _choice(name: str) -> dict[str, Any]:
    return {"name": name, "value": "x"}


def _label() -> dict[str, Any]:
    return {"type": 18, "label": "কী ভুল?", "component": {"type": 4, "custom_id": "what", "style": 1}}


def _window() -> dict[str, Any]:
    return {"title": "ভুল জানান", "custom_id": "report", "components": [_label()]}


def _asked(there: FakeDiscord) -> tuple[Channel, Asked]:
    """Let the owner of a guild ask for help there."""
    channel = there.channel(there.guild())
    there.state.commands[""] = [{"id": "1", "name": "help"}]
    return channel, there.slash(there.state.owner, channel, "help")


def _address(asked: Asked) -> str:
    return f"/interactions/{asked.id}/{asked.token}/callback"


async def test_places_and_people_can_be_filled_in() -> None:
    async with _asking() as (there, channel, reader):
        asked = there.slash(reader, channel, "where", {"place": channel, "whom": reader})
        assert (await asked.answer()).text == "#খবর @পাঠক"


async def test_in_a_direct_message_it_is_the_same() -> None:
    async with _asking() as (there, _, reader):
        card = await there.slash(reader, there.inbox(reader), "latest").answer()
        await there.press(card, "read", reader).answer()
        assert there.inbox(reader).texts == ["পুরো খবর"]


async def test_what_nobody_could_do_fails() -> None:
    async with _asking() as (there, channel, reader):
        card = await there.slash(reader, channel, "latest").answer()
        own = Shown("1", channel, there.bot, there.state.clock(), reader=reader, components=card.components)
        latest = there.state.commands[""][0]
        there.state.commands[""] += [
            {**latest, "name": "setup", "default_member_permissions": "32"},
            {**latest, "name": "start", "contexts": [1]},
        ]
        there.slash(there.state.owner, channel, "setup")
        there.slash(reader, there.inbox(reader), "start")
        impossible: tuple[Callable[[], object], ...] = (
            lambda: there.slash(reader, channel, "nothing"),
            lambda: there.slash(reader, channel, "latest", {"count": 11}),
            lambda: there.slash(reader, channel, "latest", {"many": 1}),
            lambda: there.slash(reader, channel, "tag"),
            lambda: there.slash(reader, channel, "setup"),
            lambda: there.slash(reader, channel, "start"),
            lambda: there.press(card, "নেই", reader),
            lambda: there.press(own, "read", there.state.owner),
            lambda: there.choose(card, "much", ["2"], reader),
            lambda: there.slash(there.user("অচেনা"), channel, "latest"),
        )
        for attempt in impossible:
            with pytest.raises(AssertionError):
                attempt()


async def test_an_interaction_has_to_be_answered_once_and_in_time() -> None:
    clock = StoppedClock()
    async with FakeDiscord(clock=clock) as there:
        channel, late = _asked(there)
        async with logged_in(there) as client:
            good = there.slash(there.state.owner, channel, "help")
            assert await _callback(client, good, 4, content="১") == 0
            assert await _callback(client, good, 4, content="২") == 40060
            assert await _callback(client, late, 7, content="৩") == 50035, "there is no message to change"
            clock.go(seconds=3.1)
            assert await _callback(client, late, 4, content="৪") == 10062
            assert await _webhook(client, late, "POST", content="৫") == 10015
            assert await _webhook(client, good, "POST", content="৬") == 0
            clock.go(seconds=897)
            assert await _webhook(client, good, "POST", content="৭") == 50027
        assert (good.text, late.text) == ("১\n\n৬", "")
        assert channel.texts == ["১", "৬"]


async def _callback(client: discord.Client, asked: Asked, kind: int, **data: Any) -> int:  # noqa: ANN401 - JSON
    route = Route("POST", f"{_address(asked)}?with_response=true")
    return await _code(client, route, {"type": kind, "data": data})


async def _webhook(client: discord.Client, asked: Asked, method: str, **data: Any) -> int:  # noqa: ANN401 - JSON
    return await _code(client, Route(method, f"/webhooks/5/{asked.token}"), data)


async def _code(client: discord.Client, route: Route, body: object) -> int:
    """Return the number of the reason for which a request was refused.

    0 if it was not.
    """
    try:
        await client.http.request(route, json=body)
    except discord.HTTPException as error:
        return error.code
    return 0
