"""Knows what a source usually does.

A habit is how many stories a day it has, and to which hosts its links lead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.address import canonical_host
from bot.values.articles import DHAKA, Habits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.values.articles import Sighting, Source

TIMES = 10
"""Times its usual day: more than that is not pushed."""
LEAST = 40
"""Stories that any source may push in a day: a small one on a great day."""
UNKNOWN = 200
"""The same of a source whose usual day nobody knows yet."""
_SHARE = 0.2
"""How much one day counts in the usual one."""
_LONGEST_GAP = 14
"""Days without a look that count as days without news."""
MOST_HOSTS = 20
"""A source whose links lead to more hosts gathers from everywhere; of it nothing is expected."""
ENOUGH = 3
"""Links that must lead to another host before that is odd."""


def allowance(habits: Habits, now: datetime) -> int:
    """Return how many more stories a source may push that day."""
    today = on(habits, now)
    most = UNKNOWN if today.usual is None else max(LEAST, round(TIMES * today.usual))
    return most - today.today


def on(habits: Habits, now: datetime) -> Habits:
    """Return the habits on the day of ``now``.

    Days that ended since count in the usual one.
    """
    day = now.astimezone(ZoneInfo(DHAKA)).toordinal()
    if habits.day in (day, 0):
        return replace(habits, day=day)
    usual = habits.usual
    for count in (habits.today, *(0 for _ in range(min(day - habits.day - 1, _LONGEST_GAP)))):
        usual = float(count) if usual is None else usual + _SHARE * (min(count, TIMES * max(usual, 1.0)) - usual)
    return replace(habits, day=day, today=0, usual=usual)


def noted(habits: Habits, now: datetime, new: int, sightings: Iterable[Sighting]) -> Habits:
    """Return the habits after one more look.

    The look found ``new`` stories on this day; the hosts of its links count too.
    """
    today = on(habits, now)
    hosts = dict.fromkeys((*hosts_of(sightings), *habits.hosts))
    return replace(today, today=today.today + new, hosts=tuple(hosts)[: MOST_HOSTS + 1])


def hosts_of(sightings: Iterable[Sighting]) -> list[str]:
    """Return the host of each link that there is."""
    return [host for one in sightings if one.entry.url and (host := canonical_host(one.entry.url))]


def elsewhere(source: Source, sightings: Iterable[Sighting]) -> str | None:
    """Return the new host to which most links suddenly lead.

    Return None if all is as usual.
    """
    known = {*source.habits.hosts, canonical_host(source.address or "")}
    if not source.habits.hosts or len(source.habits.hosts) > MOST_HOSTS:
        return None
    hosts = hosts_of(sightings)
    odd = [host for host in hosts if host not in known]
    return max(odd, key=odd.count) if len(odd) >= ENOUGH and 2 * len(odd) > len(hosts) else None
