"""Gives an article's words in order with what precedes each.

The signs between words show where a name may begin and end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.bangla.normalise import display

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADLINE: Final = 0
"""The number of the headline's text; those of the body follow."""
_JOINERS = "\u200c\u200d"
_LETTERS = rf"\w\u0980-\u09e3\u09f0\u09f1\u09fc{_JOINERS}"
_WORD = re.compile(rf"([{_LETTERS}]+)")
_SENTENCE_END = re.compile(r"[।?!\n]")
_FOLDS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789", _JOINERS)


class WordToken(NamedTuple):
    """A word of an article.

    It has its key() form, its printed form, the signs before it, and the numbers of its text and sentence.
    """

    word: str
    shown: str
    gap: str
    text: int
    sentence: int

    @property
    def joined(self) -> bool:
        """Whether only a space, or an abbreviation's stop, precedes it."""
        return self.gap in (" ", ". ", ".")


def tokens(texts: Iterable[str], most: int) -> list[WordToken]:
    """Return the first words of an article, up to a limit.

    ``texts`` are its headline, then its body's paragraphs.
    """
    found: list[WordToken] = []
    sentence = -1
    for number, text in enumerate(map(display, texts)):
        if len(found) >= most:
            break
        sentence += 1
        parts = _WORD.split(text)  # a gap, a word, a gap, …
        for at, (gap, shown) in enumerate(zip(parts[::2], parts[1::2], strict=False)):
            if at and gap != " " and _SENTENCE_END.search(gap):
                sentence += 1
            found.append(WordToken(fold(shown), shown, gap if at else "\n", number, sentence))
    return found[:most]


@lru_cache(maxsize=1 << 13)
def fold(word: str) -> str:
    """Return one word of a display() text as key() has it."""
    return word.translate(_FOLDS).casefold()
