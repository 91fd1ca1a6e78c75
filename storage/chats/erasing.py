"""Erases people and chats, and remembers whom."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from bot.values.errors import StorageError
from storage.chats import appearances
from storage.driver import backup, erased
from storage.driver.connection import DatabaseEngine, Latch, micros
from storage.matching import terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from storage.driver.connection import Connection, Database
    from storage.driver.erased import Erasure

log = logging.getLogger(__name__)

NOBODY = "একজন পাঠক"
"""Who stands in the audit for somebody who was erased."""
# By the primary key, subject by subject: there is no index of history by chat.
_SENT = (
    "chat_id = ? AND subject_id IN (SELECT s.id FROM subjects s "
    "WHERE s.id >= (SELECT coalesce(min(x.subject_id), 0) FROM deliveries x))"
)
_OWN = (
    "id IN (SELECT t.id FROM typed t WHERE t.person = ? "
    "AND NOT EXISTS (SELECT 1 FROM typed o WHERE o.id = t.id AND o.person <> t.person))"
)
"""What nobody else typed too."""


class Erasing:
    """See bot.ports.chats.Erasing."""

    def __init__(self, database: Database, beside: Path | None = None) -> None:
        """Work on this database.

        ``beside`` is where an archive in a file stands or would stand: next to it is remembered whom older copies still
        hold.
        """
        self._db = database
        self._beside = beside

    async def person(self, actor: str, chat_id: int, now: datetime) -> None:
        """Erase somebody with their inbox."""
        await self._erase([actor], [chat_id], now)

    async def chat(self, chat_id: int, now: datetime) -> None:
        """Erase a chat of several people."""
        await self._erase([], [chat_id], now)

    async def purge(self, before: datetime) -> None:
        """Forget who was erased before then; remove older copies."""
        await self._db.write(lambda db: db.rows("DELETE FROM erasures WHERE at < ?", micros(before)))
        if self._beside is not None:
            await self.note(before)
            backup.remove_older(self._beside, before)

    async def again(self, known: Iterable[Erasure], now: datetime) -> int:
        """Erase again who was erased before; return how many."""
        marks = set(known)
        found = await self._db.read(lambda db: _among(db, marks))
        for actor, chat_id in found:
            await self._erase([actor], [chat_id] if chat_id else [], now)
        rows = sorted(marks)
        await self._db.write(
            lambda db: db.many("INSERT INTO erasures (key, print, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)
        )
        return len(found)

    async def _erase(self, actors: list[str], chat_ids: list[int], now: datetime) -> None:
        async def work(db: Connection) -> None:
            await db.latch(Latch.CHATS)
            addresses = [address for chat_id in chat_ids for address in await _addresses(db, chat_id)]
            for chat_id in chat_ids:
                await _chat(db, chat_id)
            for actor in actors:
                await _person(db, actor)
            await _remember(db, {*actors, *addresses}, now)

        await self._db.write(work)
        await self.note()
        # What was erased must not stay behind in the log of writes.
        await self._db.empty_log()

    async def note(self, before: datetime | None = None) -> None:
        """Write down, beside the archive, who was erased since then.

        An older side file keeps what it has. An archive on a server has it there in any case: a machine
        that cannot keep the file says so and goes on.
        """
        if self._beside is None:
            return
        rows = await self._db.read(lambda db: db.rows("SELECT key, print, at FROM erasures"))
        known = {(secret, mark, at) for secret, mark, at in rows} | erased.read(self._beside)
        first = micros(before) if before is not None else 0
        wanted = {one for one in known if one[2] >= first}
        if wanted == erased.read(self._beside):
            return
        try:
            erased.write(self._beside, wanted)
        except StorageError as error:
            if self._db.engine is DatabaseEngine.SQLITE:
                raise
            log.warning("who was erased is remembered on the server alone: %s", error)


async def erase_again(database: Database, archive: Path, now: datetime) -> int:
    """Erase in a restored copy who was erased since it was made.

    The archive whose place it takes has them noted beside it. Return how many they were.
    """
    return await Erasing(database).again(erased.read(archive), now)


async def _addresses(db: Connection, chat_id: int) -> list[str]:
    """Return how a chat may stand in older backups.

    It stands there by its number, and by how it is reached.
    """
    rows = await db.rows(
        "SELECT platform, external_id, address FROM chats WHERE id = ? UNION "
        "SELECT platform, external_id, '' FROM chat_aliases WHERE chat_id = ?",
        *(chat_id, chat_id),
    )
    return [f"{platform}:{number}" for platform, *numbers in rows for number in numbers if number]


async def _chat(db: Connection, chat_id: int) -> None:
    """Erase a chat with all that it chose and was sent.

    Numbers stay: how many chats got a story.
    """
    await db.rows(
        "INSERT INTO subject_counts (subject_id, state, reason, n) "
        f"SELECT subject_id, state, coalesce(reason, ''), count(*) FROM deliveries WHERE {_SENT} "
        "AND message_id IS NOT NULL GROUP BY 1, 2, 3 "
        "ON CONFLICT (subject_id, state, reason) DO UPDATE SET n = subject_counts.n + excluded.n",
        chat_id,
    )
    followed = await db.rows("SELECT term_id FROM subscriptions WHERE chat_id = ?", chat_id)
    await db.rows(f"DELETE FROM deliveries WHERE {_SENT}", chat_id)
    for table in ("digests", "touched_digests"):
        await db.rows(f"DELETE FROM {table} WHERE chat_id = ?", chat_id)
    await appearances.forget(db, "chat_id", chat_id)
    await db.rows("DELETE FROM chats WHERE id = ?", chat_id)
    await terms.drop_unfollowed(db, [number for (number,) in followed])


async def _person(db: Connection, actor: str) -> None:
    """Erase what somebody typed, wherever it stands.

    A report stays, without their name, if it led to a change.
    """
    for table in ("lists", "calls"):
        await db.rows(f"DELETE FROM {table} WHERE {_OWN}", actor)
    for table in ("typed", "shown", "questions"):
        await db.rows(f"DELETE FROM {table} WHERE person = ?", actor)
    await appearances.forget(db, "person", actor)
    await db.rows("UPDATE audit SET who = ? WHERE who = ?", NOBODY, actor)
    await db.rows("UPDATE reports SET by = ? WHERE by = ?", NOBODY, actor)
    platform, _, user_id = actor.partition(":")
    row = await db.row("SELECT id FROM persons WHERE platform = ? AND user_id = ?", platform, user_id)
    if row:
        await db.rows("DELETE FROM reports WHERE person_id = ? AND state <> 'acted'", row[0])
        for table in ("reports", "chats"):
            await db.rows(f"UPDATE {table} SET person_id = NULL WHERE person_id = ?", row[0])
        await db.rows("DELETE FROM persons WHERE id = ?", row[0])


async def _remember(db: Connection, names: Iterable[str], now: datetime) -> None:
    row = await db.row("SELECT key FROM erasures ORDER BY at DESC, key LIMIT 1")
    secret = row[0] if row else secrets.token_hex(16)
    await db.many(
        "INSERT INTO erasures (key, print, at) VALUES (?, ?, ?) "
        "ON CONFLICT (key, print) DO UPDATE SET at = excluded.at",
        [(secret, erased.print_of(secret, name), micros(now)) for name in sorted(names)],
    )


async def _among(db: Connection, known: set[Erasure]) -> list[tuple[str, int]]:
    """Return the people and chats here that were erased.

    People come with their inbox.
    """
    wanted: dict[str, set[str]] = {}
    for secret, mark, _ in known:
        wanted.setdefault(secret, set()).add(mark)
    rows = await db.rows(
        "SELECT c.platform, c.external_id, c.id FROM chats c UNION "
        "SELECT p.platform, p.user_id, 0 FROM persons p WHERE NOT EXISTS (SELECT 1 FROM chats c "
        "WHERE c.platform = p.platform AND c.external_id = p.user_id)"
    )
    return [
        (name, number)
        for platform, external_id, number in rows
        if (name := f"{platform}:{external_id}")
        and any(erased.print_of(secret, name) in wanted[secret] for secret in wanted)
    ]
