"""Lists the endings of Bengali nouns, and where each can stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

_HASANTA = "\u09cd"
VOWELS: Final = frozenset("ািীুূৃেৈোৌঅআইঈউঊঋএঐওঔ")
_YA = normalize("NFC", "য়")
_NEVER = 99
PARTICLE, CASE, NUMBER = 3, 2, 1
"""Where an ending stands: a particle outside a case, a case outside a number."""


@dataclass(frozen=True, slots=True)
class NounEnding:
    """One ending: which sounds it follows, and when it is sure.

    On a word of at least `sure` code points the rest need not be a known word.
    """

    text: str
    level: int
    after: frozenset[str] | None = None
    sure: int = _NEVER
    sure_after: frozenset[str] | None = None

    def rest(self, word: str) -> str | None:
        """Return the word without this ending, if it can stand there."""
        rest = word.removesuffix(self.text)
        if len(rest) in (0, 1, len(word)) or rest[-1] == _HASANTA:
            return None
        return rest if _fits(rest, self.after) else None

    def is_sure(self, rest: str) -> bool:
        """Return whether the ending comes off an unknown rest."""
        return len(rest) >= self.sure and (self.sure_after is None or rest[-1] in self.sure_after)


def _fits(rest: str, after: frozenset[str] | None) -> bool:
    # An empty set stands for consonants, which are many.
    return after is None or (rest[-1] in after if after else rest[-1] not in VOWELS)


_CONSONANTS: frozenset[str] = frozenset()
YA_CASES = (_YA + "ে", _YA + "ের")
_CASES = (
    NounEnding("র", CASE, VOWELS, 5, frozenset("িী")),
    NounEnding("তে", CASE, VOWELS, 5, frozenset("ী")),
    NounEnding("রা", CASE, VOWELS, 4, frozenset("িীু")),
    # As newspapers write it beside েরা.
    NounEnding("রা", CASE, _CONSONANTS),
    NounEnding(_YA, CASE, frozenset("াো")),
    NounEnding("ের", CASE, _CONSONANTS, 4),
    NounEnding("ে", CASE, _CONSONANTS),
    NounEnding("েরা", CASE, _CONSONANTS, 4),
    NounEnding("কে", CASE, sure=5),
    NounEnding("দের", CASE, sure=4),
    NounEnding("দেরকে", CASE, sure=4),
    *(NounEnding(text, CASE, frozenset("াইউোৈৌএ")) for text in YA_CASES),
    *(NounEnding(f"-{text}", CASE, sure=2) for text in ("র", "এর", "কে", "তে", "এ", "রা", "দের")),
)
_SINGLE = ("টি", "টা", "খানা", "খানি")
_MANY = ("গুলি", "গুলো")
_NUMBERS = (
    *(NounEnding(number + case, NUMBER) for number in _SINGLE for case in ("", "র", _YA)),
    *(NounEnding(number + case, NUMBER, sure=4) for number in _SINGLE for case in ("কে", "তে")),
    *(NounEnding(number + case, NUMBER, sure=4) for number in _MANY for case in ("", "র", "কে", "তে", _YA)),
)
ENDINGS = (*_CASES, *_NUMBERS, NounEnding("ই", PARTICLE), NounEnding("ও", PARTICLE))
# Endings that belong to the word whatever the rest: then they must be as good as known.
PLAIN = ("ের", "েরা", "দের", "দেরকে")
_AFTER_E = ("কে", "তে", "দের", "টি")
_AFTER_VOWEL = ("র", "কে", "তে", _YA, "রা", "দের", "টি", "গুলো")
_AFTER_CONSONANT = ("ের", "ে", "কে", "েরা", "দের", "টি", "গুলো")


def usual(word: str) -> tuple[str, ...]:
    """Return the endings that a word's last sound usually takes."""
    if word[-1] == "ে":
        return _AFTER_E
    return _AFTER_VOWEL if word[-1] in VOWELS else _AFTER_CONSONANT
