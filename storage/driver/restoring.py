"""Handles an older copy put in place of a newer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bot.values.delivery import Why
from storage.driver import mark
from storage.driver.connection import micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.driver.connection import Connection, Database
    from storage.driver.sqlite import SqliteDatabase

_COUNTER = "SELECT value FROM counters WHERE name = ?"


async def epoch(database: Database) -> int:
    """Return the number of this copy."""
    row = await database.read(lambda db: db.row(_COUNTER, "epoch"))
    return int(row[0]) if row else 0


async def _last_subject(database: Database) -> int:
    row = await database.read(lambda db: db.row(_COUNTER, "subject"))
    return int(row[0]) if row else 0


async def is_older(database: SqliteDatabase) -> bool:
    """Return whether the archive was once farther.

    The mark beside the database says it.
    """
    noted = mark.read(database.path)
    return noted is not None and noted[0] == await epoch(database) and noted[1] > await _last_subject(database)


async def note(database: SqliteDatabase) -> None:
    """Write down how far the database is."""
    wanted = (await epoch(database), await _last_subject(database))
    if mark.read(database.path) != wanted:
        mark.write(database.path, *wanted)


async def restored(database: Database, now: datetime) -> tuple[int, int]:
    """Leave what waits to digests; read sources afresh.

    Rows that wait may have been sent since. Return how many rows were left, and the number of this copy from now on:
    numbers that were given since will be given again, and with the old one a platform would take the new message for
    the old.
    """

    async def work(db: Connection) -> tuple[int, int]:
        left = await db.rows(
            "UPDATE deliveries SET state = CASE WHEN message_id IS NULL THEN 'left' ELSE 'sent' "
            "END, reason = ?, owner = NULL "
            "WHERE state IN ('waiting', 'sending') RETURNING 1",
            Why.RESTORED.value,
        )
        await db.rows("UPDATE fanouts SET done = 1")
        await db.rows(
            "UPDATE sources SET last_ok_at = NULL, body_hash = NULL, etag = NULL, next_poll_at = ?", micros(now)
        )
        number = random.getrandbits(40)  # spreading, not secrets
        await db.rows("UPDATE counters SET value = ? WHERE name = 'epoch'", number)
        return len(left), number

    return await database.write(work)
