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

        Those that are known need no draft.
        """

    async def save_all(self, arrivals: Sequence[Arrival], source: Source, now: datetime) -> list[Saved]:
        """Store drafts of a source in one transaction.

        In this order, each as `save` does.
        """

    async def save(self, draft: Draft, source: Source, now: datetime, *, push: Push) -> Saved:
        """Store a draft: new, a revision, or nothing new.

        A revision of the article that shares a name with it.
        An address is a name for all sources of the outlet whose host it is; for another source only within itself.

        A new article, what it offers and that it is to be spread are written in one transaction; ``push`` says how it
        may reach readers. A revision that changes its card begins a wave of edits.
        If names lead to two live articles they stay two, unless a page declares the address of one its proper one and
        they agree: then the older keeps all and the younger is in no list any more.
        The first article that is no sample takes every sample away.
        """

    async def get(self, article_id: int) -> Article | None:
        """Return one article.

        Following it if it was joined to an older one.
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
        """Return what holds the words, and the next page.

        Where that begins; None if there is no more.
        Articles whose headline holds the words come before those whose text does, and these before those that hold
        longer words which begin so; the newest first among equals.
        """

    async def beside(self, article: Article, words: Sequence[str], limit: int) -> list[Article]:
        """Return the newest stories near one.

        They share a tag with it, or have any of these words in their headline.
        """

    async def how_many(self, query: Query) -> int:
        """Return how many of the newest hold the words.

        The newest few hundred articles.
        """

    async def tally(self, query: Query) -> tuple[int, bool]:
        """Return how many of the newest hold the words.

        And whether even the best holds them far apart.
        """

    async def headed(self, words: Sequence[str], limit: int) -> list[Article]:
        """Return the articles with these words in the headline.

        Those with the first of them all in front.
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

        By ``key()``, made if there is none; it learns them all.
        The hosts of ``sites``, addresses, are listed as its own, but for those that are another's already.
        """

    async def of_site(self, address: str) -> Outlet | None:
        """Return the outlet whose host an address has."""

    async def sites(self, outlet: Outlet) -> int:
        """Return how many hosts are listed as an outlet's."""

    async def find(self, name: str) -> Outlet | None:
        """Return the outlet that a reader means.

        By ``name``, either name, by ``key()``.
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
        """Return the outlets, busiest first.

        Those with articles or an active source, with their number of articles.
        """


class Sources(Protocol):
    """Where articles come from, and when each is due."""

    async def add(
        self, kind_name: str, address: str | None, outlet: Outlet | None, *, full_text: FullText, now: datetime
    ) -> Source:
        """Return the source of that address, made if new.

        Or of that kind and outlet, without an address.
        One that was removed earlier comes back, due at once.
        """

    async def get(self, source_id: int) -> Source | None:
        """Return one source."""

    async def all(self) -> list[Source]:
        """Return all sources that have an address, by outlet."""

    async def due(self, now: datetime, limit: int, but: Collection[int] = ()) -> list[Source]:
        """Return active sources that are due, but for some.

        With the next poll at or before ``now``, the most overdue first.
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

        One with articles; a hidden one is none.
        """

    async def named(self, name: str) -> Tag | None:
        """Return the tag that goes by a name.

        As admins see it: a hidden one too, and one without articles.
        """

    async def get(self, tag_id: int) -> Tag | None:
        """Return the tag of that number.

        Or the one that it was joined to.
        """

    async def busiest(self, now: datetime, limit: int) -> list[Tag]:
        """Return the tags with most articles this week.

        In the last seven days; if there are none, of all time. None is hidden.
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

        Known or not; return whether that is new.
        From then on the other answers for it and new articles get it. Articles, spellings and what chats chose move in
        short transactions, and if that is cut off, when storage is opened next. A chat that followed either follows the
        one, once, as it chose for that, and if it did not, as it chose for the other.
        """

    async def rename(self, tag: Tag, name: str, line: AuditLine) -> bool:
        """Call a tag otherwise from now on.

        Wherever it is shown; False if another tag goes by that name.
        """

    async def hide(self, tag: Tag, line: AuditLine, *, hidden: bool) -> None:
        """Hide a tag everywhere, or show it again.

        On cards and in lists; who follows it goes on getting it.
        """


class Vocabulary(Protocol):
    """The words of the archive, asked by sound.

    What came since is counted before each answer.
    """

    async def nearest(self, word: str, limit: int) -> list[Guess]:
        """Return the words that one probably means.

        It is in Roman letters, or misspelt; the likeliest first.
        """

    async def base(self, word: str) -> str:
        """Return a noun without its endings.

        As far as the archive knows the rest: ব্যাংক for ব্যাংকে.
        """

    async def count(self, word: str) -> int:
        """Return how often a word stands in the archive."""

    async def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return how often each of these words stands in the archive."""

    async def facts(self, words: Collection[str], kept: Collection[str] = ()) -> dict[str, WordFacts]:
        """Return how each of these words stands.

        In which base form and in which other usual spellings.
        Of those ``kept`` no ending is taken off.
        """

    async def refresh(self) -> None:
        """Count some of the articles that came since."""
