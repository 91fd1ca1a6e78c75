"""What one account says in answer, at the pace of its pushes.

It is said again where it certainly did not arrive.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.ports.platform import Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import timedelta

    from bot.delivery.chat_lines import ChatLines
    from bot.delivery.guard import AccountGuard
    from bot.delivery.pacing import Pacer
    from bot.ports.platform import SendResult

log = logging.getLogger(__name__)

LASTS = 300.0
"""Seconds that an answer is worth saying: after that who asked has asked again."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
"""Seconds until an answer is said again where the platform was not reached and named no time."""


class Speaker:
    """Says answers, one after another in each chat."""

    def __init__(
        self,
        pacer: Pacer,
        lines: ChatLines,
        guard: AccountGuard,
        ticks: Callable[[], float] = time.monotonic,
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Share ``pacer``, ``lines`` and ``guard`` with what pushes for the same account."""
        self._pacer = pacer
        self._lines = lines
        self._guard = guard
        self._ticks = ticks
        self._rest = rest

    async def say(
        self, chat: str, send: Callable[[], Awaitable[SendResult]], *, group: bool, change: bool = False
    ) -> SendResult:
        """Say something by ``send`` when the chat takes it.

        After a 429 or a 500 it is said again, as long as it lasts.

        ``chat`` is its address on the platform; meanwhile nothing else goes there. ``change`` says that it changes a
        message that lies there.
        """
        until, wait = self._ticks() + LASTS, FIRST_WAIT
        async with self._lines.answer(chat, group=group) as turn:
            while True:
                await turn.wait(change=change)
                async with self._pacer.reply(chat):
                    result = await send()
                    turn.done(change=change)
                hold = await self._guard.replied(chat, result)
                pause = hold.total_seconds() if hold is not None else wait
                again = hold is not None or isinstance(result, Unavailable)
                if not again or self._ticks() + pause > until:
                    return result
                log.info("an answer waits %.1f s: %s", pause, result)
                await self._rest(pause)
                wait = min(wait * 2, LONGEST_WAIT)

    async def spare(
        self, chat: str, change: Callable[[], Awaitable[SendResult]], *, group: bool
    ) -> tuple[SendResult, timedelta | None] | None:
        """Change what lies in a chat, once nothing else wants the slot.

        Return how it ended and how long the platform asked to wait; None: something else goes to the chat just now.
        """
        async with self._pacer.spare():
            if self._lines.waiting(chat) or self._lines.answer_after(chat, group=group, change=True) > 0:
                return None
            result = await change()
            self._lines.took(chat, group=group, change=True)
        return result, await self._guard.replied(chat, result)

    async def further(self, chat: str, *, group: bool, after: float = 0.0) -> None:
        """Wait until the next part of a message may go.

        The caller holds the chat's turn and a slot. ``after`` are the seconds that the platform asked for.
        """
        self._lines.took(chat, group=group, answer=True)
        if after:
            self._lines.hold(chat, after)
        while (wait := self._lines.answer_after(chat, group=group)) > 0:
            await self._rest(wait)
        await self._pacer.another(chat)
