"""Telegram under load.

Twenty questions at once, and questions while a push goes to many chats, on a strict window.
The whole bot, over loopback; the platform and its people are another process and look at the clock. A push takes a
second for each 30 chats, for the window allows no more; the bare minimum beside it is just that.

python -m tests.benchmarks.telegram_load [--json] [--chats N] [--people N] [--rounds N]
"""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import subprocess
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.app import opened
from bot.articles.draft import make_draft
from bot.clockwork.clock import system_clock
from bot.running.settings import Settings
from bot.values.articles import Entry, FullText, Push
from handlers.context import Services
from handlers.discovery import discover
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.running import serve
from handlers.platforms.telegram.settings import TelegramSettings
from handlers.router import Router
from tests.benchmarks.audience import fill
from tests.benchmarks.fanout import ENTRY
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.windows import LIMIT
from tests.fakes.telegram.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.running.core import Core
    from bot.values.articles import Source

AT_ONCE, DURING = 0.150, 0.300
"""Seconds until an answer, for 95 of 100."""


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, chats=600, people=20, rounds=10)
    logging.disable(logging.WARNING)
    command = [sys.executable, "-m", "tests.benchmarks.telegram_people", str(asked.chats)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as people:
        try:
            burst, watch = asyncio.run(_measure(people, asked.chats, asked.people, asked.rounds))
        finally:
            people.terminate()
    at_once, during = _p95(burst["waited"]), _p95(watch["waited"])
    least = (asked.chats + len(watch["waited"])) / LIMIT
    questions = asked.people * asked.rounds
    result = Result(
        name="telegram_load",
        sizes={"people at once": asked.people, "rounds": asked.rounds, "chats pushed to": asked.chats},
        figures={
            "right answers": burst["right"],
            "all at once: half within, ms": statistics.median(burst["waited"]) * 1000,
            "all at once: p95, ms": at_once * 1000,
            "questions during the push": len(watch["waited"]),
            "during the push: half within, ms": statistics.median(watch["waited"]) * 1000,
            "during the push: p95, ms": during * 1000,
            "the push, s": watch["seconds"],
            "the least that so many messages can take, s": least,
            "refused for haste": watch["refused"],
        },
        ratio=watch["seconds"] / least,
        aim=f"all answers right, p95 {AT_ONCE * 1000:g} ms at once and {DURING * 1000:g} ms during the push, "
        "none refused; the ratio is to the least time",
        met=burst["right"] == questions and at_once <= AT_ONCE and during <= DURING and not watch["refused"],
    )
    tell(result, as_json=asked.json)


def _p95(waited: list[float]) -> float:
    return statistics.quantiles(waited, n=20)[-1]


async def _measure(
    people: subprocess.Popen[str], chats: int, persons: int, rounds: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    assert people.stdin is not None
    assert people.stdout is not None
    port = int(people.stdout.readline())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        async with opened(Settings(database_path=path, _env_file=None)) as core:
            source = await core.store.sources.add("benchmark", None, None, full_text=FullText.LINK, now=system_clock())
            for number in range(persons):
                entry = Entry(f"খবর {number}: নদীর ঘাট", body=(f"এটি {number} নম্বর।",), tags=(f"বিষয়{number}",))
                await _store(core, source, entry, push=Push.NONE)
            fill(path, chats)
            async with _answering(core, port):
                burst = await _told(people.stdin, people.stdout, f"burst {persons} {rounds}")
                watching = asyncio.ensure_future(_told(people.stdin, people.stdout, f"watch {chats}"))
                await _store(core, source, ENTRY, push=Push.NOW)
                return burst, await watching


async def _store(core: Core, source: Source, entry: Entry, *, push: Push) -> None:
    draft = make_draft(entry, str(source.id), system_clock())
    await core.store.articles.save(draft, source, system_clock(), push=push)


@asynccontextmanager
async def _answering(core: Core, port: int) -> AsyncIterator[None]:
    """Run the bot and the engine, as `khobor` does.

    But for polling feeds.
    """
    base = f"http://127.0.0.1:{port}"
    settings = TelegramSettings(telegram_bot_token=TOKEN, telegram_api_base=base, _env_file=None)
    services = Services.of(core)
    tasks = {
        asyncio.create_task(serve(core, Router(discover()), services, settings, Progress())),
        asyncio.create_task(core.engine.run()),
    }
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _told(to: IO[str], answers: IO[str], line: str) -> dict[str, Any]:
    """Let the people do something and return what came of it."""
    to.write(f"{line}\n")
    to.flush()
    done: dict[str, Any] = json.loads(await asyncio.to_thread(answers.readline))
    return done


if __name__ == "__main__":
    main()
