"""Paces one account's requests.

A slot is free one second after its answer, pushes are spaced, replies go first. A strict platform counts what arrived
in any one second, and only the answer tells that a request had arrived by then. Measured against such a window of 30
(900 pushes, 60 replies): a token bucket has 57-95 refused, a log of send times 33-120; slots that are free a second
after their answer none, whatever the network does. Without spacing they come free in clumps and a reply waits 0.9 s for
one, with it less than 0.2 s.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import OrderedDict, deque
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable
    from contextlib import AbstractAsyncContextManager

    from bot.ports.platform import Pace

HOLD = 1.0
"""Seconds after its answer until a slot is free; longer where less than one message a second is allowed."""
LATE = 0.005
"""Seconds by which a push that started late lets the next start early: timers are up to 1 ms late, 2 % of the rate."""
GROWTH = 0.01
"""The share of the declared rate regained each second after a 429: from half to all in 50 s."""
FLOOR = 1 / 32
"""The share of the declared rate below which it never slows."""
SAME = 1.0
"""Seconds within which a second 429 is the same one, told to another request in flight."""
REPLIED = 1 / 2
"""The most of the rate that replies get while pushes wait: questions do not stop the news."""
REMEMBERED = 60.0
"""Seconds for which it is known who was replied to: who was longest without goes first."""


class RequestKind(Enum):
    """What wants to start."""

    PUSH = auto()
    REPLY = auto()
    SPARE = auto()
    """What nobody waits for: it takes what pushes and replies leave."""


class Slots:
    """The arithmetic of slots.

    Moments are seconds of any clock and come in order; who goes first is not its matter.
    """

    def __init__(self, pace: Pace) -> None:
        """Begin with all slots free."""
        self._pace = pace
        self._flying = 0
        self._cooling: deque[float] = deque()  # when slots come free that were answered, in order
        self._next_push = -inf
        self._replied: deque[float] = deque()  # when replies began that the platform may still count
        self._stopped = -inf
        self._share = 1.0  # of what is declared, at the moment of the last slowing down
        self._slowed = -inf

    def start(self, now: float, kind: RequestKind, *, shared: bool = False) -> float:
        """Take a slot and return ``now``, or take none.

        If it takes none it returns when to ask again; inf means when an answer has come.

        ``shared`` says that pushes wait too, so that a reply keeps to the share of replies.
        """
        when = self._when(now, kind, shared=shared)
        if when <= now:
            self._flying += 1
            if kind is RequestKind.REPLY:
                self._replied.append(now)
            elif (rate := self.rate(now)) is not None:
                self._next_push = max(self._next_push, now - LATE) + 1 / rate
        return when

    def answered(self, now: float) -> None:
        """Say that an answer came, or that none will."""
        self._flying -= 1
        if (rate := self.rate(now)) is not None:
            self._cooling.append(now + max(HOLD, 1 / rate))

    def kept(self) -> None:
        """Go on holding a slot whose answer came: nothing took its place."""
        self._flying += 1

    def unused(self) -> None:
        """Give back a slot with which nothing was sent."""
        self._flying -= 1

    def rate(self, now: float) -> float | None:
        """Return the messages a second that are allowed now."""
        declared = self._pace.per_second
        return None if declared is None else declared * self._part(now)

    def allow(self, per_second: float) -> None:
        """Let so many go from now on; what began before still counts."""
        self._pace = replace(self._pace, per_second=per_second)

    def slow_down(self, now: float) -> None:
        """Halve the rate; without a declared one, the requests in flight."""
        if now - self._slowed >= SAME:
            self._share = max(FLOOR, self._part(now) / 2)
            self._slowed = now

    def stop_until(self, moment: float) -> None:
        """Start nothing before ``moment``, nor before one that was said earlier."""
        self._stopped = max(self._stopped, moment)

    def _part(self, now: float) -> float:
        if self._share < 1:
            grown = self._share + GROWTH * (now - self._slowed)
            if grown < 1:
                return grown
            self._share = 1.0
        return 1.0

    def _when(self, now: float, kind: RequestKind, *, shared: bool) -> float:
        while self._replied and self._replied[0] <= now - HOLD:
            self._replied.popleft()
        if now < self._stopped:
            return self._stopped
        rate = self.rate(now)
        if rate is None:
            return now if self._flying < max(1, int(self._pace.slots * self._part(now))) else inf
        free = self._free(now, rate)
        if kind is not RequestKind.REPLY:
            return max(free, self._next_push)
        return max(free, self._in_share(rate)) if shared else free

    def _in_share(self, rate: float) -> float:
        """Return when a reply is within the share of replies."""
        over = len(self._replied) - max(1, int(rate * REPLIED))
        return self._replied[over] + HOLD if over >= 0 else -inf

    def _free(self, now: float, rate: float) -> float:
        while self._cooling and self._cooling[0] <= now:
            self._cooling.popleft()
        if self._flying >= self._pace.slots:
            return inf
        short = self._flying + len(self._cooling) - max(1, int(rate))
        if short < 0:
            return now
        return self._cooling[short] if short < len(self._cooling) else inf


class TurnedAwayError(Exception):
    """The account was closed while this push waited for its turn."""


class _Turn:
    """A slot from the beginning to the answer.

    ``async with`` this. It holds nothing, so one serves all.
    """

    __slots__ = ("_leave", "_take")

    def __init__(self, take: Callable[[], Awaitable[None]], leave: Callable[[], None]) -> None:
        self._take = take
        self._leave = leave

    async def __aenter__(self) -> None:
        await self._take()

    async def __aexit__(self, *_: object) -> None:
        self._leave()


class _Waiting:
    """Who waits for a reply's slot.

    The chat that was longest without one comes first, else they go in the order they came.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Hashable, asyncio.Future[None]]] = []
        self._came = 0
        self._last: OrderedDict[Hashable, float] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._heap)

    def add(self, chat: Hashable, turn: asyncio.Future[None]) -> None:
        self._came += 1
        heapq.heappush(self._heap, (self._last.get(chat, -inf), self._came, chat, turn))

    def first(self) -> asyncio.Future[None] | None:
        while self._heap:
            turn = self._heap[0][-1]
            if not turn.done():
                return turn
            heapq.heappop(self._heap)  # cancelled, and its task has not run yet
        return None

    def pop(self, now: float) -> None:
        self.served(heapq.heappop(self._heap)[2], now)

    def served(self, chat: Hashable, now: float) -> None:
        """Note who got a slot."""
        if chat is None:
            return
        self._last[chat] = now
        self._last.move_to_end(chat)
        while now - next(iter(self._last.values())) > REMEMBERED:
            self._last.popitem(last=False)


class Pacer:
    """Makes all requests of one account wait their turn.

    Replies go first, within their share. Spare requests go when neither replies nor pushes wait. Among replies the chat
    that was longest without one goes first: who asks sixty times waits behind who asks once. The pacer has no task of
    its own, only a timer while somebody waits, so there is nothing to shut down.
    """

    def __init__(self, pace: Pace, *, time: Callable[[], float] = monotonic) -> None:
        """Pace as ``pace`` says; ``time``: seconds that never go back."""
        self._slots = Slots(pace)
        self._time = time
        self._replies = _Waiting()
        self._pushes: OrderedDict[asyncio.Future[None], None] = OrderedDict()
        self._spare: OrderedDict[asyncio.Future[None], None] = OrderedDict()
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = inf
        self._push = _Turn(self._take_push, self._leave)

    @property
    def rate(self) -> float | None:
        """Messages a second that are allowed now; None: no limit."""
        return self._slots.rate(self._time())

    def push(self) -> AbstractAsyncContextManager[None]:
        """Wait for a slot and for the spacing of pushes.

        Leaving it says that the answer came.

        Raises:
            TurnedAwayError: on entering, where `turn_away` was called meanwhile.
        """
        return self._push

    def reply(self, chat: Hashable = None) -> AbstractAsyncContextManager[None]:
        """Wait for a slot, before pushes that wait.

        Leaving it says that the answer came.
        """
        return _Turn(partial(self._take_reply, chat), self._leave)

    def spare(self) -> AbstractAsyncContextManager[None]:
        """Wait for a slot that no push and no reply wants.

        Leaving it says that the answer came.
        """
        return _Turn(self._take_spare, self._leave)

    async def another(self, chat: Hashable = None) -> None:
        """Exchange one's slot, whose answer came, for another.

        A message in parts is as many requests.
        """
        self._leave()
        try:
            await self._take_reply(chat)
        except BaseException:
            self._slots.kept()
            raise

    def allow(self, per_second: float) -> None:
        """Let so many go a second from now on."""
        self._slots.allow(per_second)
        self._serve()

    def slow_down(self) -> None:
        """Go on at half the rate after a 429.

        The 429 meant the account. The pacer regains 1 % of the declared rate each second; another 429 within a second
        is the same one. Without a declared rate half as many requests are in flight.
        """
        self._slots.slow_down(self._time())

    def stop_until(self, moment: float) -> None:
        """Start nothing, replies included, before ``moment``.

        The moment is in the pacer's time; the latest one given counts.
        """
        self._slots.stop_until(moment)

    def turn_away(self) -> None:
        """End the wait of every push not begun.

        It raises TurnedAwayError.
        """
        for turn in self._pushes:
            if not turn.done():
                turn.set_exception(TurnedAwayError)
        self._pushes.clear()
        self._serve()

    async def _take_push(self) -> None:
        if not self._replies and not self._pushes:
            now = self._time()
            if self._slots.start(now, RequestKind.PUSH) <= now:
                return
        turn = asyncio.get_running_loop().create_future()
        self._pushes[turn] = None
        await self._wait(turn)

    async def _take_spare(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._spare[turn] = None
        await self._wait(turn)

    async def _take_reply(self, chat: Hashable) -> None:
        if not self._replies:
            now = self._time()
            if self._slots.start(now, RequestKind.REPLY, shared=bool(self._pushes)) <= now:
                self._replies.served(chat, now)
                return
        turn = asyncio.get_running_loop().create_future()
        self._replies.add(chat, turn)
        await self._wait(turn)

    def _leave(self) -> None:
        self._slots.answered(self._time())
        if self._replies or self._pushes or self._spare:
            self._serve()

    async def _wait(self, turn: asyncio.Future[None]) -> None:
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            self._pushes.pop(turn, None)
            self._spare.pop(turn, None)
            if not turn.cancelled() and turn.exception() is None:  # its turn had come, in the same step of the loop
                self._slots.unused()
            self._serve()
            raise

    def _serve(self) -> None:
        """Start every request that may start; set the next one's timer."""
        now = self._time()
        while True:
            reply, push = self._replies.first(), _first(self._pushes)
            when = inf
            if reply is not None:
                when = self._slots.start(now, RequestKind.REPLY, shared=push is not None)
                if when <= now:
                    self._replies.pop(now)
                    reply.set_result(None)
                    continue
            waiting, kind = (self._pushes, RequestKind.PUSH)
            if push is None and reply is None:
                push, waiting, kind = _first(self._spare), self._spare, RequestKind.SPARE
            if push is not None:
                when = min(when, self._slots.start(now, kind))
                if when <= now:
                    del waiting[push]
                    push.set_result(None)
                    continue
            self._ring_at(when, now)
            return

    def _ring_at(self, when: float, now: float) -> None:
        if when == self._alarm_at:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = when
        self._alarm = None if when == inf else asyncio.get_running_loop().call_later(when - now, self._ring)

    def _ring(self) -> None:
        self._alarm, self._alarm_at = None, inf
        self._serve()


def _first(turns: OrderedDict[asyncio.Future[None], None]) -> asyncio.Future[None] | None:
    while turns:
        turn = next(iter(turns))
        if not turn.done():
            return turn
        del turns[turn]  # cancelled, and its task has not run yet
    return None
