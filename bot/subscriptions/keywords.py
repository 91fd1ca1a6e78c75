"""Decides which keywords and phrases can be followed.

Each is kept in one form.
"""

from __future__ import annotations

from enum import StrEnum

from bot.bangla.normalise import key
from bot.bangla.words import split

LEAST_LETTERS = 2
MOST_LETTERS = 64
MOST_WORDS = 6
MOST_SHARE = 0.20
LOOKED_AT = 1000
"""A word that more than a fifth of so many articles hold is no keyword: it would bring everything."""
MOST_FOLLOWED = 200
"""Subscriptions of one chat."""


class Refusal(StrEnum):
    """Why a text cannot be followed."""

    EMPTY = "empty"
    SHORT = "short"
    LONG = "long"
    COMMON = "common"


def refused(text: str) -> Refusal | None:
    """Return why a text cannot be followed.

    It is judged by itself; the archive says whether it is too common.
    """
    words = split(text)
    if not words:
        return Refusal.EMPTY
    if sum(len(word) for word in words) < LEAST_LETTERS:
        return Refusal.SHORT
    if len(words) > MOST_WORDS or len(key(text)) > MOST_LETTERS:
        return Refusal.LONG
    return None
