"""Mutes a name for some time («৭ দিন ক্রিকেট বাদ»).

Then the name comes again. No list of commands names this one.
"""

from __future__ import annotations

from datetime import timedelta

from bot.search import heading_days, meaning
from bot.subscriptions import choosing
from bot.values.calls import call
from bot.values.chats import Subscription, TermKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.params import CountParam, TermParam

DONE = Wording("‘{tag}’ নিয়ে খবর {time} পর্যন্ত আসবে না।", "News on ‘{tag}’ stays out until {time}.")
BACK = Wording("বাদ তুলে নিন", "Bring back")
ALWAYS = Wording("সব সময়", "Always")
MINUTES = CountParam(name="minutes", sign="MINUTES", required=True, largest=999_999)
TOPIC = TermParam(name="topic", sign="NAME", required=True)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=365)


async def run(request: Request) -> Reply:
    """Mute it until then.

    If it was followed before, it is followed again afterwards.
    """
    minutes, term = request.get(MINUTES), request.get(TOPIC)
    if minutes is None or term is None or term.kind is TermKind.ALL:
        return await request.run(call("mute", topic=term))
    until = request.now + min(timedelta(minutes=minutes.number), _LONGEST)
    await choosing.follow(request.store, request.chat, Subscription(term, exclude=True, until=until), request.now)
    name = meaning.name(term, request.language)
    view = request.view
    shown = (
        heading_days.day(until.astimezone(view.zone).date(), view) if until - request.now >= _DAY else view.short(until)
    )
    text = request.words(DONE, tag=name, time=shown)
    row = (
        Choice(request.words(BACK), call("unmute", topic=term)),
        Choice(request.words(ALWAYS), call("mute", topic=term)),
    )
    return Reply(Message((paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="awhile",
    summary=Wording("কিছুদিন বাদ", "Leave out for a while"),
    run=run,
    params=(MINUTES, TOPIC),
    hidden=True,
    changes_chat=True,
)
