"""Writes a call as a button holds it: `1.follow:topic=t123,when=-now`.

It holds ids and names of options, never words that are shown. The number in front is the version of this form;
`handlers.legacy` reads buttons of older versions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from bot.subscriptions import naming
from bot.values.calls import Call, Change, Count, Lasting, ListAt, Numbered, Once, OneOf, Text, Unread, Where
from bot.values.chats import Term, TermKind
from bot.values.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.ports.store import Store
    from bot.values.calls import Value

VERSION = "1."
_OPTION = re.compile(r"[A-Za-z0-9 ./_-]+")
_WHOLE = re.compile(r"1\.(?P<command>[a-z0-9]+)(?::(?P<given>.*))?", re.DOTALL)
_GIVEN = re.compile(r"(?P<name>[a-z]+)=(?P<sign>[*stocnld+@!-])(?P<rest>.*)", re.DOTALL)
_POSITION = re.compile(r"(?P<list>[\w-]*)\.(?P<position>\d{1,4})", re.ASCII)
_LIST = re.compile(r"=l(?P<list>[\w-]+)\.\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)  # 18 digits are the most that are sure to fit an SQLite integer


def pack(call: Call) -> str | None:
    """Write a call as a button holds it.

    Return None if one of its values is words.
    """
    packed = [(name, _packed(value)) for name, value in call.values]
    if any(value is None for _, value in packed):
        return None
    given = ",".join(f"{name}={value}" for name, value in packed)
    return f"{VERSION}{call.command}:{given}" if given else f"{VERSION}{call.command}"


def _packed(value: Value) -> str | None:
    match value:
        case Term():
            return _term(value)
        case OneOf(name):
            return f"-{name}" if _OPTION.fullmatch(name) else None
        case Change(field, inner):
            option = "" if inner is None else _packed(inner)
            return f"+{field}{option}" if option is not None else None
        case Text() | Unread():
            return None
        case _:
            return _plain(value)


def _plain(value: Count | Numbered | ListAt | Lasting | Where | Once) -> str:
    match value:
        case Count(number):
            return f"c{number}"
        case Numbered(article_id):
            return f"n{article_id}"
        case ListAt(position, list_id):
            return f"l{list_id}.{position}"
        case Lasting(seconds):
            return f"d{seconds}"
        case Where(chat):
            return f"@{chat}"
        case Once(idempotency_key):
            return f"!{idempotency_key}"
        case _ as never:
            assert_never(never)


def _term(term: Term) -> str | None:
    match term.kind:
        case TermKind.ALL:
            return "*"
        case TermKind.TOPIC:
            return f"s{term.value}"
        case TermKind.OUTLET:
            return f"o{term.value}"
        case TermKind.TAG:
            return f"t{term.tag_id}" if term.tag_id else None
        case TermKind.KEYWORD:
            return None


def list_of(buttons: Iterable[str]) -> str:
    """Return the list that a message's buttons name, else ""."""
    found = map(_LIST.search, buttons)
    return next((one["list"] for one in found if one is not None), "")


async def unpack(data: str, store: Store) -> Call | None:
    """Return the call that `pack` wrote.

    Return None for any other text, and for a call that names something gone.
    """
    whole = _WHOLE.fullmatch(data)
    if whole is None:
        return None
    call = Call(whole["command"])
    for piece in whole["given"].split(",") if whole["given"] else ():
        found = _GIVEN.fullmatch(piece)
        value = await _value(found["sign"], found["rest"], store) if found is not None else None
        if found is None or value is None:
            return None
        call = call.filled(found["name"], value)
    return call


async def _value(sign: str, rest: str, store: Store) -> Value | None:
    if sign in _SIMPLE:
        return _SIMPLE[sign](rest)
    return await _numbered(sign, int(rest), store) if _NUMBER.fullmatch(rest) else None


def _section(slug: str) -> Term | None:
    return next((Term(TermKind.TOPIC, one.slug, one.name.bn) for one in TOPICS if one.slug == slug), None)


def _change(rest: str) -> Change:
    field, dash, option = rest.partition("-")
    return Change(field, OneOf(option) if dash else None)


def _at(rest: str) -> ListAt | None:
    at = _POSITION.fullmatch(rest)
    return ListAt(int(at["position"]), at["list"]) if at is not None else None


_SIMPLE: dict[str, Callable[[str], Value | None]] = {
    "*": lambda _: Term(TermKind.ALL),
    "s": _section,
    "-": OneOf,
    "+": _change,
    "@": Where,
    "!": Once,
    "l": _at,
}


async def _numbered(sign: str, number: int, store: Store) -> Value | None:
    match sign:
        case "c":
            return Count(number)
        case "n":
            return Numbered(number)
        case "d":
            return Lasting(number)
        case "o":
            outlet = await store.outlets.get(number)
            return naming.outlet(outlet) if outlet is not None else None
        case _:
            tag = await store.tags.get(number)
            return Term(TermKind.TAG, tag.key, tag.name, tag.id) if tag is not None else None
