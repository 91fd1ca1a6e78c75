"""News comes in and is pushed while the command line runs."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import subprocess
import sys
from collections import Counter
from datetime import time
from itertools import count
from typing import TYPE_CHECKING

from bot.subscriptions import choosing
from bot.values.chats import Mode, Subscription, Target, Term, TermKind
from tests.e2e.run import environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.world import World

READERS = 12
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


def topic(number: int) -> str:
    return f"বিষয় {number % READERS}"


async def readers(world: World) -> None:
    """Let each reader follow one topic at once.

    One more follows all where nobody sends: its news waits.
    """
    store = world.core.store
    chosen = dataclasses.replace((await world.at_once()).preferences, digest_times=(time(8),))
    for number in range(1, READERS + 1):
        chat = await store.chats.ensure(Target("telegram", str(number)), world.clock())
        name = topic(number)
        await choosing.follow(store, chat, Subscription(Term(TermKind.TAG, name, name)), world.clock())
        await store.chats.prefer(chat.id, chosen, None)
    # Not in their first day, or six an hour would be all that they get.
    await store._database.write(lambda db: db.rows("UPDATE chats SET slow_until = NULL"))  # type: ignore[attr-defined]
    waiting = await store.chats.ensure(Target("discord", "900"), world.clock())
    await choosing.follow(store, waiting, Subscription(Term(TermKind.ALL), mode=Mode.NOW), world.clock())


@contextlib.asynccontextmanager
async def incoming(world: World, telegram: FakeTelegram) -> AsyncIterator[list[str]]:
    """Store and spread one article after another.

    Not much faster than they are pushed, while the context lasts.
    """
    came: list[str] = []

    async def bring() -> None:
        for number in count(1):
            await world.add(f"নদীর খবর {number}", BODY, tags=(topic(number),))
            came.append(f"নদীর খবর {number}")
            await world.spread()
            await telegram.until(lambda: len(pushed(telegram)) > len(came) - READERS)

    task = asyncio.create_task(bring())
    try:
        yield came
    finally:
        task.cancel()
        await asyncio.wait({task})


async def command(folder: Path, *arguments: str, **extra: str) -> tuple[int, str, str]:
    """Run the command line as another process, while this one goes on."""
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env=environment(**extra), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, problems = await done.communicate()
    return done.returncode or 0, out.decode(), problems.decode()


def pushed(telegram: FakeTelegram) -> Counter[tuple[int, str]]:
    """Count the cards that each reader was sent of each story.

    A digest is no push.
    """
    return Counter(
        (chat.id, shown.raw.removeprefix("<b>").partition("</b>")[0])
        for chat in telegram.chats.values()
        for shown in chat.messages.values()
        if shown.raw.startswith("<b>নদীর")
    )
