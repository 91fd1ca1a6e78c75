"""The Bangla calendar of Bangladesh.

The rule is the Bangla Academy's, in force since 1 Kartik 1426 (October 2019), and is applied to every date: 1 Boishakh
is 14 April; the first six months have 31 days, the others 30, but Falgun 29, and 30 when the Gregorian year it falls
in is a leap year. Before 2019 people printed other dates, and West Bengal still does; neither is tabled here.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.bangla.numerals import to_bangla

MONTHS: Final = (
    "বৈশাখ",
    "জ্যৈষ্ঠ",
    "আষাঢ়",
    "শ্রাবণ",
    "ভাদ্র",
    "আশ্বিন",
    "কার্তিক",
    "অগ্রহায়ণ",
    "পৌষ",
    "মাঘ",
    "ফাল্গুন",
    "চৈত্র",
)
"""The twelve months as newspapers print them; `MONTHS[0]` is the first."""

_NEW_YEAR = (4, 14)
_EPOCH = 593  # Boishakh of Bangla year y begins in Gregorian year y + 593
_FALGUN = 11
_LENGTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 29, 30)
_NEW_YEAR_TO_JANUARY = 262  # days from 14 April to 1 January, which no leap day ever falls between


@dataclass(frozen=True, slots=True)
class BanglaDate:
    """A day of the Bangla calendar.

    `month` is 1 (Boishakh) to 12 (Choitro). Raises ValueError for a day that does not exist.
    """

    day: int
    month: int
    year: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= len(_LENGTHS) or not 1 <= self.day <= month_length(self.month, self.year):
            raise ValueError(f"no such Bangla date: day {self.day}, month {self.month}, year {self.year}")


def month_length(month: int, year: int) -> int:
    """Return how many days a month (1-12) of a Bangla year has."""
    leap_day = month == _FALGUN and isleap(year + _EPOCH + 1)
    return _LENGTHS[month - 1] + leap_day


def bangla_date(day: date) -> BanglaDate:
    """Return the Bangla date of a Gregorian day."""
    if (day.month, day.day) >= _NEW_YEAR:
        # By ordinals, for a datetime is a date too and does not subtract from one.
        year, passed = day.year - _EPOCH, day.toordinal() - date(day.year, *_NEW_YEAR).toordinal()
    else:
        year, passed = day.year - _EPOCH - 1, _NEW_YEAR_TO_JANUARY + day.timetuple().tm_yday - 1
    month = 1
    while passed >= (length := month_length(month, year)):
        passed -= length
        month += 1
    return BanglaDate(passed + 1, month, year)


def gregorian_date(bangla: BanglaDate) -> date:
    """Return the Gregorian day of a Bangla date.

    Raises ValueError or OverflowError outside the years that Python counts.
    """
    passed = sum(month_length(month, bangla.year) for month in range(1, bangla.month))
    return date(bangla.year + _EPOCH, *_NEW_YEAR) + timedelta(days=passed + bangla.day - 1)


def print_bangla(bangla: BanglaDate) -> str:
    """Return the date as newspapers print it: ৯ আষাঢ় ১৪৩২."""
    return f"{to_bangla(bangla.day)} {MONTHS[bangla.month - 1]} {to_bangla(bangla.year)}"
