"""Lets admins add, pause, resume, remove and poll sources.

Each action leaves a line in the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.bangla.normalise import key
from bot.bangla.numerals import to_ascii
from bot.intake.polling import poll_side_by_side
from bot.values.articles import FullText, Source, SourceState
from bot.values.chats import AuditLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.clockwork.clock import Clock
    from bot.intake.pipeline import Pipeline, PollResult
    from bot.ports.store import Store


@dataclass(frozen=True, slots=True)
class Added:
    """A source that was added.

    It says what kind it turned out to be, and how many articles it brought.
    """

    source: Source
    kind_name: str
    stored: int
    headlines: tuple[str, ...]


class SourceEditor:
    """Sources as admins handle them."""

    def __init__(self, store: Store, pipeline: Pipeline, clock: Clock) -> None:
        """Work on ``store`` through ``pipeline``."""
        self._store = store
        self._pipeline = pipeline
        self._clock = clock

    async def add(self, address: str, name: str, actor: str) -> Added:
        """Try an address out and add it as a source.

        Its articles are stored and pushed to nobody.

        Raises:
            FetchError: it could not be fetched.
            ParseError: what came is nothing that articles can be read from.
        """
        trial = await self._pipeline.try_out(address)
        typed, address, parsed = address, trial.address, trial.parsed
        called = name or await self._called(address, parsed.publisher)
        outlet = await self._store.outlets.ensure(called, sites=(typed, address))
        now = self._clock()
        source = await self._store.sources.add(trial.kind_name, address, outlet, full_text=FullText.LINK, now=now)
        await self._store.audit.record(AuditLine(now, actor, "addsource", address, after=called))
        result = await self._pipeline.poll(source)
        return Added(source, trial.kind_name, result.new, tuple(entry.title for entry in parsed.entries[:3]))

    async def _called(self, address: str, publisher: str | None) -> str:
        """Return the outlet of a source without a given name.

        The name that a source gives itself is believed only if it is a new outlet's: else a feed that calls itself by a
        newspaper's name would speak for that newspaper.
        """
        owner = await self._store.outlets.of_site(address)
        if owner is not None:
            return owner.name
        named = await self._store.outlets.find(publisher) if publisher else None
        is_free = named is None or not await self._store.outlets.sites(named)
        return (publisher if is_free else None) or urlsplit(address).hostname or address

    async def find(self, text: str) -> Source | None:
        """Return the source that an admin means.

        The text is its number, its address or its outlet's name.
        """
        wanted = key(text).removeprefix("#")
        if wanted.isascii() and wanted.isdecimal():
            return await self._store.sources.get(int(to_ascii(wanted)))
        for source in await self._store.sources.all():
            names = (source.outlet.name, source.outlet.name_en) if source.outlet else ()
            if wanted in {key(source.address or ""), *map(key, names)} - {""}:
                return source
        return None

    async def remove(self, source: Source, actor: str) -> None:
        """Forget a source; its articles stay."""
        now = self._clock()
        await self._store.sources.remove(source.id, now)
        await self._store.audit.record(AuditLine(now, actor, "removesource", source.address or ""))

    async def set_state(self, source: Source, state: SourceState, actor: str) -> None:
        """Pause or resume a source."""
        now = self._clock()
        await self._store.sources.set_state(source.id, state, now)
        what = "pausesource" if state is SourceState.PAUSED else "resumesource"
        line = AuditLine(now, actor, what, source.address or "", before=source.state.value, after=state.value)
        await self._store.audit.record(line)

    async def poll(
        self, sources: Sequence[Source], each: Callable[[PollResult], None] = lambda _: None
    ) -> list[PollResult]:
        """Poll sources side by side.

        ``each`` hears of every result as it comes.
        """
        return await poll_side_by_side(self._pipeline, sources, each)
