"""A big change in short transactions, so that no other writer waits for the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.driver.connection import Connection
    from storage.driver.sqlite import Database

ROWS = 1_000
"""Rows that one transaction may move."""
_GAP = 0.005
"""Seconds between two, in which other processes get their turn."""


async def steps(database: Database, step: Callable[[Connection], Awaitable[bool]]) -> None:
    """Take a step, and the next one for as long as it says that there is more."""
    while True:
        if not await database.write(step):
            return
        await anyio.sleep(_GAP)
