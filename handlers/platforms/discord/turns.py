"""Lets interactions be worked out in turn, a few at once.

The platform waits three seconds for a first answer. Two thousand presses at once, worked out side by side, were all
ready after that: nobody was answered, a bystander neither. Where many wait, each is promised its answer first.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

from handlers.admission import ALONE, TAPPED, TYPED
from handlers.platforms.discord.incoming import InteractionKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

log = logging.getLogger(__name__)

ALLOWED = {
    InteractionKind.COMMAND: ALONE,
    InteractionKind.MODAL: ALONE,
    InteractionKind.COMPONENT: TAPPED,
    InteractionKind.AUTOCOMPLETE: TYPED,
}
AT_ONCE = 24
"""Interactions that are worked out side by side: 10 ms of CPU each, and no more than there are connections."""
MANY = 24
"""So many that wait for their turn are too many to be sure of three seconds."""
WAITS = 2.4
"""Seconds after which nobody waits whom nothing was promised: the platform has given it up by the time of an answer."""
WAITS_LONGER = 120.0
"""Seconds that a promised answer is worth working out."""
QUIET = 60.0
"""Seconds between two lines in the log about those that came too late."""


class Turns:
    """Who is worked out now, and who waits for it."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        """Begin with nobody."""
        self._places = asyncio.Semaphore(AT_ONCE)
        self._ticks = ticks
        self._waiting = 0
        self._late, self._told = 0, -QUIET

    @property
    def are_many(self) -> bool:
        """Whether whoever comes now had better be promised an answer."""
        return self._waiting >= MANY

    @asynccontextmanager
    async def taken(self, came: float, *, promised: bool) -> AsyncIterator[Callable[[], None] | None]:
        """Wait for a turn.

        ``came`` is when it was asked. Yield what ends the turn early, or None if it came too late.
        """
        ended = False

        def end() -> None:
            nonlocal ended
            if not ended:
                ended = True
                self._places.release()

        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            is_late = self._ticks() - came > (WAITS_LONGER if promised else WAITS)
            if is_late:
                end()
                self.note_late()
            yield None if is_late else end
        finally:
            end()

    def note_late(self) -> None:
        """Count one that came too late; the log says how many."""
        self._late += 1
        if self._ticks() - self._told > QUIET:
            log.warning("more is asked at once than can be answered in time: %s went without", self._late)
            self._told, self._late = self._ticks(), 0
