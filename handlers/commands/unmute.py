"""/unmute X: what was left out is left out no more."""

from __future__ import annotations

from types import MappingProxyType

from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import choosing, naming
from bot.values.messages import Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Request

WHICH = Wording("কোনটি ফিরিয়ে আনব? নামটি লিখে পাঠান।", "Which one should come back? Send its name.")
DONE = Wording("‘{tag}’ আর বাদ নেই।", "‘{tag}’ is no longer left out.")
WAS_NOT = Wording("‘{tag}’ বাদ দেওয়া ছিল না।", "‘{tag}’ was not left out.")
NOTHING = Wording("কিছু বাদ দেওয়া নেই।", "Nothing is left out.")


async def run(request: Request) -> Reply:
    """Take it back, with the way back from that."""
    if not key(request.argument):
        return await _ask(request)
    named = await meaning.choice(request.store, request.chat, request.argument, exclude=True)
    if named is None:
        term = await meaning.term(request.store, request.argument)
        return request.reply(WAS_NOT, tag=meaning.name(term, request.language))
    before = await choosing.unfollow(request.store, request.chat, named.term)
    name = meaning.name(named.term, request.language)
    text = request.words(DONE, tag=name)
    choices = naming.undo(None, before, named.term, name, request.language), naming.follow(name, request.language)
    return Reply(Message((paragraph(text), Choices((choices,))), brief=text))


async def _ask(request: Request) -> Reply:
    """Ask which of those that are left out; nothing else can come back."""
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    out = [meaning.name(one.term, request.language) for one in chosen if one.exclude]
    if not out:
        return request.reply(NOTHING)
    text = request.words(WHICH)
    row = tuple(naming.unmute(name, request.language) for name in out[: naming.BUSIEST])
    return Reply(Message((paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="unmute",
    summary=Wording("বাদ দেওয়া বিষয় ফিরিয়ে আনুন", "Take back a topic that was left out"),
    run=run,
    suggest=suggesting.left_out,
    takes_argument=True,
    usage="NAME",
    changes_chat=True,
    aliases=("ফিরিয়ে আনুন", "ফিরিয়ে আনো", "ফেরত আনুন", "আনমিউট", "firiye ano", "ferot ano"),
    exact=MappingProxyType({"বাদ দেওয়া ফেরত আনুন": ""}),
)
