"""A store on a real file, with articles that nobody ever wrote."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.delivery.decide import decide
from bot.delivery.engine import Engine
from bot.delivery.lanes import shares
from bot.values.articles import Alias, AliasKind, Draft, FullText, Push, Saved, Source
from bot.values.chats import Chat, Mode, Preferences, Subscription, Target, Term, TermKind
from bot.values.delivery import Arrived, Delivery, Edit, Ending, Post, Ref, Settlement
from tests.fakes.engines import an_engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from storage.store import PostgresqlStore, SqliteStore

NOW = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)
HERE = Target("console", "পাঠক", account="console:পাঠক")
AWAKE = Preferences(mode=Mode.NOW, digest_times=(), quiet_from=time(0), quiet_to=time(0), cap=1000)
ALL = Term(TermKind.ALL)


def tag(name: str) -> Term:
    """Name a tag as somebody would follow it."""
    return Term(TermKind.TAG, name, name)


def arrived(message_id: str = "m1", shown: int = 1) -> Arrived:
    """Say that a message lies in the reader's chat."""
    return Arrived(Ref(HERE, message_id), shown)


def draft(
    headline: str,
    *addresses: str,
    tags: tuple[str, ...] = (),
    age: float = 0,
    body: tuple[str, ...] = (),
    publisher: str | None = None,
    canonical: bool = False,
) -> Draft:
    """Make a draft that goes by these addresses, the first its ``canonical``.

    Published ``age`` hours before NOW.
    """
    return Draft(
        headline=headline,
        body=body,
        summary=(),
        aliases=tuple(Alias("", AliasKind.ADDRESS, address) for address in addresses),
        canonical=Alias("", AliasKind.ADDRESS, addresses[0]) if canonical else None,
        tags=tags,
        publisher=publisher,
        published=NOW - timedelta(hours=age),
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """A store with one source and one reader who follows nothing yet."""

    store: PostgresqlStore | SqliteStore
    source: Source
    reader: Chat

    async def save(self, what: Draft, *, push: bool = True) -> Saved:
        """Store a draft now."""
        return await self.store.articles.save(what, self.source, NOW, push=Push.NOW if push else Push.NONE)

    async def follow(self, term: Term) -> None:
        """Let the reader follow something.

        Their first day, in which little comes, was long ago.
        """
        await self.store.subscriptions.follow(self.reader.id, Subscription(term), NOW - timedelta(days=9), None)

    async def spread(self, hours: float = 0) -> None:
        """Let what was saved become rows."""
        await Engine(self.store, lambda: NOW + timedelta(hours=hours), {}).step()

    async def due(
        self, owner: str = "me", *, hours: float = 0, room: int = 99, settled: Sequence[Settlement] = ()
    ) -> list[Delivery]:
        """Settle, then claim what is due for the reader."""
        now = NOW + timedelta(hours=hours)
        await self.spread(hours)
        claimed = await self.store.deliveries.settle_and_claim(
            HERE.account,
            owner,
            now,
            settled=settled,
            shares=lambda present: shares(room, present),
            judge=lambda delivery: decide(delivery, now),
        )
        return [delivery for delivery, what in claimed if isinstance(what, Post | Edit)]

    async def settle(self, delivery: Delivery, ending: Ending, owner: str = "me", *, hours: float = 0) -> None:
        """Say how a claimed row ended, claiming no other."""
        await self.due(owner, hours=hours, room=0, settled=[Settlement(delivery, ending)])

    async def claimed(self, owner: str = "me", *, hours: float = 0) -> list[int]:
        """Claim all that is due for the reader.

        Return the articles that are new to them.
        """
        return [one.subject.article_id or 0 for one in await self.due(owner, hours=hours) if one.ref is None]


@asynccontextmanager
async def an_archive(folder: Path) -> AsyncIterator[Archive]:
    """Open an archive in a folder.

    The same folder again is the same database.
    """
    async with an_engine(folder / "khobor.db", durable=False) as store:
        source = await store.sources.add("feed", "https://nodi.example/feed", None, full_text=FullText.LINK, now=NOW)
        reader = await store.chats.ensure(HERE, NOW)
        if reader.preferences == Preferences():
            await store.chats.prefer(reader.id, AWAKE, None)
        yield Archive(store, source, await store.chats.ensure(HERE, NOW))
