"""Locks rows in one order, where others write beside us.

Each lock is a statement of its own. One statement that locks and writes at once writes what was so before its wait.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.driver.connection import DatabaseEngine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.driver.connection import Connection


async def share(db: Connection, table: str, numbers: Iterable[int]) -> None:
    """Let nobody change these rows till the end.

    Others may hold them so too.
    """
    await _lock(db, table, numbers, "FOR SHARE")


async def own(db: Connection, table: str, numbers: Iterable[int]) -> None:
    """Let nobody else change or hold these rows till the end."""
    await _lock(db, table, numbers, "FOR NO KEY UPDATE")


async def _lock(db: Connection, table: str, numbers: Iterable[int], how: str) -> None:
    wanted = sorted(set(numbers))
    if db.engine is DatabaseEngine.POSTGRESQL and wanted:
        listed = json.dumps(wanted)
        await db.rows(f"SELECT id FROM {table} WHERE id IN (SELECT value FROM ints(?)) ORDER BY id {how}", listed)
