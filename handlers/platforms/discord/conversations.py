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
from handlers.platforms.discord import incoming

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

    async def handle(self, raw: Mapping[str, Any]) -> None:
        """Answer one message; whatever goes wrong in it stays in it."""
        try:
            words = incoming.words(raw, self._channel(raw), self.ours, self.core.settings.admins)
        except Exception as error:  # noqa: BLE001 - whatever an unexpected shape leads to
            log.warning("a message could not be read: %s", type(error).__name__)
            return
        if words is None:
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
                await self._answer(words)
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
            listed=words.listed,
        )
        await self.service.answer(words.target, reply, f"answer-{words.id}")

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
