"""/read N: opens an article of a list.

A bare number does the same.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.articles.card.withdrawn import withdrawn
from bot.search import pages
from bot.values.calls import ListAt, Numbered, call
from bot.values.chats import ChatKind
from bot.values.messages import Choice, Choices, Reply
from bot.values.wording import Wording
from handlers import shown
from handlers.command import Audience, Command, Group, Request
from handlers.params import PositionParam

if TYPE_CHECKING:
    from bot.values.lists import Listed

NO_LIST = Wording(
    "কোন তালিকা থেকে? আগে /latest দেখুন, তারপর নম্বর লিখুন।",
    "From which list? See /latest first, then send a number.",
)
TO_LIST = Wording("‹ তালিকায় ফিরুন", "‹ Back to the list")


NUMBER = PositionParam(name="number", sign="N", label=Wording("তালিকার নম্বর", "Number in the list"), required=True)


async def run(request: Request) -> Reply:
    """Show one article whole.

    It is named by its position in a list, or by its own number (#123).
    """
    wanted = request.get(NUMBER)
    if isinstance(wanted, Numbered):
        return await _open(request, wanted.article_id, None)
    chosen = wanted if wanted is not None else ListAt(0 if request.unread(NUMBER) else 1)
    listed = await shown.listed(request, chosen)
    if listed is None:
        return request.reply(NO_LIST)
    if not 1 <= chosen.position <= len(listed.ids):
        return request.reply(pages.not_in_list(len(listed.ids)), n=len(listed.ids))
    number = listed.ids[chosen.position - 1]
    if not chosen.list_id or request.listed:
        return await _open(request, number, chosen.position)
    opened = await _open(request, number, None)
    # In a group the list is everybody's: it stays.
    return _in_place(request, opened, listed) if request.chat.kind is ChatKind.PRIVATE else opened


def _in_place(request: Request, opened: Reply, listed: Listed) -> Reply:
    """Show an article in place of the list, with the way back."""
    back = Choices(((Choice(request.words(TO_LIST), call("page", list=ListAt(0, listed.id))),),))
    drawn = dataclasses.replace(opened.message, parts=(*opened.message.parts, back))
    return dataclasses.replace(opened, message=drawn, replaces=True)


async def _open(request: Request, number: int, position: int | None) -> Reply:
    article = await request.store.articles.get(number)
    if article is None or (article.sample and not request.traits.samples):
        return request.reply(pages.FORGOTTEN)
    subject = await request.store.subjects.of_article(article.id) if article.withdrawn else None
    if subject is not None:
        at = subject.changed_at or subject.created_at
        view, name = request.view, request.services.bot_name
        return Reply(withdrawn(article, subject.text, subject.by, view, at=at, bot_name=name))
    return Reply(await pages.whole(request.store, article, request.view, position=position))


COMMAND = Command(
    name="read",
    summary=Wording("তালিকার একটি খবর পুরো পড়ুন", "Read one story in full"),
    run=run,
    params=(NUMBER,),
    audience=Audience.CHAT,
    group=Group.UNLISTED,
    aliases=("পড়ুন", "পড়ো", "পড়ি", "বিস্তারিত", "পুরো খবর", "full", "details", "poro", "porun", "bistarito", "puro khobor"),
)
