"""Who lives elsewhere gets the morning's digest in the morning there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.telegram_bot import a_bot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়।"


async def test_the_hour_that_one_says_is_the_hour_of_the_digest(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        for number in range(4):
            await world.add(f"নদীর খবর {number}", BODY)
            world.clock.go(seconds=1)
        reader = telegram.private(7)
        await telegram.says(reader, "/start")
        await telegram.until(lambda: bool(reader.messages))
        shown = reader.last
        await telegram.presses(reader, "🇺🇸 যুক্তরাষ্ট্র")
        await telegram.until(lambda: "এখন কয়টা বাজে?" in shown.text)
        await telegram.says(reader, "রাত ২টা")
        await telegram.until(lambda: "কোন খবর চান?" in reader.last.text)
        shown = reader.last
        for label, comes in (("ঠিক আছে ›", "কখন পাঠাব?"), ("☀️🌙 দিনে দুবার, একসঙ্গে", "সব তৈরি।")):
            await telegram.presses(reader, label, on=shown)
            await telegram.until(lambda comes=comes: comes in shown.text)  # type: ignore[misc]
        newest = [shown.text.index(f"নদীর খবর {number}") for number in (3, 2, 1)]
        assert newest == sorted(newest), "what is called the newest are the newest"
        assert "নদীর খবর 0" not in shown.text
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        # Eight in the morning in Dhaka is long past, and in New York it is six hours from now.
        world.clock.go(hours=5.9)
        await world.spread()
        assert not any("নৌকাডুবি" in text for text in reader.texts)
        world.clock.go(hours=0.2)
        await world.spread()
        await telegram.until(lambda: "একনজরে" in reader.last.text)
        assert "নৌকাডুবি" in reader.last.text
