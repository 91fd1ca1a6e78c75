"""A feed of any size, with anything in it.

Costs its own articles and nobody else's.
"""

from __future__ import annotations

import tracemalloc
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.e2e.newspapers import item, newsroom, shown

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
PAPER, LINK = "নদী পত্রিকা", "https://nodi.example/{}"
WELL = item("সেতু খুলে দেওয়া হলো", LINK.format("well"), text="সেতুটি আজ খুলে দেওয়া হয়েছে।")
FIRST = item("প্রথম খবর", LINK.format("first"))
MEGABYTE = 1_000_000
CONTROLS = ("Cc", "Cs")
BIDI = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


async def test_a_word_of_300_kb_is_offered_by_its_beginning_in_little_memory(tmp_path: Path) -> None:
    word = "কখগঘ" * 75_000
    async with newsroom(tmp_path, apart=True) as room:
        await room.add(PAPER, FIRST)
        reader = await room.reader()
        await room.say("/follow কখগঘকখগঘ")
        room.print(PAPER, item("এক শব্দের খবর", LINK.format(1), text=word), WELL)
        tracemalloc.start()
        try:
            assert await room.poll() == (2, 0)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 20 * MEGABYTE
        await room.deliver()
        assert {message.brief for _, message, _ in reader.sent} >= {f"এক শব্দের খবর ({PAPER})"}
        assert "এক শব্দের খবর" in await room.say("/search কখগঘকখগঘ")
        assert "এক শব্দের খবর" in await room.say(f"/search {word[:200]}")


async def test_a_headline_of_a_megabyte_is_one_message_cut_at_a_word(tmp_path: Path) -> None:
    async with newsroom(tmp_path, apart=True) as room:
        await room.add(PAPER, FIRST)
        reader = await room.reader()
        room.print(PAPER, item("নদীর জল বাড়ছে " * 80_000, LINK.format(1)), WELL)
        assert await room.poll() == (2, 0)
        await room.deliver()
        assert len(reader.sent) == 2
        long = next(message.brief for _, message, _ in reader.sent if "নদীর জল" in message.brief)
        headline = long.removesuffix(f" ({PAPER})")
        assert len(headline) <= 500
        assert headline.endswith(("নদীর…", "জল…", "বাড়ছে…"))


async def test_an_address_of_400_kb_is_refused_and_its_article_comes_without_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(PAPER, FIRST)
        reader = await room.reader()
        long = item("ঠিকানা লম্বা", LINK.format("a" * 400_000), guid="g" * 400_000, text="খবরটি এখানে পুরোপুরি আছে।")
        room.print(PAPER, long, WELL)
        assert await room.poll() == (2, 0)
        await room.deliver()
        texts = [shown(message) for _, message, _ in reader.sent]
        assert sorted("aaaa" in text for text in texts) == [False, False]
        assert max(map(len, texts)) < 2_000


ODD = "&#xD800;", "&#0;", "&#x1b;", "\x9b", "\u202e", "\u2066", "\ufffe"


@pytest.mark.parametrize("sign", ODD, ids=ascii)
async def test_a_sign_that_no_text_may_hold_costs_nothing(tmp_path: Path, sign: str) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(PAPER, FIRST)
        reader = await room.reader()
        more = (
            f"<author>নাজ{sign}মুল</author><category>ন{sign}দী</category><category>জল{sign}</category>"
            f'<enclosure url="https://nodi.example/{sign}.jpg" type="image/jpeg" length="1"/>'
        )
        room.print(
            PAPER,
            item(f"খারাপ {sign}চিহ্ন", LINK.format(f"1{sign}"), guid=f"a{sign}b", text=f"নদীর {sign}জল বাড়ছে।", more=more),
            WELL,
        )
        assert await room.poll() == (2, 0)
        await room.deliver()
        texts = "".join(shown(message) for _, message, _ in reader.sent) + await room.say("/latest")
        assert "খারাপ" in texts
        assert "সেতু খুলে" in texts
        assert not {letter for letter in texts if unicodedata.category(letter) in CONTROLS and letter != "\n"}
        assert not BIDI & set(texts)


async def test_an_address_shows_the_host_that_it_leads_to(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(PAPER, item("ফাঁদ", "https://samakal.com:secret@evil.example/1"), WELL)
        await room.say("/latest")
        seen = await room.say("২")
        assert "https://evil.example/1" in seen
        assert "samakal.com" not in seen
