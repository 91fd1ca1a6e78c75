"""An article to 1,000 channels under Discord's limits.

While slash commands are answered and the gateway drops; then once more beside a flood of commands.
The server counts as the platform does: 50 requests in any second over all (interactions are exempt), 5 messages in 5 s
to a channel. Beside it the library's own client with one task for each channel, as a bot without a limiter would do.

python -m tests.benchmarks.discord_push [--json] [--channels N] [--drops N] [--slash N]
    [--flooding N] [--commands N]
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import tempfile
import time
from collections import Counter, deque
from dataclasses import replace
from datetime import time as day_time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
from aiohttp import web
from discord.http import HTTPClient, Route
from pydantic import SecretStr

from bot.app import opened
from bot.articles.draft import make_draft
from bot.clockwork.clock import system_clock
from bot.running.settings import Settings
from bot.subscriptions import choosing
from bot.values.articles import Entry, FullText, Push
from bot.values.chats import ChatKind, Mode, Subscription, Target, Term, TermKind
from handlers.context import Services
from handlers.discovery import discover
from handlers.platforms.discord.running import serve
from handlers.platforms.discord.settings import DiscordSettings
from handlers.router import Router
from tests.benchmarks.report import Result, arguments, tell
from tests.handlers.discord.gateway import BOT, ScriptedGateway, interaction

if TYPE_CHECKING:
    from bot.running.core import Core

PER_SECOND = 50
LONGER = 1.1
REPLY_WITHIN = 0.3
EVERY = 0.2
"""Seconds between two questions of bystanders."""
EXEMPT = ("/interactions/", "/webhooks/")
BODY = ("নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।",)
FIRST = 1_000_000
BYSTANDER, NEWS = 2.0, 0.5
"""Seconds until one who asks beside a flood is answered (p95), and pushes there, of their speed alone."""
FLOOD, BYSTANDERS = 500_000, 100_000


class Strict(ScriptedGateway):
    """The same with the platform's limits, and a look at the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.arrived: list[float] = []
        self.replied: dict[int, float] = {}
        self._recent: deque[float] = deque()
        self._channels: dict[str, deque[float]] = {}

    async def _api(self, request: web.Request) -> web.Response:
        now, path = time.perf_counter(), request.path.removeprefix("/api")
        if path.startswith(EXEMPT):
            self.replied[int(path.split("/")[2])] = now
            return await super()._api(request)
        if (wait := self._over(self._recent, now, PER_SECOND, 1.0)) > 0:
            return self._refuse(wait, everywhere=True)
        if not path.endswith("/messages"):
            return await super()._api(request)
        taken = self._channels.setdefault(path, deque())
        if (wait := self._over(taken, now, 5, 5.0)) > 0:
            return self._refuse(wait, everywhere=False)
        self.arrived.append(now)
        answer = await super()._api(request)
        left = {
            "Limit": "5",
            "Remaining": str(5 - len(taken)),
            "Reset-After": f"{taken[0] + 5 - now:.3f}",
            "Bucket": "m",
        }
        answer.headers.update({f"X-RateLimit-{name}": value for name, value in left.items()})
        return answer

    @staticmethod
    def _over(taken: deque[float], now: float, most: int, within: float) -> float:
        while taken and now - taken[0] >= within:
            taken.popleft()
        if len(taken) >= most:
            return taken[0] + within - now
        taken.append(now)
        return 0.0

    def _refuse(self, wait: float, *, everywhere: bool) -> web.Response:
        self.refused += 1
        body = json.dumps({"message": "slower", "retry_after": round(wait, 3), "global": everywhere}).encode()
        headers = {"Via": "1.1 x", "X-RateLimit-Scope": "global" if everywhere else "user"}
        return web.Response(body=body, status=429, headers=headers, content_type="application/json")

    def copies(self) -> Counter[int]:
        """Return how many channels have how many messages."""
        return Counter(len(there) for channel, there in self.posted.items() if int(channel) >= FIRST)


async def _audience(core: Core, channels: int) -> None:
    """Let so many channels have everything at once."""
    now = system_clock()
    for number in range(FIRST, FIRST + channels):
        chat = await core.store.chats.ensure(Target("discord", str(number)), now, ChatKind.GROUP)
        at_any_hour = replace(chat.preferences, quiet_from=day_time(0), quiet_to=day_time(0))
        await choosing.prefer(core.store, chat, at_any_hour, now)
        await choosing.follow(core.store, chat, Subscription(Term(TermKind.ALL), mode=Mode.NOW), now)


async def _publish(core: Core, number: int = 1) -> None:
    outlet = await core.store.outlets.ensure("নদী পত্রিকা")
    source = await core.store.sources.add("test", None, outlet, full_text=FullText.ALLOWED, now=system_clock())
    title = f"পদ্মায় নৌকাডুবি, উদ্ধার চলছে {number}"
    entry = Entry(title=title, body=BODY, url=f"https://outlet.example/{number}", tags=("পদ্মা",))
    draft = make_draft(entry, str(source.id), system_clock())
    await core.store.articles.save(draft, source, system_clock(), push=Push.NOW)


async def _ask(there: Strict, number: int, moment: float, asked: dict[int, float]) -> None:
    await asyncio.sleep(moment)
    asked[number] = time.perf_counter()
    # Each by somebody else: who asks so often alone is told to be slower, and after a while nothing.
    await there.tell("INTERACTION_CREATE", interaction(number, "latest", member=_member(number)))


def _member(person: int) -> dict[str, Any]:
    user = {**BOT, "id": str(person), "bot": False}
    return {"user": user, "roles": [], "flags": 0, "permissions": "0"}


async def _flood(there: Strict, people: int, commands: int) -> None:
    """Let so many members use so many commands."""
    for turn in range(commands):
        for person in range(people):
            number = FLOOD + turn * people + person
            await there.tell("INTERACTION_CREATE", interaction(number, "latest", member=_member(FLOOD + person)))


async def _stand_by(there: Strict, asked: dict[int, float]) -> None:
    """Let one member after another ask once."""
    number = BYSTANDERS
    while True:
        number += 1
        asked[number] = time.perf_counter()
        await there.tell("INTERACTION_CREATE", interaction(number, "latest", member=_member(number)))
        await there.until(lambda number=number: number in there.replied)  # type: ignore[misc]
        await asyncio.sleep(EVERY)


async def _drop(there: Strict, moment: float) -> None:
    await asyncio.sleep(moment)
    await there.drop(4000)


async def _ours(channels: int, drops: int, slash: int) -> dict[str, float]:
    chance = random.Random(7)  # noqa: S311 - the same moments every time
    last = channels / PER_SECOND
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_path=Path(folder) / "khobor.db", _env_file=None)
        async with Strict() as there, opened(settings) as core:
            await _audience(core, channels)
            about = DiscordSettings(discord_bot_token=SecretStr("x"), discord_api_base=there.base, _env_file=None)
            services = Services.of(core)
            bot = asyncio.create_task(serve(core, Router(discover()), services, about))
            await there.until(lambda: bool(there.identified))
            await asyncio.sleep(1.5)
            asked: dict[int, float] = {}
            begin = time.perf_counter()
            await _publish(core)
            await core.engine.step()
            beside = [_ask(there, number, chance.uniform(0, last), asked) for number in range(1, slash + 1)]
            beside += [_drop(there, chance.uniform(0, last)) for _ in range(drops)]
            await asyncio.gather(*beside)
            await there.until(lambda: sum(there.copies().values()) >= channels and len(there.replied) >= slash)
            bot.cancel()
            await asyncio.wait({bot})
            waited = sorted(there.replied[number] - moment for number, moment in asked.items())
            copies = there.copies()
            return {
                "time, s": max(there.arrived) - begin,
                "channels that got it once": copies[1],
                "channels that got it twice": sum(copies.values()) - copies[1],
                "refused (429)": there.refused,
                "commands answered": len(there.replied),
                "a reply's p95, ms": waited[int(0.95 * len(waited))] * 1000 if waited else 0.0,
                "sessions begun": len(there.identified),
                "sessions taken up again": there.resumed,
            }


async def _flooded(channels: int, people: int, commands: int) -> dict[str, float]:
    """Push alone, and beside a flood; return what came of both."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_path=Path(folder) / "khobor.db", _env_file=None)
        async with Strict() as there, opened(settings) as core:
            await _audience(core, channels)
            about = DiscordSettings(discord_bot_token=SecretStr("x"), discord_api_base=there.base, _env_file=None)
            bot = asyncio.create_task(serve(core, Router(discover()), Services.of(core), about))
            await there.until(lambda: bool(there.identified))
            await asyncio.sleep(1.5)
            for turn, name in enumerate(("alone", "beside it"), 1):
                asked: dict[int, float] = {}
                beside = [asyncio.create_task(_stand_by(there, asked))]
                if turn > 1:
                    beside.append(asyncio.create_task(_flood(there, people, commands)))
                begin = time.perf_counter()
                await _publish(core, turn)
                await core.engine.step()
                await there.until(lambda turn=turn: len(there.arrived) >= turn * channels)  # type: ignore[misc]
                found[f"the push {name}, s"] = max(there.arrived) - begin
                for task in beside:
                    task.cancel()
                await asyncio.wait(beside)
                waited = sorted(
                    there.replied.pop(number) - at for number, at in asked.items() if number in there.replied
                )
                found[f"a bystander's p95, {name}, ms"] = waited[int(0.95 * len(waited))] * 1000
            found["answers to those who flood"] = len([one for one in there.replied if one >= FLOOD])
            bot.cancel()
            await asyncio.wait({bot})
            return {**found, "refused (429)": there.refused}


async def _usual(channels: int) -> dict[str, float]:
    """Let the library send to all of them at once.

    Each in its own task.
    """
    async with Strict() as there:
        Route.BASE = there.base
        http = HTTPClient(asyncio.get_running_loop())
        await http.static_login("x")
        begin = time.perf_counter()

        async def send(number: int) -> bool:
            body: Any = {"content": BODY[0]}
            try:
                await http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=number), json=body)
            except discord.HTTPException:
                return False
            return True

        done = await asyncio.gather(*(send(number) for number in range(FIRST, FIRST + channels)))
        elapsed = time.perf_counter() - begin
        await http.close()
        return {"time, s": elapsed, "lost": done.count(False), "refused (429)": there.refused}


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, channels=1000, drops=50, slash=200, flooding=60, commands=40)
    logging.disable(logging.CRITICAL)
    ours = asyncio.run(_ours(asked.channels, asked.drops, asked.slash))
    flood = asyncio.run(_flooded(asked.channels, asked.flooding, asked.commands))
    usual = asyncio.run(_usual(asked.channels))
    least = asked.channels / PER_SECOND
    ratio = ours["time, s"] / least
    well = ours["channels that got it once"] == asked.channels and not ours["channels that got it twice"]
    flood["pushes, of their speed alone"] = flood["the push alone, s"] / flood["the push beside it, s"]
    apart = (
        flood["pushes, of their speed alone"] >= NEWS and flood["a bystander's p95, beside it, ms"] <= BYSTANDER * 1000
    )
    answered = ours["commands answered"] == asked.slash and ours["a reply's p95, ms"] <= REPLY_WITHIN * 1000
    result = Result(
        name="discord_push",
        sizes={**vars(asked)},
        figures={
            "least time, s": least,
            **{f"khobor: {name}": value for name, value in ours.items()},
            **{f"a flood: {name}": value for name, value in flood.items()},
            **{f"the library at once: {name}": value for name, value in usual.items()},
        },
        ratio=ratio,
        aim=f"each once, none refused, at most {LONGER:g} x the least time, replies within {REPLY_WITHIN:g} s (p95); "
        f"beside a flood {BYSTANDER:g} s, pushes at {NEWS:g}",
        met=well and answered and apart and not (ours["refused (429)"] or flood["refused (429)"]) and ratio <= LONGER,
    )
    tell(result, as_json=asked.json)


if __name__ == "__main__":
    main()
