"""Reads what Telegram's answers mean for a message.

It reads the transport's errors too, for a message that was to be sent or edited. The phrases are those of the Bot API
server (telegram-bot-api/Client.cpp), of the library under it (td/telegram) and, in capitals, of the servers behind
both. python-telegram-bot takes their beginning away and changes their case, so they are compared without it. A phrase
stands for every answer that it is a part of; the first one counts.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.ports.platform import Barred, Closed, Gone, Lost, Moved, Postponed, Refused, Scope, Sent, Unavailable, Unknown
from handlers.platforms.telegram.posting import PostDoubtfulError, PostNotSentError

if TYPE_CHECKING:
    from bot.ports.platform import SendResult
    from bot.values.delivery import Ref

    Means = type[Barred | Closed | Gone | Lost | Refused | Unavailable | Unknown]


class Phrase(NamedTuple):
    """Words of an answer, what they mean, and whose they are."""

    words: str
    means: Means
    source: str


PHRASES = (
    # No chat's fault.
    Phrase("unauthorized", Barred, "Client::get_closing_error, ClientManager: a revoked token"),
    Phrase("logged out", Barred, "Client::get_closing_error: after logOut, for ten minutes"),
    Phrase("unallowed token", Barred, "ClientManager, 421: a Bot API server of one's own that serves other bots"),
    Phrase("FROZEN_METHOD_INVALID", Barred, "server, 406 made 400: the account is frozen"),
    # The chat can no longer be reached.
    Phrase("bot was blocked by the user", Gone, "fail_query_with_error: USER_IS_BLOCKED"),
    Phrase("user is deactivated", Gone, "check_chat_access; fail_query_with_error: INPUT_USER_DEACTIVATED"),
    Phrase("bot was kicked from", Gone, "check_chat_access: group, supergroup or channel"),
    Phrase("bot is not a member of", Gone, "check_chat_access: group, supergroup or channel"),
    Phrase("the group chat was deleted", Gone, "check_chat_access"),
    Phrase("chat not found", Gone, "TdOnCheckChatCallback; «private chat not found»: check_chat_access"),
    Phrase("can't initiate conversation with a user", Gone, "td MessagesManager: PEER_ID_INVALID"),
    Phrase("can't send messages to the bot", Gone, "td MessagesManager: USER_IS_BOT"),
    Phrase("PEER_ID_INVALID", Gone, "server"),
    Phrase("CHANNEL_PRIVATE", Gone, "server"),
    Phrase("have no write access to the chat", Gone, "td DialogManager::can_send_message_to_dialog"),
    # It is there, but takes nothing from us, or nothing in this topic.
    Phrase("TOPIC_CLOSED", Closed, "server"),
    Phrase("TOPIC_DELETED", Closed, "server"),
    Phrase("message thread not found", Closed, "check_message_topic, TdOnCheckForumTopicCallback"),
    Phrase("not enough rights", Closed, "td can_send_message_content: «… to send text messages to the chat»"),
    Phrase("have no rights to send a message", Closed, "an older server's CHAT_WRITE_FORBIDDEN"),
    Phrase(
        "need administrator rights", Closed, "td DialogManager::can_send_message_to_dialog: «… in the channel chat»"
    ),
    Phrase("CHAT_WRITE_FORBIDDEN", Closed, "server"),
    Phrase("CHAT_ADMIN_REQUIRED", Closed, "server"),
    Phrase("CHAT_RESTRICTED", Closed, "server"),
    Phrase("CHAT_GUEST_SEND_FORBIDDEN", Closed, "server: only members may write"),
    Phrase("CHAT_SEND_", Closed, "server: CHAT_SEND_PLAIN_FORBIDDEN, CHAT_SEND_PHOTOS_FORBIDDEN and others"),
    Phrase("USER_BANNED_IN_CHANNEL", Closed, "server: the bot may write in no public group for now"),
    Phrase("ALLOW_PAYMENT_REQUIRED", Closed, "server: the chat charges for messages"),
    # The message that was to be changed or answered.
    Phrase("message to edit not found", Lost, "check_message: deleted, or from before the chat moved"),
    Phrase("message can't be edited", Lost, "td MessagesManager: too old, or another's"),
    Phrase("MESSAGE_EDIT_TIME_EXPIRED", Lost, "server"),
    Phrase("MESSAGE_ID_INVALID", Lost, "server"),
    Phrase("MESSAGE_AUTHOR_REQUIRED", Lost, "server"),
    Phrase("there is no text in the message to edit", Lost, "td MessagesManager: it is a photo"),
    Phrase("there is no caption in the message to edit", Lost, "td MessagesManager: it is a text"),
    Phrase("message to delete not found", Lost, "check_message: gone already"),
    Phrase("message can't be deleted", Lost, "fail_query_with_error: MESSAGE_DELETE_FORBIDDEN"),
    # Only this row: the same message is well in other chats.
    Phrase("message to be replied not found", Lost, "check_reply_parameters, unless it may go without"),
    Phrase("REPLY_MESSAGE_ID_INVALID", Lost, "server"),
    # Certainly not carried out, or nobody knows.
    Phrase("request aborted", Unknown, "td, 500: it was on its way when the server went down"),
    Phrase("was immediately deleted", Unknown, "Client::delete_message, 500: it may have been seen"),
    Phrase("internal server error", Unavailable, "fail_query_with_error, 500, in the platform's own words"),
)

NOT_MODIFIED = "message is not modified"
"""fail_query_with_error: MESSAGE_NOT_MODIFIED. An edit that changes nothing has done what it was to do."""

ABOUT_PICTURE = (
    "wrong type of the web page content",  # WEBPAGE_MEDIA_EMPTY
    "failed to get http url content",  # WEBPAGE_CURL_FAILED
    "wrong http url specified",  # EXTERNAL_URL_INVALID
    "wrong file identifier/http url specified",  # td: MEDIA_EMPTY
    "can't upload file by url",
    "photo has unsupported extension",
    "file is too big",
    "PHOTO_INVALID",  # …_DIMENSIONS
    "IMAGE_PROCESS_FAILED",
    "message caption is too long",
    "not enough rights to send photos",
    "CHAT_SEND_PHOTOS_FORBIDDEN",
    "CHAT_SEND_MEDIA_FORBIDDEN",
)
"""The same as a text, with the picture in its preview, may go through."""

_TOKEN = re.compile(r"(?<!\d)\d++:[\w-]{20,}")
_PERSON = re.compile(r"\d{7,}")
"""Who somebody is; seconds and offsets are shorter."""
_SUPERGROUP = re.compile(r"-\d{1,19}")
_LONGEST_REASON = 200


def after_send(error: Exception) -> SendResult:
    """Return what an error means for a message being sent."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        # Whether the chat or the whole account is meant, the platform does not say.
        return Postponed(wait if isinstance(wait, timedelta) else timedelta(seconds=wait), Scope.UNSAID)
    if isinstance(error, ChatMigrated):
        number = str(error.new_chat_id)
        # A supergroup's number; whatever else stands there leads nowhere.
        return Moved(number) if _SUPERGROUP.fullmatch(number) else Unavailable("moved, and not said where")
    return _means(error)(reason(error))


def after_edit(error: Exception, ref: Ref) -> SendResult:
    """Return what an error means for a message being changed."""
    if isinstance(error, BadRequest) and _says(error, NOT_MODIFIED):
        return Sent(ref.message_id, ref.form)
    return after_send(error)


def about_picture(error: Exception) -> bool:
    """Return whether the picture was refused.

    The same message goes once more as a text.
    """
    return isinstance(error, BadRequest | Forbidden) and _says(error, *ABOUT_PICTURE)


def reason(error: Exception) -> str:
    """Return an error as one line.

    The library writes the token itself into some.
    """
    if isinstance(error, InvalidToken | EndPointNotFound):
        return "the platform does not know this token"
    said = " ".join(str(error).split()) or type(error).__name__
    return _PERSON.sub("***", _TOKEN.sub("***", said))[:_LONGEST_REASON]


def _means(error: Exception) -> Means:
    match error:
        case PostNotSentError():
            return Unavailable
        case PostDoubtfulError():
            return Unknown
        case InvalidToken() | EndPointNotFound() | Conflict():
            return Barred
        case TelegramError():
            return next((phrase.means for phrase in PHRASES if _says(error, phrase.words)), _otherwise(error))
        case _:
            return Unknown


def _otherwise(error: TelegramError) -> Means:
    """Judge an unexplained answer by its status.

    400 is about the message, 403 about the chat.
    """
    match error:
        case BadRequest():
            return Refused
        case Forbidden():
            return Gone
        case _:
            return Unknown


def _says(error: Exception, *phrases: str) -> bool:
    said = str(error).casefold()
    return any(phrase.casefold() in said for phrase in phrases)
