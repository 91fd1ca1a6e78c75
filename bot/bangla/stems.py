"""Finds the part of a noun that its forms share, for matching.

Text that a reader sees is never stemmed. The list is careful: only endings that are sure without knowing the word.
"""

from __future__ import annotations

from functools import lru_cache

LEAST = 3
"""Code points that must be left: a shorter beginning stands in too many words."""
_SURE = ("গুলোর", "গুলোকে", "গুলোতে", "গুলো", "গুলির", "গুলিকে", "গুলি", "দেরকে", "দের", "টির", "টিকে", "টিতে", "েরা", "ের")


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return the beginning that a word's forms share: ইরান for ইরানের.

    `word` is in key() form; most words are their own stem.
    """
    # To the end, so that the stem of a stem is itself.
    while (ending := _ending(word)) is not None:
        word = word.removesuffix(ending)
    return word


def _ending(word: str) -> str | None:
    if not word.endswith(_SURE):  # most words: one look for all of them
        return None
    sure = (ending for ending in _SURE if word.endswith(ending) and len(word) - len(ending) >= LEAST)
    return next(sure, None)
