"""Decides where the answer to a press comes.

It replaces an answer, but comes below news, which stays where it lies. The buttons of an answer carry a mark, so the
message says it, whichever command answers. A message without one, from before there was a mark, counts as news: an
answer below it hides nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.values.messages import MessageSort

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.values.messages import Choice, Message, Reply

MARK = "^"
"""In front of what a button of an answer sends back; no command and no id begins with it."""

BESIDE = ";"
"""In front of the numbers of the parts above, behind what the last part's buttons send back."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WITH_PARTS = re.compile(r"(?P<data>.*);(?P<first>[0-9a-z]{1,13})(?P<others>(?:\.[0-9a-z]{1,13})*)", re.DOTALL)


def with_parts(data: str, above: Sequence[str], room: int) -> str:
    """Write which messages stand above as parts of the same.

    They are written as the first number and the steps to each next one; return ``data`` alone if there is no room.
    """
    if not above or not all(number.isdecimal() for number in above):
        return data
    numbers = [int(number) for number in above]
    steps = [numbers[0], *(after - before for before, after in pairwise(numbers))]
    if min(steps) < 0:
        return data
    written = f"{data}{BESIDE}{'.'.join(map(_written, steps))}"
    return written if len(written.encode()) <= room else data


def parts_above(data: str) -> tuple[str, tuple[str, ...]]:
    """Return a button's data, and the parts above its message."""
    found = _WITH_PARTS.fullmatch(data)
    if found is None:
        return data, ()
    numbers = [int(found["first"], len(_DIGITS))]
    for step in found["others"].split(".")[1:]:
        numbers.append(numbers[-1] + int(step, len(_DIGITS)))
    return found["data"], tuple(map(str, numbers))


def _written(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, len(_DIGITS))
        digits = _DIGITS[last] + digits
    return digits or "0"


def marking(message: Message, data: Callable[[Choice], str]) -> Callable[[Choice], str]:
    """Return how a message's buttons are written.

    They are written by ``data``, and carry the mark if the message is an answer.
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
