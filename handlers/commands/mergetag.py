"""/mergetag A = B: makes one topic, called B, of two.

It asks first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editing import tag_names
from bot.values.calls import OneOf, Text, call
from bot.values.chats import Role
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import LEAVE_IT, Command, Request
from handlers.params import OneOfParam, TextParam
from handlers.stories import SURE

if TYPE_CHECKING:
    from bot.values.articles import Tag

WHICH = Wording(
    "কোন দুটি নাম আসলে এক? এভাবে লিখুন: /mergetag খামেনেই = খামেনি। শেষেরটি থাকবে।",
    "Which two names are one? Write: /mergetag Khamenei = Khameni. The last one stays.",
)
ALREADY = Wording("‘{tag}’ আর ‘{into}’ আগে থেকেই এক।", "‘{tag}’ and ‘{into}’ are one already.")
CONFIRM = Wording(
    "‘{tag}’ আর ‘{into}’ এক হবে, নাম থাকবে ‘{into}’। ‘{tag}’ নামে আছে: {n}টি খবর, {m} জন পাঠক। ফেরানো যাবে না।",
    "‘{tag}’ and ‘{into}’ become one, called ‘{into}’. By the name of ‘{tag}’: {n:story|stories}, {m:reader|readers}. "
    "Cannot be undone.",
)
DONE = Wording(
    "‘{tag}’ আর ‘{into}’ এখন এক, নাম ‘{into}’। এল {n}টি খবর, {m} জন পাঠক।",
    "‘{tag}’ and ‘{into}’ are one now, called ‘{into}’: {n:story|stories}, {m:reader|readers} came over.",
)
DO = Wording("এক করুন", "Make them one")
LEFT = Wording("থাক। কিছু বদলানো হয়নি।", "Left. Nothing was changed.")
TYPED = {"go": ("এক করুন", "make them one", *SURE), "no": Wording("থাক", "leave")}
LABELS = {"go": DO, "no": LEAVE_IT}


TAG = TextParam(name="tag", sign="NAME =", label=Wording("বিষয়ের নাম", "The topic's name"), required=True, until="=")
INTO = TextParam(name="into", sign="NAME", label=Wording("নতুন নাম", "Its new name"), required=True)
HOW = OneOfParam(name="how", options=TYPED, asked_only=True)


async def run(request: Request) -> Reply:
    """Say what would be joined, then join it."""
    first, second, how = request.get(TAG), request.get(INTO), request.get(HOW)
    if how == OneOf("no"):
        return request.reply(LEFT)
    named = tag_names.pair(first.words, second.words) if first is not None and second is not None else None
    if named is None:
        return request.reply(WHICH)
    into = await request.store.tags.named(named[1])
    if into is None:
        return request.reply(tag_names.UNKNOWN, tag=named[1])
    tag = await request.store.tags.named(named[0])
    name = tag.name if tag is not None else named[0]
    if tag is not None and tag.id == into.id:
        return request.reply(ALREADY, tag=named[0], into=into.name)
    return await (_do if how == OneOf("go") else _confirm)(request, name, into)


async def _confirm(request: Request, name: str, into: Tag) -> Reply:
    found = await tag_names.weight(request.store, name)
    text = request.words(CONFIRM, tag=name, into=into.name, n=found.articles, m=found.readers)
    so_far = call("mergetag", tag=Text(name), into=Text(into.name))
    row = tuple(Choice(request.words(label), so_far.filled(HOW.name, OneOf(mark))) for mark, label in LABELS.items())
    return Reply(Message((paragraph(text), Choices((row,))), brief=text), asks=Asks(so_far, HOW.name, chosen=True))


async def _do(request: Request, name: str, into: Tag) -> Reply:
    found = await tag_names.weight(request.store, name)
    if not await tag_names.merge(request.store, name, into, request.actor, request.now):
        return request.reply(ALREADY, tag=name, into=into.name)
    text = request.words(DONE, tag=name, into=into.name, n=found.articles, m=found.readers)
    return Reply(Message((paragraph(text),), brief=text), replaces=True)


COMMAND = Command(
    name="mergetag",
    summary=Wording("দুই বানানের বিষয় এক করুন", "Join two spellings of a topic"),
    run=run,
    params=(TAG, INTO, HOW),
    role=Role.ADMIN,
)
