"""Follows the bot's comings and goings in chats.

It decides a chat's state, and what a group is told.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import ChatMember

from bot.subscriptions import choosing
from bot.subscriptions.choosing import STOPPED
from bot.subscriptions.outlook import OFF, ON_AGAIN
from bot.values.calls import call
from bot.values.chats import ChatKind, ChatState
from bot.values.messages import Choice, Choices, Message, paragraph
from bot.values.wording import Wording, say
from handlers.platforms.telegram import incoming

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated

    from bot.running.core import Core
    from bot.values.chats import Language, Target

log = logging.getLogger(__name__)

ADDED = Wording(
    "‘{bot}’ যোগ হলো। এখনো কিছু পাঠানো হবে না। গ্রুপের কোনো অ্যাডমিন নিচের বাটনে চাপলে এক মিনিটে সাজানো যাবে।",
    "{bot} is here. Nothing will be posted until an admin sets it up.",
)
ARRANGE = Wording("⚙️ গ্রুপের জন্য সাজান", "⚙️ Set up for this group")
BACK = Wording(
    "‘{bot}’ আবার যোগ হলো। আগের তালিকা আছে, খবর আসতে থাকবে।", "{bot} is back. Its list is kept, and news goes on."
)
BACK_OFF = Wording("‘{bot}’ আবার যোগ হলো। আগের তালিকা আছে।", "{bot} is back. Its list is kept.")
LOOK = Wording("⚙️ দেখুন", "⚙️ Look")
KEEP_OFF = Wording("বন্ধ রাখুন", "Keep it off")
BLOCKED, KICKED, MUTED = "bot was blocked", "bot was removed", "no right to write"
_OUT = (ChatMember.LEFT, ChatMember.BANNED)


def is_new(change: ChatMemberUpdated) -> bool:
    """Tell whether somebody brings the bot into a chat."""
    return change.old_chat_member.status in _OUT and change.new_chat_member.status not in _OUT


async def changed(core: Core, change: ChatMemberUpdated, account: str = "") -> Message | None:
    """Note what an account may do in a chat from now on.

    Return what is to be said.
    """
    kind = incoming.kind(change.chat)
    target = replace(incoming.target_of(change.chat), account=account)
    was, now = change.old_chat_member, change.new_chat_member
    if (reason := _silenced(kind, now)) is not None:
        known = await core.store.chats.find(target)
        # That its own people stopped it holds when we come back, too.
        if known is not None and known.reason != STOPPED:
            state = ChatState.PAUSED if reason == MUTED else ChatState.GONE
            await core.store.chats.set_state(known.id, state, reason, core.clock(), account)
            log.warning("chat %s: %s", known.id, reason)
        return None
    chat = await core.store.chats.ensure(target, core.clock(), kind)
    if chat.state is not ChatState.ACTIVE and chat.reason != STOPPED:
        await core.store.chats.set_state(chat.id, ChatState.ACTIVE, "", core.clock())
    added = was.status in _OUT and kind is ChatKind.GROUP
    return await greeting(core, target) if added else None


async def greeting(core: Core, target: Target, *, moved: bool = False) -> Message | None:
    """Say in a group that we are there, and what comes.

    That is nothing yet, or what was chosen before, unless it is off. A group that ``moved`` has heard already that
    nothing comes yet.
    """
    chat, bot_name = await core.store.chats.find(target), core.settings.bot_name
    if chat is None:
        return None
    language = chat.language
    arrange = Choice(say(ARRANGE, language), call("settings"))
    if not await choosing.follows(core.store, chat):
        return None if moved else _said(say(ADDED, language, bot=bot_name), language, arrange)
    if chat.state is not ChatState.ACTIVE:
        text = f"{say(BACK_OFF, language, bot=bot_name)} {say(OFF, language)}"
        return _said(text, language, Choice(say(ON_AGAIN, language), call("resume")))
    look, off = Choice(say(LOOK, language), call("settings")), Choice(say(KEEP_OFF, language), call("stop"))
    return _said(say(BACK, language, bot=bot_name), language, look, off)


def _silenced(kind: ChatKind, now: ChatMember) -> str | None:
    """Return why nothing can be sent there, or None if it can."""
    if now.status in _OUT:
        return BLOCKED if kind is ChatKind.PRIVATE else KICKED
    if kind is ChatKind.CHANNEL:
        return None if getattr(now, "can_post_messages", False) else MUTED
    return None if getattr(now, "can_send_messages", True) else MUTED


def _said(text: str, language: Language, *row: Choice) -> Message:
    return Message((paragraph(text), Choices((row,))), text, language)
