"""Handles an older copy put in place of a newer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bot.values.delivery import Why
from storage.driver import mark
from storage.driver.connection import DatabaseEngine, micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from storage.driver.connection import Connection, Database

_COUNTER = "SELECT value FROM counters WHERE name = ?"


async def epoch(database: Database) -> int:
    """Return the number of this copy."""
    row = await database.read(lambda db: db.row(_COUNTER, "epoch"))
    return int(row[0]) if row else 0


async def _last_subject(database: Database) -> int:
    row = await database.read(lambda db: db.row(_COUNTER, "subject"))
    return int(row[0]) if row else 0


async def is_older(database: Database, beside: Path) -> bool:
    """Return whether the archive was once farther.

    The mark beside the file says it; on a server it stands where such a file would be.
    """
    noted = mark.read(beside)
    return noted is not None and noted[0] == await epoch(database) and noted[1] > await _last_subject(database)


async def note(database: Database, beside: Path) -> None:
    """Write down how far the database is.

    Raises:
        StorageError: it cannot be written.
    """
    wanted = (await epoch(database), await _last_subject(database))
    if mark.read(beside) != wanted:
        mark.write(beside, *wanted)


async def is_on_another_server(database: Database) -> bool:
    """Return whether a server's archive was put in place from a dump."""
    row = await database.read(
        lambda db: db.row("SELECT 1 FROM server_identity WHERE number <> current_server_identity()")
    )
    return row is not None


async def note_server(database: Database) -> None:
    """Note where a server's archive stands, if that was never noted."""
    if await database.read(lambda db: db.row("SELECT 1 FROM server_identity")) is None:
        await database.write(lambda db: db.rows(f"{HERE} ON CONFLICT (id) DO NOTHING"))


HERE = "INSERT INTO server_identity (id, number) VALUES (1, current_server_identity())"
MOVED = ("DELETE FROM server_identity", HERE)
"""What says that a server's archive stands where it stands."""


async def restored(
    database: Database, now: datetime, *, was: int | None = None, also: Sequence[str] = ()
) -> tuple[int, int]:
    """Leave what waits to digests; read sources afresh.

    Rows that wait may have been sent since. ``was`` is the copy's number when it was found to be older: where another
    process did all this meanwhile, nothing is done. ``also`` are further statements of the same transaction. Return how
    many rows were left, and the number of this copy from now on: numbers that were given since will be given again, and
    with the old one a platform would take the new message for the old.
    """

    async def work(db: Connection) -> tuple[int, int]:
        lock = " FOR UPDATE" if db.engine is DatabaseEngine.POSTGRESQL else ""
        row = await db.row(f"{_COUNTER}{lock}", "epoch")
        if was is not None and row and row[0] != was:
            return 0, int(row[0])
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
        for statement in also:
            await db.rows(statement)
        return len(left), number

    return await database.write(work)
