"""Where the bot may speak, as a table.

Every command, by every way, in every place, for everybody.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from bot.values.calls import Call
from bot.values.chats import ChatKind, Role, Target
from bot.values.messages import Reply, Traits, plain
from handlers.buttons import OldButton
from handlers.context import Services
from handlers.dialogue import Dialogue
from handlers.discovery import discover
from handlers.router import FALLBACK, OPEN, Router
from tests.fakes.world import PRESSED, World, a_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from handlers.command import Command, Request

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
}


def _watched(ran: list[str]) -> dict[str, Command]:
    """Return all commands, each doing nothing but note that it ran."""

    def watched(command: Command) -> Command:
        async def run(request: Request) -> Reply:
            ran.append(command.name)
            return Reply(plain(str(request.role)))

        return dataclasses.replace(command, run=run)

    return {name: watched(command) for name, command in COMMANDS.items()}


def _may(command: Command, kind: ChatKind, role: Role, traits: Traits, way: str) -> bool:
    """Say who may, in other words than the rule does."""
    among_others = kind is not ChatKind.PRIVATE
    if way == "forwarded" and command.name not in (FALLBACK, OPEN):
        return False
    if way == "mended":
        role = Role.READER
        if command.role > Role.READER or command.changes_chat or command.acts:
            return False
    if kind is ChatKind.CHANNEL and not traits.answers_alone and role < Role.CHAT_ADMIN:
        return False
    return role >= command.role and not (among_others and command.changes_chat and role < Role.CHAT_ADMIN)


def _dialogue(world: World, traits: Traits, ran: list[str]) -> Dialogue:
    commands = _watched(ran)
    return Dialogue(Router(commands), Services.of(world.core), world.clock, traits)


@pytest.mark.parametrize("way", ASKING)
@pytest.mark.parametrize("kind", ChatKind)
@pytest.mark.parametrize("traits", [PRESSED, ALONE], ids=["in sight of all", "alone"])
async def test_nobody_has_done_what_they_may_not(tmp_path: Path, way: str, kind: ChatKind, traits: Traits) -> None:
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        ran: list[str] = []
        dialogue = _dialogue(world, traits, ran)
        for role in ROLES:
            target = Target("console", f"{kind}-{role}", account="console:x")
            for command in COMMANDS.values():
                ran.clear()
                await ASKING[way](dialogue, target, role, kind, command)
                allowed = {name for name in ran if _may(COMMANDS[name], kind, role, traits, way)}
                assert set(ran) == allowed, (command.name, role)
                if way in ("typed", "pressed") and _may(command, kind, role, traits, way):
                    assert ran == [command.name], (command.name, role)


async def test_the_table_has_what_it_forbids_and_what_it_allows() -> None:
    rows = [
        (_may(command, kind, role, traits, way), way)
        for command in COMMANDS.values()
        for kind in ChatKind
        for role in ROLES
        for traits in (PRESSED, ALONE)
        for way in ASKING
    ]
    assert {(allowed, way) for allowed, way in rows} == {(allowed, way) for allowed in (True, False) for way in ASKING}
