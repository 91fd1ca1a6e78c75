"""Who presses and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import Target

if TYPE_CHECKING:
    from storage.driver.connection import Connection


async def ensure(db: Connection, inbox: Target) -> int:
    """Return the number of a person, by their inbox."""
    where = (inbox.platform, inbox.external_id)
    await db.rows("INSERT INTO persons (platform, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING", *where)
    row = await db.row("SELECT id FROM persons WHERE platform = ? AND user_id = ?", *where)
    return int(row[0]) if row else 0


async def of_actor(db: Connection, actor: str) -> int:
    """Return the number of a person, by platform:ID."""
    platform, _, user_id = actor.partition(":")
    return await ensure(db, Target(platform, user_id))
