"""What buttons stand for, where the button itself has no room for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.driver.connection import micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.driver.connection import Connection
    from storage.driver.sqlite import Database

KEPT = timedelta(days=90)
"""Since it was last drawn; a button that is older says that it is."""


class Choices:
    """See bot.ports.chats.Choices."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def keep(self, choices: Sequence[tuple[str, str, str]], now: datetime) -> None:
        """Keep what these ids stand for."""

        async def work(db: Connection) -> None:
            await db.many(
                "INSERT INTO choices (id, command, argument, kept_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET kept_at = excluded.kept_at",
                [(*choice, micros(now)) for choice in choices],
            )

        await self._db.write(work)

    async def find(self, choice_id: str) -> tuple[str, str] | None:
        """Return the command and the argument that an id stands for."""
        row = await self._db.read(lambda db: db.row("SELECT command, argument FROM choices WHERE id = ?", choice_id))
        return (row[0], row[1]) if row else None

    async def purge(self, now: datetime) -> None:
        """Forget what has not been drawn for so long."""
        await self._db.write(lambda db: db.rows("DELETE FROM choices WHERE kept_at < ?", micros(now - KEPT)))
