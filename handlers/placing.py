"""Decides where the answer to a press comes.

In place of an answer, but below news, which stays where it lies.
The buttons of an answer carry a mark, so the place says it, whichever command answers. What lies in chats without one,
from before there was a mark, counts as news: an answer below it hides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.messages import MessageSort

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.values.messages import Choice, Message, Reply

MARK = "^"
"""In front of what a button of an answer sends back; no command and no id begins with it."""


def marking(message: Message, data: Callable[[Choice], str]) -> Callable[[Choice], str]:
    """Return how a message's buttons are written.

    By ``data`` and with the mark where it is an answer.
    """
    return data if message.sort is not MessageSort.ANSWER else lambda choice: f"{MARK}{data(choice)}"


def unmarked(data: str) -> tuple[str, bool]:
    """Return a button's meaning, and if it was under an answer."""
    return data.removeprefix(MARK), data.startswith(MARK)


def comes_in_place(reply: Reply, *, under_answer: bool) -> bool:
    """Return whether a reply replaces what was pressed.

    News is replaced by news alone.
    """
    return reply.replaces and (under_answer or reply.message.sort is not MessageSort.ANSWER)
