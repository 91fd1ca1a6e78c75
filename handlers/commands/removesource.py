"""/removesource SOURCE: take no more news from it; its articles stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sources.health import WHICH, title
from bot.values.calls import call
from bot.values.chats import Role
from bot.values.messages import Asks
from bot.values.wording import Wording
from handlers.command import Command, Request, asking
from handlers.params import TextParam

if TYPE_CHECKING:
    from bot.values.messages import Reply

DONE = Wording("{outlet} বাদ গেল। জমা খবর রইল।", "{outlet} removed. Its stories stay.")


SOURCE = TextParam(
    name="source", sign="SOURCE", label=Wording("ফিডের নম্বর বা নাম", "A feed's number or name"), required=True
)


async def run(request: Request) -> Reply:
    """Forget the source that was named."""
    named = request.get(SOURCE)
    source = await request.services.source_editor.find(named.words) if named is not None else None
    if source is None:
        return asking(request, Asks(call(COMMAND.name), SOURCE.name), request.words(WHICH))
    await request.services.source_editor.remove(source, request.actor)
    return request.reply(DONE, outlet=title(source))


COMMAND = Command(
    name="removesource",
    summary=Wording("ফিড বাদ দিন", "Remove a feed"),
    run=run,
    params=(SOURCE,),
    role=Role.ADMIN,
)
