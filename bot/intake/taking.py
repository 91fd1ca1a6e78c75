"""From what a look found to stored articles.

Only what is new or says something else is drafted.
"""

from __future__ import annotations

import dataclasses
import logging
import math
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from bot.articles.identity import distinct
from bot.bangla.normalise import key
from bot.intake import alerts, habits
from bot.intake.drafting import Drafting
from bot.sources.health import title
from bot.values.articles import Arrival, Outcome, Push, SightingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.intake.alerts import TellAdmins
    from bot.intake.drafting import DraftEntries
    from bot.ports.store import Store
    from bot.values.articles import Draft, Sighting, Source

log = logging.getLogger(__name__)

NEWS = timedelta(hours=48)
"""What is older when a feed first lists it rings for nobody."""
MANY = 20
"""More new articles than this from one turn are stored and come as one line: changed ids or an outage, not news."""
MOST_SET_ASIDE = 50
"""Entries of a source that are remembered as those that cannot be drafted."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How a source itself marks breaking news.

    The mark is a headline's beginning, or a category.
    """

    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def on(self, draft: Draft) -> bool:
        """Tell whether a draft is marked."""
        headline, given = key(draft.headline), {key(category) for category in draft.categories}
        return any(headline.startswith(key(word)) for word in self.words) or any(
            key(category) in given for category in self.categories
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What was stored of a look.

    It has the source with what was learned of it.
    """

    source: Source
    new: int = 0
    revised: int = 0
    skipped: int = 0
    killers: int = 0
    """Entries that stopped their worker."""
    left: int = 0
    """Entries that wait for the next look."""


class Taking:
    """Stores what looks at sources found."""

    def __init__(self, store: Store, draft: DraftEntries, marks: Marks, tell: TellAdmins) -> None:
        """Draft by ``draft``, and tell the admins by ``tell``."""
        self._store = store
        self._draft = draft
        self._marks = marks
        self._tell = tell

    async def take(
        self,
        source: Source,
        sightings: Sequence[Sighting],
        now: datetime,
        *,
        first_run: bool,
        push: Push,
        allowance: float = math.inf,
    ) -> Taken:
        """Store entries, oldest first.

        The newest is thus the last to arrive, and the last to leave the feed if it is left over. A first run reaches
        nobody. ``allowance`` are the seconds of a worker's CPU that drafting may take.
        """
        named = [one for one in distinct(sightings, str(source.id)) if one.fingerprint not in source.set_aside]
        named.sort(key=lambda one: one.entry.published or one.entry.updated or now)
        states = await self._store.articles.sift(named, source)
        fresh = {one.fingerprint for one, known in zip(named, states, strict=True) if known is SightingState.UNKNOWN}
        push = Push.NONE if first_run else _few(source, states.count(SightingState.UNKNOWN), push)
        room = habits.allowance(source.habits, now) if push is Push.NOW else math.inf
        wanted = [one for one, known in zip(named, states, strict=True) if known is not SightingState.KNOWN]
        drafting = Drafting(self._draft, allowance)
        outcomes: list[Outcome] = []
        numbers = count()
        async for drafts in drafting.batches(wanted):
            # Only what is new takes a place of the day's allowance.
            waits = [draft.fingerprint in fresh and next(numbers) >= room for draft in drafts]
            arrivals = [
                Arrival(draft, self._how(draft, Push.DIGEST if late else push, now))
                for draft, late in zip(drafts, waits, strict=True)
            ]
            outcomes += [one.outcome for one in await self._store.articles.save_all(arrivals, source, now)]
        new = outcomes.count(Outcome.NEW)
        for one in drafting.undrafted:
            log.warning("source %s: an entry cannot be drafted: %s", source.id, one.entry.title)
            await self._tell(alerts.SET_ASIDE, outlet=title(source), headline=one.entry.title)
        if new > room >= 0:
            log.warning("source %s: %s new articles on one day, the rest goes to digests", source.id, new)
            today = habits.on(source.habits, now).today + new
            await self._tell(alerts.TOO_MANY, outlet=title(source), n=today, id=str(source.id))
        set_aside = (*(one.fingerprint for one in drafting.undrafted), *source.set_aside)[:MOST_SET_ASIDE]
        counted = new if push is Push.NOW else 0
        learned = dataclasses.replace(
            source, set_aside=set_aside, habits=habits.noted(source.habits, now, counted, sightings)
        )
        if drafting.left:
            log.warning("source %s: %s entries are left to the next look; this one took long", source.id, drafting.left)
            # The same bytes are to be read again.
            learned = dataclasses.replace(learned, etag=None, last_modified=None, body_hash=None)
        skipped = len(sightings) - len(named) + len(drafting.undrafted)
        return Taken(learned, new, outcomes.count(Outcome.REVISED), skipped, drafting.killers, drafting.left)

    def _how(self, draft: Draft, push: Push, now: datetime) -> Push:
        """Return how a draft may reach readers."""
        if is_old(draft, now):
            return Push.NONE
        return Push.BREAKING if push is Push.NOW and self._marks.on(draft) else push


def _few(source: Source, fresh: int, push: Push) -> Push:
    if fresh > MANY:
        log.warning("source %s has %s new articles at once: they are one line of the next digests", source.id, fresh)
    many = fresh > MANY or source.unfinished  # the rest of a flood is part of it
    return Push.BATCH if many and push is not Push.NONE else push


def is_old(draft: Draft, now: datetime) -> bool:
    """Return whether a story is archive, not news.

    It is stored, and nobody is rung for it.
    """
    moment = draft.updated or draft.published
    return moment is not None and now - moment >= NEWS
