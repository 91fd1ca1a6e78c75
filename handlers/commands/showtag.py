"""/showtag [NAME]: shows a hidden topic again.

Without a name it lists the hidden ones.
"""

from __future__ import annotations

from bot.editing import tag_names
from bot.values.calls import Text, call
from bot.values.chats import Role
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.params import TextParam

HIDE = Wording("আবার লুকান", "hide again")
WHICH = Wording(
    "কোনটি আবার দেখাবেন? নামটি লিখুন, যেমন: /showtag গুজব", "Which shall be shown again? Write: /showtag rumours"
)
NONE = Wording("কোনো বিষয় লুকানো নেই।", "No topic is hidden.")
ALREADY = Wording("‘{tag}’ লুকানো নয়।", "‘{tag}’ is not hidden.")
DONE = Wording(
    "‘{tag}’ আবার দেখানো হবে: {n}টি খবর, {m} জন পাঠক।", "‘{tag}’ is shown again: {n:story|stories}, {m:reader|readers}."
)
MOST = 20


NAME = TextParam(name="name", sign="NAME", label=Wording("বিষয়ের নাম", "The topic's name"))


async def run(request: Request) -> Reply:
    """Show a hidden topic again, or list them.

    The way back stands below.
    """
    named = request.get(NAME)
    if named is None:
        return await _list(request)
    tag = await request.store.tags.named(named.words)
    if tag is None:
        return request.reply(tag_names.UNKNOWN, tag=named.words)
    if not tag.hidden:
        return request.reply(ALREADY, tag=tag.name)
    await tag_names.show(request.store, tag, request.actor, request.now, hidden=False)
    found = await tag_names.weight(request.store, tag.name)
    text = request.words(DONE, tag=tag.name, n=found.articles, m=found.readers)
    undo = Choice(request.words(HIDE), call("hidetag", name=Text(tag.name)))
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


async def _list(request: Request) -> Reply:
    hidden = [Choice(tag.name, call("showtag", name=Text(tag.name))) for tag in await request.store.tags.hidden(MOST)]
    if not hidden:
        return request.reply(NONE)
    text = request.words(WHICH)
    return Reply(Message((paragraph(text), Choices((tuple(hidden),))), brief=text))


COMMAND = Command(
    name="showtag",
    summary=Wording("লুকানো বিষয় আবার দেখান", "Show a hidden topic again"),
    run=run,
    params=(NAME,),
    role=Role.ADMIN,
)
