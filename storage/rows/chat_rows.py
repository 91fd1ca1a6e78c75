"""A chat as columns, and back."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.values.articles import DHAKA
from bot.values.chats import Chat, Preferences
from storage.rows.fields import Fields, Stored, clock, minutes


@lru_cache(maxsize=1024)
def known_zone(name: str) -> str:
    """Return a stored zone, or ours if unknown.

    The world may have given it up: one such chat must not stop all digests.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return DHAKA
    return name


CHOSEN = Fields(
    Preferences,
    "c",
    stored={
        "zone": Stored(known_zone),
        "digest_times": Stored(
            lambda stored: tuple(clock(int(one)) for one in stored.split(",") if one),
            lambda times: ",".join(str(minutes(at)) for at in times),
        ),
        "digest_days": Stored(
            lambda stored: tuple(int(day) for day in stored.split(",") if day), lambda days: ",".join(map(str, days))
        ),
    },
    # Most chats chose the same, so most are read once.
    kept=1024,
)
CHAT = Fields(Chat, "c", parts={"preferences": CHOSEN})
SELECT = f"SELECT {CHAT.columns} FROM chats c"
