"""From a direct message, or one that mentions us, to the answer in its channel: one after another within a channel."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.ports.platform import Refused, Sent
from handlers.platforms.discord import incoming

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.delivery.pacing import Pacer
    from bot.running.core import Core
    from bot.values.chats import Chat, Role, Target
    from bot.values.messages import Message
    from handlers.platforms.discord.account import DiscordAccount
    from handlers.platforms.discord.incoming import Words
    from handlers.platforms.discord.known import Known
    from handlers.router import Dialogue

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Conversations:
    """Answers what is written to one bot."""

    core: Core
    account: DiscordAccount
    dialogue: Dialogue
    pacer: Pacer
    known: Known
    ours: str
    """The bot's own number."""
    spoke: Callable[[Chat], None]
    """Told of every chat that was answered, so that pushes keep their distance."""
    _last: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def handle(self, raw: Mapping[str, Any]) -> None:
        """Answer one message; whatever goes wrong in it stays in it."""
        words = incoming.words(raw, self._channel(raw), self.ours, self.core.settings.admins)
        if words is None:
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

    async def _answer(self, words: Words) -> None:
        reply = await self.dialogue.reply(
            words.target, words.actor, words.role, words.text, kind=words.where, rank=self._rank(words)
        )
        await self._say(words.target, reply.message, f"answer-{words.id}")
        if reply.then is not None:
            await self._say(words.target, reply.then, f"then-{words.id}")

    async def _say(self, target: Target, message: Message, key: str) -> None:
        async with self.pacer.reply():
            result = await self.account.send(target, message, key)
            if isinstance(result, Refused):
                result = await self.account.send_plain(target, message)
        if not isinstance(result, Sent):
            log.warning("an answer did not arrive: %s", result)
            return
        chat = await self.core.store.chats.find(target)
        if chat is not None:
            self.spoke(chat)

    def _channel(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what is known of a message's channel: the message itself names no more than its number."""
        number = str(raw.get("channel_id", ""))
        found = self.known.channel(number)
        kind, parent = getattr(getattr(found, "type", None), "value", None), getattr(found, "parent_id", None)
        return {"id": number, "type": kind, "parent_id": parent}

    def _rank(self, words: Words) -> Callable[[], Awaitable[Role]]:
        """Nobody is an admin by words alone: what changes a channel is a slash command, and the server says whose."""

        async def rank() -> Role:
            return words.role

        return rank
