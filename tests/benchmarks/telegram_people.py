"""A strict Bot API with people who write to the bot.

It runs in a process of its own and sees what they wait for, and how long. python -m tests.benchmarks.telegram_people
CHATS prints its port, then answers each line of standard input with one.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from tests.fakes.telegram.server import FakeTelegram

FIRST = 100_000_001
"""The first of the chats that are pushed to, as `audience` numbers them."""
PERSON = 1_000
FLOODING = 50_000
EVERY = 0.2
"""Seconds between two questions while a push goes on."""
REST = 1.1
"""Seconds between two bursts, so that the window of one second is empty again."""


class Crowd(FakeTelegram):
    """Refuses a 31st message within a second.

    It keeps when each chat was first answered and how often.
    """

    def __init__(self, chats: int) -> None:
        """Know so many chats that are pushed to."""
        super().__init__(strict=True)
        self.answered: dict[int, tuple[float, str]] = {}
        self.pushed = self.watched = 0
        self.came, self.begun = asyncio.Event(), asyncio.Event()
        for number in range(chats):
            self.private(FIRST + number)

    def _post(self, values: dict[str, Any], *rest: Any, **more: Any) -> object:  # noqa: ANN401 - whatever it takes
        shown = super()._post(values, *rest, **more)
        chat = int(values["chat_id"])
        if chat >= FIRST:
            self.pushed += 1
            self.begun.set()
        else:
            self.answered[chat] = (time.perf_counter(), self.chats[chat].last.text)
            self.came.set()
        return shown

    async def ask(self, person: int, text: str) -> tuple[float, str]:
        """Let somebody ask; return the seconds until the answer, and the answer."""
        self.answered.pop(person, None)
        begun = time.perf_counter()
        await self.says(self.private(person), text)
        while person not in self.answered:
            self.came.clear()
            await self.came.wait()
        at, answer = self.answered[person]
        return at - begun, answer

    async def burst(self, people: int, rounds: int) -> dict[str, object]:
        """Let so many people ask at once, each for something else.

        Again and again.
        """
        waited: list[float] = []
        right = 0
        for _ in range(rounds):
            asked = [self.ask(PERSON + number, f"/tag বিষয়{number}") for number in range(people)]
            answers = await asyncio.gather(*asked)
            waited += [seconds for seconds, _ in answers]
            right += sum(text.startswith(f"খবর {number}:") for number, (_, text) in enumerate(answers))
            await asyncio.sleep(REST)
        return {"waited": waited, "right": right}

    async def again(self) -> dict[str, object]:
        """Forget the pushes so far."""
        self.pushed, self.begun = 0, asyncio.Event()
        return {}

    async def flood(self, chats: int, people: int, messages: int) -> dict[str, object]:
        """Let so many people write so much at once.

        Beside a push, and one who asks now and then.
        """
        flooding = [self.private(FLOODING + number) for number in range(people)]
        for _ in range(messages):
            for number, chat in enumerate(flooding):
                await self.says(chat, f"/tag বিষয়{number}")
        done = await self.watch(chats)
        return {**done, "answered": sum(len(chat.messages) for chat in flooding)}

    async def watch(self, chats: int) -> dict[str, object]:
        """Ask until all chats have been pushed to.

        The time counts from the first push on.
        """
        waited: list[float] = []
        await self.begun.wait()
        begun, person = time.perf_counter(), self.watched
        while self.pushed < chats:
            person += 1
            seconds, _ = await self.ask(2 * PERSON + person, "/help")
            waited.append(seconds)
            await asyncio.sleep(EVERY)
        self.watched = person
        return {"waited": waited, "seconds": time.perf_counter() - begun, "refused": self.refused}


async def main(chats: int) -> None:
    """Serve, and do what the lines say."""
    async with Crowd(chats) as crowd:
        print(crowd.base.rpartition(":")[2], flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            name, *numbers = line.split()
            done = await getattr(crowd, name)(*map(int, numbers))
            print(json.dumps(done), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
