"""Reads what Discord's answers mean for a message.

One that was to be sent or edited, by the numbers that Discord gives its reasons.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.ports.platform import Barred, Closed, Gone, Lost, Postponed, Refused, Scope, SendResult, Unavailable, Unknown
from handlers.platforms.discord.rest import ApiError, DoubtfulError, LimitedError, NotSentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Means = type[Barred | Closed | Gone | Lost | Refused | Unavailable]

POSTS_ALONE = "no right: a forum takes posts alone"
REMOVED, DELETED, NO_RIGHT, BLOCKED = (
    "the bot was removed",
    "the channel was deleted",
    "no right to write",
    "blocked: takes no direct messages",
)
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, MISSING_ACCESS, MISSING_PERMISSIONS = 10003, 10008, 50001, 50013
A_FORUM, NOT_A_TEXT_CHANNEL, ARCHIVED, ALREADY_ANSWERED, UNKNOWN_INTERACTION = 40058, 50008, 50083, 40060, 10062
CODES: Mapping[int, tuple[Means, str]] = MappingProxyType(
    {
        # No chat's fault.
        40001: (Barred, "the platform does not know this token"),
        40002: (Barred, "the account has to be verified"),
        # The chat can no longer be reached.
        UNKNOWN_CHANNEL: (Gone, DELETED),
        10004: (Gone, REMOVED),
        50007: (Gone, BLOCKED),
        50278: (Gone, "blocked: no server in common"),
        # It is there, but takes nothing from us.
        MISSING_ACCESS: (Closed, NO_RIGHT),
        MISSING_PERMISSIONS: (Closed, NO_RIGHT),
        40067: (Closed, "no right: a post here needs a tag that the forum has"),
        A_FORUM: (Closed, POSTS_ALONE),
        NOT_A_TEXT_CHANNEL: (Closed, "no right: this is no text channel"),
        50024: (Closed, "no right: this is no text channel"),
        ARCHIVED: (Closed, "no right: the thread is archived"),
        160005: (Closed, "no right: the thread is locked"),
        # The message that was to be changed or answered.
        UNKNOWN_MESSAGE: (Lost, "the message was deleted"),
        50005: (Lost, "it is another's message"),
        50021: (Lost, "it cannot be done with such a message"),
        # Certainly not carried out.
        40333: (Unavailable, "the API refused the request on its way"),
        130000: (Unavailable, "the API is overloaded"),
    }
)
WAITS: Mapping[int, float] = MappingProxyType({20016: 30.0, 20022: 60.0, 20028: 30.0, 30046: 600.0, 40062: 5.0})
"""Seconds: slow mode, announcement edits, channel writes, edits of old messages, a busy service."""


AWAY = Unavailable("the server is away")
"""What a chat that seems gone or closed is while its server is away: Discord then speaks as if there were none."""


def after(error: Exception, *, thread: bool = False) -> SendResult:
    """Return what an error means.

    ``thread``: it was a thread of a channel, which may still be there.
    """
    match error:
        case LimitedError():
            return Postponed(timedelta(seconds=error.wait), error.scope)
        case NotSentError():
            return Unavailable(str(error))
        case DoubtfulError():
            return Unknown(str(error))
        case ApiError():
            result = _refused(error)
        case _:
            return Unknown(type(error).__name__)
    return Closed(result.reason) if thread and isinstance(result, Gone) else result


def _refused(error: ApiError) -> SendResult:
    if error.code in WAITS:
        return Postponed(timedelta(seconds=WAITS[error.code]), Scope.CHAT)
    if error.code in CODES:
        means, reason = CODES[error.code]
        return means(reason)
    return _by_status(error)


def _by_status(error: ApiError) -> SendResult:
    """Take an answer whose number explains nothing by its status."""
    match error.status:
        case HTTPStatus.UNAUTHORIZED:
            return Barred("the platform does not know this token")
        case HTTPStatus.FORBIDDEN:
            return Closed(NO_RIGHT)
        case HTTPStatus.NOT_FOUND:
            return Gone("not found")
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return Unavailable(str(error))
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unknown(str(error))
        case _:
            return Refused(str(error))
