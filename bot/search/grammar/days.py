"""Reads the days that a sentence names: গতকাল, ১৬ ডিসেম্বর, kalker.

It reads গত মাসে and ২০২৪ সালে too. A day lasts from midnight to midnight of a zone. A day without its year is the last
one that has been. «কাল» alone may look ahead («কালকের আবহাওয়া»): it is yesterday with খবর, where something is asked of
what happened, or by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.bangla.calendar import BanglaDate, bangla_date, gregorian_date
from bot.bangla.date_words import WORDS
from bot.bangla.normalise import key
from bot.search.grammar import day_stretches
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

FARTHEST: Final = 366
"""Days that «গত N দিনে» can go back."""
_MONTHS, _FIRST_YEAR, _LAST_YEAR = 12, 1950, 2100


_TODAY: Final = keys("আজ আজকে আজকের আজকেই আজও আজি aj aaj ajke ajker aajker today todays today's")
_YESTERDAY: Final = keys("গতকাল গতকালের গতকালকে গতকালকের gotokal gotokaler gotkal yesterday yesterdays yesterday's")
_MAYBE: Final = keys("কাল কালকে কালকের kal kalke kalker")
_BEFORE: Final = keys("পরশু পরশুর পরশুদিন পরশুদিনের গতপরশু porshu porsu porshur")
_THIS: Final = keys("এই এ চলতি ei this")
_LAST: Final = keys("গত বিগত শেষ গেল goto gato gel last past previous")
_FIRST: Final = keys("প্রথম prothom first")
_AGO: Final = keys("আগে আগের আগেকার পূর্বে পূর্বের age ager ago")
_FILLS: Final = keys("সারাদিন সারাদিনে সারাদিনের তারিখ তারিখের তারিখে দিন দিনের দিনে tarikh tariker tarikher diner")
_HOURS: Final = keys("ঘণ্টায় ঘণ্টার ঘণ্টা ঘন্টায় ঘন্টার ঘন্টা ghontay ghontar ghonta hours hour")
_DAYS: Final = keys("দিনে দিনের দিন dine diner din days day")
_WEEKS: Final = keys("সপ্তাহে সপ্তাহের সপ্তাহ হপ্তা হপ্তার soptahe shoptahe soptaher soptah shoptaher weeks week")
_MONTH: Final = keys("মাসে মাসের মাস mase maser mash mas months month")
_YEARS: Final = keys("বছর বছরে বছরের bochor bochore bochorer year years")
_IN_YEAR: Final = keys("সালে সালের সাল সনে সনের এর -এর sale saler sal er")
_PARTS: Final = {
    key(word): hours
    for hours, words in (
        ((4, 12), "সকাল সকালে সকালের সকালবেলা sokal sokaler sokale morning"),
        ((12, 16), "দুপুর দুপুরে দুপুরের dupur dupurer dupure noon"),
        ((15, 19), "বিকেল বিকেলে বিকেলের বিকাল বিকালে বিকালের bikel bikeler bikele afternoon"),
        ((18, 24), "সন্ধ্যা সন্ধ্যায় সন্ধ্যার সন্ধ্যে sondha sondhay sondhar evening"),
        ((18, 30), "রাত রাতে রাতের rat raat rate rater raater night tonight"),
        ((0, 7), "ভোর ভোরে ভোরের bhor vor vore"),
    )
    for word in words.split()
}
_COUNTS: Final = {
    key(word): number
    for number, words in enumerate(
        (
            "এক ek one",
            "দুই দু dui two",
            "তিন tin three",
            "চার char four",
            "পাঁচ pach panch five",
            "ছয় choy six",
            "সাত sat shat seven",
            "আট at aat eight",
            "নয় noy nine",
            "দশ dosh ten",
            "এগারো egaro",
            "বারো baro",
        ),
        start=1,
    )
    for word in words.split()
} | {
    key("পনেরো"): 15,
    key("ত্রিশ"): 30,
    key("কয়েক"): 3,
    key("পহেলা"): 1,
    key("পয়লা"): 1,
    key("দোসরা"): 2,
    key("তেসরা"): 3,
    key("চৌঠা"): 4,
    "pohela": 1,
    "poyla": 1,
}
_DATED: Final = keys("তারিখ তারিখের তারিখে tarikh tariker tarikher")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:ই|শে|লা|রা|ঠা|তারিখ|st|nd|rd|th)?", re.ASCII)
_YEAR: Final = re.compile(r"((?:19|20)\d\d)(?:সালে|সালের|-এর|এর|ের)?", re.ASCII)
_NUMBERED: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_ENDINGS: Final = tuple(map(key, ("", "ে", "ের", "র", "তে", "-এর", "er", "r", "e", "রই", "য়ের", "এর", "তেই", "য়ে")))


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A stretch of time, and which words of the sentence said so."""

    since: datetime
    until: datetime | None
    start: int
    end: int
    maybe: bool = False
    """Whether it may look ahead as well: কাল."""
    ahead: bool = False
    """Whether it is still to come."""


def read(words: Sequence[str], now: datetime, zone: ZoneInfo) -> DaySpan | None:
    """Return the longest day that words name, else None.

    Among days of equal length the first counts. Words are in key() form.
    """
    local = now.astimezone(zone)
    for start in range(len(words)):
        stretch = day_stretches.find(words, lambda some: _DayWords(some, local).span(), start)
        if stretch is not None:
            since, until, end = stretch
            return DaySpan(since, until, start, end, ahead=since > local)
        for size in range(min(day_stretches.LONGEST, len(words) - start), 0, -1):
            found = _DayWords(list(words[start : start + size]), local).span()
            if found is not None:
                since, until, maybe = found
                return DaySpan(since, until, start, start + size, maybe, since > local)
    return None


_DayRange = tuple[datetime, datetime | None, bool]


class _DayWords:
    """Some words, tried as one day.

    All of them must be part of it.
    """

    def __init__(self, words: list[str], now: datetime) -> None:
        self.words = words
        self.now = now
        self.today = now.date()

    def span(self) -> _DayRange | None:
        filled = len(self.words) > (2 if self.words[0].isdecimal() else 1) and self.words[-1] in _FILLS
        if filled and self.words[0] not in _LAST | _THIS:
            return _DayWords(self.words[:-1], self.now).span()
        for rule in (
            self._relative,
            self._counted,
            self._week_of_month,
            self._calendar_unit,
            self._weekday,
            self._date,
            self._month,
            self._year,
        ):
            if (found := rule()) is not None:
                return found
        return self._part_of_day()

    def _day(self, day: date, days: int = 1, *, maybe: bool = False) -> _DayRange:
        return self._midnight(day), self._midnight(day + timedelta(days=days)), maybe

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.now.tzinfo)

    def _relative(self) -> _DayRange | None:
        """Read আজ, গতকাল, কাল, পরশু, গত পরশু."""
        words = self.words[1:] if len(self.words) == 2 and self.words[0] in _LAST else self.words  # noqa: PLR2004
        if len(words) != 1:
            return None
        (one,) = words
        if one in _TODAY and words is self.words:
            return self._midnight(self.today), None, False
        back = 1 if one in _YESTERDAY | _MAYBE else 2 if one in _BEFORE else 0
        maybe = one in _MAYBE and words is self.words
        return self._day(self.today - timedelta(days=back), maybe=maybe) if back else None

    def _counted(self) -> _DayRange | None:
        """Read a count of units: গত ৭ দিনে, ৩ মাস আগে."""
        words, last = self.words, self.words[0] in _LAST
        words = words[1:] if last else words
        if len(words) > 1 and words[0] in _AGO and last:
            return None
        ago = len(words) == 3 and words[-1] in _AGO  # noqa: PLR2004 - a number, a unit, ago
        if len(words) != (3 if ago else 2) or not (ago or last) or (ago and last):
            return None
        many, unit = _number(words[0]), words[1]
        if many is None:
            return None
        if unit in _HOURS:
            since = self.now.astimezone(UTC) - timedelta(hours=min(many, FARTHEST * 24))
            return since.astimezone(self.now.tzinfo), None, False
        days = many * next(
            (size for units, size in ((_DAYS, 1), (_WEEKS, 7), (_MONTH, 30), (_YEARS, 365)) if unit in units), 0
        )
        if not days:
            return None
        start = self.today - timedelta(days=min(days, FARTHEST * 10 if ago else FARTHEST))
        return self._day(start) if ago else (self._midnight(start), None, False)

    def _calendar_unit(self) -> _DayRange | None:
        """Read a unit of the calendar: এই সপ্তাহে, গত মাসে, গত বছর.

        Months and years are the calendar's; a week is the last seven days.
        """
        if len(self.words) != 2 or self.words[0] not in _LAST | _THIS:  # noqa: PLR2004 - which, and of what
            return None
        last, unit = self.words[0] in _LAST, self.words[1]
        if unit in _WEEKS:
            return self._midnight(self.today - timedelta(days=7)), None, False
        if unit in _MONTH:
            first = self.today.replace(day=1)
            return self._of_month(first - timedelta(days=1) if last else first)
        return self._of_year(self.today.year - last) if unit in _YEARS else None

    def _week_of_month(self) -> _DayRange | None:
        """Read ডিসেম্বরের শেষ সপ্তাহে."""
        *named, which, unit = self.words if len(self.words) > 2 else ("", "", "")  # noqa: PLR2004 - a month, which, a week
        month = _DayWords([*named, "মাসে"], self.now)
        whole = month._month() if unit in _WEEKS and named else None
        if whole is None or whole[1] is None or (which not in _LAST and which not in _FIRST):
            return None
        week = timedelta(days=7)
        return (whole[1] - week, whole[1], False) if which in _LAST else (whole[0], whole[0] + week, False)

    def _of_month(self, day: date) -> _DayRange:
        first = day.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        return self._midnight(first), self._midnight(following), False

    def _of_year(self, year: int) -> _DayRange:
        return self._midnight(date(year, 1, 1)), self._midnight(date(year + 1, 1, 1)), False

    def _weekday(self) -> _DayRange | None:
        words = self.words[1:] if self.words[0] in _LAST and len(self.words) > 1 else self.words
        weekday = _token(words[0], "W") if len(words) == 1 else None
        # «রবি» and «সোম» alone are names; with বার they are days.
        if weekday is None or not (re.search("বার|day|bar", words[0]) or words is not self.words):
            return None
        back = (self.today.weekday() - weekday) % 7
        return self._day(self.today - timedelta(days=back or (7 if words is not self.words else 0)))

    def _date(self) -> _DayRange | None:
        words, year = self._year_off()
        if len(self.words) == 2 and self.words[1] in _DATED and (found := _ORDINAL.fullmatch(self.words[0])):  # noqa: PLR2004
            return self._of_this_month(int(found[1]))
        if len(words) == 1 and (numbered := _NUMBERED.fullmatch(words[0])):
            day, month, in_year = (
                (numbered[1], numbered[2], numbered[3]) if numbered[1] else (numbered[6], numbered[5], numbered[4])
            )
            return self._on(int(day), int(month), int(in_year))
        if len(words) != 2:  # noqa: PLR2004 - a day and its month, in either order
            return None
        for first, second in (words, words[::-1]):
            day_of_month = _ORDINAL.fullmatch(first)
            number = int(day_of_month[1]) if day_of_month else _COUNTS.get(first)
            if number is None:
                continue
            if (month := _token(second, "M")) is not None:
                return self._on(number, month, year)
            if (month := _token(second, "B")) is not None:
                return self._bangla(number, month)
        return None

    def _of_this_month(self, day: int) -> _DayRange | None:
        """Return the last day of that number: ২৫ তারিখের."""
        first = self.today.replace(day=1)
        for month in (first, (first - timedelta(days=1)).replace(day=1), (first - timedelta(days=32)).replace(day=1)):
            try:
                found = month.replace(day=day)
            except ValueError:
                continue
            if found <= self.today:
                return self._day(found)
        return None

    def _on(self, day: int, month: int, year: int | None) -> _DayRange | None:
        try:
            if year is not None:
                return self._day(date(year, month, day))
            found = date(self.today.year, month, day)
        except ValueError:
            return self._on(day, month, _leap_before(self.today.year)) if (day, month, year) == (29, 2, None) else None
        return self._day(found if found <= self.today else found.replace(year=found.year - 1))

    def _bangla(self, day: int, month: int) -> _DayRange | None:
        year = bangla_date(self.today).year
        try:
            found = gregorian_date(BanglaDate(day, month, year))
            return self._day(found if found <= self.today else gregorian_date(BanglaDate(day, month, year - 1)))
        except ValueError:
            return None

    def _month(self) -> _DayRange | None:
        """Read ডিসেম্বর মাসে, গত ডিসেম্বরের, ২০২৪ সালের জানুয়ারি."""
        words, year = self._year_off()
        if len(words) > 2 and words[0] in _LAST | _THIS and words[1] in _YEARS:  # noqa: PLR2004 - গত বছরের ডিসেম্বরে
            words, year = words[2:], self.today.year - (words[0] in _LAST)
        last = words[0] in _LAST | _THIS if words else False
        said = [word for word in (words[1:] if last else words) if word not in _MONTH]
        month = _token(said[0], "M") if len(said) == 1 else None
        # A month's name alone is a word of its own («মে», মার্চ): it needs a year, গত or মাস beside it.
        if month is None or not (year or last or len(said) < len(words)):
            return None
        in_year = year or (
            self.today.year if month <= self.today.month - (last and words[0] in _LAST) else self.today.year - 1
        )
        return self._of_month(date(in_year, month, 1))

    def _year_off(self) -> tuple[list[str], int | None]:
        """Part a year, with সালে or without, from the words beside it."""
        for at, word in enumerate(self.words):
            found = _YEAR.fullmatch(word)
            if found and len(self.words) > 1:
                behind = self.words[at + 1 : at + 2]
                skip = 2 if behind and behind[0] in _IN_YEAR else 1
                rest = [*self.words[:at], *self.words[at + skip :]]
                return (rest, int(found[1])) if rest else (self.words, None)
        return self.words, None

    def _year(self) -> _DayRange | None:
        if len(self.words) == 2 and self.words[1] in _IN_YEAR and (found := _YEAR.fullmatch(self.words[0])):  # noqa: PLR2004
            return self._of_year(int(found[1]))
        if len(self.words) == 1 and (found := _YEAR.fullmatch(self.words[0])) and found[0] != found[1]:
            return self._of_year(int(found[1]))
        return None

    def _part_of_day(self) -> _DayRange | None:
        """Read গত রাতে, আজ সকালে, গতকাল রাতের."""
        hours = _PARTS.get(self.words[-1])
        if hours is None or len(self.words) < 2:  # noqa: PLR2004 - which day, and its part
            return None
        if self.words[:-1] in ([one] for one in _LAST):
            day = self.today - timedelta(days=1)
        else:
            whole = _DayWords(self.words[:-1], self.now)
            named = whole._relative() or whole._weekday()
            if named is None or self.words[-2] in _LAST:
                return None
            day = named[0].date()
        midnight = self._midnight(day)
        return midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1]), False


def _number(word: str) -> int | None:
    return int(word[:4]) if word.isdecimal() else _COUNTS.get(word)


def _token(word: str, symbol: str) -> int | None:
    """Return what a word stands for in a date.

    Any case ending is allowed: ডিসেম্বরের, শনিবারে.
    """
    for ending in _ENDINGS:
        token = WORDS.get(word.removesuffix(ending) if ending else word) if word.endswith(ending) else None
        if token is not None and token.symbol == symbol:
            return token.values[0]
    return None


def _leap_before(year: int) -> int:
    return year - (year % 4 or 4)
