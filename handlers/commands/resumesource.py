"""/resumesource SOURCE: take news from it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sources.health import WHICH, title
from bot.values.articles import SourceState
from bot.values.chats import Role
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.messages import Reply

DONE = Wording("{outlet} থেকে খবর আনা আবার চালু।", "News is taken from {outlet} again.")


async def run(request: Request) -> Reply:
    """Poll the source that was named again, at once."""
    source = await request.services.desk.find(request.argument)
    if source is None:
        return request.reply(WHICH)
    await request.services.desk.set_state(source, SourceState.ACTIVE, request.actor)
    return request.reply(DONE, outlet=title(source))


COMMAND = Command(
    name="resumesource",
    summary=Wording("ফিড আবার চালু করুন", "Resume a feed"),
    run=run,
    takes_argument=True,
    usage="SOURCE",
    role=Role.ADMIN,
)
