"""Where the bot may speak, as a table.

Every command, by every way, in every place, for everybody: typed, by alias, pressed, by an old button, forwarded,
mended, by a link, in inline mode, and while its fields are filled in.
"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.values.calls import Call
from bot.values.chats import ChatKind, Role, Target
from bot.values.messages import Reply, Traits, plain
from handlers.buttons import OldButton
from handlers.context import Services
from handlers.dialogue import Dialogue
from handlers.discovery import discover
from handlers.platforms.telegram import inline
from handlers.router import FALLBACK, OPEN, Router
from tests.fakes.world import PRESSED, World, a_world
from tests.handlers.saying import text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from handlers.command import Command, Request
    from handlers.context import Context
    from handlers.params import Suggestion

    Asking = Callable[[Dialogue, Target, Role, ChatKind, Command], Awaitable[object]]

pytestmark = pytest.mark.anyio
COMMANDS = discover()
ALONE = Traits(buttons=True, answers_alone=True)
"""Of a platform that shows an answer in a channel to who asked alone."""
ROLES = (Role.READER, Role.CHAT_ADMIN, Role.EDITOR, Role.ADMIN)


async def _typed(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    return await dialogue.reply(target, "x:1", role, f"/{command.name}", kind=kind)


async def _by_alias(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    for alias in (*command.aliases, *command.exact)[:3]:
        await dialogue.reply(target, "x:1", role, alias, kind=kind)
    return None


async def _pressed(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    return await dialogue.press(target, "x:1", role, Call(command.name), kind)


async def _old_button(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    return await dialogue.press(target, "x:1", role, OldButton(command.name, "#1"), kind)


async def _forwarded(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    return await dialogue.reply(target, "x:1", role, f"/{command.name}", kind=kind, quoted=True)


async def _by_link(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    for payload in (command.name, f"{command.name}_1_0", *(["quick"] if command.name == OPEN else [])):
        await dialogue.reply(target, "x:1", role, f"/start {payload}", kind=kind)
    return None


async def _inline(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    del target
    if role is not Role.READER or kind is not ChatKind.PRIVATE:
        return None  # the platform tells neither who somebody is in a chat nor which it is
    for typed in (f"/{command.name} #1", command.name, *command.aliases[:1]):
        query: Any = SimpleNamespace(query=typed, id="1")
        answered: Any = await inline.answer(query, dialogue._services.store, PRESSED, dialogue._clock())
        for result in answered["results"]:
            rows = result.get("reply_markup", {}).get("inline_keyboard", [])
            assert all("url" in button for row in rows for button in row), "nothing can be pressed in another chat"
    return None


async def _suggested(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    for param in command.params:
        if param.suggest is not None:
            await dialogue.suggest(target, "x:1", role, kind, command, param.suggest, "ই")
    return None


async def _mended(dialogue: Dialogue, target: Target, role: Role, kind: ChatKind, command: Command) -> object:
    del role
    return await dialogue.mend(target, "x:1", f"/{command.name}", kind)


ASKING: dict[str, Asking] = {
    "typed": _typed,
    "by alias": _by_alias,
    "pressed": _pressed,
    "an old button": _old_button,
    "forwarded": _forwarded,
    "mended": _mended,
    "by a link": _by_link,
    "inline": _inline,
    "suggested": _suggested,
}
LEAVING_NOTHING = ("by a link", "inline", "suggested")
"""Ways by which nobody chooses anything."""
LINKED = {"start", OPEN, "export"}
"""What a link may lead to."""


def _watched(ran: list[str], way: str) -> dict[str, Command]:
    """Return all commands, each doing nothing but note itself.

    By a link /start does what it does.
    """

    def watched(command: Command) -> Command:
        async def run(request: Request) -> Reply:
            ran.append(command.name)
            if way == "by a link" and command.name == "start":
                return await command.run(request)
            return Reply(plain(str(request.role)))

        async def suggest(request: Context, text: str) -> list[Suggestion]:
            del request, text
            ran.append(command.name)
            return []

        params = [one if one.suggest is None else dataclasses.replace(one, suggest=suggest) for one in command.params]
        return dataclasses.replace(command, run=run, params=tuple(params))

    return {name: watched(command) for name, command in COMMANDS.items()}


def _may(command: Command, kind: ChatKind, role: Role, traits: Traits, way: str) -> bool:
    """Say who may, in other words than the rule does."""
    among_others = kind is not ChatKind.PRIVATE
    if way == "inline" or (way == "by a link" and command.name not in LINKED):
        return False
    if way == "suggested" and all(param.suggest is None for param in command.params):
        return False
    if way == "forwarded" and command.name not in (FALLBACK, OPEN):
        return False
    if way == "mended":
        role = Role.READER
        if command.role > Role.READER or command.changes_chat or command.acts:
            return False
    if kind is ChatKind.CHANNEL and not traits.answers_alone and role < Role.CHAT_ADMIN:
        return False
    return role >= command.role and not (among_others and command.changes_chat and role < Role.CHAT_ADMIN)


def _dialogue(world: World, traits: Traits, ran: list[str], way: str) -> Dialogue:
    commands = _watched(ran, way)
    return Dialogue(Router(commands), Services.of(world.core), world.clock, traits)


@pytest.mark.parametrize("way", ASKING)
@pytest.mark.parametrize("kind", ChatKind)
@pytest.mark.parametrize("traits", [PRESSED, ALONE], ids=["in sight of all", "alone"])
async def test_nobody_has_done_what_they_may_not(tmp_path: Path, way: str, kind: ChatKind, traits: Traits) -> None:
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        ran: list[str] = []
        dialogue = _dialogue(world, traits, ran, way)
        for role in ROLES:
            target = Target("console", f"{kind}-{role}", account="console:x")
            for command in dialogue._router.commands.values():
                ran.clear()
                await ASKING[way](dialogue, target, role, kind, command)
                allowed = {name for name in ran if _may(COMMANDS[name], kind, role, traits, way)}
                assert set(ran) == allowed, (command.name, role)
                if way in ("typed", "pressed", "suggested") and _may(command, kind, role, traits, way):
                    assert set(ran) == {command.name}, (command.name, role)
        if way in LEAVING_NOTHING:
            assert await world.sql("SELECT 1 FROM subscriptions") == []
            assert await world.sql("SELECT 1 FROM chats WHERE language <> 'bn' OR state <> 'active'") == []
        if way in ("inline", "suggested"):
            assert await world.sql("SELECT 1 FROM chats") == [], "who only looks leaves nothing behind"


async def test_the_table_has_what_it_forbids_and_what_it_allows() -> None:
    rows = [
        (_may(command, kind, role, traits, way), way)
        for command in COMMANDS.values()
        for kind in ChatKind
        for role in ROLES
        for traits in (PRESSED, ALONE)
        for way in ASKING
    ]
    # Inline mode knows no commands: there whatever is typed is looked for.
    both = {(allowed, way) for allowed in (True, False) for way in ASKING if way != "inline"}
    assert {(allowed, way) for allowed, way in rows} == both | {(False, "inline")}


async def test_a_link_opens_what_it_names_and_chooses_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা",))
        ran: list[str] = []
        dialogue = _dialogue(world, PRESSED, ran, "by a link")
        target = Target("console", "x", account="console:x")
        for payload, shows in (
            ("a_1", "পদ্মায় নৌকাডুবি"),
            ("t_1_0", "পদ্মায় নৌকাডুবি"),
            ("begin", "স্বাগতম"),
            ("quick", "স্বাগতম"),
            ("night", "স্বাগতম"),
        ):
            reply = await dialogue.reply(target, "x:1", Role.READER, f"/start {payload}")
            assert shows in text(reply), payload
        await dialogue.reply(target, "x:1", Role.READER, "/start export")
        assert ran[-1] == "export"
        assert await world.sql("SELECT 1 FROM subscriptions") == []
