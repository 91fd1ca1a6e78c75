"""`khobor import FILE…`: articles from files of any kind known here."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.intake.pipeline import MANY, NEWS
from bot.running.cli.progress import progress
from bot.running.cli.reading import read
from bot.sources.kind import SourceContext
from bot.values.articles import DHAKA, Entry, FullText, Push, Source
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.intake.pipeline import Parse
    from bot.running.core import Core

KIND = "import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file; ``problem`` is a clear line if nothing could be read from it."""

    path: Path
    new: int = 0
    revised: int = 0
    known: int = 0
    skipped: int = 0
    problem: str | None = None


async def import_files(core: Core, parse: Parse, paths: Sequence[Path], name: str | None) -> list[Imported]:
    """Import files one after another; one that cannot be read does not stop the others."""
    outlet = await core.store.outlets.ensure(name) if name else None
    now = core.clock()
    source = await core.store.sources.add(KIND, None, outlet, full_text=FullText.ALLOWED, now=now)
    return [await _import(core, parse, path, source) for path in paths]


async def _import(core: Core, parse: Parse, path: Path, source: Source) -> Imported:
    context = SourceContext(url=None, content_type=None, charset=None, now=core.clock(), zone=DHAKA, live=False)
    try:
        _, parsed = await parse(await read(path), context)
    except ParseError as error:
        return Imported(path, problem=str(error))
    entries = [dataclasses.replace(entry, publisher=entry.publisher or parsed.publisher) for entry in parsed.entries]
    fresh = len(entries) <= MANY and all(_is_news(entry, context.now) for entry in entries)
    push = Push.NOW if fresh else Push.NONE
    new = revised = skipped = done = 0
    with progress() as step:
        for some in _in_batches(entries, MANY):
            turn = await core.pipeline.take(source, some, first_run=False, push=push)
            new, revised, skipped = new + turn.new, revised + turn.revised, skipped + turn.skipped
            done += len(some)
            step(done, len(entries))
    known = len(entries) - new - revised - skipped
    return Imported(path, new, revised, known, skipped + parsed.skipped)


def _is_news(entry: Entry, now: datetime) -> bool:
    """Return whether an entry may be pushed; what was imported without a date is no news."""
    moment = entry.updated or entry.published
    return moment is not None and now - moment < NEWS


def _in_batches(entries: list[Entry], size: int) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while some := list(islice(rest, size)):
        yield some


def in_words(imported: Imported) -> str:
    """Say what came of a file."""
    if imported.problem:
        return f"{imported.path}: {imported.problem}"
    parts = [f"{imported.new} new", f"{imported.revised} changed", f"{imported.known} known already"]
    if imported.skipped:
        parts.append(f"{imported.skipped} skipped (no headline, or nothing to know them by)")
    return f"{imported.path}: " + ", ".join(parts)
