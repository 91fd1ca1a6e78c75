"""Moments printed, in Bengali and English.

Bengali forms are those of newspapers: সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২. Dhaka prints রোববার where Kolkata prints রবিবার.
"""

from datetime import date, datetime, tzinfo
from typing import Final

from bot.bangla.calendar import bangla_date, print_bangla
from bot.bangla.dayparts import clock_hour, day_part
from bot.bangla.numerals import to_bangla

MONTHS: Final = (
    "জানুয়ারি",
    "ফেব্রুয়ারি",
    "মার্চ",
    "এপ্রিল",
    "মে",
    "জুন",
    "জুলাই",
    "আগস্ট",
    "সেপ্টেম্বর",
    "অক্টোবর",
    "নভেম্বর",
    "ডিসেম্বর",
)
WEEKDAYS: Final = ("সোমবার", "মঙ্গলবার", "বুধবার", "বৃহস্পতিবার", "শুক্রবার", "শনিবার", "রোববার")
ENGLISH_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ENGLISH_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SUNDAY = 6
_KOLKATA_SUNDAY = "রবিবার"
_NOON = 12


def clock(moment: datetime) -> str:
    """Return the time of day in the moment's own zone: সন্ধ্যা ৬:১২."""
    return f"{day_part(moment.hour)} {to_bangla(clock_hour(moment.hour))}:{to_bangla(f'{moment.minute:02}')}"


def long_date(day: date, *, west_bengal: bool = False) -> str:
    """Return the weekday and day: সোমবার, ২৩ জুন ২০২৫."""
    sunday = west_bengal and day.weekday() == _SUNDAY
    return f"{_KOLKATA_SUNDAY if sunday else WEEKDAYS[day.weekday()]}, {_day(day)} {to_bangla(day.year)}"


def print_datetime(moment: datetime, zone: tzinfo, *, bangla: bool = False, west_bengal: bool = False) -> str:
    """Return the full moment: সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২.

    `bangla` adds the Bangla date, (৯ আষাঢ় ১৪৩২), unless `west_bengal`: that calendar's date would be wrong in Kolkata.
    """
    local = moment.astimezone(zone)
    printed = f"{long_date(local, west_bengal=west_bengal)}, {clock(local)}"
    return f"{printed} ({print_bangla(bangla_date(local))})" if bangla and not west_bengal else printed


def print_short(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return day and time: ২৩ জুন, সন্ধ্যা ৬:১২.

    The year is printed only where it is not this year.
    """
    local = moment.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {to_bangla(local.year)}"
    return f"{_day(local)}{year}, {clock(local)}"


def english_clock(moment: datetime) -> str:
    """Return the time of day in the moment's own zone: 6:12 pm."""
    return f"{clock_hour(moment.hour)}:{moment.minute:02} {'am' if moment.hour < _NOON else 'pm'}"


def english_date(day: date) -> str:
    """Return the weekday and day: Monday, 23 June 2025."""
    return f"{ENGLISH_WEEKDAYS[day.weekday()]}, {_english_day(day)} {day.year}"


def english_datetime(moment: datetime, zone: tzinfo) -> str:
    """Return the full moment: Monday, 23 June 2025, 6:12 pm."""
    local = moment.astimezone(zone)
    return f"{english_date(local)}, {english_clock(local)}"


def english_short(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return day and time: 23 June, 6:12 pm.

    The year is printed only where it is not this year.
    """
    local = moment.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{_english_day(local)}{year}, {english_clock(local)}"


def _day(day: date) -> str:
    return f"{to_bangla(day.day)} {MONTHS[day.month - 1]}"


def _english_day(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]}"
