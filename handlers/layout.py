"""Lays choices in rows by the width of labels.

Six «ফলো …» in one row cannot be read on a phone.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeVar
from unicodedata import category

from bot.bangla.graphemes import letters
from bot.bangla.normalise import key
from bot.values.calls import ListAt, Numbered, call
from bot.values.messages import Choice
from bot.values.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.values.messages import Message

WIDEST = {1: 32, 2: 18, 3: 14}
"""Base letters that each label of a row may have, by how many stand in it (the voice's rule 14)."""
THIRD = 10.5
"""How broad a label is that a third of a phone's row shows whole, in Bengali letters' breadths (`breadth`)."""
_BREADTHS = {"Mn": 0.0, "Me": 0.0, "Cf": 0.0, "Mc": 0.5, "Zs": 0.4, "So": 2.0}
"""Signs above letters take no room, those beside them half a letter's, a picture that of two."""
_BANGLA, _LATIN, _SLIM = 1.15, 0.75, "✓✕"
BESIDE_ALL, ROOM, AROUND = 5, 62.0, 4.8
"""Where buttons are as broad as their words: how many stand in a row, how broad it is, and what is around a label."""
DIGITS = 5
"""How many stand in a row if all are numbers."""
_WIDE = max(WIDEST)
_LOWER = re.compile(r"(\W*)([a-z])(?=[a-z]*\b)")
T = TypeVar("T")


def capital(label: str) -> str:
    """Return a label as a button shows it.

    English ones begin with a capital; a name like iPhone keeps its own. Where labels are typed they are plain words.
    """
    found = _LOWER.match(label)
    return f"{found[1]}{found[2].upper()}{label[found.end() :]}" if found else label


def breadth(label: str) -> float:
    """Estimate how broad a label is drawn; a tenth more or less."""
    plain = {True: _LATIN, False: _BANGLA}
    return sum(1.0 if sign in _SLIM else _BREADTHS.get(category(sign), plain[sign.isascii()]) for sign in label)


def fits(label: str, beside: int) -> bool:
    """Tell whether a label is shown whole beside so many."""
    return letters(label) <= WIDEST[beside] and (beside < _WIDE or breadth(label) <= THIRD)


def evenly(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """Put items into as few rows as hold them, of equal length.

    One alone under five looks left over.
    """
    size = max(1, math.ceil(len(items) / max(1, math.ceil(len(items) / most))))
    return (items[start : start + size] for start in range(0, len(items), size))


def numbered(message: Message) -> Iterator[Choice]:
    """Yield a choice for each position in a message's lists.

    Only a position that opens an article has one.
    """
    for item in message.items:
        if item.article_id is not None and not item.struck:
            at = ListAt(item.position, message.listed.id) if message.listed is not None else Numbered(item.article_id)
            yield Choice(number(item.position, message.language), call("read", number=at))


def laid(choices: Sequence[Choice]) -> Iterator[tuple[Choice, ...]]:
    """Return choices in order, in as few rows as labels allow."""
    rows: list[tuple[Choice, ...]] = []
    for choice in choices:
        if rows and _fits((*rows[-1], choice)):
            rows[-1] = (*rows[-1], choice)
        else:
            rows.append((choice,))
    if len(rows) > 1 and (len(rows[-2]), len(rows[-1])) == (_WIDE, 1) and not key(rows[-2][-1].label).isdecimal():
        # Two and two: one alone under three looks left over.
        evened = (rows[-2][-1], *rows[-1])
        rows[-2:] = [rows[-2][:-1], evened] if _fits(evened) else rows[-2:]
    yield from rows


def packed(rows: Sequence[tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    """Join neighbouring rows where buttons are no broader than their words."""
    joined: list[tuple[Choice, ...]] = []
    for row in rows:
        both = (*joined[-1], *row) if joined else ()
        if both and len(both) <= BESIDE_ALL and sum(breadth(one.label) + AROUND for one in both) <= ROOM:
            joined[-1] = both
        else:
            joined.append(row)
    return joined


def _fits(row: Sequence[Choice]) -> bool:
    if all(key(choice.label).isdecimal() for choice in row):
        return len(row) <= DIGITS
    return len(row) in WIDEST and all(fits(choice.label, len(row)) for choice in row)
