"""Parses in a process of its own.

So no page can stop, fill or crash the bot.
The worker is anyio's: one that is cancelled is killed, idle ones are used again. Its standard output carries anyio's
protocol; nothing here may print.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import anyio
from anyio import to_process

from bot.articles.text.clean import clean
from bot.articles.text.sizes import NAME, line, refused
from bot.sources.kind import Parsed, SourceContext, SourceKind, check, describe, kinds, recognise
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from anyio import CapacityLimiter

SECONDS = 20.0
"""Most seconds of a parse by the clock; the slowest of the captures takes 0.5 s, a feed of 8 MiB 10 s."""
MEMORY = 1024 * 1024 * 1024
"""Most bytes of a worker's address space. Measured: 0.16 GB for a page of 4 MiB with lxml and trafilatura, 0.30 GB for
a feed of 8 MiB; the rest is room for a hostile one to fail in."""
_TOLD, _REASONS = 80, 10  # characters of a headline, and how many reasons one parse tells
_GRACE = 2  # seconds of CPU above the clock's limit, after which the kernel kills a worker whose parent is gone


async def parse(
    body: bytes,
    context: SourceContext,
    kind: str | None = None,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    limiter: CapacityLimiter | None = None,
) -> tuple[str, Parsed]:
    """Parse and clean in a worker process.

    Return the kind's name and what the bytes held.
    ``kind`` None means that it is found out. ``limiter`` bounds how many workers run at once (anyio's: one per core).

    Raises:
        ParseError: the bytes are not what they should be, or took too long, too much memory, or the worker with them.
            The next parse has a new worker.
    """
    try:
        with anyio.fail_after(seconds):
            return await to_process.run_sync(
                _job, body, context, kind, seconds, memory, cancellable=True, limiter=limiter
            )
    except TimeoutError as error:
        raise ParseError(f"parsing took longer than {seconds:g} seconds and was stopped") from error
    except anyio.BrokenWorkerProcess as error:
        raise ParseError("parsing crashed its process (too much memory or time); other sources go on") from error


def parse_here(body: bytes, context: SourceContext, kind: str | None = None) -> tuple[str, Parsed]:
    """Parse and clean in this process, without limits.

    Neither of time nor memory: this is what the worker runs.

    Raises:
        ParseError: always this one, whatever went wrong with the bytes.
    """
    try:
        check(body, context)
        chosen = recognise(body, context) if kind is None else _named(kind, body, context)
        _check_size(body, chosen)
        parsed = chosen.parse(body, context)
        return chosen.name, _cleaned(parsed, context)
    except ParseError:
        raise
    except MemoryError as error:
        raise ParseError("parsing needs too much memory") from error
    except RecursionError as error:
        raise ParseError("nested too deeply to be read") from error
    except Exception as error:  # a library's fault on hostile bytes is that source's error, never ours
        raise ParseError(f"can't be read ({type(error).__name__})") from error


def _check_size(body: bytes, kind: SourceKind) -> None:
    if len(body) > kind.max_bytes:
        size, most = len(body) / 1e6, kind.max_bytes / 1e6
        raise ParseError(f"{size:.1f} MB is too large for {_article(kind.label)} (at most {most:.1f} MB)")


def _named(name: str, body: bytes, context: SourceContext) -> SourceKind:
    known = kinds()
    if name not in known:
        raise ParseError(f"unknown kind of source {name!r}; known are {', '.join(known)}")
    kind = known[name]
    if kind.looks_like(body, context):
        return kind
    other = next((other for other in known.values() if other.looks_like(body, context)), None)
    found, what = (_article(other.label), "") if other else describe(body, context)
    raise ParseError(f"{found}, where {_article(kind.label)} was expected", what)


def _article(label: str) -> str:
    return f"an {label}" if label[0] in "aeiouRAH" and not label.startswith("Atom") else f"a {label}"


def _cleaned(parsed: Parsed, context: SourceContext) -> Parsed:
    publisher = line(parsed.publisher or "", NAME) or None
    entries = [clean(entry, context.now, context.zone, live=context.live) for entry in parsed.entries]
    kept = tuple(replace(entry, publisher=entry.publisher or publisher) for entry in entries if entry.title)
    if parsed.entries and not kept:
        raise ParseError("no headline in anything that was read")
    reasons = (f"{entry.title[:_TOLD]}: {reason}" for entry in parsed.entries for reason in refused(entry))
    return replace(
        parsed,
        entries=kept,
        publisher=publisher,
        skipped=parsed.skipped + len(entries) - len(kept),
        refused=tuple(islice(reasons, _REASONS)),
        unread_dates=tuple(dict.fromkeys(context.unread)),
    )


def _job(body: bytes, context: SourceContext, kind: str | None, seconds: float, memory: int) -> tuple[str, Parsed]:
    _limit(seconds, memory)
    try:
        return parse_here(body, context, kind)
    except ParseError as error:
        # A cause may hold a library's exception that does not survive the way back.
        raise ParseError(str(error), error.found) from None


def _limit(seconds: float, memory: int) -> None:
    """Let the kernel bound this process.

    It ends after its share of CPU and gets no more memory (not on Windows).
    """
    if sys.platform == "win32":
        return
    resource = importlib.import_module("resource")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    for limit, wanted in (
        (resource.RLIMIT_CPU, used + int(seconds) + _GRACE),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a lower hard limit, or a system without this one
            resource.setrlimit(limit, (wanted, resource.getrlimit(limit)[1]))
