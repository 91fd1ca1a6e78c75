"""Forms that Discord opens, as they are filled, wrongly too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.values.chats import Breaking, CardStyle, Language, Mode, Preferences, Target
from handlers.platforms.discord import gateway, inboxes
from tests.e2e.discord_server import Server, a_server
from tests.fakes.discord.reading import every

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord.asked import Asked
    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
WHEN, HOW = "📝 খবরের সময়", "📝 কার্ড কেমন হবে"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


async def _preferences(server: Server, number: str) -> Preferences:
    chat = await server.world.core.store.chats.find(Target("discord", number))
    return chat.preferences if chat is not None else Preferences()


async def _opens(server: Server, shown: Shown, label: str, by: User) -> Asked:
    opened = server.there.press(shown, label, by)
    await opened.acknowledgement()
    return opened


def _labels(opened: Asked) -> list[str]:
    return [one["label"] for one in opened.modal["components"]]


def _chosen(opened: Asked) -> dict[str, Any]:
    """Return what stands in a form when it opens."""
    fields = [one for one in every(opened.modal["components"]) if "custom_id" in one]
    return {
        one["custom_id"]: next((option["value"] for option in one.get("options", ()) if option.get("default")), None)
        or one.get("value", "")
        for one in fields
    }


async def test_one_form_sets_when_news_comes(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner = server.guild.owner
        await server.asks("follow", by=owner, topic="পদ্মা", where="here")
        opened = await _opens(server, await server.asks("settings", by=owner), WHEN, owner)
        assert opened.modal["title"] == "খবরের সময় · When news comes"
        assert _labels(opened) == ["কখন পাঠাব?", "নীরব সময়", "ব্রেকিং", "এলেই, দিনে সর্বোচ্চ"]
        assert _chosen(opened) == {"time": "twice", "quiet": "23-7", "breaking": "day", "cap": "২০"}
        panel = await server.there.submit(opened, {"time": "now", "breaking": "never", "cap": "৫"}).answer()
        assert "⚡ এলেই পাঠাব: দিনে সর্বোচ্চ ৫টি" in panel.labels
        chosen = await _preferences(server, server.channel.id)
        assert (chosen.mode, chosen.breaking, chosen.cap) == (Mode.NOW, Breaking.NEVER, 5)
        assert (chosen.quiet_from.hour, chosen.quiet_to.hour) == (23, 7)
        assert await _preferences(server, owner.id) == Preferences()


async def test_one_form_sets_how_a_card_looks(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        inbox = server.there.inbox(server.reader)
        opened = await _opens(server, await server.asks("settings", at=inbox), HOW, server.reader)
        assert _labels(opened) == ["কার্ড", "ছবি", "শব্দ", "আপডেট", "ভাষা"]
        panel = await server.there.submit(opened, {"card": "headline", "language": "en"}).answer()
        chosen = await _preferences(server, server.reader.id)
        assert (chosen.style, chosen.language, chosen.silent) == (CardStyle.HEADLINE, Language.ENGLISH, False)
        assert panel.labels[1:3] == ["📝 When news comes", "📝 How a card looks"]
        again = await _opens(server, panel, "📝 How a card looks", server.reader)
        assert again.modal["title"] == "How a card looks"
        assert _labels(again) == ["Card", "Picture", "Sound", "Updates", "Language"]


async def test_a_panel_that_was_typed_for_opens_forms_too(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        inbox = server.there.inbox(server.reader)
        server.there.message(server.reader, inbox, "সেটিংস")
        await server.there.until(lambda: any("সেটিংস" in one.text and one.labels for one in inbox.shown))
        opened = await _opens(server, inbox.last, WHEN, server.reader)
        await server.there.submit(opened, {"quiet": "none"}).answer()
        chosen = await _preferences(server, server.reader.id)
        assert chosen.quiet_from == chosen.quiet_to


async def test_a_form_filled_wrongly_opens_again_with_what_was_written(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        owner = server.guild.owner
        panel = await server.asks("settings", by=owner)
        time = await server.presses(panel, "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা", by=owner)
        asked = await server.presses(time, "নিজে লিখব", by=owner)
        opened = await _opens(server, asked, "✍️ নিজে লিখব", owner)
        assert opened.modal["title"] == "নিজের সময় · Your own times"
        (field,) = opened.modal["components"]
        assert (field["label"], field["description"]) == ("সময়গুলো", "যেমন: সকাল ৮টা, রাত ৯টা")
        wrong = await server.there.submit(opened, {"value": "যখন খুশি"}).answer()
        assert "\nসময়টি বুঝতে পারলাম না।" in wrong.text
        again = await _opens(server, wrong, "✍️ আবার খুলুন", owner)
        assert _chosen(again) == {"value": "যখন খুশি"}
        done = await server.there.submit(again, {"value": "সকাল ৭টা"}).answer()
        assert "⏰ কখন পাঠাব: সকাল ৭টা" in done.labels


async def test_another_persons_wrong_words_stand_in_no_form(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        reader, other = server.reader, server.there.user("আরেকজন")
        server.there.joins(other, server.guild)
        opened = await _opens(server, await _ask_verify(server, reader), "✍️ নিজে লিখব", reader)
        await server.there.submit(opened, {"words": "ইলিশ"}).answer()
        theirs = await _opens(server, await _ask_verify(server, other), "✍️ নিজে লিখব", other)
        assert _chosen(theirs) == {"words": ""}


async def _ask_verify(server: Server, by: User, at: Channel | None = None) -> Shown:
    shown = await server.asks("verify", by=by, at=at, words="এক")
    assert shown.text.startswith("আরেকটু লিখুন")
    return shown


async def test_a_report_is_written_in_a_form_of_its_own(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        saved = await server.world.add("পদ্মায় নৌকাডুবি", BODY)
        menu = await server.presses(await server.asks("latest"), "⋯")
        asked = await server.presses(menu, "⚠️ ভুল চোখে পড়েছে")
        opened = await _opens(server, asked, "✍️ নিজে লিখব", server.reader)
        assert opened.modal["title"] == "ভুল জানান · Report a mistake"
        (field,) = opened.modal["components"]
        assert (field["label"], field["description"]) == ("ভুলটি কী?", "এক-দুই বাক্যে")
        assert field["component"]["style"] == 2
        thanks = await server.there.submit(opened, {"text": "নদীটি যমুনা।"}).answer()
        assert thanks.text.startswith("ধন্যবাদ।")
        rows = await server.world.sql("SELECT article_id, text FROM reports")
        assert rows == [(saved.article_id, "নদীটি যমুনা।")]


async def test_a_topic_is_followed_by_a_form(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        await server.asks("follow", topic="পদ্মা", where="inbox")
        listed = await server.asks("following")
        asked = await server.presses(listed, "➕ নতুন বিষয়")
        opened = await _opens(server, asked, "✍️ নিজে লিখব", server.reader)
        assert opened.modal["title"] == "বিষয় ফলো করুন · Follow a topic"
        assert _labels(opened) == ["কোন বিষয়?", "কখন?"]
        told = await server.there.submit(opened, {"topic": "মেঘনা", "when": "now"}).answer()
        assert told.text.startswith("এখন থেকে ‘মেঘনা’ ফলো করছেন।")
        store = server.world.core.store
        chat = await store.chats.find(Target("discord", server.reader.id))
        assert chat is not None
        chosen = {one.term.name: one.mode for one in await store.subscriptions.of_chat(chat.id)}
        assert chosen["মেঘনা"] is Mode.NOW
