"""What admins did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import AuditLine
from storage.rows.fields import Fields

if TYPE_CHECKING:
    from storage.driver.connection import Connection, Database


_LINE = Fields(AuditLine, "audit", named={"idempotency_key": "token"})


async def write(db: Connection, line: AuditLine) -> bool:
    """Write one line, in the transaction of what is done.

    Return False if its idempotency key has a line already: then nothing is to be done.
    """
    written = await db.row(
        f"INSERT INTO audit ({_LINE.names}) VALUES ({_LINE.marks}) ON CONFLICT DO NOTHING RETURNING 1",
        *_LINE.write(line),
    )
    return written is not None


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
            lambda db: db.rows(f"SELECT {_LINE.columns} FROM audit ORDER BY id DESC LIMIT ?", limit)
        )
        return [_LINE.read(row) for row in rows]
