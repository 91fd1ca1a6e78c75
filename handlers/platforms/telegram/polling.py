"""Long polling: updates come once, are answered side by side, and are confirmed when they are.

The library's own polling confirms a batch as soon as it has it, so a process that dies loses up to a hundred questions.
Here a batch is confirmed after its answers, or after a moment for those that take long.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.model import Language
from bot.wording import Wording, say
from handlers.platforms.telegram.incoming import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot, Update

log = logging.getLogger(__name__)

HELD = 25
"""Seconds that the platform holds an empty answer."""
TOGETHER = 1.0
"""Seconds that a batch waits for its slowest answer before it is confirmed without it."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
SECOND = Wording(
    "আরেকটি প্রোগ্রাম একই টোকেনে চলছে, তাই এখানে বার্তা আসছে না। একটি বন্ধ করুন।",
    "Another program runs with the same token, so no messages arrive here. Stop one of them.",
)


class InOrder:
    """Answers updates: those of one chat one after another, those of different chats at once."""

    def __init__(self, handle: Callable[[Update], Awaitable[None]]) -> None:
        """Answer each by ``handle``, which raises nothing."""
        self._handle = handle
        self._last: dict[int, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, update: Update) -> asyncio.Task[None]:
        """Begin to answer an update."""
        chat = update.effective_chat.id if update.effective_chat else 0
        before = self._last.get(chat) if chat else None
        task = asyncio.create_task(self._after(before, update))
        self._running.add(task)
        if chat:
            self._last[chat] = task
        task.add_done_callback(lambda done: self._ended(done, chat))
        return task

    async def finish(self) -> None:
        """Wait until all that was begun is answered."""
        while self._running:
            await asyncio.wait(self._running)

    def _ended(self, task: asyncio.Task[None], chat: int) -> None:
        self._running.discard(task)
        if self._last.get(chat) is task:
            del self._last[chat]

    async def _after(self, before: asyncio.Task[None] | None, update: Update) -> None:
        if before is not None:
            await asyncio.wait({before})
        await self._handle(update)


async def poll(bot: Bot, answering: InOrder, alert: Callable[[str], Awaitable[None]]) -> None:
    """Ask for updates until cancelled; a network that is gone is asked again, ever more slowly."""
    after, wait, told = 0, FIRST_WAIT, False
    while True:
        try:
            updates = await bot.get_updates(offset=after, timeout=HELD, allowed_updates=list(ALLOWED))
        except Conflict:
            if not told:
                await alert(say(SECOND, Language.BANGLA))
            told = True
            await asyncio.sleep(LONGEST_WAIT)
            continue
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("updates could not be fetched: %s", type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        wait, told = FIRST_WAIT, False
        begun = {answering.begin(update) for update in updates}
        if begun:
            await asyncio.wait(begun, timeout=TOGETHER)
            after = updates[-1].update_id + 1
