"""One message at a time goes to a chat, answers before pushes.

Pushes and answers of one account share these lines, for the platform counts them together. A push that finds somebody
before it is given back to the outbox; an answer waits.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery.throttle import ChatTurns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Hashable

    from bot.ports.platform import Pace

BEHIND = 1.0
"""Seconds after which a push that found an answer before it tries again, for each answer."""


@dataclass(slots=True)
class _ChatLine:
    """The messages that wait before one chat."""

    answers: int = 0
    """That wait or are on their way."""
    order: asyncio.Lock | None = None
    """Whose answer goes first; None: nobody answered yet."""
    pushing: bool = False
    """Whether a push is on its way."""
    pushed: asyncio.Event | None = None
    """Set when that push has its answer; None: nobody waits for it."""

    async def until_pushed(self) -> None:
        """Wait for the answer to the push that is on its way."""
        self.pushed = self.pushed or asyncio.Event()
        await self.pushed.wait()


class AnswerTurn:
    """The answer that is first in its chat's line."""

    def __init__(self, lines: ChatLines, line: _ChatLine, chat: Hashable, *, group: bool) -> None:
        """Stand in front of ``line``."""
        self._lines = lines
        self._line = line
        self._chat = chat
        self._group = group

    async def wait(self, *, change: bool) -> None:
        """Wait until the chat takes a message, or the ``change`` of one."""
        while True:
            if self._line.pushing:
                await self._line.until_pushed()
            elif (wait := self._lines.answer_after(self._chat, group=self._group, change=change)) > 0:
                await self._lines.rest(wait)
            else:
                return

    def done(self, *, change: bool) -> None:
        """Say that the platform answered."""
        self._lines.took(self._chat, group=self._group, answer=True, change=change)


class ChatLines:
    """The lines before one account's chats.

    A chat before which nobody stands has none.
    """

    def __init__(
        self,
        pace: Pace,
        ticks: Callable[[], float],
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Keep to ``pace``; ``ticks``: seconds that never go back."""
        self._turns = ChatTurns(pace)
        self._ticks = ticks
        self.rest = rest
        self._lines: dict[Hashable, _ChatLine] = {}

    # --- pushes ---

    def push_after(self, chat: Hashable, *, group: bool) -> float:
        """Return how many seconds a push to this chat waits."""
        now, line = self._ticks(), self._lines.get(chat)
        behind = BEHIND * max(1, line.answers) if line is not None else 0.0
        return max(behind, self._turns.free_at(chat, group, now) - now)

    def begin_push(self, chat: Hashable) -> None:
        """Let a push go to this chat, and answers wait."""
        self._line(chat).pushing = True

    def end_push(self, chat: Hashable, *, group: bool) -> None:
        """Say that the platform answered a push."""
        self.took(chat, group=group)
        line = self._lines[chat]
        if line.pushed is not None:
            line.pushed.set()
        line.pushing, line.pushed = False, None
        self._forget(chat, line)

    # --- answers ---

    @asynccontextmanager
    async def answer(self, chat: Hashable, *, group: bool) -> AsyncIterator[AnswerTurn]:
        """Come first in a chat's line, after the answers before."""
        line = self._line(chat)
        line.answers += 1
        line.order = line.order or asyncio.Lock()
        try:
            async with line.order:
                yield AnswerTurn(self, line, chat, group=group)
        finally:
            line.answers -= 1
            self._forget(chat, line)

    def waiting(self, chat: Hashable) -> int:
        """Return how many answers stand before a chat."""
        return line.answers if (line := self._lines.get(chat)) is not None else 0

    def answer_after(self, chat: Hashable, *, group: bool, change: bool = False) -> float:
        """Return how many seconds an answer to this chat waits."""
        now = self._ticks()
        return self._turns.free_at(chat, group, now, answer=True, change=change) - now

    # --- both ---

    def took(self, chat: Hashable, *, group: bool, answer: bool = False, change: bool = False) -> None:
        """Note that the platform answered a message to this chat just now."""
        self._turns.took(chat, group, self._ticks(), answer=answer, change=change)

    def hold(self, chat: Hashable, seconds: float) -> None:
        """Send a chat nothing for so many seconds, as the platform asked."""
        now = self._ticks()
        self._turns.hold(chat, now + seconds, now)

    def _line(self, chat: Hashable) -> _ChatLine:
        if (line := self._lines.get(chat)) is None:
            line = self._lines[chat] = _ChatLine()
        return line

    def _forget(self, chat: Hashable, line: _ChatLine) -> None:
        if not line.answers and not line.pushing:
            self._lines.pop(chat, None)
