"""Reads what an update says.

It tells who wrote or pressed what, in which chat, and whether it is meant for us. It does no I/O.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import constants

from bot.values.chats import ChatKind, Role, Target
from handlers import button_data
from handlers.attached import LARGEST, Attachment, OversizeError
from handlers.platforms.telegram.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Bot, CallbackQuery, Chat, Document, Message, User

KINDS = {
    constants.ChatType.PRIVATE: ChatKind.PRIVATE,
    constants.ChatType.GROUP: ChatKind.GROUP,
    constants.ChatType.SUPERGROUP: ChatKind.GROUP,
    constants.ChatType.CHANNEL: ChatKind.CHANNEL,
}
ALLOWED = (
    *("message", "edited_message", "channel_post", "callback_query", "inline_query", "chosen_inline_result"),
    "my_chat_member",
)
"""The kinds of updates that are asked for."""
LINKS = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.

    The name that commands know, what they are by the settings, and whether the chat itself speaks.
    """

    actor: str
    role: Role
    user_id: int | None = None
    """None: an anonymous admin, or a channel."""


@dataclass(frozen=True, slots=True)
class TelegramText:
    """A text that is for us, without our name.

    ``quoted`` if somebody else wrote it and it was forwarded.
    """

    target: Target
    kind: ChatKind
    person: Person
    text: str
    number: str = ""
    """The number of the message."""
    named: bool = False
    """Whether it calls us by our name."""
    quoted: bool = False
    links: tuple[str, ...] = ()
    """Addresses behind its words."""
    listed: str = ""
    """The list that the message shows which was answered."""


def target_of(chat: Chat, message: Message | None = None) -> Target:
    """Return where something was said.

    A topic of a forum is a thread of the group.
    """
    topic = message.message_thread_id if message is not None and message.is_topic_message else None
    return Target(NAME, str(chat.id), str(topic or ""), name=chat.title or "")


def kind(chat: Chat) -> ChatKind:
    """Return what kind of chat it is."""
    return KINDS[constants.ChatType(chat.type)]


def is_group(target: Target) -> bool:
    """Tell whether this is a group or a channel.

    Their numbers are negative.
    """
    return target.external_id.startswith("-")


def person(user: User | None, chat: Chat, sender: Chat | None, admins: Sequence[str]) -> Person:
    """Return who somebody is.

    Whoever speaks as the group or the channel itself is an admin of it.
    """
    if sender is not None and sender.id == chat.id:
        return Person(f"{NAME}:{chat.id}", Role.CHAT_ADMIN)
    if user is None:
        return Person(f"{NAME}:{chat.id}", Role.READER)
    actor = f"{NAME}:{user.id}"
    return Person(actor, Role.ADMIN if actor in admins else Role.READER, user.id)


def words(message: Message, username: str, admins: Sequence[str]) -> TelegramText | None:
    """Read a message; None if it is none of our business.

    In a group our business is a command, unless it names another bot, our name, and an answer to us; a channel's posts
    are its readers', so there it is commands alone.
    """
    text = message.text or message.caption
    if text is None or message.via_bot is not None:
        return None
    where, quoted = kind(message.chat), message.forward_origin is not None
    if quoted and where is not ChatKind.PRIVATE:
        return None
    if text.startswith("/") and not quoted:
        said, named = _command(text, username)
    elif where is ChatKind.PRIVATE:
        said, named = text, True
    else:
        said, named = _called(message, text, username) if where is ChatKind.GROUP else (None, False)
    if said is None:
        return None
    who = person(message.from_user, message.chat, message.sender_chat, admins)
    if where is ChatKind.CHANNEL:
        who = Person(who.actor, max(who.role, Role.CHAT_ADMIN))
    return TelegramText(
        *(target_of(message.chat, message), where, who, said, str(message.message_id)),
        named=named,
        quoted=quoted,
        links=_links(message),
        listed=_list_of(message.reply_to_message),
    )


def _links(message: Message) -> tuple[str, ...]:
    """Return the addresses that stand behind words of a message."""
    entities = (*message.entities, *message.caption_entities)
    return tuple(entity.url for entity in entities if entity.url)[:LINKS]


def attachment(document: Document, bot: Bot) -> Attachment:
    """Return a document as a command takes it."""

    async def load() -> bytes:
        file = await bot.get_file(document.file_id)
        if (file.file_size or 0) > LARGEST:
            raise OversizeError
        return bytes(await file.download_as_bytearray())

    return Attachment(document.file_name or "", document.mime_type or "", document.file_size or 0, load)


def _list_of(answered: Message | None) -> str:
    """Return the list that a message shows.

    Its buttons hold it; return "" if it shows none.
    """
    markup = answered.reply_markup if answered is not None else None
    rows = markup.inline_keyboard if markup is not None else ()
    return button_data.list_of(str(button.callback_data or "") for row in rows for button in row)


def holds(message: object, data: str) -> bool:
    """Return whether a message has a button for this.

    Clients may send what no button holds.
    """
    markup = getattr(message, "reply_markup", None)
    rows = markup.inline_keyboard if markup is not None else ()
    return any(button.callback_data == data for row in rows for button in row)


def presser(query: CallbackQuery, admins: Sequence[str]) -> Person:
    """Return who pressed a button.

    That is always a person, in a group of anonymous admins too.
    """
    actor = f"{NAME}:{query.from_user.id}"
    return Person(actor, Role.ADMIN if actor in admins else Role.READER, query.from_user.id)


def _command(text: str, username: str) -> tuple[str | None, bool]:
    """Take our name off a command, and say if it was there.

    The command is None if it names another bot.
    """
    first, *rest = text.split(maxsplit=1)
    command, at, name = first.partition("@")
    if at and name.casefold() != username.casefold():
        return None, False
    return " ".join((command, *rest)), bool(at)


def _called(message: Message, text: str, username: str) -> tuple[str | None, bool]:
    """Return what is said to us, and if by our name.

    It stands behind our name, or answers one of our messages.
    """
    name = re.compile(rf"(?<![\w@])@{re.escape(username)}(?!\w)", re.IGNORECASE | re.ASCII)
    if name.search(text):
        return " ".join(name.sub(" ", text).split(" ")).strip() or "/help", True
    answered = message.reply_to_message
    ours = answered is not None and answered.from_user is not None and answered.from_user.username == username
    return (text if ours else None), False
