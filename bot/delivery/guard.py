"""Guards one account.

It knows whether the account may send now, and what each answer means for all of its chats.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.delivery.breaker import PROBE_EVERY, Breaker, SendAnswer
from bot.delivery.outcomes import BARRED, FARTHEST
from bot.delivery.pacing import TurnedAwayError
from bot.delivery.throttle import Throttle
from bot.ports.platform import Barred, Closed, Gone, Lost, Moved, Postponed, Refused, Scope, Sent, Unavailable, Unknown
from bot.values.chats import ChatKind, Language
from bot.values.delivery import Again, ChatGone, Hold, Settlement
from bot.values.errors import StorageError
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.delivery.breaker import Trip
    from bot.delivery.chat_lines import ChatLines
    from bot.delivery.pacing import Pacer
    from bot.delivery.throttle import Wait
    from bot.ports.delivery import Deliveries
    from bot.ports.platform import SendResult
    from bot.values.chats import Chat
    from bot.values.delivery import Ending

log = logging.getLogger(__name__)

BARRED_BY = Wording(
    "{account} থেকে কিছু পাঠানো যাচ্ছে না: {reason}। টোকেন ও অনুমতি দেখুন; ঠিক হলে নিজে থেকেই আবার শুরু হবে।",
    "Nothing can be sent for {account}: {reason}. Check the token and its rights; once right, it goes on by itself.",
)
TRIPPED = Wording(
    "{account}: একসঙ্গে {n}টি চ্যাট বন্ধ দেখাচ্ছে। এটি সম্ভবত প্ল্যাটফর্মের সমস্যা; পাঠানো থামানো হলো, নিজে থেকেই আবার শুরু হবে।",
    "{account}: {n:chat seems|chats seem} gone at once. It is probably the platform; sending waits and goes on "
    "by itself.",
)

DOUBTED = Wording(
    "{account}: অনেক বার্তা পৌঁছাল কি না, জানা যাচ্ছে না। এটি সম্ভবত প্ল্যাটফর্মের সমস্যা; পাঠানো থামানো হলো, নিজে থেকেই আবার শুরু হবে।",
    "{account}: of many messages it is not known whether they arrived. It is probably the platform; sending waits and "
    "goes on by itself.",
)


class NotNowError(Exception):
    """Nothing may go for ``wait``."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class _Passage:
    """One message's way through the guard."""

    __slots__ = ("_chat", "_group", "_guard", "_lines", "_slot")

    def __init__(
        self, guard: AccountGuard, slot: AbstractAsyncContextManager[None], lines: ChatLines, chat: Chat
    ) -> None:
        self._guard = guard
        self._slot = slot
        self._lines = lines
        self._chat = chat
        self._group = chat.kind is not ChatKind.PRIVATE

    async def __aenter__(self) -> None:
        if (closed := self._guard.closed_for) is not None:
            raise NotNowError(closed)
        try:
            await self._slot.__aenter__()
        except TurnedAwayError:
            raise NotNowError(self._guard.closed_for or timedelta(0)) from None
        # Closed, or the chat answered, before its turn came: it is given back, to be judged anew.
        wait = self._behind() or self._guard.held_for(self._chat.id)
        if wait is not None:
            await self._slot.__aexit__(None, None, None)
            raise NotNowError(wait)
        self._lines.begin_push(self._chat.external_id)

    async def __aexit__(self, *_: object) -> None:
        self._lines.end_push(self._chat.external_id, group=self._group)
        await self._slot.__aexit__(None, None, None)

    def _behind(self) -> timedelta | None:
        wait = self._lines.push_after(self._chat.external_id, group=self._group)
        return timedelta(seconds=wait) if wait > 0 else None


class AccountGuard:
    """Stops and slows one account.

    It remembers only what concerns the account as a whole.
    """

    def __init__(
        self,
        account: str,
        deliveries: Deliveries,
        *,
        pacer: Pacer,
        lines: ChatLines,
        clock: Clock,
        ticks: Callable[[], float],
        alert: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """Guard ``account``, whose pushes and answers share ``pacer`` and ``lines``.

        ``alert`` is told what only a person can mend.
        """
        self._account = account
        self._deliveries = deliveries
        self._pacer = pacer
        self._lines = lines
        self._clock = clock
        self._ticks = ticks
        self._alert = alert
        self._breaker = Breaker()
        self._throttle = Throttle()
        self._closed_until = 0.0
        self._pardoned: set[int] = set()  # chats that seemed gone and are to be marked back

    async def recall(self) -> None:
        """Go on waiting as the platform asked before a restart."""
        until, now = await self._deliveries.gate(self._account), self._clock()
        # One farther away was set by a clock that was wrong; `Engine.tidy` may not have come round to it yet.
        if until is not None and now < until <= now + FARTHEST:
            self._close(until)

    def room(self, window: int, outstanding: int) -> int:
        """Return how many rows of ``window`` may be claimed.

        A sender that dies doubles at most what it held.
        """
        if self._ticks() < self._closed_until:
            return 0
        if self._breaker.open:
            return int(outstanding == 0 and self._breaker.may_probe(self._ticks()))
        return window - outstanding

    def passage(self, chat: Chat) -> _Passage:
        """Wait until a message to this chat may go.

        Leaving the context says that the platform answered.

        Raises:
            NotNowError: on entering: nothing may go for a while.
        """
        return _Passage(self, self._pacer.push(), self._lines, chat)

    def held_for(self, chat_id: int) -> timedelta | None:
        """Return how long a message to this chat waits.

        None means that it may go now, as a probe if need be.
        """
        if (closed := self.closed_for) is not None:
            return closed
        return None if self._breaker.may_send(chat_id, self._ticks()) else timedelta(seconds=PROBE_EVERY)

    @property
    def closed_for(self) -> timedelta | None:
        """Return for how long the whole account sends nothing.

        None means that it may send.
        """
        wait = self._closed_until - self._ticks()
        return timedelta(seconds=wait) if wait > 0 else None

    async def replied(self, address: str, result: SendResult) -> timedelta | None:
        """Return how long an answer waits before it is said again.

        None means that it arrived, or that saying it again is useless.
        """
        match result:
            case Postponed():
                until = await self._wait(address, result)
                return until - self._clock()
            case Sent():
                self._throttle.sent(address, self._ticks())
            case _:
                pass
        return None

    async def heard(self, chat: Chat, result: SendResult) -> Ending | None:
        """Act on an answer that concerns the account.

        Return the row's ending if that decides it.
        """
        now, ticks = self._clock(), self._ticks()
        verdict = self._breaker.record(_answer(result), chat.id, ticks)
        if verdict.trip is not None:
            await self._pardon(verdict.trip)
        match result:
            case Gone() if not verdict.counts:
                return Again(now + timedelta(seconds=PROBE_EVERY))
            case Postponed():
                return await self._postponed(chat.external_id, result)
            case Barred(reason):
                await self._shut(now + BARRED, reason)
                await self.tell(BARRED_BY, reason=reason)
            case Sent():
                self._throttle.sent(chat.external_id, ticks)
            case _:
                pass
        # A doubt counts against its row even when it counts for nothing else: a third copy is never risked.
        return None

    async def tell(self, wording: Wording, **values: str | int) -> None:
        """Tell an admin, and the log, what only a person can mend."""
        log.error(say(wording, Language.ENGLISH, account=self._account, **values))
        if self._alert is not None:
            await self._alert(say(wording, Language.BANGLA, account=self._account, **values))

    async def settled(self, batch: list[Settlement]) -> list[Settlement]:
        """Mark pardoned chats back and correct their rows.

        Return ``batch`` without endings that call one of them gone.

        Raises:
            StorageError: not now; they are pardoned the next time.
        """
        if not self._pardoned:
            return batch
        pardoned = set(self._pardoned)
        await self._deliveries.forgive(sorted(pardoned), self._clock())
        self._pardoned -= pardoned
        return [self._unless_gone(one, pardoned) for one in batch]

    def _unless_gone(self, one: Settlement, pardoned: set[int]) -> Settlement:
        if isinstance(one.ending, ChatGone) and one.delivery.chat.id in pardoned:
            return Settlement(one.delivery, Again(self._clock()), one.counted)
        return one

    async def _postponed(self, address: str, result: Postponed) -> Ending:
        """Wait as long as was asked.

        The chat, or, if it was the account that was meant, all of them.
        """
        pause, until = self._paused(address, result)
        if pause.scope is Scope.CHAT:
            return Hold(until)
        await self._shut(until, "rate limit")
        return Again(until)

    async def _wait(self, address: str, result: Postponed) -> datetime:
        pause, until = self._paused(address, result)
        if pause.scope is Scope.ACCOUNT:
            await self._shut(until, "rate limit")
        return until

    def _paused(self, address: str, result: Postponed) -> tuple[Wait, datetime]:
        """Slow down, or hold back one chat.

        Return whom it was about and until when.
        """
        ticks = self._ticks()
        pause = self._throttle.refused(result.scope, address, result.wait.total_seconds(), ticks)
        if pause.scope is Scope.CHAT:
            self._lines.hold(address, pause.until - ticks)
        else:
            self._pacer.slow_down()
        return pause, self._clock() + timedelta(seconds=pause.until - ticks)

    async def _shut(self, until: datetime, reason: str) -> None:
        """Send nothing for this account until then, a restart notwithstanding."""
        self._close(until)
        try:
            await self._deliveries.shut(self._account, until, reason)
        except StorageError as error:
            log.warning("that %s is shut could not be noted: %s", self._account, error)

    def _close(self, until: datetime) -> None:
        moment = self._ticks() + (until - self._clock()).total_seconds()
        self._closed_until = max(self._closed_until, moment)
        self._pacer.stop_until(moment)
        self._pacer.turn_away()

    async def _pardon(self, trip: Trip) -> None:
        """Take back that these chats are gone.

        If so many go at once, it is not their doing.
        """
        # Written with the next settling, again and again if it must be: the database may be in trouble too.
        self._pardoned |= set(trip.chats)
        await (self.tell(TRIPPED, n=len(trip.chats)) if trip.gone else self.tell(DOUBTED))


def _answer(result: SendResult) -> SendAnswer:
    match result:
        case Sent():
            return SendAnswer.ARRIVED
        case Gone():
            return SendAnswer.GONE
        case Unknown():
            return SendAnswer.DOUBTFUL
        case Postponed() | Closed() | Moved() | Refused() | Lost() | Barred() | Unavailable():
            return SendAnswer.OTHER
        case _ as never:
            assert_never(never)
