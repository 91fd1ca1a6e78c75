"""Computes when digests are due and when chats sleep.

Local clocks are turned into moments.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

MOST_TIMES = 6
"""How many digests a chat may have in a day."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
# Local days around now that a slot may come from: quiet hours move slots on, and a clock set back or a day that is
# skipped makes the date no sure guide to what is past.
_NEAR = range(-2, 3)
_NEAR_WEEK = range(-2, 10)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment by the clock of a zone.

    Thousands of chats are asked about at one moment, so the last answers are kept.
    """
    # A moment in another zone may equal another one: an hour that comes twice.
    return _local(moment, zone) if moment.tzinfo is UTC else moment.astimezone(zone)


@lru_cache(maxsize=64)
def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours on the local clock.

    They may cross midnight; ``start == end`` means none.
    """

    start: time
    end: time

    def covers(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Return whether the local clock stands in quiet hours.

        Their start is in them, their end is not.
        """
        clock = local(moment, zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def ends(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first moment that is not quiet, in UTC.

        It is ``moment`` itself if that is not quiet.
        """
        moment = moment.astimezone(UTC)
        while self.covers(moment, zone):
            local = moment.astimezone(zone).replace(tzinfo=None)
            left = (datetime.combine(local, self.end) - local) % _DAY
            moment = _clock_set(moment, moment + left, zone)
        return moment


def next_slot(
    times: Sequence[time], now: datetime, zone: ZoneInfo, quiet: Quiet | None = None, days: Sequence[int] = ()
) -> datetime | None:
    """Return the next digest's moment, or None without times.

    It is in UTC and strictly after now. With ``days`` it lies on one of these weekdays, 0 for Monday.

    A local time that a clock set forward leaves out is read with PEP 495's fold 0 (02:30 becomes 03:30), one that a
    clock set back brings twice counts once, the first time. A slot in quiet hours moves to their end, and slots that
    meet there are one.
    """
    slots = _slots(times, now, zone, days)
    if quiet is not None:
        slots = (quiet.ends(slot, zone) for slot in slots)
    return min((slot for slot in slots if slot > now), default=None)


def morning(now: datetime, zone: ZoneInfo, at: time = time(8)) -> datetime:
    """Return the next local morning, in UTC and strictly after now."""
    return min(slot for slot in _slots((at,), now, zone) if slot > now)


def _slots(times: Sequence[time], now: datetime, zone: ZoneInfo, days: Sequence[int] = ()) -> Iterator[datetime]:
    today = now.astimezone(zone).date()
    for ahead in _NEAR_WEEK if days else _NEAR:
        day = today + timedelta(days=ahead)
        for at in times if not days or day.weekday() in days else ():
            yield datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def _clock_set(moment: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """Return when the zone's clocks are next changed.

    Return ``end`` if they are not changed before it.
    """
    offset = moment.astimezone(zone).utcoffset()

    def is_set(seconds: int) -> bool:
        return (whole + seconds * _SECOND).astimezone(zone).utcoffset() != offset

    if end.astimezone(zone).utcoffset() == offset:
        return end
    whole = moment.replace(microsecond=0)  # clocks are set at whole seconds
    return min(end, whole + bisect_left(range((end - whole) // _SECOND + 1), x=True, key=is_set) * _SECOND)
