"""Begins digests that are due.

It says when the next one is, and begins their rounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.delivery.decide import quiet_hours
from bot.subscriptions.times import next_slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.chats import Chat

AT_ONCE = 300
"""Chats whose digests begin in one transaction: about ten milliseconds."""


def following(now: datetime) -> Callable[[Chat], datetime | None]:
    """Return a function that tells when a chat's next digest is due.

    It is due after ``now``; None means that the chat has no times.
    """

    def next_of(chat: Chat) -> datetime | None:
        chosen = chat.preferences
        return next_slot(chosen.digest_times, now, ZoneInfo(chosen.zone), quiet_hours(chat), chosen.digest_days)

    return next_of


async def begin_due(store: Store, now: datetime) -> int:
    """Begin the digests of all chats that are due.

    Several slots that were missed are one digest.
    """
    begun = 0
    while count := await store.digests.fire(now, following(now), AT_ONCE):
        begun += count
    return begun
