"""The sender: takes what waits for a chat, draws it, sends it, settles it.

A simple one: one chat at a time, each article once, a doubtful answer tried again once. Pacing, lanes and digests are
the delivery engine's.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never
from zoneinfo import ZoneInfo

from bot.articles.card import CardStyle, card
from bot.articles.view import View
from bot.ports import Gone, Postponed, Refused, Sent, Unavailable, Unknown

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.model import Delivery, Target
    from bot.ports import Platform, SendResult, Store

log = logging.getLogger(__name__)

BATCH = 20
TRIES = 8
"""After so many the message is given up, with a reason; at the backoff below that is over two hours."""
FIRST_WAIT = timedelta(seconds=30)
DOUBTS = 2
"""How often a message may be sent whose fate is unknown: a second copy is better than none, a third is noise."""


class Sender:
    """Sends one platform's deliveries; its owner holds the lock that makes it the only one."""

    def __init__(self, store: Store, platform: Platform, owner: str, clock: Clock) -> None:
        """Send through ``platform`` as ``owner``."""
        self._store = store
        self._platform = platform
        self._owner = owner
        self._clock = clock

    async def take_over(self, target: Target) -> None:
        """Make what a sender that died or failed held wait again; it may have arrived: here a double can come from."""
        released = await self._store.deliveries.release(target)
        if released:
            log.warning("%s deliveries of a sender that died wait again", released)

    async def turn(self, target: Target) -> int:
        """Send what is due for one chat; return how many arrived."""
        arrived = 0
        while claimed := await self._store.deliveries.claim(target, self._owner, self._clock(), BATCH):
            for delivery in claimed:
                arrived += await self._deliver(delivery, target)
        return arrived

    async def _deliver(self, delivery: Delivery, target: Target) -> bool:
        view = View(delivery.chat.language, ZoneInfo(delivery.chat.zone), self._clock(), self._platform.traits)
        message = card(delivery.article, CardStyle.SUMMARY, view)
        result = await self._platform.send(target, message, delivery.key)
        await self._settle(delivery, result)
        return isinstance(result, Sent)

    async def _settle(self, delivery: Delivery, result: SendResult) -> None:
        now = self._clock()
        match result:
            case Sent(ref):
                await self._store.deliveries.sent(delivery, ref, now)
            case Postponed(wait):
                await self._store.deliveries.retry(delivery, now + wait, "postponed")
            case Unknown(reason) if delivery.tries >= DOUBTS:
                await self._store.deliveries.drop(delivery, f"doubtful: {reason}", now)
            case Unavailable(reason) | Unknown(reason):
                await self._later(delivery, reason)
            case Gone(reason) | Refused(reason):
                await self._store.deliveries.drop(delivery, reason, now)
            case _ as never:
                assert_never(never)

    async def _later(self, delivery: Delivery, reason: str) -> None:
        now = self._clock()
        if delivery.tries >= TRIES:
            await self._store.deliveries.drop(delivery, f"gave up: {reason}", now)
        else:
            await self._store.deliveries.retry(delivery, now + FIRST_WAIT * 2 ** (delivery.tries - 1), reason)
