"""Writes what stands above a list: its topic and days.

Dates stand beside the words for days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles import topics
from bot.articles.names import english
from bot.search import heading_days
from bot.values.articles import QueryKind
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.articles.card.view import View
    from bot.values.articles import Query
    from bot.values.chats import Language

LATEST = Wording("সর্বশেষ খবর", "Latest news")
FROM = Wording("{name} থেকে সর্বশেষ", "Latest from {name}")
FROM_SECTION = Wording("{name} থেকে, বিভাগ: {section}", "From {name}, section: {section}")
ABOUT = Wording("‘{name}’ নিয়ে খবর", "News on ‘{name}’")
SECTION = Wording("বিভাগ: {name}", "Section: {name}")
REST = Wording("আরও খবর", "More news")
BOTH = Wording("{head}, {days}", "{head}, {days}")
NOTHING_THEN = Wording("{day} ‘{q}’ নিয়ে কিছু আসেনি; শেষটি {last}:", "Nothing on ‘{q}’ {day}; the last is of {last}:")
NOTHING_AT_ALL = Wording("{day} এখনো কিছু আসেনি; শেষ খবর {last}:", "Nothing yet {day}; the last news is of {last}:")
BEGINS = Wording("জমা খবর {date} থেকে শুরু; তার আগের কিছু নেই।", "The archive begins on {date}.")
AHEAD = Wording("{date} এখনো আসেনি। সর্বশেষ খবর নিচে।", "{date} is still to come. The latest is below.")


def head(query: Query, view: View) -> str:
    """Name a list, with its days where it has any."""
    if query.kind is QueryKind.LATEST and query.since is not None:
        return heading_days.news_of(query, view)
    named = _named(query, view)
    return (
        say(BOTH, view.language, head=named, days=heading_days.days(query, view)) if query.since is not None else named
    )


def _named(query: Query, view: View) -> str:
    language = view.language
    match query.kind:
        case QueryKind.LATEST:
            return say(LATEST, language)
        case QueryKind.OUTLET if query.topic:
            return say(FROM_SECTION, language, name=query.name, section=_section(query.topic, language))
        case QueryKind.OUTLET:
            return say(FROM, language, name=query.name)
        case QueryKind.TOPIC:
            return say(SECTION, language, name=_section(query.value, language))
        case QueryKind.TAG | QueryKind.WORDS:
            return say(ABOUT, language, name=_called(query, view))
        case QueryKind.DIGEST:
            return say(REST, language)


def _section(slug: str, language: Language) -> str:
    return say(topics.by_slug(slug).name, language)


def nothing(query: Query, view: View, last: datetime) -> str:
    """Say that nothing came on those days.

    It says of when the last is that came.
    """
    named = "" if query.kind is QueryKind.LATEST else _called(query, view)
    wording = NOTHING_THEN if named else NOTHING_AT_ALL
    return _capital(
        say(wording, view.language, day=heading_days.on(query, view), q=named, last=heading_days.last_of(last, view))
    )


def begins(view: View, oldest: datetime) -> str:
    """Say when the archive begins.

    It is said to a person who asks for a day before that.
    """
    return say(BEGINS, view.language, date=heading_days.day(heading_days.local_day(oldest, view), view))


def ahead(query: Query, view: View) -> str:
    """Say that a day is still to come."""
    first, _ = heading_days.first_and_last(query, view)
    return say(AHEAD, view.language, date=heading_days.day(first, view))


def _called(query: Query, view: View) -> str:
    """Return what a query is about, as its reader calls it."""
    if query.kind is QueryKind.TAG:
        return english.said(query.name, view.language)
    return _section(query.value, view.language) if query.kind is QueryKind.TOPIC else query.name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
