"""/more: shows the next page of a list.

The one that was pressed or answered, else the last one shown to that person.
"""

from __future__ import annotations

from bot.search import pages
from bot.values.calls import call
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import shown
from handlers.command import Audience, Command, Group, Request
from handlers.params import ListParam

END = Wording("এ পর্যন্তই।", "That is all for now.")
LATEST = Wording("📰 সর্বশেষ", "📰 latest")


LIST = ListParam(name="list")


async def run(request: Request) -> Reply:
    """Turn the page; the numbers go on."""
    listed = await shown.listed(request, request.get(LIST))
    message = None
    if listed is not None:
        message = await pages.next_page(request.store, listed, request.view, count=request.traits.page)
    if message is not None:
        return Reply(message)
    latest = request.words(LATEST)
    end = request.words(END)
    return Reply(Message((paragraph(end), Choices(((Choice(latest, call("latest")),),))), brief=end))


_ROMAN = ("next", "more news", "next page", "aro", "aaro", "arro", "porer", "porer pata")


COMMAND = Command(
    name="more",
    summary=Wording("পরের পাতা", "The next page"),
    run=run,
    params=(LIST,),
    audience=Audience.CHAT,
    group=Group.UNLISTED,
    aliases=("আরও", "আরো", "আরও দেখান", "আরও খবর", "পরের", "পরেরটা", "পরের পাতা", "পরেরগুলো", *_ROMAN),
)
