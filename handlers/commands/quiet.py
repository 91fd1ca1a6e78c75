"""/quiet [from–to|no]: the hours in which nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.subscriptions import choosing, panel
from bot.values.calls import Change, OneOf, call
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.choosing_params import ChangeParam
from handlers.command import Command, Group, Request

if TYPE_CHECKING:
    from bot.values.chats import Preferences

QUIET = panel.SETTINGS_BY_NAME["quiet"]
HOURS = ChangeParam(
    name="hours", sign="from–to|no", label=Wording("কখন থেকে কখন", "From when to when"), setting="quiet"
)


async def run(request: Request) -> Reply:
    """Set the quiet hours.

    If none are given, say what they are and ask for others.
    """
    preferences = request.chat.preferences
    wanted = request.get(HOURS)
    value = wanted.value if wanted is not None else None
    words = value.name if isinstance(value, OneOf) else value.words if value is not None else request.unread(HOURS)
    if not words or QUIET.asks_for_own(words):
        return _reply(request, preferences, request.words(QUIET.question), ask=True)
    change = QUIET.change(words)
    if change is None:
        return _reply(request, preferences, request.words(QUIET.wrong), ask=True)
    chat = await choosing.prefer(request.store, request.chat, change(preferences), request.now)
    return _reply(request, chat.preferences)


def _reply(request: Request, preferences: Preferences, *said: str, ask: bool = False) -> Reply:
    """Say what holds now, and what else there is."""
    lines = (panel.state(QUIET, preferences, request.language), *said)
    others = (option for option in QUIET.options if not panel.holds(option, preferences))
    row = tuple(_choice(request, option) for option in others)
    message = Message((paragraph(*lines), Choices((row,))), brief=lines[0])
    return Reply(message, asks=Asks(call("quiet"), HOURS.name) if ask else None)


def _choice(request: Request, option: panel.SettingOption) -> Choice:
    return Choice(request.words(option.label), call("quiet", hours=Change(QUIET.name, OneOf(option.name))))


COMMAND = Command(
    name="quiet",
    summary=Wording("নীরব সময়: কখন কিছু আসবে না", "Quiet hours: when nothing comes"),
    run=run,
    params=(HOURS,),
    changes_chat=True,
    group=Group.UNLISTED,
    aliases=("নীরব সময়", "নীরব", "চুপ", "সাইলেন্ট", "nirob", "chup", "silent", "dnd"),
)
