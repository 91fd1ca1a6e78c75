"""What the program is about: outlets, sources, entries, articles, chats, subscriptions, deliveries.

Values only: frozen, slotted, without behaviour that needs the world. Times are aware; storage keeps them as
microseconds UTC. Own ids are integers and never reused; addresses of a platform (chat, user) are text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

DHAKA = "Asia/Dhaka"


class Role(IntEnum):
    """Who may do what; each role may do all that the ones below it may."""

    READER = 0
    CHAT_ADMIN = 1
    EDITOR = 2
    ADMIN = 3
    OWNER = 4


class Language(StrEnum):
    """A language that readers are answered in."""

    BANGLA = "bn"
    ENGLISH = "en"


class FullText(StrEnum):
    """Whether a whole article may be shown, or only its summary and a link: the text belongs to the outlet."""

    LINK = "link"
    ALLOWED = "allowed"


class SourceState(StrEnum):
    """Whether a source is polled."""

    ACTIVE = "active"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher, under the name that stands on every card."""

    id: int
    name: str
    name_en: str = ""
    country: str = "BD"
    zone: str = DHAKA


@dataclass(frozen=True, slots=True)
class Source:
    """One address (or import) that articles come from, and how it fares."""

    id: int
    outlet: Outlet | None
    kind: str
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What a parser read from one feed item or one page, before anything is decided about it.

    ``addresses`` are further addresses that the page gives for itself (canonical, og:url, shortlink, AMP).
    A date that names no zone has been read in the source's zone; ``None`` is "not said".
    """

    title: str
    body: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    guid: str | None = None
    addresses: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    dateline: str | None = None
    byline: str | None = None
    wire_sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    views: int | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """One name that an article goes by; unique on (scope, kind, value). Never a date, never a title.

    ``scope`` is "" for addresses, which are global, and the source's id for guids and body hashes.
    """

    scope: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A cleaned entry, ready to be stored as a new article, a revision of a known one, or nothing new."""

    headline: str
    body: tuple[str, ...]
    summary: tuple[str, ...]
    aliases: tuple[Alias, ...]
    publisher: str | None = None
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


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article in its newest revision."""

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

    @property
    def at(self) -> datetime:
        """The moment that orders articles: when it was published, but never after we first saw it."""
        return min(self.published or self.first_seen, self.first_seen)


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
    deliveries: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the order (at, id), newest first; a page goes on behind it."""

    at: datetime
    id: int


class Subject(StrEnum):
    """What a list of articles is about."""

    LATEST = "latest"
    OUTLET = "outlet"
    TAG = "tag"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the archive: everything, an outlet (its id), a tag (its key) or words in headline and text.

    ``name`` is what stands in the list's head: the outlet's or the tag's name, or the words as they were typed.
    """

    subject: Subject = Subject.LATEST
    value: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The list last shown in a chat: its articles by place, and where the next page goes on."""

    ids: tuple[int, ...] = ()
    query: Query = field(default_factory=Query)
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A place where readers are: a private chat, a group, a channel, a terminal."""

    id: int
    platform: str
    external_id: str
    language: Language = Language.BANGLA
    zone: str = DHAKA
    shown: Shown | None = None
    today_seen: int = 0


class TermKind(StrEnum):
    """What a subscription is to."""

    ALL = "all"
    OUTLET = "outlet"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Term:
    """What is followed: everything (value ""), an outlet (its id) or a tag (its key); ``name`` is for the eye."""

    kind: TermKind
    value: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is shown, and how many articles carry it."""

    id: int
    key: str
    name: str
    articles: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What somebody with a role did, to what, and what it was before and after."""

    at: datetime
    who: str
    what: str
    target: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: a chat of a platform."""

    platform: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """An article that a chat is to be shown, claimed by a sender."""

    article: Article
    chat: Chat
    tries: int

    @property
    def key(self) -> str:
        """The idempotency key: the same article for the same chat is the same message, however often it is tried."""
        return f"{self.article.id}-{self.chat.id}"
