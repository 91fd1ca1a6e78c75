"""The menu beside the field where one writes, and what stands in the bot's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

from bot.model import Language, Role
from bot.wording import Wording, say
from handlers.platforms.telegram.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from telegram import Bot

    from handlers.command import Command

PRIVATE = ("latest", "today", "search", "topics", "follow", "following", "settings", "help")
GROUP = ("latest", "today", "search", "settings", "help")
LABELS = {
    "latest": Wording("সর্বশেষ খবর", "Latest news"),
    "today": Wording("আজকের খবর, একনজরে", "Today at a glance"),
    "search": Wording("যেকোনো খবর খুঁজুন", "Search the news"),
    "topics": Wording("বিভাগ ও আলোচিত বিষয়", "Sections and busy topics"),
    "follow": Wording("কোনো বিষয় ফলো করুন", "Follow a topic"),
    "following": Wording("যা ফলো করছেন", "What you follow"),
    "settings": Wording("সময়, নীরব সময়, ভাষা", "Times, quiet hours, language"),
    "help": Wording("কীভাবে ব্যবহার করবেন", "How to use it"),
}
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


async def publish(bot: Bot, commands: Mapping[str, Command], admins: Sequence[str]) -> None:
    """Set the menus: Bengali without a language, for readers of Bengali mostly run their phone in English."""
    bangla = Language.BANGLA
    await bot.set_my_commands(_menu(PRIVATE, commands, bangla), scope=BotCommandScopeDefault())
    await bot.set_my_commands(_menu(GROUP, commands, bangla), scope=BotCommandScopeAllGroupChats())
    theirs = [name for name, command in commands.items() if command.role > Role.READER and not command.hidden]
    for admin in admins:
        platform, _, number = admin.partition(":")
        if platform == NAME and number.isdecimal():
            menu = _menu((*PRIVATE, *theirs), commands, bangla)
            await bot.set_my_commands(menu, scope=BotCommandScopeChat(int(number)))
    await bot.set_my_short_description(say(ABOUT, bangla))
    await bot.set_my_description(say(DESCRIPTION, bangla))


async def in_language(bot: Bot, chat_id: str, commands: Mapping[str, Command], language: Language) -> None:
    """Give one chat its menu in the language that it chose."""
    await bot.set_my_commands(_menu(PRIVATE, commands, language), scope=BotCommandScopeChat(int(chat_id)))


def _menu(names: Iterable[str], commands: Mapping[str, Command], language: Language) -> list[BotCommand]:
    return [
        BotCommand(name, say(LABELS.get(name, commands[name].summary), language)) for name in names if name in commands
    ]
