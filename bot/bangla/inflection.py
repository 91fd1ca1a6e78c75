"""Finds a noun's base form by its ending and the archive's words.

The endings are the same everywhere; whether ব্যাংকে is ব্যাংক and not ব্যাং, only the words of the archive know. An
ending comes off if it fits the sound before it and the rest is a word that is known, or has other forms that are. A few
endings are sure on a long word although the rest was never seen. It works on ``key()`` text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.bangla.noun_endings import ENDINGS, PARTICLE, PLAIN, VOWELS, YA_CASES, usual
from bot.bangla.whole_words import FROZEN, GRAMMAR, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.bangla.noun_endings import NounEnding

    Known: TypeAlias = Callable[[str], int]
    """How often a word stands in the archive; 0 for one that does not."""

# A word that stands so much more often than the rest is a word of its own: আছে beside আছ. From 20 to 200 it is all one.
_RARER = 60
# Other forms say no more than this, however many there are: the rest of মেয়েদের is not মেয়.
_MOST_KIN = 50
_SHORT = 2


def base(word: str, known: Known) -> str:
    """Return the base form of a noun: ব্যাংক for ব্যাংকে.

    Both must be known words; most words are their own base.

    Args:
        word: what to reduce; verbs and pronouns are not meant.
        known: how often a word stands in the archive.
    """
    level = PARTICLE + 1
    while word and level and word not in GRAMMAR and word not in WHOLE:
        if word in FROZEN:
            return FROZEN[word]
        word, level = max(_rests(word, level, known), default=((), word, 0))[1:]
    return word


def _rests(word: str, below: int, known: Known) -> Iterator[tuple[tuple[int, ...], str, int]]:
    """Yield the candidates that one more ending leaves.

    Each has its likelihood, the rest, and the ending's level.
    """
    own = _kin(word, word, known)
    for ending in ENDINGS:
        rest = ending.rest(word) if ending.level < below else None
        if rest is None or rest in GRAMMAR or _is_scrap(rest, ending):
            continue
        count = known(rest)
        support = count + min(_kin(rest, word, known), _MOST_KIN)
        if ending.level == PARTICLE and not count:
            continue
        if ending.text == "র" and rest[-1] == "ে" and not _ends_in_e(rest, word, known):
            continue
        if _comes_off(ending, rest, support, own, known(word)):
            yield (rest in WHOLE, count > 0, len(rest) <= _SHORT, support, -len(rest)), rest, ending.level


def _comes_off(ending: NounEnding, rest: str, support: int, own: int, count: int) -> bool:
    if not support:
        return ending.is_sure(rest) and not own
    return ending.text in PLAIN or (own <= support and count <= _RARER * support)


def _ends_in_e(rest: str, word: str, known: Known) -> bool:
    """Return whether a word in ের comes from one in ে.

    ছেলের does, from ছেলে; দেশের comes from দেশ, although দেশে stands too.
    """
    shorter = rest[:-1]
    # A stray দেশেকে, as large archives have it, must not outweigh দেশকে.
    return rest in WHOLE or _kin(rest, word, known) > known(shorter) + _kin(shorter, word, known) - known(rest)


def _is_scrap(rest: str, ending: NounEnding) -> bool:
    """Return whether a rest of two code points is no word here.

    ঘর is a word before ে, মা before য়ের.
    """
    return len(rest) <= _SHORT and (
        (rest[-1] in VOWELS) != (ending.text in YA_CASES) or ending.text in ("ই", "ও", "কে", "টি", "টা")
    )


def _kin(word: str, but: str, known: Known) -> int:
    """Count the other known forms of a word."""
    return sum(known(form) for ending in usual(word) if (form := word + ending) != but)
