"""Says which days a list is of: words, and dates beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.numerals import to_bangla
from bot.bangla.printing import ENGLISH_MONTHS, MONTHS
from bot.values.chats import Language
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.articles.card.view import View
    from bot.values.articles import Query

TODAY = Wording("আজ, {date}", "today, {date}")
YESTERDAY = Wording("গতকাল, {date}", "yesterday, {date}")
NEWS_TODAY = Wording("আজকের খবর, {date}", "Today's news, {date}")
NEWS_YESTERDAY = Wording("গতকালের খবর, {date}", "Yesterday's news, {date}")
NEWS_OF = Wording("{date} তারিখের খবর", "News of {date}")
NEWS_OF_MONTH = Wording("{month} মাসের খবর", "News of {month}")
NEWS_OF_YEAR = Wording("{year} সালের খবর", "News of {year}")
SPAN = Wording("{since} থেকে {until} পর্যন্ত", "{since} to {until}")
ON_TODAY = Wording("আজ, {date},", "today, {date}")
ON_YESTERDAY = Wording("গতকাল, {date},", "yesterday, {date}")
ON_DAY = Wording("{date} তারিখে", "on {date}")
IN_SPAN = Wording("{since} থেকে {until} পর্যন্ত", "from {since} to {until}")
OF_YESTERDAY = Wording("গতকালের, {date}", "yesterday, {date}")
OF_TODAY = Wording("আজকের, {date}", "today, {date}")
OF_DAY = Wording("{date} তারিখের", "{date}")
_DAY = timedelta(days=1)


def days(query: Query, view: View) -> str:
    """Say a list's days.

    Examples are «গতকাল, ২৭ নভেম্বর» and «২১ নভেম্বর থেকে ২৮ নভেম্বর পর্যন্ত».
    """
    first, last = first_and_last(query, view)
    today = local_day(view.now, view)
    if first == last:
        wording = {today: TODAY, today - _DAY: YESTERDAY}.get(first)
        return say(wording, view.language, date=day(first, view)) if wording is not None else day(first, view)
    if (month := _month(first, last, view)) or (month := _year(first, last, view.language)):
        return month
    return say(SPAN, view.language, since=day(first, view), until=day(min(last, today), view))


def news_of(query: Query, view: View) -> str:
    """Name a list of all the news of its days."""
    first, last = first_and_last(query, view)
    today = local_day(view.now, view)
    if first == last:
        wording = {today: NEWS_TODAY, today - _DAY: NEWS_YESTERDAY}.get(first, NEWS_OF)
        return say(wording, view.language, date=day(first, view))
    if month := _month(first, last, view):
        return say(NEWS_OF_MONTH, view.language, month=month)
    if year := _year(first, last, view.language):
        return say(NEWS_OF_YEAR, view.language, year=year)
    return days(query, view)


def on(query: Query, view: View) -> str:
    """Say on which days something was sought."""
    first, last = first_and_last(query, view)
    today = local_day(view.now, view)
    if first == last:
        wording = {today: ON_TODAY, today - _DAY: ON_YESTERDAY}.get(first, ON_DAY)
        return say(wording, view.language, date=day(first, view))
    return say(IN_SPAN, view.language, since=day(first, view), until=day(min(last, today), view))


def last_of(moment: datetime, view: View) -> str:
    """Say of which day the last news is."""
    at, today = local_day(moment, view), local_day(view.now, view)
    wording = {today: OF_TODAY, today - _DAY: OF_YESTERDAY}.get(at, OF_DAY)
    return say(wording, view.language, date=day(at, view))


def day(one: date, view: View) -> str:
    """Print a day: ২৭ নভেম্বর.

    The year stands only where it is not this one.
    """
    english = view.language is Language.ENGLISH
    named = f"{one.day} {(ENGLISH_MONTHS if english else MONTHS)[one.month - 1]}"
    shown = named if one.year == local_day(view.now, view).year else f"{named} {one.year}"
    return shown if english else to_bangla(shown)


def _month(first: date, last: date, view: View) -> str:
    if first.day != 1 or (last + _DAY).day != 1 or (first.year, first.month) != (last.year, last.month):
        return ""
    english = view.language is Language.ENGLISH
    named = (ENGLISH_MONTHS if english else MONTHS)[first.month - 1]
    if first.year == local_day(view.now, view).year:
        return named
    return f"{named} {first.year if english else to_bangla(first.year)}"


def _year(first: date, last: date, language: Language) -> str:
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    if not whole:
        return ""
    return str(first.year) if language is Language.ENGLISH else to_bangla(first.year)


def first_and_last(query: Query, view: View) -> tuple[date, date]:
    """Return the first and the last day of a list."""
    since = query.since or view.now
    until = query.until or max(view.now, since)
    first = local_day(since, view)
    # Up to midnight is the day before; what ends in the small hours is the night that began on the day before.
    return first, max(
        first,
        local_day(
            until - timedelta(hours=6, microseconds=1)
            if _is_night(since, until)
            else until - timedelta(microseconds=1),
            view,
        ),
    )


def _is_night(since: datetime, until: datetime) -> bool:
    return until - since <= timedelta(hours=12)


def local_day(moment: datetime, view: View) -> date:
    """Return a moment's day where the reader is."""
    return moment.astimezone(view.zone).date()
