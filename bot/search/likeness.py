"""Tells how alike a typed text and a headline are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.bangla.words import split
from bot.search.weak import is_weak

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_WORDS: Final = 4
"""A shorter headline is a question as well; it is found by its words."""
LEAST_LETTERS: Final = 16
"""Letters and signs of a headline that may stand in a longer text."""
_FRAME: Final = re.compile("[|–—(\\[]| - ")
_STEM: Final = 4
"""Letters that words share with their inflected forms, at least."""


def is_same(headline: str, text: str) -> bool:
    """Return whether a text is a headline.

    The headline stands alone, or with an outlet's name or more text behind it.
    """
    typed, wanted = squeezed(text), squeezed(headline)
    if typed == wanted:
        return True
    if len(wanted) < LEAST_LETTERS or len(split(headline)) < LEAST_WORDS:
        return any(squeezed(part) == wanted for part in _FRAME.split(text)[:2])
    return wanted in typed


def likeness(text: Sequence[str], headline: Sequence[str]) -> float:
    """Return how alike a headline and a text are, 0 to 1.

    It is the share of the headline's words in the text, and of the text's first words in the headline.
    """
    wanted = {word for word in headline if not is_weak(word)}
    typed = {word for word in text if not is_weak(word)}
    if not wanted or not typed:
        return 0.0
    common = sum(any(_alike(word, other) for other in typed) for word in wanted)
    return common / max(len(wanted), min(len(typed), 2 * len(wanted)))


def _alike(word: str, other: str) -> bool:
    return word == other or (
        len(word) >= _STEM and len(other) >= _STEM and (word.startswith(other) or other.startswith(word))
    )


def squeezed(text: str) -> str:
    """Return a text's words without what stands between them."""
    return "".join(split(text))
