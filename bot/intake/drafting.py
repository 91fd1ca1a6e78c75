"""Drafts what is new, and finds the entry that kills workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.sources.worker import batches
from bot.values.errors import BudgetError, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.values.articles import Draft, Sighting

KILLERS = 2
"""So many entries that stop their worker end the work on a source."""


class DraftEntries(Protocol):
    """Drafts entries, under limits."""

    async def __call__(self, sightings: Sequence[Sighting]) -> list[Draft | None]:
        """Return a draft of each, None for what cannot be drafted.

        Raises:
            BudgetError: they took too long.
            WorkerDiedError: the worker died over one of them.
        """


@dataclass(slots=True)
class Drafting:
    """Drafts entries batch by batch.

    Entries that cannot be drafted are kept apart. A batch over which its worker dies, or in which it uses up its time,
    is halved until the entry is found.
    """

    draft: DraftEntries
    undrafted: list[Sighting] = field(default_factory=list)
    """Entries that brought out a fault, or stopped their worker."""
    killers: int = 0
    """How many of these stopped their worker."""

    async def batches(self, sightings: Sequence[Sighting]) -> AsyncIterator[list[Draft]]:
        """Yield the drafts, a batch at a time.

        Once `KILLERS` entries were found, the rest is not drafted.
        """
        for batch in batches(sightings):
            drafts = await self._halved(batch)
            if drafts:
                yield drafts
            if self.killers >= KILLERS:
                return

    async def _halved(self, batch: Sequence[Sighting]) -> list[Draft]:
        if self.killers >= KILLERS:
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
            return await self.draft(batch)
        except (BudgetError, WorkerDiedError):
            if len(batch) > 1:
                raise
            # A system short of memory ends any process: only an entry that stops a second worker did it.
            return await self.draft(batch)
