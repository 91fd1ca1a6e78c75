"""Reads buttons of version 0.1, which hold a command's text.

They lie in chats until March 2027. Most are read as if somebody had typed them. This file has what only buttons held.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.articles.card import card_choices
from bot.articles.card.card_choices import MENU, SHARE
from bot.search import meaning
from bot.subscriptions import choosing
from bot.values.articles import Query, QueryKind
from bot.values.calls import Call, Change, ListAt, Numbered, Once, OneOf, Text, call
from bot.values.chats import CardStyle, Term, TermKind
from bot.values.lists import LastShown, Listed
from bot.values.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.buttons import OldButton
    from handlers.command import Request

_SAID = "|"
_DIGITS = 18


async def understood(old: OldButton, request: Request) -> Call | None:
    """Return the call that an old button stands for.

    Return None if there is no such command.
    """
    command = request.commands.get(old.command)
    if command is None:
        return None
    if old.command in _READ:
        found = await _READ[old.command](request, old.argument)
        if found is not None:
            return found
    return await command.read(old.argument, request)


def _number(word: str) -> Numbered | None:
    digits = word.removeprefix("#")[:_DIGITS]
    return Numbered(int(digits)) if digits.isdecimal() else None


async def _page(request: Request, argument: str) -> Call | None:
    listed = await _listed(request, argument)
    return call("page", list=ListAt(0, listed.id)) if listed is not None else None


async def _listed(request: Request, text: str) -> Listed | None:
    """Keep the page of an old button as a list.

    No words that it brought are shown.
    """
    try:
        first, _, ids, *_ = json.loads(text)
        numbers = tuple(number for number in ids if isinstance(number, int) and 0 < number < 2**63)
        first = max(1, min(int(first), 100))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    if not numbers:
        return None
    ids = (*([0] * (first - 1)), *numbers[:20])
    listed = Listed(ids, Query(QueryKind.DIGEST), first=first, end=len(ids))
    await request.store.shown.keep(request.chat.id, request.actor, LastShown(listed), request.now)
    return listed


async def _read(request: Request, argument: str) -> Call | None:
    number, _, page = argument.partition(" ")
    story = _number(number)
    listed = await _listed(request, page) if page and story is not None else None
    position = listed.position(story.article_id) if listed is not None and story is not None else None
    if listed is None or position is None:
        return call("read", number=story) if story is not None else None
    return call("read", number=ListAt(position, listed.id))


async def _story(request: Request, argument: str) -> Call | None:
    """Return the call that a card's button held.

    The place of a topic means what stands there now, and toggles it.
    """
    number, *words = argument.split() or [""]
    style = next((word for word in words if word in list(CardStyle)), CardStyle.SUMMARY)
    form = words[0] if words[:1] in ([MENU], [SHARE]) else style
    story = _number(number)
    if form not in (MENU, SHARE):
        return call("story", story=story, form=OneOf(form))
    made = call("story", story=story, form=OneOf(form), style=OneOf(style))
    article = await request.store.articles.get(story.article_id) if story is not None else None
    if article is None or len(words) != 4 or not words[3].isdecimal():  # noqa: PLR2004 - menu, style, what, which
        return made
    tags = [one for one in card_choices.terms(article) if one.kind is TermKind.TAG][:3]
    outlets = [one for one in card_choices.terms(article) if one.kind is TermKind.OUTLET]
    terms = [*tags, *outlets]
    at = int(words[3][:4])
    return await _toggling(request, made, terms[at], words[2]) if at < len(terms) else made


async def _toggling(request: Request, made: Call, term: Term, what: str) -> Call:
    chosen = await choosing.chosen(request.store, request.chat, term)
    exclude = what == "drop"
    done = chosen is not None and chosen.exclude is exclude
    wish = ("unmute" if done else "mute") if exclude else ("unfollow" if done else "follow")
    return made.filled("wish", OneOf(wish)).filled("topic", term)


async def _start(request: Request, argument: str) -> Call | None:
    step, _, rest = argument.partition(" ")
    if step != "pick":
        return call("start", step=OneOf(step), option=OneOf(rest) if rest else None) if step else None
    kind, _, name = rest.partition(" ")
    if kind == "home":
        term = await meaning.term(request.store, f"{TermKind.TAG.value}:{name}")
    elif rest == "all":
        term = Term(TermKind.ALL)
    elif rest in {one.slug for one in TOPICS}:
        term = meaning.section_term(rest)
    else:
        return None
    chosen = await choosing.chosen(request.store, request.chat, term)
    follows = chosen is not None and not chosen.exclude
    return call("start", step=OneOf(step), topic=term, wish=OneOf("unfollow" if follows else "follow"))


async def _district(request: Request, argument: str) -> Call | None:
    del request
    first, _, rest = argument.partition(" ")
    onward = OneOf("start") if first == "start" else None
    name = rest if first in ("start", "?") else argument
    return call("district", name=Text(name) if name else None, onward=onward)


async def _settings(request: Request, argument: str) -> Call | None:
    del request
    words = argument.split()
    if words[:1] != ["erase"]:
        return None
    return call("settings", change=Change("erase", OneOf("yes") if len(words) > 1 else None))


async def _report(request: Request, argument: str) -> Call | None:
    del request
    return call("report", how=OneOf("no")) if argument == "no" else None


async def _correct(request: Request, argument: str) -> Call | None:
    """Read «#12 headline: NEW | REASON | card»."""
    del request
    number, _, rest = argument.partition(" ")
    field, _, said = rest.partition(":")
    text, reason, how, *_ = (*(piece.strip() for piece in said.split(_SAID)), "", "", "")
    made = call("correct", story=_number(number), field=OneOf(field.strip()) if field.strip() else None)
    if text:
        made = made.filled("new", Text(text))
    if reason:
        made = made.filled("reason", Text(reason))
    if not how:
        return made
    # It was drawn without an idempotency key; its own text serves as one, so that pressed twice it happens once.
    return made.filled("how", OneOf(how)).filled("once", Once(blake2b(argument.encode(), digest_size=9).hexdigest()))


async def _withdraw(request: Request, argument: str) -> Call | None:
    """Read «#12 REASON | go»."""
    del request
    number, _, rest = argument.partition(" ")
    reason, _, how = (piece.strip() for piece in rest.rpartition(_SAID))
    return call("withdraw", story=_number(number), reason=Text(reason), how=OneOf(how)) if reason else None


async def _mergetag(request: Request, argument: str) -> Call | None:
    """Read «NAME = NAME | go»."""
    del request
    names, _, how = (piece.strip() for piece in argument.rpartition(_SAID))
    first, _, second = (name.strip() for name in names.partition("="))
    return call("mergetag", tag=Text(first), into=Text(second), how=OneOf(how)) if second else None


_READ: dict[str, Callable[[Request, str], Awaitable[Call | None]]] = {
    "page": _page,
    "read": _read,
    "story": _story,
    "start": _start,
    "district": _district,
    "settings": _settings,
    "report": _report,
    "correct": _correct,
    "withdraw": _withdraw,
    "mergetag": _mergetag,
}
