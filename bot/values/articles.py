"""Outlets, sources, entries, articles: what the archive is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


DHAKA = "Asia/Dhaka"


class FullText(StrEnum):
    """How much of an article may be shown.

    The whole, or only its summary and a link: the text belongs to the outlet.
    """

    LINK = "link"
    ALLOWED = "allowed"


class SourceState(StrEnum):
    """Whether a source is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    HELD = "held"
    """It did something odd, and waits until an admin resumes it."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher, under the name that stands on every card."""

    id: int
    name: str
    name_en: str = ""
    country: str = "BD"
    zone: str = DHAKA


@dataclass(frozen=True, slots=True)
class Habits:
    """What a source usually does."""

    hosts: tuple[str, ...] = ()
    """Where its links lead, the newest first."""
    day: int = 0
    """The day that ``today`` counts, as its ordinal in Dhaka; 0 before the first."""
    today: int = 0
    """New stories on that day."""
    usual: float | None = None
    """New stories on a usual day; None while none has ended."""


@dataclass(frozen=True, slots=True)
class Source:
    """One address (or import) that articles come from, and how it fares."""

    id: int
    outlet: Outlet | None
    kind_name: str
    address: str | None
    full_text: FullText = FullText.LINK
    state: SourceState = SourceState.ACTIVE
    next_poll_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    killed_at: datetime | None = None
    """When the worker last died over it."""
    set_aside: tuple[str, ...] = ()
    """Fingerprints of entries that cannot be drafted."""
    habits: Habits = Habits()

    @property
    def unfinished(self) -> bool:
        """Whether a look left entries to the next one.

        The hash of a body is kept once all that it holds was taken in.
        """
        return self.body_hash is None and (self.last_ok_at or self.last_new_at) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a parser read from one item or page.

    Nothing is decided about it yet.
    ``addresses`` are further addresses that the page gives for itself (canonical, og:url, shortlink, AMP),
    ``canonical`` the one that it declares its proper one; a feed's item has none.
    A date that names no zone has been read in the source's zone; ``None`` is "not said". ``credited`` says that the
    item itself names ``publisher`` as its outlet, as an aggregator's does: then it is, whoever's the source is.
    """

    title: str
    body: tuple[str, ...] = ()
    publisher: str | None = None
    credited: bool = False
    url: str | None = None
    guid: str | None = None
    addresses: tuple[str, ...] = ()
    canonical: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    dateline: str | None = None
    byline: str | None = None
    wire_sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    views: int | None = None
    image: str | None = None


class AliasKind(StrEnum):
    """What sort of name an article goes by."""

    ADDRESS = "address"
    GUID = "guid"
    BODY = "body"
    """A hash of the body."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One name that an article goes by.

    It is unique on (scope, kind, value), and never a date or a title. ``scope`` is "" for an address that names the
    article for its whole outlet, else the id of the source within which it is a name: guids, body hashes, addresses of
    another outlet's host.
    """

    scope: str
    kind: AliasKind
    value: str

    @property
    def host(self) -> str:
        """The host of an address in its normal form."""
        return self.value.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entry as one look at a source found it.

    It is cleaned, with the names it goes by and a hash of what it says.
    """

    entry: Entry
    aliases: tuple[Alias, ...]
    canonical: Alias | None = None
    """The one of its names that the page itself declares its proper one."""
    fingerprint: str = ""
    """Equal for two looks at an entry that says the same; moved dates and views say nothing."""


class SightingState(StrEnum):
    """What the archive knows of an entry."""

    UNKNOWN = "unknown"
    """None of its names leads to an article."""
    CHANGED = "changed"
    """It says something else than when its source was last read."""
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a draft is found, followed and known again by.

    It is worked out once, when the entry is drafted.
    """

    indexed: tuple[str, str]
    """Headline and body as the full-text index is given them."""
    words: tuple[str, str]
    """Their words as the index parts them, with spaces between."""
    names: tuple[str, ...]
    """The keys of tags that its headline says, whether there are such tags or not."""
    tags: tuple[str, ...]
    """The keys of its own tags, in their order."""
    questions: tuple[str, ...]
    """Its own tags as somebody followed them who followed words."""
    topic: str | None
    """Its section."""
    topic_in_india: str | None
    """Its section in an outlet of India, where home is another country."""
    said: str
    """A hash of headline and body."""

    def section(self, outlet: Outlet | None) -> str | None:
        """Return its section in an outlet, which may be unknown."""
        return self.topic_in_india if outlet is not None and outlet.country == "IN" else self.topic


@dataclass(frozen=True, slots=True)
class Draft:
    """A cleaned entry, ready to be stored.

    Storing it makes a new article, revises a known one, or changes nothing.
    """

    headline: str
    body: tuple[str, ...]
    summary: tuple[str, ...]
    aliases: tuple[Alias, ...]
    canonical: Alias | None = None
    """The one of its names that the page itself declares its proper one."""
    publisher: str | None = None
    credited: bool = False
    url: str | None = None
    byline: str | None = None
    dateline: str | None = None
    wire_sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    views: int | None = None
    image: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    offer: Offer | None = None
    """Not worked out yet, if None."""
    fingerprint: str = ""
    """The fingerprint of its sighting."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An error that an editor corrected and declared.

    Readers see what stood there before, and why it changed.
    """

    at: datetime
    reason: str
    before: str = ""
    """The former headline, or "" where something else was put right."""


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article in its newest revision, with what editors put right."""

    id: int
    source_id: int
    revision: int
    headline: str
    body: tuple[str, ...]
    summary: tuple[str, ...]
    first_seen: datetime
    outlet: Outlet | None = None
    url: str | None = None
    byline: str | None = None
    dateline: str | None = None
    wire_sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    views: int | None = None
    image: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    full_text: FullText = FullText.LINK
    sample: bool = False
    topic: str | None = None
    """The key of its section (bot.values.topics)."""
    correction: Correction | None = None
    """What an editor last declared about it."""
    withdrawn: bool = False
    """Taken back by an editor: in no list, and shown as withdrawn wherever it was sent."""
    listed_at: datetime | None = None
    """The stored moment that orders it: what was imported without a date stands behind that day's news."""

    @property
    def at(self) -> datetime:
        """The moment that orders articles.

        It is when the article was published, else updated, else first seen; never after it was first seen.
        """
        return self.listed_at or min(self.published or self.updated or self.first_seen, self.first_seen)


@dataclass(frozen=True, slots=True)
class TopicList:
    """A topic's first page, and what is told of the topic."""

    articles: tuple[Article, ...]
    in_text: int
    """How many more have its name in their text alone, of the newest fifty that hold it."""
    a_day: float
    """How many articles it brought on a day of the last seven."""
    is_all: bool = True
    """Whether no more than these fifty hold it."""


class Push(StrEnum):
    """How a new article may reach those who follow it."""

    BREAKING = "breaking"
    NOW = "now"
    DIGEST = "digest"
    BATCH = "batch"
    """One of many that came at once: together they are one line of the next digest."""
    NONE = "none"
    """Older than its source is here: found when somebody asks, sent to nobody."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A draft, and how it may reach readers if it is new."""

    draft: Draft
    push: Push


class Outcome(StrEnum):
    """What storing a draft came to."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after it was stored."""

    article_id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position in the order (at, id), newest first.

    A page goes on behind it.
    """

    at: datetime
    id: int
    rank: int = 0
    """Where a question has better and worse answers: the better ones stand in front, the newest first among equals."""


class QueryKind(StrEnum):
    """What a list of articles is about."""

    LATEST = "latest"
    OUTLET = "outlet"
    TAG = "tag"
    TOPIC = "topic"
    WORDS = "words"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the archive.

    It asks for everything, an outlet (``value`` is its id), a tag (its key), a section (its slug), or words in the
    text. A digest asks for nothing, for its articles are listed already; ``value`` says how many of them were shown.

    ``name`` is what stands in the list's head: the outlet's or the tag's name, or the words as they were typed.
    """

    kind: QueryKind = QueryKind.LATEST
    value: str = ""
    name: str = ""
    without: str = ""
    """Words none of which may stand in headline or text."""
    since: datetime | None = None
    until: datetime | None = None
    topic: str = ""
    """The section within an outlet or a tag."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is shown, and how many articles carry it."""

    id: int
    key: str
    name: str
    articles: int = 0
    hidden: bool = False
    """Whether admins took it off cards and lists."""
