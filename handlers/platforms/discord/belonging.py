"""Tells whose news a command in a server is about.

A member's own goes to their direct messages; what stands on a channel's own screens is the channel's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.calls import OneOf
from handlers.buttons import OldButton
from handlers.command import Audience
from handlers.platforms.discord import replies, slash
from handlers.platforms.discord.custom_ids import Whose

if TYPE_CHECKING:
    from handlers.buttons import Pressed
    from handlers.command import Command
    from handlers.platforms.discord.incoming import Interaction

PERSONAL = frozenset({"story"})
"""In a server these are about the news of who presses, unless they were drawn for the channel."""
TELLING = frozenset({"follow"})


def of(command: Command | None, whose: Whose) -> Whose:
    """Return whose it is, and whose all is that its answer offers."""
    if whose is not Whose.UNSAID or command is None:
        return whose
    if command.whom is Audience.PERSON or command.name in PERSONAL:
        return Whose.MINE
    # The list that a channel's settings open is the channel's, although others like it mean one's own.
    return Whose.HERE if command.changes_chat else Whose.UNSAID


def own(event: Interaction, command: Command) -> bool:
    """Tell whether a command is about somebody's own news."""
    here = event.options.get(slash.WHERE) == slash.HERE
    return bool(event.guild) and command.whom is Audience.PERSON and not here


def wants_news(pressed: Pressed) -> bool:
    """Tell whether somebody presses a ➕ of their own.

    News is to be sent to them from then on.
    """
    if isinstance(pressed, OldButton):
        return pressed.command in TELLING and bool(pressed.argument)
    if pressed is None or not (pressed.values or replies.filled(pressed)):
        return False
    return pressed.command in TELLING or pressed.get("wish") == OneOf("follow")
