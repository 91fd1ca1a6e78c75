"""/read N: open a place of the list last shown here; a bare number does the same."""

from __future__ import annotations

import dataclasses

from bot.articles.card.withdrawn import withdrawn
from bot.bangla.normalise import key
from bot.search import pages
from bot.values.chats import ChatKind
from bot.values.messages import Choice, Choices, Reply
from bot.values.wording import Wording
from handlers.command import Command, Request

NO_LIST = Wording(
    "কোন তালিকা থেকে? আগে /latest দেখুন, তারপর নম্বর লিখুন।",
    "From which list? See /latest first, then send a number.",
)
TO_LIST = Wording("‹ তালিকায় ফিরুন", "‹ Back to the list")


async def run(request: Request) -> Reply:
    """Show one article whole: by its place in the list, or by its own number (#123)."""
    wanted = key(request.argument) or "1"
    if wanted.startswith("#"):
        number, _, page = request.argument.strip().partition(" ")
        opened = await _open(request, key(number)[1:], None)
        # In a group the list is everybody's: it stays.
        shown = pages.Page.read(page) if page and request.chat.kind is ChatKind.PRIVATE else None
        return _in_place(request, opened, shown) if shown is not None else opened
    ids = request.chat.shown.ids if request.chat.shown else ()
    if not ids:
        return request.reply(NO_LIST)
    place = int(wanted[:6]) if wanted.isdecimal() else 0
    if not 1 <= place <= len(ids):
        return request.reply(pages.NOT_IN_LIST, n=len(ids))
    return await _open(request, str(ids[place - 1]), place)


def _in_place(request: Request, opened: Reply, shown: pages.Page) -> Reply:
    """Show an article where the list stood, with the way back to it."""
    back = Choices(((Choice(request.words(TO_LIST), "page", shown.write()),),))
    drawn = dataclasses.replace(opened.message, parts=(*opened.message.parts, back))
    return dataclasses.replace(opened, message=drawn, replaces=True)


async def _open(request: Request, number: str, place: int | None) -> Reply:
    # 18 digits are the most that are sure to fit an SQLite integer.
    article = await request.store.articles.get(int(number[:18])) if number.isdecimal() else None
    if article is None or (article.sample and not request.traits.samples):
        return request.reply(pages.FORGOTTEN)
    subject = await request.store.subjects.of_article(article.id) if article.withdrawn else None
    if subject is not None:
        at = subject.changed_at or subject.created_at
        view, name = request.view, request.services.bot_name
        return Reply(withdrawn(article, subject.text, subject.by, view, at=at, bot_name=name))
    return Reply(await pages.whole(request.store, article, request.view, place=place))


COMMAND = Command(
    name="read",
    summary=Wording("তালিকার একটি খবর পুরো পড়ুন", "Read one story in full"),
    run=run,
    takes_argument=True,
    usage="N",
    aliases=("পড়ুন", "পড়ো", "পড়ি", "বিস্তারিত", "পুরো খবর", "full", "details", "poro", "porun", "bistarito", "puro khobor"),
)
