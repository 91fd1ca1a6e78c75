"""Follows the bot's comings and goings in chats.

What a chat's state becomes, and what a group is told.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import ChatMember

from bot.subscriptions.choosing import STOPPED
from bot.values.calls import call
from bot.values.chats import ChatKind, ChatState
from bot.values.messages import Choice, Choices, Message, paragraph
from bot.values.wording import Wording, say
from handlers.platforms.telegram import incoming

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated

    from bot.running.core import Core
    from bot.values.chats import Chat

log = logging.getLogger(__name__)

ADDED = Wording(
    "{bot} যোগ হলো। এখনো কিছু পাঠানো হবে না। গ্রুপের কোনো অ্যাডমিন নিচের বাটনে চাপলে এক মিনিটে সাজানো যাবে।",
    "{bot} is here. Nothing will be posted until an admin sets it up.",
)
ARRANGE = Wording("⚙️ গ্রুপের জন্য সাজান", "⚙️ Set up for this group")
BLOCKED, KICKED, MUTED = "bot was blocked", "bot was removed", "no right to write"
_OUT = (ChatMember.LEFT, ChatMember.BANNED)


async def changed(core: Core, change: ChatMemberUpdated) -> Message | None:
    """Note our rights; return what is to be said.

    What we may do in a chat from now on.
    """
    kind = incoming.kind(change.chat)
    target = incoming.place(change.chat)
    chat = await core.store.chats.ensure(target, core.clock(), kind)
    was, now = change.old_chat_member, change.new_chat_member
    if (reason := _silenced(kind, now)) is not None:
        state = ChatState.PAUSED if reason == MUTED else ChatState.GONE
        await core.store.chats.set_state(chat.id, state, reason, core.clock())
        log.warning("%s: %s", target.external_id, reason)
        return None
    if chat.state is not ChatState.ACTIVE and chat.reason != STOPPED:
        await core.store.chats.set_state(chat.id, ChatState.ACTIVE, "", core.clock())
    added = was.status in _OUT and kind is ChatKind.GROUP
    return _greeting(chat, core.settings.bot_name) if added else None


def _silenced(kind: ChatKind, now: ChatMember) -> str | None:
    """Return why nothing can be sent there, or None if it can."""
    if now.status in _OUT:
        return BLOCKED if kind is ChatKind.PRIVATE else KICKED
    if kind is ChatKind.CHANNEL:
        return None if getattr(now, "can_post_messages", False) else MUTED
    return None if getattr(now, "can_send_messages", True) else MUTED


def _greeting(chat: Chat, bot_name: str) -> Message:
    text = say(ADDED, chat.language, bot=bot_name)
    arrange = Choice(say(ARRANGE, chat.language), call("settings"))
    return Message((paragraph(text), Choices(((arrange,),))), text, chat.language)
