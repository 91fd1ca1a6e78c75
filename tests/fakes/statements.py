"""Watches what a database is asked, statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.driver.in_thread import InThread

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from storage.driver.connection import Row


def trace(monkeypatch: pytest.MonkeyPatch, note: Callable[[str, tuple[object, ...]], None]) -> None:
    """Tell ``note`` of each statement and its values."""
    run = InThread.rows

    async def noted(self: InThread, sql: str, *values: object) -> list[Row]:
        note(sql, values)
        return await run(self, sql, *values)

    monkeypatch.setattr(InThread, "rows", noted)
