"""Keeps where articles come from.

How each source fares, and when it is due.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.values.articles import FullText, Habits, Outlet, Source, SourceState
from storage.catalogue import outlets
from storage.driver.connection import maybe_micros, maybe_moment, micros
from storage.rows.article_rows import texts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.rules import ArticleRules
    from storage.driver.connection import Connection, Database, Row

_COLUMNS = (
    "s.id, s.kind, s.address, s.full_text, s.state, s.next_poll_at, s.last_ok_at, s.last_new_at, "
    "s.failures, s.error, s.etag, s.last_modified, s.body_hash, s.killed_at, s.set_aside, s.hosts, s.day, s.today, "
    f"s.usual, {outlets.COLUMNS}"
)
_FROM = f"SELECT {_COLUMNS} FROM sources s LEFT JOIN outlets o ON o.id = s.outlet_id"
_OWN = 19


def source(row: Row) -> Source:
    """Read a source from the columns above."""
    own = row[:_OWN]
    number, kind, address, full_text, state, due, ok, new, failures, error, etag, modified, body_hash = own[:13]
    killed, set_aside, hosts, day, today, usual = own[13:]
    return Source(
        id=number,
        outlet=outlets.outlet(row[_OWN:]),
        kind=kind,
        address=address,
        full_text=FullText(full_text),
        state=SourceState(state),
        next_poll_at=maybe_moment(due),
        last_ok_at=maybe_moment(ok),
        last_new_at=maybe_moment(new),
        failures=failures,
        error=error,
        etag=etag,
        last_modified=modified,
        body_hash=body_hash,
        killed_at=maybe_moment(killed),
        set_aside=tuple(json.loads(set_aside)),
        habits=Habits(tuple(json.loads(hosts)), day, today, usual),
    )


class Sources:
    """See bot.ports.archive.Sources."""

    def __init__(self, database: Database, rules: ArticleRules) -> None:
        """Work on this database, by these rules."""
        self._db = database
        self._rules = rules

    async def add(
        self, kind: str, address: str | None, outlet: Outlet | None, *, full_text: FullText, now: datetime
    ) -> Source:
        """Return the source of that address, made if new.

        Or of that kind and outlet; or brought back, due at once.
        """

        async def work(db: Connection) -> Source:
            known = await _find(db, self._rules, kind, address, outlet)
            if known is None:
                await db.rows(
                    "INSERT INTO sources (kind, address, outlet_id, full_text, state, next_poll_at) "
                    "VALUES (?, ?, ?, ?, 'active', ?)",
                    *(kind, address, outlet.id if outlet else None, full_text.value, micros(now)),
                )
            else:
                await db.rows(
                    # As if it were new: what stood there meanwhile is no news, and its old troubles are forgotten.
                    "UPDATE sources SET removed_at = NULL, state = 'active', next_poll_at = ?, kind = ?, "
                    "outlet_id = ?, full_text = ?, last_ok_at = NULL, failures = 0, error = NULL, etag = NULL, "
                    "last_modified = NULL, body_hash = NULL, killed_at = NULL, set_aside = '[]', hosts = '[]', "
                    "day = 0, today = 0, usual = NULL WHERE id = ? AND removed_at IS NOT NULL",
                    *(micros(now), kind, outlet.id if outlet else None, full_text.value, known),
                )
            number = known or await _find(db, self._rules, kind, address, outlet)
            row = await db.row(f"{_FROM} WHERE s.id = ?", number)
            return source(row or ())

        return await self._db.write(work)

    async def get(self, source_id: int) -> Source | None:
        """Return one source."""
        row = await self._db.read(lambda db: db.row(f"{_FROM} WHERE s.id = ? AND s.removed_at IS NULL", source_id))
        return source(row) if row else None

    async def all(self) -> list[Source]:
        """Return all sources that have an address, by outlet."""
        rows = await self._db.read(
            lambda db: db.rows(f"{_FROM} WHERE s.address IS NOT NULL AND s.removed_at IS NULL ORDER BY o.name, s.id")
        )
        return [source(row) for row in rows]

    async def due(self, now: datetime, limit: int) -> list[Source]:
        """Return active sources whose time has come, the most overdue first."""
        rows = await self._db.read(
            lambda db: db.rows(
                f"{_FROM} WHERE s.state = 'active' AND s.removed_at IS NULL AND s.address IS NOT NULL "
                "AND s.next_poll_at <= ? ORDER BY s.next_poll_at LIMIT ?",
                *(micros(now), limit),
            )
        )
        return [source(row) for row in rows]

    async def polled(self, source: Source) -> None:
        """Store health and the next poll.

        What an admin changed meanwhile (state, removal) stays.
        """
        values = (
            *(maybe_micros(source.next_poll_at), maybe_micros(source.last_ok_at), maybe_micros(source.last_new_at)),
            *(source.failures, source.error, source.etag, source.last_modified, source.body_hash),
            *(maybe_micros(source.killed_at), texts(source.set_aside), texts(source.habits.hosts), source.habits.day),
            *(source.habits.today, source.habits.usual, source.id),
        )
        await self._db.write(
            lambda db: db.rows(
                "UPDATE sources SET next_poll_at = ?, last_ok_at = ?, last_new_at = ?, failures = ?, error = ?, "
                "etag = ?, last_modified = ?, body_hash = ?, killed_at = ?, set_aside = ?, hosts = ?, day = ?, "
                "today = ?, usual = ? WHERE id = ?",
                *values,
            )
        )

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
    db: Connection, rules: ArticleRules, kind: str, address: str | None, outlet: Outlet | None
) -> int | None:
    if address is None:
        row = await db.row(
            "SELECT id FROM sources WHERE address IS NULL AND kind = ? AND coalesce(outlet_id, 0) = ?",
            *(kind, outlet.id if outlet else 0),
        )
        return row[0] if row else None
    row = await db.row("SELECT id FROM sources WHERE address = ?", address)
    if row is None:
        # The same feed with or without www, http or https: sources are few enough to compare in normal form.
        same = rules.normal_address(address)
        others = await db.rows("SELECT id, address FROM sources WHERE address IS NOT NULL") if same else []
        row = next((other for other in others if rules.normal_address(other[1]) == same), None)
    return row[0] if row else None
