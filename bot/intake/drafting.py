"""Drafts what is new, and finds the entry that kills workers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.sources.worker import SECONDS, batches, seconds_for
from bot.values.errors import BudgetError, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.sources.worker import Drafted
    from bot.values.articles import Draft, Sighting

KILLERS = 2
"""So many entries that stop their worker end the work on a source."""
ALLOWANCE = SECONDS - 1
"""Seconds of a worker's CPU that one look at a source may take, reading it included; a second is for one batch more."""


class DraftEntries(Protocol):
    """Drafts entries, under limits."""

    async def __call__(self, sightings: Sequence[Sighting]) -> Drafted:
        """Return a draft of each, and what they took.

        Raises:
            BudgetError: they took too long.
            WorkerDiedError: the worker died over one of them.
        """


@dataclass(slots=True)
class Drafting:
    """Drafts entries batch by batch.

    Entries that cannot be drafted are kept apart. A batch over which its worker dies, or in which it uses up its time,
    is halved until the entry is found. Once ``allowance``, in seconds of CPU, would be used up, the rest is left.
    """

    draft: DraftEntries
    allowance: float = math.inf
    undrafted: list[Sighting] = field(default_factory=list)
    """Entries that brought out a fault, or stopped their worker."""
    killers: int = 0
    """How many of these stopped their worker."""
    left: int = 0
    """How many entries nobody looked at."""
    _spent: float = 0.0

    async def batches(self, sightings: Sequence[Sighting]) -> AsyncIterator[list[Draft]]:
        """Yield the drafts, a batch at a time.

        The first batch is drafted whatever the allowance. Once `KILLERS` entries were found, the rest is left too.
        """
        dearest = 0.0
        self.left = len(sightings)
        for batch in batches(sightings):
            before = self._spent
            if dearest and before + dearest > self.allowance:
                return
            self.left -= len(batch)
            drafts = await self._halved(batch)
            dearest = max(dearest, self._spent - before)
            if drafts:
                yield drafts
            if self.killers >= KILLERS:
                return

    async def _halved(self, batch: Sequence[Sighting]) -> list[Draft]:
        if self.killers >= KILLERS:
            self.left += len(batch)
            return []
        try:
            drafts = await self._tried(batch)
        except (BudgetError, WorkerDiedError):
            if len(batch) == 1:
                self.undrafted += batch
                self.killers += 1
                return []
            half = len(batch) // 2
            return await self._halved(batch[:half]) + await self._halved(batch[half:])
        self.undrafted += [one for one, made in zip(batch, drafts, strict=True) if made is None]
        return [made for made in drafts if made is not None]

    async def _tried(self, batch: Sequence[Sighting]) -> list[Draft | None]:
        try:
            return await self._counted(batch)
        except (BudgetError, WorkerDiedError):
            if len(batch) > 1:
                raise
            # A system short of memory ends any process: only an entry that stops a second worker did it.
            return await self._counted(batch)

    async def _counted(self, batch: Sequence[Sighting]) -> list[Draft | None]:
        try:
            drafted = await self.draft(batch)
        except BudgetError:
            self._spent += seconds_for(len(batch))
            raise
        self._spent += drafted.spent
        return drafted.drafts
