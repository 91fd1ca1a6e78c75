"""Runs a conversation on the console.

It answers what is typed and shows what arrives.
"""

from __future__ import annotations

import dataclasses
import logging
import mimetypes
import os
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import anyio

from bot.articles.card.card import card
from bot.articles.card.view import View
from bot.clockwork.supervision import supervised
from bot.delivery.sender import Sender
from bot.values.chats import CardStyle, Chat
from bot.values.errors import StorageError
from bot.values.messages import File
from bot.values.wording import Wording, say
from handlers.attached import Attachment
from handlers.dialogue import Dialogue
from handlers.platforms.console.adapter import NAME, TRAITS, ConsolePlatform, role, target
from handlers.platforms.console.render import ConsoleLine, render

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.running.core import Core
    from bot.values.articles import Article
    from bot.values.chats import Role, Target
    from bot.values.messages import Message, Reply
    from handlers.context import Services
    from handlers.platforms.console.terminal import Terminal
    from handlers.router import Router

log = logging.getLogger(__name__)

HOW = Wording(
    "কী জানতে চান, লিখুন। যেমন: সর্বশেষ, ইরান, সাহায্য। বেরোতে Ctrl+D।",
    "Type what you want: latest, Iran, help. Ctrl+D to leave.",
)
ELSEWHERE = Wording(
    "এই নামে আরেকটি টার্মিনাল খোলা আছে; নতুন খবর সেখানেই দেখাবে।",
    "Another terminal is open under this name; new stories show there.",
)
LOOK = 0.5
"""Seconds between two tries to take over from another terminal, and between two looks at how something goes on."""
LONGEST_WATCH = 60.0
"""Seconds that a terminal waits for the end of what it started; `reach` tells the rest."""

SAMPLE_AFTER = 15.0
"""Seconds until the sample arrives."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One terminal, one chat."""

    core: Core
    terminal: Terminal
    name: str
    router: Router
    services: Services

    async def run(self, background: Callable[[], Awaitable[None]], sample: Article | None = None) -> None:
        """Talk until the terminal closes.

        ``background`` runs beside it, on a terminal that somebody sits at only: a pipe polls nothing. ``sample`` is
        shown once after a while, so that a newcomer sees how a headline arrives.
        """
        here = target(self.name)
        chat = await self.core.store.chats.ensure(here, self.core.clock())
        platform = ConsolePlatform(here, self.terminal.show)
        sender = Sender(
            self.core.store, platform, f"{NAME}-{os.getpid()}", self.core.clock, bot_name=self.services.bot_name
        )
        if not self.terminal.interactive:
            await self._answer_pipe(here, sender)
            return
        self.terminal.show([ConsoleLine(say(HOW, chat.language)), ConsoleLine()])
        async with anyio.create_task_group() as group:
            group.start_soon(supervised, "sender", lambda: self._send_for_ever(sender, chat))
            group.start_soon(supervised, "polling", background)
            if sample is not None:
                group.start_soon(self._arrive, platform, chat, sample)
            await self._answer(here)
            group.cancel_scope.cancel()

    @asynccontextmanager
    async def _lock(self) -> AsyncIterator[bool]:
        """Try to be the one that shows this chat's news.

        If no lock can be made (a full disk), answers go on.
        """
        async with AsyncExitStack() as stack:
            ours = False
            try:
                ours = await stack.enter_async_context(self.core.store.lock(f"sender-{NAME}-{self.name}"))
            except StorageError as error:
                log.warning("nothing is sent from here: %s", error)
            yield ours

    async def _answer_pipe(self, here: Target, sender: Sender) -> None:
        """Answer what is piped in, else show what is new.

        News that waited for this chat comes before and after.
        """
        async with self._lock() as ours:
            if ours:
                await sender.take_over()
                await self._deliver(sender)
            if not await self._answer(here):
                await self._reply(here, "/latest")
            if ours:
                await self._deliver(sender)

    async def _deliver(self, sender: Sender) -> None:
        """Show what is due by now.

        If nothing can be written, answers go on without it.
        """
        try:
            await self.core.engine.step_if_alone()
            await sender.step()
        except StorageError as error:
            log.warning("nothing is sent from here: %s", error)

    async def _answer(self, here: Target) -> int:
        answered = 0
        async for text in self.terminal.texts():
            if text.strip():
                await self._reply(here, text)
                answered += 1
        return answered

    async def _reply(self, here: Target, text: str) -> None:
        dialogue = Dialogue(self.router, self.services, self.core.clock, TRAITS)
        who = f"{NAME}:{self.name}", role(self.name, self.core.settings.admins)
        reply = await self._handed(dialogue, here, who, text) or await dialogue.reply(here, *who, text)
        known = await self.core.store.chats.find(here)
        if known is None:
            # All that was typed here was erased.
            self.terminal.forget()
        chat = known or Chat(0, here.platform, here.external_id)
        message = self._saved(reply.message)
        self.terminal.show([*render(message, chat.language, self.terminal.columns), ConsoleLine()])
        if reply.live is not None:
            await self._watch(reply.live, chat)

    async def _handed(self, dialogue: Dialogue, here: Target, who: tuple[str, Role], text: str) -> Reply | None:
        """Take a path as the file there, if one is asked for."""
        named = _named(text)
        return await dialogue.attached(here, *who, *named) if named is not None else None

    def _saved(self, message: Message) -> Message:
        """Put a message's files beside the archive.

        A terminal shows where they lie.
        """
        folder = self.core.settings.database_path.parent
        parts = tuple(_save(part, folder) if isinstance(part, File) else part for part in message.parts)
        return dataclasses.replace(message, parts=parts)

    async def _watch(self, live: Callable[[], Awaitable[Message | None]], chat: Chat) -> None:
        """Show how something goes on until it ends.

        A terminal shows each new state below the last.
        """
        before = None
        with anyio.move_on_after(LONGEST_WATCH if self.terminal.interactive else 0):
            while (message := await live()) is not None:
                if message != before:
                    self.terminal.show([*render(message, chat.language, self.terminal.columns), ConsoleLine()])
                before = message
                await anyio.sleep(LOOK)

    async def _send_for_ever(self, sender: Sender, chat: Chat) -> None:
        """Send whatever is due for this chat.

        While another terminal has the chat, wait to take over.
        """
        told = False
        while True:
            async with self._lock() as ours:
                if ours:
                    await sender.take_over()
                    await sender.run()
            if not told:
                self.terminal.show([ConsoleLine(say(ELSEWHERE, chat.language))])
                told = True
            await anyio.sleep(LOOK)

    async def _arrive(self, platform: ConsolePlatform, chat: Chat, sample: Article) -> None:
        await anyio.sleep(SAMPLE_AFTER)
        if await self.core.store.articles.get(sample.id) is not None:
            view = View(chat.language, ZoneInfo(chat.zone), self.core.clock(), TRAITS)
            await platform.send(target(self.name), card(sample, CardStyle.SUMMARY, view), f"sample-{sample.id}")


def _save(file: File, folder: Path) -> File:
    """Write a file that its owner alone may read.

    It replaces an older one. Return it by its path.
    """
    path = folder / Path(file.name).name
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
        opened.write(file.data)
    return dataclasses.replace(file, name=str(path))


def _named(text: str) -> tuple[str, Attachment] | None:
    """Part a text into a command and the file of a path.

    Return None if it names no file.
    """
    first, _, rest = text.strip().partition(" ")
    for words, path in (("", Path(text.strip()).expanduser()), (first, Path(rest.strip()).expanduser())):
        try:
            is_file, size = path.is_file(), path.stat().st_size if path.is_file() else 0
        except (OSError, ValueError):
            continue
        if is_file:
            load = partial(anyio.to_thread.run_sync, path.read_bytes)
            return words, Attachment(path.name, mimetypes.guess_type(path.name)[0] or "", size, load)
    return None
