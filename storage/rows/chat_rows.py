"""A chat as columns, and back."""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.values.articles import DHAKA
from bot.values.chats import Breaking, CardStyle, Chat, ChatKind, ChatState, Language, Mode, Picture, Preferences
from storage.driver.connection import maybe_moment

if TYPE_CHECKING:
    from storage.driver.connection import Row

_CHOSEN = (
    "language",
    "zone",
    "mode",
    "digest_times",
    "quiet_from",
    "quiet_to",
    "breaking",
    "cap",
    "silent",
    "style",
    "picture",
    "updates",
    "digest_days",
)
_KEPT = (
    "id",
    "platform",
    "external_id",
    "account",
    "kind",
    "state",
    "reason",
    "since",
    "paused_until",
    "slow_until",
    "not_before",
    "cap_day",
    "cap_used",
    "hour",
    "hour_used",
    "digest_at",
    "digest_from",
    "today_seen",
    "address",
)
COLUMNS = ", ".join(f"c.{name}" for name in (*_CHOSEN, *_KEPT))
SELECT = f"SELECT {COLUMNS} FROM chats c"
WIDTH = len(_CHOSEN) + len(_KEPT)
SET_CHOSEN = ", ".join(f"{name} = ?" for name in _CHOSEN)


def chat(row: Row) -> Chat:
    """Read a chat from the columns above."""
    (
        *_,
        number,
        platform,
        external_id,
        account,
        kind,
        state,
        reason,
        since,
        paused_until,
        slow_until,
        not_before,
        cap_day,
        cap_used,
        hour,
        hour_used,
        digest_at,
        digest_from,
        today_seen,
        address,
    ) = row
    return Chat(
        number,
        platform,
        external_id,
        account,
        ChatKind(kind),
        ChatState(state),
        reason,
        maybe_moment(since),
        _preferences(*row[: len(_CHOSEN)]),
        maybe_moment(paused_until),
        maybe_moment(slow_until),
        maybe_moment(not_before),
        cap_day,
        cap_used,
        hour,
        hour_used,
        maybe_moment(digest_at),
        digest_from,
        today_seen,
        address,
    )


@lru_cache(maxsize=1024)
def _preferences(  # noqa: PLR0917 - columns, in their order
    language: str,
    zone: str,
    mode: int,
    digest_times: str,
    quiet_from: int,
    quiet_to: int,
    breaking: str,
    cap: int,
    silent: int,
    style: str,
    picture: str,
    updates: int,
    digest_days: str,
) -> Preferences:
    """Return what a chat chose.

    Most chats chose the same, so most are read once.
    """
    return Preferences(
        Language(language),
        known_zone(zone),
        Mode(mode),
        tuple(clock(int(minutes)) for minutes in digest_times.split(",") if minutes),
        clock(quiet_from),
        clock(quiet_to),
        Breaking(breaking),
        cap,
        bool(silent),
        CardStyle(style),
        Picture(picture),
        bool(updates),
        tuple(int(day) for day in digest_days.split(",") if day),
    )


def chosen(preferences: Preferences) -> tuple[object, ...]:
    """Write what a chat chose, in the order of ``SET_CHOSEN``."""
    return (
        preferences.language.value,
        preferences.zone,
        preferences.mode.value,
        ",".join(str(_minutes(at)) for at in preferences.digest_times),
        _minutes(preferences.quiet_from),
        _minutes(preferences.quiet_to),
        preferences.breaking.value,
        preferences.cap,
        int(preferences.silent),
        preferences.style.value,
        preferences.picture.value,
        int(preferences.updates),
        ",".join(map(str, preferences.digest_days)),
    )


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


def clock(minutes: int) -> time:
    """Read a local time of the day."""
    return time(minutes // 60, minutes % 60)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
