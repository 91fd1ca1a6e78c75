"""`khobor` itself, with a token, ended at the worst moments.

Its server answers as Telegram does.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.e2e.run import beside, environment
from tests.fakes.telegram import FakeTelegram, Fault
from tests.shared import shared_path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio
LONGEST = 40.0
"""Seconds; another process is waited for, on a machine that may be busy."""
SUMMARY = """<b>{title}</b>

ইসরায়েল এবং যুক্তরাষ্ট্রের সঙ্গে চলমান যুদ্ধ পরিস্থিতিতে রাশিয়ার কাছ থেকে সরাসরি সহযোগিতা চেয়েছেন ইরানের সর্বোচ্চ \
নেতা আয়াতুল্লাহ আলী খামেনি।
<blockquote expandable>"""
FOOT = """</blockquote>
নমুনা পোর্টাল · সূত্র: তাস, ক্রেমলিন বিবৃতি
আপডেট: সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২"""


@asynccontextmanager
async def _khobor(folder: Path, telegram: FakeTelegram, end: signal.Signals) -> AsyncIterator[None]:
    """Run the program; end it with a signal when this is left."""
    extra = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_BASE": telegram.base}
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot"), cwd=folder, env=environment(**extra), stderr=asyncio.subprocess.PIPE
    )
    try:
        yield
    finally:
        bot.send_signal(end)
        _, problems = await bot.communicate()
        assert telegram.token not in problems.decode()


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before, LONGEST)
    return chat.last.text


async def _presses(telegram: FakeTelegram, chat: Chat, label: str) -> str:
    shown = chat.last
    before = shown.edits
    await telegram.presses(chat, label, on=shown)
    await telegram.until(lambda: shown.edits > before, LONGEST)
    return shown.text


async def _import(folder: Path, *arguments: str) -> None:
    done = await beside(folder, "import", *arguments)
    assert done.returncode == 0, done.stderr


def _write(path: Path, headline: str) -> None:
    now = datetime.now(UTC).isoformat()  # what is imported without a date is no news
    story = {"title": headline, "body": "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়।", "date": now}
    path.write_text(json.dumps(story, ensure_ascii=False), encoding="utf-8")


async def test_killed_between_two_screens_and_while_a_push_is_put_off_it_goes_on(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        reader = telegram.private(7)
        async with _khobor(tmp_path, telegram, signal.SIGKILL):
            assert (await _says(telegram, reader, "/start")).startswith("স্বাগতম!")
            assert "কোন খবর চান?" in await _presses(telegram, reader, "🇧🇩 বাংলাদেশ")
        async with _khobor(tmp_path, telegram, signal.SIGTERM):
            assert "কখন পাঠাব?" in await _presses(telegram, reader, "ঠিক আছে ›")
            await _presses(telegram, reader, "⚡ এলেই")
            assert "সব তৈরি।" in await _presses(telegram, reader, "🔔 না, সব সময় পাঠান")
            await telegram.says(reader, "ফলো পদ্মা এলেই")
            await telegram.until(lambda: any("‘পদ্মা’ ফলো করছেন" in text for text in reader.texts), LONGEST)
            text = "Too Many Requests: retry after 3"
            put_off = Fault("sendMessage", status=429, description=text, retry_after=3)
            telegram.faults.append(put_off)
            _write(tmp_path / "story.jsonl", "পদ্মায় নৌকাডুবি")
            await _import(tmp_path, "story.jsonl")
            await telegram.until(lambda: not put_off.times, LONGEST)
        async with _khobor(tmp_path, telegram, signal.SIGTERM):
            await telegram.until(lambda: any("নৌকাডুবি" in text for text in reader.texts), LONGEST)
            await telegram.says(reader, "/help")
            await telegram.until(lambda: any("কীভাবে ব্যবহার" in text for text in reader.texts), LONGEST)
        assert sum("নৌকাডুবি" in text for text in reader.texts) == 1


async def test_the_seed_is_shown_as_the_copy_deck_has_it(tmp_path: Path) -> None:
    seed = shared_path("seed", "article.txt")
    title = [line for line in seed.read_text(encoding="utf-8").splitlines() if line.strip()][2]
    await _import(tmp_path, str(seed), "--source", "নমুনা পোর্টাল")
    async with FakeTelegram() as telegram:
        reader = telegram.private(7)
        async with _khobor(tmp_path, telegram, signal.SIGTERM):
            await _says(telegram, reader, "/latest")
            assert reader.last.raw.startswith(SUMMARY.format(title=title))
            assert reader.last.raw.endswith(FOOT)
            assert reader.last.labels == [["📖 পুরো খবর", "⋯"]]
            whole = await _presses(telegram, reader, "📖 পুরো খবর")
            assert "সন্ধ্যা ৬:১২ (৯ আষাঢ় ১৪৩২)\nবিষয়: ইরান · " in whole
            links = [entity.url for entity in reader.last.entities if "start=t_1_" in entity.url]
            assert len(links) == 6
            await _says(telegram, reader, f"/start {links[0].rpartition('=')[2]}")
            assert reader.last.labels[-1] == ["➕ ইরান ফলো করুন", "সব সাজিয়ে নিন"]
