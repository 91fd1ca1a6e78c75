"""Draws a command's answer as payloads.

Its buttons know whose news they are about, a question gets a field to write in.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from bot.bangla.cut import cut
from bot.subscriptions import panel
from bot.values.calls import Call, OneOf
from bot.values.messages import paragraph, plain
from bot.values.wording import Wording, say
from handlers.placing import marking
from handlers.platforms.discord import render
from handlers.platforms.discord.custom_ids import MISSING, CustomId, Whose

if TYPE_CHECKING:
    from bot.values.chats import Language
    from bot.values.messages import Message, Reply
    from handlers.buttons import Buttons, Pressed
    from handlers.platforms.discord.render import DiscordPiece

    Body = dict[str, Any]

IN_INBOX = Wording(
    "খবর আপনার ইনবক্সে (ডিএম) যাবে; এই চ্যানেলে কিছু বদলাবে না।", "It will come to your DMs; nothing changes in this channel."
)
WRITE = Wording("লিখুন", "Write")
TITLE, LABEL = 45, 45
"""Letters that a modal's title and its field's name may have."""
LONGEST = 300
FIELD = "text"
_ROW, _INPUT, _SHORT = 1, 4, 1


def drawn(buttons: Buttons, message: Message, whose: Whose = Whose.UNSAID) -> list[DiscordPiece]:
    """Draw a message whose choices know whose they are.

    Whoever asked is answered, be it by a dash.
    """
    data = marking(message, buttons.data)
    return render.render(message, lambda choice: str(CustomId(data(choice), whose))) or drawn(buttons, plain("–"))


def asking(buttons: Buttons, reply: Reply, whose: Whose) -> render.Component | None:
    """Draw what opens the modal for an answer.

    In a server no other text reaches us.
    """
    if reply.asks is None or reply.asks.chosen:
        return None
    data = buttons.held(reply.asks.call.filled(MISSING, OneOf(reply.asks.missing)))
    return render.button(f"✍️ {say(panel.OWN, reply.message.language)}", str(CustomId(data, whose, asks=True)))


def filled(pressed: Pressed) -> tuple[Call, str] | None:
    """Return the call that is filled, and what it misses.

    Return None for the ID of anything else.
    """
    missing = pressed.get(MISSING) if isinstance(pressed, Call) else None
    if not isinstance(pressed, Call) or not isinstance(missing, OneOf):
        return None
    return pressed.without(MISSING), missing.name


def with_field(pieces: list[DiscordPiece], field: render.Component | None) -> list[DiscordPiece]:
    """Put the way to write an answer under a message."""
    if field is None or not pieces:
        return pieces
    last = pieces[-1]
    row = next(render.rows_of([field]))
    return [*pieces[:-1], dataclasses.replace(last, components=(*last.components, row))]


def modal(custom_id: str, title: str, language: Language) -> Body:
    """Draw a modal with one field."""
    field = {
        "type": _INPUT,
        "custom_id": FIELD,
        "style": _SHORT,
        "label": cut(say(WRITE, language), LABEL),
        "required": True,
        "max_length": LONGEST,
    }
    return {
        "custom_id": custom_id,
        "title": cut(title, TITLE) or "–",
        "components": [{"type": _ROW, "components": [field]}],
    }


def into_inbox(reply: Reply) -> Reply:
    """Say where the answer will come.

    Without that somebody would wait for it in the channel.
    """
    text = say(IN_INBOX, reply.message.language)
    parts = (*(part for part in reply.message.parts), paragraph(text))
    return dataclasses.replace(reply, message=dataclasses.replace(reply.message, parts=parts))
