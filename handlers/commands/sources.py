"""/sources: lists the outlets that are here.

Admins see each feed and how it fares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sources.health import health
from bot.subscriptions import naming
from bot.values.calls import call
from bot.values.chats import Language, Role
from bot.values.messages import Choice, Choices, Heading, Message, Paragraph, Part, Reply, line
from bot.values.wording import Wording
from handlers.command import Command, Group, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.articles import Outlet, Source

HEAD = Wording("সংবাদমাধ্যম", "Outlets")
LINE = Wording("{outlet}: {n}টি খবর", "{outlet}: {n:story|stories}")
FEEDS = Wording("ফিড", "Feeds")
FEED = Wording("#{id} {outlet}: {health}, {address}", "#{id} {outlet}: {health}, {address}")
NONE = Wording(
    "এখনো কোনো সংবাদমাধ্যম নেই। অ্যাডমিন ফিড যোগ করলে এখানে দেখাবে।",
    "No outlets yet. They show here once an admin adds a feed.",
)
MORE = Wording("আরও {n}টি সংবাদমাধ্যম", "{n:more outlet|more outlets}")
QUIET = Wording("এখনো খবর আসেনি:", "Nothing yet from:")
MOST = 30


async def run(request: Request) -> Reply:
    """List outlets by number of stories.

    Admins see feeds with their number, health and address.
    """
    outlets = await request.store.outlets.all()
    feeds = await request.store.sources.all() if request.role >= Role.ADMIN else []
    if not outlets and not feeds:
        return request.reply(NONE)
    parts: list[Part] = [Heading(request.words(HEAD))]
    busy = [(outlet, n) for outlet, n in outlets if n]
    quiet = [_name(request, outlet.name, outlet.name_en) for outlet, n in outlets if not n]
    lines = [request.words(LINE, outlet=_name(request, outlet.name, outlet.name_en), n=n) for outlet, n in busy[:MOST]]
    if len(busy) > MOST:
        lines.append(request.words(MORE, n=len(busy) - MOST))
    parts += [Paragraph(tuple(map(line, some))) for some in (lines, [_quiet(request, quiet)] if quiet else []) if some]
    if feeds:
        parts += [Heading(request.words(FEEDS)), Paragraph(tuple(line(_feed(request, feed)) for feed in feeds))]
    if outlets:
        parts.append(Choices((_choices(request, outlets),)))
    return Reply(Message(tuple(parts), brief=request.words(HEAD)))


def _choices(request: Request, outlets: Sequence[tuple[Outlet, int]]) -> tuple[Choice, ...]:
    """Let every outlet that is shown be pressed."""
    terms = [naming.outlet(one) for one, _ in outlets[:MOST]]
    return tuple(Choice(naming.name(term, request.language), call("latest", source=term)) for term in terms)


def _quiet(request: Request, names: list[str]) -> str:
    return f"{request.words(QUIET)} {' · '.join(names)}"


def _name(request: Request, name: str, english: str) -> str:
    return english if request.language is Language.ENGLISH and english else name


def _feed(request: Request, source: Source) -> str:
    outlet = _name(request, source.outlet.name, source.outlet.name_en) if source.outlet else "?"
    time = request.view.short(source.last_new_at) if source.last_new_at else ""
    fares = request.words(health(source, request.now), time=time)
    return request.words(
        FEED, id=str(source.id), outlet=outlet, health=fares, address=(source.address or "").partition("://")[2]
    )


COMMAND = Command(
    name="sources",
    summary=Wording("কোন কোন সংবাদমাধ্যম আছে", "Which outlets are here"),
    run=run,
    group=Group.SEE,
    order=4,
    aliases=(
        *("সংবাদমাধ্যম", "পত্রিকা", "পত্রিকাগুলো", "সোর্স", "উৎস"),
        *("papers", "potrika", "patrika"),
    ),
)
