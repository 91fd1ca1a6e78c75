"""/pollnow [SOURCE]: look at one feed, or at all, now."""

from __future__ import annotations

from bot.sources.health import WHICH, title
from bot.values.articles import SourceState
from bot.values.calls import call
from bot.values.chats import Role
from bot.values.messages import Asks, Reply, plain
from bot.values.wording import Wording
from handlers.command import Command, Request, asking
from handlers.params import TextParam

NONE = Wording("কোনো ফিড নেই। আগে /addsource দিয়ে একটি যোগ করুন।", "There are no feeds. Add one with /addsource first.")
DONE = Wording("নতুন {new}টি, বদলেছে {revised}টি।", "{new} new, {revised} changed.")
FAILED = Wording(
    "{outlet} থেকে এখন খবর আনা যাচ্ছে না। চেষ্টা চলছে; এলেই দেখতে পাবেন।",
    "{outlet} cannot be reached just now. Trying; you will see it when it comes.",
)


SOURCE = TextParam(name="source", sign="SOURCE", label=Wording("ফিডের নম্বর বা নাম", "A feed's number or name"))


async def run(request: Request) -> Reply:
    """Poll what was named and say what came."""
    named = request.get(SOURCE)
    if named is not None:
        source = await request.services.source_editor.find(named.words)
        if source is None:
            return asking(request, Asks(call(COMMAND.name), SOURCE.name), request.words(WHICH))
        sources = [source]
    else:
        sources = [s for s in await request.store.sources.all() if s.state is SourceState.ACTIVE]
    if not sources:
        return request.reply(NONE)
    results = await request.services.source_editor.poll(sources)
    new, revised = sum(result.new for result in results), sum(result.revised for result in results)
    lines = [request.words(DONE, new=new, revised=revised)]
    failed = [result.source for result in results if result.problem]
    lines += [request.words(FAILED, outlet=title(s)) for s in failed]
    return Reply(plain(*lines))


COMMAND = Command(
    name="pollnow",
    summary=Wording("এখনই ফিড দেখুন", "Look at the feeds now"),
    run=run,
    params=(SOURCE,),
    role=Role.ADMIN,
)
