"""Tells who has to wait.

It decides whom a 429 means if it does not say so, and when a chat may take its next message. It does no I/O.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

from bot.ports.platform import Scope

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bot.ports.platform import Pace

TOGETHER = 2.0
"""Seconds within which two chats that are refused mean the account."""
QUIET = 3.0
"""Seconds without a message after which a chat cannot have had too many."""
SEEN = 10_000
"""Chats remembered as sent to: `QUIET` seconds at 3,000 a second. One that was forgotten counts as quiet."""
REFUSED = 256
"""Refusals remembered; by the second the account stands still, so that only what is in flight can follow."""
MINUTE = 60.0
ANSWERED = 3 / 4
"""The most of a group's messages in a minute that answers get: news has its share too."""


USUAL_WAIT = 5.0
"""Seconds to wait where a platform asks for it in no words that can be read."""
LONGEST_WAIT = 86_400.0
"""Seconds; what asks for more does not know what it says."""


def asked_wait(said: object) -> float:
    """Return how many seconds a platform asks to wait.

    A number or a text of one, in a header or a body; anything else is the usual wait.
    """
    try:
        seconds = float(said) if isinstance(said, str | int | float) else -1.0
    except (ValueError, OverflowError):
        seconds = -1.0
    return seconds if 0 <= seconds <= LONGEST_WAIT else USUAL_WAIT


@dataclass(frozen=True, slots=True)
class Wait:
    """Send nothing until then: to this chat, or for the whole account."""

    scope: Literal[Scope.CHAT, Scope.ACCOUNT]
    until: float


class Throttle:
    """Tells whom a 429 means, for one account.

    Moments are seconds of a clock that never goes back.
    """

    def __init__(self) -> None:
        """Begin knowing of nothing sent."""
        self._sent: OrderedDict[Hashable, float] = OrderedDict()
        self._refused: deque[tuple[float, Hashable, float]] = deque(maxlen=REFUSED)  # when, whom, until when
        self._until = -inf

    def sent(self, chat: Hashable, now: float) -> None:
        """Say that a chat got a message."""
        self._sent[chat] = now
        self._sent.move_to_end(chat)
        while len(self._sent) > SEEN or now - next(iter(self._sent.values())) > QUIET:
            self._sent.popitem(last=False)

    def refused(self, scope: Scope, chat: Hashable, wait: float, now: float) -> Wait:
        """Say who waits after a 429 that asked for ``wait`` seconds.

        If it does not say, it means the chat; but the account, if another chat was refused within 2 s or this one got
        nothing for 3 s. The account waits as long as the longest of these asked.
        """
        until = now + max(0.0, wait)
        if scope is Scope.UNSAID:
            scope, until = self._guess(chat, until, now)
        if scope is Scope.CHAT:
            return Wait(scope, until)
        self._until = max(self._until, until)
        return Wait(Scope.ACCOUNT, self._until)

    def _guess(self, chat: Hashable, until: float, now: float) -> tuple[Scope, float]:
        while self._refused and now - self._refused[0][0] > TOGETHER:
            self._refused.popleft()
        self._refused.append((now, chat, until))
        several = any(other != chat for _, other, _ in self._refused)
        if several or now - self._sent.get(chat, -inf) > QUIET:
            return Scope.ACCOUNT, max(longest for _, _, longest in self._refused)
        return Scope.CHAT, until


class ChatTurns:
    """Knows when each chat may take its next message.

    It forgets what is past, so it remembers one minute's messages at most.
    """

    def __init__(self, pace: Pace) -> None:
        """Keep to ``pace``."""
        self._gap = pace.chat_gap
        self._a_minute = pace.group_per_minute
        self._last: OrderedDict[Hashable, float] = OrderedDict()
        self._groups: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._answered: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._held: dict[Hashable, float] = {}

    def free_at(
        self,
        chat: Hashable,
        is_group: bool,  # noqa: FBT001 - as the chat's row says
        now: float,
        *,
        answer: bool = False,
        change: bool = False,
    ) -> float:
        """Return when this chat may take a message.

        ``answer`` is one to somebody who asked, which is not all that comes; ``change`` is one of a message that lies
        there, which keeps no distance. It is ``now`` or a later moment.
        """
        free = max(now, self._held.get(chat, -inf))
        if not change:
            free = max(free, self._last.get(chat, -inf) + self._gap)
        for taken in self._minutes(chat, answer=answer) if is_group else ():
            if len(taken) == taken.maxlen:
                free = max(free, taken[0] + MINUTE)
        return free

    def took(
        self,
        chat: Hashable,
        is_group: bool,  # noqa: FBT001 - as the chat's row says
        now: float,
        *,
        answer: bool = False,
        change: bool = False,
    ) -> None:
        """Note that a chat took a message.

        It is best called when the answer came: the platform has counted the message by then.
        """
        if self._gap and not change:
            self._took(chat, now)
        if is_group and self._a_minute is not None:
            _count(self._groups, chat, self._a_minute, now)
            if answer:
                _count(self._answered, chat, max(1, int(self._a_minute * ANSWERED)), now)

    def hold(self, chat: Hashable, until: float, now: float) -> None:
        """Give a chat nothing before ``until``: the platform asked for that."""
        self._held = {one: moment for one, moment in self._held.items() if moment > now}
        self._held[chat] = max(until, self._held.get(chat, -inf))

    def _minutes(self, chat: Hashable, *, answer: bool) -> list[deque[float]]:
        counted = (self._groups, self._answered) if answer else (self._groups,)
        return [taken for each in counted if (taken := each.get(chat)) is not None]

    def _took(self, chat: Hashable, now: float) -> None:
        self._last[chat] = now
        self._last.move_to_end(chat)
        while now - next(iter(self._last.values())) > self._gap:
            self._last.popitem(last=False)


def _count(taken: OrderedDict[Hashable, deque[float]], chat: Hashable, most: int, now: float) -> None:
    """Note a message to a group, and forget quiet groups."""
    taken.setdefault(chat, deque(maxlen=most)).append(now)
    taken.move_to_end(chat)
    while now - next(iter(taken.values()))[-1] > MINUTE:
        taken.popitem(last=False)
