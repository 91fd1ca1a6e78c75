"""Reads how long something shall last.

Examples are «২ ঘণ্টা», «এক সপ্তাহ», «কাল সকাল পর্যন্ত», «শুক্রবার পর্যন্ত», at either end of an object.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.bangla.date_words import WORDS
from bot.bangla.dates import parse
from bot.bangla.normalise import key
from bot.search.grammar.sentence import written
from bot.search.grammar.wordlist import keys
from bot.subscriptions.saytimes import read_clock, read_wait
from bot.subscriptions.times import morning

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.search.grammar.sentence import Word

_LONGEST: Final = 6


_AHEAD: Final = keys("আগামী সামনের পরের এই এ পরবর্তী agami porer ei next for")
UNTIL: Final = keys("পর্যন্ত অবধি পর্যন্তই porjonto obdhi until till")
_FOR: Final = keys("জন্য ধরে যাবৎ ধইরা jonno dhore")
_TODAY: Final = keys("সারাদিন আজ আজকে আজকের আজকেই aj ajke ajker today")
_TOMORROW: Final = keys("কাল কালকে আগামীকাল কালকের kal kalke agamikal tomorrow")
_AFTER_TOMORROW: Final = keys("পরশু পরশুদিন porshu")
_TONIGHT: Final = keys("সারাদিন মতো মত রাতে রাত রাতটা moto raat rate raate")
_MORNING: Final = keys("সকাল সকালে ভোর sokal shokal sokale morning")
_AT: Final = 8
_PARTS: Final = {
    key(word): hour
    for hour, words in (
        (13, "দুপুর dupur noon"),
        (17, "বিকেল বিকাল bikel bikal afternoon"),
        (19, "সন্ধ্যা সন্ধ্যে sondha shondha evening"),
        (21, "রাত raat rat night"),
    )
    for word in words.split()
}


class WordSpan(NamedTuple):
    """Until when, and which words said so.

    The time is by the clock of the person who asks.
    """

    until: datetime
    start: int
    end: int


def read(words: Sequence[Word], now: datetime, zone: ZoneInfo) -> WordSpan | None:
    """Return how long an object says something lasts, or None.

    It is looked for at its front, else at its end.
    """
    size = len(words)
    for length in range(min(size, _LONGEST), 0, -1):
        for start in {0, size - length}:
            if (until := _until(words[start : start + length], now, zone)) is not None:
                return WordSpan(until, start, start + length)
    return None


def behind(words: Sequence[Word], now: datetime, zone: ZoneInfo) -> int:
    """Return how many last words say how long, else 0.

    A comma must stand before them.
    """
    for length in range(min(len(words) - 1, _LONGEST), 0, -1):
        if words[-length - 1].ends_clause and _until(words[-length:], now, zone) is not None:
            return length
    return 0


def _until(words: Sequence[Word], now: datetime, zone: ZoneInfo) -> datetime | None:
    keys = [word.key for word in words]
    if keys and keys[0] in _AHEAD and len(keys) > 1:
        words, keys = words[1:], keys[1:]
    if keys[-1] in _FOR:
        words, keys = words[:-1], keys[:-1]
    if not keys:
        return None
    if keys[-1] in UNTIL:
        return moment(words[:-1], now, zone) if len(keys) > 1 else None
    if keys[0] in _TODAY and all(one in _TONIGHT for one in keys[1:]):
        return morning(now, zone)
    wait = read_wait(written(words)) if len(keys) > 1 else None
    return now + wait if wait is not None else None


def moment(words: Sequence[Word], now: datetime, zone: ZoneInfo) -> datetime | None:  # noqa: PLR0911 - a form each
    """Return the moment that words name: কাল সকাল, শুক্রবার, রাত ১০টা."""
    keys = [word.key for word in words]
    local = now.astimezone(zone)
    if keys[0] in _AHEAD and len(keys) > 1:
        wait = read_wait(f"1 {written(words[1:])}")
        return now + wait if wait is not None else moment(words[1:], now, zone)
    if keys[0] in _TOMORROW and all(one in _MORNING for one in keys[1:]):
        return morning(now, zone)
    if keys[0] in _AFTER_TOMORROW and all(one in _MORNING for one in keys[1:]):
        return morning(now, zone) + timedelta(days=1)
    if len(keys) == 1 and keys[0] in _MORNING:
        return morning(now, zone)
    if len(keys) == 1 and (hour := _PARTS.get(keys[0])) is not None:
        at = local.replace(hour=hour, minute=0, second=0, microsecond=0)
        return at if at > local else at + timedelta(days=1)
    if len(keys) == 1 and (token := WORDS.get(keys[0])) is not None and token.symbol == "W":
        ahead = (token.values[0] - local.weekday()) % 7 or 7
        return local.replace(hour=_AT, minute=0, second=0, microsecond=0) + timedelta(days=ahead)
    if (clock := read_clock(written(words))) is not None:
        at = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
        return at if at > local else at + timedelta(days=1)
    if (day := _date(written(words), now, zone)) is not None:
        return day
    wait = read_wait(written(words))
    return now + wait if wait is not None else None


def _date(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Read a day to come: ১ মার্চ, ৫ জানুয়ারি ২০২৭."""
    this_year = now.astimezone(zone).year
    for dated in (text, f"{text} {this_year}", f"{text} {this_year + 1}"):
        day = parse(dated, now, zone, live=False)
        if day is not None and day > now:
            return day.replace(hour=_AT)
    return None
