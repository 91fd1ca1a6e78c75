"""/unmute X: what was left out is left out no more."""

from __future__ import annotations

from types import MappingProxyType

from bot.search import meaning
from bot.subscriptions import choosing, naming
from bot.values.messages import Asks, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.choosing_params import ChosenParam
from handlers.command import Audience, Command, Group, Request, way_out

WHICH = Wording("কোনটির বাদ তুলে নেব? নামটি লিখে পাঠান।", "Which one should come back? Send its name.")
DONE = Wording("‘{tag}’ আর বাদ নেই।", "‘{tag}’ is no longer left out.")
WAS_NOT = Wording("‘{tag}’ বাদ দেওয়া ছিল না।", "‘{tag}’ was not left out.")
NOTHING = Wording("কিছু বাদ দেওয়া নেই।", "Nothing is left out.")


TOPIC = ChosenParam(
    name="topic",
    sign="NAME",
    label=Wording("বিষয়, যেমন ইরান", "A topic, for example Iran"),
    required=True,
    suggest=suggesting.left_out,
    exclude=True,
)


async def run(request: Request) -> Reply:
    """Unmute it, with the way back.

    Pressed twice it stays so.
    """
    term = request.get(TOPIC)
    if term is None:
        return await _ask(request)
    name = meaning.name(term, request.language)
    before = await choosing.chosen(request.store, request.chat, term)
    if before is None or not before.exclude:
        return request.reply(WAS_NOT, tag=name)
    await choosing.unfollow(request.store, request.chat, term)
    text = request.words(DONE, tag=name)
    follow = naming.follow(term, name, request.language, pressed=request.traits.buttons)
    choices = naming.undo(None, before, term, request.language), follow
    return Reply(Message((paragraph(text), Choices((choices,))), brief=text))


async def _ask(request: Request) -> Reply:
    """Ask which of the muted things to bring back."""
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    out = [one.term for one in chosen if one.exclude][: naming.BUSIEST]
    if not out:
        return request.reply(NOTHING)
    text = request.words(WHICH)
    row = tuple(naming.unmute(one, meaning.name(one, request.language), request.language) for one in out)
    rows = (row, (way_out(request),))
    return Reply(Message((paragraph(text), Choices(rows)), brief=text), asks=Asks(request.call, TOPIC.name))


COMMAND = Command(
    name="unmute",
    summary=Wording("বাদ দেওয়া বিষয় ফিরিয়ে আনুন", "Take back a topic that was left out"),
    run=run,
    params=(TOPIC,),
    audience=Audience.PERSON,
    or_here=True,
    group=Group.UNLISTED,
    changes_chat=True,
    aliases=("ফিরিয়ে আনুন", "ফিরিয়ে আনো", "ফেরত আনুন", "আনমিউট", "বাদ তুলে নিন", "firiye ano", "ferot ano"),
    exact=MappingProxyType({"বাদ দেওয়া ফেরত আনুন": {}}),
)
