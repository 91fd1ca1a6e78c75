"""What the core asks of the archive.

Every method is one transaction; a cancelled one is either whole or not there. `now` is passed in, aware.
A database that cannot be used raises bot.values.errors.StorageError, whose text says what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.bangla.phonetics import Guess
    from bot.bangla.spelling import WordFacts
    from bot.values.articles import (
        Arrival,
        Article,
        Cursor,
        Draft,
        FullText,
        Outlet,
        Push,
        Query,
        Saved,
        Sighting,
        SightingState,
        Source,
        SourceState,
        Tag,
        TopicList,
    )
    from bot.values.chats import AuditLine


class Articles(Protocol):
    """The archive."""

    async def sift(self, sightings: Sequence[Sighting], source: Source) -> list[SightingState]:
        """Return what is known of each sighting of a source.

        A sighting that is known needs no draft.
        """

    async def save_all(self, arrivals: Sequence[Arrival], source: Source, now: datetime) -> list[Saved]:
        """Store drafts of a source in one transaction.

        They are stored in this order, each as `save` does.
        """

    async def save(self, draft: Draft, source: Source, now: datetime, *, push: Push) -> Saved:
        """Store a draft: new, a revision, or nothing new.

        It revises the article that shares a name with it. An address is a name for all sources of the outlet whose host
        it is; for another source it is one only within that source.

        One transaction writes a new article, what it offers and that it is to be spread; ``push`` says how it may reach
        readers. A revision that changes its card begins a wave of edits. If names lead to two live articles they stay
        two, unless a page declares the address of one its proper one and they agree: then the older keeps all and the
        younger is in no list any more. The first article that is no sample removes every sample.
        """

    async def get(self, article_id: int) -> Article | None:
        """Return one article.

        If it was joined to an older one, return that.
        """

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        """Return the articles that exist, in the order asked for."""

    async def page(self, query: Query, limit: int, after: Cursor | None = None) -> list[Article]:
        """Return at most ``limit`` articles, newest first by (at, id), behind ``after``.

        Words match as prefixes of the words of headline and text, all of them, on ``key()`` texts; of articles that
        hold them the newest few hundred are looked at, the better answers first, as by `ranked`.
        """

    async def ranked(
        self, query: Query, limit: int, after: Cursor | None = None
    ) -> tuple[list[Article], Cursor | None]:
        """Return one page of what holds the words, best first.

        With it comes where the next page begins, or None if there is no more. Articles whose headline holds the words
        come first, then those whose text does, then those that hold longer words with these beginnings; among equals
        the newest comes first.
        """

    async def beside(self, article: Article, words: Sequence[str], limit: int) -> list[Article]:
        """Return the newest stories near one.

        They share a tag with it, or have any of these words in their headline.
        """

    async def how_many(self, query: Query) -> int:
        """Return how many of the newest few hundred articles hold the words."""

    async def tally(self, query: Query) -> tuple[int, bool]:
        """Return how many of the newest articles hold the words.

        The flag tells whether even the best of them holds the words far apart.
        """

    async def headed(self, words: Sequence[str], limit: int) -> list[Article]:
        """Return articles with these words in the headline.

        Those that hold the first of the words come first.
        """

    async def at(self, address: str) -> Article | None:
        """Return the article of a canonical address; one that was withdrawn too."""

    async def topic(self, query: Query, limit: int, now: datetime) -> TopicList:
        """Return a topic's first page with what is told of it.

        The page is as `page` returns it, of a tag or a section.
        """

    async def count(self) -> int:
        """Return how many articles there are, samples left out."""

    async def newest(self) -> Article | None:
        """Return the article that was first seen last."""

    async def oldest(self) -> Article | None:
        """Return the article whose date is the earliest."""


class Outlets(Protocol):
    """Publishers and the names they go by."""

    async def ensure(
        self,
        name: str,
        *,
        name_en: str = "",
        country: str = "BD",
        zone: str = "",
        also: Sequence[str] = (),
        sites: Sequence[str] = (),
    ) -> Outlet:
        """Return the outlet of any of these names.

        Names are compared by ``key()``. The outlet is made if there is none, and it learns all the names. The hosts of
        ``sites``, which are addresses, become its own unless another outlet has them.
        """

    async def of_site(self, address: str) -> Outlet | None:
        """Return the outlet whose host an address has."""

    async def sites(self, outlet: Outlet) -> int:
        """Return how many hosts are listed as an outlet's."""

    async def find(self, name: str) -> Outlet | None:
        """Return the outlet that a reader means.

        ``name`` is either of its names, compared by ``key()``.
        """

    async def at(self, host: str) -> Outlet | None:
        """Return the outlet at a host, or None.

        The outlet of an article that stands there.
        """

    async def listed(self) -> int:
        """Return how many hosts are listed as some outlet's."""

    async def get(self, outlet_id: int) -> Outlet | None:
        """Return one outlet."""

    async def all(self) -> list[tuple[Outlet, int]]:
        """Return outlets with their number of articles, busiest first.

        An outlet counts if it has articles or an active source.
        """


class Sources(Protocol):
    """Where articles come from, and when each is due."""

    async def add(
        self, kind_name: str, address: str | None, outlet: Outlet | None, *, full_text: FullText, now: datetime
    ) -> Source:
        """Return the source of that address, made if new.

        A source without an address is known by its kind and outlet. One that was removed earlier comes back, due at
        once.
        """

    async def get(self, source_id: int) -> Source | None:
        """Return one source."""

    async def all(self) -> list[Source]:
        """Return all sources that have an address, by outlet."""

    async def due(self, now: datetime, limit: int, but: Collection[int] = ()) -> list[Source]:
        """Return active sources that are due, most overdue first.

        A source is due if its next poll is at or before ``now``; those in ``but`` are left out.
        """

    async def polled(self, source: Source) -> None:
        """Store a source's health and its next poll after a turn."""

    async def set_state(self, source_id: int, state: SourceState, now: datetime) -> None:
        """Pause or resume; a resumed source is due at once."""

    async def remove(self, source_id: int, now: datetime) -> None:
        """Forget a source; its articles stay."""


class Tags(Protocol):
    """Tags as outlets gave them; several spellings of one are one."""

    async def find(self, keys: Sequence[str]) -> Tag | None:
        """Return the tag of the first key in ``keys``.

        It must have articles; a hidden tag does not count.
        """

    async def named(self, name: str) -> Tag | None:
        """Return the tag that goes by a name.

        It is the tag as admins see it, so it may be hidden or have no articles.
        """

    async def get(self, tag_id: int) -> Tag | None:
        """Return a tag by its number.

        If it was joined to another tag, return that one.
        """

    async def busiest(self, now: datetime, limit: int) -> list[Tag]:
        """Return the tags with most articles of seven days.

        If there are none, all articles count. Hidden tags are left out.
        """

    async def hidden(self, limit: int) -> list[Tag]:
        """Return tags that are hidden, the youngest first."""

    async def followers(self, name: str) -> int:
        """Return how many chats follow what goes by a name."""


class Aliases(Protocol):
    """What admins do to tags.

    Each action writes its audit line in its own transaction, and none if nothing changed.
    """

    async def merge(self, name: str, into: Tag, line: AuditLine) -> bool:
        """Make a name a spelling of another tag.

        Return False if it was one already. The name need not be known. From then on the other tag answers for it and
        gets new articles. Articles, spellings and what chats chose move in short transactions; what is cut off goes on
        when storage is opened next. A chat that followed either tag follows the one that stays, once, as it chose for
        that one, else as it chose for the other.
        """

    async def rename(self, tag: Tag, name: str, line: AuditLine) -> bool:
        """Call a tag otherwise from now on, wherever it is shown.

        Return False if another tag goes by that name.
        """

    async def hide(self, tag: Tag, line: AuditLine, *, hidden: bool) -> None:
        """Hide a tag on cards and in lists, or show it.

        Chats that follow a hidden tag still get its news.
        """


class Vocabulary(Protocol):
    """The words of the archive, looked up by sound.

    Words of new articles are counted before each answer.
    """

    async def nearest(self, word: str, limit: int) -> list[Guess]:
        """Return the words that one probably means.

        It is in Roman letters, or misspelt; the likeliest first.
        """

    async def base(self, word: str) -> str:
        """Return a noun without its endings.

        An ending goes only if the archive knows the rest: ব্যাংক for ব্যাংকে.
        """

    async def count(self, word: str) -> int:
        """Return how often a word stands in the archive."""

    async def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return how often each of these words stands in the archive."""

    async def facts(self, words: Collection[str], kept: Collection[str] = ()) -> dict[str, WordFacts]:
        """Return the base form and other spellings of words.

        Words in ``kept`` keep their endings.
        """

    async def refresh(self) -> None:
        """Count some of the articles that came since."""
