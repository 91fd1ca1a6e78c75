"""Draws a digest: what came since the last one.

The most important stories come first, by topic, ten lines at once. The score is a plain sum, so that one can see why a
story stands where it does. How many outlets carry a story will count once it is known which stories are one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from bot.articles.card import withdrawn
from bot.articles.card.card import publisher
from bot.articles.card.card_choices import CHOOSE_MINE
from bot.articles.one_line import one_line
from bot.articles.topics import by_slug
from bot.values.articles import Query, QueryKind
from bot.values.calls import ListAt, call
from bot.values.delivery import Why
from bot.values.lists import Listed
from bot.values.messages import Choice, Choices, Heading, Item, Items, Link, Message, MessageSort, Part, paragraph
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.articles.card.view import View
    from bot.values.articles import Article
    from bot.values.chats import Chat
    from bot.values.delivery import Candidate

MORNING = Wording("☀️ সকালের খবর একনজরে", "☀️ Morning news at a glance")
MIDDAY = Wording("🕛 দুপুরের খবর একনজরে", "🕛 Midday news at a glance")
EVENING = Wording("🌙 সারা দিনের খবর একনজরে", "🌙 The day at a glance")
OVERNIGHT = Wording("☀️ রাতে যা এসেছে", "☀️ What came in overnight")
AFTER_PAUSE = Wording("বিরতির সময়ের খবর, একসঙ্গে", "While you were on a break")
SORRY = Wording(
    "দেরির জন্য দুঃখিত। {start} থেকে {end} পর্যন্ত খবর পাঠানো যায়নি; জমে থাকা খবর একসঙ্গে দেওয়া হলো।",
    "Sorry for the delay. News could not be sent from {start} to {end}; here is what gathered.",
)
AT_ONCE = Wording("{outlet} থেকে একসঙ্গে {n}টি নতুন খবর", "{n:new story|new stories} from {outlet}")
# Not «{time} পর»: that wants an ending, and a variable is never inflected.
CHOSEN = Wording("{time} থেকে এসেছে {total}টি খবর; এখানে {n}টি।", "{total:story|stories} since {time}; {n} here.")
WHOLE = Wording("{time} থেকে এসেছে {n}টি খবর, সব এখানে।", "{n:story|stories} since {time}, all here.")
OTHER = Wording("অন্যান্য", "Other")
MORE = Wording("আরও খবর ›", "More ›")
CHANGE = Wording("⚙️ সময় ও বিষয় বদলান", "⚙️ Change times and topics")
DOUBTFUL = Wording("আগেও পেয়ে থাকতে পারেন", "you may have had this already")

PAGE = 10
OF_ONE_OUTLET = 2
"""Lines that one outlet has on a page, as long as there are others."""
LISTED = 100
"""Stories of a digest that can be paged through."""
NOON, AFTERNOON = 11, 16
"""Local hours at which the midday's and the evening's digests begin."""
NEAR = 2.0
"""Points for each step nearer to what a chat follows: everything, an outlet, a topic, words, a tag."""
BREAKING = 6.0
HALF_DAY = timedelta(hours=12)
"""A story loses a step's worth in this time."""
ENDED = timedelta(minutes=10)
"""A digest so soon after a pause is the one of its end."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a digest, and the line under it."""

    text: str
    said: str = ""


def head_of(found: Sequence[Candidate], chat: Chat, now: datetime, view: View) -> Head:
    """Name a digest by why it comes now.

    The reason is our own delay, a pause, a night, else the time of day.
    """
    language = view.language
    usual = say(_by_hour(now.astimezone(view.zone).hour), language)
    late = [one.subject.created_at for one in found if one.left in (Why.STALE, Why.BACKLOG)]
    if late:
        return Head(usual, say(SORRY, language, start=view.short(min(late)), end=view.short(now)))
    if chat.paused_until is not None and timedelta(0) <= now - chat.paused_until < ENDED:
        return Head(say(AFTER_PAUSE, language))
    if not chat.preferences.digest_times and any(one.left is Why.QUIET for one in found):
        return Head(say(OVERNIGHT, language))
    return Head(usual)


def by_clock(view: View) -> Head:
    """Name a digest by the time of day alone."""
    return Head(say(_by_hour(view.now.astimezone(view.zone).hour), view.language))


def listed(ranked: Sequence[Candidate]) -> Listed:
    """Return a digest as a list of all its articles, in order.

    Its first page is what the digest shows.
    """
    single = [one for one in ranked if not one.batch]
    ids = tuple(one.article.id for one in single)[:LISTED]
    return Listed(ids, Query(QueryKind.DIGEST), end=len(_page(single)))


def _by_hour(hour: int) -> Wording:
    if hour < NOON:
        return MORNING
    return MIDDAY if hour < AFTERNOON else EVENING


def rank(found: Sequence[Candidate], view: View) -> list[Candidate]:
    """Return the articles in a digest's order.

    The first page is by topic, the rest by importance.
    """
    single = sorted((one for one in found if not one.batch), key=lambda one: (-_score(one, view.now), -one.subject.id))
    first = _first_page(single)
    taken = {one.subject.id for one in first}
    rest = [one for one in single if one.subject.id not in taken]
    return [*_grouped(first), *rest, *(one for one in found if one.batch)]


def _score(one: Candidate, now: datetime) -> float:
    age = max(now - one.article.at, timedelta(0))
    return NEAR * (one.follows - age / HALF_DAY) + (BREAKING if one.subject.breaking_at is not None else 0)


def _first_page(ordered: Sequence[Candidate]) -> list[Candidate]:
    outlets = Counter(_outlet(one) for one in ordered)
    # Who follows one paper alone chose it: there is nobody to make room for.
    most = OF_ONE_OUTLET if len(outlets) > 1 else PAGE
    taken: Counter[int] = Counter()
    page: list[Candidate] = []
    for one in ordered:
        if taken[_outlet(one)] < most and len(page) < PAGE:
            taken[_outlet(one)] += 1
            page.append(one)
    return page


def _outlet(one: Candidate) -> int:
    return one.article.outlet.id if one.article.outlet else 0


def _grouped(page: Sequence[Candidate]) -> list[Candidate]:
    """Bring stories of one topic together.

    The topic of the best story comes first; what has none stands last.
    """
    order = [*dict.fromkeys(one.article.topic for one in page if one.article.topic), None]
    return sorted(page, key=lambda one: order.index(one.article.topic))


def digest(ranked: Sequence[Candidate], view: View, *, head: Head) -> Message:
    """Draw the first page of what `rank` ordered.

    The numbers are positions in that order.
    """
    language = view.language
    single = [one for one in ranked if not one.batch]
    page = _page(single)
    parts: list[Part] = [Heading(head.text)]
    if head.said:
        parts.append(paragraph(head.said))
    known = listed(ranked)
    parts += _groups(page, view)
    if batches := _batches(ranked, view):
        parts.append(paragraph(*batches))
    parts.append(paragraph(*_foot(ranked, page, view)))
    parts.append(Choices(_below(view, known)))
    first = f": {_line(page[0].article)}" if page else ""
    return Message(tuple(parts), f"{head.text}{first}", language, sort=MessageSort.DIGEST, listed=known)


def _below(view: View, known: Listed) -> tuple[tuple[Choice, ...], ...]:
    language = view.language
    if view.among_others:
        link = view.traits.deep_link.format(start="begin")
        return ((Choice(say(CHOOSE_MINE, language), Link(link)),),) if link else ()
    onward = (Choice(say(MORE, language), call("more", list=ListAt(0, known.id))),) if known.goes_on else ()
    change = (Choice(say(CHANGE, language), call("settings")),)
    return tuple(row for row in (onward, change) if row)


def _page(single: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the first page of what was ranked.

    It ends where a third story of an outlet begins the rest.
    """
    several = len({_outlet(one) for one in single}) > 1
    taken: Counter[int] = Counter()
    for position, one in enumerate(single):
        taken[_outlet(one)] += 1
        if position == PAGE or (several and taken[_outlet(one)] > OF_ONE_OUTLET):
            return single[:position]
    return single


def _groups(page: Sequence[Candidate], view: View) -> list[Part]:
    parts: list[Part] = []
    position = 1
    topics = {one.article.topic for one in page}
    for topic, group in groupby(page, key=lambda one: one.article.topic):
        stories = list(group)
        # A title above everything would part nothing from anything.
        title = say(by_slug(topic).name if topic else OTHER, view.language) if len(topics) > 1 else ""
        items = tuple(_item(one, at, view) for at, one in enumerate(stories, position))
        parts.append(Items(items, title, compact=True))
        position += len(stories)
    return parts


def _foot(ranked: Sequence[Candidate], page: Sequence[Candidate], view: View) -> list[str]:
    """Say of which day it is, and what was chosen.

    A digest with a line of many at once says nothing of a choice.
    """
    foot = [view.day(view.now)]
    if page:
        since = view.short(min(one.subject.created_at for one in ranked))
        wording = WHOLE if len(page) == len(ranked) else CHOSEN
        foot.append(say(wording, view.language, time=since, total=len(ranked), n=len(page)))
    return foot


def _item(one: Candidate, position: int, view: View) -> Item:
    article = one.article
    name = publisher(article, view.language)
    remark = say(DOUBTFUL, view.language) if one.doubtful else ""
    if article.withdrawn:
        text = say(withdrawn.LINE, view.language, headline=article.headline)
        return Item(position, text, None, name, article.id, struck=True, remark=remark)
    corrected = article.correction is not None
    # Nothing that a channel's subscribers press opens anything: the headline is the link.
    number = None if view.among_others else article.id
    return Item(position, _line(article), article.url, name, number, corrected=corrected, remark=remark)


def _line(article: Article) -> str:
    """Return what a line says of a story; a corrected headline stays."""
    return article.headline if article.correction else one_line(article.headline, article.summary)


def _batches(ranked: Sequence[Candidate], view: View) -> list[str]:
    many = Counter(publisher(one.article, view.language) for one in ranked if one.batch)
    return [say(AT_ONCE, view.language, outlet=outlet, n=n) for outlet, n in many.items()]
