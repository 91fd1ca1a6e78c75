"""`khobor import FILE…`: articles from files of any kind known here."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.intake.pipeline import MANY, NEWS
from bot.running.cli.pieces import pieces
from bot.running.cli.progress import MEGABYTE, progress
from bot.running.cli.reading import read, shown
from bot.sources.kind import SourceContext
from bot.values.articles import DHAKA, Entry, FullText, Push, Sighting, Source
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.intake.pipeline import Parse
    from bot.running.core import Core
    from bot.sources.kind import Parsed

KIND = "import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file.

    ``problem`` is a clear line if it could not be read to its end.
    """

    path: Path
    new: int = 0
    revised: int = 0
    known: int = 0
    skipped: int = 0
    problem: str | None = None


async def import_files(core: Core, parse: Parse, paths: Sequence[Path], name: str | None) -> list[Imported]:
    """Import files one after another.

    One that cannot be read does not stop the others.
    """
    outlet = await core.store.outlets.ensure(name) if name else None
    now = core.clock()
    source = await core.store.sources.add(KIND, None, outlet, full_text=FullText.ALLOWED, now=now)
    return [await _import(core, parse, path, source) for path in paths]


async def _import(core: Core, parse: Parse, path: Path, source: Source) -> Imported:
    context = SourceContext(url=None, content_type=None, charset=None, now=core.clock(), zone=DHAKA, live=False)
    context = dataclasses.replace(context, scope=str(source.id))
    result = Imported(path)
    try:
        body = await read(path)
        done = 0
        with progress("MB", size=MEGABYTE) as step:
            for piece in pieces(body, context):
                _, parsed = await parse(piece, context)
                result = await _take(core, source, parsed, result, whole=len(piece) == len(body))
                done += len(piece)
                if len(piece) < len(body):
                    step(done, len(body))
    except ParseError as error:
        return dataclasses.replace(result, problem=str(error))
    return result


async def _take(core: Core, source: Source, parsed: Parsed, before: Imported, *, whole: bool) -> Imported:
    """Store a piece of a file and add up its outcome."""
    entries = parsed.entries
    fresh = whole and len(entries) <= MANY and all(_is_news(entry, core.clock()) for entry in entries)
    push = Push.NOW if fresh else Push.NONE
    new = revised = skipped = 0
    for some in _in_batches(parsed.sightings, MANY):
        polled = await core.pipeline.take(source, some, first_run=False, push=push)
        new, revised, skipped = new + polled.new, revised + polled.revised, skipped + polled.skipped
    return dataclasses.replace(
        before,
        new=before.new + new,
        revised=before.revised + revised,
        known=before.known + len(entries) - new - revised - skipped,
        skipped=before.skipped + skipped + parsed.skipped,
    )


def _is_news(entry: Entry, now: datetime) -> bool:
    """Return whether an entry may be pushed.

    An entry that was imported without a date is no news.
    """
    moment = entry.updated or entry.published
    return moment is not None and now - moment < NEWS


def _in_batches(sightings: Sequence[Sighting], size: int) -> Iterator[list[Sighting]]:
    rest = iter(sightings)
    while some := list(islice(rest, size)):
        yield some


def in_words(imported: Imported) -> str:
    """Say what came of a file."""
    name = shown(imported.path)
    if imported.problem and not (imported.new or imported.revised or imported.known):
        return f"{name}: {imported.problem}"
    parts = [f"{imported.new} new", f"{imported.revised} changed", f"{imported.known} known already"]
    if imported.skipped:
        parts.append(f"{imported.skipped} skipped (no headline, or nothing to know them by)")
    if imported.problem:
        parts.append(f"then stopped: {imported.problem}")
    return f"{name}: " + ", ".join(parts)
