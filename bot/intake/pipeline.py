"""Takes one source in: fetch, parse, store, note its health."""

from __future__ import annotations

import dataclasses
import logging
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import anyio
import anyio.lowlevel

from bot.articles.draft import draft_cleaned
from bot.articles.identity import distinct
from bot.bangla.normalise import key
from bot.sources.discover import feeds
from bot.sources.failure import FetchError
from bot.sources.kind import Parsed, SourceContext, fingerprint
from bot.values.articles import DHAKA, Draft, Entry, Outcome, Push, Source
from bot.values.errors import ParseError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.ports.store import Store
    from bot.sources.fetch import Fetched

log = logging.getLogger(__name__)

NEWS = timedelta(hours=48)
"""What is older when a feed first lists it rings for nobody."""
MANY = 20
"""More new articles than this from one turn are stored and come as one line: changed ids or an outage, not news."""
JITTER = 0.2
PAGE = "page"
TRIED = 3
"""Feeds of one page that are tried."""
HTTP_NOT_MODIFIED = 304


class Fetch(Protocol):
    """Gets an address, safely."""

    async def __call__(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Return what is there. Raises FetchError."""


class Parse(Protocol):
    """Parses bytes, under limits."""

    async def __call__(self, body: bytes, context: SourceContext, kind: str | None = None) -> tuple[str, Parsed]:
        """Return the kind and what was read.

        Raises ParseError.
        """


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll came to.

    If it failed, ``problem`` is a clear line and ``error`` the kind of failure.
    """

    source: Source
    new: int = 0
    revised: int = 0
    skipped: int = 0
    problem: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What an address is before it is a source.

    ``address`` may be that of the feed it names.
    """

    address: str
    kind: str
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Marks:
    """How a source itself marks breaking news.

    By how a headline begins, or by a category.
    """

    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def on(self, draft: Draft) -> bool:
        """Tell whether a draft is marked."""
        headline, given = key(draft.headline), {key(category) for category in draft.categories}
        return any(headline.startswith(key(word)) for word in self.words) or any(
            key(category) in given for category in self.categories
        )


class Pipeline:
    """Takes in one source at a time.

    What a source does never stops the others.
    """

    def __init__(
        self,
        store: Store,
        fetch: Fetch,
        parse: Parse,
        clock: Clock,
        interval: timedelta,
        *,
        marks: Marks | None = None,
    ) -> None:
        """Tie the steps together.

        ``interval`` lies between two polls of a source, give or take a fifth.
        """
        self._marks = marks or Marks()
        self._store = store
        self._fetch = fetch
        self._parse = parse
        self._clock = clock
        self._interval = interval

    async def poll(self, source: Source) -> PollResult:
        """Fetch and store one source, and note when it is due again.

        Raises:
            StorageError: nothing can be stored just now; all else that goes wrong is the source's own problem.
        """
        if source.address is None:
            return PollResult(source, problem="This source has no address to poll.")
        try:
            fetched = await self._fetch(source.address, etag=source.etag, last_modified=source.last_modified)
            turn = await self._read(source, fetched)
        except FetchError as error:
            turn = await self._failed(source, error.reason.value, str(error), error.retry_after)
        except ParseError as error:
            turn = await self._failed(source, "unreadable", str(error), None)
        except StorageError:
            raise
        except Exception:
            # A fault of ours that this source alone brings out must not stop the others, this time nor the next.
            log.exception("source %s", source.id)
            turn = await self._failed(source, "unreadable", "It could not be read; the log says why.", None)
        return turn

    async def try_out(self, address: str) -> Trial:
        """Look at an address that is no source yet.

        Of a site or a story, its feed is what counts.

        Raises:
            FetchError: it could not be fetched.
            ParseError: neither it nor a feed that it names holds articles.
        """
        fetched = await self._fetch(address)
        problem: ParseError | None = None
        try:
            trial = await self._read_trial(address, fetched)
        except ParseError as error:
            trial, problem = None, error
        if trial is None or trial.kind == PAGE:
            trial = await self._feed_of(fetched) or trial
        if trial is None:
            raise problem or ParseError(f"No articles were found at {address}.")
        return trial

    async def _feed_of(self, page: Fetched) -> Trial | None:
        for address in feeds(page.body, page.charset, page.url)[:TRIED]:
            try:
                return await self._read_trial(address, await self._fetch(address))
            except (FetchError, ParseError) as error:
                log.info("a feed that %s names: %s", page.url, error)
        return None

    async def _read_trial(self, address: str, fetched: Fetched) -> Trial:
        kind, parsed = await self._parse(fetched.body, self._context(fetched, DHAKA))
        if not parsed.entries:
            raise ParseError(f"No articles were found at {address}.")
        return Trial(address, kind, parsed)

    async def _read(self, source: Source, fetched: Fetched) -> PollResult:
        # Validators are the last answer's or none: an old ETag beside a new text would hide what comes next.
        healthy = dataclasses.replace(
            source, failures=0, error=None, etag=fetched.etag, last_modified=fetched.last_modified
        )
        if fetched.status == HTTP_NOT_MODIFIED:
            return await self._done(healthy, PollResult(source), source.body_hash)
        seen = fingerprint(fetched.body)
        if seen == source.body_hash:
            return await self._done(healthy, PollResult(source), seen)
        _, parsed = await self._parse(fetched.body, self._context(fetched, _zone(source)), source.kind)
        for reason in parsed.refused:
            log.info("source %s: left out: %s", source.id, reason)
        turn = await self.take(source, parsed.entries, first_run=source.last_ok_at is None)
        return await self._done(healthy, turn, seen)

    async def take(
        self, source: Source, entries: Iterable[Entry], *, first_run: bool, push: Push = Push.NOW
    ) -> PollResult:
        """Store entries, oldest first.

        So the newest is the last to arrive; a first run reaches nobody.
        """
        now = self._clock()
        drafts, skipped = await _drafts(source, entries, now)
        push = Push.NONE if first_run else await self._few(source, drafts, push)
        outcomes = []
        for draft in drafts:
            how = Push.BREAKING if push is Push.NOW and self._marks.on(draft) else push
            if is_old(draft, now):
                how = Push.NONE
            outcomes.append((await self._store.articles.save(draft, source, now, push=how)).outcome)
        return PollResult(source, outcomes.count(Outcome.NEW), outcomes.count(Outcome.REVISED), skipped)

    async def _few(self, source: Source, drafts: Sequence[Draft], push: Push) -> Push:
        fresh = await self._store.articles.unknown(drafts, source)
        if fresh > MANY:
            log.warning(
                "source %s has %s new articles at once: they are one line of the next digests", source.id, fresh
            )
        return Push.BATCH if fresh > MANY and push is not Push.NONE else push

    async def _done(self, source: Source, turn: PollResult, fingerprint: str | None) -> PollResult:
        now = self._clock()
        await self._store.sources.polled(
            dataclasses.replace(
                source,
                last_ok_at=now,
                last_new_at=now if turn.new else source.last_new_at,
                next_poll_at=self._next(now),
                body_hash=fingerprint,
            )
        )
        return turn

    async def _failed(self, source: Source, error: str, problem: str, wait: timedelta | None) -> PollResult:
        now = self._clock()
        later = max(self._next(now), now + wait) if wait else self._next(now)
        await self._store.sources.polled(
            dataclasses.replace(source, failures=source.failures + 1, error=error, next_poll_at=later)
        )
        return PollResult(source, problem=problem, error=error)

    @property
    def longest(self) -> timedelta:
        """The longest between two polls of a source that is well."""
        return self._interval * (1 + JITTER)

    def _next(self, now: datetime) -> datetime:
        return now + self._interval * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreading, not secrets

    def _context(self, fetched: Fetched, zone: str) -> SourceContext:
        return SourceContext(fetched.url, fetched.content_type, fetched.charset, self._clock(), zone)


async def _drafts(source: Source, entries: Iterable[Entry], now: datetime) -> tuple[Sequence[Draft], int]:
    """Draft clean entries, oldest first.

    Each takes about a millisecond: answers are let through between.
    """
    drafts: list[Draft] = []
    skipped = 0
    for entry in entries:
        await anyio.lowlevel.checkpoint()
        try:
            drafts.append(draft_cleaned(entry, str(source.id)))
        except ParseError as error:
            skipped += 1
            log.info("source %s: an entry was skipped: %s", source.id, error)
    names = distinct((draft.headline, draft.aliases) for draft in drafts)
    named = [
        dataclasses.replace(draft, aliases=own, canonical=draft.canonical if draft.canonical in own else None)
        for draft, own in zip(drafts, names, strict=True)
        if own
    ]
    named.sort(key=lambda draft: draft.published or draft.updated or now)
    return named, skipped + len(drafts) - len(named)


def is_old(draft: Draft, now: datetime) -> bool:
    """Return whether a story is archive, not news.

    It is stored, and nobody is rung for it.
    """
    moment = draft.updated or draft.published
    return moment is not None and now - moment >= NEWS


def _zone(source: Source) -> str:
    """Name the zone of dates that name none."""
    return source.outlet.zone if source.outlet else DHAKA
