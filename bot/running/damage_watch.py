"""Tells the admins once that pages of the archive are damaged."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.clockwork.scheduler import Tick
from bot.running.alerts import AdminAlerts
from bot.values.errors import StorageError
from bot.values.wording import Wording

if TYPE_CHECKING:
    from bot.running.core import Core

log = logging.getLogger(__name__)

EVERY = 10.0
DAMAGED = Wording(
    "⚠️ জমা খবরের ফাইলের একটি অংশ নষ্ট হয়ে গেছে, তাই কিছু খবর দেখানো বা পাঠানো যাচ্ছে না; বাকি সব চলছে। সার্ভারে বটটি থামিয়ে "
    "একটি ব্যাকআপ ফিরিয়ে আনুন: khobor restore FILE --over",
    "⚠️ A part of the archive's file is damaged, so some stories cannot be shown or sent; all else goes on. On the "
    "server, stop the bot and put a backup back: khobor restore FILE --over",
)


class DamageWatch:
    """Looks whether anything met a page that cannot be read."""

    def __init__(self, core: Core) -> None:
        """Begin with nobody told."""
        self._core = core
        self._told = False

    async def look(self) -> None:
        """Tell the admins of damage, once."""
        core = self._core
        if self._told or core.store.damage is None:
            return
        try:
            await AdminAlerts(core.store, core.settings.admins, core.clock).tell(DAMAGED)
        except StorageError as error:
            log.error("the admins could not be told: %s", error)  # noqa: TRY400 - it says what to do
        else:
            self._told = True


async def watch_for_ever(core: Core) -> None:
    """Watch as long as this process lives."""
    tick, watch = Tick(EVERY), DamageWatch(core)
    while True:
        await tick.wait()
        await watch.look()
