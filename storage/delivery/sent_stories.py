"""Reads the stories that a chat was sent, cards and digests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.values.delivery import SentStory
from storage.driver.connection import moment

if TYPE_CHECKING:
    from storage.driver.connection import Connection


async def since(db: Connection, chat_id: int, when: int) -> list[SentStory]:
    """Return the stories that a chat was sent since then, oldest first."""
    rounds = await db.rows(
        "SELECT d.sent_at, g.items FROM digests g JOIN deliveries d ON d.subject_id = g.subject_id "
        "AND d.chat_id = g.chat_id WHERE g.chat_id = ? AND d.sent_at >= ? AND g.items IS NOT NULL",
        *(chat_id, when),
    )
    # By the primary key, subject by subject: there is no index of history by chat.
    cards = await db.rows(
        "SELECT s.id, d.sent_at FROM subjects s CROSS JOIN deliveries d ON d.subject_id = s.id AND d.chat_id = ? "
        "WHERE s.id >= (SELECT coalesce(min(subject_id), 0) FROM deliveries) AND s.kind = 'story' AND d.sent_at >= ?",
        *(chat_id, when),
    )
    at: dict[int, int] = {number: told for told, items in rounds for number in json.loads(items)} | dict(cards)
    rows = await db.rows(
        "SELECT s.id, a.id, a.headline, a.url FROM subjects s JOIN articles a ON a.id = s.article_id "
        "WHERE s.id IN (SELECT value FROM ints(?))",
        json.dumps(sorted(at)),
    )
    found = sorted((at[number], *rest) for number, *rest in rows)
    return [SentStory(moment(told), *rest) for told, *rest in found]
