from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sources.failure import Reason
from bot.values.chats import Language
from handlers.platforms.console.render import render
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
ADDRESS = "https://outlet.example/feed"


def _feed(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://outlet.example/{n}</link></item>" for n, title in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>ফিড</title>{items}</channel></rss>'.encode()


async def _say(world: World, text: str) -> str:
    reply = await world.say(text)
    return "\n".join(line.text for line in render(reply.message, Language.BANGLA, 200))


async def test_adding_a_feed_stores_what_it_holds_and_pushes_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _say(world, "ফলো সব")
        world.network.pages[ADDRESS] = _feed("প্রথম", "দ্বিতীয়")
        drawn = await _say(world, f"/addsource {ADDRESS} নতুন কাগজ")
        assert "নতুন কাগজ: ফিড পাওয়া গেছে।" in drawn
        assert "নতুন কাগজ যোগ হলো। পুরোনো ২টি জমা হয়েছে, পাঠকের কাছে যায়নি।" in drawn
        assert "সব পাঠানো হয়ে গেছে" in await _say(world, "/status")
        assert f"নতুন কাগজ: চলছে, {ADDRESS.removeprefix('https://')}" in await _say(world, "/sources")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Reason.REFUSED_ADDRESS, "ভেতরের নেটওয়ার্কের"),
        (Reason.NOT_FOUND, "এই ঠিকানায় কিছু নেই"),
        (Reason.BLOCKED, "Cloudflare"),
        (Reason.TIMEOUT, "সময়মতো সাড়া দেয়নি"),
        (b"", "খবর পড়া গেল না"),
        (b"\x00\x01\x02", "খবর পড়া গেল না"),
        (b"<html><body><p>nothing</p></body></html>", "খবর পড়া গেল না"),
    ],
)
async def test_a_bad_address_is_refused_in_plain_words(tmp_path: Path, page: bytes | Reason, words: str) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = page
        drawn = await _say(world, f"/addsource {ADDRESS}")
        assert "এই ঠিকানা নেওয়া গেল না:" in drawn
        assert words in drawn
        assert await world.core.store.sources.all() == []


async def test_a_feed_is_paused_resumed_and_removed_by_number_name_or_address(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed("প্রথম")
        await _say(world, f"/addsource {ADDRESS} নতুন কাগজ")
        assert "নতুন কাগজ থেকে খবর আনা থামল।" in await _say(world, "/pausesource নতুন কাগজ")
        assert "বন্ধ আছে" in await _say(world, "/sources")
        assert "কোনো ফিড নেই।" in await _say(world, "/pollnow")
        assert "আবার চালু।" in await _say(world, f"/resumesource {ADDRESS}")
        number = (await world.core.store.sources.all())[0].id
        assert "নতুন কাগজ বাদ গেল। জমা খবর রইল।" in await _say(world, f"/removesource #{number}")
        assert "কোন ফিড?" in await _say(world, "/removesource নতুন কাগজ")
        assert "প্রথম" in await _say(world, "/latest")


async def test_poll_now_says_what_came_and_what_failed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed("প্রথম")
        await _say(world, f"/addsource {ADDRESS} নতুন কাগজ")
        world.network.pages[ADDRESS] = _feed("প্রথম বদলাল", "আরেকটি")
        assert "নতুন ১টি, বদলেছে ১টি।" in await _say(world, "/pollnow")
        world.network.pages[ADDRESS] = Reason.SERVER
        drawn = await _say(world, "/pollnow নতুন কাগজ")
        assert "নতুন কাগজ থেকে এখন খবর আনা যাচ্ছে না।" in drawn
        assert "পৌঁছানো যাচ্ছে না" in await _say(world, "/sources")


async def test_what_admins_do_is_written_down(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed("প্রথম")
        await _say(world, f"/addsource {ADDRESS} নতুন কাগজ")
        await _say(world, "/pausesource নতুন কাগজ")
        rows = await world.core.store.audit.recent(10)
        assert [(line.who, line.what, line.target) for line in rows] == [
            ("console:local", "pausesource", ADDRESS),
            ("console:local", "addsource", ADDRESS),
        ]


@pytest.mark.parametrize("where", ["https://outlet.example/", "https://outlet.example/news/5"])
async def test_a_site_or_a_story_is_added_by_the_feed_that_it_names(tmp_path: Path, where: str) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[where] = (
            '<html><head><link rel="alternate" type="application/rss+xml" href="/comments/feed">'
            '<link rel="alternate" type="application/rss+xml" href="/feed"></head><body><h1>সাইট</h1></body></html>'
        ).encode()
        world.network.pages[ADDRESS] = _feed("প্রথম", "দ্বিতীয়")
        drawn = await _say(world, f"/addsource {where} নতুন কাগজ")
        assert "পুরোনো ২টি জমা হয়েছে" in drawn
        assert [source.address for source in await world.core.store.sources.all()] == [ADDRESS]


async def test_a_site_whose_feed_is_gone_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages["https://outlet.example/"] = (
            b'<link rel=alternate type="application/rss+xml" href="http://[broken">'
            b'<link rel=alternate type="application/rss+xml" href="/feed"><p>x</p>'
        )
        assert "খবর পড়া গেল না" in await _say(world, "/addsource https://outlet.example/")
        assert world.network.asked == ["https://outlet.example/", ADDRESS]


async def test_a_long_address_is_taken(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        long = "https://outlet.example/" + "%E0%A6%96" * 150
        world.network.pages[long] = _feed("প্রথম")
        assert "পুরোনো ১টি জমা হয়েছে" in await _say(world, f"/addsource {long} নতুন কাগজ")
        assert "এত লম্বা লেখা" in await _say(world, f"/tag {long}")
