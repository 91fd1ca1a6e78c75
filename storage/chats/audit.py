"""What admins did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import AuditLine
from storage.driver.connection import micros, moment

if TYPE_CHECKING:
    from storage.driver.connection import Connection, Database


async def write(db: Connection, line: AuditLine) -> None:
    """Write one line, in the transaction of what was done."""
    await db.rows(
        "INSERT INTO audit (at, who, what, target, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        *(micros(line.at), line.who, line.what, line.target, line.before, line.after),
    )


class Audit:
    """See bot.ports.chats.Audit."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def record(self, line: AuditLine) -> None:
        """Write one line."""
        await self._db.write(lambda db: write(db, line))

    async def recent(self, limit: int) -> list[AuditLine]:
        """Return the last lines, the newest first."""
        rows = await self._db.read(
            lambda db: db.rows("SELECT at, who, what, target, before, after FROM audit ORDER BY id DESC LIMIT ?", limit)
        )
        return [AuditLine(moment(at), *rest) for at, *rest in rows]
