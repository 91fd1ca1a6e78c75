"""Watches what a database is asked, statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.driver import in_view
from storage.driver.connection import Of
from storage.driver.in_thread import InThread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    import pytest

    from storage.driver.connection import AtOnce, Row


def trace(monkeypatch: pytest.MonkeyPatch, note: Callable[[str, tuple[object, ...]], None]) -> None:
    """Tell ``note`` of each statement and its values."""
    run = InThread.rows

    async def noted(self: InThread, sql: str, *values: object) -> list[Row]:
        note(sql, values)
        return await run(self, sql, *values)

    put = in_view.run

    def put_and_noted(raw: sqlite3.Connection, at_once: AtOnce) -> list[Row]:
        for sql, values in at_once.parts:
            note(sql, tuple(0 if isinstance(value, Of) else value for value in values))
        return put(raw, at_once)

    monkeypatch.setattr(InThread, "rows", noted)
    monkeypatch.setattr(in_view, "run", put_and_noted)
