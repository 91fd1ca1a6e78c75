"""Lets a transaction end although whoever asked for it is cancelled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import anyio

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Run work as a task, and wait for its end.

    It ends whatever happens to the waiter. A caller who is cancelled leaves nothing half done, and the next user of the
    connection does not find itself within a transaction.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            with anyio.CancelScope(shield=True):
                await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        # Fetched so that nobody complains that it never was; who was cancelled hears of that alone.
        _ = task.exception()
        raise cancelled
    return task.result()
