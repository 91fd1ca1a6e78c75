"""Reacts when a platform refuses a message's form.

It sends a plainer form, and in the end nothing.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.values.delivery import Again, Dead, Failed, SubjectKind, Why
from bot.values.wording import Wording

if TYPE_CHECKING:
    from bot.clockwork.clock import Clock
    from bot.delivery.drawing import Drawer, Drawn
    from bot.delivery.guard import AccountGuard
    from bot.ports.delivery import Subjects
    from bot.values.delivery import Delivery, Ending

log = logging.getLogger(__name__)

REMEMBERED = 1_000
"""Subjects remembered as refused by one chat."""
REFUSED_BY = Wording(
    "খবর #{number} {account} নেয়নি, সাদা লেখাতেও না; আর কাউকে পাঠানো হবে না।",
    "{account} refused story #{number}, as plain text too; it goes to nobody else.",
)


class FormRefusals:
    """Remembers which chat first refused a subject.

    One alone may be odd, two mean the message.
    """

    def __init__(self, drawer: Drawer, subjects: Subjects, guard: AccountGuard, clock: Clock) -> None:
        """Draw plainer by ``drawer``, stop subjects in ``subjects``.

        ``guard`` is told.
        """
        self._drawer = drawer
        self._subjects = subjects
        self._guard = guard
        self._clock = clock
        self._first: OrderedDict[int, int] = OrderedDict()

    async def ending(self, delivery: Delivery, drawn: Drawn, reason: str) -> Ending:
        """Return how a refused row ends.

        The subject goes plain for every chat, or stops for every chat.
        """
        log.warning("subject %s was refused: %s", delivery.subject.id, reason)
        if self._drawer.plainer(delivery, drawn):
            return Again(self._clock())
        if delivery.subject.kind is not SubjectKind.DIGEST and self._refused_elsewhere(delivery):
            await self._subjects.stop(delivery.subject.id, reason)
            await self._guard.tell(REFUSED_BY, number=str(delivery.subject.article_id or "–"))
        return Dead(Why.REFUSED) if delivery.ref is None else Failed(Why.REFUSED)

    def _refused_elsewhere(self, delivery: Delivery) -> bool:
        by = self._first.setdefault(delivery.subject.id, delivery.chat.id)
        while len(self._first) > REMEMBERED:
            self._first.popitem(last=False)
        return by != delivery.chat.id
