"""Sends one platform account's deliveries.

It claims what is due, draws it, sends it, settles it, in groups.
There is one for each account, by a lock that its owner holds; what a sender holds belongs to it until it settles or its
process dies. Settling and claiming are one transaction, so the database is asked once for a batch of messages.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING

import anyio

from bot.delivery.chat_lines import ChatLines
from bot.delivery.decide import decide
from bot.delivery.drawing import Drawer
from bot.delivery.guard import AccountGuard, NotNowError
from bot.delivery.lanes import shares
from bot.delivery.outcomes import BARRED, ending_of
from bot.delivery.pacing import Pacer
from bot.delivery.queues import ChatQueues, Job
from bot.delivery.refusals import FormRefusals
from bot.ports.platform import Refused, Sent, Unknown
from bot.values.delivery import Again, Arrived, Dead, Decision, Dropped, Edit, Failed, Post, Settlement, Why
from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.delivery.drawing import Drawn
    from bot.ports.platform import Pace, Platform, SendResult
    from bot.ports.store import Store
    from bot.values.delivery import Delivery, Ending

log = logging.getLogger(__name__)

LOOK = 0.2
"""Seconds between two looks at an empty queue."""
GROUP = 0.05
"""Seconds that answers are gathered at most before they are settled."""
LONGEST_SEND = 90.0
"""Seconds; a platform's own timeouts are shorter."""
GRACE = 5.0
"""Seconds that messages on their way get to arrive when the program ends; then they count as doubtful."""
TROUBLE = 1.0
"""Seconds until a database that could not be written is tried again."""
FEW = 10
"""Rows that are claimed at once however slow a platform is."""


def claimed_at_most(pace: Pace) -> int:
    """Return how many rows a sender may hold.

    It is half as many again as may be on their way or go in a second. Whatever it holds is doubtful if it dies, though
    most of it was never begun: what is held beyond the pace makes doubts and no speed.
    """
    some = pace.slots if pace.per_second is None else min(pace.slots, max(FEW, ceil(pace.per_second)))
    return some + some // 2


class Sender:
    """Sends one account's deliveries.

    Whoever runs it holds the lock that makes it the only one.
    """

    def __init__(
        self,
        store: Store,
        platform: Platform,
        owner: str,
        clock: Clock,
        *,
        pacer: Pacer | None = None,
        lines: ChatLines | None = None,
        bot_name: str = "খবর",
        alert: Callable[[str], Awaitable[None]] | None = None,
        ticks: Callable[[], float] = time.monotonic,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        holds: Callable[[], bool] = lambda: True,
    ) -> None:
        """Send through ``platform`` as ``owner``.

        ``pacer`` and ``lines`` are shared with the platform's replies.

        ``alert`` is told what only a person can mend. ``holds`` says whether the account is held still: it is asked
        before each message, for a sender that sleeps, or waits for the database, may be a former one by then.
        """
        self._store = store
        self._platform = platform
        self._owner = owner
        self._clock = clock
        self._rest = rest
        self._holds = holds
        self._work_signal = store.work_signal()
        self._drawer = Drawer(store, platform.traits, bot_name)
        self._pacer = pacer = pacer or Pacer(platform.pace)
        lines = lines or ChatLines(platform.pace, ticks, rest)
        self.guard = AccountGuard(
            platform.account, store.deliveries, pacer=pacer, lines=lines, clock=clock, ticks=ticks, alert=alert
        )
        self._refusals = FormRefusals(self._drawer, store.subjects, self.guard, clock)
        self._queues = ChatQueues(platform.pace, clock, lines, self._settle)
        self._window = claimed_at_most(platform.pace)
        self._worth = self._window // 2
        self._counted: set[tuple[int, int]] = set()
        self._settled: list[Settlement] = []
        self._working: set[anyio.CancelScope] = set()
        self._outstanding = 0
        self._arrived = 0
        self._bell = asyncio.Event()

    async def take_over(self) -> None:
        """Requeue rows that a dead sender still held.

        They may have arrived; only here can a duplicate arise.
        """
        released = await self._store.deliveries.take_over(self._platform.account)
        if released:
            log.warning("%s deliveries of a sender that died wait again", released)
        await self.guard.recall()

    async def step(self) -> int:
        """Send what is due by now; return how many arrived.

        Raises:
            StorageError: the database cannot be used; nothing more is claimed, and what arrived is settled later.
        """
        before = self._arrived
        await self._work(for_ever=False)
        return self._arrived - before

    async def run(self) -> None:
        """Send whatever becomes due, until cancelled.

        Messages on their way may then still arrive and are settled.
        """
        await self._work(for_ever=True)

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
        """Settle, claim, and wait until worth repeating.

        Return False if there is nothing to wait for.
        """
        try:
            claimed = await self._exchange()
        except StorageError as error:
            if not for_ever:
                raise
            # What is unsettled is at most what was in flight: nothing is claimed while nothing can be written.
            log.warning("nothing is sent for now: %s", error)
            await self._rest(TROUBLE)
            return True
        if self._outstanding or self._settled:
            await self._until_worth()
            return True
        if not claimed and not for_ever:
            return False
        if not claimed:
            await self._work_signal.wait(LOOK, self._rest)
        return True

    async def _exchange(self, *, claim: bool = True) -> int:
        """Settle what ended and claim what fits, in one transaction.

        Return how many rows were claimed.
        """
        batch, self._settled = self._settled, []
        room = self.guard.room(self._window, self._outstanding) if claim and self._holds() else 0
        try:
            batch = await self.guard.settled(batch)
            # All rows of a claim are judged at the moment at which they are counted in their chats' day.
            now = self._clock()
            claimed = await self._store.deliveries.settle_and_claim(
                self._platform.account,
                self._owner,
                now,
                settled=batch,
                shares=lambda present: shares(room, present),
                judge=lambda delivery: self._judge(delivery, now),
            )
        except BaseException:
            self._settled = batch + self._settled
            raise
        for delivery, decision in claimed:
            if isinstance(decision, Post | Edit):
                self._outstanding += 1
                if isinstance(decision, Post) and decision.counts:
                    self._counted.add((delivery.subject.id, delivery.chat.id))
                self._queues.admit(Job(delivery, decision))
        return len(claimed)

    def _judge(self, delivery: Delivery, now: datetime) -> Decision:
        try:
            return decide(delivery, now, edits=self._platform.traits.edits)
        except Exception:
            # One row that brings out a fault of ours must not stop the others.
            log.exception("delivery %s to chat %s", delivery.subject.id, delivery.chat.id)
            return Dead(Why.POISON) if delivery.ref is None else Failed(Why.POISON)

    async def _until_worth(self) -> None:
        """Wait a moment, or until half of the window came back."""
        if self._outstanding and len(self._settled) < self._worth:
            self._bell.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(GROUP):
                    await self._bell.wait()

    async def _finish(self) -> None:
        """Give back what was not begun, settle the rest.

        Messages on their way arrive first.
        """
        with anyio.CancelScope(shield=True):
            for job in self._queues.close(self._platform.pace.slots):
                self._settle(job.delivery, Again(self._clock()))
            # What waits for its slot is not on its way.
            self._pacer.turn_away()
            with anyio.move_on_after(GRACE):
                while self._outstanding:
                    self._bell.clear()
                    await self._bell.wait()
            if self._outstanding:
                log.warning("%s messages have no answer yet and are doubtful from now on", self._outstanding)
            for work in self._working:
                work.cancel()
            self._outstanding = 0
            try:
                await self._exchange(claim=False)
            except StorageError as error:
                log.warning("%s answers could not be settled: %s", len(self._settled), error)

    def _settle(self, delivery: Delivery, ending: Ending) -> None:
        self._outstanding -= 1
        self._arrived += isinstance(ending, Arrived)
        row = (delivery.subject.id, delivery.chat.id)
        self._settled.append(Settlement(delivery, ending, counted=row in self._counted))
        self._counted.discard(row)
        if not self._outstanding or len(self._settled) >= self._worth:
            self._bell.set()

    # --- one message ---

    async def _serve(self) -> None:
        """Send one message after another.

        It is shielded, so that the end of the program does not cut one in two.
        """
        with anyio.CancelScope(shield=True) as work:
            self._working.add(work)
            while (job := await self._queues.next()) is not None:
                delivery = job.delivery
                try:
                    ending = await self._deliver(job)
                except StorageError as error:
                    # What one story's pages do not give stops no other.
                    log.error("delivery %s: %s", delivery.subject.id, error)  # noqa: TRY400 - it says what to do
                    ending = Again(self._clock() + BARRED)
                except Exception:
                    log.exception("delivery %s to chat %s", delivery.subject.id, delivery.chat.id)
                    ending = Again(self._clock() + BARRED)
                self._settle(delivery, ending)
                self._queues.done(delivery.chat.id, arrived=isinstance(ending, Arrived))
        self._working.discard(work)

    async def _deliver(self, job: Job) -> Ending:
        delivery = job.delivery
        drawn = await self._drawer.draw(delivery, self._clock())
        if drawn is None:
            return Dropped(Why.EMPTY) if delivery.ref is None else Failed(Why.LOST)
        try:
            async with self.guard.passage(delivery.chat):
                if not self._holds():
                    return Again(self._clock())
                result = await self._send(job, drawn)
        except NotNowError as not_now:
            return Again(self._clock() + not_now.wait)
        return await self._ending(delivery, drawn, result)

    async def _send(self, job: Job, drawn: Drawn) -> SendResult:
        delivery, action = job.delivery, job.action
        try:
            async with asyncio.timeout(LONGEST_SEND):
                if isinstance(action, Edit) and delivery.ref is not None:
                    return await self._platform.edit(delivery.ref, drawn.message)
                idempotency_key = f"{self._store.epoch}-{delivery.subject.id}-{delivery.chat.id}"
                silent = isinstance(action, Post) and action.silent
                return await self._platform.send(
                    delivery.target, drawn.message, idempotency_key, silent=silent, answers=delivery.parent
                )
        except TimeoutError:
            return Unknown("no answer")
        except Exception:
            # A fault of the adapter's, after which nobody knows whether the message went.
            log.exception("delivery %s to chat %s", delivery.subject.id, delivery.chat.id)
            return Unknown("a fault of ours")

    async def _ending(self, delivery: Delivery, drawn: Drawn, result: SendResult) -> Ending:
        """Return how a row ends.

        The answer's meaning for the account is acted on first.
        """
        ending = await self.guard.heard(delivery.chat, result)
        if ending is not None:
            return ending
        if isinstance(result, Sent):
            self._refusals.taken(delivery.subject.id)
        if isinstance(result, Refused):
            return await self._refusals.ending(delivery, drawn, result.reason)
        return ending_of(delivery, drawn, result, self._clock(), idempotent=self._platform.traits.idempotent)
