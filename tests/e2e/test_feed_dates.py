"""A feed's dates as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.newspapers import item, newsroom

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def test_a_reader_sees_the_hour_that_a_feed_means_whatever_zone_it_names(tmp_path: Path) -> None:
    zones = ("-0000", "+00:00", "+05:30", "GMT+05:30", "CET", "IST", "PKT")
    said = ("সন্ধ্যা ৬:০০", "সন্ধ্যা ৬:০০", "দুপুর ১২:৩০", "দুপুর ১২:৩০", "বিকেল ৫:০০", "দুপুর ১২:৩০", "দুপুর ১:০০")
    items = [
        item(
            f"নদীর খবর {number}",
            f"https://nodi.example/{number}",
            more=f"<pubDate>Wed, 04 Nov 2026 12:00:00 {zone}</pubDate>",
        )
        for number, zone in enumerate(zones)
    ]
    async with newsroom(tmp_path) as room:
        await room.add("নদী পত্রিকা", *items)
        seen = await room.say("/latest 10")
        for number, time in enumerate(said):
            assert time in seen.split(f"নদীর খবর {number}")[1].split("নদীর খবর")[0], (zones[number], seen)


async def test_an_article_whose_zone_is_not_known_says_no_hour_but_is_there(tmp_path: Path) -> None:
    more = "<pubDate>Wed, 04 Nov 2026 12:00:00 XYZ</pubDate>"
    async with newsroom(tmp_path) as room:
        await room.add("নদী পত্রিকা", item("নদীর খবর", "https://nodi.example/1", more=more))
        seen = await room.say("/latest")
        assert "নদীর খবর" in seen
        assert "নভেম্বর ২০২৬, দুপুর ১২" not in seen
        assert "৪ নভেম্বর" not in seen
