"""Reacts when the machine's clock is set.

Waits keep their length, and the admins hear of it once.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import anyio

from bot.clockwork.jumps import Jumps
from bot.clockwork.scheduler import Tick, elapsed
from bot.delivery import rounds
from bot.delivery.outcomes import LONGEST_RETRY
from bot.ports.store import STAND_BY
from bot.running.alerts import AdminAlerts
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.running.core import Core
    from bot.values.chats import Language

log = logging.getLogger(__name__)

LOCK = "clock"
EVERY = 1.0
TOLD_EVERY = 3600.0
"""Seconds within which a clock that is set again and again is told of once."""
MINUTE = 60
BACK = Wording(
    "⚠️ এই সার্ভারের ঘড়ি {span} পিছিয়ে গেছে। খবর আসা ও পাঠানো চলছে। সময় ঠিক আছে কি না, দেখুন।",
    "⚠️ This server's clock went back by {span}. News goes on. Please check that the time is right.",
)
AHEAD = Wording(
    "⚠️ এই সার্ভারের ঘড়ি {span} এগিয়ে গেছে। খবর আসা ও পাঠানো চলছে। সময় ঠিক আছে কি না, দেখুন।",
    "⚠️ This server's clock went ahead by {span}. News goes on. Please check that the time is right.",
)
SECONDS, MINUTES = Wording("{n} সেকেন্ড", "{n:second|seconds}"), Wording("{n} মিনিট", "{n:minute|minutes}")


class ClockWatch:
    """Compares both clocks again and again.

    One process at a time does this, by a lock that its owner holds.
    """

    def __init__(self, core: Core, ticks: Callable[[], float] = elapsed) -> None:
        """Begin with what both clocks show now."""
        self._core = core
        self._ticks = ticks
        self._jumps = Jumps(core.clock(), ticks())
        self._told_at: float | None = None

    async def begin(self) -> None:
        """Make due now what a wrong clock put off.

        That is what was put off before this process began.
        """
        await self._put_right(timedelta(0))

    async def look(self) -> None:
        """Mend what waits if the clock was set since the last look.

        The admins are told.
        """
        by = self._jumps.since(self._core.clock(), self._ticks())
        if by is None:
            return
        log.warning("the clock was set %s by %s", "back" if by < timedelta(0) else "ahead", abs(by))
        await self._put_right(by)
        if self._told_at is None or self._ticks() - self._told_at > TOLD_EVERY:
            self._told_at = self._ticks()
            await self._tell(by)

    async def _put_right(self, by: timedelta) -> None:
        core, now = self._core, self._core.clock()
        await core.store.clock_set(by, now, poll=core.pipeline.longest, retry=LONGEST_RETRY)
        await core.store.digests.mend(now, rounds.following(now))

    async def _tell(self, by: timedelta) -> None:
        core = self._core
        alerts = AdminAlerts(core.store, core.settings.admins, core.clock)
        await alerts.tell_in(lambda language: _words(by, language))


def _words(by: timedelta, language: Language) -> str:
    seconds = round(abs(by).total_seconds())
    short = seconds < 2 * MINUTE
    span = say(SECONDS, language, n=seconds) if short else say(MINUTES, language, n=round(seconds / MINUTE))
    return say(BACK if by < timedelta(0) else AHEAD, language, span=span)


async def watch_for_ever(core: Core) -> None:
    """Watch the clock as long as this process lives.

    Another process that does so already is left to it.
    """
    tick = Tick(EVERY)
    await tick.wait()
    while True:
        async with core.store.lock(LOCK) as ours:
            if ours:
                watch = ClockWatch(core)
                await watch.begin()
                while True:
                    await tick.wait()
                    await watch.look()
        await anyio.sleep(STAND_BY)
