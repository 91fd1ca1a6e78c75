"""An address names articles only for its host's outlet.

Nobody writes under another's name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.running.cli.importing import import_files
from bot.sources import worker
from tests.e2e.newspapers import item, newsroom, page, shown
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.newspapers import Newsroom

pytestmark = pytest.mark.anyio
OWN, OTHER = "সমকাল", "অন্য পত্রিকা"
LINK = "https://samakal.com/story/{}"
BRIDGE = item("সেতু খুলে দেওয়া হলো", LINK.format(1), guid="https://samakal.com/?p=1", text="সেতুটি আজ খুলেছে।")
FERRY = item("ফেরি চলাচল শুরু", LINK.format(2), guid="https://samakal.com/?p=2", text="ফেরি আবার চলছে।")
FIRST = item("প্রথম খবর", "https://other.example/0")
FALSE = item("সেতু ভেঙে পড়েছে", "https://www.samakal.com/story/1?utm_source=x", guid="https://samakal.com/?p=2")


async def _headlines(room: Newsroom, outlet: str) -> list[str]:
    found = await room.core.store.outlets.find(outlet)
    articles = [article for article in await room.articles() if article.outlet == found]
    return sorted(article.headline for article in articles)


async def test_another_outlet_with_its_link_and_guid_changes_and_hides_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OWN, item("আগের খবর", LINK.format(0)))
        await room.add(OTHER, FIRST)
        reader = await room.reader()
        room.print(OWN, BRIDGE, FERRY)
        assert await room.poll() == (2, 0)
        await room.deliver()
        room.print(OTHER, FALSE)
        assert await room.poll() == (1, 0)
        await room.deliver()
        assert reader.edited == []
        assert {message.brief for _, message, _ in reader.sent} == {
            f"সেতু খুলে দেওয়া হলো ({OWN})", f"ফেরি চলাচল শুরু ({OWN})", f"সেতু ভেঙে পড়েছে ({OTHER})",
        }  # fmt: skip
        assert await _headlines(room, OWN) == ["আগের খবর", "ফেরি চলাচল শুরু", "সেতু খুলে দেওয়া হলো"]
        assert await _headlines(room, OTHER) == ["প্রথম খবর", "সেতু ভেঙে পড়েছে"]
        (report,) = [message for _, message, _ in reader.sent if "ভেঙে" in message.brief]
        assert "samakal.com/story/1" in shown(report), "the report points there"


async def test_within_a_source_another_outlets_address_is_a_name(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OWN, BRIDGE)
        await room.add(OTHER, item("সেতু নিয়ে সংবাদ", LINK.format(1)))
        room.print(OTHER, FIRST, item("সেতু নিয়ে সংবাদ", LINK.format(1)))
        assert await room.poll() == (1, 0)
        room.print(OTHER, item("সেতু নিয়ে আরও সংবাদ", LINK.format(1)))
        assert await room.poll() == (0, 1)
        assert await _headlines(room, OWN) == ["সেতু খুলে দেওয়া হলো"]
        room.print(OWN, item("সেতু খুলে গেল", LINK.format(1)))
        assert await room.poll() == (0, 1)
        assert await _headlines(room, OTHER) == ["প্রথম খবর", "সেতু নিয়ে আরও সংবাদ"]
        assert await _headlines(room, OWN) == ["সেতু খুলে গেল"]


async def test_who_publishes_an_address_first_does_not_own_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OTHER, FALSE)
        await room.add(OWN, BRIDGE, FERRY)
        assert await _headlines(room, OWN) == ["ফেরি চলাচল শুরু", "সেতু খুলে দেওয়া হলো"]
        room.print(OTHER, FIRST, FALSE)
        room.print(OWN, item("আগের খবর", LINK.format(0)), BRIDGE, FERRY)
        assert await room.poll() == (2, 0)


async def test_two_feeds_of_the_outlet_share_its_addresses(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OWN, BRIDGE)
        await room.add(OWN, BRIDGE, FERRY, file="another")
        assert await _headlines(room, OWN) == ["ফেরি চলাচল শুরু", "সেতু খুলে দেওয়া হলো"]


async def test_a_feed_is_not_the_outlet_that_it_calls_itself(tmp_path: Path) -> None:
    feed = f'<rss version="2.0"><channel><title>{OWN}</title>{FALSE}</channel></rss>'.encode()
    addresses = ("https://samakal.com/rss", "https://samakal.com/bd/rss", "https://stranger.example/rss")
    async with a_world(tmp_path) as world:
        world.network.pages = dict.fromkeys(addresses, feed)
        await world.core.source_editor.add(addresses[0], OWN, "me")
        added = [await world.core.source_editor.add(address, "", "me") for address in addresses[1:]]
        assert [one.source.outlet and one.source.outlet.name for one in added] == [OWN, "stranger.example"]
        assert [one.stored for one in added] == [0, 1]


async def test_files_of_two_outlets_with_the_same_numbers_are_not_one(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        for outlet, title in ((OWN, "সেতু খুলে দেওয়া হলো"), (OTHER, "হাট বসেছে")):
            line = {"id": 1, "source": outlet, "title": title, "body": f"{title} আজ সকালে।"}
            path = tmp_path / f"{outlet}.jsonl"
            path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
        paths = sorted(tmp_path.glob("*.jsonl"))
        for new in (1, 0):
            done = await import_files(room.core, worker.parse, paths, None)
            assert [(one.new, one.revised) for one in done] == [(new, 0)] * 2
        assert await _headlines(room, OWN) == ["সেতু খুলে দেওয়া হলো"]
        assert await _headlines(room, OTHER) == ["হাট বসেছে"]


async def test_a_page_of_another_outlet_with_its_address_as_canonical_is_a_report(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OWN, BRIDGE)
        theirs = page("সেতু ভেঙে পড়েছে", OTHER, LINK.format(1))
        assert [await room.take(theirs) for _ in range(2)] == [(1, 0), (0, 0)]
        assert await _headlines(room, OWN) == ["সেতু খুলে দেওয়া হলো"]


@pytest.mark.parametrize(("title", "one"), [("সেতু খুলে দেওয়া হলো", True), ("ফেরি চলাচল শুরু", False)])
async def test_two_articles_are_joined_only_if_the_page_says_so_and_they_agree(
    tmp_path: Path, title: str, one: bool
) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OWN, item("সেতু খুলে দেওয়া হলো", LINK.format(1)), item(title, "https://samakal.com/?p=77"))
        await room.take(page("সেতু খুলে দেওয়া হলো", OWN, LINK.format(1), short="https://samakal.com/?p=77"))
        assert len(await _headlines(room, OWN)) == 2 - one


async def test_an_item_of_a_feed_joins_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(OWN, BRIDGE, FERRY)
        room.print(OWN, item("সেতু খুলে দেওয়া হলো", LINK.format(1), guid="https://samakal.com/?p=2"))
        assert await room.poll() == (0, 0)
        assert await _headlines(room, OWN) == ["ফেরি চলাচল শুরু", "সেতু খুলে দেওয়া হলো"]
