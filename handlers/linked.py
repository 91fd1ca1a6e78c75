"""What a link to the bot leads to.

It leads to a story (a_12), the news on one of its tags (t_12_0), an outlet's (o_4), or one's own data (export).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.articles.card import card_choices
from bot.articles.card.card import card
from bot.search import meaning, pages
from bot.subscriptions import naming
from bot.values.articles import Query, QueryKind
from bot.values.calls import Numbered, OneOf, call
from bot.values.chats import CardStyle, ChatKind, Term, TermKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.command import Request

REGULAR = Wording("এমন খবর নিয়মিত চান?", "Would you like such news regularly?")
ARRANGE = Wording("সব সাজিয়ে নিন", "Arrange everything")
FOLLOW = Wording("➕ {tag} ফলো করুন", "➕ Follow {tag}")
NOTHING_FROM = Wording("{name} থেকে এখনো কিছু আসেনি।", "Nothing from {name} yet.")
NOTHING_ON = Wording("‘{name}’ নিয়ে এখনো কোনো খবর নেই।", "Nothing on ‘{name}’ yet.")
EXPORT = "export"
LATEST = Wording("📰 সর্বশেষ", "📰 Latest")

Linked = tuple[Message, Term | None]
"""What is shown, and what of it can be followed."""


async def open_link(request: Request, payload: str) -> Reply | None:
    """Show what a link names, and offer such news regularly.

    Return None if it names nothing of ours.
    """
    if payload == EXPORT and request.chat.kind is ChatKind.PRIVATE:
        return await request.run(call(EXPORT))
    kind, *numbers = payload.split("_")
    if kind not in _LINKED or not numbers or not all(number.isdecimal() for number in numbers):
        return None
    found = await _LINKED[kind](request, *[int(number[:18]) for number in numbers[:2]])
    if isinstance(found, Reply):
        return found
    shown, term = found
    row = [Choice(request.words(ARRANGE), call("start", step=OneOf("begin")))]
    if term is not None:
        row.insert(0, Choice(request.words(FOLLOW, tag=meaning.name(term, request.language)), naming.following(term)))
    invitation = (paragraph(request.words(REGULAR)), Choices((tuple(row),)))
    return Reply(dataclasses.replace(shown, parts=(*shown.parts, *invitation)))


def _gone(request: Request, wording: Wording = pages.FORGOTTEN, **values: str) -> Reply:
    """Say that what a link names is gone.

    The way to what is here stands below.
    """
    text = request.words(wording, **values)
    latest = Choice(request.words(LATEST), call("latest"))
    return Reply(Message((paragraph(text), Choices(((latest,),))), brief=text))


async def _story(request: Request, number: int, _at: int = 0) -> Linked | Reply:
    article = await request.store.articles.get(number)
    if article is None or (article.sample and not request.traits.samples):
        return _gone(request)
    if article.withdrawn:
        return await request.run(call("read", number=Numbered(article.id)))
    tags = [term for term in card_choices.terms(article) if term.kind is TermKind.TAG]
    return card(article, CardStyle.SUMMARY, request.view), tags[0] if tags else None


async def _about(request: Request, number: int, at: int = 0) -> Linked | Reply:
    article = await request.store.articles.get(number)
    tag = article.tags[at] if article is not None and at < len(article.tags) else ""
    query = await meaning.known(request.store, tag) if tag else None
    return await _listed(request, query, TermKind.TAG) if query is not None else _gone(request)


async def _from(request: Request, number: int, _at: int = 0) -> Linked | Reply:
    outlets = await request.store.outlets.all()
    query = next((Query(QueryKind.OUTLET, str(one.id), one.name) for one, _ in outlets if one.id == number), None)
    return await _listed(request, query, TermKind.OUTLET) if query is not None else _gone(request)


async def _listed(request: Request, query: Query, kind: TermKind) -> Linked | Reply:
    message = await pages.open_list(request.store, query, request.view, count=request.traits.page)
    if message is None:
        return _gone(request, NOTHING_FROM if kind is TermKind.OUTLET else NOTHING_ON, name=query.name)
    return message, Term(kind, query.value, query.name)


_LINKED: dict[str, Callable[..., Awaitable[Linked | Reply]]] = {"a": _story, "t": _about, "o": _from}
