"""Makes big changes in short transactions.

Thus no other writer waits for the whole of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.driver.connection import Connection, Database

ROWS = 1_000
"""Rows that one transaction may move."""
_GAP = 0.005
"""Seconds between two, in which other processes get their turn."""


async def steps(database: Database, step: Callable[[Connection], Awaitable[bool]]) -> None:
    """Take a step as long as there is more."""
    while True:
        if not await database.write(step):
            return
        await anyio.sleep(_GAP)
