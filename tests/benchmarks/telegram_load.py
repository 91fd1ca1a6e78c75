"""Telegram under load.

Twenty questions at once, questions while a push goes to many chats, and a flood of them beside another push, on strict
windows: 30 messages a second over all and one in each chat. The whole bot, over loopback; the platform and its people
are another process and look at the clock. A push takes a second for each 30 chats, for the window allows no more; the
bare minimum beside it is just that.

python -m tests.benchmarks.telegram_load [--json] [--chats N] [--people N] [--rounds N]
    [--flooding N] [--messages N]
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
from functools import partial
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
    import argparse
    from collections.abc import AsyncIterator

    from bot.running.core import Core
    from bot.values.articles import Source

AT_ONCE, DURING = 0.150, 0.300
"""Seconds until an answer, for 95 of 100."""
BYSTANDER = 2.0
"""The same for one who asks once beside a flood."""
SECOND = Entry(
    "পাহাড়ি ঢলে হাওরের বাঁধ ভেঙেছে, ধান কাটতে নেমেছেন কৃষকেরা",
    body=(
        "টানা বৃষ্টিতে উজান থেকে আসা পানির চাপে ভোরে হাওরের দুটি বাঁধ ভেঙে যায়, তলিয়ে গেছে কয়েক শ একর জমি।",
        "কৃষকেরা আধা পাকা ধান কাটছেন, নৌকায় করে তা উঁচু জায়গায় নেওয়া হচ্ছে।",
    ),
    url="https://nodi.example/2026/04/14/haor",
)
NEWS = 0.5
"""Of their speed alone, pushes beside a flood."""


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, chats=1000, people=20, rounds=10, flooding=60, messages=40)
    logging.disable(logging.WARNING)
    command = [sys.executable, "-m", "tests.benchmarks.telegram_people", str(asked.chats)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as people:
        try:
            burst, watch, flood = asyncio.run(_measure(people, asked))
        finally:
            people.terminate()
    at_once, during = _p95(burst["waited"]), _p95(watch["waited"])
    least = (asked.chats + len(watch["waited"])) / LIMIT
    questions = asked.people * asked.rounds
    bystander, speed = _p95(flood["waited"]), watch["seconds"] / flood["seconds"]
    result = Result(
        name="telegram_load",
        sizes={
            "people at once": asked.people,
            "rounds": asked.rounds,
            "chats pushed to": asked.chats,
            "people who flood": asked.flooding,
            "messages of each": asked.messages,
        },
        figures={
            "right answers": burst["right"],
            "all at once: half within, ms": statistics.median(burst["waited"]) * 1000,
            "all at once: p95, ms": at_once * 1000,
            "questions during the push": len(watch["waited"]),
            "during the push: half within, ms": statistics.median(watch["waited"]) * 1000,
            "during the push: p95, ms": during * 1000,
            "the push, s": watch["seconds"],
            "the least that so many messages can take, s": least,
            "flood: a bystander's answer, half within, ms": statistics.median(flood["waited"]) * 1000,
            "flood: a bystander's answer, p95, ms": bystander * 1000,
            "flood: questions of bystanders": len(flood["waited"]),
            "flood: answers to those who flood": flood["answered"],
            "flood: the push, s": flood["seconds"],
            "flood: pushes, of their speed alone": speed,
            "refused for haste": flood["refused"],
        },
        ratio=watch["seconds"] / least,
        aim=f"all answers right, p95 {AT_ONCE * 1000:g} ms at once and {DURING * 1000:g} ms during the push, "
        f"none refused; beside a flood p95 {BYSTANDER:g} s, pushes at {NEWS:g}; the ratio is to the least time",
        met=burst["right"] == questions
        and at_once <= AT_ONCE
        and during <= DURING
        and bystander <= BYSTANDER
        and speed >= NEWS
        and not flood["refused"],
    )
    tell(result, as_json=asked.json)


def _p95(waited: list[float]) -> float:
    return statistics.quantiles(waited, n=20)[-1]


async def _measure(
    people: subprocess.Popen[str], asked: argparse.Namespace
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    assert people.stdin is not None
    assert people.stdout is not None
    port = int(people.stdout.readline())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        async with opened(Settings(database_path=path, _env_file=None)) as core:
            source = await core.store.sources.add("benchmark", None, None, full_text=FullText.LINK, now=system_clock())
            for number in range(max(asked.people, asked.flooding)):
                entry = Entry(f"খবর {number}: নদীর ঘাট", body=(f"এটি {number} নম্বর।",), tags=(f"বিষয়{number}",))
                await store_entry(core, source, entry, push=Push.NONE)
            fill(path, asked.chats)
            async with answering(core, port):
                tell_them = partial(told, people.stdin, people.stdout)
                burst = await tell_them(f"burst {asked.people} {asked.rounds}")
                watching = asyncio.ensure_future(tell_them(f"watch {asked.chats}"))
                await store_entry(core, source, ENTRY, push=Push.NOW)
                watch = await watching
                await tell_them("again")
                line = f"flood {asked.chats} {asked.flooding} {asked.messages}"
                flooding = asyncio.ensure_future(tell_them(line))
                await store_entry(core, source, SECOND, push=Push.NOW)
                return burst, watch, await flooding


async def store_entry(core: Core, source: Source, entry: Entry, *, push: Push) -> None:
    """Store an entry as a source brings it."""
    draft = make_draft(entry, str(source.id), system_clock())
    await core.store.articles.save(draft, source, system_clock(), push=push)


@asynccontextmanager
async def answering(core: Core, port: int) -> AsyncIterator[None]:
    """Run the bot and the engine, as `khobor` does.

    Only feeds are not polled.
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


async def told(to: IO[str], answers: IO[str], line: str) -> dict[str, Any]:
    """Let the people do something and return what came of it."""
    to.write(f"{line}\n")
    to.flush()
    done: dict[str, Any] = json.loads(await asyncio.to_thread(answers.readline))
    return done


if __name__ == "__main__":
    main()
