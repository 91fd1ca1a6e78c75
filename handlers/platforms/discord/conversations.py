"""Answers messages in their channel.

They are direct ones, and those that mention us; within a channel one is answered after another.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.values.chats import ChatKind, Language
from bot.values.messages import Reply, plain
from bot.values.wording import say
from handlers.admission import ALONE, SLOWER, WRITTEN
from handlers.attached import LARGEST, NO_FILES, NOT_TEXT, Attachment
from handlers.platforms.discord import incoming

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.running.core import Core
    from bot.values.chats import Role
    from handlers.platforms.discord.incoming import DiscordText
    from handlers.platforms.discord.known import Known
    from handlers.platforms.discord.rest import Rest
    from handlers.service import AccountService

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DiscordConversations:
    """Answers what is written to one bot."""

    core: Core
    known: Known
    ours: str
    """The bot's own number."""
    service: AccountService
    rest: Rest
    _last: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def handle(self, raw: Mapping[str, Any], *, mended: bool = False) -> None:
        """Answer one message; whatever goes wrong in it stays in it.

        ``mended`` tells that its writer changed it.
        """
        try:
            words = incoming.words(raw, self._channel(raw), self.ours, self.core.settings.admins)
            files = incoming.attached(raw)
        except Exception as error:  # noqa: BLE001 - whatever an unexpected shape leads to
            log.warning("a message could not be read: %s", type(error).__name__)
            return
        if words is None or not await self._is_meant(words):
            return
        alone = words.where is ChatKind.PRIVATE
        if not alone and self.service.is_crowded(words.target):
            return
        if (slower := self.service.admission.ask(words.actor, ALONE if alone else WRITTEN)) is not None:
            if not slower.told:
                chat = await self.core.store.chats.find(words.target)
                language = chat.language if chat is not None else Language.BANGLA
                await self.service.say(words.target, plain(say(SLOWER, language, n=slower.seconds)))
            return
        lock = self._last.setdefault(words.target.external_id, asyncio.Lock())
        try:
            async with lock:
                if mended:
                    await self._mend(words)
                elif not await self._handed(words, files):
                    await self._answer(words)
        except Exception:
            log.exception("message %s", words.id)
        finally:
            if not lock.locked():
                self._last.pop(words.target.external_id, None)

    async def _handed(self, words: DiscordText, files: Sequence[Mapping[str, Any]]) -> bool:
        """Answer a file that something takes.

        A file without words is answered in any case; return whether it was.
        """
        reply = None
        if files:
            reply = await self.service.dialogue.attached(
                *(words.target, words.actor, words.role, words.text, self._attachment(files[0]), words.where),
                self._rank(words),
            )
        if reply is None and not words.text:
            chat = await self.core.store.chats.find(words.target)
            wording = NOT_TEXT if all(map(_is_seen_or_heard, files)) else NO_FILES
            reply = Reply(plain(say(wording, chat.language if chat is not None else Language.BANGLA)))
        if reply is not None:
            await self.service.answer(words.target, reply, f"answer-{words.id}")
        return reply is not None

    def _attachment(self, raw: Mapping[str, Any]) -> Attachment:
        address = str(raw.get("url") or "")

        async def load() -> bytes:
            return await self.rest.download(address, LARGEST)

        kind, size = str(raw.get("content_type") or ""), int(raw.get("size") or 0)
        return Attachment(str(raw.get("filename") or ""), kind, size, load)

    async def _answer(self, words: DiscordText) -> None:
        reply = await self.service.dialogue.reply(
            words.target,
            words.actor,
            words.role,
            words.text,
            kind=words.where,
            rank=self._rank(words),
            quoted=words.quoted,
            links=words.links,
            listed=words.listed,
        )
        await self.service.answer(words.target, reply, f"answer-{words.id}", to=words.id)

    async def _mend(self, words: DiscordText) -> None:
        """Answer anew what was mended within a minute.

        It is answered only if it asks to be shown something.
        """
        ref = self.service.mending.find(words.target.external_id, words.id)
        if ref is None or words.quoted:
            return
        dialogue = self.service.dialogue
        reply = await dialogue.mend(words.target, words.actor, words.text, words.where, words.listed)
        if reply is not None:
            await self.service.answer_in_place(ref, reply)

    async def _is_meant(self, words: DiscordText) -> bool:
        """Tell whether this is for us.

        Members talk about what we post, too.
        """
        return words.named or await self.service.dialogue.is_meant(words.target, words.actor, words.text)

    def _channel(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what is known of a message's channel.

        The message itself names no more than its number.
        """
        number = str(raw.get("channel_id", ""))
        found = self.known.channel(number)
        kind, parent = getattr(getattr(found, "type", None), "value", None), getattr(found, "parent_id", None)
        return {"id": number, "type": kind, "parent_id": parent}

    def _rank(self, words: DiscordText) -> Callable[[], Awaitable[Role]]:
        """Return a reader's rank.

        Nobody is an admin by words alone: what changes a channel is a slash command, and the server says whose.
        """

        async def rank() -> Role:
            return words.role

        return rank


def _is_seen_or_heard(file: Mapping[str, Any]) -> bool:
    return str(file.get("content_type") or "").startswith(("image/", "audio/", "video/"))
