"""Printed dates read: `parse` turns what a page shows into a moment."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.bangla.calendar import BanglaDate, bangla_date, gregorian_date
from bot.bangla.date_grammar import DateFields, Day, is_whole, read
from bot.bangla.date_tokens import tokens
from bot.bangla.date_zones import split_zone
from bot.bangla.normalise import display, key
from bot.bangla.numerals import to_ascii

DHAKA: Final = ZoneInfo("Asia/Dhaka")
"""What a date without a zone is taken to be in."""

LONGEST: Final = 500
"""Code points of the longest text that is looked at; nothing longer is a date."""

_YEARS = range(1900, 2200)  # no article is older, and a year of the Bangla calendar is no Gregorian one
_BANGLA_YEARS = range(1307, 1606)
_CENTURY = 100  # a year below it was printed in two digits
_LEAP_CYCLE = 8  # years in which 29 February comes again at the latest
_MOST_UNKNOWN_WORDS = 8
_LONGEST_LINE = 80
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # whether a text is a date does not depend on when it is asked


def parse(text: str, now: datetime, zone: tzinfo = DHAKA, *, live: bool = True) -> datetime | None:
    """Return the moment that a printed date names, or None if uncertain.

    A date that names no zone is read in `zone`. The function reads Bengali and English, day and month in either order,
    numbers, ISO 8601, RFC 822, the Bangla calendar and «৫ মিনিট আগে». `now` must be aware; its own zone decides
    nothing. A time that is not printed is 00:00. A day without a year is the latest such day that is not after today; a
    weekday or a time without a day is the latest that is not after now. The first of two dates counts. A date with its
    year may have a few unknown words about it; any other may not. A zone that is printed and not understood makes a
    date none. A text that was not printed just now (``live`` False: a saved page) can't count from now: then only a
    date with its year is one.
    """
    if len(text) > LONGEST:
        return None
    try:
        plain, printed = split_zone(to_ascii(display(text)), zone)
        fields = read(tokens(plain))
        if fields is None or not (live or (fields.has_year and fields.ago is None)):
            return None
        return _moment(fields, now, printed or zone, zone)
    except (ValueError, OverflowError):  # a zone that is not known; a day, an hour or a number of years that is none
        return None


def is_date(text: str) -> bool:
    """Return whether a whole text is a date and nothing else.

    Every word and number of it must belong to one.
    Asked of 3,147 real headlines it holds for none; a search for months within words held for 75 («হামের টিকা…»).
    """
    if len(text) > _LONGEST_LINE or "।" in text:
        return False
    plain = key(text)
    if any(letter.isalpha() and not (letter.isascii() or _is_bengali(letter)) for letter in plain):
        return False
    found = tokens(_without_zone(plain))
    if not is_whole(found) or parse(text, _ANY_DAY) is None:
        return False
    # «মঙ্গল» alone is a planet, «বুধ» another.
    return any(token.symbol not in "WL" for token in found) or "বার" in plain or "day" in plain


def _without_zone(text: str) -> str:
    try:
        return split_zone(text, DHAKA)[0]
    except ValueError:
        return text


def _is_bengali(letter: str) -> bool:
    return "\u0980" <= letter <= "\u09ff"


def _moment(fields: DateFields, now: datetime, printed: tzinfo, zone: tzinfo) -> datetime | None:
    if fields.unknown_words > (_MOST_UNKNOWN_WORDS if fields.has_year else 0):
        return None
    if fields.ago is not None:
        return _before(now.astimezone(zone), *fields.ago).astimezone(zone)
    moment = _latest(fields, now.astimezone(printed))
    return moment.astimezone(zone) if moment else None


def _latest(fields: DateFields, local: datetime) -> datetime | None:
    """Return the moment read, in the zone of `local`, which is now."""
    clock = fields.clock or time()
    if day := _day(fields, local.date()):
        return datetime.combine(day, clock, local.tzinfo)
    if fields.weekday is None and fields.clock is None:
        return None
    back, period = (0, 1) if fields.weekday is None else ((local.weekday() - fields.weekday) % 7, 7)
    moment = datetime.combine(local.date() - timedelta(days=back), clock, local.tzinfo)
    return moment if moment <= local else moment - timedelta(days=period)


def _day(fields: DateFields, today: date) -> date | None:
    if fields.day:
        return _gregorian_day(fields.day, today)
    if fields.bangla:
        return _bangla_day(fields.bangla, today)
    if fields.days_back is not None:
        return today - timedelta(days=fields.days_back)
    return None


def _gregorian_day(printed: Day, today: date) -> date:
    year, month, day = printed
    if year is None:
        return _latest_day(lambda year: date(year, month, day), today, today.year)
    if year < _CENTURY:
        year += 2000 if year + 2000 <= today.year + 1 else 1900
    if year not in _YEARS:
        raise ValueError(f"no article is of the year {year}")
    return date(year, month, day)


def _bangla_day(printed: Day, today: date) -> date:
    year, month, day = printed
    if year is None:
        this_year = bangla_date(today).year
        return _latest_day(lambda year: gregorian_date(BanglaDate(day, month, year)), today, this_year)
    if year not in _BANGLA_YEARS:
        raise ValueError(f"no article is of the Bangla year {year}")
    return gregorian_date(BanglaDate(day, month, year))


def _latest_day(in_year: Callable[[int], date], today: date, this_year: int) -> date:
    """Return the latest day up to today that a year gives.

    Leap days exist only in few years.
    """
    for year in range(this_year, this_year - _LEAP_CYCLE - 1, -1):
        try:
            day = in_year(year)
        except ValueError:
            continue
        if day <= today:
            return day
    raise ValueError("no such day in any year")


def _before(now: datetime, seconds: int, months: int) -> datetime:
    """Return the moment that lies so long before now.

    If a month is too short for the day, the month's last day is meant.
    """
    if months:
        year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
        now = now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))
    return now.astimezone(UTC) - timedelta(seconds=seconds)
