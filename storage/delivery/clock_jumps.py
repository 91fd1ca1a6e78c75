"""Waits that keep their length when the machine's clock is set.

A wait is stored as the moment of its end; set back by N seconds, the clock comes to that moment N seconds late.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.driver.connection import micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.driver.connection import Connection

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
"""The longest that a server may ask a source to be left alone."""
_WAITS = (
    ("sources", "next_poll_at", "removed_at IS NULL"),
    ("chats", "not_before", "true"),
    ("gates", "until", "true"),
    ("fanouts", "due_at", "done = 0"),
)
"""Moments that end a wait. A digest, a pause, the end of the night are times of day, and stay."""


async def put_right(db: Connection, by: timedelta, now: datetime, *, poll: timedelta, retry: timedelta) -> None:
    """Move the end of each wait with the clock.

    Whatever then lies beyond its longest wait becomes due now.
    """
    moved, first = by // MICROSECOND, micros(min(now, now - by))
    for table, column, which in _WAITS if moved else ():
        await db.rows(f"UPDATE {table} SET {column} = {column} + ? WHERE {column} > ? AND {which}", moved, first)
    await db.rows(
        "UPDATE sources SET next_poll_at = ? WHERE next_poll_at > CASE WHEN failures = 0 THEN ? ELSE ? END",
        *(micros(now), micros(now + poll), micros(now + max(poll, DAY))),
    )
    # What is asked about too early, for the night or a break, is judged as before and waits on.
    await db.rows("UPDATE deliveries SET due_at = 0 WHERE state = 'waiting' AND due_at > ?", micros(now + retry))
