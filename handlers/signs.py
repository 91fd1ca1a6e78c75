"""Draws the sign of a message's state.

It stands in front; renderers draw it, nobody reads it back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.values.messages import Heading, Items, Message, MessageState, Paragraph, Span

if TYPE_CHECKING:
    from bot.values.messages import Item, Part

SIGNS = {
    MessageState.PLAIN: "",
    MessageState.BREAKING: "🔴",
    MessageState.CORRECTED: "✏️",
    MessageState.WITHDRAWN: "🚫",
}
_IN_BRIEF = (MessageState.BREAKING, MessageState.CORRECTED)
"""A withdrawal says in words what it is, in one line too."""


def signed(message: Message) -> Message:
    """Put the sign of a message's state in front.

    It stands before the headline, else before the first line, and before what was corrected.
    """
    sign = SIGNS[message.state]
    parts = tuple(map(_items, message.parts))
    if not sign:
        return replace(message, parts=parts)
    at = next((at for at, part in enumerate(parts) if isinstance(part, Heading)), None)
    if at is None:
        at = next((at for at, part in enumerate(parts) if isinstance(part, Paragraph)), None)
    if at is not None:
        parts = (*parts[:at], _with_sign(parts[at], sign), *parts[at + 1 :])
    brief = f"{sign} {message.brief}" if message.state in _IN_BRIEF else message.brief
    return replace(message, parts=parts, brief=brief)


def _with_sign(part: Part, sign: str) -> Part:
    match part:
        case Heading():
            return replace(part, sign=sign)
        case Paragraph(lines) if lines:
            return Paragraph(((Span(f"{sign} "), *lines[0]), *lines[1:]))
        case _:
            return part


def _items(part: Part) -> Part:
    return replace(part, items=tuple(map(_item, part.items))) if isinstance(part, Items) else part


def _item(item: Item) -> Item:
    sign = SIGNS[MessageState.CORRECTED]
    return replace(item, text=f"{sign} {item.text}") if item.corrected and not item.struck else item
