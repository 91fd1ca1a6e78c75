"""Finds grapheme clusters: what a reader takes for one letter.

The rules are those of Unicode's UAX 29 with conjuncts (GB9c): a hasanta holds the consonant after it, so ক্ষ্ম is one
cluster. Beyond them a hasanta holds through ZWNJ too (উদ্‌যা…), since no line may begin with what hangs on it. Left out,
being unneeded here: Hangul syllables in pieces and the prefixed number signs of Arabic.
"""

from bisect import bisect_right
from collections.abc import Iterator
from unicodedata import category, combining

_SIGNS = ("Mn", "Mc", "Me", "Cf")
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_VIRAMA_CLASS = 9  # canonical combining class of every hasanta
_REGIONAL = ("\U0001f1e6", "\U0001f1ff")
# Characters that extend a cluster without being marks: skin tones, and the tags that spell a flag.
_EXTENDERS = (("\U0001f3fb", "\U0001f3ff"), ("\U000e0020", "\U000e007f"))
# First characters of the blocks of Extended_Pictographic, each followed by the first character after it.
_PICTOGRAPH_EDGES = (
    "\xa9\xaa\xae\xaf\u203c\u203d\u2049\u204a\u2122\u2123\u2139\u213a\u2190\u2c00"
    "\u3030\u3031\u303d\u303e\u3297\u3298\u3299\u329a\U0001f000\U0001fb00"
)


def boundaries(text: str, start: int = 0) -> Iterator[int]:
    """Yield where each cluster ends, beginning with the one at `start`."""
    for index in range(start + 1, len(text)):
        if not _held(text, start, index):
            yield index
            start = index
    if start < len(text):
        yield len(text)


def extends(character: str) -> bool:
    """Return whether a character belongs to the letter before it.

    Marks, joiners and skin tones do.
    """
    return (
        category(character)[0] == "M"
        or character in (_ZWNJ, _ZWJ)
        or any(first <= character <= last for first, last in _EXTENDERS)
    )


def _held(text: str, start: int, index: int) -> bool:
    """Return whether a character belongs to the cluster begun at `start`."""
    before, character = text[index - 1], text[index]
    if before == "\r" and character == "\n":
        return True
    if category(before) == "Cc" or category(character) == "Cc":
        return False
    return (
        extends(character)
        or (category(character) == "Lo" and _ends_in_hasanta(text, start, index))
        or (before == _ZWJ and _is_pictograph(character) and _is_pictograph(text[start]))
        or (index - start == 1 and _is_regional(before) and _is_regional(character))
    )


def _ends_in_hasanta(text: str, start: int, end: int) -> bool:
    while end > start and text[end - 1] in (_ZWNJ, _ZWJ):
        end -= 1
    return end > start and combining(text[end - 1]) == _VIRAMA_CLASS


def _is_pictograph(character: str) -> bool:
    return bisect_right(_PICTOGRAPH_EDGES, character) % 2 == 1


def _is_regional(character: str) -> bool:
    return _REGIONAL[0] <= character <= _REGIONAL[1]


def letters(text: str) -> int:
    """Count letters as the eye does.

    Vowel signs and joiners stand on other letters and count nothing.
    """
    return sum(category(sign) not in _SIGNS for sign in text)
