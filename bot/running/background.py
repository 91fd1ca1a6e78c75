"""Runs what stands beside the chats: polling, spreading, sending.

Each belongs to one process at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from bot.clockwork.supervision import supervised
from bot.intake.polling import poll_for_ever
from bot.running import clock_watch, damage_watch
from bot.running.core import COLLECT, SPREAD
from bot.values.errors import KhoborError, StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.delivery.sender import Sender
    from bot.running.core import Core


async def kept_up(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Supervise work; what fails in words for the operator is a line."""
    await supervised(name, work, plain=(KhoborError,), passing=(StorageError,))


async def work_for_ever(core: Core) -> None:
    """Poll and spread, as far as this process does either."""
    async with anyio.create_task_group() as group:
        if COLLECT in core.background:
            group.start_soon(kept_up, "polling", lambda: poll_for_ever(core.store, core.pipeline, core.clock))
        if SPREAD in core.background:
            group.start_soon(kept_up, "spreading", core.engine.run)
            group.start_soon(kept_up, "clock", lambda: clock_watch.watch_for_ever(core))
        group.start_soon(kept_up, "damage", lambda: damage_watch.watch_for_ever(core))


async def send_for_ever(sender: Sender) -> None:
    """Send for an account; whoever calls holds its lock."""
    await sender.take_over()
    await sender.run()
