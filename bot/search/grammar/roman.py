"""Gives all Banglish spellings of a grammar word one key.

Thus koro, kro and করো meet. Names are not read here: the archive's own words decide those (`bot.bangla.phonetics`).
"""

from __future__ import annotations

import re
from typing import Final

from bot.bangla.phonetics import romanised

_ROMAN = re.compile("[a-z]+")
# One spelling of each sound: aspirates lose their h, long vowels their length.
_FOLDS: Final = (
    ("aa", "a"),
    ("ee", "i"),
    ("oo", "u"),
    ("sh", "s"),
    ("ph", "f"),
    ("chh", "c"),
    ("ch", "c"),
    ("v", "b"),
    ("z", "j"),
    ("x", "ks"),
    ("q", "k"),
    ("w", ""),
    ("y", ""),
)
_BREATH = re.compile("(?<=[kgcjtdpbs])h")
_DOUBLED = re.compile(r"(.)\1+")


def is_roman(word: str) -> bool:
    """Tell whether a ``key()`` word is written in a to z alone."""
    return _ROMAN.fullmatch(word) is not None


def fold(word: str) -> str:
    """Return the key of a word: kr for koro, kro and করো.

    A Bengali word has the key of how it would be typed in Roman letters.
    """
    text = word if is_roman(word) else romanised(word)
    for written, one in _FOLDS:
        text = text.replace(written, one)
    # The vowel that Bengali does not write is typed or not, as o: it says nothing.
    return _DOUBLED.sub(r"\1", _BREATH.sub("", text).replace("o", ""))
