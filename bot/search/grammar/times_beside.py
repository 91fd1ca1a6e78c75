"""Reads times beside an object, and words that only say when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import key
from bot.search.grammar import schedule
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.wordlist import keys
from bot.subscriptions.weekdays import weekday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word


def beside(words: Sequence[Word]) -> tuple[str, list[Word]] | None:
    """Return the times at either end of an object, and the object.

    «সকাল ৯টায় খেলার», «খেলার খবর প্রতিদিন রাতে». A part of the day counts in its locative alone: সন্ধ্যা is a river.
    """
    if schedule.is_past(words):
        return None
    for length in range(min(len(words) - 1, _LONGEST), 0, -1):
        for run, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            if _tells_when(run) and (times := schedule.read(run, only=False)) is not None:
                return times, list(rest)
    return None


def names_only_times(words: Sequence[Word]) -> str:
    """Return which setting says when nothing comes.

    It is named by days, or by parts of a day. Return "" for anything else, and for the night, whose hours are known.
    """
    said = [word for word in words if not word.is_a(Kind.NEWS, Kind.POLITE, Kind.ANY, Kind.MESSAGE, Kind.ANY_MORE)]
    if not said or any(schedule.PARTS.get(word.key) == _BY_NIGHT for word in said):
        return ""
    if all(weekday(word.key) is not None for word in said):
        return "time"
    return "quiet" if all(word.key in schedule.PARTS for word in said) else ""


_BY_NIGHT: Final = "21:00"


def comes_again(word: Word) -> bool:
    """Tell whether a word says "every": প্রতি, সপ্তাহে, দুইবার."""
    return word.key in schedule.A_WEEK or word.key in schedule.OFTEN


def _tells_when(words: Sequence[Word]) -> bool:
    named = any((word.key in schedule.PARTS and word.key not in _NOUNS) or word.key in schedule.OFTEN for word in words)
    return named or any(
        word.key in schedule.A_WEEK or word.key in _OCLOCK or _HOUR.fullmatch(word.key) or weekday(word.key) is not None
        for word in words
    )


_LONGEST: Final = 12
_NOUNS: Final = keys("সকাল দুপুর বিকেল সন্ধ্যা রাত sokal dupur raat morning noon afternoon evening night")
_OCLOCK: Final = keys("টা টায় টাতে tay tai am pm")
_HOUR: Final = re.compile(rf"\S{{1,8}}(?:{'|'.join(keys('টা টায় টাতে ta tay tai am pm'))})|\d{{1,2}}:\d\d")


def is_vague(words: Sequence[Word]) -> bool:
    """Tell whether words say when, but not at which time.

    Examples are «সপ্তাহে তিন দিন», «এক দিন পর পর», «অফিস শেষে»: which times that means is asked.
    """
    said = [word.key for word in words if not word.is_a(Kind.NEWS, Kind.POLITE, Kind.TAIL)]
    if not said:
        return False
    if said[0] in _MONTHLY:
        return all(one in schedule.OFTEN or one in schedule.ONE_DAY for one in said[1:])
    again = any(one in schedule.A_WEEK | _EVERY for one in said) or said[-2:] == [_AGAIN, _AGAIN]
    counted = all(
        one in schedule.ONE_DAY | schedule.A_WEEK | _AFTER | _EVERY or schedule.is_many(one) or one in schedule.OFTEN
        for one in said
    )
    return len(said) > 1 and ((again and counted) or said[-1] in _WHILES)


_MONTHLY: Final = keys("মাসে মাসিক mase monthly")
_AGAIN: Final = key("পর")
_AFTER: Final = keys("পর ঘণ্টা ঘণ্টায় ঘন্টা por")
_EVERY: Final = keys("পরপর অন্তর প্রতি")
_WHILES: Final = keys("সময় সময়ে শেষে ফাঁকে বেলায়")
