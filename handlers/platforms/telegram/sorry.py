"""Says sorry while the archive's server is away.

A process that lost its lease because nobody can be asked receives on: nobody can take it over. Whoever writes in
private, calls the bot by its name or presses a button hears that something is wrong; all else is kept until it can be
done. It ends when the server answers again, or when another process fetches the updates: that one has reached it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from telegram.error import Conflict, TelegramError

from bot.ports.store import STAND_BY
from bot.values.chats import ChatKind, Language
from bot.values.errors import StorageError
from bot.values.wording import say
from handlers.dialogue import PASSING
from handlers.platforms.telegram import answers, incoming
from handlers.platforms.telegram.polling import HELD
from handlers.platforms.telegram.updates import number_of, readable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from telegram import Update

    from bot.ports.store import Store
    from handlers.platforms.telegram.polling import PolledBot, Progress

log = logging.getLogger(__name__)
T = TypeVar("T")


class Apologies:
    """Speaks for one bot whose archive cannot be asked."""

    def __init__(self, bot: PolledBot, store: Store, progress: Progress) -> None:
        """Receive as ``bot``, on from where it was."""
        self._bot = bot
        self._store = store
        self._progress = progress
        self._task: asyncio.Task[int] | None = None
        self._saying: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[None]:
        """Leave no apology running behind the block."""
        try:
            yield
        finally:
            await ended(self._task)

    def begin(self) -> None:
        """Receive on, unless the archive answers."""
        self._progress.is_bereft = True
        self._task = asyncio.create_task(self.meanwhile(self._store.changed))

    async def meanwhile(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask the archive until it answers; whoever lost it says sorry meanwhile."""
        if not self._progress.is_bereft:
            return await ask()
        receiving = asyncio.create_task(self._receive())
        try:
            while True:
                try:
                    answer = await ask()
                except StorageError:
                    await asyncio.sleep(STAND_BY)
                else:
                    self._progress.is_bereft = False
                    return answer
        finally:
            await ended(receiving)
            if self._saying is not None:
                with anyio.CancelScope(shield=True):
                    await asyncio.wait({self._saying})

    async def _receive(self) -> None:
        # An archive that is well answers before: then another process may receive by now.
        await asyncio.sleep(STAND_BY)
        log.warning("the archive cannot be asked: whoever writes hears that something is wrong")
        while True:
            try:
                came = await self._bot.fetch(self._progress.begun, HELD)
            except Conflict:
                self._progress.is_bereft = False
                return
            except TelegramError:
                came = []
            if came:
                # Whoever ends this lets what came be answered: it does not come again.
                self._progress.begun = max((number_of(raw) or 0) + 1 for raw in came)
                self._saying = asyncio.create_task(self._take(came))
                await asyncio.shield(self._saying)
            else:
                # A server that holds no answer is not asked as fast as it answers.
                await asyncio.sleep(STAND_BY)

    async def _take(self, came: Sequence[dict[str, Any]]) -> None:
        """Say sorry, once in a chat; keep what is no question."""
        told = set[object]()
        for raw in came:
            update = readable(raw, self._bot)
            if update is None or update.inline_query is not None:
                continue
            try:
                if not await self._answered(update, told):
                    self._progress.kept.append(update)
            except TelegramError as error:
                log.warning("update %s could not be answered: %s", update.update_id, answers.reason(error))

    async def _answered(self, update: Update, told: set[object]) -> bool:
        sorry = say(PASSING, Language.BANGLA)
        if update.callback_query is not None:
            await update.callback_query.answer(sorry, show_alert=True)
            return True
        words = incoming.words(update.message, self._bot.username, ()) if update.message is not None else None
        if words is None or not (words.named or words.kind is ChatKind.PRIVATE):
            return False
        if words.target not in told:
            told.add(words.target)
            thread = int(words.target.thread) if words.target.thread else None
            await self._bot.send_message(int(words.target.external_id), sorry, message_thread_id=thread)
        return True


async def ended(task: asyncio.Task[T] | None) -> None:
    """End a task, whatever it does."""
    if task is not None:
        task.cancel()
        with anyio.CancelScope(shield=True):
            await asyncio.wait({task})
