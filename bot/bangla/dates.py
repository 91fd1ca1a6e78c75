"""Printed dates read: `parse` turns what a page shows into a moment."""

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.bangla.date_days import before, latest
from bot.bangla.date_grammar import DateFields, is_whole, read
from bot.bangla.date_tokens import tokens
from bot.bangla.date_zones import split_zone
from bot.bangla.normalise import display, key
from bot.bangla.numerals import to_ascii

DHAKA: Final = ZoneInfo("Asia/Dhaka")
"""What a date without a zone is taken to be in."""

LONGEST: Final = 500
"""Code points of the longest text that is looked at; nothing longer is a date."""

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
        return before(now.astimezone(zone), *fields.ago).astimezone(zone)
    moment = latest(fields, now.astimezone(printed))
    return moment.astimezone(zone) if moment else None
