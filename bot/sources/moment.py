"""Reads dates as feeds and pages write them.

They are written for machines or in Bengali words.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.text.labels import Label, read_labels
from bot.bangla.date_zones import split_zone
from bot.bangla.dates import parse as parse_words
from bot.bangla.dayparts import full_hour
from bot.bangla.numerals import to_ascii

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sources.kind import SourceContext

_LONGEST, _SECONDS = 200, 10
_DAYLIGHT = re.compile(r"([T ]\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_NOON = 12
_MIDNIGHT = re.compile(r"(?<!\d)00:00(?::00(?:\.0{1,9})?)?\s{0,3}(?:GMT|UTC?|Z|[+-]00:?00)\s{0,9}$")
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]\d{4}")
_HALF_DAY = re.compile(r"\b(?P<hour>\d{1,2})(?P<rest>:\d\d(?::\d\d)?)\s*(?P<half>[ap])\.?m\b\.?", re.IGNORECASE)
_DASHED_MONTH = re.compile(r"\b(\d{1,2})-([A-Za-z]{3,9})-(\d{4}|\d\d)\b")
_ASCTIME = re.compile(r"(?:[A-Za-z]{3} )?[A-Za-z]{3} \d{1,2} \d\d:\d\d:\d\d \d{4}$")
_MAIL = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2} [A-Za-z]{3,9} \d\d(?:\d\d)? \d{1,2}:\d\d")


def are_days(texts: Iterable[object]) -> bool:
    """Return whether most dates of one fetch are midnights of GMT.

    As moments all would be six in the morning in Dhaka. They are days without a time, written as moments.
    """
    dated = [text for text in map(str, texts) if text]
    return sum(1 for text in dated if _MIDNIGHT.search(text)) > max(1, len(dated) / 2)


def read_day(text: object, context: SourceContext) -> datetime | None:
    """Return the moment of a text in which midnight is a day.

    It works as `read_moment`, but a midnight of GMT is the beginning of that day where the source is.
    """
    return read_moment(_MIDNIGHT.sub("00:00:00", str(text if text is not None else "")), context)


def read_moment(text: object, context: SourceContext) -> datetime | None:
    """Return the moment that a text names, in UTC, or None.

    It reads ISO 8601, RFC 2822, seconds or milliseconds since 1970, and what portals print («আপডেটঃ ০৬ জুন ২০২৬ |
    ০৭:০৭»). A text without a zone is in the source's; one whose zone is not understood is no date.
    """
    plain = " ".join(to_ascii(str(text if text is not None else "")).split())[:_LONGEST]
    if not plain:
        return None
    moment = _read(_HALF_DAY.sub(_full_hour, _DASHED_MONTH.sub(r"\1 \2 \3", plain)), context)
    if moment is None:
        context.unread.append(plain)
    return moment


def _read(plain: str, context: SourceContext) -> datetime | None:
    own = ZoneInfo(context.zone)
    try:
        bare, printed = split_zone(plain, own)
        if printed is not None and _is_doubtful(bare, printed):
            return None
        zone = printed or own
        moment = _epoch(plain) or _iso(bare) or _mail(bare) or _words(bare, context, zone)
        # Within a date that was read a second zone would contradict the first.
        if moment is None or (printed and moment.tzinfo not in (None, printed)):
            return None
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_doubtful(text: str, zone: tzinfo) -> bool:
    """Return whether day or month may lead a date in numbers.

    In 1/2/2006 with a zone of America the month leads.
    """
    found = _SLASHED.search(text)
    hours = (zone.utcoffset(_ANY_DAY) or timedelta()).total_seconds() / 3600
    return found is not None and found[1] != found[2] and max(map(int, found.groups())) <= _NOON and -11 < hours < -2  # noqa: PLR2004


def _full_hour(match: re.Match[str]) -> str:
    """Return a twelve-hour clock's time (3:04:05 PM) in 24 hours."""
    hour = int(match["hour"])
    if hour > _NOON:
        return f"{match['hour']}{match['rest']}"
    return f"{full_hour(hour, _NOON if match['half'] in 'pP' else 0):02}{match['rest']}"


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) > _SECONDS else 1), UTC)


def _iso(text: str) -> datetime | None:
    for form in (text, _DAYLIGHT.sub(r"\1", text, count=1)):
        try:
            return datetime.fromisoformat(form)
        except ValueError:
            continue
    return None


def _mail(text: str) -> datetime | None:
    if not _MAIL.match(text) and not _ASCTIME.match(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(text: str, context: SourceContext, zone: tzinfo) -> datetime | None:
    labels = [label for label in read_labels(text) if label.label in (Label.PUBLISHED, Label.UPDATED)]
    return parse_words(labels[0].value if labels else text, context.now, zone, live=context.live)
