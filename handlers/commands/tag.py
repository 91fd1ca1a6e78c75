"""/tag NAME [n]: news on one topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.search import meaning, pages, understanding
from bot.subscriptions import naming
from bot.values.articles import QueryKind
from bot.values.chats import Term
from bot.values.messages import Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Group, Request, ask_which
from handlers.params import AboutParam, CountParam

if TYPE_CHECKING:
    from bot.values.articles import Query

NOTHING = Wording(
    "‘{tag}’ নিয়ে এখনো কোনো খবর নেই। ফলো করে রাখলে খবর এলে পাবেন।",
    "Nothing on ‘{tag}’ yet. Follow it and you will hear when there is.",
)


TOPIC = AboutParam(
    name="topic",
    sign="NAME",
    label=Wording("বিষয়, যেমন ইরান", "A topic, for example Iran"),
    required=True,
    suggest=suggesting.tag,
)
COUNT = CountParam(name="count", sign="n", label=Wording("কয়টি খবর (১–১০)", "How many (1–10)"))


async def run(request: Request) -> Reply:
    """Show a tag's stories.

    A word that is none answers from outlets, then from headlines and text, and /tag says so.
    """
    about, wanted = request.get(TOPIC), request.get(COUNT)
    if about is None:
        return await ask_which(request, TOPIC.name, lambda term, name, _: naming.show(term, name))
    count = wanted.number if wanted is not None else request.traits.page
    if isinstance(about, Term):
        found = await understanding.of(request.store, about, request.now, request.zone)
    else:
        found = await understanding.find(request.store, about.words, request.now, request.zone)
    if found.query.kind is QueryKind.WORDS:
        note = request.words(pages.NOT_A_TAG, name=found.query.name)
        message = await pages.open_list(request.store, found.query, request.view, count=count, note=note)
    else:
        message = await pages.open_results(request.store, found, request.view, count=count)
    return Reply(message) if message else await _nothing(request, found.query)


async def _nothing(request: Request, query: Query) -> Reply:
    term = await meaning.term(request.store, query.name)
    name = meaning.name(term, request.language)
    text = request.words(NOTHING, tag=name)
    follow = naming.follow_it(term, name, request.language, pressed=request.traits.buttons)
    choices = Choices(((follow,),))
    return Reply(Message((paragraph(text), choices), brief=text))


COMMAND = Command(
    name="tag",
    summary=Wording("একটি বিষয়ের খবর", "News on one topic"),
    run=run,
    params=(TOPIC, COUNT),
    group=Group.UNLISTED,
    aliases=("বিষয়", "ট্যাগ", "টপিক", "topic", "bishoy", "bisoy"),
)
