"""/hidetag NAME: a topic is shown on no card and in no list; who follows it goes on getting it."""

from __future__ import annotations

from bot.bangla.normalise import key
from bot.editing import tag_names
from bot.subscriptions import naming
from bot.values.chats import Role
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

WHICH = Wording("কোন বিষয় লুকাবেন? এভাবে লিখুন: /hidetag গুজব", "Which topic shall be hidden? Write: /hidetag rumours")
ALREADY = Wording("‘{tag}’ আগে থেকেই লুকানো।", "‘{tag}’ is hidden already.")
DONE = Wording(
    "‘{tag}’ এখন লুকানো: কার্ডে, তালিকায়, পরামর্শে নেই। {n}টি খবর রইল; {m} জন পাঠক আগের মতোই পাবেন।",
    "‘{tag}’ is hidden: on no card, in no list, never suggested. {n} stories stay; {m} readers get it as before.",
)


async def run(request: Request) -> Reply:
    """Hide what was named, with the way back."""
    if not key(request.argument):
        return request.reply(WHICH)
    tag = await request.store.tags.named(request.argument)
    if tag is None:
        return request.reply(tag_names.UNKNOWN, tag=request.argument)
    if tag.hidden:
        return request.reply(ALREADY, tag=tag.name)
    await tag_names.show(request.store, tag, request.actor, request.now, hidden=True)
    found = await tag_names.weight(request.store, tag.name)
    text = request.words(DONE, tag=tag.name, n=found.articles, m=found.readers)
    undo = Choice(request.words(naming.UNDO), "showtag", tag.name, f"showtag {tag.name}")
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


COMMAND = Command(
    name="hidetag",
    summary=Wording("বিষয় লুকান", "Hide a topic"),
    run=run,
    takes_argument=True,
    usage="NAME",
    role=Role.ADMIN,
)
