"""Writes what stands above a list: its topic and days.

Dates stand beside the words for days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.articles import topics
from bot.bangla.numerals import to_bangla
from bot.bangla.printing import ENGLISH_MONTHS, MONTHS
from bot.values.articles import QueryKind
from bot.values.chats import Language
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.articles.card.view import View
    from bot.values.articles import Query

LATEST = Wording("সর্বশেষ খবর", "Latest news")
FROM = Wording("{name} থেকে সর্বশেষ", "Latest from {name}")
FROM_SECTION = Wording("{name} থেকে, বিভাগ: {section}", "From {name}, section: {section}")
ABOUT = Wording("‘{name}’ নিয়ে খবর", "News on ‘{name}’")
SECTION = Wording("বিভাগ: {name}", "Section: {name}")
REST = Wording("আরও খবর", "More news")
TODAY = Wording("আজ, {date}", "today, {date}")
YESTERDAY = Wording("গতকাল, {date}", "yesterday, {date}")
NEWS_TODAY = Wording("আজকের খবর, {date}", "Today's news, {date}")
NEWS_YESTERDAY = Wording("গতকালের খবর, {date}", "Yesterday's news, {date}")
NEWS_OF = Wording("{date} তারিখের খবর", "News of {date}")
NEWS_OF_MONTH = Wording("{month} মাসের খবর", "News of {month}")
NEWS_OF_YEAR = Wording("{year} সালের খবর", "News of {year}")
SPAN = Wording("{since} থেকে {until} পর্যন্ত", "{since} to {until}")
BOTH = Wording("{head}, {days}", "{head}, {days}")
ON_TODAY = Wording("আজ, {date},", "today, {date}")
ON_YESTERDAY = Wording("গতকাল, {date},", "yesterday, {date}")
ON_DAY = Wording("{date} তারিখে", "on {date}")
IN_SPAN = Wording("{since} থেকে {until} পর্যন্ত", "from {since} to {until}")
NOTHING_THEN = Wording("{day} ‘{q}’ নিয়ে কিছু আসেনি; শেষটি {last}:", "Nothing on ‘{q}’ {day}; the last is of {last}:")
NOTHING_AT_ALL = Wording("{day} এখনো কিছু আসেনি; শেষ খবর {last}:", "Nothing yet {day}; the last news is of {last}:")
OF_YESTERDAY = Wording("গতকালের, {date}", "yesterday, {date}")
OF_TODAY = Wording("আজকের, {date}", "today, {date}")
OF_DAY = Wording("{date} তারিখের", "{date}")
BEGINS = Wording("জমা খবর {date} থেকে শুরু; তার আগের কিছু নেই।", "The archive begins on {date}.")
AHEAD = Wording("{date} এখনো আসেনি। সর্বশেষ খবর নিচে।", "{date} is still to come. The latest is below.")
_DAY = timedelta(days=1)


def head(query: Query, view: View) -> str:
    """Name a list, with its days where it has any."""
    if query.kind is QueryKind.LATEST and query.since is not None:
        return _news_of(query, view)
    named = _named(query, view)
    return say(BOTH, view.language, head=named, days=days(query, view)) if query.since is not None else named


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
            return say(ABOUT, language, name=query.name)
        case QueryKind.DIGEST:
            return say(REST, language)


def _section(slug: str, language: Language) -> str:
    return say(topics.by_slug(slug).name, language)


def days(query: Query, view: View) -> str:
    """Say a list's days.

    Examples are «গতকাল, ২৭ নভেম্বর» and «২১ নভেম্বর থেকে ২৮ নভেম্বর পর্যন্ত».
    """
    first, last = _first_and_last(query, view)
    today = _local(view.now, view)
    if first == last:
        wording = {today: TODAY, today - _DAY: YESTERDAY}.get(first)
        return say(wording, view.language, date=day(first, view)) if wording is not None else day(first, view)
    if (month := _month(first, last, view)) or (month := _year(first, last, view.language)):
        return month
    return say(SPAN, view.language, since=day(first, view), until=day(min(last, today), view))


def _news_of(query: Query, view: View) -> str:
    first, last = _first_and_last(query, view)
    today = _local(view.now, view)
    if first == last:
        wording = {today: NEWS_TODAY, today - _DAY: NEWS_YESTERDAY}.get(first, NEWS_OF)
        return say(wording, view.language, date=day(first, view))
    if month := _month(first, last, view):
        return say(NEWS_OF_MONTH, view.language, month=month)
    if year := _year(first, last, view.language):
        return say(NEWS_OF_YEAR, view.language, year=year)
    return days(query, view)


def nothing(query: Query, view: View, last: datetime) -> str:
    """Say that nothing came on those days.

    It says of when the last is that came.
    """
    named = "" if query.kind is QueryKind.LATEST else _called(query, view)
    wording = NOTHING_THEN if named else NOTHING_AT_ALL
    return _capital(say(wording, view.language, day=_on(query, view), q=named, last=_last(last, view)))


def begins(view: View, oldest: datetime) -> str:
    """Say when the archive begins.

    It is said to a person who asks for a day before that.
    """
    return say(BEGINS, view.language, date=day(_local(oldest, view), view))


def ahead(query: Query, view: View) -> str:
    """Say that a day is still to come."""
    first, _ = _first_and_last(query, view)
    return say(AHEAD, view.language, date=day(first, view))


def _called(query: Query, view: View) -> str:
    return _section(query.value, view.language) if query.kind is QueryKind.TOPIC else query.name


def _on(query: Query, view: View) -> str:
    first, last = _first_and_last(query, view)
    today = _local(view.now, view)
    if first == last:
        wording = {today: ON_TODAY, today - _DAY: ON_YESTERDAY}.get(first, ON_DAY)
        return say(wording, view.language, date=day(first, view))
    return say(IN_SPAN, view.language, since=day(first, view), until=day(min(last, today), view))


def _last(moment: datetime, view: View) -> str:
    at, today = _local(moment, view), _local(view.now, view)
    wording = {today: OF_TODAY, today - _DAY: OF_YESTERDAY}.get(at, OF_DAY)
    return say(wording, view.language, date=day(at, view))


def day(one: date, view: View) -> str:
    """Print a day: ২৭ নভেম্বর.

    The year stands only where it is not this one.
    """
    english = view.language is Language.ENGLISH
    named = f"{one.day} {(ENGLISH_MONTHS if english else MONTHS)[one.month - 1]}"
    shown = named if one.year == _local(view.now, view).year else f"{named} {one.year}"
    return shown if english else to_bangla(shown)


def _month(first: date, last: date, view: View) -> str:
    if first.day != 1 or (last + _DAY).day != 1 or (first.year, first.month) != (last.year, last.month):
        return ""
    english = view.language is Language.ENGLISH
    named = (ENGLISH_MONTHS if english else MONTHS)[first.month - 1]
    if first.year == _local(view.now, view).year:
        return named
    return f"{named} {first.year if english else to_bangla(first.year)}"


def _year(first: date, last: date, language: Language) -> str:
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    if not whole:
        return ""
    return str(first.year) if language is Language.ENGLISH else to_bangla(first.year)


def _first_and_last(query: Query, view: View) -> tuple[date, date]:
    since = query.since or view.now
    until = query.until or max(view.now, since)
    first = _local(since, view)
    # Up to midnight is the day before; what ends in the small hours is the night that began on the day before.
    return first, max(
        first,
        _local(
            until - timedelta(hours=6, microseconds=1)
            if _is_night(since, until)
            else until - timedelta(microseconds=1),
            view,
        ),
    )


def _is_night(since: datetime, until: datetime) -> bool:
    return until - since <= timedelta(hours=12)


def _local(moment: datetime, view: View) -> date:
    return moment.astimezone(view.zone).date()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
