"""/today: what came since this chat last looked, at a glance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot import reading
from bot.articles.listing import listing
from bot.messages import Message, Reply, paragraph
from bot.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Article

MORNING = Wording("☀️ সকালের খবর একনজরে", "☀️ Morning news at a glance")
MIDDAY = Wording("🕛 দুপুরের খবর একনজরে", "🕛 Midday news at a glance")
EVENING = Wording("🌙 সারা দিনের খবর একনজরে", "🌙 The day at a glance")
CHOSEN = Wording("{total}টি খবর থেকে বাছাই করা {n}টি", "{n} chosen from {total} stories")
NOTHING = Wording("শেষবার দেখার পর নতুন কিছু আসেনি।", "Nothing new since you last looked.")
NOON, AFTERNOON = 11, 16
LINES = 10
OF_ONE_OUTLET = 2
_LOOKED_AT = 200
"""How far back a glance goes: at most this many articles."""


async def run(request: Request) -> Reply:
    """Show at most ten new articles, never more than two of one outlet."""
    fresh = await request.store.articles.since(request.chat.today_seen, _LOOKED_AT)
    if not request.traits.samples:
        fresh = [article for article in fresh if not article.sample]
    if not fresh:
        return request.reply(NOTHING)
    chosen = choose(fresh)
    await request.store.chats.seen_today(request.chat.id, max(article.id for article in fresh))
    await reading.remember(request.store, request.chat, chosen)
    view = request.view
    message = listing(chosen, view, head=request.words(_head(request)), more=False)
    foot = paragraph(view.day(request.now), request.words(CHOSEN, total=len(fresh), n=len(chosen)))
    return Reply(Message((*message.parts, foot), brief=message.brief))


def choose(articles: Sequence[Article]) -> list[Article]:
    """Take the newest, at most two of one outlet, at most ten in all."""
    taken: Counter[int] = Counter()
    chosen: list[Article] = []
    for article in articles:
        outlet = article.outlet.id if article.outlet else 0
        if taken[outlet] < OF_ONE_OUTLET and len(chosen) < LINES:
            taken[outlet] += 1
            chosen.append(article)
    return chosen


def _head(request: Request) -> Wording:
    hour = request.now.astimezone(request.view.zone).hour
    if hour < NOON:
        return MORNING
    return MIDDAY if hour < AFTERNOON else EVENING


COMMAND = Command(
    name="today",
    summary=Wording("আজকের খবর, একনজরে", "Today at a glance"),
    run=run,
    aliases=(
        *("আজকের খবর", "আজকের সংবাদ", "একনজরে", "এক নজরে", "শিরোনাম", "প্রধান খবর", "সারাদিনের খবর"),
        *("headlines", "ajker khobor", "aajker khobor", "ajkr khobor", "eknojore", "shironam"),
    ),
)
