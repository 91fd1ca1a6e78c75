"""Who follows what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.model import Term, TermKind
from storage import fanout, words
from storage.article_rows import SHOWN
from storage.articles import LATEST_HITS
from storage.connection import micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.connection import Connection
    from storage.sqlite import Database

DAYS = 7


class Subscriptions:
    """See bot.ports.Subscriptions."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def follow(self, chat_id: int, term: Term, now: datetime) -> bool:
        """Follow; return whether that is new."""

        async def work(db: Connection) -> bool:
            await db.rows(
                "INSERT INTO terms (kind, value, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                *(term.kind.value, term.value, term.name),
            )
            new = await db.rows(
                "INSERT INTO subscriptions (term_id, chat_id, created_at) "
                "SELECT id, ?, ? FROM terms WHERE kind = ? AND value = ? ON CONFLICT DO NOTHING RETURNING term_id",
                *(chat_id, micros(now), term.kind.value, term.value),
            )
            return bool(new)

        return await self._db.write(work)

    async def unfollow(self, chat_id: int, term: Term) -> bool:
        """Stop following; what was queued before still comes."""
        gone = await self._db.write(
            lambda db: db.rows(
                "DELETE FROM subscriptions WHERE chat_id = ? AND term_id = "
                "(SELECT id FROM terms WHERE kind = ? AND value = ?) RETURNING term_id",
                *(chat_id, term.kind.value, term.value),
            )
        )
        return bool(gone)

    async def following(self, chat_id: int) -> list[Term]:
        """Return what a chat follows, in the order it was chosen."""
        rows = await self._db.read(
            lambda db: db.rows(
                "SELECT t.kind, t.value, t.name FROM subscriptions s JOIN terms t ON t.id = s.term_id "
                "WHERE s.chat_id = ? ORDER BY s.created_at, t.id",
                chat_id,
            )
        )
        return [Term(TermKind(kind), value, name) for kind, value, name in rows]

    async def volume(self, term: Term, now: datetime) -> float:
        """Return how many articles a day that term brought over the last seven days."""
        since = micros(now - timedelta(days=DAYS))
        return await self._db.read(lambda db: _count(db, term, since)) / DAYS


async def _count(db: Connection, term: Term, since: int) -> int:
    match term.kind:
        case TermKind.ALL:
            row = await db.row(f"SELECT count(*) FROM articles a WHERE {SHOWN} AND a.at >= ?", since)
        case TermKind.OUTLET:
            row = await db.row(
                f"SELECT count(*) FROM articles a WHERE {SHOWN} AND a.outlet_id = ? AND a.at >= ?",
                *(int(term.value), since),
            )
        case TermKind.TAG:
            row = await db.row(
                "SELECT count(*) FROM article_tags x "
                "WHERE x.tag_id = (SELECT id FROM tags WHERE key = ?) AND x.at >= ?",
                *(term.value, since),
            )
            return (int(row[0]) if row else 0) + await _told_by_headline(db, term.value, since)
    return int(row[0]) if row else 0


async def _told_by_headline(db: Connection, value: str, since: int) -> int:
    """Count what a tag brings by headlines alone: the index finds beginnings of words, the fan-out's rule decides."""
    match = words.match(value)
    if not match:
        return 0
    rows = await db.rows(
        f"SELECT a.headline FROM articles a WHERE {SHOWN} AND a.at >= ? AND a.id IN "
        "(SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT ?) AND NOT EXISTS "
        "(SELECT 1 FROM article_tags x WHERE x.article_id = a.id AND x.tag_id = (SELECT id FROM tags WHERE key = ?))",
        *(since, f"headline : ({match})", LATEST_HITS, value),
    )
    return sum(value in fanout.spoken(headline) for (headline,) in rows)
