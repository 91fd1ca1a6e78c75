"""Types Bengali text as somebody with the Bijoy font would.

The inverse of the converter's table, with its own rules of order: a sign that the font draws before a letter is typed
before it, a reph after the letter it stands on.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from bot.bangla import bijoy

_ROWS = ("_MARKS", "_JOINED", "_SIGNS", "_CONSONANTS", "_VOWELS", "_CONJUNCTS")
_LETTER = "[\u0995-\u09b9\u09ce\u09dc-\u09df]\u09bc?"
_SYLLABLE = re.compile(f"(র্)?({_LETTER}(?:্{_LETTER})*)([\u09be-\u09cc\u09d7]*)(ঁ?)")
_BEFORE = "িেৈ"


def typed(text: str) -> str:
    """Return the keys that draw a text in the font."""
    pieces, done = [], 0
    text = normalize("NFC", text)
    for match in _SYLLABLE.finditer(text):
        pieces += [_drawn(text[done : match.start()]), _syllable(*match.groups())]
        done = match.end()
    return "".join([*pieces, _drawn(text[done:])])


def conjuncts() -> list[str]:
    """Return the joined letters that the font has as one."""
    return [letters for letters in _keys() if re.fullmatch(f"{_LETTER}(?:্{_LETTER})+", letters)]


def _syllable(reph: str | None, cluster: str, vowels: str, moon: str) -> str:
    keys = _keys()
    parted = vowels.replace("\u09cb", "\u09c7\u09be").replace(
        "\u09cc", "\u09c7\u09d7"
    )  # in two halves, one on each side
    before = "".join(keys[sign] for sign in parted if sign in _BEFORE)
    behind = "".join(keys[sign] for sign in parted if sign not in _BEFORE)
    return before + _drawn(cluster) + ("©" if reph else "") + behind + _drawn(moon)


def _drawn(text: str) -> str:
    """Draw text from the longest pieces that the font has."""
    return _pieces().sub(lambda match: _keys()[match[0]], text)


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_keys(), key=len, reverse=True))))


@cache
def _keys() -> dict[str, str]:
    keys = {"আ": "Av"}
    for name in _ROWS:
        parts = getattr(bijoy, name).split(" ")
        for sign, letters in zip(parts[::2], parts[1::2], strict=True):
            keys.setdefault(normalize("NFC", letters), sign)
    return keys
