"""/showtag [NAME]: a topic that was hidden is shown again; without a name, which are hidden."""

from __future__ import annotations

from bot.bangla.normalise import key
from bot.editing import tag_names
from bot.subscriptions import naming
from bot.values.chats import Role
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

WHICH = Wording(
    "কোনটি আবার দেখাবেন? নামটি লিখুন, যেমন: /showtag গুজব", "Which shall be shown again? Write: /showtag rumours"
)
NONE = Wording("কোনো বিষয় লুকানো নেই।", "No topic is hidden.")
ALREADY = Wording("‘{tag}’ লুকানো নয়।", "‘{tag}’ is not hidden.")
DONE = Wording("‘{tag}’ আবার দেখানো হবে: {n}টি খবর, {m} জন পাঠক।", "‘{tag}’ is shown again: {n} stories, {m} readers.")
MOST = 20
IN_A_ROW = 2


async def run(request: Request) -> Reply:
    """Show what was named again, with the way back; or list what is hidden."""
    if not key(request.argument):
        return await _list(request)
    tag = await request.store.tags.named(request.argument)
    if tag is None:
        return request.reply(tag_names.UNKNOWN, tag=request.argument)
    if not tag.hidden:
        return request.reply(ALREADY, tag=tag.name)
    await tag_names.show(request.store, tag, request.actor, request.now, hidden=False)
    found = await tag_names.weight(request.store, tag.name)
    text = request.words(DONE, tag=tag.name, n=found.articles, m=found.readers)
    undo = Choice(request.words(naming.UNDO), "hidetag", tag.name, f"hidetag {tag.name}")
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


async def _list(request: Request) -> Reply:
    hidden = [
        Choice(tag.name, "showtag", tag.name, f"showtag {tag.name}") for tag in await request.store.tags.hidden(MOST)
    ]
    if not hidden:
        return request.reply(NONE)
    rows = tuple(tuple(hidden[start : start + IN_A_ROW]) for start in range(0, len(hidden), IN_A_ROW))
    text = request.words(WHICH)
    return Reply(Message((paragraph(text), Choices(rows)), brief=text))


COMMAND = Command(
    name="showtag",
    summary=Wording("লুকানো বিষয় আবার দেখান", "Show a hidden topic again"),
    run=run,
    takes_argument=True,
    usage="[NAME]",
    role=Role.ADMIN,
)
