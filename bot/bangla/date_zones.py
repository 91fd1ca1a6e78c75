"""Parts the time zone from a printed date.

A zone is understood, or said to be none that is known.
A date whose zone is not understood is no date: read in a default zone it would be hours wrong and look right.
"""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from bot.bangla.date_words import WORDS
from bot.bangla.dayparts import HALF_DAYS

_FARTHEST = 14 * 60  # minutes: Kiribati
# Printed for either half of the year, so the date decides; what has two letters is a zone in capitals alone.
_AMERICAN = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_LOOSE = 3  # letters from which a zone's name may stand in small letters
_AREAS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Canada|Etc|Europe|Indian|Pacific|US"
_BANGLA = "|".join(sorted((word for word, token in WORDS.items() if token.symbol == "z" and not word.isascii())))
_HALF = "|".join(word for part in HALF_DAYS for word in (part.name, *part.spellings) if not word.isascii())
_NAME = rf"(?P<name>(?:{_AREAS})/[^\s()\[\]]+|[A-Za-z]+|{_BANGLA})"
_CLOCK = r"\d{1,2}:(?:\d{1,2}:\d{1,2}|\d\d)(?:[.,]\d{1,9})?|T\d{4}(?:\d\d)?|\d(?:টায়|টার|টা|ঘটিকায়|ঘটিকা)"
_AFTER_CLOCK = re.compile(
    rf"(?:{_CLOCK})\s*(?:(?:[AaPp]\.?[Mm]\b\.?|{_HALF})\s*)?[,\s]*[(\[]?\s*"
    rf"(?P<zone>(?:{_NAME})?\s*(?P<offset>[+\-−]\d[\d:]*(?![\d:/])|\+[^\s\d]\S*|[+\-−]{{2,}}\d{{4}})?)\s*[)\]]?"
    r"(?:\s*\([^()]{0,60}\)|\s*\[[^\[\]]{0,60}\])?",
    re.ASCII,
)
_AFTER_DAY = re.compile(
    rf"(?<=\d)\s*[(\[]?(?P<zone>{_NAME}|(?P<offset>\+\d\d:\d\d|(?<=\s)[+\-−]\d{{4}}))\s*[)\]]?\s*\Z", re.ASCII
)
# «10:00:00 06:00»: in an address + is a space.
_PLUS_LOST = re.compile(r"(?<=\d:\d\d:\d\d) ((?:0\d|1[0-4]):?[0-5]\d|00)\Z", re.ASCII)
_TWO_CLOCKS = re.compile(rf"(?:{_CLOCK})\s+(?:{_CLOCK})", re.ASCII)
_HOUR_ALONE = re.compile(r"\d{4}\s+\d{1,2}\s*\Z", re.ASCII)
_OFFSET = re.compile(r"([+\-−])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_BARE_HOURS = 3  # characters of «-08», which behind a space is the beginning of a day: ১৮:১২ -০৬ মার্চ
_CAPITALS = re.compile("[A-Z]{1,5}")


def split_zone(text: str, own: tzinfo) -> tuple[str, tzinfo | None]:
    """Return a date without its printed zone, and that zone or None.

    Digits must be ASCII. Known are offsets (+0600, -05:30, GMT+6; -0000 is UTC, RFC 2822 3.3), Asia/Dhaka and the
    like, and abbreviations; one that several countries use (IST, CST) is the source's where its ``own`` zone is called
    so. Capitals that end a date, or that end in T, are a zone.

    Raises:
        ValueError: a zone stands there that is not known.
    """
    text = _PLUS_LOST.sub(r" +\1", text)
    found = _AFTER_CLOCK.search(text)
    behind_clock = found is not None and bool(found["zone"])
    if not behind_clock:
        found = _AFTER_DAY.search(text)
    if found is None:
        return text, None
    name, offset = found["name"] or "", found["offset"] or ""
    is_hour = not text[found.end() :].strip() or text[found.start("zone") - 1].isdigit()
    zone = (_offset(offset, is_hour=is_hour) if offset else None) or _named(name, own)
    rest = text[found.end() :].strip()
    if zone is not None:
        doubtful = _HOUR_ALONE.search(text[: found.start()]) or _TWO_CLOCKS.search(text)
        if doubtful or (rest.isupper() and _named(rest, own)):
            raise ValueError("an hour without minutes, two clocks or two zones")
        return f"{text[: found.start('zone')].rstrip('( [')} {text[found.end() :]}".strip(), zone
    if behind_clock and _seems_zone(name, is_last=not rest):
        raise ValueError(f"a zone that is not known: {name}")
    return text, None


def _offset(printed: str, *, is_hour: bool) -> tzinfo | None:
    found = _OFFSET.fullmatch(printed)
    if found is None:
        raise ValueError(f"no offset: {printed}")
    if len(printed) == _BARE_HOURS and not printed.startswith("+") and not is_hour:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > _FARTHEST:
        raise ValueError(f"no zone is so far away: {printed}")
    return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))


def _named(name: str, own: tzinfo) -> tzinfo | None:
    if "/" in name:
        return _of_place(name)
    if name and name in _called(own):
        return own
    if name in _AMERICAN:
        return ZoneInfo(_AMERICAN[name])
    token = WORDS.get(name.casefold())
    if token is None or token.symbol != "z" or not (name.isupper() or len(name) >= _LOOSE or not name.isascii()):
        return None
    return timezone(timedelta(minutes=token.values[0]))


def _of_place(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, OSError) as error:
        raise ValueError(f"no such zone: {name}") from error


@cache
def _called(zone: tzinfo) -> frozenset[str]:
    """Return a zone's abbreviations in winter and summer.

    Abbreviations that are numbers name nothing.
    """
    names = {datetime(2026, month, 1, tzinfo=zone).tzname() or "" for month in (1, 7)}
    return frozenset(name for name in names if name.isalpha())


def _seems_zone(name: str, *, is_last: bool) -> bool:
    """Return whether a word behind a time is meant as a zone.

    It is not if it is a weekday, a month, «ON» or a by-line.
    """
    if _CAPITALS.fullmatch(name) is None:
        return False
    if len(name) == 1:  # soldiers' zones, used in both directions (RFC 2822, 4.3)
        return is_last
    token = WORDS.get(name.casefold())
    if token is not None and token.symbol not in ("", "z"):
        return False
    return is_last or (len(name) >= _LOOSE and name.endswith("T"))
