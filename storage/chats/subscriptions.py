"""Who follows what, and leaves out what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values.chats import Subscription, Term
from storage.chats import threads
from storage.chats.chats import LAST_SUBJECT
from storage.driver.connection import maybe_micros, micros
from storage.matching import terms
from storage.rows.article_rows import SHOWN
from storage.rows.fields import Fields
from storage.rows.term_rows import TERM
from storage.search import index, index_query

if TYPE_CHECKING:
    from datetime import datetime

    from storage.driver.connection import Connection, Database

SLOW = timedelta(hours=24)


class Subscriptions:
    """See bot.ports.chats.Subscriptions."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def follow(self, chat_id: int, subscription: Subscription, now: datetime, digest_at: datetime | None) -> bool:
        """Follow or mute a term, replacing the last choice.

        Return whether anything changed.
        """

        async def work(db: Connection) -> bool:
            term = await terms.canonical(db, subscription.term)
            term_id = await terms.ensure(db, term, micros(now - terms.NEW))
            place_id = await threads.ensure(db, chat_id, subscription.thread)
            changed = await db.rows(
                "INSERT INTO subscriptions (term_id, chat_id, created_at, exclude, mode, place_id, muted_until) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (term_id, chat_id) DO UPDATE SET exclude = excluded.exclude, "
                "mode = excluded.mode, place_id = excluded.place_id, muted_until = excluded.muted_until, "
                "followed_before = CASE WHEN excluded.muted_until IS NOT NULL "
                "AND (subscriptions.followed_before = 1 OR subscriptions.exclude = 0) THEN 1 ELSE 0 END "
                "WHERE (subscriptions.exclude, subscriptions.mode, subscriptions.place_id, "
                "coalesce(subscriptions.muted_until, 0)) "
                "<> (excluded.exclude, excluded.mode, excluded.place_id, coalesce(excluded.muted_until, 0)) "
                "RETURNING 1",
                *(term_id, chat_id, micros(now), int(subscription.exclude), subscription.mode.value, place_id),
                maybe_micros(subscription.until),
            )
            if not subscription.exclude:
                await _begin(db, chat_id, now, digest_at)
            return bool(changed)

        return await self._db.write(work)

    async def unfollow(self, chat_id: int, term: Term) -> Subscription | None:
        """Forget a chat's choice about a term; return what it was."""

        async def work(db: Connection) -> Subscription | None:
            known = _stored(await terms.canonical(db, term))
            row = await db.row(f"{_SELECT} WHERE s.chat_id = ? AND t.kind = ? AND t.value = ?", chat_id, *known)
            gone = await db.rows(
                "DELETE FROM subscriptions WHERE chat_id = ? AND term_id = "
                "(SELECT id FROM terms WHERE kind = ? AND value = ?) RETURNING term_id",
                *(chat_id, *known),
            )
            await terms.drop_unfollowed(db, [number for (number,) in gone])
            # Who follows nothing any more is owed no digest.
            await db.rows(
                "UPDATE chats SET digest_at = NULL WHERE id = ? AND NOT EXISTS "
                "(SELECT 1 FROM subscriptions s WHERE s.chat_id = chats.id AND s.exclude = 0)",
                chat_id,
            )
            return _SUBSCRIPTION.read(row) if row else None

        return await self._db.write(work)

    async def lift(self, now: datetime) -> int:
        """Bring back what was muted until now.

        A term that was followed before is followed again, any other is forgotten; return how many.
        """
        over = micros(now)
        due = "SELECT 1 FROM subscriptions WHERE muted_until <= ? LIMIT 1"
        if not await self._db.read(lambda db: db.row(due, over)):
            return 0

        async def work(db: Connection) -> int:
            again = await db.rows(
                "UPDATE subscriptions SET exclude = 0, muted_until = NULL, followed_before = 0 "
                "WHERE muted_until <= ? AND followed_before = 1 RETURNING 1",
                over,
            )
            gone = await db.rows("DELETE FROM subscriptions WHERE muted_until <= ? RETURNING term_id", over)
            await terms.drop_unfollowed(db, [number for (number,) in gone])
            return len(again) + len(gone)

        return await self._db.write(work)

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        """Return what a chat follows and mutes, oldest choice first."""
        rows = await self._db.read(
            lambda db: db.rows(f"{_SELECT} WHERE s.chat_id = ? ORDER BY s.created_at, t.id", chat_id)
        )
        return [_SUBSCRIPTION.read(row) for row in rows]

    async def volume(self, term: Term, now: datetime) -> float:
        """Return how many articles a day a term brings.

        The last seven days count.
        """
        since = micros(now - timedelta(days=terms.DAYS))

        async def work(db: Connection) -> int:
            return await terms.volume(db, await terms.canonical(db, term), since)

        return await self._db.read(work) / terms.DAYS

    async def share(self, word: str, newest: int) -> float:
        """Return which part of the newest articles hold a word."""
        return await self._db.read(lambda db: _share(db, word, newest))


async def _share(db: Connection, word: str, newest: int) -> float:
    rows = await db.rows(f"SELECT a.id FROM articles a WHERE {SHOWN} ORDER BY a.id DESC LIMIT ?", newest)
    if not rows:
        return 0.0
    numbers = {number for (number,) in rows}
    # With a lower bound the index begins there, not at the first article of the archive.
    held = await index.between(db, await index_query.matching(db, word), min(numbers), max(numbers))
    return len(numbers.intersection(held)) / len(numbers)


_SUBSCRIPTION = Fields(
    Subscription, "s", named={"thread": "coalesce(p.thread, '')", "until": "muted_until"}, parts={"term": TERM}
)
_SELECT = (
    f"SELECT {_SUBSCRIPTION.columns} FROM subscriptions s JOIN terms t ON t.id = s.term_id "
    "LEFT JOIN places p ON p.id = s.place_id"
)


def _stored(term: Term) -> tuple[str, str]:
    return term.kind.value, term.value


async def _begin(db: Connection, chat_id: int, now: datetime, digest_at: datetime | None) -> None:
    """Begin a chat's digests and its slow start.

    They begin with the first term that it follows.
    """
    await db.rows(
        f"UPDATE chats SET digest_from = CASE WHEN digest_at IS NULL THEN {LAST_SUBJECT} ELSE digest_from END, "
        "digest_at = coalesce(digest_at, ?), slow_until = coalesce(slow_until, ?) WHERE id = ? AND state = 'active'",
        *(maybe_micros(digest_at), micros(now + SLOW), chat_id),
    )
