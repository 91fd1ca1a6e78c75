"""A name left out for some time («৭ দিন ক্রিকেট বাদ»), after which it comes again. No list of commands names it."""

from __future__ import annotations

from datetime import timedelta

from bot.bangla.normalise import key
from bot.search import headings, meaning
from bot.subscriptions import choosing, naming
from bot.values.chats import Subscription, TermKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

DONE = Wording("‘{tag}’ নিয়ে খবর {time} পর্যন্ত আসবে না।", "News on ‘{tag}’ stays out until {time}.")
BACK = Wording("বাদ তুলে নিন", "Bring back")
ALWAYS = Wording("সব সময়", "Always")
BACK_TYPED = Wording("বাদ তুলে নিন {tag}", "unmute {tag}")
ALWAYS_TYPED = Wording("বাদ {tag}", "mute {tag}")
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=365)


async def run(request: Request) -> Reply:
    """Leave it out until then; what was followed before is followed again after it."""
    minutes, _, named = request.argument.partition(" ")
    term = await meaning.term(request.store, named.strip())
    if not key(minutes).isdecimal() or not key(named) or term.kind is TermKind.ALL:
        return await request.run("mute", named.strip())
    until = request.now + min(timedelta(minutes=int(key(minutes)[:6])), _LONGEST)
    await choosing.follow(request.store, request.chat, Subscription(term, exclude=True, until=until), request.now)
    name, exact = meaning.name(term, request.language), naming.exact(term)
    view = request.view
    shown = headings.day(until.astimezone(view.zone).date(), view) if until - request.now >= _DAY else view.short(until)
    text = request.words(DONE, tag=name, time=shown)
    row = (
        Choice(request.words(BACK), "unmute", exact, request.words(BACK_TYPED, tag=name)),
        Choice(request.words(ALWAYS), "mute", exact, request.words(ALWAYS_TYPED, tag=name)),
    )
    return Reply(Message((paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="for_a_while",
    summary=Wording("কিছুদিন বাদ", "Leave out for a while"),
    run=run,
    takes_argument=True,
    usage="MINUTES NAME",
    hidden=True,
    changes_chat=True,
)
