"""What a message may hold: text, embeds, components, files.

Judged and put on it as the platform does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import components
from tests.fakes.discord.embeds import judge as judge_embeds
from tests.fakes.discord.messages import Flag
from tests.fakes.discord.refusals import Form, refusal

if TYPE_CHECKING:
    from tests.fakes.discord.calls import Call
    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.state import State

CONTENT, NONCE = 2000, 25
SETTABLE = Flag.SUPPRESS_EMBEDS | Flag.SILENT | Flag.COMPONENTS_V2 | Flag.EPHEMERAL
LEGACY = ("content", "embeds", "sticker_ids", "poll")
_MENTION = re.compile(r"<@!?(\d+)>")


def put(state: State, shown: Shown, call: Call, *, new: bool, under: str = "") -> None:
    """Judge a body and put what it holds on a message.

    New or old; refuse what the platform refuses.
    """
    body: dict[str, Any] = call.fields.get(under) or {} if under else call.fields
    at: tuple[str | int, ...] = (under,) if under else ()
    form = Form()
    flags = _flags(shown, body, new=new)
    v2 = bool(flags & Flag.COMPONENTS_V2)
    after = {name: body[name] if name in body else getattr(shown, name) for name in ("content", "embeds", "components")}
    after = {name: value or ([] if name != "content" else "") for name, value in after.items()}
    if v2:
        _no_legacy(form, body, after, at)
    form.length(after["content"], (*at, "content"), 0, CONTENT)
    judge_embeds(form, after["embeds"], at)
    names = _names(call, body, shown)
    components.judge(form, after["components"], (*at, "components"), v2=v2, files=names)
    if body.get("nonce") is not None:
        form.length(str(body["nonce"]), (*at, "nonce"), 0, NONCE)
    form.finish()
    attachments = _attachments(state, shown, call, body)
    if not (after["content"].strip() or after["embeds"] or after["components"] or attachments):
        raise refusal(50006)
    shown.content, shown.embeds = after["content"], after["embeds"]
    shown.components = components.numbered(after["components"]) if "components" in body else after["components"]
    shown.attachments, shown.flags, shown.body = attachments, int(flags), body
    shown.allowed_mentions = body.get("allowed_mentions")
    shown.mentions = _mentioned(state, shown)


def _flags(shown: Shown, body: dict[str, Any], *, new: bool) -> Flag:
    """Return what is set.

    Made of components once is so for ever, and who sees it is settled at the beginning.
    """
    kept = Flag(shown.flags) & ~(Flag.SUPPRESS_EMBEDS | Flag.LOADING)
    asked = Flag(int(body.get("flags") or 0)) & SETTABLE
    return kept | (asked if new else asked & ~Flag.EPHEMERAL)


def _no_legacy(form: Form, body: dict[str, Any], after: dict[str, Any], at: tuple[str | int, ...]) -> None:
    for name in LEGACY:
        if body.get(name) or after.get(name):
            words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.wrong((*at, name), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)


def _names(call: Call, body: dict[str, Any], shown: Shown) -> set[str]:
    return {one["filename"] for one in call.files} | {one["filename"] for one in _kept(body, shown)}


def _kept(body: dict[str, Any], shown: Shown) -> list[dict[str, Any]]:
    if "attachments" not in body:
        return shown.attachments
    stay = {str(one.get("id")) for one in body["attachments"] or ()}
    return [one for one in shown.attachments if one["id"] in stay]


def _attachments(state: State, shown: Shown, call: Call, body: dict[str, Any]) -> list[dict[str, Any]]:
    new = []
    for file in call.files:
        number, size = state.number(), len(file["content"])
        url = f"https://cdn.example/attachments/{shown.channel.id}/{number}/{file['filename']}"
        new.append({"id": number, "filename": file["filename"], "size": size, "url": url, "proxy_url": url})
    return [*_kept(body, shown), *new]


def _mentioned(state: State, shown: Shown) -> list[Any]:
    """Return who is called.

    A source's text calls nobody where `allowed_mentions` says so.
    """
    allowed = shown.allowed_mentions or {"parse": ["users"]}
    if "users" not in allowed.get("parse", ()):
        return []
    return [state.users[number] for number in _MENTION.findall(shown.content) if number in state.users]
