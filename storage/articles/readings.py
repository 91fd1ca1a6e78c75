"""Keeps what each source last said of an article.

A source that says the same again says nothing new.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.bangla.normalise import key
from bot.values.articles import SourceWord

if TYPE_CHECKING:
    from bot.values.articles import Article, Draft, Source
    from storage.driver.connection import Connection


async def word(db: Connection, old: Article, draft: Draft, source: Source) -> SourceWord:
    """Note what a source says; return its worth.

    Beside what is stored.
    Two feeds of one outlet often head one story differently. By turns they would revise it at every poll, and edit
    every card that was sent; so a source's text counts only when it changed, and another source's first one only if it
    is dated later.
    """
    row = await db.row("SELECT text FROM readings WHERE article_id = ? AND source_id = ?", old.id, source.id)
    await keep(db, old.id, draft, source)
    if row is not None:
        return SourceWord.REPEATED if row[0] == _text(draft) else SourceWord.NEWER
    if source.id == old.source_id:
        return SourceWord.NEWER  # stored before readings were
    said, known = draft.updated or draft.published, old.updated or old.published
    return SourceWord.NEWER if said is not None and known is not None and said > known else SourceWord.OTHER


async def keep(db: Connection, number: int, draft: Draft, source: Source) -> None:
    """Note what a source says of an article."""
    await db.rows(
        "INSERT INTO readings (article_id, source_id, text) VALUES (?, ?, ?) "
        "ON CONFLICT (article_id, source_id) DO UPDATE SET text = excluded.text WHERE readings.text <> excluded.text",
        *(number, source.id, _text(draft)),
    )


def _text(draft: Draft) -> str:
    said = f"{key(draft.headline)}\n{key(chr(10).join(draft.body))}"
    return blake2b(said.encode(), digest_size=12).hexdigest()
