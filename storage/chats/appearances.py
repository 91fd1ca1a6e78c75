"""Keeps where stories stand beside the outbox: shared cards, answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.values import call_text
from bot.values.appearances import ANSWERS_KEPT, SHARED_KEPT, Appearance, DueAppearance
from bot.values.chats import Target
from bot.values.delivery import Form
from bot.values.reach import ReachBeside
from storage.driver import erased
from storage.driver.connection import micros, moment
from storage.rows import chat_rows
from storage.rows.outbox_rows import address_of, written_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.values.appearances import AppearanceEnding
    from storage.driver.connection import Connection, Database, Row

LOOKED_AT = 5_000
"""Appearances that one step of a wave looks at."""
_KEEP = (
    "INSERT INTO appearances (account, chat_id, person, sent_to, message_id, form, call, articles, drawn_at, wanted) "
    "VALUES (?, (SELECT id FROM chats WHERE platform = ? AND external_id = ?), ?, ?, ?, ?, ?, ?, ?, "
    # What changed after it was drawn and before it was noted, no wave has found here.
    "CASE WHEN EXISTS (SELECT 1 FROM subjects s WHERE s.article_id IN (SELECT value FROM ints(?)) "
    "AND s.must > 1 AND s.changed_at >= ?) THEN 1 ELSE 0 END) "
    "ON CONFLICT (account, sent_to, message_id) DO UPDATE SET person = excluded.person, form = excluded.form, "
    "call = excluded.call, articles = excluded.articles, drawn_at = excluded.drawn_at, wanted = excluded.wanted, "
    "done = 0, due_at = 0, reason = NULL"
)
_DUE = (
    "SELECT a.id, a.wanted, a.account, a.person, a.articles, a.drawn_at, a.message_id, a.sent_to, a.form, a.call, "
    f"{chat_rows.CHAT.columns} FROM appearances a LEFT JOIN chats c ON c.id = a.chat_id "
    "WHERE a.account = ? AND a.wanted > a.done AND a.message_id IS NOT NULL AND a.due_at <= ? "
    "ORDER BY a.due_at, a.id LIMIT ?"
)
_OWN = 10
"""The columns of an appearance itself, before those of its chat."""
_SHOWS = (
    "EXISTS (SELECT 1 FROM ints(a.articles) i WHERE i.value IN "
    "(SELECT m.id FROM articles m WHERE m.id = ? OR m.merged_into = ?))"
)


class Appearances:
    """See bot.ports.delivery.Appearances."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._db = database

    async def keep(self, appearances: Sequence[Appearance]) -> None:
        """Note what messages show now."""
        shown = [one for one in appearances if one.articles]
        gone = [(one.account, _sent_to(one), one.message_id) for one in appearances if not one.articles]

        async def work(db: Connection) -> None:
            await db.many("DELETE FROM appearances WHERE account = ? AND sent_to = ? AND message_id = ?", gone)
            await db.many(_KEEP, [_row(one) for one in await _of_the_known(db, shown)])

        if shown or gone:
            await self._db.write(work)

    async def due(self, account: str, now: datetime, limit: int) -> list[DueAppearance]:
        """Return what is to be changed."""
        rows = await self._db.read(lambda db: db.rows(_DUE, account, micros(now), limit))
        return [_due(row) for row in rows]

    async def settle(self, endings: Sequence[AppearanceEnding]) -> None:
        """Write how changes ended."""
        ended = [one for one in endings if one.again_at is None]
        later = [(micros(one.again_at), one.due.id) for one in endings if one.again_at is not None]

        async def work(db: Connection) -> None:
            # What was drawn anew by a press meanwhile has another moment, and is not what was changed.
            await db.many(
                "UPDATE appearances SET done = ?, reason = ? WHERE id = ? AND drawn_at = ?",
                [
                    (
                        one.due.wanted,
                        one.reason.value if one.reason is not None else None,
                        one.due.id,
                        micros(one.due.appearance.drawn_at),
                    )
                    for one in ended
                ],
            )
            await db.many("UPDATE appearances SET due_at = ? WHERE id = ?", later)

        if endings:
            await self._db.write(work)

    async def purge(self, now: datetime, limit: int) -> int:
        """Forget what is too old to be changed."""
        return await self._db.write(
            lambda db: db.changed(
                "DELETE FROM appearances WHERE id IN (SELECT id FROM appearances WHERE "
                "drawn_at < CASE WHEN sent_to = '' THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END LIMIT ?)",
                *(micros(now - SHARED_KEPT), micros(now - ANSWERS_KEPT), limit),
            )
        )


async def _of_the_known(db: Connection, shown: list[Appearance]) -> list[Appearance]:
    """Leave out what somebody was shown who has been erased since."""
    if not shown:
        return []
    rows = await db.rows(
        "SELECT key, print, at FROM erasures WHERE at >= ?", min(micros(one.drawn_at) for one in shown)
    )
    return [
        one
        for one in shown
        if not any(micros(one.drawn_at) <= at and erased.print_of(key, one.person) == mark for key, mark, at in rows)
    ]


async def want(db: Connection, article_id: int, low: int) -> tuple[int, int]:
    """Say that messages which show an article are to be changed.

    Those behind ``low`` that one step looks at; return how far it came, and how many they were.
    """
    last = await db.row(
        "SELECT max(id) FROM (SELECT id FROM appearances WHERE id > ? ORDER BY id LIMIT ?) y", low, LOOKED_AT
    )
    high = last[0] if last and last[0] is not None else 2**62
    changed = await db.changed(
        "UPDATE appearances SET wanted = wanted + 1, due_at = 0, reason = NULL WHERE id IN (SELECT a.id "
        f"FROM appearances a WHERE a.id > ? AND a.id <= ? AND {_SHOWS})",
        *(low, high, article_id, article_id),
    )
    return high, changed


async def reached(db: Connection, article_id: int) -> ReachBeside:
    """Count how far changes of an article have come in them."""
    rows = await db.rows(
        "SELECT CASE WHEN a.message_id IS NULL THEN 2 WHEN a.wanted > a.done THEN 1 "
        "WHEN a.reason IS NOT NULL THEN 2 ELSE 0 END, count(*) "
        f"FROM appearances a WHERE a.wanted > 0 AND {_SHOWS} GROUP BY 1",
        *(article_id, article_id),
    )
    counts: dict[int, int] = {int(which): int(n) for which, n in rows}
    return ReachBeside(counts.get(0, 0), counts.get(1, 0), counts.get(2, 0))


async def forget(db: Connection, column: str, whose: object) -> None:
    """Keep of somebody's or a chat's appearances that there were such.

    A story that is corrected later counts them as not reached.
    """
    await db.rows(
        "UPDATE appearances SET chat_id = NULL, person = '', sent_to = '', message_id = NULL, call = '' "
        f"WHERE {column} = ?",
        whose,
    )


def _sent_to(one: Appearance) -> str:
    return written_address(one.target) if one.target is not None else ""


def _row(one: Appearance) -> tuple[object, ...]:
    place = (one.target.platform, one.target.external_id) if one.target is not None else ("", "")
    articles, drawn_at = json.dumps(one.articles), micros(one.drawn_at)
    call = call_text.write(one.call) if one.call is not None else ""
    about = (one.person, _sent_to(one), one.message_id, one.form.value, call)
    return (one.account, *place, *about, articles, drawn_at, articles, drawn_at)


def _due(row: Row) -> DueAppearance:
    number, wanted, account, person, articles, drawn_at, message_id, sent_to, form, call = row[:_OWN]
    chat = chat_rows.CHAT.read(row, _OWN) if row[_OWN] is not None else None
    target = None
    if sent_to:
        external_id, thread = address_of(sent_to)
        target = Target(chat.platform if chat is not None else "", external_id, thread, account)
    return DueAppearance(
        number,
        wanted,
        Appearance(
            account,
            person,
            tuple(json.loads(articles)),
            moment(drawn_at),
            message_id,
            target,
            Form(form),
            call_text.read(call) if call else None,
        ),
        chat,
    )
