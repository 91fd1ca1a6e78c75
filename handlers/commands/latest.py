"""/latest [n] [outlet]: the newest headlines, of all or of one outlet."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.bangla.normalise import key
from bot.search import meaning, pages, understanding
from bot.values.articles import Query, QueryKind
from bot.values.messages import Reply
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Request

EMPTY = Wording(
    "এখনো কোনো খবর আসেনি। প্রথম খবর এলেই এখানে দেখাব।",
    "No news yet. The first story will show here as soon as it comes.",
)
NOTHING_FROM = Wording("{outlet} থেকে এখনো কিছু আসেনি।", "Nothing from {outlet} yet.")
NOTHING_ON = Wording("‘{words}’ নিয়ে কিছু পেলাম না। কম শব্দে লিখে দেখুন।", "Nothing on ‘{words}’. Try fewer words.")


async def run(request: Request) -> Reply:
    """Show the newest; a number says how many, a name whose, any other word what about."""
    count, rest = _count(request.argument, request.traits.page)
    query = Query()
    if rest:
        zone = ZoneInfo(request.chat.zone)
        query = (
            await meaning.outlet(request.store, rest)
            or (await understanding.find(request.store, rest, request.now, zone)).query
        )
    message = await pages.open_list(request.store, request.chat, query, request.view, count=count)
    if message is not None:
        return Reply(message)
    if query.subject is QueryKind.LATEST:
        return request.reply(EMPTY)
    if query.subject is QueryKind.OUTLET:
        return request.reply(NOTHING_FROM, outlet=query.name)
    return request.reply(NOTHING_ON, words=query.name)


def _count(argument: str, default: int) -> tuple[int, str]:
    """Part a number, wherever it stands first or last, from the rest."""
    words = argument.split()
    for place in (0, -1):
        if words and key(words[place]).isdecimal():
            return int(key(words.pop(place))[:4]), " ".join(words)
    return default, " ".join(words)


COMMAND = Command(
    name="latest",
    summary=Wording("সর্বশেষ খবর", "Latest news"),
    run=run,
    suggest=suggesting.outlet,
    takes_argument=True,
    usage="[n] [outlet]",
    aliases=(
        *("সর্বশেষ", "সর্বশেষ খবর", "সর্বশেস", "খবর", "সংবাদ", "নতুন খবর", "তাজা খবর", "শেষ খবর"),
        *("কী খবর", "খবর কী", "নতুন কী", "নতুন কিছু আছে", "ki khobor", "notun ki"),
        *("news", "khobor", "khobar", "khabor", "khbr", "notun khobor", "taja khobor"),
        *("sorboshesh", "shorboshesh", "sorbosesh", "songbad", "update"),
    ),
)
