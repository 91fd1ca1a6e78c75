"""Words in headlines and text, through SQLite's full-text index over key() texts."""

from __future__ import annotations

import unicodedata

from bot.bangla.normalise import key

SHORTEST_PREFIX = 3
"""A shorter word matches exactly: every second word begins with some two signs."""


def split(text: str) -> list[str]:
    """Part a text into words as the index does: runs of letters, signs and digits of its key() form."""
    return "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in key(text)).split()


def match(text: str) -> str:
    """Write the index's query for articles that hold all words of ``text``; "" if there are none.

    Each word is quoted, so nothing in it is syntax.
    """
    return " ".join(f'"{word}"*' if len(word) >= SHORTEST_PREFIX else f'"{word}"' for word in split(text))
