"""Knows the usual endings of nouns: ইরানের and ইরানে are ইরান.

A closed list and no dictionary: it offers candidates, the caller keeps those it knows. Works on ``key()`` text.
"""

from __future__ import annotations

# In NFC, where য় is two code points. Longer ones first only for the reader's eye: all of them are tried.
_ENDINGS = (
    "গুলোর",
    "গুলোকে",
    "গুলোতে",
    "গুলো",
    "গুলির",
    "গুলিকে",
    "গুলি",
    "দেরকে",
    "দের",
    "এর",
    "কে",
    "তে",
    "য়ে",
    "য়ের",
    "য়",
    "ের",
    "ে",
    "র",
    "রা",
    "েরা",
    "টির",
    "টিকে",
    "টিতে",
    "টি",
    "টার",
    "টাকে",
    "টা",
    "টায়",
    "ই",
    "ও",
)
_STACKED = ("ই", "ও")
# A shorter base is a word of another kind: তার is not তা + র.
_LEAST = 3
_SHORT = 2
_VOWEL_LETTERS = "অআইঈউঊএঐওঔ"
_VOWEL_SIGNS = "ািীুূৃেৈোৌ"
# A word of two code points has fewer endings that leave no doubt: মাটি is no form of মা, nor চায় of চা.
_AFTER_CONSONANT = (
    *("ের", "ে", "কে", "েই", "েও", "েরই", "েরও", "ই", "ও", "দের", "েরা", "টি", "টির", "টিকে", "টা", "টার"),
    *("গুলো", "গুলোর", "গুলোতে", "গুলোকে", "গুলি", "গুলির"),
)
_AFTER_VOWEL_LETTER = (
    *("য়ের", "য়ে", "র", "কে", "তে", "টি", "টির", "টিতে", "টা", "টার", "ও", "গুলো", "গুলোর", "গুলোতে", "গুলি", "গুলির"),
)
_AFTER_VOWEL_SIGN = ("য়ের", "কে", "দের", "য়েরা", "গুলো", "গুলোর", "গুলোতে", "গুলি", "গুলির")


def bases(word: str) -> set[str]:
    """Return the word and what is left without usual endings.

    At least three code points are left.
    """
    found = {word, *_stripped(word)}
    for particle in _STACKED:
        if word.endswith(particle):
            found |= _stripped(word.removesuffix(particle))
    if "-" in word:
        found |= {word.split("-", 1)[0]} if word.split("-", 1)[1] in _ENDINGS else set()
    return {base for base in found if base == word or len(base) >= _LEAST}


def forms(word: str) -> list[str]:
    """Return a word with each usual ending: ইরান, ইরানের, ইরানে."""
    return [word, *(word + ending for ending in (_short_endings(word) if len(word) < _LEAST else _ENDINGS))]


def has_short_forms(word: str) -> bool:
    """Return whether a word of two code points is inflected.

    দল has দলের; 19 has no forms.
    """
    return len(word) == _SHORT and "\u0985" <= word[0] <= "\u09b9" and word[1] not in "\u09cd\u09bc"


def short_base(word: str) -> str:
    """Return the two-letter base of a word: দল for দলের, else ""."""
    base, ending = word[:_SHORT], word[_SHORT:]
    return base if ending and has_short_forms(base) and ending in _short_endings(base) else ""


def _short_endings(word: str) -> tuple[str, ...]:
    if not has_short_forms(word):
        return ()
    if word[1] in _VOWEL_LETTERS:
        return _AFTER_VOWEL_LETTER
    return _AFTER_VOWEL_SIGN if word[1] in _VOWEL_SIGNS else _AFTER_CONSONANT


_BY_LAST: dict[str, tuple[str, ...]] = {
    last: tuple(ending for ending in _ENDINGS if ending[-1] == last) for last in {ending[-1] for ending in _ENDINGS}
}


def _stripped(word: str) -> set[str]:
    endings = _BY_LAST.get(word[-1:], ())
    return {word[: -len(ending)] for ending in endings if word.endswith(ending)}
