"""Who follows what, and leaves out what."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.words import head, question
from bot.model import Mode, Subscription, Term, TermKind
from storage import offers, places, words
from storage.article_rows import SHOWN
from storage.articles import LATEST_HITS
from storage.chats import LAST_SUBJECT
from storage.connection import maybe_micros, micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.connection import Connection, Row
    from storage.sqlite import Database

DAYS = 7
NEW = timedelta(days=2)
"""How far back a term that nobody followed before is matched, so that looking at the day shows what it is about."""
SLOW = timedelta(hours=24)


class Subscriptions:
    """See bot.ports.Subscriptions."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def follow(self, chat_id: int, subscription: Subscription, now: datetime, digest_at: datetime | None) -> bool:
        """Follow or leave out, in place of what the chat chose for that term; return whether anything changed."""

        async def work(db: Connection) -> bool:
            term_id = await _term(db, subscription.term, now)
            place_id = await places.ensure(db, chat_id, subscription.thread)
            changed = await db.rows(
                "INSERT INTO subscriptions (term_id, chat_id, created_at, exclude, mode, place_id) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (term_id, chat_id) DO UPDATE SET exclude = excluded.exclude, "
                "mode = excluded.mode, place_id = excluded.place_id WHERE (exclude, mode, place_id) "
                "<> (excluded.exclude, excluded.mode, excluded.place_id) RETURNING 1",
                *(term_id, chat_id, micros(now), int(subscription.exclude), subscription.mode.value, place_id),
            )
            if not subscription.exclude:
                await _begin(db, chat_id, now, digest_at)
            return bool(changed)

        return await self._db.write(work)

    async def unfollow(self, chat_id: int, term: Term) -> Subscription | None:
        """Forget a chat's choice about a term; return what it was."""

        async def work(db: Connection) -> Subscription | None:
            row = await db.row(f"{_SELECT} WHERE s.chat_id = ? AND t.kind = ? AND t.value = ?", chat_id, *_key(term))
            await db.rows(
                "DELETE FROM subscriptions WHERE chat_id = ? AND term_id = "
                "(SELECT id FROM terms WHERE kind = ? AND value = ?)",
                *(chat_id, *_key(term)),
            )
            # Who follows nothing any more is owed no digest.
            await db.rows(
                "UPDATE chats SET digest_at = NULL WHERE id = ? AND NOT EXISTS "
                "(SELECT 1 FROM subscriptions s WHERE s.chat_id = chats.id AND NOT s.exclude)",
                chat_id,
            )
            return _subscription(row) if row else None

        return await self._db.write(work)

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        """Return what a chat follows and leaves out, in the order it was chosen."""
        rows = await self._db.read(
            lambda db: db.rows(f"{_SELECT} WHERE s.chat_id = ? ORDER BY s.created_at, t.id", chat_id)
        )
        return [_subscription(row) for row in rows]

    async def volume(self, term: Term, now: datetime) -> float:
        """Return how many articles a day that term brought over the last seven days."""
        since = micros(now - timedelta(days=DAYS))
        return await self._db.read(lambda db: _volume(db, term, since)) / DAYS

    async def share(self, word: str, newest: int) -> float:
        """Return which part of the newest articles hold a word."""
        rows = await self._db.read(
            lambda db: db.rows(
                f"WITH n AS (SELECT id FROM articles a WHERE {SHOWN} ORDER BY a.id DESC LIMIT ?) SELECT "
                "(SELECT count(*) FROM n), (SELECT count(*) FROM article_words WHERE article_words MATCH ? "
                "AND rowid IN n)",
                *(newest, words.match(word) or '""'),
            )
        )
        return rows[0][1] / rows[0][0] if rows[0][0] else 0.0


_SELECT = (
    "SELECT t.kind, t.value, t.name, s.exclude, s.mode, coalesce(p.thread, '') FROM subscriptions s "
    "JOIN terms t ON t.id = s.term_id LEFT JOIN places p ON p.id = s.place_id"
)


def _subscription(row: Row) -> Subscription:
    kind, value, name, exclude, mode, thread = row
    return Subscription(Term(TermKind(kind), value, name), bool(exclude), Mode(mode), thread)


def _key(term: Term) -> tuple[str, str]:
    return term.kind.value, term.value


async def _begin(db: Connection, chat_id: int, now: datetime, digest_at: datetime | None) -> None:
    """Begin a chat's digests and its slow start with the first that it follows."""
    await db.rows(
        f"UPDATE chats SET digest_from = iif(digest_at IS NULL, {LAST_SUBJECT}, digest_from), "
        "digest_at = coalesce(digest_at, ?), slow_until = coalesce(slow_until, ?) WHERE id = ? AND state = 'active'",
        *(maybe_micros(digest_at), micros(now + SLOW), chat_id),
    )


async def _term(db: Connection, term: Term, now: datetime) -> int:
    row = await db.row("SELECT id FROM terms WHERE kind = ? AND value = ?", *_key(term))
    if row:
        return int(row[0])
    row = await db.row("INSERT INTO terms (kind, value, name) VALUES (?, ?, ?) RETURNING id", *_key(term), term.name)
    number = int(row[0]) if row else 0
    if term.kind is TermKind.KEYWORD:
        found = head(question(term.value))
        await db.rows(
            "INSERT INTO keywords (term_id, head, exact, value) VALUES (?, ?, ?, ?)",
            *(number, found.text, int(found.exact), term.value),
        )
    articles = await _articles(db, term, micros(now - NEW))
    await db.rows(
        "INSERT INTO subject_terms (term_id, subject_id) SELECT ?, s.id FROM subjects s "
        "WHERE s.article_id IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING",
        *(number, json.dumps(articles)),
    )
    return number


async def _volume(db: Connection, term: Term, since: int) -> int:
    if term.kind is TermKind.ALL:
        row = await db.row(f"SELECT count(*) FROM articles a WHERE {SHOWN} AND a.at >= ?", since)
        return int(row[0]) if row else 0
    return len(await _articles(db, term, since))


async def _articles(db: Connection, term: Term, since: int) -> list[int]:
    """Return the articles since then that a term is offered by: the rule that `offers` has, from the other side."""
    where, values = "1", tuple[object, ...]()
    match term.kind:
        case TermKind.ALL:
            pass
        case TermKind.OUTLET:
            where, values = "a.outlet_id = ?", (int(term.value),)
        case TermKind.TOPIC:
            where, values = "a.topic = ?", (term.value,)
        case TermKind.KEYWORD:
            where, values = f"a.id IN ({_HOLDING})", (words.match(term.value) or '""', LATEST_HITS)
        case TermKind.TAG:
            where = "a.id IN (SELECT x.article_id FROM article_tags x JOIN tags g ON g.id = x.tag_id WHERE g.key = ? "
            where, values = f"{where} AND x.at >= ?)", (term.value, since)
    rows = await db.rows(f"SELECT a.id FROM articles a WHERE {SHOWN} AND a.at >= ? AND {where}", since, *values)
    found = {number for (number,) in rows}
    if term.kind is TermKind.TAG:
        found |= await _told_by_headline(db, term.value, since)
    return sorted(found)


_HOLDING = "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT ?"


async def _told_by_headline(db: Connection, value: str, since: int) -> set[int]:
    """Find what a tag is offered by for its headline: the index finds beginnings of words, the rule itself decides."""
    match = words.match(value)
    if not match:
        return set()
    rows = await db.rows(
        f"SELECT a.id, a.headline FROM articles a WHERE {SHOWN} AND a.at >= ? AND a.id IN ({_HOLDING})",
        *(since, f"headline : ({match})", LATEST_HITS),
    )
    return {number for number, headline in rows if value in offers.spoken(headline)}
