"""Keeps what each source last said of an article.

A source that says the same again says nothing new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.revisions import SourceWord

if TYPE_CHECKING:
    from bot.values.articles import Article, Draft, Offer, Source
    from storage.driver.connection import Connection, Of, Statement


_KEEP = (
    "INSERT INTO readings (article_id, source_id, text, fingerprint) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (article_id, source_id) DO UPDATE SET text = excluded.text, fingerprint = excluded.fingerprint "
    "WHERE readings.text <> excluded.text OR readings.fingerprint IS DISTINCT FROM excluded.fingerprint"
)


async def word(
    db: Connection, old: Article, draft: Draft, offer: Offer, source: Source
) -> tuple[SourceWord, list[Statement]]:
    """Return what a source's word is worth beside what is stored.

    Beside it comes what notes it, unless it stands there already.

    Two feeds of one outlet often head one story differently. By turns they would revise it at every poll, and edit
    every card that was sent; so a source's text counts only when it changed, and another source's first one only if it
    is dated later.
    """
    row = await db.row(
        "SELECT text, fingerprint FROM readings WHERE article_id = ? AND source_id = ?", old.id, source.id
    )
    note = kept(old.id, draft, offer, source)
    if row is not None:
        noted = [] if row == (offer.said, draft.fingerprint or None) else [note]
        return SourceWord.REPEATED if row[0] == offer.said else SourceWord.NEWER, noted
    if source.id == old.source_id:
        return SourceWord.NEWER, [note]  # stored before readings were
    said, known = draft.updated or draft.published, old.updated or old.published
    later = said is not None and known is not None and said > known
    return SourceWord.NEWER if later else SourceWord.OTHER, [note]


def kept(number: int | Of, draft: Draft, offer: Offer, source: Source) -> Statement:
    """Write what notes what a source says of an article."""
    return _KEEP, (number, source.id, offer.said, draft.fingerprint or None)
