"""Chats and what they chose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.values.chats import ChatKind
from storage.chats import moved, serving
from storage.driver.connection import maybe_micros, micros
from storage.rows import chat_rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.chats import Chat, ChatState, Preferences, Target
    from storage.driver.connection import Connection, Database

LAST_SUBJECT = "(SELECT value FROM counters WHERE name = 'subject')"


class Chats:
    """See bot.ports.chats.Chats."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def ensure(self, target: Target, now: datetime, kind: ChatKind = ChatKind.PRIVATE) -> Chat:
        """Return the chat at that address, made if new.

        A new chat has the defaults.
        """
        known = await self.find(target)
        if known is not None and serving.is_met(known, target):
            return known
        return await self._db.write(lambda db: serving.meet(db, target, kind, now))

    async def find(self, target: Target) -> Chat | None:
        """Return the chat at that address, if there is one."""
        return await self._db.read(lambda db: serving.find(db, target))

    async def prefer(self, chat_id: int, preferences: Preferences, digest_at: datetime | None) -> None:
        """Keep what a chat chose, and when its next digest is due."""
        await self._db.write(
            lambda db: db.rows(
                f"UPDATE chats SET {chat_rows.CHOSEN.assigned()}, digest_at = ?, "
                f"digest_from = CASE WHEN CAST(? AS BIGINT) IS NULL OR digest_at IS NOT NULL THEN digest_from "
                f"ELSE {LAST_SUBJECT} END "
                "WHERE id = ?",
                *chat_rows.CHOSEN.write(preferences),
                *(maybe_micros(digest_at), maybe_micros(digest_at), chat_id),
            )
        )

    async def set_state(self, chat_id: int, state: ChatState, reason: str, now: datetime, account: str = "") -> None:
        """Say whether anything is sent to a chat."""
        await self._db.write(lambda db: serving.set_state(db, chat_id, state, reason, now, account))

    async def pause(self, chat_id: int, until: datetime | None, digest_at: datetime | None) -> None:
        """Send nothing until then; a digest takes what came meanwhile."""
        await self._db.write(
            lambda db: db.rows(
                "UPDATE chats SET paused_until = ?, "
                f"digest_from = CASE WHEN digest_at IS NULL THEN {LAST_SUBJECT} ELSE digest_from END, "
                "digest_at = ? WHERE id = ?",
                *(maybe_micros(until), maybe_micros(digest_at), chat_id),
            )
        )

    async def resume(self, chat_id: int, digest_at: datetime | None, now: datetime) -> None:
        """Send again; a digest begins at what comes from now on."""
        await self._db.write(
            lambda db: db.rows(
                "UPDATE chats SET state = 'active', reason = '', since = ?, paused_until = NULL, not_before = NULL, "
                f"digest_at = ?, digest_from = {LAST_SUBJECT} WHERE id = ?",
                *(micros(now), maybe_micros(digest_at), chat_id),
            )
        )

    async def move(self, target: Target, external_id: str) -> bool:
        """Give the chat at an address its new one.

        Returns whether the new one had a row of its own before.
        """

        async def work(db: Connection) -> bool:
            before = await serving.find(db, target)
            after = await serving.find(db, replace(target, external_id=external_id))
            if before is not None:
                await moved.move(db, before, external_id)
            return after is not None and before is not None and after.id != before.id

        return await self._db.write(work)

    async def seen_today(self, chat_id: int, subject_id: int) -> None:
        """Keep up to which subject this chat has looked at the day."""
        await self._db.write(
            lambda db: db.rows(
                "UPDATE chats SET today_seen = greatest(today_seen, ?) WHERE id = ?", subject_id, chat_id
            )
        )

    async def exported(self, chat_id: int, now: datetime) -> None:
        """Note that a chat's own data was given."""
        await self._db.write(lambda db: db.rows("UPDATE chats SET exported_at = ? WHERE id = ?", micros(now), chat_id))

    async def count(self) -> int:
        """Return how many active chats follow something."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT count(*) FROM chats c WHERE c.state = 'active' AND EXISTS "
                "(SELECT 1 FROM subscriptions s WHERE s.chat_id = c.id AND s.exclude = 0)"
            )
        )
        return int(rows[0][0])
