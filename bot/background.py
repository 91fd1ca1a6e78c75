"""What runs beside the chats: polling sources, spreading what came. Each belongs to one process at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from bot.polling import poll_for_ever
from bot.supervision import supervised

if TYPE_CHECKING:
    from bot.core import Core


async def work_for_ever(core: Core) -> None:
    """Poll and spread as long as this process lives."""
    async with anyio.create_task_group() as group:
        group.start_soon(supervised, "polling", lambda: poll_for_ever(core))
        group.start_soon(supervised, "spreading", core.engine.run)
