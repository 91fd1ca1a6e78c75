"""Stands by for what one process does at a time."""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING

import anyio

from bot.ports.store import STAND_BY
from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.ports.store import Store

log = logging.getLogger(__name__)


async def nothing_against() -> str:
    """Object to nothing."""
    return ""


async def work_alone(
    store: Store,
    name: str,
    work: Callable[[], Awaitable[None]],
    *,
    waits: str,
    against: Callable[[], Awaitable[str]] = nothing_against,
) -> None:
    """Do ``work`` under a lock; while another process has it, stand by.

    ``waits`` says so, once; a store that cannot be asked is asked again. ``against`` objects, if it must: it is asked
    with the lock in hand, so that of two that cannot work side by side one sees the other. An objection is said when it
    changes.
    """
    said = ""
    while True:
        objection, works = "", False
        try:
            async with store.lock(name) as ours:
                if ours and not (objection := await against()):
                    if said:
                        log.warning("the other process is gone: this one takes over «%s»", name)
                    works = True
                    await work()
                    return
        except StorageError as error:
            # A server that cannot be asked just now may be asked the next time: whoever begins anew comes too late.
            if works:
                raise
            objection = str(error)
        if (now := objection or waits) != said:
            log.log(logging.WARNING if objection else logging.INFO, "%s", now)
            said = now
        await anyio.sleep(STAND_BY * random.uniform(0.75, 1.25))  # noqa: S311 - spreading, not secrets
