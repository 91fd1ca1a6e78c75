"""A chat as columns, and back."""

from __future__ import annotations

import json
from datetime import time
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.values.articles import DHAKA, Cursor, Query, QueryKind
from bot.values.chats import (
    Asked,
    Breaking,
    CardStyle,
    Chat,
    ChatKind,
    ChatState,
    Language,
    Mode,
    Picture,
    Preferences,
    Shown,
)
from storage.driver.connection import maybe_micros, maybe_moment, micros, moment

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
    "shown",
    "today_seen",
    "asked",
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
        shown,
        today_seen,
        asked,
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
        read_shown(shown),
        today_seen,
        _read_asked(asked),
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
    """Read what a chat chose; most chats chose the same, so most are read once."""
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
    """Return a stored zone, or our own if the world has given it up: one such chat must not stop all digests."""
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


def write_shown(shown: Shown) -> str:
    """Write a list that was shown."""
    cursor = [micros(shown.cursor.at), shown.cursor.id, shown.cursor.rank] if shown.cursor else None
    asked = shown.query
    limits = [asked.without, maybe_micros(asked.since), maybe_micros(asked.until), asked.topic]
    query = [asked.subject.value, asked.value, asked.name, *(limits if any(limits) else ())]
    return json.dumps({"ids": shown.ids, "query": query, "cursor": cursor}, ensure_ascii=False)


def read_shown(stored: str | None) -> Shown | None:
    """Read a list that was shown."""
    if stored is None:
        return None
    values = json.loads(stored)
    subject, value, name, *limits = values["query"]
    without, since, until, *within = limits or ("", None, None)
    topic = within[0] if within else ""
    query = Query(QueryKind(subject), value, name, without, maybe_moment(since), maybe_moment(until), topic)
    at = values["cursor"]
    return Shown(tuple(values["ids"]), query, Cursor(moment(at[0]), *at[1:]) if at else None)


def write_asked(asked: Asked | None) -> str | None:
    """Write a question that waits for an answer."""
    if asked is None:
        return None
    return json.dumps([asked.command, asked.argument, micros(asked.until), asked.free], ensure_ascii=False)


def _read_asked(stored: str | None) -> Asked | None:
    if stored is None:
        return None
    command, argument, until, free = json.loads(stored)
    return Asked(command, argument, moment(until), free)
