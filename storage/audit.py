"""What admins did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.connection import micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.sqlite import Database


class Audit:
    """See bot.ports.Audit."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def record(
        self, who: str, what: str, target: str, now: datetime, *, before: str = "", after: str = ""
    ) -> None:
        """Write one line."""
        await self._db.write(
            lambda db: db.rows(
                "INSERT INTO audit (at, who, what, target, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                *(micros(now), who, what, target, before, after),
            )
        )
