"""Two articles that turn out to be one: the older takes names, tags and what was sent; the younger is in no list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.articles.identity import agree
from bot.articles.text.clean import clean_tags
from bot.values.delivery import Wave
from storage.catalogue import tags
from storage.rows import article_rows, subject_rows
from storage.rows.article_rows import texts

if TYPE_CHECKING:
    from storage.driver.connection import Connection

FATE = (
    "account, place_id, lane, rank, state, matched, due_at, tries, unsure, owner, shown, message_id, sent_to, form, "
    "sent_at, reason, round_id"
)


async def are_one(db: Connection, one: int, other: int) -> bool:
    """Tell whether two articles may become one: both are live, they agree, and no editor changed the younger."""
    rows = await db.rows(
        f"{article_rows.SELECT} WHERE a.id IN (?, ?) AND {article_rows.SHOWN} ORDER BY a.id", *sorted((one, other))
    )
    found = [article_rows.article(row) for row in rows]
    return len(found) == 2 and agree(*found) and found[1].correction is None  # noqa: PLR2004 - both


async def join(db: Connection, younger: int, older: int) -> None:
    """Make one article of two."""
    await db.rows("UPDATE aliases SET article_id = ? WHERE article_id = ?", older, younger)
    await _join_tags(db, younger, older)
    await _join_subjects(db, younger, older)
    for table in ("article_tags", "article_texts"):
        await db.rows(f"DELETE FROM {table} WHERE article_id = ?", younger)
    await db.rows("UPDATE articles SET merged_into = ? WHERE id = ? OR merged_into = ?", older, younger, younger)


async def _join_subjects(db: Connection, younger: int, older: int) -> None:
    """Whoever was shown the younger, or is being shown it, must not be shown the older as something new.

    Of two rows of a chat the one that got further stays; what shows the younger is edited into the older.
    """
    rows = await db.rows(
        "SELECT id FROM subjects WHERE article_id IN (?, ?) ORDER BY article_id = ?", older, younger, younger
    )
    if len(rows) != 2:  # noqa: PLR2004 - one of them never was a subject
        return
    (keep,), (gone,) = rows
    moved = FATE.replace("shown", "0")
    excluded = "excluded." + FATE.replace(", ", ", excluded.")
    await db.rows(
        f"INSERT INTO deliveries (subject_id, chat_id, {FATE}) SELECT ?, chat_id, {moved} FROM deliveries "
        f"WHERE subject_id = ? ON CONFLICT (subject_id, chat_id) DO UPDATE SET ({FATE}) = ({excluded}) "
        "WHERE (excluded.message_id IS NOT NULL AND deliveries.message_id IS NULL) "
        "OR (excluded.state = 'sending' AND deliveries.state IN ('waiting', 'left', 'dropped'))",
        *(keep, gone),
    )
    await db.rows("DELETE FROM deliveries WHERE subject_id = ?", gone)
    await db.rows("DELETE FROM fanouts WHERE subject_id = ?", gone)
    await db.rows("DELETE FROM subject_terms WHERE subject_id = ?", gone)
    await db.rows("UPDATE subjects SET state = 'joined', article_id = NULL, parent_id = ? WHERE id = ?", keep, gone)
    await subject_rows.spread(db, keep, Wave.EDIT)


async def _join_tags(db: Connection, younger: int, older: int) -> None:
    known: dict[int, str] = dict(await db.rows("SELECT id, tags FROM articles WHERE id IN (?, ?)", older, younger))
    joined = clean_tags((*json.loads(known[older]), *json.loads(known[younger])))
    rows = await db.rows("UPDATE articles SET tags = ? WHERE id = ? RETURNING at", texts(joined), older)
    await tags.put(db, older, rows[0][0], joined)
