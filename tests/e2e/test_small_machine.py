"""The whole program where memory and descriptors are few."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.e2e.newspapers import serving
from tests.e2e.run import environment
from tests.fakes.telegram import FakeTelegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux keeps them")]
LONGEST = 120.0
"""Seconds; the program begins in two of CPU, on a machine that may be busy."""
MEMORY, DESCRIPTORS = 500_000, 64
"""Kilobytes of address space of each process, and its open files."""
HOSTILE = "<p>" * 20_000


@asynccontextmanager
async def _limited(folder: Path, telegram: FakeTelegram, here: str) -> AsyncIterator[None]:
    """Run the program under the limits; it must not end by itself."""
    extra = {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE": telegram.base,
        "ADMINS": "telegram:1",
        "FETCH_ALLOW": here,
        "CATALOGUE": "none",
    }
    limits = f'ulimit -v {MEMORY} && ulimit -n {DESCRIPTORS} && exec "$0" -m bot'
    bot = await asyncio.create_subprocess_exec(
        *("sh", "-c", limits, sys.executable), cwd=folder, env=environment(**extra), stderr=asyncio.subprocess.PIPE
    )
    try:
        yield
        assert bot.returncode is None
    finally:
        if bot.returncode is None:
            bot.terminate()
        _, problems = await bot.communicate()
    said = problems.decode()

    assert "Traceback" not in said
    assert "Too many open files" not in said


async def _says(telegram: FakeTelegram, chat: Chat, text: str, answer: str) -> None:
    await telegram.says(chat, text)
    await telegram.until(lambda: any(answer in shown for shown in chat.texts), LONGEST)


def _feed(*names: str) -> str:
    items = "".join(
        f"<item><title>{name} ঘাটে নতুন সেতু</title><guid>{name}</guid>"
        f"<description>{name} ঘাটে সেতুটি শুক্রবার খুলছে।</description></item>"
        for name in names
    )
    return f"<rss><channel><title>নদীর কাগজ</title>{items}</channel></rss>"


async def test_it_polls_and_serves_in_500_mb_with_64_descriptors(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "feed.xml").write_text(_feed("পদ্মা"), encoding="utf-8")
    (site / "evil.xml").write_text(f"<rss><channel><item><title>{HOSTILE}", encoding="utf-8")
    (site / "evil.html").write_text(f"<html><body>{HOSTILE}</body></html>", encoding="utf-8")
    async with FakeTelegram() as telegram:
        admin, readers = telegram.private(1), [telegram.private(number) for number in range(10, 18)]
        with serving(site) as here:
            async with _limited(tmp_path, telegram, here):
                await _says(telegram, admin, f"/addsource http://{here}/feed.xml নদীর কাগজ", "নদীর কাগজ")
                for reader in readers:
                    # It goes by the real clock, which may be at night.
                    await telegram.says(reader, "/quiet no")
                    await telegram.says(reader, "ফলো সব এলেই")
                for reader in readers:
                    await telegram.until(lambda it=reader: any("ফলো করছেন" in text for text in it.texts), LONGEST)  # type: ignore[misc]
                for name in ("evil.xml", "evil.html"):
                    before = len(admin.texts)
                    await telegram.says(admin, f"/addsource http://{here}/{name}")
                    await telegram.until(lambda was=before: len(admin.texts) > was, LONGEST)  # type: ignore[misc]
                (site / "feed.xml").write_text(_feed("পদ্মা", "মেঘনা"), encoding="utf-8")
                await telegram.says(admin, "/pollnow")
                for reader in readers:
                    await telegram.until(lambda it=reader: any("মেঘনা ঘাটে" in text for text in it.texts), LONGEST)  # type: ignore[misc]
                await _says(telegram, readers[0], "/latest", "পদ্মা ঘাটে নতুন সেতু")
