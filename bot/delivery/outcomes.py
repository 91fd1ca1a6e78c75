"""Turns a platform's answer into a row's ending.

It is pure; answers about the whole account are the sender's to act on.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.ports.platform import Barred, Closed, Gone, Lost, Moved, Postponed, Refused, Sent, Unavailable, Unknown
from bot.values.delivery import Again, Arrived, ChatGone, ChatMoved, Dead, Failed, Hold, Ref, ThreadClosed, Why

if TYPE_CHECKING:
    from datetime import datetime

    from bot.delivery.drawing import Drawn
    from bot.ports.platform import SendResult
    from bot.values.delivery import Delivery, Ending

DOUBT = timedelta(seconds=30)
"""A message that may have arrived is tried once more after this, or up to twice as long."""
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_RETRY = LONGEST_WAIT * 1.25
BARRED = timedelta(minutes=1)
FARTHEST = timedelta(hours=12)
"""What is due later was put there by a wrong clock: no backoff is longer, and hardly a wait that a platform asks for.

A long night or a break may be; what is asked about too early for that is judged as before, and waits on.
"""


def ending_of(  # noqa: C901, PLR0911 - a branch for each answer there is
    delivery: Delivery, drawn: Drawn, result: SendResult, now: datetime, *, idempotent: bool
) -> Ending:
    """Return how a row ends after this answer.

    A refusal ends it here; whoever can draw it plainer asks again instead.
    """
    match result:
        case Sent(message_id, form):
            target = delivery.target if delivery.ref is None else delivery.ref.target
            return Arrived(
                Ref(target, message_id, form), _shown(delivery, idempotent=idempotent), drawn.covered, drawn.listed
            )
        case Postponed(wait):
            return Hold(now + wait)
        case Gone(reason):
            return ChatGone(reason)
        case Closed(reason):
            return ThreadClosed(reason)
        case Moved(external_id):
            # What was sent before it moved cannot be edited any more.
            return ChatMoved(external_id) if delivery.ref is None else Failed(Why.MOVED)
        case Refused():
            return Dead(Why.REFUSED) if delivery.ref is None else Failed(Why.REFUSED)
        case Lost():
            return Dead(Why.LOST) if delivery.ref is None else Failed(Why.LOST)
        case Barred():
            return Again(now + BARRED)
        case Unavailable():
            return Again(now + backoff(delivery, now))
        case Unknown():
            return Again(now + DOUBT * random.uniform(1, 2), doubtful=delivery.ref is None)  # noqa: S311 - spreading
        case _ as never:
            assert_never(never)


def _shown(delivery: Delivery, *, idempotent: bool) -> int:
    """Return which version lies there.

    After a doubtful post a platform that remembers idempotency keys answers the retry with the message that arrived
    first, which may be of an older version. Version 0 stands for that, so one edit follows.
    """
    if idempotent and delivery.unsure and delivery.ref is None:
        return 0
    return delivery.subject.version


def backoff(delivery: Delivery, now: datetime) -> timedelta:
    """Return how long to wait before another try.

    The longer, the longer it has been waiting; patience is age.
    """
    age = max(now - (delivery.subject.changed_at or delivery.subject.created_at), timedelta(0))
    wait = min(max(age / 4, FIRST_WAIT), LONGEST_WAIT)
    return wait * random.uniform(0.75, LONGEST_RETRY / LONGEST_WAIT)  # noqa: S311 - spreading
