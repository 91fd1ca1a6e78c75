"""Queues jobs by chat, one on its way at a time.

The next keeps its distance.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values.chats import ChatKind
from bot.values.delivery import Again, Hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clockwork.clock import Clock
    from bot.delivery.chat_lines import ChatLines
    from bot.ports.platform import Pace
    from bot.values.delivery import Delivery, Edit, Ending, Post

PATIENCE = 2.0
"""Seconds that a claimed row waits for its chat's turn; what would wait longer is given back."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed row and what is to be done with it."""

    delivery: Delivery
    action: Post | Edit


class ChatQueues:
    """Hands out jobs, one of a chat at a time.

    Each when its chat may take it.
    """

    def __init__(
        self, pace: Pace, clock: Clock, lines: ChatLines, give_back: Callable[[Delivery, Ending], None]
    ) -> None:
        """Keep to ``pace``, behind answers.

        ``give_back`` ends a row that cannot wait here for its chat.
        """
        self._gap = pace.chat_gap
        self._clock = clock
        self._lines = lines
        self._give_back = give_back
        self._ready: asyncio.Queue[Job | None] = asyncio.Queue()
        self._behind: dict[int, deque[Job]] = defaultdict(deque)
        self._busy: set[int] = set()
        self._timers: dict[int, tuple[asyncio.TimerHandle, Job]] = {}

    def admit(self, job: Job) -> None:
        """Queue a job behind those of its chat.

        It is given back if that would take too long.
        """
        chat = job.delivery.chat.id
        if chat not in self._busy:
            self._begin(job)
            return
        ahead = self._gap * (len(self._behind.get(chat, ())) + 1)
        if ahead <= PATIENCE:
            self._behind[chat].append(job)
        else:
            self._give_back(job.delivery, Hold(self._clock() + timedelta(seconds=ahead)))

    async def next(self) -> Job | None:
        """Return the next job whose chat may take it.

        Return None after `close`.
        """
        return await self._ready.get()

    def done(self, chat_id: int, *, arrived: bool) -> None:
        """Let the chat's next job begin.

        Give its jobs back if the chat takes nothing now.
        """
        self._busy.discard(chat_id)
        behind = self._behind.pop(chat_id, None)
        if behind is None:
            return
        if arrived:
            first = behind.popleft()
            if behind:
                self._behind[chat_id] = behind
            self._begin(first)
        else:
            for job in behind:
                self._give_back(job.delivery, Again(self._clock()))

    def close(self, workers: int) -> list[Job]:
        """Return the jobs that nobody began, and end that many waiting workers."""
        left = [job for jobs in self._behind.values() for job in jobs]
        self._behind.clear()
        for timer, job in self._timers.values():
            timer.cancel()
            left.append(job)
        self._timers.clear()
        while not self._ready.empty():
            ready = self._ready.get_nowait()
            if ready is not None:
                left.append(ready)
        for _ in range(workers):
            self._ready.put_nowait(None)
        return left

    def _begin(self, job: Job) -> None:
        """Hand a job out when its chat may take it.

        Give it back, with those behind it, if that is too far off.
        """
        chat = job.delivery.chat
        wait = self._lines.push_after(chat.external_id, group=chat.kind is not ChatKind.PRIVATE)
        if wait > PATIENCE:
            for other in (job, *self._behind.pop(chat.id, ())):
                self._give_back(other.delivery, Hold(self._clock() + timedelta(seconds=wait)))
            return
        self._busy.add(chat.id)
        if wait > 0:
            timer = asyncio.get_running_loop().call_later(wait, self._due, chat.id)
            self._timers[chat.id] = (timer, job)
        else:
            self._ready.put_nowait(job)

    def _due(self, chat_id: int) -> None:
        _, job = self._timers.pop(chat_id)
        self._ready.put_nowait(job)
