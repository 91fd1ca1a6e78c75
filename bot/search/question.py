"""A question as readers write it: what it is about, what it leaves out, and of which days.

«ইরানের খবর», «ইরান নিয়ে খবর», `iran er khobor` ask for ইরান; «আজ», «গতকাল», «এই সপ্তাহে», «গত ৭ দিনে» anywhere say when, and
a word with a hyphen in front is to be left out. What stands in quotation marks is taken as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import display, key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

MOST = 12
"""Words of a question that are looked at: a whole sentence that somebody pasted is none."""
FARTHEST = 366
"""Days that a question can go back."""
_QUOTED = re.compile(r'"[^"]+"|“[^”]+”|‘[^’]+’')


def _words(text: str) -> frozenset[str]:
    return frozenset(map(key, text.split()))


_POLITE = _words("দাও দিন দেন চাই বলো বলুন দেখান দেখাও কী কি dao den din chai bolo dekhan please")
_NEWS = _words("খবর খবরাখবর সংবাদ নিউজ news khobor khobar khabor khbr songbad")
_ABOUT = _words("নিয়ে সম্পর্কে সংক্রান্ত বিষয়ে বিষয়ক niye nie somporke shomporke")
_OF = _words("এর -এর er -er r -r")
_IN_FRONT = _words("about on of")
_SIGNS = "?!।,;:"
_TODAY = _words("আজ আজকে আজকের aj aaj ajke ajker today")
_YESTERDAY = _words("গতকাল গতকালের gotokal gotokaler yesterday")
_THIS = _words("এই এ ei this")
_LAST = _words("গত goto gato last past")
_HOURS = _words("ঘণ্টায় ঘণ্টার ঘণ্টা ঘন্টায় ঘন্টার ghontay ghontar ghonta hours hour")
_DAYS: Final = {
    **dict.fromkeys(map(key, ["দিনে", "দিনের", "দিন", "dine", "diner", "din", "days", "day"]), 1),
    **dict.fromkeys(map(key, ["সপ্তাহে", "সপ্তাহের", "সপ্তাহ", "soptahe", "shoptahe", "soptaher", "weeks", "week"]), 7),
    **dict.fromkeys(map(key, ["মাসে", "মাসের", "মাস", "mase", "maser", "mash", "months", "month"]), 30),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for; without any ``text`` it is all news of some days."""

    text: str
    without: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


def read(text: str, now: datetime, zone: ZoneInfo) -> Wish:
    """Read a question; days are those of ``zone``, from midnight to midnight."""
    words = parted(display(text))[:MOST]
    without = tuple(word.lstrip("-") for word in words if _is_left_out(word)) if len(words) > 1 else ()
    kept = [word for word in words if not (without and _is_left_out(word))]
    kept, since, until = _dated(_polite_off(kept), now.astimezone(zone))
    return Wish(" ".join(_framed(kept)), without, since, until)


def parted(text: str) -> list[str]:
    """Part a question at spaces, but for what stands in quotation marks."""
    words: list[str] = []
    end = 0
    for found in _QUOTED.finditer(text):
        words += [*text[end : found.start()].split(), found[0]]
        end = found.end()
    return [word for word in (one.strip(_SIGNS) for one in (*words, *text[end:].split())) if word]


def _is_left_out(word: str) -> bool:
    return len(word) > 1 and word.startswith("-") and key(word) not in _OF and word[1] != "-"


def _polite_off(words: list[str]) -> list[str]:
    while len(words) > 1 and key(words[-1]) in _POLITE:
        words = words[:-1]
    return words


def _framed(words: list[str]) -> list[str]:
    """Take off what only says that it is a question for news."""
    if len(words) > 2 and key(words[0]) in _NEWS and key(words[1]) in _IN_FRONT:  # noqa: PLR2004 - news about X
        return words[2:]
    if len(words) > 1 and key(words[-1]) in _NEWS:
        words = words[:-1]
        for ends in (_ABOUT, _OF):
            words = words[:-1] if len(words) > 1 and key(words[-1]) in ends else words
        return [*words[:-1], re.sub("-(?:এর|er|র|r)$", "", words[-1])]
    return words[:-1] if len(words) > 1 and key(words[-1]) in _ABOUT else words


def _dated(words: list[str], now: datetime) -> tuple[list[str], datetime | None, datetime | None]:
    """Take off the first words that say when, wherever they stand."""
    for place in range(len(words)):
        for size in (3, 2, 1):
            span = _span([key(word) for word in words[place : place + size]], now)
            if span is not None:
                return [*words[:place], *words[place + size :]], *span
    return words, None, None


def _span(words: Sequence[str], now: datetime) -> tuple[datetime, datetime | None] | None:
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    match words:
        case [one] if one in _TODAY:
            return midnight, None
        case [one] if one in _YESTERDAY:
            return _back(midnight, 1), midnight
        case [first, second] if first in _THIS | _LAST and _DAYS.get(second, 0) > 1:
            return _back(midnight, _DAYS[second]), None
        case [first, many, unit] if first in _LAST and many.isdecimal() and unit in _DAYS:
            return _back(midnight, min(int(many[:4]) * _DAYS[unit], FARTHEST)), None
        case [first, many, unit] if first in _LAST and many.isdecimal() and unit in _HOURS:
            return now - timedelta(hours=min(int(many[:4]), FARTHEST * 24)), None
        case _:
            return None


def _back(midnight: datetime, days: int) -> datetime:
    # By the calendar: the hour stays what it is, whatever a zone did meanwhile.
    return midnight - timedelta(days=days)
