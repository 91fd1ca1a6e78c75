"""/hidetag NAME: hides a topic on cards and in lists.

Chats that follow it still get its news.
"""

from __future__ import annotations

from bot.editing import tag_names
from bot.values.calls import Text, call
from bot.values.chats import Role
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.params import TextParam

SHOW = Wording("আবার দেখান", "show again")
WHICH = Wording("কোন বিষয় লুকাবেন? এভাবে লিখুন: /hidetag গুজব", "Which topic shall be hidden? Write: /hidetag rumours")
ALREADY = Wording("‘{tag}’ আগে থেকেই লুকানো।", "‘{tag}’ is hidden already.")
DONE = Wording(
    "‘{tag}’ এখন লুকানো: কার্ডে, তালিকায়, পরামর্শে নেই। {n}টি খবর রইল; {m} জন পাঠক আগের মতোই পাবেন।",
    "‘{tag}’ is hidden: on no card, in no list, never suggested. {n:story stays|stories stay}; "
    "{m:reader gets|readers get} it as before.",
)


NAME = TextParam(name="name", sign="NAME", label=Wording("বিষয়ের নাম", "The topic's name"), required=True)


async def run(request: Request) -> Reply:
    """Hide what was named, with the way back."""
    named = request.get(NAME)
    if named is None:
        return request.reply(WHICH)
    tag = await request.store.tags.named(named.words)
    if tag is None:
        return request.reply(tag_names.UNKNOWN, tag=named.words)
    if tag.hidden:
        return request.reply(ALREADY, tag=tag.name)
    await tag_names.show(request.store, tag, request.actor, request.now, hidden=True)
    found = await tag_names.weight(request.store, tag.name)
    text = request.words(DONE, tag=tag.name, n=found.articles, m=found.readers)
    undo = Choice(request.words(SHOW), call("showtag", name=Text(tag.name)))
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


COMMAND = Command(
    name="hidetag",
    summary=Wording("বিষয় লুকান", "Hide a topic"),
    run=run,
    params=(NAME,),
    role=Role.ADMIN,
)
