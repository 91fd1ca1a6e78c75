"""Remembers labels that could be pressed, to be typed back.

Each does the same, with its sign or without.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.articles.names import english
from bot.bangla.normalise import display, key
from bot.values.calls import Call, Text
from bot.values.chats import Language, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.values.messages import Message

_SIGNS = frozenset(("So", "Sm", "Sk", "Mn", "Cf", "Pi"))
"""What a sign in front of words is made of: symbol, skin tone, variation selector, joiner, ‹."""
_ONWARD = " ›"
_SHOWING = frozenset({"tag", "search", "latest"})
"""Commands that a bare name leads to anyway."""


def undecorated(text: str) -> str:
    """Return words without the sign in front.

    A key that says «📰 সর্বশেষ» sends just that.
    """
    first, _, rest = text.partition(" ")
    decorates = all(unicodedata.category(sign) in _SIGNS for sign in first)
    return rest.strip() if rest.strip() and decorates else text


def typed(label: str) -> str:
    """Return a label as one types it.

    Signs that only help the eye are left out.
    """
    return undecorated(label).removesuffix(_ONWARD)


def of(message: Message) -> tuple[tuple[str, Call], ...]:
    """Return the labels of choices by key.

    A label that would mean two things means nothing.
    """
    found: dict[str, Call | None] = {}
    for choice in (choice for row in message.rows for choice in row):
        if isinstance(choice.does, Call):
            for form in _forms(choice.label, choice.does):
                found[form] = choice.does if found.get(form, choice.does) == choice.does else None
    return tuple((form, call) for form, call in found.items() if call is not None)


def find(labels: Iterable[tuple[str, Call]], text: str) -> Call | None:
    """Return what a typed label does, else None."""
    shown = display(text).strip()
    if shown.startswith("/"):
        return None
    known, forms = dict(labels), (key(shown), key(undecorated(shown)))
    return next((known[form] for form in forms if form in known), None)


def _forms(label: str, call: Call) -> Iterator[str]:
    yield key(label)
    words = key(typed(label))
    # «✓ পদ্মা» without its sign is a name, and a name asks for news.
    terms = [value.name for _, value in call.values if isinstance(value, Term)]
    names = {key(english.said(name, language)) for name in terms for language in Language}
    names |= {key(value.english) for _, value in call.values if isinstance(value, Term) and value.english}
    names |= {key(value.words) for _, value in call.values if isinstance(value, Text)}
    if words and (words not in names or call.command in _SHOWING):
        yield words
    name, colon, _ = typed(label).partition(": ")
    if colon and key(name) not in names:
        yield key(name)
