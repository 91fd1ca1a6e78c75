"""Takes one source in: fetch, parse, store, note its health."""

from __future__ import annotations

import dataclasses
import logging
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import anyio

from bot.intake import alerts, habits
from bot.intake.alerts import tell_nobody
from bot.intake.drafting import ALLOWANCE
from bot.intake.taking import MANY, NEWS, Marks, Taking
from bot.sources.addresses import same_endpoint
from bot.sources.discover import feeds
from bot.sources.failure import FetchError, Reason
from bot.sources.fetch import SMALL
from bot.sources.health import title
from bot.sources.kind import Parsed, SourceContext, fingerprint
from bot.values.articles import DHAKA, Push, Source, SourceState
from bot.values.errors import BudgetError, ParseError, StorageError, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.intake.alerts import TellAdmins
    from bot.intake.drafting import DraftEntries
    from bot.intake.taking import Taken
    from bot.ports.store import Store
    from bot.sources.fetch import Fetched
    from bot.values.articles import Sighting

__all__ = ["MANY", "NEWS", "Marks", "Parse", "Pipeline", "PollResult", "Trial"]

log = logging.getLogger(__name__)

JITTER = 0.2
LONGEST = timedelta(hours=6)
"""A source that uses up our time is looked at this often at least."""
SHORTLY = timedelta(minutes=1)
LARGE_AT_ONCE = 3
"""Large bodies that wait for a worker, or are in it."""
SOON = timedelta(hours=24)
"""Two deaths of a worker within this make a source wait for the admin."""
PAGE = "page"
TRIED = 3
"""Feeds of one page that are tried."""
HTTP_NOT_MODIFIED = 304


class Fetch(Protocol):
    """Gets an address, safely."""

    async def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, public_only: bool = False
    ) -> Fetched:
        """Return what is there.

        ``public_only`` is for addresses that no admin typed.

        Raises:
            FetchError: nothing came.
        """


class HostRest(Protocol):
    """Waits until the host of an address has rested."""

    async def __call__(self, url: str) -> None:
        """Return at once if it has."""


async def no_rest(url: str) -> None:
    """Wait for nothing."""
    del url


class Parse(Protocol):
    """Parses bytes, under limits."""

    async def __call__(self, body: bytes, context: SourceContext, kind_name: str | None = None) -> tuple[str, Parsed]:
        """Return the name of the kind, and what was read.

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
    kind_name: str
    parsed: Parsed


class Pipeline:
    """Takes in one source at a time.

    No source stops the others, whatever it does.
    """

    def __init__(
        self,
        store: Store,
        fetch: Fetch,
        parse: Parse,
        clock: Clock,
        interval: timedelta,
        *,
        draft: DraftEntries,
        marks: Marks | None = None,
        tell: TellAdmins = tell_nobody,
        rest: HostRest = no_rest,
    ) -> None:
        """Tie the steps together.

        ``interval`` lies between two polls of a source, give or take a fifth.
        """
        self._taking = Taking(store, draft, marks or Marks(), tell)
        self._tell = tell
        self._rest = rest
        self._large = anyio.CapacityLimiter(LARGE_AT_ONCE)
        self._store = store
        self._fetch = fetch
        self._parse = parse
        self._clock = clock
        self._interval = interval

    async def rest(self, source: Source) -> None:
        """Wait until a source may be asked.

        Whoever waits here holds up nobody.
        """
        if source.address is not None:
            await self._rest(source.address)

    async def poll(self, source: Source) -> PollResult:
        """Fetch and store one source, and note when it is due again.

        Raises:
            StorageError: nothing can be stored just now; all else that goes wrong is the source's own problem.
        """
        if source.address is None:
            return PollResult(source, problem="This source has no address to poll.")
        try:
            fetched = await self._fetch(source.address, etag=source.etag, last_modified=source.last_modified)
            result = await self._read(source, fetched)
        except FetchError as error:
            slow = error.reason is Reason.TIMEOUT
            result = await self._failed(source, error.reason.value, str(error), error.retry_after, backs_off=slow)
        except WorkerDiedError as error:
            result = await self._died(source, str(error))
        except ParseError as error:
            slow = isinstance(error, BudgetError)
            result = await self._failed(source, "unreadable", str(error), None, backs_off=slow)
        except StorageError:
            raise
        except Exception:
            # A fault of ours that this source alone brings out must not stop the others, this time nor the next.
            log.exception("source %s", source.id)
            result = await self._failed(source, "unreadable", "It could not be read; the log says why.", None)
        return result

    async def try_out(self, address: str) -> Trial:
        """Look at an address that is no source yet.

        If it is a site or a story, its feed is looked at.

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
        if trial is None or trial.kind_name == PAGE:
            trial = await self._feed_of(fetched) or trial
        if trial is None:
            raise problem or ParseError(f"No articles were found at {address}.")
        return trial

    async def _feed_of(self, page: Fetched) -> Trial | None:
        for address in feeds(page.body, page.charset, page.url)[:TRIED]:
            try:
                # A page may name what stands beside it, and the public; nothing else that FETCH_ALLOW opens.
                fetched = await self._fetch(address, public_only=not same_endpoint(address, page.url))
                return await self._read_trial(address, fetched)
            except (FetchError, ParseError) as error:
                log.info("a feed that %s names: %s", page.url, error)
        return None

    async def _read_trial(self, address: str, fetched: Fetched) -> Trial:
        kind_name, parsed = await self._parse(fetched.body, self._context(fetched, DHAKA, ""))
        if not parsed.entries:
            raise ParseError(f"No articles were found at {address}.")
        return Trial(address, kind_name, parsed)

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
        context = self._context(fetched, _zone(source), str(source.id))
        try:
            async with self._room(fetched):
                _, parsed = await self._parse(fetched.body, context, source.kind_name)
        except anyio.WouldBlock:
            return await self._put_off(source)
        for reason in parsed.refused:
            log.info("source %s: left out: %s", source.id, reason)
        for text in parsed.unread_dates:
            log.info("source %s: no date: %s", source.id, text)
        if (host := habits.elsewhere(source, parsed.sightings)) is not None:
            await self._tell(alerts.ELSEWHERE, outlet=title(source), host=host, id=str(source.id))
            return await self._held(source, "elsewhere", f"Its links suddenly lead to {host}; it waits for an admin.")
        taken = await self._taking.take(
            healthy,
            parsed.sightings,
            self._clock(),
            first_run=source.last_ok_at is None,
            push=Push.NOW,
            allowance=ALLOWANCE - parsed.spent,
        )
        result = PollResult(source, taken.new, taken.revised, taken.skipped)
        if taken.killers:
            return await self._killed(taken, result)
        return await self._done(taken.source, result, None if taken.left else seen)

    async def take(
        self, source: Source, sightings: Sequence[Sighting], *, first_run: bool, push: Push = Push.NOW
    ) -> PollResult:
        """Store entries that did not come by a poll.

        A first run reaches nobody.
        """
        taken = await self._taking.take(source, sightings, self._clock(), first_run=first_run, push=push)
        return PollResult(source, taken.new, taken.revised, taken.skipped)

    async def _done(self, source: Source, result: PollResult, fingerprint: str | None) -> PollResult:
        now = self._clock()
        # A first look goes on until all is read: none of it reaches anybody.
        goes_on = fingerprint is None and source.last_ok_at is None
        await self._store.sources.polled(
            dataclasses.replace(
                source,
                last_ok_at=None if goes_on else now,
                last_new_at=now if result.new else source.last_new_at,
                next_poll_at=self._next(now),
                body_hash=fingerprint,
            )
        )
        return result

    @asynccontextmanager
    async def _room(self, fetched: Fetched) -> AsyncGenerator[None]:
        """Let a large body wait for its worker if few do.

        If many wait it raises WouldBlock, so that memory has a bound.
        """
        if len(fetched.body) <= SMALL:
            yield
            return
        # Not on behalf of what was fetched: two looks at one source at once fetch the same.
        look = object()
        self._large.acquire_on_behalf_of_nowait(look)
        try:
            yield
        finally:
            self._large.release_on_behalf_of(look)

    async def _put_off(self, source: Source) -> PollResult:
        """Let a source be looked at again in a minute."""
        await self._store.sources.polled(dataclasses.replace(source, next_poll_at=self._clock() + SHORTLY))
        return PollResult(source, problem="Too many large feeds at once; it is looked at again in a minute.")

    async def _failed(
        self, source: Source, error: str, problem: str, wait: timedelta | None, *, backs_off: bool = False
    ) -> PollResult:
        """Note that a poll failed.

        A source that ``backs_off``, having used up our time, comes ever more seldom.
        """
        now = self._clock()
        later = self._next(now, min(2**source.failures, LONGEST / self._interval) if backs_off else 1)
        later = max(later, now + wait) if wait else later
        await self._store.sources.polled(
            dataclasses.replace(source, failures=source.failures + 1, error=error, next_poll_at=later)
        )
        return PollResult(source, problem=problem, error=error)

    async def _died(self, source: Source, problem: str) -> PollResult:
        """Note that a worker died over a source.

        The second time within a day it waits for an admin.
        """
        now = self._clock()
        again = source.killed_at is not None and now - source.killed_at < SOON
        killed = dataclasses.replace(source, killed_at=now)
        if not again:
            return await self._failed(killed, "unreadable", problem, None, backs_off=True)
        await self._tell(alerts.HELD, outlet=title(source), id=str(source.id))
        return await self._held(killed, "unreadable", problem)

    async def _killed(self, taken: Taken, result: PollResult) -> PollResult:
        """Note that entries stopped their worker.

        All other entries are stored already.
        """
        problem = "An entry stopped its worker and was set aside."
        if taken.killers == 1:
            failed = await self._died(taken.source, problem)
        else:
            await self._tell(alerts.HELD, outlet=title(taken.source), id=str(taken.source.id))
            failed = await self._held(taken.source, "unreadable", problem)
        return dataclasses.replace(failed, new=result.new, revised=result.revised, skipped=result.skipped)

    async def _held(self, source: Source, error: str, problem: str) -> PollResult:
        """Let a source wait for an admin."""
        result = await self._failed(source, error, problem, None)
        await self._store.sources.set_state(source.id, SourceState.HELD, self._clock())
        return result

    @property
    def longest(self) -> timedelta:
        """The longest between two polls of a source that is well."""
        return self._interval * (1 + JITTER)

    def _next(self, now: datetime, times: float = 1) -> datetime:
        jitter = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreading, not secrets
        return now + self._interval * times * jitter

    def _context(self, fetched: Fetched, zone: str, scope: str) -> SourceContext:
        return SourceContext(fetched.url, fetched.content_type, fetched.charset, self._clock(), zone, scope=scope)


def _zone(source: Source) -> str:
    """Name the zone of dates that name none."""
    return source.outlet.zone if source.outlet else DHAKA
