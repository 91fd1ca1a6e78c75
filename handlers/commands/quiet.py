"""/quiet [from–to|no]: the hours in which nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.subscriptions import choosing, panel
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.chats import Preferences

QUIET = panel.BY_KEY["quiet"]
TYPED = Wording("নীরব সময় {value}", "quiet {value}")


async def run(request: Request) -> Reply:
    """Set the quiet hours, or say what they are and ask for others."""
    preferences = request.chat.preferences
    if not request.argument or QUIET.asks_for_own(request.argument):
        return _reply(request, preferences, request.words(QUIET.question), ask=True)
    change = QUIET.change(request.argument)
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
    return Reply(message, asks=Asks("quiet") if ask else None)


def _choice(request: Request, option: panel.SettingOption) -> Choice:
    label = request.words(option.label)
    short = option.also[0] if option.key == "none" else label
    return Choice(label, "quiet", option.key, request.words(TYPED, value=short))


def _fits(text: str) -> bool:
    """Tell whether a text says hours: «নীরব ঘাতক» asks for news, and an answer that says none is no answer."""
    return QUIET.change(text) is not None or QUIET.asks_for_own(text)


COMMAND = Command(
    name="quiet",
    summary=Wording("নীরব সময়: কখন কিছু আসবে না", "Quiet hours: when nothing comes"),
    run=run,
    takes_argument=True,
    usage="[from–to|no]",
    changes_chat=True,
    fits=_fits,
    aliases=("নীরব সময়", "নীরব", "চুপ", "সাইলেন্ট", "nirob", "chup", "silent", "dnd"),
)
