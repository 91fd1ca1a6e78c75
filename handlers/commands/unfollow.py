"""/unfollow X: what was followed is followed no more."""

from __future__ import annotations

import dataclasses

from bot.search import meaning
from bot.subscriptions import choosing, naming
from bot.values.calls import call
from bot.values.messages import Asks, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.choosing_params import ChosenParam
from handlers.command import LIST, Audience, Command, Group, Request, way_out
from handlers.params import OneOfParam

DONE = Wording("‘{tag}’ ফলো বন্ধ।", "Unfollowed ‘{tag}’.")
WAS_NOT = Wording("‘{tag}’ ফলো করছিলেন না।", "You were not following ‘{tag}’.")


TOPIC = ChosenParam(
    name="topic",
    sign="NAME",
    label=Wording("বিষয়, যেমন ইরান", "A topic, for example Iran"),
    required=True,
    suggest=suggesting.followed,
)
ONWARD = OneOfParam(name="onward", options={LIST: ()})


async def run(request: Request) -> Reply:
    """Stop following, with the way back. Pressed twice it stays so."""
    term = request.get(TOPIC)
    if term is None:
        return await _ask(request)
    before = await choosing.chosen(request.store, request.chat, term)
    if before is None or before.exclude:
        return request.reply(WAS_NOT, tag=meaning.name(term, request.language))
    name = meaning.called(before, request.language)
    await choosing.unfollow(request.store, request.chat, term)
    text = request.words(DONE, tag=name)
    undo = Choices(((naming.undo(None, before, term, request.language),),))
    if request.get(ONWARD) is None:
        return Reply(Message((paragraph(text), undo), brief=text))
    # The list that it was pressed in would still show it.
    rest = await request.run(call("following"))
    parts = rest.message.parts
    return dataclasses.replace(rest, message=Message((paragraph(text), *parts[:-1], undo, *parts[-1:]), brief=text))


async def _ask(request: Request) -> Reply:
    """Ask which of those that are followed; nothing else can be stopped."""
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    followed = [one for one in chosen if not one.exclude][: naming.BUSIEST]
    if not followed:
        return await request.run(call("following"))
    text = request.words(naming.WHICH)
    row = tuple(naming.unfollow(one.term, meaning.called(one, request.language), request.language) for one in followed)
    choices = Choices((row, (way_out(request),)))
    return Reply(Message((paragraph(text), choices), brief=text), asks=Asks(request.call, TOPIC.name))


COMMAND = Command(
    name="unfollow",
    summary=Wording("একটি বিষয় আর ফলো করবেন না", "Stop following a topic"),
    run=run,
    params=(TOPIC, ONWARD),
    audience=Audience.PERSON,
    or_here=True,
    group=Group.UNLISTED,
    changes_chat=True,
    aliases=("আনফলো", "ফলো বন্ধ", "আনসাবস্ক্রাইব", "unsub", "unsubscribe"),
)
