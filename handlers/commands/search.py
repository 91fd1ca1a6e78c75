"""/search WORDS: finds news, and answers every plain text.

It searches headlines and text; a plain text is one that is no command.
"""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.articles.names import english
from bot.bangla.normalise import display, key
from bot.bangla.words import split
from bot.search import headlines, meaning, pages, saying, understanding
from bot.search.grammar import inquiring
from bot.search.likeness import LEAST_WORDS
from bot.subscriptions import choosing, naming
from bot.values.articles import Query, QueryKind
from bot.values.calls import Text, call
from bot.values.chats import Term
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Group, Menu, Request, ask_which
from handlers.params import OneOfParam, TextParam

if TYPE_CHECKING:
    from bot.search.understanding import Interpretation

TOO_LONG = Wording(
    "এত লম্বা লেখা দিয়ে খোঁজা যায় না। দু-তিনটি শব্দ লিখুন।", "That is too long to search. Send two or three words."
)
CHECK = Wording("যাচাই করুন", "Check")
REGULARLY = Wording("এমন খবর নিয়মিত চান?", "Would you like such news regularly?")
BELOW = 3
LONGEST = 3000
"""Characters of a text: a caption is pasted whole."""
LONGEST_QUESTION = 300
LONG = 25
"""Words of a text that is longer than a headline."""
FOLLOWED = 2
"""Words that are offered to be followed at most."""


WORDS = TextParam(
    name="words", sign="WORDS", label=Wording("যা খুঁজছেন", "What to look for"), required=True, suggest=suggesting.tag
)
SENSE = OneOfParam(name="sense", options=MappingProxyType({"any": ()}), asked_only=True)
"""Given where a plain text named no command: a section, a tag or an outlet may be meant as well as words."""


async def run(request: Request) -> Reply:
    """Show what a text finds.

    A section, a tag or an outlet that goes by it, else articles that hold its words.
    """
    given = request.get(WORDS)
    typed = display(given.words).strip() if given is not None else ""
    if not key(typed).strip():
        return await ask_which(request, WORDS.name, lambda term, name, _: naming.show(term, name))
    if (reply := await _pasted(request, typed)) is not None:
        return reply
    if len(typed) > LONGEST_QUESTION:
        return await _near(request, typed) or request.reply(TOO_LONG)
    return await _answer(request, typed)


async def _answer(request: Request, typed: str) -> Reply:
    understand = understanding.find if request.get(SENSE) is not None else understanding.words
    understood = await understand(request.store, typed, request.now, request.zone)
    if understood.choices:
        return await _which(request, understood)
    message = await _shown(request, understood)
    if message is None and understood.query.since is not None:
        message = await _of_other_days(request, understood.query)
    if message is None and understood.query.kind is not QueryKind.WORDS:
        # A section without news, for one, may well be named in the news of others.
        understood = await understanding.words(request.store, typed, request.now, request.zone)
        message = await _shown(request, understood) if not understood.choices else None
    if message is None and (fewer := await understanding.loosened(request.store, understood)) is not None:
        message = await _shown(request, fewer)
    if message is None and (near := await _near(request, typed)) is not None:
        return near
    if message is not None:
        return Reply(await _offering(request, message, understood, typed))
    return await _nothing(request, _called(understood) or typed, understood)


async def _offering(request: Request, message: Message, understood: Interpretation, typed: str) -> Message:
    """Ask whether such news is wanted regularly.

    This is asked of a person who asked to be sent it: «বিএনপির খবর পাঠাও».
    """
    kind = understanding.TERMS.get(understood.query.kind)
    if kind is None or request.get(SENSE) is None or not inquiring.inquiry(typed, request.now, request.zone).lasting:
        return message
    term = Term(kind, understood.query.value, understood.query.name)
    if await choosing.chosen(request.store, request.chat, term) is not None:
        return message
    name = meaning.name(term, request.language)
    row = (naming.follow_it(term, name, request.language, pressed=request.traits.buttons),)
    return dataclasses.replace(message, parts=(*message.parts, paragraph(request.words(REGULARLY)), Choices((row,))))


async def _shown(request: Request, understood: Interpretation) -> Message | None:
    count = request.traits.page
    return await pages.open_results(request.store, understood, request.view, count=count)


async def _of_other_days(request: Request, query: Query) -> Message | None:
    """Say that those days brought nothing, and show the last before."""
    return await pages.open_before(request.store, query, request.view, count=request.traits.page)


async def _pasted(request: Request, typed: str) -> Reply | None:
    """Open the story whose address or headline was pasted.

    If it is not here, say so.
    """
    found = await headlines.pasted(request.store, typed)
    if found is None:
        return None
    if found.articles:
        others = (_check(request, typed),) if len(split(typed)) >= LEAST_WORDS else ()
        message = pages.open_articles(found.articles, request.view, others=others)
        return Reply(message) if message is not None else None
    if found.outlet is None:
        return request.reply(saying.NOT_THIS_SITE)
    query = Query(QueryKind.OUTLET, str(found.outlet.id), found.outlet.name)
    note = request.words(saying.NOT_THIS_PAGE, outlet=naming.name(naming.outlet(found.outlet), request.language))
    message = await pages.open_list(request.store, query, request.view, count=BELOW, note=note)
    return Reply(message) if message is not None else request.reply(saying.NOT_THIS_SITE)


async def _near(request: Request, typed: str) -> Reply | None:
    """Show the stories nearest to a headline or a longer text.

    The text is not here word for word.
    """
    if len(split(typed)) < LEAST_WORDS:
        return None
    found = [article for _, article in await headlines.nearest(request.store, typed)][: headlines.SHOWN]
    wording = saying.NEAR_TEXT if len(split(typed)) > LONG else saying.NOT_THIS_HEADLINE
    note = request.words(wording)
    if not found:
        return None
    others = (_check(request, typed),)
    message = pages.open_articles(found, request.view, note=note, others=others)
    return Reply(message) if message is not None else None


def _check(request: Request, typed: str) -> Choice:
    """Offer to check what was pasted."""
    return Choice(request.words(CHECK), call("verify", words=Text(typed)))


async def _which(request: Request, understood: Interpretation) -> Reply:
    """Ask which word was meant.

    Each choice shows what it would search for.
    """
    if understood.roman:
        text = request.words(saying.WHICH, typed=understood.typed)
    elif len(understood.choices) == 1:
        text = request.words(saying.ONE_NEAR, q=understood.typed, near=understood.choices[0])
    else:
        text = request.words(saying.SEVERAL_NEAR, q=understood.typed)
    rows = [tuple(Choice(name, call("search", words=Text(name))) for name in understood.choices)]
    if not understood.roman and _can_be_followed(understood.typed):
        rows.append((await _follow(request, understood.typed),))
    return Reply(Message((paragraph(text), Choices(tuple(rows))), brief=text))


def _called(understood: Interpretation) -> str:
    """Name in Bengali what was asked in Roman letters.

    Return "" if no list knows it.
    """
    read = understood.spelled
    return read.name if read is not None and read.is_absent and understood.typed.isascii() else ""


async def _nothing(request: Request, name: str, understood: Interpretation) -> Reply:
    """Say that nothing was found, with what is here.

    That is the part of it that is here, the busiest topics and the newest headlines.
    """
    latest = await pages.open_list(request.store, Query(), request.view, count=BELOW)
    if latest is None:
        return request.reply(saying.EMPTY)
    text = request.words(saying.NOTHING, q=name)
    tags = await understanding.offered(request.store, understood, request.now)
    near = tuple(naming.show(naming.tag(tag), english.said(tag.name, request.language)) for tag in tags)
    follow = (await _follow(request, name),) if _can_be_followed(name) else ()
    choices = Choices(tuple(row for row in (near, follow) if row))
    return Reply(dataclasses.replace(latest, parts=(paragraph(text), choices, *latest.parts), brief=text))


async def _follow(request: Request, name: str) -> Choice:
    term = await meaning.term(request.store, name)
    return naming.follow_it(term, name, request.language, pressed=request.traits.buttons)


def _can_be_followed(text: str) -> bool:
    words = split(text)
    return 0 < len(words) <= FOLLOWED and any(sign.isalpha() for word in words for sign in word)


COMMAND = Command(
    name="search",
    summary=Wording("যেকোনো খবর খুঁজুন", "Search the news"),
    run=run,
    longest=LONGEST,
    params=(WORDS, SENSE),
    described=Wording("যেকোনো খবর খুঁজুন, বাংলা বা ইংরেজি হরফে", "Search, in Bengali or Roman letters"),
    menu=Menu(3, in_groups=True),
    group=Group.UNLISTED,
    aliases=(
        *("খুঁজুন", "খুঁজো", "খোঁজ", "খোঁজো", "খোজ", "খুজুন", "সার্চ"),
        *("find", "srch", "khojo", "khoj", "khuj", "khujun"),
    ),
)
