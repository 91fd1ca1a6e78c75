"""The API's side of places: looking at guilds, channels and members; threads.

Direct messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord import bodies
from tests.fakes.discord.messages import Flag, Shown
from tests.fakes.discord.places import FORUM, NEWS, NEWS_THREAD, PRIVATE_THREAD, PUBLIC_THREAD, REQUIRES_TAG, TEXT
from tests.fakes.discord.posting import require
from tests.fakes.discord.refusals import Form, refusal
from tests.fakes.discord.rights import Right

if TYPE_CHECKING:
    from tests.fakes.discord.calls import Call
    from tests.fakes.discord.places import Channel
    from tests.fakes.discord.state import State

NAME, TAGS = 100, 5


def channel(state: State, call: Call) -> object:
    """GET /channels/{channel}."""
    return state.channel(call.ids["channel"]).as_json()


def change(state: State, call: Call) -> object:
    """PATCH /channels/{channel}: threads, and the names and topics of channels."""
    found = state.channel(call.ids["channel"])
    if found.is_thread:
        _change_thread(state, found, call)
        state.tell_place("THREAD_UPDATE", found)
        return found.as_json()
    require(state, found, Right.MANAGE_CHANNELS)
    found.name, found.topic = call.fields.get("name", found.name), call.fields.get("topic", found.topic)
    state.tell_place("CHANNEL_UPDATE", found)
    return found.as_json()


def _change_thread(state: State, thread: Channel, call: Call) -> None:
    """Whoever may write takes a thread out of the archive.

    Unless it is locked.

    All else is for who looks after threads, of one's own too.
    """
    body, rights = call.fields, thread.rights_of(state.bot)
    looks_after = bool(rights & Right.MANAGE_THREADS)
    if thread.archived and body.get("archived", True):
        raise refusal(50083)
    if not looks_after and (thread.locked or body != {"archived": False}):
        raise refusal(50013)
    require(state, thread, Right.SEND_MESSAGES_IN_THREADS)
    _name_thread(thread, call, thread.parent)


def _name_thread(thread: Channel, call: Call, parent: Channel | None) -> None:
    form, body = Form(), call.fields
    if "name" in body:
        form.length(body["name"], ("name",), 1, NAME)
    applied = [str(one) for one in body.get("applied_tags", thread.applied) or ()]
    form.count(applied, ("applied_tags",), 0, TAGS)
    for number, tag in enumerate(applied):
        if parent is None or tag not in parent.tags:
            form.wrong(("applied_tags", number), "CHANNEL_TAG_UNKNOWN", "Unknown tag")
    form.finish()
    thread.name, thread.applied = body.get("name", thread.name), applied
    thread.archived, thread.locked = body.get("archived", thread.archived), body.get("locked", thread.locked)
    thread.auto_archive = body.get("auto_archive_duration") or thread.auto_archive


def begin_thread(state: State, call: Call) -> object:
    """POST /channels/{channel}/threads.

    A post of a forum, or a thread of a channel.
    """
    parent = state.channel(call.ids["channel"])
    if parent.kind == FORUM:
        return _begin_post(state, parent, call)
    if parent.kind not in (TEXT, NEWS):
        raise refusal(50024)
    kind = int(call.fields.get("type", PRIVATE_THREAD))
    private = kind == PRIVATE_THREAD
    require(state, parent, Right.CREATE_PRIVATE_THREADS if private else Right.CREATE_PUBLIC_THREADS)
    thread = _begin(state, parent, call, kind, state.number())
    return thread.as_json()


def begin_thread_under(state: State, call: Call) -> object:
    """POST /channels/{channel}/messages/{message}/threads."""
    parent = state.channel(call.ids["channel"])
    shown = state.message(parent, call.ids["message"])
    if shown.flags & Flag.HAS_THREAD:
        raise refusal(160004)
    require(state, parent, Right.CREATE_PUBLIC_THREADS)
    kind = NEWS_THREAD if parent.kind == NEWS else PUBLIC_THREAD
    thread = _begin(state, parent, call, kind, shown.id)
    shown.flags |= Flag.HAS_THREAD
    return thread.as_json()


def _begin(state: State, parent: Channel, call: Call, kind: int, number: str) -> Channel:
    form = Form()
    form.length(call.fields.get("name"), ("name",), 1, NAME)
    form.finish()
    thread = state.make_thread(parent, call.fields["name"], kind, state.bot, number)
    state.tell_place("THREAD_CREATE", thread, newly_created=True)
    return thread


def _begin_post(state: State, forum: Channel, call: Call) -> object:
    require(state, forum, Right.SEND_MESSAGES)
    form = Form()
    form.length(call.fields.get("name"), ("name",), 1, NAME)
    if not isinstance(call.fields.get("message"), dict):
        form.required(("message",))
    form.finish()
    if forum.flags & REQUIRES_TAG and not call.fields.get("applied_tags"):
        raise refusal(40067)
    thread = state.make_thread(forum, call.fields["name"], PUBLIC_THREAD, state.bot)
    try:
        _name_thread(thread, call, forum)
        shown = Shown(thread.id, thread, state.bot, state.clock())
        bodies.put(state, shown, call, new=True, under="message")
    except Exception:
        assert forum.guild is not None
        del state.channels[thread.id], forum.guild.channels[thread.id]
        raise
    state.tell_place("THREAD_CREATE", thread, newly_created=True)
    state.lay(shown)
    return {**thread.as_json(), "message": shown.as_json()}


def inbox(state: State, call: Call) -> object:
    """POST /users/@me/channels."""
    number = str(call.fields.get("recipient_id"))
    user = state.users.get(number)
    if user is None or user is state.bot:
        form = Form()
        form.wrong(("recipient_id",), "USER_UNKNOWN", f'Unknown user "{number}"')
        form.finish()
        raise refusal(10013)
    return state.inbox(user).as_json()


def guild(state: State, call: Call) -> object:
    """GET /guilds/{guild}."""
    return state.guild(call.ids["guild"]).as_json()


def guild_channels(state: State, call: Call) -> object:
    """GET /guilds/{guild}/channels."""
    found = state.guild(call.ids["guild"]).channels.values()
    return [one.as_json() for one in found if not one.deleted and not one.is_thread]


def active_threads(state: State, call: Call) -> object:
    """GET /guilds/{guild}/threads/active."""
    found = state.guild(call.ids["guild"]).channels.values()
    threads = [one for one in found if one.is_thread and not one.archived and not one.deleted]
    seen = [one for one in threads if one.rights_of(state.bot) & Right.VIEW_CHANNEL]
    return {"threads": [one.as_json() for one in sorted(seen, key=lambda one: -int(one.id))], "members": []}


def member(state: State, call: Call) -> object:
    """GET /guilds/{guild}/members/{user}."""
    found = state.guild(call.ids["guild"]).members
    if call.ids["user"] not in state.users:
        raise refusal(10013)
    if call.ids["user"] not in found:
        raise refusal(10007)
    return found[call.ids["user"]].as_json()


def user(state: State, call: Call) -> object:
    """GET /users/{user}."""
    found = state.users.get(call.ids["user"])
    if found is None:
        raise refusal(10013)
    return found.as_json()


ROUTES = {
    "GET /channels/{channel}": channel,
    "PATCH /channels/{channel}": change,
    "POST /channels/{channel}/threads": begin_thread,
    "POST /channels/{channel}/messages/{message}/threads": begin_thread_under,
    "POST /users/@me/channels": inbox,
    "GET /users/{user}": user,
    "GET /guilds/{guild}": guild,
    "GET /guilds/{guild}/channels": guild_channels,
    "GET /guilds/{guild}/threads/active": active_threads,
    "GET /guilds/{guild}/members/{user}": member,
}
