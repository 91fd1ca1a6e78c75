"""The API's side of interactions: acknowledging, answering, changing the answer, saying more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import bodies, windows
from tests.fakes.discord.asked import (
    ACKNOWLEDGED_WITHIN,
    ANSWERED_WITHIN,
    AUTOCOMPLETE,
    CHANGE,
    CHANGE_LATER,
    COMMAND,
    COMPONENT,
    LATER,
    MESSAGE,
    MODAL,
    SUGGEST,
    WINDOW,
    Asked,
)
from tests.fakes.discord.messages import COMMAND as COMMAND_MESSAGE
from tests.fakes.discord.messages import DEFAULT, REPLY, Flag, Shown
from tests.fakes.discord.posting import edited
from tests.fakes.discord.refusals import Form, refusal
from tests.fakes.discord.snowflakes import seconds_between

if TYPE_CHECKING:
    from tests.fakes.discord.calls import Call
    from tests.fakes.discord.state import State

FITS = {
    COMMAND: {MESSAGE, LATER, WINDOW},
    COMPONENT: {MESSAGE, LATER, CHANGE_LATER, CHANGE, WINDOW},
    AUTOCOMPLETE: {SUGGEST},
    MODAL: {MESSAGE, LATER, CHANGE_LATER, CHANGE},
}
CHOICES, CHOICE = 25, 100


def acknowledge(state: State, call: Call) -> object:
    """POST /interactions/{interaction}/{token}/callback."""
    asked = state.asked.get(call.ids["interaction"])
    if asked is None or asked.token != call.ids["token"]:
        raise refusal(10062)
    if asked.callback is not None:
        raise refusal(40060)
    if seconds_between(asked.at, state.clock()) > ACKNOWLEDGED_WITHIN:
        raise refusal(10062)
    kind = _kind(asked, call.fields)
    _carry_out(state, asked, kind, call)
    asked.callback = call.fields
    if call.query.get("with_response", "").lower() not in ("true", "1"):
        return None
    return _told(asked, kind)


def _kind(asked: Asked, body: dict[str, Any]) -> int:
    """Return how it is answered, if such may be answered so.

    A window from nowhere has no message to change.
    """
    form, kind = Form(), body.get("type")
    fits = FITS[asked.kind] if asked.pressed or asked.kind != MODAL else {MESSAGE, LATER}
    form.choice(kind, ("type",), sorted(fits))
    form.finish()
    return int(body["type"])


def _carry_out(state: State, asked: Asked, kind: int, call: Call) -> None:
    match kind:
        case 4:
            asked.original = _made(state, asked, COMMAND_MESSAGE if asked.kind == COMMAND else REPLY)
            bodies.put(state, asked.original, call, new=True, under="data")
            _lay(state, asked.original)
        case 5:
            asked.original = _made(state, asked, COMMAND_MESSAGE if asked.kind == COMMAND else REPLY)
            wanted = Flag(int((call.fields.get("data") or {}).get("flags") or 0))
            asked.original.flags = int(Flag.LOADING | wanted & (Flag.EPHEMERAL | Flag.COMPONENTS_V2))
            _lay(state, asked.original)
        case 6:
            assert asked.pressed is not None
            asked.original, asked.edits_before = asked.pressed, asked.pressed.edits
        case 7:
            assert asked.pressed is not None
            bodies.put(state, asked.pressed, call, new=False, under="data")
            asked.original = asked.pressed
            edited(state, asked.pressed)
        case 8:
            _judge_choices(call.fields.get("data") or {})
        case _:
            windows.judge(call.fields.get("data") or {})


def _judge_choices(data: dict[str, Any]) -> None:
    form, choices = Form(), data.get("choices") or []
    form.count(choices, ("data", "choices"), 0, CHOICES)
    for number, choice in enumerate(choices):
        place = ("data", "choices", number)
        form.length(choice.get("name"), (*place, "name"), 1, CHOICE)
        if isinstance(choice.get("value"), str | None):
            form.length(choice.get("value"), (*place, "value"), 1, CHOICE)
    form.finish()


def _told(asked: Asked, kind: int) -> object:
    shown = asked.original
    interaction: dict[str, Any] = {"id": asked.id, "type": asked.kind}
    resource: dict[str, Any] = {"type": kind}
    if shown is not None and kind in (MESSAGE, LATER, CHANGE):
        interaction |= {
            "response_message_id": shown.id,
            "response_message_loading": shown.loading,
            "response_message_ephemeral": shown.ephemeral,
        }
        resource["message"] = shown.as_json()
    return {"interaction": interaction, **({"resource": resource} if kind != SUGGEST else {})}


def _made(state: State, asked: Asked, kind: int) -> Shown:
    """Make a message that answers."""
    shown = Shown(state.number(), asked.channel, state.bot, state.clock(), kind=kind)
    shown.asked = {
        "application_id": state.application,
        "interaction_metadata": {
            "id": asked.id,
            "type": asked.kind,
            "user": asked.user.as_json(),
            "authorizing_integration_owners": {"0": asked.channel.guild.id if asked.channel.guild else "0"},
        },
    }
    shown.reader = asked.user
    if kind == REPLY:
        shown.answers = asked.pressed
        shown.kind = REPLY if asked.pressed is not None else DEFAULT
    return shown


def _lay(state: State, shown: Shown) -> None:
    """Put it where all see it, unless it is for one alone."""
    if not shown.ephemeral:
        shown.reader = None
        state.lay(shown)


# --- afterwards ---


def follow_up(state: State, call: Call) -> object:
    """POST /webhooks/{webhook}/{token}: the first one after «is thinking» takes its place."""
    asked = _found(state, call)
    original = asked.original
    if original is not None and original.loading:
        return _change(state, original, call)
    shown = _made(state, asked, REPLY)
    shown.answers = original
    shown.kind = REPLY if original is not None else DEFAULT
    bodies.put(state, shown, call, new=True)
    asked.followups.append(shown)
    _lay(state, shown)
    return shown.as_json()


def change(state: State, call: Call) -> object:
    """PATCH /webhooks/{webhook}/{token}/messages/{message}."""
    return _change(state, _message(_found(state, call), call), call)


def look(state: State, call: Call) -> object:
    """GET /webhooks/{webhook}/{token}/messages/{message}."""
    return _message(_found(state, call), call).as_json()


def remove(state: State, call: Call) -> object:
    """DELETE /webhooks/{webhook}/{token}/messages/{message}."""
    state.take_away(_message(_found(state, call), call))
    return None


def _found(state: State, call: Call) -> Asked:
    if call.ids["webhook"] != state.application:
        raise refusal(10015)
    for asked in state.asked.values():
        if asked.token == call.ids["token"]:
            if seconds_between(asked.at, state.clock()) > ANSWERED_WITHIN:
                raise refusal(50027)
            if not asked.acknowledged or asked.kind == AUTOCOMPLETE:
                raise refusal(10015)
            return asked
    raise refusal(10015)


def _message(asked: Asked, call: Call) -> Shown:
    named = call.ids["message"]
    for shown in (asked.original, *asked.followups):
        if shown is None or shown.deleted:
            continue
        if shown.id == named or (named == "@original" and shown is asked.original):
            return shown
    raise refusal(10008)


def _change(state: State, shown: Shown, call: Call) -> object:
    bodies.put(state, shown, call, new=False)
    edited(state, shown)
    return shown.as_json()


ROUTES = {
    "POST /interactions/{interaction}/{token}/callback": acknowledge,
    "POST /webhooks/{webhook}/{token}": follow_up,
    "GET /webhooks/{webhook}/{token}/messages/{message}": look,
    "PATCH /webhooks/{webhook}/{token}/messages/{message}": change,
    "DELETE /webhooks/{webhook}/{token}/messages/{message}": remove,
}
