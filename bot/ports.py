"""What the core asks of the world: small protocols; each docstring says what the implementer guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime, timedelta

    from bot.messages import Message, Traits
    from bot.model import (
        Article,
        AuditLine,
        Chat,
        Cursor,
        Delivery,
        Draft,
        FullText,
        Language,
        Outlet,
        Query,
        Saved,
        Shown,
        Source,
        SourceState,
        Tag,
        Target,
        Term,
    )


# --- storage ---
# Every method is one transaction; a cancelled one is either whole or not there. `now` is passed in, aware.
# A database that cannot be used raises bot.errors.StorageError, whose text says what to do.


class Articles(Protocol):
    """The archive."""

    async def save(self, draft: Draft, source: Source, now: datetime, *, push: bool) -> Saved:
        """Store a draft: new, a revision of the article that shares an alias with it, or nothing new.

        A new article and its deliveries are written in one transaction. With ``push`` false nobody gets a delivery.
        If the aliases of a draft lead to two articles, the older keeps all and the younger is shown no more.
        The first article that is no sample takes every sample away.
        """

    async def unknown(self, drafts: Sequence[Draft]) -> int:
        """Return how many of these share no alias with anything stored."""

    async def get(self, article_id: int) -> Article | None:
        """Return one article, following it if it was joined to an older one."""

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        """Return the articles that exist, in the order asked for."""

    async def page(self, query: Query, limit: int, after: Cursor | None = None) -> list[Article]:
        """Return at most ``limit`` articles, newest first by (at, id), behind ``after``.

        Words match as prefixes of the words of headline and text, all of them, on ``key()`` texts; of articles that
        hold them the newest few hundred are looked at.
        """

    async def since(self, article_id: int, limit: int) -> list[Article]:
        """Return the newest articles whose own number is above ``article_id``, newest first."""

    async def count(self) -> int:
        """Return how many articles there are, samples left out."""

    async def newest(self) -> Article | None:
        """Return the article that was first seen last."""


class Outlets(Protocol):
    """Publishers and the names they go by."""

    async def ensure(
        self, name: str, *, name_en: str = "", country: str = "BD", zone: str = "", also: Sequence[str] = ()
    ) -> Outlet:
        """Return the outlet of any of these names (by ``key()``), made if there is none; it learns them all."""

    async def find(self, name: str) -> Outlet | None:
        """Return the outlet that a reader means by ``name`` (either name, by ``key()``)."""

    async def known(self) -> int:
        """Return how many outlets are known by name, with or without articles."""

    async def all(self) -> list[tuple[Outlet, int]]:
        """Return the outlets that have articles or an active source, with their number of articles, busiest first."""


class Sources(Protocol):
    """Where articles come from, and when each is due."""

    async def add(
        self, kind: str, address: str | None, outlet: Outlet | None, *, full_text: FullText, now: datetime
    ) -> Source:
        """Return the source of that address (or that kind and outlet, without one), made if there is none.

        One that was removed earlier comes back, due at once.
        """

    async def get(self, source_id: int) -> Source | None:
        """Return one source."""

    async def all(self) -> list[Source]:
        """Return all sources that have an address, by outlet."""

    async def due(self, now: datetime, limit: int) -> list[Source]:
        """Return active sources whose next poll is at or before ``now``, the most overdue first."""

    async def polled(self, source: Source) -> None:
        """Store a source's health and its next poll after a turn."""

    async def set_state(self, source_id: int, state: SourceState, now: datetime) -> None:
        """Pause or resume; a resumed source is due at once."""

    async def remove(self, source_id: int, now: datetime) -> None:
        """Forget a source; its articles stay."""


class Chats(Protocol):
    """Chats and what they chose."""

    async def ensure(self, target: Target, now: datetime) -> Chat:
        """Return the chat at that address, made with the defaults if it is new."""

    async def set_language(self, chat_id: int, language: Language) -> None:
        """Answer this chat in another language from now on."""

    async def remember(self, chat_id: int, shown: Shown) -> None:
        """Keep the list last shown in a chat; it outlives a restart."""

    async def seen_today(self, chat_id: int, article_id: int) -> None:
        """Keep up to which article this chat has looked at the day."""


class Subscriptions(Protocol):
    """Who follows what."""

    async def follow(self, chat_id: int, term: Term, now: datetime) -> bool:
        """Follow; return whether that is new."""

    async def unfollow(self, chat_id: int, term: Term) -> bool:
        """Stop following; return whether it was followed. What was queued by then still comes."""

    async def following(self, chat_id: int) -> list[Term]:
        """Return what a chat follows, in the order it was chosen."""

    async def volume(self, term: Term, now: datetime) -> float:
        """Return how many articles a day that term brought over the last seven days."""


class Tags(Protocol):
    """Tags as outlets gave them."""

    async def find(self, keys: Sequence[str]) -> Tag | None:
        """Return the tag with articles whose key stands first in ``keys``."""

    async def busiest(self, now: datetime, limit: int) -> list[Tag]:
        """Return the tags with most articles in the last seven days; if there are none, of all time."""


class Deliveries(Protocol):
    """The outbox: one row for each article that a chat is to be shown."""

    async def claim(self, target: Target, owner: str, now: datetime, limit: int) -> list[Delivery]:
        """Take due rows of one chat, oldest article first; each counts a try and belongs to ``owner`` until settled."""

    async def sent(self, delivery: Delivery, message_id: str, now: datetime) -> None:
        """Settle: it arrived."""

    async def retry(self, delivery: Delivery, due_at: datetime, reason: str) -> None:
        """Settle: it will be tried again at ``due_at``."""

    async def drop(self, delivery: Delivery, reason: str, now: datetime) -> None:
        """Settle: it will never be sent, and this is why."""

    async def release(self, target: Target) -> int:
        """Make what is held of this chat wait again; return how many.

        Who calls has the lock and sends nothing just now, so whatever is held was left by a sender that died or failed.
        """

    async def counts(self, chat_id: int, now: datetime) -> tuple[int, int]:
        """Return how many were sent to a chat in the last seven days, and how many wait."""


class Audit(Protocol):
    """What admins did."""

    async def record(self, line: AuditLine) -> None:
        """Write one line."""

    async def recent(self, limit: int) -> list[AuditLine]:
        """Return the last lines, the newest first."""


class Store(Protocol):
    """The whole of storage."""

    articles: Articles
    outlets: Outlets
    sources: Sources
    chats: Chats
    subscriptions: Subscriptions
    tags: Tags
    deliveries: Deliveries
    audit: Audit

    def lock(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Try for a lock that one process holds at a time; the kernel frees it when that process dies.

        Enters with True when it was got, with False when another process has it.
        """

    async def check(self) -> None:
        """Prove that it can be written just now, changing nothing; StorageError says why not."""

    async def changed(self) -> int:
        """Return a number that changes once any process has written."""


# --- a chat platform ---


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived, under this reference."""

    ref: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """The platform asks to wait; this uses up no attempt."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can no longer be reached, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not take this message, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """It was certainly not delivered; try again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have arrived."""

    reason: str


SendResult = Sent | Postponed | Gone | Refused | Unavailable | Unknown


class Platform(Protocol):
    """A chat platform; adapters add no retries of their own."""

    name: str
    traits: Traits

    async def send(self, target: Target, message: Message, key: str) -> SendResult:
        """Show a message in a chat. ``key`` is the same for every try of the same message."""
