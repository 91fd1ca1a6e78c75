"""Publishes the menu and the bot's profile.

The menu stands beside the field where one writes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.values.chats import ChatKind, Language, Role
from bot.values.wording import Wording, say
from handlers.platforms.telegram.answers import reason
from handlers.platforms.telegram.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from telegram import Bot

    from bot.values.chats import Chat
    from handlers.command import Command

log = logging.getLogger(__name__)

ABOUT = Wording(
    "বাংলা খবর, আপনার পছন্দমতো: শিরোনাম, তিন বাক্যে মূল কথা, আর সূত্র।",
    "Bengali news, your way: the headline, the point in three sentences, and the source.",
)
DESCRIPTION = Wording(
    "বাংলাদেশ, পশ্চিমবঙ্গ ও বিশ্বের খবর, বাংলা সংবাদমাধ্যম থেকে।\n\n"
    "• শুধু আপনার পছন্দের বিষয়\n"
    "• এলেই, অথবা দিনে দুবার একসঙ্গে\n"
    "• প্রতিটি খবরে সংবাদমাধ্যম ও সূত্রের নাম\n"
    "• রাতে ঘুম ভাঙাবে না\n\n"
    "শুরু করতে নিচের START চাপুন।",
    "News of Bangladesh, West Bengal and the world, from Bengali outlets.\n\nPress START to begin.",
)


class Menus:
    """The menus of one bot."""

    def __init__(self, bot: Bot, commands: Mapping[str, Command], admins: Sequence[str]) -> None:
        """Keep the menus of ``commands``; admins have theirs in their own chats."""
        self._bot = bot
        self._commands = commands
        self._admins = {
            number for platform, _, number in (admin.partition(":") for admin in admins) if platform == NAME
        }
        self._english: set[str] = set()

    async def publish(self) -> None:
        """Publish the menus.

        The Bengali menu has no language, for readers of Bengali mostly run their phone in English.
        """
        bangla = Language.BANGLA
        await self._set(_readers(self._commands), bangla, BotCommandScopeDefault())
        await self._set(_readers(self._commands, in_groups=True), bangla, BotCommandScopeAllGroupChats())
        for number in filter(str.isdecimal, self._admins):
            try:
                await self._set(self._theirs(number), bangla, BotCommandScopeChat(int(number)))
            except TelegramError as error:
                # Who never wrote to the bot has no chat with it.
                log.warning("the menu of admin %s: %s", number, reason(error))
        await self._bot.set_my_short_description(say(ABOUT, bangla))
        await self._bot.set_my_description(say(DESCRIPTION, bangla))

    async def follow(self, chat: Chat) -> None:
        """Give a private chat its menu in the language that it chose."""
        english = chat.language is Language.ENGLISH
        number = chat.external_id
        if chat.kind is not ChatKind.PRIVATE or english == (number in self._english):
            return
        await self._set(self._theirs(number), chat.language, BotCommandScopeChat(int(number)))
        (self._english.add if english else self._english.discard)(number)

    def _theirs(self, number: str) -> tuple[Command, ...]:
        readers = _readers(self._commands)
        theirs = [command for command in self._commands.values() if command.role > Role.READER]
        return (*readers, *theirs) if number in self._admins else readers

    async def _set(self, commands: Sequence[Command], language: Language, scope: BotCommandScope) -> None:
        await self._bot.set_my_commands(_menu(commands, language), scope=scope)


def _readers(commands: Mapping[str, Command], *, in_groups: bool = False) -> tuple[Command, ...]:
    """Return the commands of the menu, in its order."""
    placed = [(one.menu.order, one) for one in commands.values() if one.menu and (one.menu.in_groups or not in_groups)]
    return tuple(command for _, command in sorted(placed, key=lambda one: one[0]))


def _menu(commands: Iterable[Command], language: Language) -> list[BotCommand]:
    return [BotCommand(command.name, say(command.summary, language)) for command in commands]
