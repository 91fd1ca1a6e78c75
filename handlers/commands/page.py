"""A page of a list once more, where an article that was opened from it stands. No list of commands names it."""

from __future__ import annotations

from bot.search import pages
from bot.values.messages import Reply
from bot.values.wording import Wording
from handlers.command import Command, Request

GONE = Wording(
    "তালিকাটি আর নেই। /latest লিখলে সর্বশেষ খবর আসবে।",
    "That list is gone. Send /latest for the latest news.",
)


async def run(request: Request) -> Reply:
    """Draw the page that a button holds, in place."""
    page = pages.Page.read(request.argument)
    message = await pages.again(request.store, request.chat, page, request.view) if page is not None else None
    return Reply(message, replaces=True) if message is not None else request.reply(GONE)


COMMAND = Command(
    name="page",
    summary=Wording("তালিকার বাটন", "A list's buttons"),
    run=run,
    takes_argument=True,
    usage="PAGE",
    hidden=True,
)
