"""Says which place an answer is about.

Elsewhere it could be taken for one's own.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.values.messages import Heading

if TYPE_CHECKING:
    from bot.values.messages import Message


def under_name(message: Message, name: str) -> Message:
    """Say which channel a message is about, unless its head does."""
    first = next(iter(message.parts), None)
    if not name or (isinstance(first, Heading) and name in first.text):
        return message
    return dataclasses.replace(message, parts=(Heading(f"📢 {name}"), *message.parts))
