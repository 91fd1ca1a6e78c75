"""Parses and drafts in processes of their own.

Thus no page can stop, fill or crash the bot. The worker is anyio's: one that is cancelled is killed, idle ones are used
again. Its standard output carries anyio's protocol; nothing here may print. Its work is a pure function of what it is
given and of the data in the package.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import anyio
from anyio import to_process

from bot.articles.draft import draft_sighting
from bot.articles.identity import sight
from bot.articles.text.clean import clean
from bot.articles.text.sizes import NAME, line, refused
from bot.sources.heap import give_back
from bot.sources.kind import Parsed, SourceContext, SourceKind, check, describe, kinds, recognise
from bot.sources.passed_on import keep_secrets
from bot.values.errors import BudgetError, ParseError, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from anyio import CapacityLimiter

    from bot.values.articles import Draft, Sighting

T = TypeVar("T")

SECONDS = 9.0
"""Most seconds of a worker's own CPU for one call, ten with its start; the slowest of the captures takes 0.5."""
LEAST = 2.0
"""Seconds that a call for a single entry may take."""
PATIENCE = 8.0
"""How many times its seconds a call may last by the clock, on a machine where others work too."""
MEMORY = 280 * 1024 * 1024
"""Most bytes of a worker's address space. Measured: 75 MB with lxml, feedparser and trafilatura, 130 MB over a feed of
8 MiB, 190 MB over the worst page that `bounds` lets through; the rest is room for a hostile one to fail in."""
KEPT = 170 * 1024 * 1024
"""A worker that held more once is not used again: what the next needs must fit beside what it left."""
MOST = 50
"""Entries that are drafted in one call."""
MOST_TEXT = 200_000
"""Code points of their texts together: half a megabyte of Bengali, a second of CPU."""
_LOOK = 0.01
_TOLD, _REASONS = 80, 10  # characters of a headline, and how many reasons one parse tells


async def parse(
    body: bytes,
    context: SourceContext,
    kind_name: str | None = None,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    limiter: CapacityLimiter | None = None,
) -> tuple[str, Parsed]:
    """Parse and clean in a worker process.

    Without ``kind_name`` the bytes say what kind they are. ``seconds`` are of the worker's own CPU: waiting for a
    worker costs nobody. ``limiter`` bounds how many workers run at once (anyio's: one per core).

    Raises:
        ParseError: the bytes are not what they should be, or need too much memory.
        BudgetError: they took too long.
        WorkerDiedError: the worker died over them. The next call has a new one.
    """
    given = (body, context, kind_name)
    try:
        (name, parsed), spent = await _run("parsing", parse_here, given, seconds, memory, limiter)
    except WorkerDiedError as error:
        if isinstance(error.__cause__, MemoryError):
            raise
        # A system short of memory ends any process: only bytes that stop a second worker did it.
        (name, parsed), spent = await _run("parsing", parse_here, given, seconds, memory, limiter)
    return name, replace(parsed, spent=spent)


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one call drafted.

    None stands for an entry that cannot be drafted. ``spent`` are the seconds of a worker's CPU that it took.
    """

    drafts: list[Draft | None]
    spent: float = 0.0


def seconds_for(entries: int) -> float:
    """Return the seconds of CPU that drafting so many may take."""
    return max(LEAST, SECONDS * entries / MOST)


async def draft(
    sightings: Sequence[Sighting],
    *,
    seconds: float | None = None,
    memory: int = MEMORY,
    limiter: CapacityLimiter | None = None,
) -> Drafted:
    """Draft at most `MOST` entries in a worker process.

    The fewer entries there are, the less time they have.

    Raises:
        BudgetError: they took too long.
        WorkerDiedError: the worker died over one of them.
    """
    budget = seconds_for(len(sightings)) if seconds is None else seconds
    return Drafted(*await _run("drafting", draft_here, (tuple(sightings),), budget, memory, limiter))


async def _run(  # noqa: PLR0917 - what is done, and under which limits
    what: str,
    job: Callable[..., T],
    given: tuple[object, ...],
    seconds: float,
    memory: int,
    limiter: CapacityLimiter | None,
) -> tuple[T, float]:
    # Whoever waits here for others to end uses up nothing.
    async with limiter or to_process.current_default_process_limiter():
        return await _once(what, job, given, seconds, memory)


async def _once(
    what: str, job: Callable[..., T], given: tuple[object, ...], seconds: float, memory: int
) -> tuple[T, float]:
    began = anyio.current_time()
    # anyio would run the program's main module in every worker: .7 s of CPU and 40 MB for nothing.
    vars(sys.modules["__main__"]).pop("__file__", None)
    keep_secrets()
    try:
        with anyio.fail_after(seconds * PATIENCE):
            try:
                return await to_process.run_sync(
                    _limited, job, given, seconds, memory, cancellable=True, limiter=anyio.CapacityLimiter(1)
                )
            except _Retiring as done:
                result, spent, pid = done.args
                await _ended(pid)
                if isinstance(result, ParseError):
                    raise result from None
                return result, spent
    except TimeoutError as error:
        raise BudgetError(f"{what} took longer than {seconds * PATIENCE:g} seconds and was stopped") from error
    except MemoryError as error:
        raise WorkerDiedError(f"{what} needs too much memory") from error
    except anyio.BrokenWorkerProcess as error:
        # The kernel does not say why; before its seconds are over it cannot have used them up.
        if anyio.current_time() - began >= seconds:
            raise BudgetError(f"{what} took longer than {seconds:g} seconds and was stopped") from error
        raise WorkerDiedError(f"{what} crashed its process (too much memory); other sources go on") from error


async def _ended(pid: int) -> None:
    """End a worker that retires, and wait until it is gone.

    It must not be asked again.
    """
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)  # it said that it is done; to tidy up takes it long
        while True:
            os.kill(pid, 0)  # asks only whether it is there
            await anyio.sleep(_LOOK)


class _Retiring(SystemExit):
    """Ends a worker that has grown too large.

    It carries the worker's result, what that took, and its process number.
    """


def batches(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Part entries into what one call may draft."""
    found: list[list[Sighting]] = []
    room = 0
    for one in sightings:
        size = len(one.entry.title) + sum(map(len, one.entry.body))
        if not found or len(found[-1]) == MOST or size > room:
            found.append([])
            room = MOST_TEXT
        found[-1].append(one)
        room -= size
    return found


def draft_here(sightings: Sequence[Sighting]) -> list[Draft | None]:
    """Draft in this process, without limits: what the worker runs."""
    return [_drafted(sighting) for sighting in sightings]


def _drafted(sighting: Sighting) -> Draft | None:
    try:
        return draft_sighting(sighting)
    except Exception:  # noqa: BLE001 - a fault of ours that one entry brings out costs that entry alone
        return None


def parse_here(body: bytes, context: SourceContext, kind_name: str | None = None) -> tuple[str, Parsed]:
    """Parse and clean in this process, without limits.

    The worker runs this.

    Raises:
        ParseError: always this one, whatever went wrong with the bytes.
    """
    try:
        check(body, context)
        chosen = recognise(body, context) if kind_name is None else _named(kind_name, body, context)
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
        sightings=tuple(sight(entry, context.scope) for entry in kept) if context.scope else (),
        refused=tuple(islice(reasons, _REASONS)),
        unread_dates=tuple(dict.fromkeys(context.unread)),
    )


def _limited(job: Callable[..., T], given: tuple[object, ...], seconds: float, memory: int) -> tuple[T, float]:
    """Do a job under limits that the kernel keeps.

    It ends this process after its CPU, and refuses it more memory. Return its result and the CPU that it took.
    """
    began = time.process_time()
    give_back()
    _limit(seconds, memory)
    result: T | ParseError
    try:
        result = job(*given)
    except ParseError as error:
        # A cause may hold a library's exception that does not survive the way back.
        result = ParseError(str(error), error.found)
    finally:
        _limit(0, memory)
    spent = time.process_time() - began
    if _held() > KEPT:
        raise _Retiring(result, spent, os.getpid())
    if isinstance(result, ParseError):
        raise result
    return result, spent


def _held() -> int:
    """Return the most bytes that this process has held so far.

    Linux counts a process's parent in `ru_maxrss`, as large as it was when it began; /proc says its own.
    """
    if sys.platform == "win32":
        return 0
    with suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return 1024 * int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])
    resource = importlib.import_module("resource")
    most = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return most if sys.platform == "darwin" else most * 1024


def _limit(seconds: float, memory: int) -> None:
    """Let the kernel bound this process's memory and CPU.

    Windows has neither limit. With 0 seconds CPU has no limit.
    """
    if sys.platform == "win32":
        return
    # Its signal ends the process, also within a library that never comes back to Python.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource = importlib.import_module("resource")
    for limit, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a lower hard limit, or a system without this one
            resource.setrlimit(limit, (wanted, resource.getrlimit(limit)[1]))
