"""A Bot API that notes which process sends what, and when.

In a process of its own. Each process that sends is given an address of its own under it (`/NAME/bot…`), so that what
several of them send by one token can be told apart.
python -m tests.benchmarks.failover_stub SEED: prints its port; `/report` tells every message: when it came (by the
machine's monotonic clock), from which process, to which chat, which article, or 0 where it is no card.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from typing import TYPE_CHECKING, Any

from tests.benchmarks.loopback import serve

if TYPE_CHECKING:
    from tests.benchmarks.loopback import Connection

BOT = {"id": 1, "is_bot": True, "first_name": "Khobor", "username": "khobor_bot"}
ANSWERS = (0.02, 0.15)
"""Seconds until a message is answered: so some are always on their way."""
_HELD = 5.0
"""Seconds that an empty answer is held."""
_TAG = re.compile(r"<[^>]*>")
_ARTICLE = re.compile(r"খবর (\d+):")


class Platform:
    """What came, from whom."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self._chance = random.Random(seed)  # noqa: S311 - the same waits every time
        self._sent: list[tuple[float, str, int, int]] = []

    def handle(self, connection: Connection, path: bytes, body: bytes) -> None:
        """Take a request now, and answer a little later."""
        _, process, *_, method = path.decode().split("/")
        match method.lower():
            case "report":
                connection.answer(json.dumps(self._sent).encode())
            case "sendmessage":
                self._take(process, json.loads(body))
                chat = {"id": json.loads(body)["chat_id"], "type": "private", "first_name": "Reader"}
                message = {"message_id": len(self._sent), "date": 1776146400, "chat": chat, "from": BOT, "text": "…"}
                self._answer(connection, message, self._chance.uniform(*ANSWERS))
            case "getupdates":
                self._answer(connection, [], _HELD)
            case "getme":
                self._answer(connection, BOT)
            case _:
                self._answer(connection, True)  # noqa: FBT003 - the platform's own answer

    def _take(self, process: str, wanted: dict[str, Any]) -> None:
        # A digest names articles too, those that are in doubt among them, but does not begin with one.
        found = _ARTICLE.match(_TAG.sub("", wanted["text"]).lstrip())
        self._sent.append((time.monotonic(), process, int(wanted["chat_id"]), int(found[1]) if found else 0))

    def _answer(self, connection: Connection, result: object, delay: float = 0.0) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        asyncio.get_running_loop().call_later(delay, connection.answer, body)


if __name__ == "__main__":
    asyncio.run(serve(Platform(int(sys.argv[1])).handle))
