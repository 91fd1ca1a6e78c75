"""What people fill in, as the platform hands it on.

A text that its fields would not take fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.people import Role, User
from tests.fakes.discord.places import Channel
from tests.fakes.discord.reading import RADIO, TEXT_SELECT, every

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.fakes.discord.people import Member
    from tests.fakes.discord.places import Guild

    Command = dict[str, Any]

SUBCOMMAND, GROUP, TEXT, INTEGER, BOOLEAN, NUMBER = 1, 2, 3, 4, 5, 10
PYTHON: dict[int, type | tuple[type, ...]] = {
    TEXT: str,
    INTEGER: int,
    BOOLEAN: bool,
    NUMBER: (int, float),
    6: User,
    7: Channel,
    8: Role,
    9: (User, Role),
}


def find(known: Iterable[Command], words: list[str]) -> tuple[Command, list[Command]]:
    """Return a command and the steps to the one meant.

    Within it.
    """
    among, steps = list(known), []
    for word in words:
        found = [one for one in among if one["name"] == word]
        assert found, (word, [one["name"] for one in among])
        steps.append(found[0])
        among = [one for one in found[0].get("options", ()) if one["type"] in (SUBCOMMAND, GROUP)]
    return steps[0], steps


def options(definition: Command, given: dict[str, Any], *, focused: str = "") -> list[dict[str, Any]]:
    """Return what stands in the fields.

    While somebody still types nothing has to be filled in.
    """
    known = {one["name"]: one for one in definition.get("options", ()) if one["type"] > GROUP}
    assert given.keys() <= known.keys(), (given, list(known))
    missing = [name for name, one in known.items() if one.get("required") and name not in given]
    assert focused or not missing, f"{missing} has to be filled in"
    assert not focused or known[focused].get("autocomplete"), f"{focused} suggests nothing"
    return [
        {
            "name": name,
            "type": known[name]["type"],
            "value": _value(known[name], value, typing=name == focused),
            **({"focused": True} if name == focused else {}),
        }
        for name, value in {**given, **({focused: given.get(focused, "")} if focused else {})}.items()
    ]


def _value(option: dict[str, Any], value: Any, *, typing: bool) -> Any:  # noqa: ANN401 - whatever the field takes
    if typing:
        return str(value)
    assert isinstance(value, PYTHON[option["type"]]), (option, value)
    choices = [one["value"] for one in option.get("choices", ())]
    assert not choices or value in choices, (value, choices)
    if option["type"] in (INTEGER, NUMBER):
        assert option.get("min_value", value) <= value <= option.get("max_value", value), option
    if isinstance(value, str):
        assert option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000), option
    return getattr(value, "id", value)


def command(definition: Command, steps: list[Command], filled: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a command as it was used."""
    within = filled
    for step in reversed(steps[1:]):
        within = [{"name": step["name"], "type": step["type"], "options": within}]
    data = {"id": definition["id"], "name": definition["name"], "type": definition.get("type", 1), "options": within}
    if "guild_id" in definition:
        data["guild_id"] = definition["guild_id"]
    return data


def chosen(select: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    """Return what was chosen."""
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    assert least <= len(values) <= most, (least, most, values)
    if select["type"] == TEXT_SELECT:
        known = [one["value"] for one in select["options"]]
        assert set(values) <= set(known), (values, known)
        return {"values": values}
    return {"values": [one.id for one in values]}


def window(modal: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """Return a window as it was sent."""
    fields = [one for one in every(modal["components"]) if "custom_id" in one]
    assert written.keys() <= {one["custom_id"] for one in fields}, fields
    sent = [_sent(one, written) for one in modal["components"]]
    return {"custom_id": modal["custom_id"], "components": sent}


def _sent(one: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    made = {"type": one["type"], "id": one.get("id", 0)}
    if "components" in one:
        made["components"] = [_sent(within, written) for within in one["components"]]
    if "component" in one:
        made["component"] = _sent(one["component"], written)
    if "custom_id" in one:
        made["custom_id"] = one["custom_id"]
        made |= _written(one, written.get(one["custom_id"]))
    return made


def _written(field: dict[str, Any], value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the field takes
    required = field.get("required", True)
    if isinstance(value, list):
        return chosen(field, value)
    if field["type"] == RADIO:
        options = {one["value"]: bool(one.get("default")) for one in field["options"]}
        picked = value or next((name for name, default in options.items() if default), None)
        assert picked in options or not (picked or required), (picked, list(options))
        return {"value": picked}
    text = str(value if value is not None else field.get("value") or "")
    assert text or not required, f"{field['custom_id']} has to be filled in"
    assert not text or field.get("min_length", 0) <= len(text) <= field.get("max_length", 4000), field
    return {"value": text}


def resolved(guild: Guild | None, values: Iterable[Any]) -> dict[str, Any]:
    """Return what is known of users, channels and roles that were named."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        match value:
            case User():
                found.setdefault("users", {})[value.id] = value.as_json()
                if guild is not None and value.id in guild.members:
                    found.setdefault("members", {})[value.id] = _without(
                        guild.members[value.id], "user", "deaf", "mute"
                    )
            case Role():
                found.setdefault("roles", {})[value.id] = value.as_json()
            case Channel():
                found.setdefault("channels", {})[value.id] = {**value.as_json(), "permissions": "0"}
            case list():
                for name, known in resolved(guild, value).get("resolved", {}).items():
                    found.setdefault(name, {}).update(known)
            case _:
                pass
    return {"resolved": found} if found else {}


def _without(member: Member, *names: str) -> dict[str, Any]:
    return {name: value for name, value in member.as_json().items() if name not in names}
