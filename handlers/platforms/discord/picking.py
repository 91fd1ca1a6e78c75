"""Draws what lets a manager pick a channel or a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.values.calls import OneOf
from bot.values.messages import Choice
from bot.values.picks import Pick, PickKind
from bot.values.wording import Wording, say
from handlers.platforms.discord.custom_ids import MISSING
from handlers.platforms.discord.incoming import ANNOUNCEMENT, CHANNELS, FORUMS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.values.chats import Language

SELECTS = {PickKind.ROLE: ROLES, PickKind.CHANNEL: CHANNELS}


PLACEHOLDERS = {
    PickKind.ROLE: Wording("রোল বেছে নিন", "Choose a role"),
    PickKind.CHANNEL: Wording("চ্যানেল বেছে নিন", "Choose a channel"),
}
"""The platform's own words are in the language of the client."""


def select(pick: Pick, press: Callable[[Choice], str], language: Language) -> dict[str, Any]:
    """Draw a row with a select.

    A role may be given up again, a channel may not: news has to go somewhere.
    """
    call = pick.call.filled(MISSING, OneOf(pick.missing))
    made: dict[str, Any] = {"type": SELECTS[pick.kind], "custom_id": press(Choice("", call))}
    made["placeholder"] = say(PLACEHOLDERS[pick.kind], language)
    if pick.kind is PickKind.CHANNEL:
        made["channel_types"] = [0, ANNOUNCEMENT, *FORUMS]
    else:
        made["min_values"] = 0
    if pick.chosen:
        made["default_values"] = [{"id": pick.chosen, "type": pick.kind.value}]
    return {"type": 1, "components": [made]}
