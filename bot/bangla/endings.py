"""The usual endings of Bengali nouns, so that ইরানের and ইরানে are known for ইরান.

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


def bases(word: str) -> set[str]:
    """Return ``word`` and every form that is left when a usual ending is taken off (at least three code points)."""
    found = {word, *_stripped(word)}
    for particle in _STACKED:
        if word.endswith(particle):
            found |= _stripped(word.removesuffix(particle))
    if "-" in word:
        found |= {word.split("-", 1)[0]} if word.split("-", 1)[1] in _ENDINGS else set()
    return {base for base in found if base == word or len(base) >= _LEAST}


def forms(word: str) -> list[str]:
    """Return a word and all that it becomes with one usual ending: ইরান, ইরানের, ইরানে."""
    return [word, *(word + ending for ending in _ENDINGS)]


def _stripped(word: str) -> set[str]:
    return {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
