"""Reads days from one to another, in the words of a question.

Examples are «১৫ ডিসেম্বর থেকে ১৭ ডিসেম্বর», «১০ থেকে ১৫ তারিখের», «১০-১৫ ডিসেম্বরের», «গতকাল থেকে আজ পর্যন্ত».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    DayRange = tuple[datetime, datetime | None, bool]
    ReadDay = Callable[[list[str]], DayRange | None]

LONGEST: Final = 5
"""Words that a day takes at most."""
TO: Final = keys("থেকে থিকা হতে theke to")
_UNTIL: Final = keys("পর্যন্ত পর্যন্তর অবধি মধ্যে মধ্যের porjonto")
_NEWS: Final = keys("খবর খবরগুলো খবরগুলি কী কি যা এখন এ সব khobor ki news")
"""What follows days that have no end: «১৫ ডিসেম্বর থেকে খবর»."""
_NUMBER: Final = re.compile(r"\d{1,2}(?:ই|শে|লা|রা|ঠা)?", re.ASCII)
_DASHED: Final = re.compile(r"(\d{1,2})[-–](\d{1,2})", re.ASCII)


def find(words: Sequence[str], day: ReadDay, start: int) -> tuple[datetime, datetime | None, int] | None:
    """Return the days that begin at a position, and their end.

    They are since when, until when, and behind which word they end.

    ``day`` reads words as one day. Words are in key() form.
    """
    if (dashed := _DASHED.fullmatch(words[start])) is not None:
        return _to(words, day, [dashed[1]], start + 1, [dashed[2]])
    for size in range(1, min(LONGEST, len(words) - start - 1) + 1):
        at = start + size
        if words[at] in TO:
            return _to(words, day, list(words[start:at]), at + 1, [])
    return None


def _to(
    words: Sequence[str], day: ReadDay, first: list[str], at: int, given: list[str]
) -> tuple[datetime, datetime | None, int] | None:
    """Read the last day, whose month may be the first one's too."""
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        last = [*given, *words[at : at + size]]
        until = day(last)
        since = day(first) or (day([*first, *last[1:]]) if _NUMBER.fullmatch(first[0]) and len(first) == 1 else None)
        if since is None or until is None or (until[1] is not None and since[0] >= until[1]):
            continue
        end = at + size
        return since[0], until[1], end + (end < len(words) and words[end] in _UNTIL)
    begun = None if given else day(first)
    open_ended = at == len(words) or words[at] in _NEWS
    return (begun[0], None, at) if begun is not None and open_ended else None
