"""Defines calls: commands with their arguments as values.

Buttons, options and typed texts all become one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bot.values.chats import Term

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Text:
    """Words as somebody wrote them."""

    words: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that a parameter could not read.

    The command says what would fit.
    """

    words: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things."""

    number: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A story by its own number, as in #123."""

    article_id: int


@dataclass(frozen=True, slots=True)
class ListAt:
    """A position in a list that was shown.

    Position 0 is the list itself.
    Without ``list_id`` it is the list of the message that was answered, else the last one shown to that person there.
    """

    position: int = 0
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a closed set of options, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time, in whole seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Change:
    """A setting and its new value.

    Without a value the setting itself is meant.
    """

    field: str
    value: OneOf | Text | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Another chat of the same platform, by address.

    A press here acts there.
    """

    chat: str


@dataclass(frozen=True, slots=True)
class Once:
    """An idempotency key, drawn where something is confirmed.

    The confirmed action happens once, however often the button is pressed.
    """

    idempotency_key: str


Value: TypeAlias = Term | Text | Unread | Count | Numbered | ListAt | OneOf | Lasting | Change | Where | Once


@dataclass(frozen=True, slots=True)
class Call:
    """A command by its name, with values for its parameters.

    Each value stands beside its parameter's name, in the order they were given.
    """

    command: str
    values: tuple[tuple[str, Value], ...] = ()

    def get(self, name: str) -> Value | None:
        """Return one value; None if it was not given."""
        return next((value for given, value in self.values if given == name), None)

    def filled(self, name: str, value: Value) -> Call:
        """Return the call with one value more, or another in its place."""
        return replace(self, values=(*self.without(name).values, (name, value)))

    def without(self, name: str) -> Call:
        """Return the call without one value."""
        return replace(self, values=tuple((given, value) for given, value in self.values if given != name))


def call(command: str, **values: Value | None) -> Call:
    """Make a call; what is None is left out."""
    return Call(command, tuple((name, value) for name, value in values.items() if value is not None))


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that waits for an answer.

    The next plain text of the person who was asked fills ``missing``.
    """

    call: Call
    missing: str
    until: datetime
