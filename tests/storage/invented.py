"""A store on a real file, and articles for it that nobody ever wrote."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.model import Alias, Chat, Draft, FullText, Saved, Source, Target, Term, TermKind
from storage.store import SqliteStore, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)
HERE = Target("console", "পাঠক")
ALL = Term(TermKind.ALL)


def tag(name: str) -> Term:
    """Name a tag as somebody would follow it."""
    return Term(TermKind.TAG, name, name)


def draft(
    headline: str,
    *addresses: str,
    tags: tuple[str, ...] = (),
    age: float = 0,
    body: tuple[str, ...] = (),
    publisher: str | None = None,
) -> Draft:
    """Make a draft that goes by these addresses and was published ``age`` hours before NOW."""
    return Draft(
        headline=headline,
        body=body,
        summary=(),
        aliases=tuple(Alias("", "address", address) for address in addresses),
        tags=tags,
        publisher=publisher,
        published=NOW - timedelta(hours=age),
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """A store with one source and one reader who follows nothing yet."""

    store: SqliteStore
    source: Source
    reader: Chat

    async def save(self, what: Draft, *, push: bool = True) -> Saved:
        """Store a draft now."""
        return await self.store.articles.save(what, self.source, NOW, push=push)

    async def follow(self, term: Term) -> None:
        """Let the reader follow something."""
        await self.store.subscriptions.follow(self.reader.id, term, NOW)

    async def claimed(self, owner: str = "me", *, hours: float = 0) -> list[int]:
        """Claim all that is due for the reader; return the articles."""
        due = await self.store.deliveries.claim(HERE, owner, NOW + timedelta(hours=hours), 99)
        return [delivery.article.id for delivery in due]


@asynccontextmanager
async def an_archive(folder: Path) -> AsyncIterator[Archive]:
    """Open an archive in a folder; the same folder again is the same database."""
    async with open_store(folder / "khobor.db") as store:
        source = await store.sources.add("feed", "https://nodi.example/feed", None, full_text=FullText.LINK, now=NOW)
        yield Archive(store, source, await store.chats.ensure(HERE, NOW))
