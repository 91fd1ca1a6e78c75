"""Tells who has to wait.

Whom a 429 means if it does not say so, and when a chat may take its next message. Pure.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

from bot.ports.platform import Scope

if TYPE_CHECKING:
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
        self._sent: OrderedDict[int, float] = OrderedDict()
        self._refused: deque[tuple[float, int, float]] = deque(maxlen=REFUSED)  # when, whom, until when
        self._until = -inf

    def sent(self, chat_id: int, now: float) -> None:
        """Say that a chat got a message."""
        self._sent[chat_id] = now
        self._sent.move_to_end(chat_id)
        while len(self._sent) > SEEN or now - next(iter(self._sent.values())) > QUIET:
            self._sent.popitem(last=False)

    def refused(self, scope: Scope, chat_id: int, wait: float, now: float) -> Wait:
        """Say who waits after a 429 that asked for ``wait`` seconds.

        Unsaid, it means the chat; but the account, if another chat was refused within 2 s or this one got nothing for
        3 s. The account waits as long as the longest of these asked.
        """
        until = now + max(0.0, wait)
        if scope is Scope.UNSAID:
            scope, until = self._guess(chat_id, until, now)
        if scope is Scope.CHAT:
            return Wait(scope, until)
        self._until = max(self._until, until)
        return Wait(Scope.ACCOUNT, self._until)

    def _guess(self, chat_id: int, until: float, now: float) -> tuple[Scope, float]:
        while self._refused and now - self._refused[0][0] > TOGETHER:
            self._refused.popleft()
        self._refused.append((now, chat_id, until))
        several = any(other != chat_id for _, other, _ in self._refused)
        if several or now - self._sent.get(chat_id, -inf) > QUIET:
            return Scope.ACCOUNT, max(longest for _, _, longest in self._refused)
        return Scope.CHAT, until


class ChatTurns:
    """Knows when each chat may take its next message.

    What is past is forgotten: it remembers a minute's messages at most.
    """

    def __init__(self, pace: Pace) -> None:
        """Keep to ``pace``."""
        self._gap = pace.chat_gap
        self._a_minute = pace.group_per_minute
        self._last: OrderedDict[int, float] = OrderedDict()
        self._groups: OrderedDict[int, deque[float]] = OrderedDict()

    def free_at(self, chat_id: int, is_group: bool, now: float) -> float:  # noqa: FBT001 - as the chat's row says
        """Return when this chat may take a message.

        ``now``, or a later moment.
        """
        free = max(now, self._last.get(chat_id, -inf) + self._gap)
        taken = self._groups.get(chat_id) if is_group else None
        if taken and len(taken) == self._a_minute:
            free = max(free, taken[0] + MINUTE)
        return free

    def took(self, chat_id: int, is_group: bool, now: float) -> None:  # noqa: FBT001 - as the chat's row says
        """Note that a chat took a message.

        Best when its answer came: the platform has counted it by then.
        """
        if self._gap:
            self._took(chat_id, now)
        if is_group and self._a_minute is not None:
            self._group_took(chat_id, self._a_minute, now)

    def _took(self, chat_id: int, now: float) -> None:
        self._last[chat_id] = now
        self._last.move_to_end(chat_id)
        while now - next(iter(self._last.values())) > self._gap:
            self._last.popitem(last=False)

    def _group_took(self, chat_id: int, a_minute: int, now: float) -> None:
        self._groups.setdefault(chat_id, deque(maxlen=a_minute)).append(now)
        self._groups.move_to_end(chat_id)
        while now - next(iter(self._groups.values()))[-1] > MINUTE:
            self._groups.popitem(last=False)
