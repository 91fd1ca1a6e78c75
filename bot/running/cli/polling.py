"""`khobor poll --once` and `khobor sources`: polls and reports."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.bangla.printing import english_short
from bot.running.cli.progress import progress
from bot.sources.health import health, title
from bot.values.articles import DHAKA, SourceState
from bot.values.chats import Language
from bot.values.wording import say

if TYPE_CHECKING:
    from bot.intake.pipeline import PollResult
    from bot.running.core import Core
    from bot.values.articles import Source


MANY = 5
"""More sources than this that failed alike (no network, most often) are told in one line."""


async def poll_once(core: Core) -> list[PollResult]:
    """Poll every source that is not paused, due or not.

    It draws a progress bar.
    """
    sources = [source for source in await core.store.sources.all() if source.state is SourceState.ACTIVE]
    done = count(1)
    with progress() as step:
        return await core.source_editor.poll(sources, lambda _result: step(next(done), len(sources)))


def polled_in_words(results: list[PollResult]) -> str:
    """Say what a round of polling came to.

    It has a line for each source that failed, one for many that failed alike, and the sum.
    """
    failed = [result for result in results if result.problem]
    kinds = dict.fromkeys(result.error for result in failed)
    lines = [line for kind in kinds for line in _failures([result for result in failed if result.error == kind])]
    new, revised = sum(result.new for result in results), sum(result.revised for result in results)
    return "\n".join([*lines, f"{len(results)} sources: {new} new, {revised} changed, {len(failed)} failed."])


def _failures(alike: list[PollResult]) -> list[str]:
    if len(alike) <= MANY:
        return [f"{_english(result.source)}: {result.problem}" for result in alike]
    names = ", ".join(_english(result.source) for result in alike)
    return [f"{len(alike)} sources failed alike, the first with: {alike[0].problem}", f"  {names}"]


async def sources_in_words(core: Core) -> str:
    """List sources with their number, health and address."""
    sources = await core.store.sources.all()
    if not sources:
        return "No sources yet. Start `khobor chat` and send: /addsource ADDRESS"
    return "\n".join(_line(core, source) for source in sources)


def _line(core: Core, source: Source) -> str:
    since = english_short(source.last_new_at, core.clock(), ZoneInfo(DHAKA)) if source.last_new_at else ""
    fares = say(health(source, core.clock()), Language.ENGLISH, time=since)
    return f"#{source.id:<4} {_english(source):28} {source.kind_name:8} {fares:24} {source.address or ''}"


def _english(source: Source) -> str:
    return (source.outlet.name_en if source.outlet else "") or title(source)
