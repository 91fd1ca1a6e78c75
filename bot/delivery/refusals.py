"""Reacts when a platform refuses a message's form.

It sends a plainer form, and in the end nothing.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar

from bot.values.delivery import Again, Dead, Failed, SubjectKind, Why
from bot.values.wording import Wording

if TYPE_CHECKING:
    from bot.clockwork.clock import Clock
    from bot.delivery.drawing import Drawer, Drawn
    from bot.delivery.guard import AccountGuard
    from bot.ports.delivery import Subjects
    from bot.values.delivery import Delivery, Ending

log = logging.getLogger(__name__)
T = TypeVar("T")

REMEMBERED = 1_000
"""Subjects remembered as refused by one chat."""
REFUSED_BY = Wording(
    "খবর #{number} {account} নেয়নি, সাদা লেখাতেও না; আর কাউকে পাঠানো হবে না।",
    "{account} refused story #{number}, as plain text too; it goes to nobody else.",
)


class FormRefusals:
    """Remembers which chats refused a subject, and where it arrived.

    One alone may be odd, two mean the message; unless more took it.
    """

    def __init__(self, drawer: Drawer, subjects: Subjects, guard: AccountGuard, clock: Clock) -> None:
        """Draw plainer by ``drawer``, stop subjects in ``subjects``.

        ``guard`` is told.
        """
        self._drawer = drawer
        self._subjects = subjects
        self._guard = guard
        self._clock = clock
        self._by: OrderedDict[int, set[int]] = OrderedDict()
        self._taken: OrderedDict[int, int] = OrderedDict()

    def taken(self, subject_id: int) -> None:
        """Note that a chat took a subject."""
        self._taken[subject_id] = self._taken.get(subject_id, 0) + 1
        _forget(self._taken)

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
        by = self._by.setdefault(delivery.subject.id, set())
        by.add(delivery.chat.id)
        _forget(self._by)
        return len(by) > max(1, self._taken.get(delivery.subject.id, 0))


def _forget(subjects: OrderedDict[int, T]) -> None:
    """Keep those that came last."""
    while len(subjects) > REMEMBERED:
        subjects.popitem(last=False)
