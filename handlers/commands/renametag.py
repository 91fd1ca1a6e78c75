"""/renametag A = B: topic A is called B from now on; its old name goes on leading to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editing import tag_names
from bot.subscriptions import naming
from bot.values.chats import Role
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.articles import Tag

WHICH = Wording(
    "কোন বিষয়ের নাম কী হবে? এভাবে লিখুন: /renametag খামেনেই = খামেনি",
    "Which topic, and what shall it be called? Write: /renametag Khamenei = Khameni",
)
LONG = Wording("নামটি {n}টি অক্ষরের মধ্যে রাখুন।", "Keep the name within {n} letters.")
SAME = Wording("‘{tag}’ নামেই আছে।", "It is called ‘{tag}’ already.")
TAKEN = Wording(
    "‘{into}’ নামে আরেকটি বিষয় আছে। দুটি আসলে এক হলে লিখুন: /mergetag {tag} = {into}",
    "Another topic is called ‘{into}’. If the two are one, write: /mergetag {tag} = {into}",
)
DONE = Wording(
    "‘{tag}’ এখন থেকে ‘{into}’: {n}টি খবর, {m} জন পাঠক। পুরোনো নামেও পাওয়া যাবে।",
    "‘{tag}’ is ‘{into}’ from now on: {n} stories, {m} readers. The old name still finds it.",
)
LONGEST = 60


async def run(request: Request) -> Reply:
    """Rename what was named, with the way back; or say why not."""
    named = tag_names.pair(request.argument)
    if named is None:
        return request.reply(WHICH)
    tag = await request.store.tags.named(named[0])
    if tag is None:
        return request.reply(tag_names.UNKNOWN, tag=named[0])
    if len(named[1]) > LONGEST:
        return request.reply(LONG, n=LONGEST)
    if tag.name == named[1]:
        return request.reply(SAME, tag=tag.name)
    if not await tag_names.rename(request.store, tag, named[1], request.actor, request.now):
        return request.reply(TAKEN, tag=tag.name, into=named[1])
    return await _renamed(request, tag, named[1])


async def _renamed(request: Request, tag: Tag, name: str) -> Reply:
    found = await tag_names.weight(request.store, name)
    text = request.words(DONE, tag=tag.name, into=name, n=found.articles, m=found.readers)
    back = f"{name} = {tag.name}"
    undo = Choice(request.words(naming.UNDO), "renametag", back, f"renametag {back}")
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


COMMAND = Command(
    name="renametag",
    summary=Wording("বিষয়ের নাম বদলান", "Rename a topic"),
    run=run,
    takes_argument=True,
    usage="NAME = NAME",
    role=Role.ADMIN,
)
