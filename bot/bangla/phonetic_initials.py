"""Reads initials spelt as names of English letters: বিএনপি is bnp."""

from __future__ import annotations

import re

from bot.bangla.normalise import key

_NAMES = {
    "এ": "a",
    "বি": "b",
    "সি": "c",
    "ডি": "d",
    "ই": "e",
    "এফ": "f",
    "জি": "g",
    "এইচ": "h",
    "আই": "i",
    "জে": "j",
    "কে": "k",
    "এল": "l",
    "এম": "m",
    "এন": "n",
    "ও": "o",
    "পি": "p",
    "কিউ": "q",
    "আর": "r",
    "এস": "s",
    "টি": "t",
    "ইউ": "u",
    "ভি": "v",
    "ডব্লিউ": "w",
    "ডব্লু": "w",
    "এক্স": "x",
    "ওয়াই": "y",
    "জেড": "z",
}
_LETTER_OF = {key(name): letter for name, letter in _NAMES.items()}
_NAME = "|".join(sorted(_LETTER_OF, key=len, reverse=True))
_ALL_NAMES = re.compile(f"(?:{_NAME}){{2,}}")
_ONE_NAME = re.compile(_NAME)


def initials(word: str) -> str:
    """Return the letters that a key() word names: nid for এনআইডি.

    Return "" if the word is no row of such names.
    """
    if not _ALL_NAMES.fullmatch(word):
        return ""
    return "".join(_LETTER_OF[name] for name in _ONE_NAME.findall(word))
