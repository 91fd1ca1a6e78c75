"""Keeps what can be followed, and what it brings.

This is the rule of `offers`, in rows, from the other side.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import key
from bot.bangla.words import head, normal_question, question
from bot.values.chats import Term, TermKind
from storage.catalogue import tags
from storage.driver.connection import DatabaseEngine, Latch
from storage.matching import about
from storage.rows.article_rows import SHOWN
from storage.search import index
from storage.search.index_query import matching
from storage.search.ranking import LATEST_HITS

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.driver.connection import Connection

NEW: Final = timedelta(days=2)
"""How far back a term that nobody followed before is matched, so that looking at the day shows what it is about."""
DAYS: Final = 7
"""Over so many the articles of a day are counted."""


async def canonical(db: Connection, term: Term) -> Term:
    """Return the term that is meant.

    A tag by the one name that it has, whatever the spelling.
    """
    if term.kind is not TermKind.TAG:
        return term
    row = await db.row(f"SELECT t.key, t.name FROM tags t WHERE t.id = {tags.NAMED}", term.value, term.value)
    return replace(term, value=row[0], name=row[1]) if row else term


async def ensure(db: Connection, term: Term, since: int) -> int:
    """Return the number of a term.

    A term that nobody followed before is matched to the articles since then.
    """
    known = "SELECT id FROM terms WHERE kind = ? AND value = ?"
    row = await db.row(known, term.kind.value, term.value)
    if row is None and db.engine is DatabaseEngine.POSTGRESQL:
        # An article that is being stored knows nothing of this term, nor this of it: they wait for each other.
        await db.latch(Latch.ARTICLES)
        row = await db.row(known, term.kind.value, term.value)
    if row:
        return int(row[0])
    row = await db.row(
        "INSERT INTO terms (kind, value, name) VALUES (?, ?, ?) RETURNING id", term.kind.value, term.value, term.name
    )
    number = int(row[0]) if row else 0
    if term.kind is TermKind.KEYWORD:
        found = head(question(term.value))
        await db.rows(
            "INSERT INTO keywords (term_id, head, exact, value) VALUES (?, ?, ?, ?)",
            *(number, found.text, int(found.exact), term.value),
        )
    await attach(db, number, term, since)
    return number


async def drop_unfollowed(db: Connection, numbers: Collection[int]) -> None:
    """Forget words and names that nobody follows any more.

    They are what somebody typed. Sections and outlets are ours.
    """
    # Asked for the kinds that go, SQLite would look through all of them.
    await db.rows(
        "DELETE FROM terms WHERE id IN (SELECT value FROM ints(?)) AND kind NOT IN ('all', 'outlet', 'topic') "
        "AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.term_id = terms.id)",
        json.dumps(sorted(numbers)),
    )


async def attach(db: Connection, number: int, term: Term, since: int) -> None:
    """Note which articles since then offer a term."""
    await db.rows(
        "INSERT INTO subject_terms (term_id, subject_id) SELECT ?, s.id FROM subjects s "
        "WHERE s.article_id IN (SELECT value FROM ints(?)) ON CONFLICT DO NOTHING",
        *(number, json.dumps(await _articles(db, term, since))),
    )


async def volume(db: Connection, term: Term, since: int) -> int:
    """Return how many articles since then a term brought."""
    if term.kind is TermKind.ALL:
        row = await db.row(f"SELECT count(*) FROM articles a WHERE {SHOWN} AND a.at >= ?", since)
        return int(row[0]) if row else 0
    return len(await _articles(db, term, since))


async def adopt(db: Connection, names: Collection[str], since: int) -> None:
    """Turn followed words into the tag they name now.

    They were followed before any story bore them as a tag. A name's meaning is looked up when it is listed; a chat that
    followed it before must get the same. Quoted words stay words.
    """
    sought = json.dumps(sorted({normal_question(name) for name in names}), ensure_ascii=False)
    rows = await db.rows(
        f"SELECT id, value, name FROM terms WHERE kind = '{TermKind.KEYWORD}' "
        "AND value IN (SELECT value FROM texts(?)) AND substr(name, 1, 1) NOT IN ('“', '\"', '‘')",
        sought,
    )
    for number, value, _ in rows:
        tag = next(name for name in names if normal_question(name) == value)
        await _become(db, number, await canonical(db, Term(TermKind.TAG, key(tag), tag)), since)


async def _become(db: Connection, number: int, term: Term, since: int) -> None:
    await db.rows("DELETE FROM keywords WHERE term_id = ?", number)
    await db.rows(
        "UPDATE terms SET kind = ?, value = ?, name = ? WHERE id = ? "
        "AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.kind = ? AND t.value = ?)",
        *(*_row(term), number, *_row(term)[:2]),
    )
    kept = await ensure(db, term, since)
    if kept == number:
        await attach(db, kept, term, since)
        return
    # Somebody followed the tag by name already: the few that are left move at once.
    await db.rows(
        "INSERT INTO subscriptions (term_id, chat_id, created_at, exclude, mode, place_id) "
        "SELECT ?, chat_id, created_at, exclude, mode, place_id FROM subscriptions WHERE term_id = ? "
        "ON CONFLICT DO NOTHING",
        *(kept, number),
    )
    # Whoever begins to follow it just now is not among them: the term can't go then, and all this is done once more.
    await db.rows(
        "DELETE FROM subscriptions WHERE term_id = ? AND chat_id IN (SELECT k.chat_id FROM subscriptions k "
        "WHERE k.term_id = ?)",
        *(number, kept),
    )
    await db.rows("DELETE FROM subject_terms WHERE term_id = ?", number)
    await db.rows("DELETE FROM terms WHERE id = ?", number)


def _row(term: Term) -> tuple[str, str, str]:
    return term.kind.value, term.value, term.name


async def _articles(db: Connection, term: Term, since: int) -> list[int]:
    where, values = "true", tuple[object, ...]()
    match term.kind:
        case TermKind.ALL:
            pass
        case TermKind.OUTLET:
            where, values = "a.outlet_id = ?", (int(term.value),)
        case TermKind.KEYWORD:
            found = await index.newest(db, await matching(db, term.value), LATEST_HITS)
            where, values = "a.id IN (SELECT value FROM ints(?))", (json.dumps(found),)
        case TermKind.TOPIC | TermKind.TAG:
            topic = await (about.of_tag if term.kind is TermKind.TAG else about.of_section)(db, term.value)
            return await about.since(db, topic, await about.headed(db, topic, since=since), since)
    rows = await db.rows(f"SELECT a.id FROM articles a WHERE {SHOWN} AND a.at >= ? AND {where}", since, *values)
    return sorted(number for (number,) in rows)
