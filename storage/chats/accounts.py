"""The bots that ran here, by names.

Deliveries and locks go by these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.driver.connection import Connection, Database

RETIRED = "(SELECT name FROM accounts WHERE retired = 1)"
"""Nobody sends or edits for these."""


class Accounts:
    """See bot.ports.chats.Accounts."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def begin(self, platform: str, bot_id: str) -> str:
        """Return a bot's name, and let its chats be served again."""

        async def work(db: Connection) -> str:
            name = await _name(db, platform, bot_id)
            back = await db.rows("UPDATE accounts SET retired = 0 WHERE name = ? AND retired = 1 RETURNING 1", name)
            if back:
                await db.rows("UPDATE chats SET state = 'active' WHERE account = ? AND state = 'unmet'", name)
            return name

        return await self._db.write(work)

    async def others(self, name: str) -> list[str]:
        """Return the other bots of its platform that are not retired."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT name FROM accounts WHERE name <> ? AND retired = 0 "
                "AND platform = (SELECT platform FROM accounts WHERE name = ?) ORDER BY name",
                *(name, name),
            )
        )
        return [other for (other,) in rows]

    async def retire(self, name: str) -> int:
        """Let the chats of a bot that stopped wait; return how many."""

        async def work(db: Connection) -> int:
            await db.rows("UPDATE accounts SET retired = 1 WHERE name = ?", name)
            unmet = await db.rows(
                "UPDATE chats SET state = 'unmet' WHERE account = ? AND state = 'active' RETURNING 1", name
            )
            return len(unmet)

        return await self._db.write(work)


async def _name(db: Connection, platform: str, bot_id: str) -> str:
    """Find a bot's name, or give it one.

    A new one takes the platform's own name, unless another bot bears it.
    """
    row = await db.row("SELECT name FROM accounts WHERE platform = ? AND bot_id = ?", platform, bot_id)
    if row:
        return str(row[0])
    await db.rows("INSERT INTO accounts (name, platform) VALUES (?, ?) ON CONFLICT DO NOTHING", platform, platform)
    taken = await db.rows(
        "UPDATE accounts SET bot_id = ? WHERE name = ? AND coalesce(bot_id, ?) = ? RETURNING name",
        *(bot_id, platform, bot_id, bot_id),
    )
    if taken:
        return platform
    name = f"{platform}:{bot_id}"
    await db.rows("INSERT INTO accounts (name, platform, bot_id) VALUES (?, ?, ?)", name, platform, bot_id)
    return name
