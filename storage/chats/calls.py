"""Keeps calls of buttons that have no room for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values import call_text
from storage.driver.connection import micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.values.calls import Call
    from storage.driver.connection import Connection, Database

KEPT = timedelta(days=90)
"""Since it was last drawn; a button that is older says that it is."""


class Calls:
    """See bot.ports.chats.Calls."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def keep(self, calls: Sequence[Call], now: datetime) -> None:
        """Keep calls by their ids."""
        rows = sorted((call_text.call_id(one), one.command, call_text.write(one), micros(now)) for one in calls)

        async def work(db: Connection) -> None:
            await db.many(
                "INSERT INTO calls (id, command, given, drawn_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET drawn_at = excluded.drawn_at",
                rows,
            )

        await self._db.write(work)

    async def find(self, call_id: str) -> Call | None:
        """Return the call of an id."""
        row = await self._db.read(lambda db: db.row("SELECT given FROM calls WHERE id = ?", call_id))
        return call_text.read(row[0]) if row else None

    async def find_old(self, choice_id: str) -> tuple[str, str] | None:
        """Return the command and argument of an id that version 0.1 kept."""
        row = await self._db.read(lambda db: db.row("SELECT command, argument FROM choices WHERE id = ?", choice_id))
        return (row[0], row[1]) if row else None

    async def purge(self, now: datetime) -> None:
        """Forget what has not been drawn for so long."""

        async def work(db: Connection) -> None:
            await db.rows("DELETE FROM calls WHERE drawn_at < ?", micros(now - KEPT))
            await db.rows("DELETE FROM choices WHERE kept_at < ?", micros(now - KEPT))

        await self._db.write(work)
