"""Decides where the bot may speak, and who may use what.

One rule is asked before any command runs, by whatever way it comes: typed by name or alias, from a link, a button or
what a client made up, forwarded, or mended after it was sent.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.values.chats import ChatKind, Role
from bot.values.wording import Wording
from handlers.router import FALLBACK, OPEN

if TYPE_CHECKING:
    from handlers.command import Command

NOT_ALLOWED = Wording("এটি শুধু অ্যাডমিনরা করতে পারেন।", "Only admins can do this.")
NOT_IN_GROUP = Wording(
    "এই গ্রুপের সেটিংস শুধু গ্রুপের অ্যাডমিনরা বদলাতে পারেন। নিজের জন্য সাজাতে বটের ইনবক্সে লিখুন।",
    "Only this group's admins can change its settings. Write to the bot directly to set up your own.",
)
NOT_IN_SERVER = Wording(
    "এই চ্যানেলের সেটিংস শুধু সার্ভারের অ্যাডমিনরা বদলাতে পারেন। অ্যাডমিন হলে /settings লিখুন। নিজের জন্য সাজাতে বটের ইনবক্সে লিখুন।",
    "Only the server's admins can change this channel's settings, by /settings. Write to the bot directly to set up "
    "your own.",
)


class Way(StrEnum):
    """How a command came."""

    ASKED = "asked"
    """Written, linked to, chosen or pressed."""
    FORWARDED = "forwarded"
    """In the words of somebody else."""
    MENDED = "mended"
    """In words that were changed after they were sent."""


def refusal(
    command: Command, kind: ChatKind, role: Role, *, public: bool, server: bool = False, way: Way = Way.ASKED
) -> Wording | None:
    """Say who may, to somebody who may not; None if they may.

    ``public``: whatever is said there is a post to all its readers. ``server``: places there are channels of a server.
    """
    if way is Way.FORWARDED and command.name not in (FALLBACK, OPEN):
        return NOT_ALLOWED
    if way is Way.MENDED and not command.reads:
        return NOT_ALLOWED
    if role < command.role or (public and role < Role.CHAT_ADMIN):
        return NOT_ALLOWED
    theirs = kind is ChatKind.PRIVATE or role >= Role.CHAT_ADMIN
    if theirs or not command.changes_chat:
        return None
    return NOT_IN_SERVER if server else NOT_IN_GROUP
