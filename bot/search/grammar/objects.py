"""Finds a request's objects, freed of খবর, নিয়ে, সব at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.bangla.endings import bases
from bot.bangla.normalise import key
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.sentence import written
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word

MOST: Final = 6
"""Objects of one request; and words of an object, above which it is a sentence of another sort."""
_FRONT: Final = (
    *(
        Kind.POLITE,
        Kind.ALL,
        Kind.ANY_MORE,
        Kind.REGULAR,
        Kind.AGAIN,
        Kind.ONLY,
        Kind.NEWS,
        Kind.AT_ONCE,
        Kind.ABOUT,
        Kind.AND,
    ),
    *(Kind.FRESH, Kind.MESSAGE, Kind.ALERT),
)
_BACK: Final = (
    *(
        Kind.POLITE,
        Kind.NEWS,
        Kind.ABOUT,
        Kind.OF,
        Kind.ALL,
        Kind.ANY,
        Kind.ANY_MORE,
        Kind.BOTH,
        Kind.REGULAR,
        Kind.AT_ONCE,
    ),
    *(Kind.FRESH, Kind.AGAIN, Kind.AND, Kind.ONLY, Kind.MESSAGE, Kind.ALERT, Kind.TAIL),
)
_TWO: Final = 2
_DAILY: Final = keys("ডেইলি দৈনিক daily")
_MATTER: Final = keys("আসে আছে আসবে হয় হোক হচ্ছে থাকে বের ase hoy")
"""Verbs of «যা আসে সব», which say no more than all."""


def freed(words: Sequence[Word]) -> list[Word]:
    """Return the object without words that only say "news".

    They go from both ends, while anything is left.
    """
    start, end = 0, len(words)
    while end > start and (words[end - 1].is_a(*_BACK) or words[end - 1].key in _MATTER):
        end -= 1
    while start < end and words[start].is_a(*_FRONT) and not (words[start].key in _DAILY and start == end - _TWO):
        start += 1
    return list(words[start:end])


def parted(words: Sequence[Word], *, both: bool = False) -> list[list[Word]]:
    """Part an object at what joins names; each part is freed again.

    If ``both`` are meant («সাকিব তামিম দুজনকেই»), two words are two names.
    """
    if both and len(words) == _TWO:
        return [[word] for word in words]
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.is_a(Kind.AND):
            parts.append([])
            continue
        parts[-1].append(word)
        if word.ends_clause:
            parts.append([])
    return [part for part in map(freed, parts) if part][:MOST]


def plain(name: str) -> list[str]:
    """Return a name as written, then without endings: মেসিকে, মেসি.

    The longest rest comes first. «ডেইলি» may be of a paper's name, or say how often.
    """
    before, _, last = name.rpartition(" ")
    stripped = sorted(bases(key(last)) - {key(last)}, key=len, reverse=True)
    found = [name, *(f"{before} {one}".strip() for one in stripped)]
    first, _, rest = name.partition(" ")
    return [*found, *(plain(rest) if rest and key(first) in _DAILY else ())]


def text(words: Sequence[Word]) -> str:
    """Return an object as it was written.

    -এর and -er that were typed with a hyphen come off.
    """
    spoken = written(words)
    for ending in ("-এর", "-কে", "-er", "-ke", "-র"):
        spoken = spoken.removesuffix(ending)
    return spoken
