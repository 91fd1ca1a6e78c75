"""Words in headlines and text, through SQLite's full-text index over key() texts."""

from __future__ import annotations

import unicodedata

from bot.bangla.normalise import key

_LETTERS = frozenset("LMN")
SHORTEST_PREFIX = 3
"""A shorter word matches exactly: every second word begins with some two signs."""


def split(text: str) -> list[str]:
    """Part a text into words as the index does: runs of letters, signs and digits of its key() form."""
    return "".join(sign if _is_letter(sign) else " " for sign in key(text)).split()


def compounds(text: str) -> set[str]:
    """Return the words with a sign between their letters, which `split` parts: কোভিড-19."""
    return {word for part in key(text).split() if len(split(word := _bare(part))) > 1}


def _bare(word: str) -> str:
    places = [place for place, sign in enumerate(word) if _is_letter(sign)]
    return word[places[0] : places[-1] + 1] if places else ""


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _LETTERS


def match(text: str) -> str:
    """Write the index's query for articles that hold all words of ``text``; "" if there are none.

    Each word is quoted, so nothing in it is syntax.
    """
    return " ".join(f'"{word}"*' if len(word) >= SHORTEST_PREFIX else f'"{word}"' for word in split(text))
