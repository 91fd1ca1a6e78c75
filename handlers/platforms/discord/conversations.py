"""Answers messages in their channel.

Direct ones, and those that mention us; one after another within a channel.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.values.chats import ChatKind, Language
from bot.values.messages import plain
from bot.values.wording import say
from handlers.admission import ALONE, SLOWER, WRITTEN
from handlers.dialogue import NOT_TEXT
from handlers.platforms.discord import incoming
from handlers.platforms.discord.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.running.core import Core
    from bot.values.chats import Role
    from handlers.platforms.discord.incoming import DiscordText
    from handlers.platforms.discord.known import Known
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
    _last: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def handle(self, raw: Mapping[str, Any], *, mended: bool = False) -> None:
        """Answer one message; whatever goes wrong in it stays in it.

        ``mended``: its writer changed it.
        """
        words = incoming.words(raw, self._channel(raw), self.ours, self.core.settings.admins)
        if words is None:
            if not mended and incoming.shows(raw):
                await self._tell_no_text(raw)
            return
        if not await self._is_meant(words):
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
        turn = self._last.setdefault(words.target.external_id, asyncio.Lock())
        try:
            async with turn:
                await (self._mend(words) if mended else self._answer(words))
        except Exception:
            log.exception("message %s", words.id)
        finally:
            if not turn.locked():
                self._last.pop(words.target.external_id, None)

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
        """Answer anew what was mended within a minute, if it only asks to be shown something."""
        ref = self.service.mending.find(words.target.external_id, words.id)
        if ref is None or words.quoted:
            return
        dialogue = self.service.dialogue
        reply = await dialogue.mend(words.target, words.actor, words.text, words.where, words.listed)
        if reply is not None:
            await self.service.answer_in_place(ref, reply)

    async def _is_meant(self, words: DiscordText) -> bool:
        """Tell whether this is for us: members talk about what we post, too."""
        return words.named or await self.service.dialogue.is_meant(words.target, words.actor, words.text)

    async def _tell_no_text(self, raw: Mapping[str, Any]) -> None:
        """Say once that pictures and voices are not read."""
        target, _ = incoming.place({"id": raw.get("channel_id", "")}, "", str((raw.get("author") or {}).get("id", "")))
        if self.service.admission.ask(f"{NAME}:{target.external_id}", ALONE) is not None:
            return
        chat = await self.core.store.chats.find(target)
        language = chat.language if chat is not None else Language.BANGLA
        await self.service.say(target, plain(say(NOT_TEXT, language)), f"answer-{raw.get('id', '')}")

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
