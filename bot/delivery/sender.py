"""The sender of one platform account: claims what is due, draws it, sends it, settles it, in groups.

There is one for each account, by a lock that its owner holds; what a sender holds belongs to it until it settles or its
process dies. Settling and claiming are one transaction, so the database is asked once for a batch of messages.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict, defaultdict, deque
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

import anyio

from bot.delivery.breaker import PROBE_EVERY, Answer, Breaker
from bot.delivery.decide import decide
from bot.delivery.drawing import Drawer
from bot.delivery.lanes import shares
from bot.delivery.outcomes import BARRED, FARTHEST, conclude
from bot.delivery.pacing import Pacer
from bot.delivery.throttle import ChatTurns, Throttle
from bot.ports.platform import Barred, Closed, Gone, Lost, Moved, Postponed, Refused, Scope, Sent, Unavailable, Unknown
from bot.values.chats import ChatKind, Language
from bot.values.delivery import (
    Again,
    Arrived,
    ChatGone,
    Dead,
    Decision,
    Dropped,
    Edit,
    Failed,
    Hold,
    Post,
    Settlement,
    SubjectKind,
    Why,
)
from bot.values.errors import StorageError
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.delivery.breaker import Trip
    from bot.delivery.drawing import Drawn
    from bot.ports.platform import Platform, SendResult
    from bot.ports.store import Store
    from bot.values.chats import Chat
    from bot.values.delivery import Delivery, Ending

log = logging.getLogger(__name__)

LOOK = 0.2
"""Seconds between two looks at an empty queue."""
GROUP = 0.05
"""Seconds that answers are gathered at most before they are settled."""
PATIENCE = 2.0
"""Seconds that a claimed row waits for its chat's turn; what would wait longer is given back."""
LONGEST_SEND = 90.0
"""Seconds; a platform's own timeouts are shorter."""
GRACE = 10.0
"""Seconds that messages on their way get to arrive when the program ends."""
REFUSING = 1_000
"""Subjects remembered as refused by one chat."""
TROUBLE = 1.0
"""Seconds until a database that could not be written is tried again."""

BARRED_BY = Wording(
    "{account} থেকে কিছু পাঠানো যাচ্ছে না: {reason}। টোকেন ও অনুমতি দেখুন; ঠিক হলে নিজে থেকেই আবার শুরু হবে।",
    "Nothing can be sent for {account}: {reason}. Check the token and its rights; once right, it goes on by itself.",
)
REFUSED_BY = Wording(
    "খবর #{number} {account} নেয়নি, সাদা লেখাতেও না; আর কাউকে পাঠানো হবে না।",
    "{account} refused story #{number}, as plain text too; it goes to nobody else.",
)
TRIPPED = Wording(
    "{account}: একসঙ্গে {n}টি চ্যাট বন্ধ দেখাচ্ছে। এটি সম্ভবত প্ল্যাটফর্মের সমস্যা; পাঠানো থামানো হলো, নিজে থেকেই আবার শুরু হবে।",
    "{account}: {n} chats seem gone at once. It is probably the platform; sending waits and goes on by itself.",
)
Job = tuple["Delivery", "Post | Edit"]


class Sender:
    """Sends one account's deliveries; whoever runs it holds the lock that makes it the only one."""

    def __init__(
        self,
        store: Store,
        platform: Platform,
        owner: str,
        clock: Clock,
        *,
        pacer: Pacer | None = None,
        bot_name: str = "খবর",
        alert: Callable[[str], Awaitable[None]] | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Send through ``platform`` as ``owner``; ``pacer`` is shared with the platform's replies.

        ``alert`` is told what only a person can mend.
        """
        self._store = store
        self._platform = platform
        self._owner = owner
        self._clock = clock
        self._pacer = pacer or Pacer(platform.pace)
        self._alert = alert
        self._ticks = ticks
        self._drawer = Drawer(store, platform.traits, bot_name)
        self._breaker = Breaker()
        self._throttle = Throttle()
        self._turns = ChatTurns(platform.pace)
        self._window = platform.pace.slots + platform.pace.slots // 2
        self._ready: asyncio.Queue[Job | None] = asyncio.Queue()
        self._held: dict[int, deque[Job]] = defaultdict(deque)
        self._busy: set[int] = set()
        self._timers: dict[int, tuple[asyncio.TimerHandle, Job]] = {}
        self._counted: set[tuple[int, int]] = set()
        self._settled: list[Settlement] = []
        self._outstanding = 0
        self._bell = asyncio.Event()
        self._closed_until = 0.0
        self._queued: set[anyio.CancelScope] = set()
        self._back: set[int] = set()  # chats that seemed gone and are to be marked back
        self._arrived = 0
        self._refusing: OrderedDict[int, int] = OrderedDict()  # subjects, by the first chat that refused them plain

    # --- from outside ---

    async def take_over(self) -> None:
        """Make what a sender that died held wait again: it may have arrived, so here a second copy can come from."""
        released = await self._store.deliveries.take_over(self._platform.account)
        if released:
            log.warning("%s deliveries of a sender that died wait again", released)
        until = await self._store.deliveries.gate(self._platform.account)
        now = self._clock()
        # One farther away was set by a clock that was wrong; `Engine.tidy` may not have come round to it yet.
        if until is not None and now < until <= now + FARTHEST:
            self._close(until)

    async def turn(self) -> int:
        """Send what is due by now; return how many arrived.

        Raises:
            StorageError: the database cannot be used; nothing more is claimed, and what arrived is settled later.
        """
        before = self._arrived
        await self._work(for_ever=False)
        return self._arrived - before

    async def run(self) -> None:
        """Send whatever becomes due, until cancelled; then what is on its way may still arrive and is settled."""
        await self._work(for_ever=True)

    def spoke(self, chat_id: int, is_group: bool) -> None:  # noqa: FBT001 - as the chat's row says
        """Say that a chat got an answer of ours: its pushes keep their distance from that too."""
        ticks = self._ticks()
        self._throttle.sent(chat_id, ticks)
        self._turns.took(chat_id, is_group, ticks)

    # --- the loop ---

    async def _work(self, *, for_ever: bool) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(self._platform.pace.slots):
                group.start_soon(self._serve)
            failed: StorageError | None = None
            try:
                while await self._round(for_ever=for_ever):
                    pass
            except StorageError as error:
                failed = error  # raised below: the group would wrap it
            finally:
                await self._finish()
        if failed is not None:
            raise failed

    async def _round(self, *, for_ever: bool) -> bool:
        """Settle, claim, wait until it is worth doing so again; False when there is nothing to wait for."""
        try:
            claimed = await self._exchange()
        except StorageError as error:
            if not for_ever:
                raise
            # What is unsettled is at most what was in flight: nothing is claimed while nothing can be written.
            log.warning("nothing is sent for now: %s", error)
            await asyncio.sleep(TROUBLE)
            return True
        if self._outstanding or self._settled:
            await self._until_worth()
            return True
        if not claimed and not for_ever:
            return False
        if not claimed:
            await asyncio.sleep(LOOK)
        return True

    async def _exchange(self, *, claim: bool = True) -> int:
        batch, self._settled = self._settled, []
        back, self._back = self._back, set()
        room = self._room() if claim else 0
        try:
            if back:
                batch = [self._unless_gone(one, back) for one in batch]
                await self._store.deliveries.forgive(sorted(back), self._clock())
            claimed = await self._store.deliveries.turn(
                self._platform.account,
                self._owner,
                self._clock(),
                settled=batch,
                shares=lambda present: shares(room, present),
                judge=self._judge,
            )
        except BaseException:
            self._settled = batch + self._settled
            self._back |= back
            raise
        for delivery, what in claimed:
            if isinstance(what, Post | Edit):
                self._outstanding += 1
                if isinstance(what, Post) and what.counts:
                    self._counted.add((delivery.subject.id, delivery.chat.id))
                self._admit(delivery, what)
        return len(claimed)

    def _room(self) -> int:
        """Return how many rows may be claimed: a sender that dies doubles at most what it held."""
        if self._ticks() < self._closed_until:
            return 0
        if self._breaker.open:
            return int(self._outstanding == 0 and self._breaker.may_probe(self._ticks()))
        return self._window - self._outstanding

    async def _until_worth(self) -> None:
        """Wait until half of what may be out has come back, or for a moment."""
        end = asyncio.get_running_loop().time() + GROUP
        while self._outstanding and len(self._settled) < self._window // 2:
            self._bell.clear()
            try:
                async with asyncio.timeout_at(end):
                    await self._bell.wait()
            except TimeoutError:
                return

    async def _finish(self) -> None:
        """Give back what was not begun, let what is on its way arrive, settle all of it."""
        with anyio.CancelScope(shield=True):
            for delivery, _ in self._unbegun():
                self._settle(delivery, Again(self._clock()))
            for _ in range(self._platform.pace.slots):
                self._ready.put_nowait(None)
            with anyio.move_on_after(GRACE):
                while self._outstanding:
                    self._bell.clear()
                    await self._bell.wait()
            try:
                await self._exchange(claim=False)
            except StorageError as error:
                log.warning("%s answers could not be settled: %s", len(self._settled), error)

    def _unbegun(self) -> list[Job]:
        waiting = [job for jobs in self._held.values() for job in jobs]
        self._held.clear()
        for timer, delayed in self._timers.values():
            timer.cancel()
            waiting.append(delayed)
        self._timers.clear()
        while not self._ready.empty():
            job = self._ready.get_nowait()
            if job is not None:
                waiting.append(job)
        return waiting

    # --- one chat after another ---

    def _judge(self, delivery: Delivery) -> Decision:
        try:
            return decide(delivery, self._clock(), edits=self._platform.traits.edits)
        except Exception:
            # One row that brings out a fault of ours must not stop the others.
            log.exception("delivery %s to chat %s", delivery.subject.id, delivery.chat.id)
            return Dead(Why.POISON) if delivery.ref is None else Failed(Why.POISON)

    def _admit(self, delivery: Delivery, what: Post | Edit) -> None:
        """Let a row be sent, after those of its chat that go before it."""
        chat = delivery.chat.id
        if chat not in self._busy:
            self._begin((delivery, what))
            return
        ahead = self._platform.pace.chat_gap * (len(self._held.get(chat, ())) + 1)
        if ahead <= PATIENCE:
            self._held[chat].append((delivery, what))
        else:
            self._settle(delivery, Hold(self._clock() + timedelta(seconds=ahead)))

    def _begin(self, job: Job) -> None:
        """Send a row when it is its chat's turn; if that is too far off, give it back with those behind it."""
        chat = job[0].chat
        wait = self._turns.free_at(chat.id, _is_group(chat), self._ticks()) - self._ticks()
        if wait > PATIENCE:
            for other, _ in (job, *self._held.pop(chat.id, ())):
                self._settle(other, Hold(self._clock() + timedelta(seconds=wait)))
            return
        self._busy.add(chat.id)
        if wait > 0:
            timer = asyncio.get_running_loop().call_later(wait, self._in_turn, chat.id)
            self._timers[chat.id] = (timer, job)
        else:
            self._ready.put_nowait(job)

    def _in_turn(self, chat_id: int) -> None:
        _, job = self._timers.pop(chat_id)
        self._ready.put_nowait(job)

    def _settle(self, delivery: Delivery, ending: Ending) -> None:
        self._outstanding -= 1
        self._arrived += isinstance(ending, Arrived)
        row = (delivery.subject.id, delivery.chat.id)
        self._settled.append(Settlement(delivery, ending, counted=row in self._counted))
        self._counted.discard(row)
        self._bell.set()

    def _ended(self, delivery: Delivery, ending: Ending) -> None:
        """Settle what was sent, and let the chat's next one begin, or give its others back if it takes nothing now."""
        chat = delivery.chat.id
        self._busy.discard(chat)
        self._settle(delivery, ending)
        held = self._held.pop(chat, None)
        if held is None:
            return
        if isinstance(ending, Arrived):
            first = held.popleft()
            if held:
                self._held[chat] = held
            self._begin(first)
        else:
            for other, _ in held:
                self._settle(other, Again(self._clock()))

    # --- one message ---

    async def _serve(self) -> None:
        """Send one message after another; shielded, so that the end of the program does not cut one in two."""
        with anyio.CancelScope(shield=True):
            while (job := await self._ready.get()) is not None:
                delivery, what = job
                try:
                    ending = await self._deliver(delivery, what)
                except Exception:
                    log.exception("delivery %s to chat %s", delivery.subject.id, delivery.chat.id)
                    ending = Again(self._clock() + BARRED)
                self._ended(delivery, ending)

    async def _deliver(self, delivery: Delivery, what: Post | Edit) -> Ending:
        drawn = await self._drawer.draw(delivery, self._clock())
        if drawn is None:
            return Dropped(Why.EMPTY) if delivery.ref is None else Failed(Why.LOST)
        async with AsyncExitStack() as turn:
            if self._ticks() >= self._closed_until:
                with anyio.CancelScope() as queued:
                    self._queued.add(queued)
                    try:
                        await turn.enter_async_context(self._pacer.push())
                    finally:
                        self._queued.discard(queued)
            # Closed before its turn came: it is given back, to be judged anew when the account goes on.
            if self._ticks() < self._closed_until:
                return Again(self._clock() + timedelta(seconds=self._closed_until - self._ticks()))
            if not self._breaker.may_send(delivery.chat.id, self._ticks()):
                return Again(self._clock() + timedelta(seconds=PROBE_EVERY))
            result = await self._send(delivery, what, drawn)
        return await self._conclude(delivery, drawn, result)

    async def _send(self, delivery: Delivery, what: Post | Edit, drawn: Drawn) -> SendResult:
        try:
            async with asyncio.timeout(LONGEST_SEND):
                if isinstance(what, Edit) and delivery.ref is not None:
                    return await self._platform.edit(delivery.ref, drawn.message)
                key = f"{self._store.epoch}-{delivery.subject.id}-{delivery.chat.id}"
                silent = isinstance(what, Post) and what.silent
                return await self._platform.send(
                    delivery.target, drawn.message, key, silent=silent, answers=delivery.parent
                )
        except TimeoutError:
            return Unknown("no answer")
        except Exception:
            # A fault of the adapter's, after which nobody knows whether the message went.
            log.exception("delivery %s to chat %s", delivery.subject.id, delivery.chat.id)
            return Unknown("a fault of ours")

    async def _conclude(self, delivery: Delivery, drawn: Drawn, result: SendResult) -> Ending:
        """Return how a row ends, after what the answer means for the account."""
        now, ticks, chat = self._clock(), self._ticks(), delivery.chat
        verdict = self._breaker.record(_answer(result), chat.id, ticks)
        if verdict.trip is not None:
            await self._forgive(verdict.trip)
        if isinstance(result, Gone) and not verdict.counts:
            return Again(now + timedelta(seconds=PROBE_EVERY))
        if isinstance(result, Refused):
            return await self._refused(delivery, drawn, result.reason)
        if isinstance(result, Postponed):
            return await self._postponed(delivery, result)
        if isinstance(result, Barred):
            await self._shut(now + BARRED, result.reason)
            await self._tell(BARRED_BY, account=self._platform.account, reason=result.reason)
        if isinstance(result, Sent):
            self._throttle.sent(chat.id, ticks)
            self._turns.took(chat.id, _is_group(chat), ticks)
        # A doubt counts against its row even when it counts for nothing else: a third copy is never risked.
        return conclude(delivery, drawn, result, now, idempotent=self._platform.traits.idempotent)

    async def _refused(self, delivery: Delivery, drawn: Drawn, reason: str) -> Ending:
        """Draw it plainer for every chat that sees the same; if that is refused too, trouble no more chats with it."""
        log.warning("subject %s was refused: %s", delivery.subject.id, reason)
        if self._drawer.refused(delivery, drawn):
            return Again(self._clock())
        if delivery.subject.kind is not SubjectKind.DIGEST and self._refused_elsewhere(delivery):
            await self._store.subjects.stop(delivery.subject.id, reason)
            await self._tell(REFUSED_BY, account=self._platform.account, number=str(delivery.subject.article_id or "–"))
        return conclude(delivery, drawn, Refused(reason), self._clock(), idempotent=False)

    def _refused_elsewhere(self, delivery: Delivery) -> bool:
        """Tell whether another chat refused this subject too: one alone may be odd, two mean the message."""
        number, chat = delivery.subject.id, delivery.chat.id
        by = self._refusing.setdefault(number, chat)
        while len(self._refusing) > REFUSING:
            self._refusing.popitem(last=False)
        return by != chat

    async def _postponed(self, delivery: Delivery, result: Postponed) -> Ending:
        """Wait as long as was asked: the chat, or, if it was the account that was meant, all of them."""
        now, ticks = self._clock(), self._ticks()
        hold = self._throttle.refused(result.scope, delivery.chat.id, result.wait.total_seconds(), ticks)
        until = now + timedelta(seconds=hold.until - ticks)
        if hold.scope is Scope.CHAT:
            return Hold(until)
        self._pacer.slow_down()
        await self._shut(until, "rate limit")
        return Again(until)

    async def _shut(self, until: datetime, reason: str) -> None:
        """Send nothing for this account until then, a restart notwithstanding."""
        self._close(until)
        try:
            await self._store.deliveries.shut(self._platform.account, until, reason)
        except StorageError as error:
            log.warning("that %s is shut could not be noted: %s", self._platform.account, error)

    def _close(self, until: datetime) -> None:
        moment = self._ticks() + (until - self._clock()).total_seconds()
        self._closed_until = max(self._closed_until, moment)
        self._pacer.stop_until(moment)
        for queued in self._queued:
            queued.cancel()

    async def _forgive(self, trip: Trip) -> None:
        """Take back that these chats are gone: so many at once are not their doing."""
        log.error("%s chats seem gone at once; none is believed until messages arrive again", len(trip.chats))
        # Written with the next settling, again and again if it must be: the database may be in trouble too.
        self._back |= set(trip.chats)
        await self._tell(TRIPPED, account=self._platform.account, n=len(trip.chats))

    def _unless_gone(self, one: Settlement, back: set[int]) -> Settlement:
        if isinstance(one.ending, ChatGone) and one.delivery.chat.id in back:
            return Settlement(one.delivery, Again(self._clock()), one.counted)
        return one

    async def _tell(self, wording: Wording, **values: str | int) -> None:
        log.error(say(wording, Language.ENGLISH, **values))
        if self._alert is not None:
            await self._alert(say(wording, Language.BANGLA, **values))


def _is_group(chat: Chat) -> bool:
    return chat.kind is not ChatKind.PRIVATE


def _answer(result: SendResult) -> Answer:
    match result:
        case Sent():
            return Answer.ARRIVED
        case Gone():
            return Answer.GONE
        case Unknown():
            return Answer.DOUBTFUL
        case Postponed() | Closed() | Moved() | Refused() | Lost() | Barred() | Unavailable():
            return Answer.OTHER
        case _ as never:
            assert_never(never)
