from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.values.calls import Call, Count, OneOf, Text, call
from bot.values.chats import Role, Term, TermKind
from bot.values.messages import Reply, plain
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.context import Context, Services
from handlers.discovery import discover
from handlers.params import CountParam
from handlers.platforms.discord import slash
from tests.fakes.world import TRAITS, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.platforms.discord.rest import RestRoute

COMMANDS = discover()
MADE = {one["name"]: one for one in slash.definitions(COMMANDS)}


async def _nothing(_request: Request) -> Reply:
    return Reply(plain("–"))


def test_the_platform_takes_every_definition() -> None:
    assert len(MADE) <= 100
    for name, one in MADE.items():
        assert re.fullmatch(r"[-_a-z0-9]{1,32}", name)
        assert 1 <= len(one["description"]) <= 100
        assert len(one["options"]) <= 25
        required = [option.get("required", False) for option in one["options"]]
        assert required == sorted(required, reverse=True), "what is required stands first"
        for option in one["options"]:
            assert re.fullmatch(r"[-_a-z0-9]{1,32}", option["name"])
            assert 1 <= len(option["description"]) <= 100


def test_those_of_the_copy_deck_have_its_words() -> None:
    assert (
        MADE["follow"]["description"]
        == "বিষয় ফলো করুন: নিজের ইনবক্সে বা এই চ্যানেলে · Follow a topic, by DM or in this channel"
    )
    assert [option["name"] for option in MADE["follow"]["options"]] == ["topic", "where"]
    assert MADE["follow"]["options"][0] == {
        "type": 3, "name": "topic", "description": "বিষয়, যেমন ইরান", "required": True, "autocomplete": True,
    }  # fmt: skip
    assert [option["name"] for option in MADE["latest"]["options"]] == ["source", "count"]
    assert MADE["latest"]["options"][1] == {
        "type": 4, "name": "count", "description": "কয়টি খবর (১–১০)", "min_value": 1, "max_value": 10,
    }  # fmt: skip
    assert MADE["setup"]["default_member_permissions"] == str(1 << 5)


def test_what_changes_a_channel_is_for_who_manages_the_server() -> None:
    assert MADE["settings"]["default_member_permissions"] == str(1 << 5)
    assert MADE["follow"]["default_member_permissions"] is None, "in one's own inbox anybody may"
    assert MADE["latest"]["default_member_permissions"] is None


def test_newsroom_commands_and_courtesies_are_not_offered() -> None:
    assert not {"addsource", "withdraw", "greet", "story"} & MADE.keys()


def test_a_new_command_is_offered_without_a_word_here() -> None:
    sides = CountParam(name="sides", label=Wording("কয় তলের পাশা", "How many sides"))
    dice = Command(name="dice", summary=Wording("পাশা ফেলুন", "Throw a die"), run=_nothing, params=(sides,))
    (made, _) = slash.definitions({"dice": dice})
    assert made["description"] == "পাশা ফেলুন · Throw a die"
    assert made["options"] == [
        {"type": 4, "name": "sides", "description": "কয় তলের পাশা", "min_value": 1, "max_value": 10}
    ]
    assert slash.is_public(dice)
    assert not slash.is_public(dataclasses.replace(dice, changes_chat=True))


@pytest.mark.anyio
async def test_fields_become_the_values_of_a_call(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        services = Services.of(world.core)
        at = Context(await world.chat(), "console:local", Role.READER, world.clock(), TRAITS, services)

        async def filled(name: str, **fields: str) -> Call:
            return await slash.call(COMMANDS[name], fields, at)

        assert await filled("latest", source="চ্যানেল ২৪") == call("latest", source=Text("চ্যানেল ২৪"))
        assert await filled("tag", topic="ইরান", count="5") == call("tag", topic=Text("ইরান"), count=Count(5))
        iran = Term(TermKind.TAG, "ইরান", "ইরান")
        assert await filled("follow", topic="tag:ইরান", where="here") == call("follow", topic=iran)
        now = call("follow", topic=iran, when=OneOf("now"))
        assert await filled("follow", topic="tag:ইরান এলেই") == now
        assert await filled("today") == call("today")


def test_settings_and_whole_articles_are_for_one_person_and_lists_for_all() -> None:
    public = {name for name, command in COMMANDS.items() if slash.is_slash(command) and slash.is_public(command)}
    assert {"latest", "tag", "topics", "sources", "today", "help"} <= public
    assert not public & {"settings", "read", "status", "follow", "mute", "why", "following"}


class _Told:
    """An API that keeps commands as the platform does.

    It adds the usual fields.
    """

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.puts = 0

    async def call(self, route: RestRoute, body: Any = None, *, patience: float = 0.0) -> Any:  # noqa: ANN401 - JSON
        del patience
        if route.method == "PUT":
            self.puts += 1
            self.kept = [{**one, "id": str(at), "nsfw": False, "version": "1"} for at, one in enumerate(body)]
        return self.kept


@pytest.mark.anyio
async def test_it_is_told_only_when_something_changed() -> None:
    told: Any = _Told()
    assert await slash.publish(told, "5", COMMANDS)
    assert not await slash.publish(told, "5", COMMANDS)
    assert told.puts == 1
    changed = {**COMMANDS, "today": dataclasses.replace(COMMANDS["today"], described=Wording("নতুন", "New"))}
    assert await slash.publish(told, "5", changed)
    assert told.puts == 2
