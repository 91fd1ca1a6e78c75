"""Slash commands as the platform is told of them: from the commands that there are, and only when something changed."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.bangla.cut import cut
from bot.values.chats import Role
from handlers.platforms.discord.incoming import MANAGE_SERVER
from handlers.platforms.discord.rest import Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handlers.command import Command
    from handlers.platforms.discord.rest import Rest

    Json = dict[str, Any]

log = logging.getLogger(__name__)

TEXT, NUMBER = 3, 4
LONGEST = 100
"""Letters of a description."""
GUILD, DIRECT = 0, 1
MOST = 10
NAMED = re.compile(r"[a-z0-9_-]{1,32}")
DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "latest": "সর্বশেষ খবর দেখুন · Latest news",
        "today": "আজকের খবর একনজরে · Today at a glance",
        "search": "যেকোনো খবর খুঁজুন, বাংলা বা ইংরেজি হরফে · Search, in Bengali or Roman letters",
        "tag": "একটি বিষয়ের খবর · News on one topic",
        "topics": "বিভাগ ও আলোচিত বিষয় · Sections and busy topics",
        "read": "তালিকার একটি খবর পুরো পড়ুন · Read one story in full",
        "follow": "বিষয় ফলো করুন: নিজের ইনবক্সে বা এই চ্যানেলে · Follow a topic, by DM or in this channel",
        "following": "কী কী ফলো করা হচ্ছে · What is being followed",
        "mute": "একটি বিষয় বা সংবাদমাধ্যম বাদ দিন · Leave out a topic or an outlet",
        "sources": "কোন কোন সংবাদমাধ্যম আছে · Which outlets are here",
        "setup": "তিন ধাপে সার্ভারে খবর চালু করুন · Set up news here in three choices",
        "settings": "সময়, ধরন, চ্যানেল, ভাষা · Times, style, channel, language",
        "status": "খবর ঠিকমতো যাচ্ছে কি না · Is news arriving here",
        "verify": "ফটোকার্ডের কোড যাচাই করুন · Check a photo card's code",
        "help": "কীভাবে ব্যবহার করবেন · How to use it",
    }
)
SETUP = "setup"
WHERE, HERE, INBOX = "where", "here", "inbox"


@dataclass(frozen=True, slots=True)
class Option:
    """A field of a command; those that are filled in make up its argument, in this order."""

    name: str
    description: str
    kind: int = TEXT
    required: bool = False
    suggested: bool = False
    """Whether the command's own suggestions belong to it."""


TOPIC = Option("topic", "বিষয়, যেমন ইরান", required=True, suggested=True)
COUNT = Option("count", "কয়টি খবর (১–১০)", NUMBER)
OUTLET = Option("source", "সংবাদমাধ্যম", suggested=True)
PLACE = Option("number", "তালিকার নম্বর", NUMBER, required=True)
OPTIONS: Mapping[str, tuple[Option, ...]] = MappingProxyType(
    {
        "latest": (COUNT, OUTLET),
        "tag": (TOPIC, COUNT),
        "search": (Option("words", "যা খুঁজছেন", required=True),),
        "read": (PLACE,),
        **dict.fromkeys(("follow", "mute", "unfollow", "unmute"), (TOPIC,)),
    }
)
"""The fields of commands whose argument has parts; any other that takes one has a single field."""
OWN = frozenset({"follow", "mute", "unfollow", "unmute"})
"""In a server these are about one's own news, unless it is said that the channel's are meant."""
WITH_WHERE = OWN | {"following"}
PUBLIC = frozenset({"latest", "today", "search", "tag", "topics", "sources", "help"})
"""Their answers are for all who are there."""
UNSUITED = frozenset({"keyboard"})
ONLY_DIRECT = frozenset({"start"})


def is_slash(command: Command) -> bool:
    """Tell whether a command is offered; what concerns a newsroom's admins is written to the bot."""
    offered = not command.hidden and command.role <= Role.CHAT_ADMIN and command.name not in UNSUITED
    return offered and NAMED.fullmatch(command.name) is not None


def is_public(command: Command) -> bool:
    """Tell whether an answer in a server is for all: so is that of a command nobody here knows of."""
    if command.name in DESCRIPTIONS:
        return command.name in PUBLIC
    return not command.changes_chat and command.role is Role.READER and command.name not in {"why", "more"}


def is_for_managers(command: Command) -> bool:
    """Tell whether the platform shows it in a server to who manages that alone, until its settings say otherwise."""
    return command.changes_chat and command.name not in OWN


def fields(command: Command) -> tuple[Option, ...]:
    """Return what can be filled in."""
    if command.name in OPTIONS:
        return OPTIONS[command.name]
    if not command.takes_words:
        return ()
    said = command.usage or command.summary.bn
    return (Option("text", said, suggested=command.suggest is not None),)


def argument(command: Command, filled: Mapping[str, str]) -> str:
    """Put what was filled in into the argument that the command reads."""
    return " ".join(filled[one.name] for one in fields(command) if filled.get(one.name))


def definitions(commands: Mapping[str, Command]) -> list[Json]:
    """Return all slash commands as the platform takes them."""
    setup = _definition(SETUP, DESCRIPTIONS[SETUP], [], manager=True, contexts=[GUILD])
    return [*(_of(command) for command in commands.values() if is_slash(command)), setup]


def _of(command: Command) -> Json:
    said = DESCRIPTIONS.get(command.name, f"{command.summary.bn} · {command.summary.en}")
    contexts = [DIRECT] if command.name in ONLY_DIRECT else [GUILD, DIRECT]
    options = [_option(one, command) for one in fields(command)]
    if command.name in WITH_WHERE:
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


def _option(option: Option, command: Command) -> Json:
    made: Json = {"type": option.kind, "name": option.name, "description": cut(option.description, LONGEST)}
    if option.required:
        made["required"] = True
    if option.kind == NUMBER:
        made["min_value"] = 1
    if option is COUNT:
        made["max_value"] = MOST
    if option.suggested and command.suggest is not None:
        made["autocomplete"] = True
    return made


def _where() -> Json:
    choices = [{"name": "ইনবক্স", "value": INBOX}, {"name": "এই চ্যানেল", "value": HERE}]
    return {"type": TEXT, "name": WHERE, "description": "কোথায়: ইনবক্স / এই চ্যানেল", "choices": choices}


# --- telling the platform ---


async def publish(rest: Rest, application: str, commands: Mapping[str, Command]) -> bool:
    """Make the platform know these commands; return whether it had to be told: 200 a day are all it takes."""
    wanted = definitions(commands)
    known = await rest.call(Route("GET", "/applications/{}/commands", (application,)), patience=30)
    if _comparable(known) == _comparable(wanted):
        return False
    await rest.call(Route("PUT", "/applications/{}/commands", (application,)), wanted, patience=30)
    log.info("slash commands were told to the platform")
    return True


def _comparable(definitions: Iterable[Json]) -> dict[str, Json]:
    """Reduce definitions to what we say: the platform adds much, and leaves out what is usual."""
    kept = ("description", "default_member_permissions", "contexts")
    return {
        str(one["name"]): {
            **{name: one.get(name) for name in kept},
            "options": [_significant(option) for option in one.get("options") or ()],
        }
        for one in definitions
    }


def _significant(option: Json) -> Json:
    names = ("type", "name", "description", "min_value", "max_value", "required", "autocomplete")
    choices = [(one["name"], one["value"]) for one in option.get("choices") or ()]
    return {**{name: option[name] for name in names if option.get(name)}, "choices": choices}
