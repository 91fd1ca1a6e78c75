"""Shows the archive's lists, page by page.

Each page is a list of its own, so that a number opens the same article for ever.
"""

from __future__ import annotations

import dataclasses
import logging
import re
from typing import TYPE_CHECKING

from bot.articles import related
from bot.articles.card import digest
from bot.articles.card.card import card
from bot.articles.card.listing import listing
from bot.articles.names import english
from bot.bangla.cut import cut
from bot.bangla.numerals import to_bangla
from bot.bangla.stems import stem
from bot.bangla.words import SHORTEST_PREFIX, split
from bot.search import headings, saying
from bot.subscriptions import naming
from bot.values.articles import Cursor, Query, QueryKind
from bot.values.calls import Numbered, Text, call
from bot.values.chats import CardStyle, Chat, Language, Term, TermKind
from bot.values.errors import StorageError
from bot.values.lists import Listed
from bot.values.messages import Choice, Choices
from bot.values.topics import PLACES
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.articles.card.view import View
    from bot.ports.store import Store
    from bot.search.understanding import Interpretation
    from bot.values.articles import Article, TopicList
    from bot.values.messages import Message

log = logging.getLogger(__name__)

DAILY = Wording("দিনে গড়ে {n}টি খবর", "about {n:story|stories} a day")
FOUND = Wording("‘{name}’ খুঁজে {n}টি খবর পাওয়া গেছে", "{n:story|stories} found for ‘{name}’")
NOT_A_TAG = Wording(
    "‘{name}’ নামে কোনো বিষয় নেই। শিরোনাম ও খবরের ভেতরে যা পাওয়া গেল:",
    "There is no topic called ‘{name}’. Found in headlines and text:",
)
ONE_IN_LIST = Wording("এই তালিকায় একটিই খবর; সেটি খুলতে লিখুন: ১", "This list has one story; send 1 to open it.")
NOT_IN_LIST = Wording(
    "এই তালিকায় {n}টি খবর আছে। ১ থেকে {n} পর্যন্ত যেকোনো নম্বর লিখুন।",
    "This list has {n:story|stories}. Send a number from 1 to {n}.",
)
FORGOTTEN = Wording(
    "খবরটি আর জমা নেই; মূল সাইটে থাকতে পারে।", "We no longer keep this story; the original may still be online."
)
NEAR = Wording("↪ {headline}", "↪ {headline}")
NEAREST = 3
BESIDE = 40
"""How many stories are compared with one, by tags and by words each."""
RAREST = 4
"""Words of a headline that others are found by."""
LABEL = 60
_BENGALI = re.compile("[\u0980-\u09ff]")
_NUMBERS = 2**63
"""Above all that SQLite keeps as an integer."""
LONGEST = 20
"""The most lines one list has; beyond that a chat is a wall of text."""
LOOKED_AT = 200
"""How far back a look at the day goes: at most this many articles."""


def _in_digits(words: str, language: Language) -> str:
    """Print a word of a question with the digits of its script.

    It was compared with others, and keys have Latin ones.
    """
    return to_bangla(words) if language is Language.BANGLA and _BENGALI.search(words) else words


def not_in_list(count: int) -> Wording:
    """Return what is said to a number beyond a list."""
    return ONE_IN_LIST if count == 1 else NOT_IN_LIST


async def open_list(store: Store, query: Query, view: View, *, count: int, note: str = "") -> Message | None:
    """Show the first page of ``query``; None if there is nothing."""
    return await _page(store, Listed(query=await named(store, query, view.language)), view, count=count, note=note)


async def named(store: Store, query: Query, language: Language) -> Query:
    """Name the outlet of a list as its reader knows it."""
    english_one = language is Language.ENGLISH and query.kind is QueryKind.OUTLET
    found = await store.outlets.get(int(query.value)) if english_one else None
    return dataclasses.replace(query, name=found.name_en) if found is not None and found.name_en else query


async def next_page(store: Store, listed: Listed, view: View, *, count: int) -> Message | None:
    """Show the page behind one that was shown.

    Its numbers go on from there. Return None if there is no more.
    """
    if listed.end < len(listed.ids):
        return await _rest(store, listed, view)
    return await _page(store, listed, view, count=count) if listed.goes_on else None


async def _rest(store: Store, listed: Listed, view: View) -> Message | None:
    """Show the next stories that a digest had no room for.

    All of them are listed already.
    """
    following = dataclasses.replace(
        listed, first=listed.end + 1, end=min(listed.end + digest.PAGE, len(listed.ids)), query=Query(QueryKind.DIGEST)
    )
    articles = await store.articles.many(following.page)
    return _drawn(following, articles, view) if articles else None


async def open_day(store: Store, chat: Chat, view: View) -> Message | None:
    """Show what came since this chat last looked, as a digest.

    Return None if nothing came.
    """
    found = await store.digests.day(chat, LOOKED_AT)
    if not view.traits.samples:
        found = [one for one in found if not one.article.sample]
    if not found:
        return None
    try:
        await store.chats.seen_today(chat.id, max(one.subject.id for one in found))
    except StorageError as error:
        log.warning("a day was shown and not noted: %s", error)
    return digest.digest(digest.rank(found, view), view, head=digest.by_clock(view))


async def open_results(store: Store, understood: Interpretation, view: View, *, count: int) -> Message | None:
    """Show what a question finds, or None for nothing.

    It says how the question was understood.
    """
    query, note = understood.query, ""
    if understood.note is not None:
        said = {name: _in_digits(value, view.language) for name, value in understood.said.items()}
        note = say(understood.note, view.language, **said)
    elif query.kind is QueryKind.WORDS and query.since is not None:
        note = headings.head(query, view)
    elif query.kind is QueryKind.WORDS:
        many, apart = await store.articles.tally(query)
        note = say(saying.APART if apart else FOUND, view.language, name=query.name, n=many)
    others = [Choice(other, call("search", words=Text(other))) for other in understood.others]
    if understood.only:
        label = say(saying.ONLY, view.language, name=understood.only)
        others.append(Choice(label, call("search", words=Text(f"“{understood.only}”"))))
    return await _page(store, Listed(query=query), view, count=count, note=note, others=tuple(others))


def open_articles(
    articles: Sequence[Article], view: View, *, note: str = "", others: tuple[Choice, ...] = ()
) -> Message | None:
    """Show stories that were found by name.

    One alone is shown as its card; return None if all are samples that are not shown here.
    """
    shown = [article for article in articles if view.traits.samples or not article.sample]
    if not shown:
        return None
    listed = Listed(tuple(article.id for article in shown), end=len(shown))
    head = note or say(headings.REST, view.language)
    return listing(shown, view, head=head, listed=listed, note=note, others=others)


async def open_before(store: Store, query: Query, view: View, *, count: int) -> Message | None:
    """Show the last stories before days that brought nothing.

    It says so; None if there are none.
    """
    if query.since is not None and query.since > view.now:
        return await open_list(store, Query(), view, count=count, note=headings.ahead(query, view))
    earlier = dataclasses.replace(query, since=None, until=query.since)
    articles, _ = await _fetched(store, Listed(query=earlier), view, 1)
    if not articles:
        return await _open_after(store, query, view, count=count)
    note = headings.nothing(query, view, articles[0].at)
    return await open_list(store, earlier, view, count=count, note=note)


async def _open_after(store: Store, query: Query, view: View, *, count: int) -> Message | None:
    """Show the newest where the archive begins later.

    The days of `query` lie before all of it.
    """
    whenever = dataclasses.replace(query, since=None, until=None)
    articles, _ = await _fetched(store, Listed(query=whenever), view, 1)
    oldest = await store.articles.oldest()
    if not articles or oldest is None:
        return None
    before_all = query.until is not None and query.until <= oldest.at
    note = headings.begins(view, oldest.at) if before_all else headings.nothing(query, view, articles[0].at)
    return await open_list(store, whenever, view, count=count, note=note)


async def _page(
    store: Store, listed: Listed, view: View, *, count: int, note: str = "", others: tuple[Choice, ...] = ()
) -> Message | None:
    wanted, topic = max(1, min(count, LONGEST)), None
    if not listed.ids and _tells(listed.query):
        topic = await store.articles.topic(listed.query, wanted + 1, view.now)
        articles, cursor = _cut(topic.articles, view, wanted)
    else:
        articles, cursor = await _fetched(store, listed, view, wanted)
    if not articles:
        return None
    ids = (*listed.ids, *(article.id for article in articles))
    following = Listed(ids, listed.query, cursor, len(listed.ids) + 1, len(ids))
    return _drawn(following, articles, view, topic, note=note, others=others)


def _tells(query: Query) -> bool:
    """Tell whether the first page says more of a topic.

    That is how often it comes, and how many stories have it in their text alone.
    """
    return query.kind is QueryKind.TAG or (query.kind is QueryKind.TOPIC and query.value in PLACES.values())


def _drawn(
    listed: Listed,
    articles: list[Article],
    view: View,
    topic: TopicList | None = None,
    *,
    note: str = "",
    others: tuple[Choice, ...] = (),
) -> Message:
    query = listed.query
    term = Term(TermKind.TAG, query.value, query.name)
    tag = topic if query.kind is QueryKind.TAG else None
    inside = topic.in_text if topic is not None and not query.topic else 0
    return listing(
        articles,
        view,
        head=headings.head(query, view),
        about=_volume(tag.a_day, view) if tag is not None else "",
        listed=listed,
        note=note,
        sought=query.value if query.kind is QueryKind.WORDS else "",
        others=others,
        inside=naming.inside(query.name, inside, view.language, is_all=topic is None or topic.is_all),
        choices=naming.about(term, english.said(query.name, view.language), view.language) if tag is not None else (),
    )


async def again(store: Store, listed: Listed, view: View) -> Message | None:
    """Draw a shown page again, without what is gone.

    Stories that were withdrawn since are struck. Return None if nothing is left.
    """
    articles = await store.articles.many([number for number in listed.page if 0 < number < _NUMBERS])
    shown = [one for one in articles if view.traits.samples or not one.sample]
    if not shown:
        return None
    tells = listed.first == 1 and _tells(listed.query)
    return _drawn(listed, shown, view, await store.articles.topic(listed.query, 0, view.now) if tells else None)


def _volume(a_day: float, view: View) -> str:
    """Say how many stories a day a topic brings.

    If it seldom brings one, say nothing.
    """
    return say(DAILY, view.language, n=round(a_day)) if a_day >= 1 else ""


async def _fetched(store: Store, listed: Listed, view: View, wanted: int) -> tuple[list[Article], Cursor | None]:
    """Return the articles of a page, and where the next one begins."""
    if listed.query.kind is QueryKind.WORDS:
        found, cursor = await store.articles.ranked(listed.query, wanted, listed.cursor)
        return [one for one in found if view.traits.samples or not one.sample], cursor
    return _cut(await store.articles.page(listed.query, wanted + 1, after=listed.cursor), view, wanted)


def _cut(found: Sequence[Article], view: View, wanted: int) -> tuple[list[Article], Cursor | None]:
    """Part a page from the one article more.

    The extra article says that there are others.
    """
    shown = [article for article in found if view.traits.samples or not article.sample]
    last = shown[wanted - 1] if len(shown) > wanted else None
    return shown[:wanted], Cursor(last.at, last.id) if last is not None else None


async def whole(store: Store, article: Article, view: View, *, position: int | None = None) -> Message:
    """Draw a whole article, with stories near it."""
    drawn = card(article, CardStyle.FULL, view, position=position)
    near = await _near(store, article, view) if not view.public else []
    rows = tuple((_open(one, view),) for one in near)
    shows = (article.id, *(one.id for one in near))
    return dataclasses.replace(drawn, parts=(*drawn.parts, Choices(rows)), shows=shows) if rows else drawn


async def _near(store: Store, article: Article, view: View) -> list[Article]:
    """Return the stories nearest to one.

    They share a tag or a rare word of its headline.
    """
    counts = await store.vocabulary.counts(set(split(article.headline)))
    rare = sorted((word for word in counts if len(word) >= SHORTEST_PREFIX), key=lambda word: (counts[word], word))
    others = await store.articles.beside(article, [stem(word) for word in rare[:RAREST]], BESIDE)
    known = {one.id: one for one in others if view.traits.samples or not one.sample}
    bags = {one.id: related.bag(one) for one in (article, *known.values())}
    counts = await store.vocabulary.counts({word for bag in bags.values() for word in bag.words})
    return [known[number] for number in related.nearest(bags, article.id, counts, NEAREST)]


def _open(article: Article, view: View) -> Choice:
    label = say(NEAR, view.language, headline=cut(article.headline, LABEL))
    return Choice(label, call("read", number=Numbered(article.id)))
