"""Restarts tasks that fail.

A failing child of a task group would end its siblings.
"""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
WELL = 10.0
"""Seconds after which what runs was begun well: its next failure is no sequel to the last."""


async def supervised(
    name: str,
    work: Callable[[], Awaitable[None]],
    *,
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ticks: Callable[[], float] = time.monotonic,
    plain: tuple[type[Exception], ...] = (),
    passing: tuple[type[Exception], ...] = (),
) -> None:
    """Run `work` until it ends by itself.

    If it fails, it is said, and begun again after a jittered wait, which grows with each failure that follows at once.
    ``plain`` are failures that say all in their own words: such a one is said in a line, again only when it says
    something else. Those of them that are ``passing`` by themselves, as a server's restart does, are tried again after
    the first wait.
    """
    wait, said = FIRST_WAIT, ""
    while True:
        begun = ticks()
        try:
            return await work()
        except Exception as error:
            leaves = _leaves(error)
            if ticks() - begun >= WELL or all(isinstance(leaf, passing) for leaf in leaves):
                wait = FIRST_WAIT
            if all(isinstance(leaf, plain) for leaf in leaves):
                log.log(logging.DEBUG if str(leaves[0]) == said else logging.WARNING, "%s waits: %s", name, leaves[0])
                said = str(leaves[0])
            else:
                said = ""
                log.exception("%s failed; it begins again in about %.0f s", name, wait)
        await sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311 - spreading, not secrets
        wait = min(wait * 2, LONGEST_WAIT)


def _leaves(error: Exception) -> list[Exception]:
    """Return what failed, out of the groups that tasks wrap it in."""
    if not isinstance(error, ExceptionGroup):
        return [error]
    return [leaf for one in error.exceptions for leaf in _leaves(one)]
