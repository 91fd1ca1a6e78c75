"""Finds reports: subjects whose articles proved to be one.

Each chat is shown one of them, and all follow the one article.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.driver.connection import Connection

KEPT, WAITING, SHOWN = 1, 2, 4
"""How far a row came: kept for a digest, waiting (3 is on its way), shown."""


def _told(chat: str) -> str:
    """Write whether a digest told a chat of n.value."""
    return (
        f"EXISTS (SELECT 1 FROM digests g WHERE g.chat_id = {chat} AND g.to_id >= n.value AND g.from_id < n.value "
        "AND g.items IS NOT NULL AND EXISTS (SELECT 1 FROM ints(g.items) i WHERE i.value = n.value))"
    )


def _step(table: str) -> str:
    """Write how far a row of a table came."""
    return (
        f"CASE WHEN {table}.message_id IS NOT NULL OR {table}.round_id IS NOT NULL THEN {SHOWN} ELSE "
        f"CASE {table}.state WHEN 'sending' THEN 3 WHEN 'waiting' THEN {WAITING} WHEN 'left' THEN {KEPT} ELSE 0 END END"
    )


def has_one(chat: str, step: int) -> str:
    """Write whether a chat has one of some subjects.

    These are listed as JSON; it has one at least so far, or in a digest that was sent.
    """
    return (
        "EXISTS (SELECT 1 FROM ints(?) n WHERE EXISTS (SELECT 1 FROM deliveries x WHERE x.subject_id = n.value "
        f"AND x.chat_id = {chat} AND {_step('x')} >= {step}) OR {_told(chat)})"
    )


async def reports(db: Connection, subject_id: int) -> list[int]:
    """Return all subjects of a subject's article.

    The oldest first; itself alone, if it is of none.
    """
    rows = await db.rows(
        "SELECT r.id FROM subjects s JOIN subjects r ON r.article_id = s.article_id WHERE s.id = ? ORDER BY r.id",
        subject_id,
    )
    return [number for (number,) in rows] or [subject_id]


async def others(db: Connection, subject_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the other reports of these subjects.

    Subjects without others, which nearly all are, are left out.
    """
    rows = await db.rows(
        "SELECT s.id, r.id FROM ints(?) j CROSS JOIN subjects s ON s.id = j.value "
        "JOIN subjects r ON r.article_id = s.article_id AND r.id <> s.id",
        json.dumps(sorted(subject_ids)),
    )
    found: dict[int, list[int]] = {}
    for number, other in rows:
        found.setdefault(number, []).append(other)
    return found


async def shown(db: Connection, chat_id: int, subject_ids: Collection[int]) -> bool:
    """Return whether a chat was shown one of these.

    It was shown it in a message or a digest.
    """
    return await _has(db, chat_id, subject_ids, SHOWN)


async def is_live(db: Connection, chat_id: int, subject_ids: Collection[int]) -> bool:
    """Return whether a chat has one of these.

    It was shown one, or has one waiting or on its way.
    """
    return await _has(db, chat_id, subject_ids, WAITING)


async def _has(db: Connection, chat_id: int, subject_ids: Collection[int], step: int) -> bool:
    listed = json.dumps(sorted(subject_ids))
    return await db.row(f"SELECT 1 WHERE {has_one('?', step)}", listed, chat_id, chat_id) is not None


async def leave_one(db: Connection, keep: int, gone: int, reason: str) -> None:
    """See that no chat is sent both reports.

    The row that came farther stays, else the first. A message that lies in a chat stays there, and so does one on its
    way.
    """
    for one, other, farther in ((gone, keep, ">="), (keep, gone, ">")):
        await db.rows(
            "UPDATE deliveries SET state = 'dropped', reason = ? WHERE subject_id = ? AND message_id IS NULL "
            "AND round_id IS NULL AND state IN ('waiting', 'left') AND (EXISTS (SELECT 1 FROM deliveries o "
            "WHERE o.subject_id = ? AND o.chat_id = deliveries.chat_id "
            f"AND {_step('o')} {farther} {_step('deliveries')}) "
            f"OR EXISTS (SELECT 1 FROM ints(?) n WHERE {_told('deliveries.chat_id')}))",
            *(reason, one, other, json.dumps([other])),
        )
