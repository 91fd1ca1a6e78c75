"""/more: the next page of the list last shown here."""

from __future__ import annotations

from bot.search import pages
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

END = Wording("এ পর্যন্তই।", "That is all for now.")
LATEST = Wording("সর্বশেষ", "latest")


async def run(request: Request) -> Reply:
    """Turn the page; the numbers go on."""
    shown = request.chat.shown
    message = None
    if shown is not None:
        count = request.traits.page
        message = await pages.next_page(request.store, request.chat, shown, request.view, count=count)
    if message is not None:
        return Reply(message)
    latest = request.words(LATEST)
    end = request.words(END)
    return Reply(Message((paragraph(end), Choices(((Choice(latest, "latest", typed=latest),),))), brief=end))


_ROMAN = ("next", "next page", "aro", "aaro", "arro", "porer", "porer pata")


COMMAND = Command(
    name="more",
    summary=Wording("পরের পাতা", "The next page"),
    run=run,
    aliases=("আরও", "আরো", "আরও দেখান", "পরের", "পরেরটা", "পরের পাতা", "পরেরগুলো", *_ROMAN),
)
