"""Runs what stands beside the chats: polling, spreading, sending.

Each belongs to one process at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from bot.clockwork.supervision import supervised
from bot.intake.polling import poll_for_ever
from bot.running.clock_watch import watch_for_ever
from bot.running.core import COLLECT, SPREAD

if TYPE_CHECKING:
    from bot.delivery.sender import Sender
    from bot.running.core import Core

TAKE_OVER = 1.0
"""Seconds between two tries to become the one that sends for an account: on a server it is free four after a death."""


async def work_for_ever(core: Core) -> None:
    """Do this process's part beside the chats as long as it lives."""
    async with anyio.create_task_group() as group:
        if COLLECT in core.background:
            group.start_soon(supervised, "polling", lambda: poll_for_ever(core.store, core.pipeline, core.clock))
        if SPREAD in core.background:
            group.start_soon(supervised, "spreading", core.engine.run)
            group.start_soon(supervised, "clock", lambda: watch_for_ever(core))


async def send_for_ever(sender: Sender) -> None:
    """Send for an account; whoever calls holds its lock."""
    await sender.take_over()
    await sender.run()
