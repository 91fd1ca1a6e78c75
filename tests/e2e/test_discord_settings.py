"""What only the managers of a server can choose, for its channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.subscriptions.choosing import STOPPED
from bot.values.chats import AuditLine, Target
from handlers.platforms.discord import gateway, inboxes
from tests.e2e.discord_server import Server, a_server
from tests.fakes.discord.rights import Right

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.chats import Subscription
    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.places import Channel

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


async def _panel(server: Server) -> Shown:
    return await server.asks("settings", by=server.guild.owner)


async def _chosen(server: Server, channel: Channel) -> list[Subscription]:
    store = server.world.core.store
    chat = await store.chats.find(Target("discord", channel.id))
    return list(await store.subscriptions.of_chat(chat.id)) if chat is not None else []


async def _opened(server: Server, label: str) -> Shown:
    return await server.presses(await _panel(server), label, by=server.guild.owner)


async def _posted(server: Server) -> Shown:
    """Wait for the first card in the channel."""
    await server.world.spread()
    await server.there.until(lambda: server.channel.shown)
    return server.channel.last


async def _picks(server: Server, shown: Shown, *values: object) -> Shown:
    (select,) = [one["custom_id"] for one in shown.selects]
    return await server.there.choose(shown, select, list(values), server.guild.owner).answer()


async def test_a_channel_hands_its_news_to_another(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner, other = server.guild.owner, server.there.channel(server.guild, "khobor")
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        await server.asks("mute", by=owner, topic="খেলা", where="here")
        await server.presses(await _opened(server, "🗞 কার্ড: সংক্ষেপে"), "শিরোনাম", by=owner)
        asked = await _opened(server, f"📍 চ্যানেল: #{server.channel.name}")
        assert "কোন চ্যানেলে খবর যাবে?" in asked.text
        ready = await _picks(server, asked, other)
        assert ready.text == "✅ দেখা, লেখা, লিংক: সব অনুমতি আছে। #khobor তৈরি।"
        assert await _chosen(server, server.channel) == []
        moved = await _chosen(server, other)
        assert {(one.term.name, one.exclude) for one in moved} == {("পদ্মা", False), ("খেলা", True)}
        chat = await server.world.core.store.chats.find(Target("discord", other.id))
        assert chat is not None
        assert (chat.preferences.style, chat.digest_at is not None) == ("headline", True)


async def test_a_channel_where_a_right_is_missing_takes_nothing_until_it_is_there(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner, other = server.guild.owner, server.there.channel(server.guild, "khobor")
        other.forbid(Right.EMBED_LINKS)
        server.there.changes(other)
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        refused = await _picks(server, await _opened(server, f"📍 চ্যানেল: #{server.channel.name}"), other)
        assert refused.text.startswith("❌ #khobor চ্যানেলে এই অনুমতি নেই: লিংক (Embed Links)।")
        assert (len(await _chosen(server, server.channel)), await _chosen(server, other)) == (1, [])
        other.permit(Right.EMBED_LINKS)
        server.there.changes(other)
        ready = await server.presses(refused, "আবার দেখুন", by=owner)
        assert ready.text.startswith("✅")
        assert (await _chosen(server, server.channel), len(await _chosen(server, other))) == ([], 1)


async def test_a_channel_of_another_server_takes_nothing(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner, elsewhere = server.guild.owner, server.there.channel(server.there.guild("অন্য"), "khobor")
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        refused = await _picks(server, await _opened(server, f"📍 চ্যানেল: #{server.channel.name}"), elsewhere)
        assert refused.text == "#khobor এই সার্ভারের নয়।"
        assert (len(await _chosen(server, server.channel)), await _chosen(server, elsewhere)) == (1, [])


async def test_who_may_change_it_is_said(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        said = await _opened(server, "🔑 কারা বদলাতে পারবে")
        assert "সার্ভার সেটিংস" in said.text
        assert "/settings" in said.text
        assert (await server.presses(said, "‹ ফিরে যান", by=server.guild.owner)).text.startswith("### ⚙️ সেটিংস")


async def test_breaking_news_calls_the_role_that_was_chosen(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        role = server.there.role(server.guild, "ব্রেকিং")
        await server.has_everything()
        asked = await _opened(server, "🔔 ব্রেকিংয়ে রোল মেনশন: নেই")
        panel = await _picks(server, asked, role)
        assert "🔔 ব্রেকিংয়ে রোল মেনশন: আছে" in panel.labels
        saved = await server.world.add("পদ্মায় নৌকাডুবি", BODY, push=False)
        owed = await server.world.core.store.subjects.of_article(saved.article_id)
        assert owed is not None
        line = AuditLine(server.world.clock(), "console:local", "breaking", "#1")
        await server.world.core.store.subjects.announce(owed.id, line, server.world.clock(), loud=True)
        card = await _posted(server)
        assert card.calls == [role.id]
        assert card.text.index("নৌকাডুবি") < card.text.index(f"<@&{role.id}>")
        none = await _picks(server, await _opened(server, "🔔 ব্রেকিংয়ে রোল মেনশন: আছে"))
        assert "🔔 ব্রেকিংয়ে রোল মেনশন: নেই" in none.labels


async def test_what_does_not_break_calls_nobody(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        role = server.there.role(server.guild, "ব্রেকিং")
        await server.has_everything()
        await _picks(server, await _opened(server, "🔔 ব্রেকিংয়ে রোল মেনশন: নেই"), role)
        await server.world.add("হাটে ইলিশ", BODY)
        card = await _posted(server)
        assert (card.calls, "<@&" in card.text) == ([], False)


async def test_a_persons_own_settings_have_nothing_of_a_server(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        inbox = server.there.inbox(server.reader)
        panel = await server.asks("settings", at=inbox)
        assert not [one for one in panel.labels if "রোল" in one or "চ্যানেল" in one or "কারা" in one]


async def test_what_is_followed_in_a_thread_comes_to_that_thread(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        thread, owner = server.there.thread(server.channel, "আড্ডা"), server.guild.owner
        followed = await server.asks("follow", at=thread, by=owner, topic="পদ্মা এলেই", where="here")
        assert "\nএখন থেকে ‘পদ্মা’ ফলো করছেন।" in followed.text
        before = len(server.channel.shown)
        await server.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        await server.world.spread()
        await server.there.until(lambda: any("নৌকাডুবি" in text for text in thread.texts))
        assert len(server.channel.shown) == before


async def test_a_threads_settings_are_its_channels(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        thread, owner = server.there.thread(server.channel, "আড্ডা"), server.guild.owner
        panel = await server.asks("settings", at=thread, by=owner)
        asked = await server.presses(panel, "📍 চ্যানেল: এটি", by=owner)
        (select,) = asked.selects
        assert select["default_values"] == [{"id": server.channel.id, "type": "channel"}]


@pytest.mark.parametrize("stopped", [False, True])
async def test_a_server_that_lets_the_bot_in_again_is_told_what_comes(tmp_path: Path, *, stopped: bool) -> None:
    async with a_server(tmp_path) as server:
        owner, there, chats = server.guild.owner, server.there, server.world.core.store.chats
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        if stopped:
            await server.asks("stop", by=owner)
        hall, target = server.channel, Target("discord", server.channel.id)
        server.guild.system = hall
        there.kicks(server.guild)
        there.invites(server.guild)
        await there.until(lambda: bool(hall.shown))
        assert hall.last.text.startswith(f"‘খবর’ আবার যোগ হলো। আগের তালিকা আছে{'।' if stopped else ', খবর আসতে থাকবে।'}")
        assert ("খবর পাঠানো বন্ধ আছে।" in hall.last.text) is stopped
        chat = await chats.find(target)
        assert chat is not None
        assert (chat.reason == STOPPED) is stopped


async def test_an_admin_who_only_mentions_the_bot_is_told_how(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        server.there.message(server.guild.owner, server.channel, f"<@{server.there.bot.id}> বন্ধ")
        await server.there.until(lambda: server.channel.last.author is server.there.bot)
        assert "অ্যাডমিন হলে /settings লিখুন।" in server.channel.last.text
