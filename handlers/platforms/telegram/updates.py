"""Reads what the Bot API brings, whatever its server's age.

The library makes objects of updates, and refuses those that lack a field which is newer than the server.
"""

from __future__ import annotations

import inspect
import logging
from typing import TYPE_CHECKING, Any

from telegram import Bot, ChatMemberAdministrator, ChatMemberBanned, ChatMemberOwner, ChatMemberRestricted, Update

from handlers.platforms.telegram.shapes import UPDATES, is_number, is_readable

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

_MEMBERS = ("old_chat_member", "new_chat_member")
_TOLD = ("self", "user")
_MISSING: Mapping[str, Mapping[str, object]] = {
    status: {
        name: 0 if name == "until_date" else False
        for name, field in inspect.signature(kind.__init__).parameters.items()
        # Of the rights of the restricted one has a default that is refused.
        if name not in _TOLD and (field.default is field.empty or name == "can_react_to_messages")
    }
    for status, kind in (
        ("administrator", ChatMemberAdministrator),
        ("creator", ChatMemberOwner),
        ("restricted", ChatMemberRestricted),
        ("kicked", ChatMemberBanned),
    )
}
"""What a member of each standing has by the library's reading: a right that nobody speaks of is none."""


def number_of(raw: object) -> int | None:
    """Return an update's number, None for what has none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and is_number(number) and 0 <= number < UPDATES else None


def readable(raw: Any, bot: object) -> Update | None:  # noqa: ANN401 - JSON
    """Return an update as the library has it.

    Return None if it cannot be read, as when its kind is newer than the library.
    """
    if (number := number_of(raw)) is None:
        log.warning("something that is no update came")
        return None
    try:
        update = Update.de_json(_completed(raw), bot if isinstance(bot, Bot) else None)
    except Exception as error:  # noqa: BLE001 - its classes raise whatever a missing field leads to
        log.warning("update %s could not be read: %s", number, type(error).__name__)
        return None
    if not is_readable(raw):
        log.warning("update %s could not be read: a field is not what it should be", number)
        return None
    return update


async def member_status(bot: Bot, chat: str, user: int) -> str:
    """Return what somebody is in a chat, in the platform's word.

    Raises:
        TelegramError: as the library's own method, which refuses an administrator without the newest rights.
    """
    found: Any = await bot.do_api_request("GetChatMember", api_kwargs={"chat_id": chat, "user_id": user})
    return str(found["status"])


def _completed(raw: dict[str, Any]) -> dict[str, Any]:
    change = raw.get("my_chat_member")
    if not isinstance(change, dict):
        return raw
    members = {name: _with_rights(member) for name in _MEMBERS if isinstance(member := change.get(name), dict)}
    return {**raw, "my_chat_member": {**change, **members}}


def _with_rights(member: dict[str, Any]) -> dict[str, Any]:
    return {**_MISSING.get(str(member.get("status")), {}), **member}
