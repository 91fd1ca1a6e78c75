"""Reads and writes what a button sends back.

That is what it stands for, whose news it is about, and whether it opens a field to write in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 100
ROOM = LONGEST - 5
"""Bytes for the choice itself; in front of it stand a number and two signs at most."""


class Whose(StrEnum):
    """Whose news a choice is about, if not everybody's."""

    UNSAID = ""
    MINE = "@"
    """News of whoever presses: their own direct messages."""
    HERE = "#"
    """News of the channel, although others like it mean the presser's own."""


MISSING = "missing"
"""The value of a call that says which parameter a form or a pick fills."""
ASKS = "?"
SETUP = "!"
_WHOLE = re.compile(r"(?:\d{1,2}:)?(?P<whose>[@#]?)(?P<asks>\??)(?P<data>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CustomId:
    """A custom id, read."""

    data: str
    whose: Whose = Whose.UNSAID
    asks: bool = False

    def __str__(self) -> str:
        """Write it as it is sent."""
        return f"{self.whose}{ASKS if self.asks else ''}{self.data}"


def read(text: str) -> CustomId:
    """Read what came back."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return CustomId(text)
    return CustomId(found["data"], Whose(found["whose"]), bool(found["asks"]))


def apart(text: str, taken: set[str]) -> str:
    """Return an id that no other component has.

    The platform refuses a message with two alike.
    """
    number = 2
    unique = text
    while unique in taken:
        unique = f"{number}:{text}"
        number += 1
    taken.add(unique)
    return unique
