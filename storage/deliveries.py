"""The outbox: one row for each article that a chat is to be shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.model import Delivery
from storage import chats
from storage.article_rows import SELECT, article
from storage.connection import micros

if TYPE_CHECKING:
    from datetime import datetime

    from bot.model import Target
    from storage.connection import Connection
    from storage.sqlite import Database

WEEK = timedelta(days=7)
_SETTLE = "owner = NULL, settled_at = ?"
# An article may be joined to an older one while its message is on the way; its row is the older's then.
_ROW = "article_id = (SELECT coalesce(merged_into, id) FROM articles WHERE id = ?) AND chat_id = ?"


class Deliveries:
    """See bot.ports.Deliveries."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def claim(self, target: Target, owner: str, now: datetime, limit: int) -> list[Delivery]:
        """Take due rows of one chat, oldest article first; a look that finds none writes nothing."""
        due = "chat_id = ? AND state = 'waiting' AND due_at <= ?"

        async def waits(db: Connection) -> bool:
            chat = await chats.find(db, target)
            found = (
                await db.row(f"SELECT 1 FROM deliveries WHERE {due} LIMIT 1", chat.id, micros(now)) if chat else None
            )
            return found is not None

        async def work(db: Connection) -> list[Delivery]:
            chat = await chats.find(db, target)
            if chat is None:
                return []
            taken = await db.rows(
                "UPDATE deliveries SET state = 'sending', owner = ?, tries = tries + 1 WHERE chat_id = ? "
                f"AND article_id IN (SELECT article_id FROM deliveries WHERE {due} ORDER BY article_id LIMIT ?) "
                "RETURNING article_id, tries",
                *(owner, chat.id, chat.id, micros(now), limit),
            )
            claimed = []
            for article_id, tries in taken:
                row = await db.row(f"{SELECT} WHERE a.id = ?", article_id)
                claimed.append(Delivery(article(row or ()), chat, tries))
            return sorted(claimed, key=lambda one: (one.article.at, one.article.id))

        return await self._db.write(work) if await self._db.read(waits) else []

    async def sent(self, delivery: Delivery, message_id: str, now: datetime) -> None:
        """Settle: it arrived."""
        await self._db.write(
            lambda db: db.rows(
                f"UPDATE deliveries SET state = 'sent', message_id = ?, revision = ?, {_SETTLE} "
                f"WHERE {_ROW} AND state <> 'sent'",
                *(message_id, delivery.article.revision, micros(now), delivery.article.id, delivery.chat.id),
            )
        )

    async def retry(self, delivery: Delivery, due_at: datetime, reason: str) -> None:
        """Settle: it will be tried again at ``due_at``."""
        await self._db.write(
            lambda db: db.rows(
                f"UPDATE deliveries SET state = 'waiting', owner = NULL, due_at = ?, reason = ? "
                f"WHERE {_ROW} AND state = 'sending'",
                *(micros(due_at), reason, delivery.article.id, delivery.chat.id),
            )
        )

    async def drop(self, delivery: Delivery, reason: str, now: datetime) -> None:
        """Settle: it will never be sent, and this is why."""
        await self._db.write(
            lambda db: db.rows(
                f"UPDATE deliveries SET state = 'dropped', reason = ?, {_SETTLE} WHERE {_ROW} AND state = 'sending'",
                *(reason, micros(now), delivery.article.id, delivery.chat.id),
            )
        )

    async def release(self, target: Target) -> int:
        """Give back whatever is held of this chat."""

        async def work(db: Connection) -> int:
            chat = await chats.find(db, target)
            if chat is None:
                return 0
            rows = await db.rows(
                "UPDATE deliveries SET state = 'waiting', owner = NULL, due_at = 0 "
                "WHERE chat_id = ? AND state = 'sending' RETURNING article_id",
                chat.id,
            )
            return len(rows)

        return await self._db.write(work)

    async def counts(self, chat_id: int, now: datetime) -> tuple[int, int]:
        """Return how many were sent in the last seven days, and how many wait."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT (SELECT count(*) FROM deliveries WHERE chat_id = ? AND state = 'sent' AND settled_at >= ?), "
                "(SELECT count(*) FROM deliveries WHERE chat_id = ? AND state = 'waiting') "
                "+ (SELECT count(*) FROM deliveries WHERE chat_id = ? AND state = 'sending')",
                *(chat_id, micros(now - WEEK), chat_id, chat_id),
            )
        )
        return int(rows[0][0]), int(rows[0][1])
