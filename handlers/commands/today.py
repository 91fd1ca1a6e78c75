"""/today: shows what came since this chat last looked.

It is a digest that does not wait for the clock.
"""

from __future__ import annotations

from bot.search import pages
from bot.values.calls import call
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Group, Menu, Request

NOTHING = Wording("শেষবার দেখার পর নতুন কিছু আসেনি।", "Nothing new since you last looked.")
LATEST = Wording("সর্বশেষ", "latest")


async def run(request: Request) -> Reply:
    """Show ten lines, the most important first.

    They are of what the chat follows, or of all news if it follows nothing.
    """
    message = await pages.open_day(request.store, request.chat, request.view)
    if message is not None:
        return Reply(message)
    text, latest = request.words(NOTHING), request.words(LATEST)
    return Reply(Message((paragraph(text), Choices(((Choice(latest, call("latest")),),))), brief=text))


COMMAND = Command(
    name="today",
    summary=Wording("আজকের খবর, একনজরে", "Today at a glance"),
    run=run,
    described=Wording("আজকের খবর একনজরে", "Today at a glance"),
    menu=Menu(2, in_groups=True),
    group=Group.SEE,
    order=2,
    aliases=(
        *("আজকের খবর", "আজকের সংবাদ", "একনজরে", "এক নজরে", "শিরোনাম", "প্রধান খবর", "সারাদিনের খবর"),
        *("আজকের শিরোনাম", "শীর্ষ খবর", "আজ কী খবর", "আজকে কী খবর", "top news", "ajke ki khobor"),
        *("headlines", "ajker khobor", "aajker khobor", "ajkr khobor", "eknojore", "shironam"),
    ),
)
