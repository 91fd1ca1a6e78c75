"""Watches what a database is asked, statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.driver import sqlite
from storage.driver.in_thread import InThread

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from storage.driver.connection import Row


def trace(monkeypatch: pytest.MonkeyPatch, note: Callable[[str, tuple[object, ...]], None]) -> None:
    """Tell ``note`` of each statement and its values."""
    writes, reads = sqlite._SqliteConnection.rows, InThread.rows

    async def written(self: sqlite._SqliteConnection, sql: str, *values: object) -> list[Row]:
        note(sql, values)
        return await writes(self, sql, *values)

    async def read(self: InThread, sql: str, *values: object) -> list[Row]:
        note(sql, values)
        return await reads(self, sql, *values)

    monkeypatch.setattr(sqlite._SqliteConnection, "rows", written)
    monkeypatch.setattr(InThread, "rows", read)
