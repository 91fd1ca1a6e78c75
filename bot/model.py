"""What the program is about: outlets, sources, entries, articles, chats, subscriptions, deliveries.

Values only: frozen, slotted, without behaviour that needs the world. Times are aware; storage keeps them as
microseconds UTC. Own ids are integers and never reused; addresses of a platform (chat, user) are text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
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
class Correction:
    """An error that an editor declared and put right; readers see what stood there before, and why it changed."""

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
    """The key of its section (bot.articles.topics)."""
    correction: Correction | None = None
    """What an editor last declared about it."""
    withdrawn: bool = False
    """Taken back by an editor: in no list, and shown as withdrawn wherever it was sent."""

    @property
    def at(self) -> datetime:
        """The moment that orders articles: when it was published, but never after we first saw it."""
        return min(self.published or self.first_seen, self.first_seen)


class Push(StrEnum):
    """How a new article may reach those who follow it."""

    BREAKING = "breaking"
    NOW = "now"
    DIGEST = "digest"
    BATCH = "batch"
    """One of many that came at once: together they are one line of the next digest."""
    NONE = "none"
    """Older than its source is here: found when somebody asks, sent to nobody."""


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
    """A place in the order (at, id), newest first; a page goes on behind it."""

    at: datetime
    id: int
    rank: int = 0
    """Where a question has better and worse answers: the better ones stand in front, the newest first among equals."""


class Subject(StrEnum):
    """What a list of articles is about."""

    LATEST = "latest"
    OUTLET = "outlet"
    TAG = "tag"
    TOPIC = "topic"
    WORDS = "words"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the archive: everything, an outlet (its id), a tag or a section (its key), or words in the text.

    Or none at all: a digest, whose articles are listed already; ``value`` says how many of them were shown.

    ``name`` is what stands in the list's head: the outlet's or the tag's name, or the words as they were typed.
    """

    subject: Subject = Subject.LATEST
    value: str = ""
    name: str = ""
    without: str = ""
    """Words none of which may stand in headline or text."""
    since: datetime | None = None
    until: datetime | None = None
    topic: str = ""
    """The section within an outlet or a tag."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The list last shown in a chat: its articles by place, and where the next page goes on."""

    ids: tuple[int, ...] = ()
    query: Query = field(default_factory=Query)
    cursor: Cursor | None = None


class ChatKind(StrEnum):
    """Who reads in a chat: one person, the members of a group, whoever reads a channel."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class ChatState(StrEnum):
    """Whether anything is sent to a chat."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Its people stopped it, or only they can mend what is wrong there."""
    GONE = "gone"
    """The platform says that it cannot be reached: blocked, deleted, thrown out."""


class Mode(IntEnum):
    """When a followed article comes; of several the strongest holds."""

    INHERIT = 0
    DIGEST = 1
    BREAKING = 2
    NOW = 3


class Breaking(StrEnum):
    """Which breaking news a chat takes at once."""

    ALWAYS = "always"
    DAY = "day"
    MINE = "mine"
    """By day, and only what it follows."""
    NEVER = "never"


class CardStyle(StrEnum):
    """How much of an article a card shows."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    FULL = "full"


class Picture(StrEnum):
    """Which picture comes with a card."""

    NONE = "none"
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a chat chose; the defaults are those of a chat that chose nothing. Times are local to ``zone``."""

    language: Language = Language.BANGLA
    zone: str = DHAKA
    mode: Mode = Mode.DIGEST
    digest_times: tuple[time, ...] = (time(8), time(21))
    quiet_from: time = time(23)
    quiet_to: time = time(7)
    """Equal to ``quiet_from``: no quiet hours."""
    breaking: Breaking = Breaking.DAY
    cap: int = 20
    """Articles a day that come at once; the others wait for the next digest."""
    silent: bool = False
    style: CardStyle = CardStyle.SUMMARY
    picture: Picture = Picture.SMALL
    updates: bool = True
    """Whether a card changes when its source changes; corrections and withdrawals always show."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for an answer: the next plain message becomes the end of this command's argument."""

    command: str
    argument: str
    until: datetime
    free: bool = False
    """Whether any words are an answer, those that name a command too."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A place where readers are: a private chat, a group, a channel, a terminal."""

    id: int
    platform: str
    external_id: str
    account: str = ""
    """Who sends to it: the platform's account, for a terminal the terminal itself."""
    kind: ChatKind = ChatKind.PRIVATE
    state: ChatState = ChatState.ACTIVE
    reason: str = ""
    since: datetime | None = None
    """When the state last changed."""
    preferences: Preferences = field(default_factory=Preferences)
    paused_until: datetime | None = None
    slow_until: datetime | None = None
    """A chat that has just begun gets no more than a few an hour."""
    not_before: datetime | None = None
    """The platform asked to wait so long."""
    cap_day: str = ""
    cap_used: int = 0
    hour: int = 0
    hour_used: int = 0
    digest_at: datetime | None = None
    digest_from: int | None = None
    """The last subject that a digest covered, or that stood when following began."""
    shown: Shown | None = None
    today_seen: int = 0
    asked: Asked | None = None

    @property
    def language(self) -> Language:
        """The language that it is answered in."""
        return self.preferences.language

    @property
    def zone(self) -> str:
        """The time zone that its times are read and printed in."""
        return self.preferences.zone

    @property
    def target(self) -> Target:
        """Where a message for it goes."""
        return Target(self.platform, self.external_id, account=self.account)


class TermKind(StrEnum):
    """What a subscription is to."""

    ALL = "all"
    OUTLET = "outlet"
    TOPIC = "topic"
    TAG = "tag"
    KEYWORD = "keyword"


@dataclass(frozen=True, slots=True)
class Term:
    """What is followed: everything (value ""), an outlet (its id), a topic or tag (its key), words (as sought).

    ``name`` is for the eye.
    """

    kind: TermKind
    value: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A term that a chat follows, or leaves out; where it goes and when, if not as the chat's other news."""

    term: Term
    exclude: bool = False
    mode: Mode = Mode.INHERIT
    thread: str = ""
    """The topic or thread of the chat that it goes to; "" for the chat itself."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is shown, and how many articles carry it."""

    id: int
    key: str
    name: str
    articles: int = 0
    hidden: bool = False
    """Whether admins took it off cards and lists."""


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
    """Where a message goes: a chat of a platform, and in it a topic or thread."""

    platform: str
    external_id: str
    thread: str = ""
    account: str = ""
    """Who sends there, where that is not simply the platform."""
