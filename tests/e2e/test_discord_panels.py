"""Screens of a Discord server, as a designer would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from handlers.platforms.discord import gateway, inboxes
from tests.e2e.discord_server import Server, a_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord.messages import Shown

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


async def _follows(server: Server, number: str) -> list[str]:
    store = server.world.core.store
    chat = await store.chats.find(Target("discord", number))
    chosen = await store.subscriptions.of_chat(chat.id) if chat is not None else []
    return [one.term.name for one in chosen if not one.exclude]


def _rows(shown: Shown) -> list[int]:
    return [len(one["components"]) for one in shown.components if one["type"] == 1]


async def test_a_channels_settings_open_the_channels_list(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        await server.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        owner = server.guild.owner
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        panel = await server.asks("settings", by=owner)
        listed = await server.presses(panel, "📋 যা ফলো করছেন: ১টি", by=owner)
        assert listed.text.startswith(f"### 📢 #{server.channel.name}\n")
        asked_for = await server.asks("following", by=owner, where="here")
        assert f"#{server.channel.name}" in asked_for.text
        assert "#" not in (await server.asks("following", by=owner)).text.replace("### ", "")
        assert "পদ্মা ✕" in listed.labels
        await server.presses(listed, "পদ্মা ✕", by=owner)
        assert await _follows(server, server.channel.id) == []
        assert server.world.core.store is not None
        again = await server.presses(listed, "আবার ফলো করুন", by=owner)
        assert "ইনবক্সে" not in again.text
        assert (await _follows(server, server.channel.id), await _follows(server, owner.id)) == (["পদ্মা"], [])


async def test_the_channels_break_is_the_channels(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner, now = server.guild.owner, server.world.clock()
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        asked = await server.presses(await server.asks("settings", by=owner), "⏸ বিরতি নিন", by=owner)
        await server.presses(asked, "৮ ঘণ্টা", by=owner)
        chat = await server.world.core.store.chats.find(Target("discord", server.channel.id))
        assert chat is not None
        assert chat.paused_until is not None
        assert chat.paused_until > now
        assert await server.world.core.store.chats.find(Target("discord", owner.id)) is None


async def test_what_is_confirmed_by_buttons_asks_for_no_words(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner = server.guild.owner
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        panel = await server.asks("settings", by=owner)
        erasing = await server.presses(panel, "🧹 এই চ্যানেলের সব মুছুন", by=owner)
        assert erasing.labels == ["🧹 হ্যাঁ, মুছুন", "‹ থাক"]


async def test_settings_are_no_wall_and_an_answer_stands_before_the_way_out(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        panel = await server.asks("settings", by=server.guild.owner)
        assert len(_rows(panel)) <= 9
        assert max(_rows(panel)) <= 3
        asked = await server.presses(panel, "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা", by=server.guild.owner)
        written = await server.presses(asked, "নিজে লিখব", by=server.guild.owner)
        assert (written.labels, _rows(written)) == (["✍️ নিজে লিখব", "‹ থাক"], [2])


async def test_six_buttons_stand_three_and_three(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        for name in "কখগঘচছ":
            await server.world.add(f"{name}নগর থেকে খবর", BODY, tags=(f"{name}নগর",))
        today = await server.asks("today")
        assert _rows(today)[:2] == [3, 3]
        assert _rows(await server.asks("following"))[:2] == [3, 3]


async def test_setting_up_asks_in_rows_that_a_phone_shows(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner = server.guild.owner
        where = await server.asks("setup", by=owner)
        (select,) = where.selects
        assert select["placeholder"] == "চ্যানেল বেছে নিন"
        what = await server.there.choose(where, select["custom_id"], [server.channel], owner).answer()
        assert _rows(what) == [1, 2, 1]


async def test_a_server_is_called_by_its_own_words(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        shown = await server.asks("help")
        assert "/settings এই চ্যানেলের জন্য; বদলাতে পারেন শুধু সার্ভারের অ্যাডমিনরা" in shown.text
        refused = await server.asks("follow", topic="পদ্মা", where="here")
        assert "এই চ্যানেলের সেটিংস শুধু সার্ভারের অ্যাডমিনরা বদলাতে পারেন।" in refused.text
        assert "গ্রুপ" not in shown.text + refused.text


async def test_a_heading_stands_close_to_what_it_heads(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        await server.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        shown = await server.asks("topics")
        assert shown.text.startswith("### বিভাগ\nবাংলাদেশ\n\n### আলোচিত বিষয়\nপদ্মা ১টি")
