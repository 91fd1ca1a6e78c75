"""One article to many chats.

Matched, claimed, drawn, sent through python-telegram-bot, settled, all of it durable.
Beside a bare loop that posts the same prepared bytes, and the library's own client with as many requests in flight.

python -m tests.benchmarks.fanout [--json] [--chats N]
"""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.articles.card.card import card
from bot.articles.card.view import View
from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.clockwork.clock import system_clock
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.delivery.spreading import Spreader
from bot.values.articles import DHAKA, Entry, FullText, Push
from bot.values.chats import CardStyle, Language
from handlers.platforms.telegram.settings import SLOTS
from storage.store import open_store
from tests.benchmarks.adapter import as_json, bare_session, prepared, telegram
from tests.benchmarks.audience import fill
from tests.benchmarks.loopback import started
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.values.messages import Message
    from handlers.platforms.telegram.account import TelegramAccount
    from storage.store import SqliteStore

RATIO = 0.45
"""Of the bare loop that posts the same bytes."""
TIMES_DEFAULT = 8.0
DEFAULT = 2_000
"""Messages that the library's own client is measured with: it is slow."""
ENTRY = Entry(
    title="নদীর ঘাটে নতুন সেতু খুলছে শুক্রবার, প্রথম ছয় মাস টোল লাগবে না বলে জানিয়েছে সড়ক বিভাগ",
    body=(
        "নদীর ঘাটে দীর্ঘ দিনের অপেক্ষার পর নতুন সেতু খুলে দেওয়া হচ্ছে আগামী শুক্রবার বিকেলে, এলাকার মানুষ বলছেন তাঁরা খুশি।",
        "সড়ক বিভাগ এক বিবৃতিতে জানিয়েছে, প্রথম ছয় মাস কোনো টোল লাগবে না এবং দুই পাশে পুলিশ পাহারায় থাকবে।",
        "সেতুটি চালু হলে জেলা শহরে যেতে সময় লাগবে আধা ঘণ্টা, আগে যেখানে খেয়া পার হতে দুই ঘণ্টা লাগত।",
    ),
    publisher="নদী পত্রিকা",
    url="https://nodi.example/2026/04/14/setu",
    wire_sources=("সড়ক বিভাগ",),
    tags=("সেতু",),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the engine came to."""

    stored: float
    spread: float
    sent: float
    message: Message


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, chats=20_000)
    with started("tests.benchmarks.bot_api_stub") as port:
        engine = asyncio.run(_engine(port, asked.chats))
        chats, most = _counted(port, "1:engine")
        bare = asyncio.run(_bare(port, asked.chats, engine.message))
        library = asyncio.run(_library(port, min(DEFAULT, asked.chats), engine.message))
    whole = asked.chats / (engine.stored + engine.spread + engine.sent)
    result = Result(
        name="fanout",
        sizes={"chats": asked.chats, "in flight": SLOTS},
        figures={
            "messages a second, all in": whole,
            "the library's own client, a second": library,
            "times the library's own client": whole / library,
            "a bare loop, same bytes, a second": bare,
            "storing the article, ms": engine.stored * 1000,
            "spreading, s": engine.spread,
            "claiming, drawing, sending, settling, s": engine.sent,
            "chats reached": chats,
            "copies in one chat, at most": most,
            "memory at most, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        },
        ratio=whole / bare,
        aim=f"{RATIO:g} of the bare loop, {TIMES_DEFAULT:g} x the library's own client, each chat exactly once",
        met=whole >= RATIO * bare and whole >= TIMES_DEFAULT * library and (chats, most) == (asked.chats, 1),
    )
    tell(result, as_json=asked.json)


async def _engine(port: int, chats: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        async with open_store(path, RULES) as store, telegram(port, store) as platform:
            fill(path, chats)
            measured = await push(store, platform, chats)
        with sqlite3.connect(path) as raw:
            assert raw.execute("SELECT state, count(*) FROM deliveries GROUP BY 1").fetchall() == [("sent", chats)]
        raw.close()
        return measured


async def push(store: SqliteStore, platform: TelegramAccount, chats: int) -> Measured:
    """Store an article and send it to everybody."""
    source = await store.sources.add("benchmark", None, None, full_text=FullText.LINK, now=system_clock())
    sender = Sender(store, platform, "benchmark", system_clock, pacer=Pacer(platform.pace))
    begin = time.perf_counter()
    saved = await store.articles.save(draft_cleaned(ENTRY, str(source.id)), source, system_clock(), push=Push.NOW)
    stored = time.perf_counter()
    assert (await Spreader(store, system_clock, {}).step()).rows == chats
    spread = time.perf_counter()
    telling = asyncio.ensure_future(_tell_progress(store, chats))
    assert await sender.step() == chats
    sent = time.perf_counter()
    telling.cancel()
    article = await store.articles.get(saved.article_id)
    assert article is not None
    view = View(Language.BANGLA, ZoneInfo(DHAKA), system_clock(), platform.traits)
    message = card(article, CardStyle.SUMMARY, view)
    return Measured(stored - begin, spread - stored, sent - spread, message)


async def _tell_progress(store: SqliteStore, chats: int) -> None:
    """Say how far it is, every few seconds of a long run."""
    while True:
        await asyncio.sleep(5)
        waiting = sum((await store.fanouts.waiting()).values())
        print(f"  … {chats - waiting:,} of {chats:,}", flush=True)


def _counted(port: int, token: str) -> tuple[int, int]:
    """Return how many chats got something, and the most for one."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts/{token}") as answer:
        counts = json.load(answer)
    return len(counts), max(counts.values(), default=0)


async def _bare(port: int, chats: int, message: Message) -> float:
    """Post the same bytes with nothing around them."""
    head, tail = as_json({"chat_id": "@", **prepared(message)}).split(b"@", 1)
    url, headers = f"http://127.0.0.1:{port}/bot1:bare/sendMessage", {"Content-Type": "application/json"}
    async with bare_session() as session:

        async def post(number: int) -> None:
            async with session.post(url, data=b"%b%d%b" % (head, number, tail), headers=headers) as response:
                assert response.status == 200
                await response.read()

        return await _rate(post, chats)


async def _library(port: int, messages: int, message: Message) -> float:
    """Send through the library as it comes."""
    fields = prepared(message)
    text, preview = str(fields["text"]), LinkPreviewOptions(prefer_small_media=True)
    buttons = InlineKeyboardMarkup.de_json(fields["reply_markup"], None)  # type: ignore[arg-type]
    async with Bot("1:library", base_url=f"http://127.0.0.1:{port}/bot") as bot:

        async def post(number: int) -> None:
            await bot.send_message(
                number, text, parse_mode=ParseMode.HTML, link_preview_options=preview, reply_markup=buttons
            )

        return await _rate(post, messages)


async def _rate(post: Callable[[int], Awaitable[None]], messages: int) -> float:
    """Return messages a second with the engine's number in flight."""
    numbers = iter(range(messages))

    async def one_after_another(numbers: Iterator[int]) -> None:
        for number in numbers:
            await post(number)

    begin = time.perf_counter()
    await asyncio.gather(*(one_after_another(numbers) for _ in range(SLOTS)))
    return messages / (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
