"""Keeps topics and threads of chats.

0 stands for the chat itself, which needs no row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.driver.connection import Connection


async def ensure(db: Connection, chat_id: int, thread: str) -> int:
    """Return the number of a thread, 0 for the chat itself."""
    if not thread:
        return 0
    await db.rows("INSERT INTO places (chat_id, thread) VALUES (?, ?) ON CONFLICT DO NOTHING", chat_id, thread)
    row = await db.row("SELECT id FROM places WHERE chat_id = ? AND thread = ?", chat_id, thread)
    return int(row[0]) if row else 0
