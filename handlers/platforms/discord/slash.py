"""Publishes commands as slash commands.

They are made from the commands that there are, and sent only when something changed.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from bot.bangla.cut import cut
from bot.values.calls import Call
from bot.values.chats import Role
from handlers import arguments
from handlers.command import Audience
from handlers.params import CountParam, PositionParam
from handlers.platforms.discord.incoming import MANAGE_SERVER
from handlers.platforms.discord.rest import RestRoute, objects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.values.calls import Value
    from handlers.command import Command
    from handlers.context import Context
    from handlers.params import Param, Suggest
    from handlers.platforms.discord.rest import Rest

    Json = dict[str, Any]

log = logging.getLogger(__name__)

TEXT, NUMBER = 3, 4
LONGEST = 100
"""Letters of a description."""
GUILD, DIRECT = 0, 1
NAMED = re.compile(r"[a-z0-9_-]{1,32}")
SETUP = "setup"
SET_UP = "তিন ধাপে সার্ভারে খবর চালু করুন · Set up news here in three choices"
WHERE, HERE, INBOX = "where", "here", "inbox"


NUMBERS = (CountParam, PositionParam)
"""Parameters that a field for numbers fills."""


def is_slash(command: Command) -> bool:
    """Return whether a command is offered as one.

    Commands for a newsroom's admins are written to the bot instead.
    """
    offered = not command.hidden and command.role <= Role.CHAT_ADMIN
    return offered and NAMED.fullmatch(command.name) is not None


def is_public(command: Command) -> bool:
    """Tell whether an answer in a server is for all."""
    return command.whom is Audience.CHANNEL


def is_for_managers(command: Command) -> bool:
    """Return whether the platform shows it to managers alone.

    It does so in a server until its settings say otherwise.
    """
    return command.changes_chat and command.whom is not Audience.PERSON


def fields(command: Command) -> list[Param[Value]]:
    """Return the fields that can be filled in.

    They are those that help names and a reader can be told of.
    """
    found = [one for one in command.params if not one.asked_only and one.label is not None]
    return sorted(found, key=lambda one: not one.required)


def suggest(command: Command, field: str) -> Suggest | None:
    """Return what suggests values for a field."""
    return next((one.suggest for one in fields(command) if one.name == field), None)


async def call(command: Command, filled: Mapping[str, str], at: Context) -> Call:
    """Return the call that filled fields stand for.

    A parameter without a field is read behind the words of another: «ইরান এলেই».
    """
    made, offered = Call(command.name), fields(command)
    behind = [one for one in command.params if one not in offered and not one.asked_only]
    for param in offered:
        if not (text := filled.get(param.name)):
            continue
        if param.many and behind:
            read = await arguments.read(command.name, (param, *behind), text, at)
            made = Call(command.name, (*made.values, *read.values))
        else:
            made = made.filled(param.name, await param.read(text, at))
    return made


def definitions(commands: Mapping[str, Command]) -> list[Json]:
    """Return all slash commands as the platform takes them."""
    setup = _definition(SETUP, SET_UP, [], manager=True, contexts=[GUILD])
    return [*(_of(command) for command in commands.values() if is_slash(command)), setup]


def _of(command: Command) -> Json:
    said = " · ".join(command.described or command.summary)
    contexts = [DIRECT] if command.alone else [GUILD, DIRECT]
    options = [_option(one) for one in fields(command)]
    if command.or_here:
        options.append(_where())
    return _definition(command.name, said, options, manager=is_for_managers(command), contexts=contexts)


def _definition(name: str, said: str, options: list[Json], *, manager: bool, contexts: list[int]) -> Json:
    return {
        "name": name,
        "type": 1,
        "description": cut(said, LONGEST),
        "options": options,
        "default_member_permissions": str(MANAGE_SERVER) if manager else None,
        "contexts": contexts,
        "integration_types": [0],
    }


def _option(param: Param[Value]) -> Json:
    said = param.label.bn if param.label is not None else param.name
    kind = NUMBER if isinstance(param, NUMBERS) else TEXT
    made: Json = {"type": kind, "name": param.name, "description": cut(said, LONGEST)}
    if param.required:
        made["required"] = True
    if kind == NUMBER:
        made["min_value"] = 1
    if isinstance(param, CountParam):
        made["max_value"] = param.offered
    if param.suggest is not None:
        made["autocomplete"] = True
    return made


def _where() -> Json:
    choices = [{"name": "ইনবক্স", "value": INBOX}, {"name": "এই চ্যানেল", "value": HERE}]
    return {"type": TEXT, "name": WHERE, "description": "কোথায়: ইনবক্স / এই চ্যানেল", "choices": choices}


# --- telling the platform ---


async def publish(rest: Rest, application: str, commands: Mapping[str, Command]) -> bool:
    """Make the platform know these commands.

    Return whether it had to be told: 200 a day are all it takes.
    """
    wanted = definitions(commands)
    known = await rest.call(RestRoute("GET", "/applications/{}/commands", (application,)), patience=30)
    if _comparable(known) == _comparable(wanted):
        return False
    await rest.call(RestRoute("PUT", "/applications/{}/commands", (application,)), wanted, patience=30)
    log.info("slash commands were told to the platform")
    return True


def _comparable(definitions: Iterable[Json]) -> dict[str, Json]:
    """Reduce definitions to what we say.

    The platform adds much, and leaves out what is usual.
    """
    kept = ("description", "default_member_permissions", "contexts")
    return {
        str(one.get("name")): {
            **{name: one.get(name) for name in kept},
            "options": [_significant(option) for option in objects_of(one.get("options"))],
        }
        for one in definitions
    }


def _significant(option: Json) -> Json:
    names = ("type", "name", "description", "min_value", "max_value", "required", "autocomplete")
    choices = [(one.get("name"), one.get("value")) for one in objects_of(option.get("choices"))]
    return {**{name: option[name] for name in names if option.get(name)}, "choices": choices}
