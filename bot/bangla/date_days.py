"""Finds the moment that a printed date's fields mean."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from bot.bangla.calendar import BanglaDate, bangla_date, gregorian_date
from bot.bangla.date_grammar import DateFields, Day

_YEARS = range(1900, 2200)  # no article is older, and a year of the Bangla calendar is no Gregorian one
_BANGLA_YEARS = range(1307, 1606)
_CENTURY = 100  # a year below it was printed in two digits
_LEAP_CYCLE = 8  # years in which 29 February comes again at the latest


def latest(fields: DateFields, local: datetime) -> datetime | None:
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


def before(now: datetime, seconds: int, months: int) -> datetime:
    """Return the moment that lies so long before now.

    If a month is too short for the day, the month's last day is meant.
    """
    if months:
        year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
        now = now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))
    return now.astimezone(UTC) - timedelta(seconds=seconds)
