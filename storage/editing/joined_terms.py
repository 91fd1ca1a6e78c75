"""Moves the readers of two tags that were joined.

A chat that followed either follows the one, once.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.values.chats import Term, TermKind
from storage.driver.connection import Latch, micros, moment
from storage.driver.steps import ROWS, steps
from storage.matching import terms

if TYPE_CHECKING:
    from storage.driver.connection import Connection, Database

_NEW = timedelta(days=2)
# Which term that is is looked at each time: another process may be joining its tag too.
_KEPT = (
    "SELECT k.id FROM terms t JOIN tag_aliases l ON l.key = t.value JOIN tags g ON g.id = l.tag_id "
    "JOIN terms k ON k.kind = t.kind AND k.value = g.key WHERE t.id = ?"
)


async def settle(database: Database) -> None:
    """Move chats' choices from a spelling to its tag.

    The spelling's offers are copied first and dropped last, so that no digest that is drawn meanwhile misses them;
    articles that come meanwhile are offered by both.
    """
    for old, term in await database.read(_unsettled):
        kept = await database.write(partial(_begin, old=old, term=term))
        if kept != old:
            await steps(database, partial(_move, old=old))
            await database.write(partial(_drop, old=old))


async def _unsettled(db: Connection) -> list[tuple[int, Term]]:
    """Return terms whose value became a spelling.

    Each with what it is a spelling of.
    """
    rows = await db.rows(
        "SELECT t.id, g.key, g.name FROM tag_aliases l "
        f"CROSS JOIN terms t ON t.kind = '{TermKind.TAG}' AND t.value = l.key JOIN tags g ON g.id = l.tag_id"
    )
    return [(old, Term(TermKind.TAG, folded, name)) for old, folded, name in rows]


async def _begin(db: Connection, *, old: int, term: Term) -> int:
    """Return the term that is kept.

    The one of the tag, or, where nobody followed that, the old one by its name.
    """
    await db.latch(Latch.TAGS)
    newest = await db.row("SELECT created_at FROM subjects WHERE id = (SELECT max(id) FROM subjects)")
    since = micros(moment(newest[0]) - _NEW) if newest else 0
    await db.rows(
        "UPDATE terms SET value = ?, name = ? WHERE id = ? "
        "AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.kind = terms.kind AND t.value = ? AND t.id <> terms.id)",
        *(term.value, term.name, old, term.value),
    )
    kept = await terms.ensure(db, term, since)
    if kept == old:
        await terms.attach(db, kept, term, since)
    await db.rows(
        "INSERT INTO subject_terms (term_id, subject_id) SELECT ?, subject_id FROM subject_terms WHERE term_id = ? "
        "ON CONFLICT DO NOTHING",
        *(kept, old),
    )
    return kept


async def _move(db: Connection, *, old: int) -> bool:
    """Move the next chats; return whether more wait.

    A chat that follows either name follows, though it left out the other. Silence goes unnoticed, what is too much has
    its button.
    """
    # Of two that move the same chats the second would take away the next ones, which it has not written.
    await db.latch(Latch.TAGS)
    kept = await db.row(_KEPT, old)
    if kept is None:
        return False
    await db.rows(
        "INSERT INTO subscriptions (term_id, chat_id, created_at, exclude, mode, place_id) "
        "SELECT ?, chat_id, created_at, exclude, mode, place_id FROM subscriptions WHERE term_id = ? "
        "ORDER BY chat_id LIMIT ? ON CONFLICT (term_id, chat_id) DO UPDATE SET exclude = excluded.exclude, "
        "mode = excluded.mode, place_id = excluded.place_id WHERE subscriptions.exclude = 1 AND excluded.exclude = 0",
        *(kept[0], old, ROWS),
    )
    moved = await db.rows(
        "DELETE FROM subscriptions WHERE term_id = ? AND chat_id IN "
        "(SELECT chat_id FROM subscriptions WHERE term_id = ? ORDER BY chat_id LIMIT ?) RETURNING 1",
        *(old, old, ROWS),
    )
    return len(moved) == ROWS


async def _drop(db: Connection, *, old: int) -> None:
    """Forget a term.

    If its tag was joined further meanwhile, the next look moves the rest.
    """
    await db.latch(Latch.TAGS)
    await db.rows(
        "DELETE FROM terms WHERE id = ? AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE term_id = ?)", old, old
    )
