"""The API's side of messages: posting, changing, taking away, looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import bodies
from tests.fakes.discord.messages import DEFAULT, REPLY, Flag, Shown
from tests.fakes.discord.people import User
from tests.fakes.discord.places import FORUM, NEWS, VOICE
from tests.fakes.discord.refusals import Form, refusal
from tests.fakes.discord.rights import Right

if TYPE_CHECKING:
    from tests.fakes.discord.calls import Call
    from tests.fakes.discord.places import Channel
    from tests.fakes.discord.state import State

MOST, USUALLY = 100, 50


def post(state: State, call: Call) -> object:
    """POST /channels/{channel}/messages."""
    channel = state.channel(call.ids["channel"])
    allow_writing(state, channel, call)
    body = call.fields
    nonce = None if body.get("nonce") is None else str(body["nonce"])
    if nonce is not None and body.get("enforce_nonce"):
        before = state.posted_before(nonce)
        if before is not None:
            return before.as_json()
    shown = Shown(state.number(), channel, state.bot, state.clock(), nonce=nonce)
    bodies.put(state, shown, call, new=True)
    _refer(state, shown, body.get("message_reference"))
    awaken(state, channel)
    state.lay(shown)
    return shown.as_json()


def change(state: State, call: Call) -> object:
    """PATCH /channels/{channel}/messages/{message}."""
    shown = _own(state, call)
    bodies.put(state, shown, call, new=False)
    edited(state, shown)
    return shown.as_json()


def edited(state: State, shown: Shown) -> None:
    """Note that a message was changed, and tell of it."""
    shown.edited, shown.edits = state.clock(), shown.edits + 1
    for copy in shown.copies:
        _copy(shown, copy)
    state.tell_message("MESSAGE_UPDATE", shown)


def remove(state: State, call: Call) -> object:
    """DELETE /channels/{channel}/messages/{message}."""
    channel = state.channel(call.ids["channel"])
    shown = state.message(channel, call.ids["message"])
    _awake(channel)
    if shown.author is not state.bot:
        if channel.guild is None:
            raise refusal(50003)
        require(state, channel, Right.MANAGE_MESSAGES)
    state.take_away(shown)
    return None


def look(state: State, call: Call) -> object:
    """GET /channels/{channel}/messages/{message}."""
    channel = state.channel(call.ids["channel"])
    require(state, channel, Right.READ_MESSAGE_HISTORY)
    return state.message(channel, call.ids["message"]).as_json()


def history(state: State, call: Call) -> object:
    """GET /channels/{channel}/messages: the newest first."""
    channel = state.channel(call.ids["channel"])
    if not channel.rights_of(state.bot) & Right.READ_MESSAGE_HISTORY:
        return []
    limit = int(call.query.get("limit", USUALLY))
    form = Form()
    if not 1 <= limit <= MOST:
        form.wrong(("limit",), "NUMBER_TYPE_MAX", f"int value should be less than or equal to {MOST}.")
    form.finish()
    numbers = [int(one.id) for one in channel.shown]
    if "before" in call.query:
        numbers = [one for one in numbers if one < int(call.query["before"])]
    if "after" in call.query:
        numbers = [one for one in numbers if one > int(call.query["after"])][:limit]
    return [channel.messages[str(one)].as_json() for one in reversed(numbers[-limit:])]


def publish(state: State, call: Call) -> object:
    """POST /channels/{channel}/messages/{message}/crosspost."""
    shown = _own(state, call)
    if shown.channel.kind != NEWS:
        raise refusal(50024)
    require(state, shown.channel, Right.SEND_MESSAGES)
    if shown.flags & Flag.CROSSPOSTED:
        raise refusal(40033)
    if shown.kind != DEFAULT:
        raise refusal(50068)
    shown.flags |= Flag.CROSSPOSTED
    for follower in shown.channel.followers:
        copy = Shown(state.number(), follower, User(state.number(), shown.channel.name, bot=True), state.clock())
        shown.copies.append(copy)
        follower.messages[copy.id] = copy
        _copy(shown, copy)
    state.tell_message("MESSAGE_UPDATE", shown)
    return shown.as_json()


def _copy(shown: Shown, copy: Shown) -> None:
    """Let a follower's copy show what the original does."""
    copy.content, copy.components, copy.embeds = shown.content, shown.components, shown.embeds
    copy.flags = int(Flag.IS_CROSSPOST | Flag(shown.flags) & (Flag.COMPONENTS_V2 | Flag.SUPPRESS_EMBEDS))


def type_on(state: State, call: Call) -> object:
    """POST /channels/{channel}/typing."""
    state.channel(call.ids["channel"])
    return None


# --- what may be done ---


def require(state: State, channel: Channel, rights: Right) -> None:
    """Refuse if the bot may not do that here."""
    if rights & ~channel.rights_of(state.bot):
        raise refusal(50013)


def allow_writing(state: State, channel: Channel, call: Call) -> None:
    """Refuse if the bot may not post this here."""
    if channel.kind == FORUM:
        raise refusal(40058)
    if channel.kind > VOICE and channel.kind != NEWS and not channel.is_thread:
        raise refusal(50008)
    if channel.recipient is not None:
        _reachable(state, channel)
        return
    require(state, channel, Right.SEND_MESSAGES_IN_THREADS if channel.is_thread else Right.SEND_MESSAGES)
    if call.files:
        require(state, channel, Right.ATTACH_FILES)
    if call.fields.get("embeds"):
        require(state, channel, Right.EMBED_LINKS)
    if channel.locked and not channel.rights_of(state.bot) & Right.MANAGE_THREADS:
        raise refusal(160005)


def awaken(state: State, thread: Channel) -> None:
    """Take a thread out of the archive: whoever writes in it does."""
    if thread.archived:
        thread.archived = False
        state.tell_place("THREAD_UPDATE", thread)


def _reachable(state: State, channel: Channel) -> None:
    user = channel.recipient
    assert user is not None
    if not any(user.id in guild.members for guild in state.guilds.values() if guild.joined):
        raise refusal(50278)
    if not user.accepts_messages:
        raise refusal(50007)


def _own(state: State, call: Call) -> Shown:
    channel = state.channel(call.ids["channel"])
    shown = state.message(channel, call.ids["message"])
    if shown.author is not state.bot:
        raise refusal(50005)
    _awake(channel)
    return shown


def _awake(channel: Channel) -> None:
    if channel.archived:
        raise refusal(50083)


def _refer(state: State, shown: Shown, reference: dict[str, Any] | None) -> None:
    """Make it an answer to another message of the channel."""
    if not reference:
        return
    if not shown.channel.rights_of(state.bot) & Right.READ_MESSAGE_HISTORY:
        raise refusal(160002)
    found = shown.channel.messages.get(str(reference.get("message_id")))
    if found is None and reference.get("fail_if_not_exists", True):
        form = Form()
        form.wrong(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        form.finish()
    if found is not None:
        shown.answers, shown.kind = found, REPLY


ROUTES = {
    "POST /channels/{channel}/messages": post,
    "GET /channels/{channel}/messages": history,
    "GET /channels/{channel}/messages/{message}": look,
    "PATCH /channels/{channel}/messages/{message}": change,
    "DELETE /channels/{channel}/messages/{message}": remove,
    "POST /channels/{channel}/messages/{message}/crosspost": publish,
    "POST /channels/{channel}/typing": type_on,
}
