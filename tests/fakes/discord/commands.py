"""Slash commands as a bot may register them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.refusals import Form, refusal

if TYPE_CHECKING:
    from tests.fakes.discord.calls import Call
    from tests.fakes.discord.refusals import Refusal
    from tests.fakes.discord.state import State

    Path = tuple[str | int, ...]

MOST, OPTIONS, CHOICES, TEXT, TOGETHER, A_DAY = 100, 25, 25, 100, 8000, 200
# As documented: letters of all scripts without their vowel signs, but for Devanagari and Thai.
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
SUBCOMMAND, GROUP = 1, 2
TYPES = range(1, 12)


def get(state: State, call: Call) -> object:
    """GET /applications/{application}/commands, or those of one guild."""
    return state.commands.get(call.ids.get("guild", ""), [])


def put(state: State, call: Call) -> object:
    """PUT /applications/{application}/commands: these instead of all that there were."""
    body, form = call.body, Form()
    if not isinstance(body, list):
        form.wrong((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        form.finish()
        return None
    if len(body) > MOST:
        raise refusal(30032)
    for number, one in enumerate(body):
        _judge_command(form, one, (number,))
    _judge_names(form, body, ())
    form.finish()
    where = call.ids.get("guild", "")
    before = {(one["type"], one["name"]): one for one in state.commands.get(where, ())}
    new = sum((one.get("type", 1), one["name"]) not in before for one in body)
    if state.command_creations + new > A_DAY:
        raise _too_many_today()
    state.command_creations += new
    state.commands[where] = [_made(state, one, before, where) for one in body]
    return state.commands[where]


def _too_many_today() -> Refusal:
    return refusal(30034)


def _made(state: State, one: dict[str, Any], before: dict[Any, dict[str, Any]], guild: str) -> dict[str, Any]:
    old = before.get((one.get("type", 1), one["name"]), {})
    return {
        "id": old.get("id") or state.number(),
        "application_id": state.application,
        "version": state.number(),
        "default_member_permissions": None,
        "type": 1,
        "nsfw": False,
        "integration_types": [0],
        "contexts": None,
        **({"guild_id": guild} if guild else {"dm_permission": True}),
        **one,
        "name_localizations": one.get("name_localizations"),
        "description_localizations": one.get("description_localizations"),
        "options": one.get("options") or [],
    }


def _judge_command(form: Form, one: dict[str, Any], at: Path) -> None:
    kind = one.get("type", 1)
    if not form.choice(kind, (*at, "type"), (1, 2, 3, 4)):
        return
    if kind != 1:
        form.length(one.get("name"), (*at, "name"), 1, 32)
        return
    _judge_name(form, one.get("name"), (*at, "name"))
    form.length(one.get("description"), (*at, "description"), 1, TEXT)
    _judge_options(form, one.get("options") or [], (*at, "options"))
    if _letters(one) > TOGETHER:
        form.wrong(at, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({TOGETHER})")


def _judge_name(form: Form, name: str | None, at: Path) -> None:
    if not name:
        form.required(at)
    elif not _NAME.fullmatch(name) or name != name.lower():
        form.wrong(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _judge_names(form: Form, those: list[dict[str, Any]], at: Path) -> None:
    names = [(one.get("type", 1), one.get("name")) for one in those]
    for number, name in enumerate(names):
        if name in names[:number]:
            words = "Application command names must be unique"
            form.wrong((*at, number), "APPLICATION_COMMANDS_DUPLICATE_NAME", words)


def _judge_options(form: Form, options: list[dict[str, Any]], at: Path) -> None:
    form.count(options, at, 0, OPTIONS)
    optional = False
    for number, one in enumerate(options):
        _judge_option(form, one, (*at, number))
        if one.get("required") and optional:
            words = "Required options must be placed before non-required options"
            form.wrong((*at, number), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
        optional = optional or not one.get("required")
    names = [one.get("name") for one in options]
    if len(set(names)) < len(names):
        form.wrong(at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")


def _judge_option(form: Form, one: dict[str, Any], at: Path) -> None:
    if not form.choice(one.get("type"), (*at, "type"), TYPES):
        return
    _judge_name(form, one.get("name"), (*at, "name"))
    form.length(one.get("description"), (*at, "description"), 1, TEXT)
    if one["type"] in (SUBCOMMAND, GROUP):
        _judge_options(form, one.get("options") or [], (*at, "options"))
    choices = one.get("choices") or []
    form.count(choices, (*at, "choices"), 0, CHOICES)
    for number, choice in enumerate(choices):
        form.length(choice.get("name"), (*at, "choices", number, "name"), 1, TEXT)
        if isinstance(choice.get("value"), str):
            form.length(choice["value"], (*at, "choices", number, "value"), 1, TEXT)
    if choices and one.get("autocomplete"):
        words = "Autocomplete cannot be set to true if choices are present"
        form.wrong((*at, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE", words)


def _letters(one: dict[str, Any]) -> int:
    """Count names, descriptions and values, of options and choices too."""
    within = [*(one.get("options") or ()), *(one.get("choices") or ())]
    own = sum(len(str(one.get(name, ""))) for name in ("name", "description", "value"))
    return own + sum(_letters(inner) for inner in within)


ROUTES = {
    "GET /applications/{application}/commands": get,
    "PUT /applications/{application}/commands": put,
    "GET /applications/{application}/guilds/{guild}/commands": get,
    "PUT /applications/{application}/guilds/{guild}/commands": put,
}
