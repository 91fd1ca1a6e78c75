"""Gives all usual spellings of a word one key: হাদী is হাদি.

Folded are only the differences in which people err and papers differ: ি/ী, ু/ূ, ন/ণ/ঞ, শ/ষ/স, জ/য, র/ড়, doubled
consonants, nukta, হসন্ত, ও/ো, ং/ঙ, ৎ/ত, ঁ. Two words with one key are most likely one word. Works on ``key()`` text.

Keys are stored (`storage.search.word_sounds`): a change of `fold` needs a migration that empties that table and sets
``vocabulary_mark.sounded`` to ''.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple


class WordFacts(NamedTuple):
    """How a word stands in the archive."""

    often: int
    """How often, in any usual form."""
    root: str
    """Its base form, as far as the archive can tell."""
    alike: tuple[tuple[str, int], ...] = ()
    """Words with the same `fold`, each with how often it stands."""
    begins: bool = False
    """Whether longer words begin with it, where it stands nowhere itself."""


_HASANTA: Final = "\u09cd"
_NUKTA: Final = "\u09bc"
_YA: Final = "য" + _NUKTA
_CONSONANT: Final = "ক-হৎ"
_VELAR_NASAL: Final = re.compile(f"ঙ{_HASANTA}গ|ংগ|ঙ")
_DOUBLED: Final = re.compile(f"([{_CONSONANT}]){_HASANTA}\\1")
_BREATHED: Final = ("কখ", "গঘ", "চছ", "জঝ", "টঠ", "তথ", "দধ", "বভ")
_DOUBLED_BREATH: Final = re.compile("|".join(f"{plain}{_HASANTA}(?={other})" for plain, other in _BREATHED))
_JOINED_YA: Final = re.compile(f"(?<!র){_HASANTA}য(?!{_NUKTA})")
# Y stands for the half য of ত্য, and for য় where it glides between vowels; both would else become জ.
_ALIKE: Final = str.maketrans("ীূঈঊণঞশষযৎওঢ", "িুইউননসসজতোড", f"ঁঃ{_HASANTA}{_NUKTA}")
_LAST_O: Final = re.compile(f"(?<=[{_CONSONANT}])ো$")
_SHORTEST: Final = 4


_PLAIN: Final = str.maketrans("ীূঈঊণৎ", "িুইউনত", _HASANTA)


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """Return what all usual spellings of a ``key()`` word have in common."""
    word = _joined(word).replace("এ" + _HASANTA + "যা", "অ" + _HASANTA + "যা").replace("ৃ", f"{_HASANTA}রি")
    word = word.replace("ঋ", "রি").replace(_YA, "y").replace("ড" + _NUKTA, "র").replace("ঢ" + _NUKTA, "র")
    word = _JOINED_YA.sub("Y", word).translate(_ALIKE)
    return _LAST_O.sub("", word) if len(word) >= _SHORTEST else word


def only_orthographic(word: str, other: str) -> bool:
    """Return whether two words differ only in signs of one sound.

    Such are ি/ী, ু/ূ, ন/ণ, হসন্ত, ং/ঙ.
    """
    return _VELAR_NASAL.sub("ং", word).translate(_PLAIN) == _VELAR_NASAL.sub("ং", other).translate(_PLAIN)


def _joined(word: str) -> str:
    return _DOUBLED_BREATH.sub("", _DOUBLED.sub(r"\1", _VELAR_NASAL.sub("ং", word)))
