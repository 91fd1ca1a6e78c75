"""Says how a question is answered among others.

There a bot hears only commands, its name and replies to it: any other answer would never arrive.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.values.chats import ChatKind
from bot.values.messages import Choices, paragraph
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from bot.values.messages import Reply
    from handlers.context import Context

IN_REPLY = Wording("উত্তরটি এই বার্তার রিপ্লাই হিসেবে লিখুন।", "Write it as a reply to this message.")


def answerable(at: Context, reply: Reply) -> Reply:
    """Add that to a question that is to be answered in words.

    No such line is needed where buttons are the answer, or where a field opens.
    """
    asked = reply.asks is not None and not reply.asks.chosen
    if not asked or at.chat.kind is not ChatKind.GROUP or at.traits.answers_alone:
        return reply
    parts, said = reply.message.parts, paragraph(say(IN_REPLY, reply.message.language))
    end = next((position for position, part in enumerate(parts) if isinstance(part, Choices)), len(parts))
    message = dataclasses.replace(reply.message, parts=(*parts[:end], said, *parts[end:]))
    return dataclasses.replace(reply, message=message)
