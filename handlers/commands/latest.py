"""/latest [n] [outlet]: the newest headlines, of all or of one outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.search import meaning, pages, understanding
from bot.values.articles import Query, QueryKind
from bot.values.chats import Term
from bot.values.messages import Reply
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Group, Menu, Request
from handlers.params import AboutParam, CountParam

if TYPE_CHECKING:
    from bot.values.calls import Text

EMPTY = Wording(
    "এখনো কোনো খবর আসেনি। প্রথম খবর এলেই এখানে দেখাব।",
    "No news yet. The first story will show here as soon as it comes.",
)
NOTHING_FROM = Wording("{outlet} থেকে এখনো কিছু আসেনি।", "Nothing from {outlet} yet.")
NOTHING_ON = Wording("‘{words}’ নিয়ে কিছু পেলাম না। কম শব্দে লিখে দেখুন।", "Nothing on ‘{words}’. Try fewer words.")


SOURCE = AboutParam(name="source", sign="outlet", label=Wording("সংবাদমাধ্যম", "Outlet"), suggest=suggesting.outlet)
COUNT = CountParam(name="count", sign="n", label=Wording("কয়টি খবর (১–১০)", "How many (1–10)"), anywhere=True)


async def run(request: Request) -> Reply:
    """Show the newest stories.

    A number says how many, a name whose, any other word what about.
    """
    wanted, about = request.get(COUNT), request.get(SOURCE)
    count = wanted.number if wanted is not None else request.traits.page
    query = await _query(request, about) if about is not None else Query()
    message = await pages.open_list(request.store, query, request.view, count=count)
    if message is not None:
        return Reply(message)
    if query.kind is QueryKind.LATEST:
        return request.reply(EMPTY)
    if query.kind is QueryKind.OUTLET:
        named = await pages.named(request.store, query, request.language)
        return request.reply(NOTHING_FROM, outlet=named.name)
    return request.reply(NOTHING_ON, words=query.name)


async def _query(request: Request, about: Term | Text) -> Query:
    if isinstance(about, Term):
        return (await understanding.of(request.store, about, request.now, request.zone)).query
    outlet = await meaning.outlet(request.store, about.words)
    return outlet or (await understanding.find(request.store, about.words, request.now, request.zone)).query


COMMAND = Command(
    name="latest",
    summary=Wording("সর্বশেষ খবর", "Latest news"),
    run=run,
    params=(SOURCE, COUNT),
    described=Wording("সর্বশেষ খবর দেখুন", "Latest news"),
    menu=Menu(1, in_groups=True),
    group=Group.SEE,
    order=1,
    aliases=(
        *("সর্বশেষ", "সর্বশেষ খবর", "সর্বশেস", "খবর", "সংবাদ", "নতুন খবর", "তাজা খবর", "শেষ খবর"),
        *("কী খবর", "খবর কী", "নতুন কী", "নতুন কিছু আছে", "ki khobor", "notun ki"),
        *("news", "khobor", "khobar", "khabor", "khbr", "notun khobor", "taja khobor"),
        *("sorboshesh", "shorboshesh", "sorbosesh", "songbad", "update"),
    ),
)
