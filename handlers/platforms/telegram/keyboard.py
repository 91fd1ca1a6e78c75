"""The buttons below a Telegram message."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.values.calls import Call
from bot.values.messages import Choice, Copies, Link, Message, Shares
from handlers import layout
from handlers.platforms.telegram.html import opens
from handlers.platforms.telegram.piece import Button, Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable

    Press = Callable[[Choice], str]

DATA = 64
"""Bytes that a button may send back when it is pressed."""
BUTTONS = 100
COPIED = 256
"""Letters that a button may put at hand."""


def keyboard(message: Message, press: Press) -> Keyboard:
    """Set out the positions of a list, then choices.

    There are as many as the platform takes.
    """
    rows = message.rows
    numbered = layout.evenly(list(layout.numbered(message)), layout.DIGITS)
    set_out = [*numbered, *(laid for row in rows for laid in layout.laid(row))]
    keys: list[tuple[Button, ...]] = []
    left = BUTTONS
    for row in set_out:
        buttons = tuple(_pressed(choice, press) for choice in row if _can_be(choice))[:left]
        left -= len(buttons)
        if buttons:
            keys.append(buttons)
    return tuple(keys)


def _can_be(choice: Choice) -> bool:
    """Tell whether the platform has such a button.

    Half an address put at hand would open nothing.
    """
    if isinstance(choice.does, Copies):
        return 0 < len(choice.does.text) <= COPIED
    return not isinstance(choice.does, Link) or opens(choice.does.address)


def _pressed(choice: Choice, press: Press) -> Button:
    label = layout.capital(choice.label)
    match choice.does:
        case Link(address):
            return Button(label, link=address)
        case Copies(text):
            return Button(label, copies=text)
        case Shares(text):
            return Button(label, shares=text)
        case Call():
            data = press(choice)
            if not 1 <= len(data.encode()) <= DATA:
                raise ValueError(f"a button sends back 1 to {DATA} bytes, not {len(data.encode())}")
            return Button(label, data)
        case _ as never:
            assert_never(never)
