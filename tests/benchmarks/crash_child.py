"""A process that sends until it is killed.

The real sender over a real file, through a plain client.
python -m tests.benchmarks.crash_child FILE PORT BEGUN SPEED [--idempotent]: begins when it reads a line, says so, and
ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from bot.articles.rules import RULES
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.ports.platform import Pace, Postponed, Sent, Unavailable, Unknown
from bot.values.messages import Traits
from storage.driver.sqlite import BUSY
from storage.store import open_store
from tests.benchmarks.audience import ACCOUNT
from tests.benchmarks.fast_time import FastClock, FastLoop

if TYPE_CHECKING:
    from bot.ports.platform import SendResult
    from bot.values.chats import Target
    from bot.values.delivery import Ref
    from bot.values.messages import Message

ANSWER_WITHIN = 60.0
TOO_MANY = 429


@dataclass
class PlainPlatform:
    """Posts to a server on this machine.

    At the pace of a real one, and says of each answer what it means.
    """

    session: aiohttp.ClientSession
    port: int
    traits: Traits

    name = ACCOUNT
    account = ACCOUNT
    pace = Pace(per_second=30, slots=30, chat_gap=1.0)

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        """Post a message."""
        del silent, answers
        return await self._post("send", {"chat_id": target.external_id, "text": message.brief, "key": key})

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Change a message, under a key of its own."""
        key = f"edit-{ref.target.external_id}-{ref.message_id}"
        result = await self._post("edit", {"chat_id": ref.target.external_id, "text": message.brief, "key": key})
        return Sent(ref.message_id) if isinstance(result, Sent) else result

    async def _post(self, method: str, wanted: dict[str, object]) -> SendResult:
        try:
            async with self.session.post(f"http://127.0.0.1:{self.port}/{method}", json=wanted) as response:
                return _meaning(response.status, await response.read())
        except aiohttp.ClientConnectorError as error:
            return Unavailable(str(error))
        except (aiohttp.ClientError, TimeoutError) as error:
            return Unknown(repr(error))


def _meaning(status: int, body: bytes) -> SendResult:
    try:
        answer = json.loads(body)
    except ValueError:
        return Unknown(f"{status}, not the platform's own words")
    if answer["ok"]:
        return Sent(str(answer["result"]["message_id"]))
    if status == TOO_MANY:
        return Postponed(timedelta(seconds=answer["parameters"]["retry_after"]))
    return Unavailable(answer["description"])


async def _send(path: Path, port: int, clock: FastClock, *, idempotent: bool) -> None:
    loop = asyncio.get_running_loop()
    sending = asyncio.current_task()
    assert sending is not None
    loop.add_reader(sys.stdin.fileno(), sending.cancel)
    timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
    # The loop's seconds are short, another process's writes are not: the writer's lock is waited for in real ones.
    busy = BUSY * clock.speed
    async with open_store(path, RULES, busy=busy) as store, store.lock(f"sender-{ACCOUNT}") as ours:
        assert ours, "the kernel frees the lock of a process that was killed"
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
            platform = PlainPlatform(session, port, Traits(idempotent=idempotent))
            pacer = Pacer(platform.pace, time=loop.time)
            sender = Sender(store, platform, f"sender-{os.getpid()}", clock, pacer=pacer, ticks=loop.time)
            await sender.take_over()
            await sender.run()


def main() -> None:
    """Send, as the command line says."""
    path, port, begun, speed = sys.argv[1:5]
    # What takes longest, the imports, is done: whoever started this does so ahead of time.
    if sys.stdin.readline():
        print("begun", flush=True)
        work = _send(
            Path(path), int(port), FastClock(float(begun), float(speed)), idempotent="--idempotent" in sys.argv
        )
        with asyncio.Runner(loop_factory=partial(FastLoop, float(speed))) as runner:
            runner.run(work)


if __name__ == "__main__":
    main()
