"""Shows a list's page again in place of its article.

The article was opened from it. No list of commands names this one.
"""

from __future__ import annotations

from bot.search import pages
from bot.values.messages import Reply
from bot.values.wording import Wording
from handlers import shown
from handlers.command import Command, Request
from handlers.params import ListParam

GONE = Wording(
    "তালিকাটি আর নেই। /latest লিখলে সর্বশেষ খবর আসবে।",
    "That list is gone. Send /latest for the latest news.",
)
LIST = ListParam(name="list")


async def run(request: Request) -> Reply:
    """Draw the page that a button names, in place."""
    meant = request.get(LIST)
    listed = await shown.listed(request, meant) if meant is not None else None
    message = await pages.again(request.store, listed, request.view) if listed is not None else None
    return Reply(message, replaces=True) if message is not None else request.reply(GONE)


COMMAND = Command(
    name="page",
    summary=Wording("তালিকার বাটন", "A list's buttons"),
    run=run,
    params=(LIST,),
    hidden=True,
)
