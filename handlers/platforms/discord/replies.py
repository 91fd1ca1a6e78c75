"""Draws a command's answer as payloads.

Its buttons know whose news they are about, a question gets a field to write in.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.subscriptions import panel
from bot.values.calls import Call, OneOf
from bot.values.messages import paragraph, plain
from bot.values.wording import Wording, say
from handlers.placing import marking
from handlers.platforms.discord import forms, render
from handlers.platforms.discord.custom_ids import MISSING, CustomId, Whose
from handlers.under_name import under_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.values.messages import Choice, Message, Reply
    from handlers.buttons import Buttons, Pressed
    from handlers.platforms.discord.render import DiscordPiece

IN_INBOX = Wording(
    "খবর আপনার ইনবক্সে (ডিএম) যাবে; এই চ্যানেলে কিছু বদলাবে না।", "It will come to your DMs; nothing changes in this channel."
)


def drawn(buttons: Buttons, message: Message, whose: Whose = Whose.UNSAID) -> list[DiscordPiece]:
    """Draw a message whose choices know whose they are.

    Whoever asked is answered, be it by a dash.
    """
    return render.render(message, custom_id_of(message, buttons, whose)) or drawn(buttons, plain("–"))


def custom_id_of(message: Message, buttons: Buttons, whose: Whose = Whose.UNSAID) -> Callable[[Choice], str]:
    """Return how a message's buttons are written."""
    data = marking(message, buttons.data)
    return lambda choice: str(CustomId(data(choice), whose, asks=choice.form))


def asking(buttons: Buttons, reply: Reply, whose: Whose, *, again: bool = False) -> render.Component | None:
    """Draw what opens the modal for an answer.

    In a server no other text reaches us. ``again``: a form was filled wrongly.
    """
    if reply.asks is None or reply.asks.chosen:
        return None
    data = buttons.held(reply.asks.call.filled(MISSING, OneOf(reply.asks.missing)))
    label = forms.AGAIN if again else panel.OWN
    return render.button(f"✍️ {say(label, reply.message.language)}", str(CustomId(data, whose, asks=True)))


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
    *shown, last = pieces[-1].components
    beside = last.get("components", ()) if last["type"] == render.ROW else ()
    # It answers, so it stands before the way out, in the row of that.
    rows = [last] if len(beside) != 1 else []
    made = next(render.rows_of([field, *([] if rows else beside)]))
    return [*pieces[:-1], dataclasses.replace(pieces[-1], components=(*shown, *rows, made))]


def of_channel(reply: Reply, name: str) -> Reply:
    """Say that an answer is about the channel.

    One's own settings and list look the same, and are asked for in the same place.
    """
    return dataclasses.replace(reply, message=under_name(reply.message, name))


def into_inbox(reply: Reply) -> Reply:
    """Say where the answer will come.

    Without that somebody would wait for it in the channel.
    """
    text = say(IN_INBOX, reply.message.language)
    parts = (*(part for part in reply.message.parts), paragraph(text))
    return dataclasses.replace(reply, message=dataclasses.replace(reply.message, parts=parts))
