"""/search WORDS: news in headlines and text; and the answer to every plain text that is no command."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from bot.search import pages, understanding
from bot.subscriptions import naming
from bot.values.articles import Query, QueryKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Request, ask_which
from handlers.params import OneOfParam, TextParam

if TYPE_CHECKING:
    from bot.search.understanding import Found
    from bot.values.chats import Language

NOTHING = Wording(
    "‘{q}’ নিয়ে কিছু পেলাম না। কাছাকাছি বিষয় আর সর্বশেষ খবর নিচে।",
    "Nothing on ‘{q}’. Nearby topics and the latest are below.",
)
EMPTY = Wording(
    "এখনো কোনো খবর আসেনি। প্রথম খবর এলেই এখানে দেখাব।",
    "No news yet. The first story will show here as soon as it comes.",
)
BELOW = 3


WORDS = TextParam(
    name="words", sign="WORDS", label=Wording("যা খুঁজছেন", "What to look for"), required=True, suggest=suggesting.tag
)
SENSE = OneOfParam(name="sense", options=MappingProxyType({"any": ()}))
"""Given where a plain text named no command: a section, a tag or an outlet may be meant as well as words."""


async def run(request: Request) -> Reply:
    """Show what a text finds: a section, a tag or an outlet that goes by it, else articles that hold its words."""
    given = request.get(WORDS)
    typed = display(given.words).strip() if given is not None else ""
    if not key(typed).strip():
        return await ask_which(request, "search", _offer)
    understand = understanding.find if request.get(SENSE) is not None else understanding.words
    found = await understand(request.store, typed, request.now, request.zone)
    message = await _shown(request, found, typed)
    if message is None and found.query.subject is not QueryKind.WORDS:
        # A section without news, for one, may well be named in the news of others.
        found = await understanding.words(request.store, typed, request.now, request.zone)
        message = await _shown(request, found, typed)
    if message is None and found.query.subject is QueryKind.WORDS:
        mended = await understanding.mended(request.store, found.query)
        message = await _shown(request, mended, typed) if mended is not None else None
    return Reply(message) if message is not None else await _nothing(request, typed)


async def _shown(request: Request, found: Found, typed: str) -> Message | None:
    count = request.traits.page
    return await pages.open_found(request.store, request.chat, found, request.view, typed, count=count)


async def _nothing(request: Request, asked: str) -> Reply:
    """Say so, with topics that sound alike and the newest headlines."""
    latest = await pages.open_list(request.store, request.chat, Query(), request.view, count=BELOW)
    if latest is None:
        return request.reply(EMPTY)
    text = request.words(NOTHING, q=asked)
    names = await understanding.nearest_tags(request.store, asked, request.now)
    near = tuple(Choice(name, "tag", name, name) for name in names)
    choices = Choices(tuple(row for row in (near, (naming.follow(asked, request.language),)) if row))
    return Reply(Message((paragraph(text), choices, *latest.parts), brief=text))


def _offer(name: str, _language: Language) -> Choice:
    return Choice(name, "tag", name, name)


COMMAND = Command(
    name="search",
    summary=Wording("যেকোনো খবর খুঁজুন", "Search the news"),
    run=run,
    params=(WORDS,),
    aliases=(
        *("খুঁজুন", "খুঁজো", "খোঁজ", "খোঁজো", "খোজ", "খুজুন", "সার্চ"),
        *("find", "srch", "khojo", "khoj", "khuj", "khujun"),
    ),
)
