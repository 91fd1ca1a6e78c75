"""Showing lists: a page of the archive, kept as what the chat was shown last, so that a bare number opens its place."""

from __future__ import annotations

import dataclasses
import json
import logging
from typing import TYPE_CHECKING, NamedTuple

from bot.articles import related, topics
from bot.articles.card import digest
from bot.articles.card.card import card
from bot.articles.card.listing import listing
from bot.bangla.cut import cut
from bot.bangla.stems import stem
from bot.bangla.words import SHORTEST_PREFIX, split
from bot.search import headings, saying
from bot.subscriptions import naming
from bot.values.articles import Cursor, Query, QueryKind
from bot.values.chats import CardStyle, Chat, Shown, Term, TermKind
from bot.values.errors import StorageError
from bot.values.messages import Choice, Choices
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.articles.card.view import View
    from bot.ports.store import Store
    from bot.search.understanding import Found
    from bot.values.articles import Article
    from bot.values.messages import Message

log = logging.getLogger(__name__)

DAILY = Wording("দিনে গড়ে {n}টি খবর", "about {n:story|stories} a day")
FOUND = Wording("‘{name}’ খুঁজে {n}টি খবর পাওয়া গেছে", "{n:story|stories} found for ‘{name}’")
NOT_A_TAG = Wording(
    "‘{name}’ নামে কোনো বিষয় নেই। শিরোনাম ও খবরের ভেতরে যা পাওয়া গেল:",
    "There is no topic called ‘{name}’. Found in headlines and text:",
)
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
_NUMBERS = 2**63
"""Above all that SQLite keeps as an integer."""
LONGEST = 20
"""The most lines one list has; beyond that a chat is a wall of text."""
LOOKED_AT = 200
"""How far back a look at the day goes: at most this many articles."""
_KEPT = 100
"""How many places a chat's list keeps: twenty pages of five."""


async def open_list(
    store: Store, chat: Chat, query: Query, view: View, *, count: int, note: str = ""
) -> Message | None:
    """Show the first page of ``query`` and remember it; None if there is nothing."""
    return await _page(store, chat, Shown(query=query), view, count=count, note=note)


async def next_page(store: Store, chat: Chat, shown: Shown, view: View, *, count: int) -> Message | None:
    """Show the page behind the one last shown; the numbers go on. None if there is no more."""
    if shown.query.subject is QueryKind.DIGEST:
        return await _rest(store, chat, shown, view)
    if shown.cursor is None:
        return None
    return await _page(store, chat, shown, view, count=count, note="")


async def _rest(store: Store, chat: Chat, shown: Shown, view: View) -> Message | None:
    """Show the next of the stories that a digest had no room for; all of them are listed already."""
    before = int(shown.query.value)
    ids = shown.ids[before : before + digest.PAGE]
    articles = await store.articles.many(ids)
    if not articles:
        return None
    now = before + len(ids)
    await _keep(store, chat, digest.listed(shown.ids, now))
    more = now < len(shown.ids)
    return listing(articles, view, head=say(headings.REST, view.language), first=before + 1, more=more)


async def open_day(store: Store, chat: Chat, view: View) -> Message | None:
    """Show what came since this chat last looked at the day, as a digest would; None if nothing did."""
    found = await store.digests.day(chat, LOOKED_AT)
    if not view.traits.samples:
        found = [one for one in found if not one.article.sample]
    if not found:
        return None
    ranked = digest.rank(found, view)
    await _keep(store, chat, digest.listed([one.article.id for one in ranked], digest.shown(ranked)))
    try:
        await store.chats.seen_today(chat.id, max(one.subject.id for one in found))
    except StorageError as error:
        log.warning("a day was shown and not noted: %s", error)
    return digest.digest(ranked, view, head=digest.by_clock(view))


async def _keep(store: Store, chat: Chat, shown: Shown) -> None:
    """Keep a list; where nothing can be written just now it is shown all the same, and its numbers open nothing."""
    try:
        await store.chats.remember(chat.id, shown)
    except StorageError as error:
        log.warning("a list was shown and not kept: %s", error)


async def open_found(store: Store, chat: Chat, found: Found, view: View, *, count: int) -> Message | None:
    """Show what a question finds, and how it was understood; None if that is nothing."""
    query, note = found.query, ""
    if found.note is not None:
        note = say(found.note, view.language, **found.said)
    elif query.subject is QueryKind.WORDS and query.since is not None:
        note = headings.head(query, view)
    elif query.subject is QueryKind.WORDS:
        many, apart = await store.articles.tally(query)
        note = say(saying.APART if apart else FOUND, view.language, name=query.name, n=many)
    others = [Choice(other, "search", other, other) for other in found.others]
    if found.only:
        label = say(saying.ONLY, view.language, name=found.only)
        others.append(Choice(label, "search", f"“{found.only}”", f"“{found.only}”"))
    return await _page(store, chat, Shown(query=query), view, count=count, note=note, others=tuple(others))


async def open_articles(
    store: Store,
    chat: Chat,
    articles: Sequence[Article],
    view: View,
    *,
    note: str = "",
    others: tuple[Choice, ...] = (),
) -> Message | None:
    """Show stories that were found by name, one alone as its card; None if all are samples that are not shown here."""
    shown = [article for article in articles if view.traits.samples or not article.sample]
    if not shown:
        return None
    ids = [article.id for article in shown]
    await _keep(store, chat, Shown(tuple(ids), Query(QueryKind.DIGEST, str(len(ids))), None))
    return listing(shown, view, head=note or say(headings.REST, view.language), more=False, note=note, others=others)


async def open_before(store: Store, chat: Chat, query: Query, view: View, *, count: int) -> Message | None:
    """Show the last that came before the days of ``query``, which brought nothing, and say so; None if nothing did."""
    if query.since is not None and query.since > view.now:
        return await open_list(store, chat, Query(), view, count=count, note=headings.ahead(query, view))
    earlier = dataclasses.replace(query, since=None, until=query.since)
    articles, _ = await _fetched(store, Shown(query=earlier), view, 1)
    if not articles:
        return await _open_after(store, chat, query, view, count=count)
    note = headings.nothing(query, view, articles[0].at)
    return await open_list(store, chat, earlier, view, count=count, note=note)


async def _open_after(store: Store, chat: Chat, query: Query, view: View, *, count: int) -> Message | None:
    """Show the newest of what ``query`` asks for, whose days lie before all of it."""
    whenever = dataclasses.replace(query, since=None, until=None)
    articles, _ = await _fetched(store, Shown(query=whenever), view, 1)
    oldest = await store.articles.oldest()
    if not articles or oldest is None:
        return None
    before_all = query.until is not None and query.until <= oldest.at
    note = headings.begins(view, oldest.at) if before_all else headings.nothing(query, view, articles[0].at)
    return await open_list(store, chat, whenever, view, count=count, note=note)


async def _page(
    store: Store, chat: Chat, shown: Shown, view: View, *, count: int, note: str, others: tuple[Choice, ...] = ()
) -> Message | None:
    articles, cursor = await _fetched(store, shown, view, max(1, min(count, LONGEST)))
    if not articles:
        return None
    ids = (*shown.ids, *(article.id for article in articles))[:_KEPT]
    await _keep(store, chat, Shown(ids, shown.query, cursor))
    page = Page(len(shown.ids) + 1, cursor is not None, [article.id for article in articles], shown.query)
    return await _drawn(store, page, articles, view, note=note, others=others)


async def _drawn(
    store: Store, page: Page, articles: list[Article], view: View, *, note: str = "", others: tuple[Choice, ...] = ()
) -> Message:
    query = page.query
    begins_a_tag = page.first == 1 and query.subject is QueryKind.TAG
    return listing(
        articles,
        view,
        head=headings.head(query, view),
        about=await _volume(store, query, view) if begins_a_tag else "",
        first=page.first,
        more=page.more,
        note=note,
        asked=query.value if query.subject is QueryKind.WORDS else "",
        others=others,
        offers=naming.about_tag(query.value, query.name, view.language) if begins_a_tag else (),
        page=page.write(),
    )


class Page(NamedTuple):
    """A page of a list as it was shown: what a button holds to draw it again."""

    first: int
    """The place of its first article."""
    more: bool
    ids: list[int]
    query: Query

    def write(self) -> str:
        """Write it as text, short for the commonest list; without the name, which a button must not bring."""
        query = self.query
        about = [] if query == Query() else [query.subject, query.value]
        return json.dumps([self.first, int(self.more), self.ids, *about], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Page | None:
        """Read what `write` wrote; None for anything else, which people may type."""
        try:
            first, more, ids, *about = json.loads(text)
            query = Query(QueryKind(about[0]), str(about[1])) if about else Query()
            return cls(max(1, min(int(first), _KEPT)), bool(more), [int(number) for number in ids][:LONGEST], query)
        except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
            return None


async def again(store: Store, chat: Chat, page: Page, view: View) -> Message | None:
    """Draw a page of a list as it was shown, without what is gone; None if that is all of it."""
    articles = await store.articles.many([number for number in page.ids if 0 < number < _NUMBERS])
    shown = [one for one in articles if not one.withdrawn and (view.traits.samples or not one.sample)]
    named = await _named(store, chat, page.query, shown) if shown else None
    return await _drawn(store, page._replace(query=named), shown, view) if named is not None else None


async def _named(store: Store, chat: Chat, query: Query, articles: list[Article]) -> Query | None:
    """Name the list of a button from what is kept here, never from what the button sent; None if there is no such."""
    kept = chat.shown.query if chat.shown is not None else Query()
    if (kept.subject, kept.value) == (query.subject, query.value):
        return kept  # with its days and its section
    match query.subject:
        case QueryKind.LATEST | QueryKind.DIGEST:
            return query
        case QueryKind.OUTLET:
            names = {one.outlet.name for one in articles if one.outlet and str(one.outlet.id) == query.value}
            return dataclasses.replace(query, name=names.pop()) if len(names) == 1 else None
        case QueryKind.TOPIC:
            section = next((one for one in topics.TOPICS if one.key == query.value), None)
            return dataclasses.replace(query, name=section.name.bn) if section is not None else None
        case QueryKind.TAG:
            tag = await store.tags.find([query.value])
            return dataclasses.replace(query, name=tag.name) if tag is not None else None
        case QueryKind.WORDS:
            # Its words are known of the list that was shown last alone.
            return Query(QueryKind.DIGEST)


async def _volume(store: Store, query: Query, view: View) -> str:
    """Say how many stories a day a topic brings; of one that seldom does that is nothing to say."""
    volume = await store.subscriptions.volume(Term(TermKind.TAG, query.value, query.name), view.now)
    return say(DAILY, view.language, n=round(volume)) if volume >= 1 else ""


async def _fetched(store: Store, shown: Shown, view: View, wanted: int) -> tuple[list[Article], Cursor | None]:
    """Return the articles of a page, and where the next one begins."""
    if shown.query.subject is QueryKind.WORDS:
        found, cursor = await store.articles.ranked(shown.query, wanted, shown.cursor)
        return [one for one in found if view.traits.samples or not one.sample], cursor
    found = await store.articles.page(shown.query, wanted + 1, after=shown.cursor)
    if not view.traits.samples:
        found = [article for article in found if not article.sample]
    last = found[wanted - 1] if len(found) > wanted else None
    return found[:wanted], Cursor(last.at, last.id) if last is not None else None


async def whole(store: Store, article: Article, view: View, *, place: int | None = None) -> Message:
    """Draw a whole article, with the stories that are near it to go on with."""
    drawn = card(article, CardStyle.FULL, view, place=place)
    near = await _near(store, article, view) if not view.public else []
    rows = tuple((_open(one, view),) for one in near)
    return dataclasses.replace(drawn, parts=(*drawn.parts, Choices(rows))) if rows else drawn


async def _near(store: Store, article: Article, view: View) -> list[Article]:
    """Return the stories nearest to one: of those that share a tag or a rare word of its headline."""
    counts = await store.vocabulary.counts(set(split(article.headline)))
    rare = sorted((word for word in counts if len(word) >= SHORTEST_PREFIX), key=lambda word: (counts[word], word))
    others = await store.articles.beside(article, [stem(word) for word in rare[:RAREST]], BESIDE)
    known = {one.id: one for one in others if view.traits.samples or not one.sample}
    bags = {one.id: related.bag(one) for one in (article, *known.values())}
    counts = await store.vocabulary.counts({word for bag in bags.values() for word in bag.words})
    return [known[number] for number in related.nearest(bags, article.id, counts, NEAREST)]


def _open(article: Article, view: View) -> Choice:
    label = say(NEAR, view.language, headline=cut(article.headline, LABEL))
    return Choice(label, "read", f"#{article.id}", f"/read #{article.id}")
