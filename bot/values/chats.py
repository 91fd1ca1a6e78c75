"""Chats, what they chose, what they follow, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from bot.values.articles import DHAKA

if TYPE_CHECKING:
    from datetime import datetime


class Role(IntEnum):
    """Who may do what.

    Each role may do all that the ones below it may.
    """

    READER = 0
    CHAT_ADMIN = 1
    EDITOR = 2
    ADMIN = 3
    OWNER = 4


class Language(StrEnum):
    """A language that readers are answered in."""

    BANGLA = "bn"
    ENGLISH = "en"


class ChatKind(StrEnum):
    """Who reads in a chat: one person, members, or a channel's readers."""

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
    UNMET = "unmet"
    """Only a bot that runs no more has met it: nothing is sent until it writes."""


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
    """What a chat chose.

    The defaults are those of a chat that chose nothing. Times are local to ``zone``.
    """

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
    digest_days: tuple[int, ...] = ()
    """Weekdays of the digests, 0 for Monday; none means every day."""
    called_role: str = ""
    """The role of a server that breaking news calls; "" for none."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Where readers are: a private chat, group, channel or terminal."""

    id: int
    platform: str
    external_id: str
    account: str = ""
    """Who sends to it: the bot that met it last, for a terminal the terminal itself."""
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
    today_seen: int = 0
    address: str = ""
    """How its account reaches it, where that is not its own number."""
    exported_at: datetime | None = None
    """When its own data was given last."""

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
        return Target(self.platform, self.external_id, account=self.account, address=self.address)


class TermKind(StrEnum):
    """What a subscription is to."""

    ALL = "all"
    OUTLET = "outlet"
    TOPIC = "topic"
    TAG = "tag"
    KEYWORD = "keyword"


@dataclass(frozen=True, slots=True)
class Term:
    """What can be followed.

    It is everything (value ""), an outlet (its id), a topic (its slug), a tag (its key), or words (as sought). ``name``
    is for the eye.
    """

    kind: TermKind
    value: str = ""
    name: str = ""
    tag_id: int = field(default=0, compare=False)
    """The number of a tag, where it is known: a button holds that instead of words."""
    english: str = field(default="", compare=False)
    """An outlet's name for who reads English."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A term that a chat follows or mutes.

    ``thread`` and ``mode`` say where and when its news goes, if not with the chat's other news.
    """

    term: Term
    exclude: bool = False
    mode: Mode = Mode.INHERIT
    thread: str = ""
    """The topic or thread of the chat that it goes to; "" for the chat itself."""
    until: datetime | None = None
    """Until when it is left out; None for always."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What somebody with a role did.

    ``before`` and ``after`` are the state of ``target`` around it.
    """

    at: datetime
    who: str
    what: str
    target: str
    before: str = ""
    after: str = ""
    idempotency_key: str = ""
    """Empty, or unique: a second try of the same action writes no second line."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes.

    It is a chat of a platform, or a topic or thread in it.
    """

    platform: str
    external_id: str
    thread: str = ""
    account: str = ""
    """Who sends there; "" for the platform's first bot."""
    address: str = ""
    """How that account reaches it, where that is not its own number: a person's DM channel on Discord."""
    name: str = field(default="", compare=False)
    """What a group, channel or thread is called; "" where nobody said so."""

    @property
    def reached_at(self) -> str:
        """What the platform is told as the place of a message."""
        return self.thread or self.address or self.external_id
