"""Decides what stands in the date's place.

A date of publication only if the page or the feed gives one.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.values.articles import DHAKA
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.articles.card.view import View
    from bot.values.articles import Article

UPDATED = Wording("আপডেট: {time}", "Updated {time}")
UNKNOWN = Wording("প্রকাশের তারিখ জানা নেই · পাওয়া গেছে {date}", "Date of publication unknown · found {date}")
UNKNOWN_SHORT = Wording("তারিখ জানা নেই", "date unknown")
AHEAD = Wording("পাতায় তারিখ {date} · পাওয়া গেছে {found}, {time}", "The page says {date} · found {found}, {time}")
SOON = timedelta(minutes=15)
"""A clock may be ahead by this; a date further ahead is no fact."""
OLD = timedelta(days=31)
_NOON = timedelta(hours=12)  # from an outlet's midnight: its day, wherever the reader is


def on_card(article: Article, view: View, *, bangla: bool, short: bool = False) -> str:
    """Return what a card prints for the date.

    ``short`` prints the time of day alone, where a day would say nothing.
    """
    moment, seen = article.published or article.updated, article.first_seen
    if moment is None:
        return say(UNKNOWN, view.language, date=view.plain_date(seen))
    if moment > seen + SOON:
        date, found = view.plain_date(moment), view.plain_date(seen)
        return say(AHEAD, view.language, date=date, found=found, time=view.clock(seen))
    moment = min(moment, seen)
    if is_day_alone(article, moment):
        printed = view.date(moment + _NOON)
    else:
        printed = view.clock(moment) if short else view.moment(moment, bangla=bangla)
    return printed if article.published else say(UPDATED, view.language, time=printed)


def in_list(article: Article, view: View) -> str:
    """Return what a line of a list prints for the date."""
    moment, seen = article.published or article.updated, article.first_seen
    if moment is None:
        return say(UNKNOWN_SHORT, view.language)
    if moment > seen + SOON:
        return view.short(seen)
    moment = min(moment, seen)
    if seen - moment > OLD:
        return view.plain_date(moment)
    return view.short(moment + _NOON).rpartition(",")[0] if is_day_alone(article, moment) else view.short(moment)


def is_day_alone(article: Article, moment: datetime) -> bool:
    """Return whether a moment is a day without a time.

    It is midnight where its outlet is: no newsroom prints that as a time.
    """
    zone = ZoneInfo(article.outlet.zone if article.outlet else DHAKA)
    return moment.astimezone(zone).time() == time()
