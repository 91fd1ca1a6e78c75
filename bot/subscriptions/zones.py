"""Finds time zones by the names readers have for them.

That is their country's chief city.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from bot.bangla.normalise import key
from bot.subscriptions.zone_names import ALSO, NAMES, OTHERS
from bot.values.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time

    from bot.values.chats import Language

_DAY, _HALF = 24 * 60, 12 * 60
_SAID_HOUR = 59
"""Minutes that an hour, said without minutes, may have run by."""


def find(text: str) -> str | None:
    """Return the zone that a name means.

    A city in Bengali or English, or the zone's own name.
    """
    wanted = key(text).replace("_", " ")
    return _plain().get(wanted) or _all().get(wanted)


def by_hour(said: time, now: datetime, among: Sequence[str]) -> str:
    """Return the zone whose clock shows the time that somebody says.

    «রাত ৯টা» may mean any minute of that hour; a time with minutes means the nearest clock.
    """

    def off(zone: str) -> int:
        local = now.astimezone(ZoneInfo(zone))
        ahead = (local.hour * 60 + local.minute - said.hour * 60 - said.minute + _HALF) % _DAY - _HALF
        return 0 if said.minute == 0 and 0 <= ahead <= _SAID_HOUR else abs(ahead)

    return min(among, key=off)


def name(zone: str, language: Language) -> str:
    """Name a zone by its city."""
    known = NAMES.get(zone) or OTHERS.get(zone)
    return say(known, language) if known is not None else zone.rpartition("/")[2].replace("_", " ")


@cache
def _plain() -> dict[str, str]:
    named = {key(name): zone for zone, wording in (NAMES | OTHERS).items() for name in wording}
    return named | {key(name): zone for name, zone in ALSO.items()}


@cache
def _all() -> dict[str, str]:
    """Return every zone by its own name and its city.

    The list is read once, when somebody first asks for a rarer one.
    """
    found = sorted(available_timezones(), key=lambda zone: ("/" not in zone, zone))
    cities = {key(zone.rpartition("/")[2].replace("_", " ")): zone for zone in found if "/" in zone}
    return cities | {key(zone.replace("_", " ")): zone for zone in found}
