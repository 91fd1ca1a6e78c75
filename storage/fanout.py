"""From a new article to its deliveries: who follows anything that it offers."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.bangla.endings import bases
from bot.bangla.normalise import key
from storage import words

if TYPE_CHECKING:
    from bot.model import Draft, Outlet
    from storage.connection import Connection

_FOLLOWERS = """
INSERT INTO deliveries (article_id, chat_id, state, due_at)
SELECT ?, chat_id, 'waiting', 0 FROM (
    SELECT s.chat_id FROM terms t JOIN subscriptions s ON s.term_id = t.id WHERE t.kind = 'all' AND t.value = ''
    UNION
    SELECT s.chat_id FROM terms t JOIN subscriptions s ON s.term_id = t.id WHERE t.kind = 'outlet' AND t.value = ?
    UNION
    SELECT s.chat_id FROM json_each(?) j JOIN terms t ON t.kind = 'tag' AND t.value = j.value
    JOIN subscriptions s ON s.term_id = t.id
)
WHERE true ON CONFLICT (article_id, chat_id) DO NOTHING
"""


def offers(draft: Draft) -> set[str]:
    """Return the tag keys that an article is about: the given ones, and what its headline says."""
    return {key(tag) for tag in draft.tags} | spoken(draft.headline)


def spoken(headline: str) -> set[str]:
    """Return the tag keys that a headline says.

    Each word, each word without a usual ending, and runs of two and three words, the last one likewise. Whole words,
    never beginnings of words: who follows বাংলা is not told of every বাংলাদেশ.
    """
    said = words.split(headline)
    single = {base for word in (*said, *words.compounds(headline)) for base in bases(word)}
    double = {f"{a} {base}" for a, b in pairwise(said) for base in bases(b)}
    triple = {f"{a} {b} {base}" for (a, b), (_, c) in pairwise(pairwise(said)) for base in bases(c)}
    return single | double | triple


async def queue(db: Connection, article_id: int, draft: Draft, outlet: Outlet | None) -> int:
    """Queue an article for every chat that follows it, once for each; return for how many."""
    offered = json.dumps(sorted(offers(draft)), ensure_ascii=False)
    await db.rows(_FOLLOWERS, article_id, str(outlet.id) if outlet else "", offered)
    row = await db.row("SELECT changes()")
    return int(row[0]) if row else 0
