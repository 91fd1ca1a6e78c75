"""Moves a chat to another address.

Its row stays, with all that hangs on it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.values.delivery import Why
from storage.driver.connection import Latch

if TYPE_CHECKING:
    from bot.values.chats import Chat
    from storage.driver.connection import Connection

log = logging.getLogger(__name__)

_COLUMNS = (
    *("account", "place_id", "lane", "rank", "state", "matched", "due_at", "tries", "unsure", "owner", "shown"),
    *("message_id", "sent_to", "form", "sent_at", "reason", "round_id"),
)
_FATE = ", ".join(_COLUMNS)
# The topics of a chat are not those of another.
_TAKEN = ", ".join("0" if name == "place_id" else name for name in _COLUMNS)
_EXCLUDED = ", ".join(f"excluded.{name}" for name in _COLUMNS)
# By the primary key, subject by subject: there is no index of history by chat.
_KEPT = "subject_id IN (SELECT s.id FROM subjects s WHERE s.id >= (SELECT min(x.subject_id) FROM deliveries x))"


async def move(db: Connection, chat: Chat, external_id: str, *, reached: bool = False) -> None:
    """Give a chat its new address.

    The old address still leads to it. If the platform told of the new address before, there are two rows: the older
    keeps its choices and takes what the younger follows and is owed. Cards sent to the old address cannot be edited any
    more, unless it is ``reached``.
    """
    if external_id == chat.external_id:
        return
    row = await db.row("SELECT id FROM chats WHERE platform = ? AND external_id = ?", chat.platform, external_id)
    if row is not None and row[0] != chat.id:
        await _merge(db, row[0], chat.id)
    # Several claimed rows of one chat may each say that it moved.
    await db.rows(
        "INSERT INTO chat_aliases (platform, external_id, chat_id) SELECT platform, external_id, id FROM chats "
        "WHERE id = ? AND external_id <> ? ON CONFLICT (platform, external_id) DO UPDATE SET "
        "chat_id = excluded.chat_id",
        *(chat.id, external_id),
    )
    await db.rows("UPDATE chats SET external_id = ? WHERE id = ?", external_id, chat.id)
    if not reached:
        await db.rows(
            "UPDATE deliveries SET state = 'sent', reason = ? WHERE chat_id = ? AND state = 'waiting' "
            "AND message_id IS NOT NULL",
            *(Why.MOVED.value, chat.id),
        )


async def is_another(db: Connection, chat: Chat, external_id: str) -> bool:
    """Tell whether a chat cannot have become this one.

    It was there before, or another has moved to it: ten chats are never joined on one server's word.
    """
    row = await db.row(
        "SELECT id FROM chats c WHERE c.platform = ? AND c.external_id = ? AND c.id <> ? AND (c.id < ? "
        "OR EXISTS (SELECT 1 FROM chat_aliases a WHERE a.chat_id = c.id))",
        *(chat.platform, external_id, chat.id, chat.id),
    )
    if row is not None:
        log.warning("chat %s did not become %s, which is another: nothing is joined", chat.id, row[0])
    return row is not None


async def _merge(db: Connection, younger: int, older: int) -> None:
    await db.latch(Latch.CHATS)
    await db.rows(
        "INSERT INTO subscriptions (term_id, chat_id, created_at, exclude, mode) "
        "SELECT term_id, ?, created_at, exclude, mode FROM subscriptions WHERE chat_id = ? ON CONFLICT DO NOTHING",
        *(older, younger),
    )
    # Of two rows for one story the one that got further stays, or the story would come again.
    await db.rows(
        f"INSERT INTO deliveries (subject_id, chat_id, {_FATE}) SELECT subject_id, ?, {_TAKEN} FROM deliveries "
        f"WHERE chat_id = ? AND {_KEPT} ON CONFLICT (subject_id, chat_id) DO UPDATE SET ({_FATE}) = ({_EXCLUDED}) "
        "WHERE deliveries.message_id IS NULL AND (excluded.message_id IS NOT NULL "
        "OR (excluded.state = 'sending' AND deliveries.state IN ('waiting', 'left', 'dropped')))",
        *(older, younger),
    )
    await db.rows(f"DELETE FROM deliveries WHERE chat_id = ? AND {_KEPT}", younger)
    await db.rows(
        "UPDATE digests SET chat_id = ? WHERE chat_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM digests g WHERE g.subject_id = digests.subject_id AND g.chat_id = ?)",
        *(older, younger, older),
    )
    await db.rows("UPDATE chat_aliases SET chat_id = ? WHERE chat_id = ?", older, younger)
    await db.rows(
        "UPDATE chats SET digest_at = coalesce(digest_at, (SELECT c.digest_at FROM chats c WHERE c.id = ?)), "
        "digest_from = least(coalesce(digest_from, 4611686018427387904), "
        "coalesce((SELECT c.digest_from FROM chats c WHERE c.id = ?), 4611686018427387904)) "
        "WHERE id = ? AND (SELECT c.digest_from FROM chats c WHERE c.id = ?) IS NOT NULL",
        *(younger, younger, older, younger),
    )
    await db.rows("DELETE FROM chats WHERE id = ?", younger)
