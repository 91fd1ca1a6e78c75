"""Keeps where articles come from.

It keeps how each source fares, and when it is due.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.values.articles import FullText, Habits, Outlet, Source, SourceState
from storage.driver.connection import Latch, micros
from storage.rows.fields import Fields
from storage.rows.outlet_rows import OUTLET

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.ports.rules import ArticleRules
    from storage.driver.connection import Connection, Database

_HABITS = Fields(Habits, "s")
_SOURCE = Fields(Source, "s", named={"kind_name": "kind"}, parts={"outlet": OUTLET, "habits": _HABITS})
_HEALTH = (
    *("next_poll_at", "last_ok_at", "last_new_at", "failures", "error", "etag", "last_modified", "body_hash"),
    *("killed_at", "set_aside"),
)
_FROM = f"SELECT {_SOURCE.columns} FROM sources s LEFT JOIN outlets o ON o.id = s.outlet_id"


class Sources:
    """See bot.ports.archive.Sources."""

    def __init__(self, database: Database, rules: ArticleRules) -> None:
        """Work on this database, by these rules."""
        self._db = database
        self._rules = rules

    async def add(
        self, kind_name: str, address: str | None, outlet: Outlet | None, *, full_text: FullText, now: datetime
    ) -> Source:
        """Return the source of that address, made if new.

        A source without an address is known by its kind and outlet. One that was removed comes back, due at once.
        """

        async def work(db: Connection) -> Source:
            await db.latch(Latch.SOURCES)
            known = await _find(db, self._rules, kind_name, address, outlet)
            if known is None:
                await db.rows(
                    "INSERT INTO sources (kind, address, outlet_id, full_text, state, next_poll_at) "
                    "VALUES (?, ?, ?, ?, 'active', ?)",
                    *(kind_name, address, outlet.id if outlet else None, full_text.value, micros(now)),
                )
            else:
                await db.rows(
                    # As if it were new: what stood there meanwhile is no news, and its old troubles are forgotten.
                    "UPDATE sources SET removed_at = NULL, state = 'active', next_poll_at = ?, kind = ?, "
                    "outlet_id = ?, full_text = ?, last_ok_at = NULL, failures = 0, error = NULL, etag = NULL, "
                    "last_modified = NULL, body_hash = NULL, killed_at = NULL, set_aside = '[]', hosts = '[]', "
                    "day = 0, today = 0, usual = NULL WHERE id = ? AND removed_at IS NOT NULL",
                    *(micros(now), kind_name, outlet.id if outlet else None, full_text.value, known),
                )
            number = known or await _find(db, self._rules, kind_name, address, outlet)
            row = await db.row(f"{_FROM} WHERE s.id = ?", number)
            return _SOURCE.read(row or ())

        return await self._db.write(work)

    async def get(self, source_id: int) -> Source | None:
        """Return one source."""
        row = await self._db.read(lambda db: db.row(f"{_FROM} WHERE s.id = ? AND s.removed_at IS NULL", source_id))
        return _SOURCE.read(row) if row else None

    async def all(self) -> list[Source]:
        """Return all sources that have an address, by outlet."""
        rows = await self._db.read(
            lambda db: db.rows(
                f"{_FROM} WHERE s.address IS NOT NULL AND s.removed_at IS NULL ORDER BY coalesce(o.name, ''), s.id"
            )
        )
        return [_SOURCE.read(row) for row in rows]

    async def due(self, now: datetime, limit: int, but: Collection[int] = ()) -> list[Source]:
        """Return active sources whose time has come, the most overdue first."""
        rows = await self._db.read(
            lambda db: db.rows(
                f"{_FROM} WHERE s.state = 'active' AND s.removed_at IS NULL AND s.address IS NOT NULL "
                "AND s.next_poll_at <= ? AND s.id NOT IN (SELECT value FROM ints(?)) ORDER BY s.next_poll_at LIMIT ?",
                *(micros(now), json.dumps(sorted(but)), limit),
            )
        )
        return [_SOURCE.read(row) for row in rows]

    async def polled(self, source: Source) -> None:
        """Store health and the next poll.

        An admin's change of state or removal meanwhile stays.
        """
        values = (*_SOURCE.write(source, _HEALTH), *_HABITS.write(source.habits), source.id)
        sets = f"{_SOURCE.assigned(_HEALTH)}, {_HABITS.assigned()}"
        await self._db.write(lambda db: db.rows(f"UPDATE sources SET {sets} WHERE id = ?", *values))

    async def set_state(self, source_id: int, state: SourceState, now: datetime) -> None:
        """Pause, hold or resume.

        One that is resumed after it was held is believed again, whatever it did.
        """
        await self._db.write(
            lambda db: db.rows(
                "UPDATE sources SET state = ?, next_poll_at = ?, "
                "killed_at = CASE WHEN state <> 'held' THEN killed_at END, "
                "hosts = CASE WHEN state = 'held' THEN '[]' ELSE hosts END, "
                "error = CASE WHEN state <> 'held' THEN error END WHERE id = ?",
                *(state.value, micros(now), source_id),
            )
        )

    async def remove(self, source_id: int, now: datetime) -> None:
        """Forget a source.

        Its articles stay, and so does the row they point to.
        """
        await self._db.write(
            lambda db: db.rows("UPDATE sources SET removed_at = ? WHERE id = ?", micros(now), source_id)
        )


async def _find(
    db: Connection, rules: ArticleRules, kind_name: str, address: str | None, outlet: Outlet | None
) -> int | None:
    if address is None:
        row = await db.row(
            "SELECT id FROM sources WHERE address IS NULL AND kind = ? AND coalesce(outlet_id, 0) = ?",
            *(kind_name, outlet.id if outlet else 0),
        )
        return row[0] if row else None
    row = await db.row("SELECT id FROM sources WHERE address = ?", address)
    if row is None:
        # The same feed with or without www, http or https: sources are few enough to compare in normal form.
        same = rules.normal_address(address)
        others = await db.rows("SELECT id, address FROM sources WHERE address IS NOT NULL") if same else []
        row = next((other for other in others if rules.normal_address(other[1]) == same), None)
    return row[0] if row else None
