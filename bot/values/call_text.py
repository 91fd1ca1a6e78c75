"""A call as text, to be stored; its hash is its id."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from bot.values.calls import Call, Change, Count, Lasting, ListAt, Numbered, Once, OneOf, Text, Unread, Where
from bot.values.chats import Term, TermKind

if TYPE_CHECKING:
    from bot.values.calls import Value

_ID_BYTES = 18
_TERM, _CHANGE = "term", "change"
_TYPES = {
    "text": Text,
    "unread": Unread,
    "count": Count,
    "story": Numbered,
    "at": ListAt,
    "one": OneOf,
    "lasting": Lasting,
    "where": Where,
    "once": Once,
}
_NAMES = {value_type: name for name, value_type in _TYPES.items()}


def write(call: Call) -> str:
    """Write a call as text, always the same way."""
    given = [[name, *_written(value)] for name, value in call.values]
    return json.dumps([call.command, given], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Call:
    """Read what `write` wrote.

    Raises:
        ValueError: it is nothing that `write` ever wrote.
    """
    command, given = json.loads(text)
    return Call(command, tuple((name, _value(kind, rest)) for name, kind, *rest in given))


def has_words(call: Call) -> bool:
    """Return whether words that somebody typed stand in it."""
    return any(_is_words(value) for _, value in call.values)


def _is_words(value: Value | None) -> bool:
    match value:
        case Text() | Unread():
            return True
        case Term(kind):
            return kind is TermKind.KEYWORD
        case Change(_, inner):
            return isinstance(inner, Text)
        case _:
            return False


def call_id(call: Call) -> str:
    """Return the id of a call: 24 letters of its hash."""
    return urlsafe_b64encode(hashlib.sha256(write(call).encode()).digest()[:_ID_BYTES]).decode()


def _written(value: Value) -> list[Any]:
    if isinstance(value, Term):
        return [_TERM, value.kind.value, value.value, value.name]
    if isinstance(value, Change):
        return [_CHANGE, value.field, *(_written(value.value) if value.value is not None else ())]
    return [_NAMES[type(value)], *dataclasses.astuple(value)]


def _value(name: str, rest: list[Any]) -> Value:
    if name == _TERM:
        return Term(TermKind(rest[0]), *rest[1:])
    if name == _CHANGE:
        inner = _value(rest[1], rest[2:]) if len(rest) > 1 else None
        if inner is not None and not isinstance(inner, OneOf | Text):
            raise ValueError(f"{rest[1]}: no value of a change")
        return Change(rest[0], inner)
    made: Value = _TYPES[name](*rest)
    return made
