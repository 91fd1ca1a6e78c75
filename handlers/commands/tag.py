"""/tag NAME [n]: news on one topic."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.bangla.normalise import display, key
from bot.search import pages, understanding
from bot.subscriptions import naming
from bot.values.articles import QueryKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Request, ask_which

if TYPE_CHECKING:
    from bot.values.articles import Query
    from bot.values.chats import Language

NOTHING = Wording(
    "‘{tag}’ নিয়ে এখনো কোনো খবর নেই। ফলো করে রাখলে এলেই জানাব।",
    "Nothing on ‘{tag}’ yet. Follow it and you will hear when there is.",
)


async def run(request: Request) -> Reply:
    """Show a tag; a word that is none answers from outlets, then from headlines and text, and /tag says so."""
    name, count = _name(request)
    if not key(name):
        return await ask_which(request, "tag", _offer)
    found = await understanding.find(request.store, name, request.now, ZoneInfo(request.chat.zone))
    if found.query.subject is QueryKind.WORDS:
        note = request.words(pages.NOT_A_TAG, name=found.query.name)
        message = await pages.open_list(request.store, request.chat, found.query, request.view, count=count, note=note)
    else:
        message = await pages.open_found(request.store, request.chat, found, request.view, count=count)
    return Reply(message) if message else _nothing(request, found.query)


def _name(request: Request) -> tuple[str, int]:
    words = display(request.argument).split()
    last = key(words[-1]) if words else ""
    if len(words) > 1 and last.isdecimal():
        return " ".join(words[:-1]), int(last[:4])
    return " ".join(words), request.traits.page


def _offer(name: str, _language: Language) -> Choice:
    return Choice(name, "tag", name, name)


def _nothing(request: Request, query: Query) -> Reply:
    text = request.words(NOTHING, tag=query.name)
    choices = Choices(((naming.follow(query.name, request.language),),))
    return Reply(Message((paragraph(text), choices), brief=text))


COMMAND = Command(
    name="tag",
    summary=Wording("একটি বিষয়ের খবর", "News on one topic"),
    run=run,
    suggest=suggesting.tag,
    takes_argument=True,
    usage="NAME [n]",
    aliases=("বিষয়", "ট্যাগ", "টপিক", "topic", "bishoy", "bisoy"),
)
