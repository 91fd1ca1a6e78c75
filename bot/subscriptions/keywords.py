"""Keywords that are followed."""
# A first version to let others go on; the helper that owns this file replaces it.

from __future__ import annotations

from enum import StrEnum

from bot.bangla.normalise import key

MOST_SHARE = 0.20
LOOKED_AT = 1000
MOST_FOLLOWED = 200


class Refusal(StrEnum):
    """Why."""

    EMPTY = "empty"
    SHORT = "short"
    LONG = "long"
    COMMON = "common"


def refused(text: str) -> Refusal | None:
    """Tell why a text cannot be followed."""
    letters = sum(sign.isalnum() for sign in key(text))
    if not letters:
        return Refusal.EMPTY
    return Refusal.SHORT if letters < 2 else Refusal.LONG if len(text) > 64 or len(text.split()) > 6 else None


def value(text: str) -> str:
    """Return the canonical form."""
    return key(text)
