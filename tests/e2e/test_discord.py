"""Discord from the gateway to what its channels show.

Over a server that answers as the platform does.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.editing import stories
from bot.subscriptions import choosing
from bot.values.chats import ChatKind, ChatState, Mode, Subscription, Target, Term, TermKind
from handlers.platforms.discord import answers, gateway, inboxes
from handlers.platforms.telegram import running as telegram_running
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.settings import TelegramSettings
from tests.e2e.discord_bot import EPHEMERAL, PLACE, ROUTER, Asking, a_bot, running, services_of
from tests.e2e.run import beside, environment
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world
from tests.handlers.discord.gateway import ScriptedGateway, guild, interaction
from tests.handlers.discord.reading import check, every, labels, texts, visible
from tests.handlers.telegram.seed import HEADLINE, SENTENCES
from tests.shared import shared_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


async def _channel(world: World, target: Target = PLACE, **chosen: Any) -> Target:  # noqa: ANN401 - preferences
    """Let a channel have everything at once."""
    chat = await world.core.store.chats.ensure(target, world.clock(), ChatKind.GROUP)
    if chosen:
        await choosing.prefer(world.core.store, chat, replace(chat.preferences, **chosen), world.clock())
    wanted = Subscription(Term(TermKind.ALL), mode=Mode.NOW, thread=target.thread)
    await choosing.follow(world.core.store, chat, wanted, world.clock())
    return target


def _shown(there: ScriptedGateway, channel: str = "70") -> list[str]:
    return [visible("\n".join(texts(body["components"]))) for body in there.posted.get(channel, {}).values()]


async def _state(world: World, target: Target = PLACE) -> tuple[ChatState, str]:
    chat = await world.core.store.chats.find(target)
    assert chat is not None
    return chat.state, chat.reason


async def _until_state(there: ScriptedGateway, world: World, state: ChatState) -> str:
    """Wait until the channel is in a state.

    Questions that are asked meanwhile make time go on.
    """
    asking = Asking(there)
    asking.number = 5000
    async with asyncio.timeout(60):
        while True:
            now, reason = await _state(world)
            if now is state:
                return reason
            await asking.types("help")


async def _in_time(there: ScriptedGateway, world: World, true: Callable[[], bool]) -> None:
    """Let time pass until something holds.

    Fifty times as fast as real time.
    No faster: news that waits longer than an hour is for the digest instead.
    """
    before = time.monotonic()
    async with asyncio.timeout(60):
        while not true():
            with suppress(TimeoutError):
                async with asyncio.timeout(0.02):
                    await there.until(true)
            before, elapsed = time.monotonic(), time.monotonic() - before
            world.clock.go(seconds=50 * elapsed)


# --- the first push ---


async def test_from_setup_to_the_first_push_in_one_sitting(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        manager = Asking(there)
        first = await manager.types("setup")
        assert (texts(first["components"]), first["flags"] & EPHEMERAL) == (["কোন চ্যানেলে খবর যাবে?"], EPHEMERAL)
        what = await manager.presses(first, "", "70")
        look = await manager.presses(what, "খেলা, এলেই")
        done = await manager.presses(look, "ছবিসহ")
        assert texts(done["components"]) == ["✅ দেখা, লেখা, লিংক: সব অনুমতি আছে। #খবর তৈরি।"]
        await world.add("শেষ ওভারে জয়", BODY, categories=("খেলা",), image="https://outlet.example/a.jpg")
        await world.add("বাজেট পাস", BODY, categories=("অর্থনীতি",))
        await world.spread()
        await there.until(lambda: bool(_shown(there)))
        (body,) = there.posted["70"].values()
        check(body["components"])
        (container,) = body["components"]
        section, foot, _, row = container["components"]
        assert section["accessory"]["media"]["url"] == "https://outlet.example/a.jpg"
        assert visible(section["components"][0]["content"]) == "শেষ ওভারে জয়"
        assert section["components"][1]["content"] == BODY.replace("। ", "।\n\n")
        assert foot["content"].startswith("**নদী পত্রিকা**\n")
        assert [one["label"] for one in row["components"]] == ["📖 পুরো খবর", "🔗 মূল খবর", "➕ ফলো", "⋯"]
        assert body["allowed_mentions"] == {"parse": []}


async def test_slash_commands_answer_from_the_same_archive(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        reader = Asking(there)
        assert "পদ্মায় নৌকাডুবি" in "".join(texts((await reader.types("latest"))["components"]))
        assert "পদ্মায় নৌকাডুবি" in "".join(texts((await reader.types("tag", topic="পদ্মা"))["components"]))
        assert ["১"] not in labels((await reader.types("read", number=1))["components"])
        await there.until(lambda: any(path == "/applications/5/commands" and body for _, path, body in there.asked))


async def test_after_a_restart_old_buttons_go_on(tmp_path: Path) -> None:
    long = "মুক্তিযুদ্ধের ইতিহাস ও সংস্কৃতি কেন্দ্র"
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=(long,))
        reader = Asking(there)
        async with running(world, there):
            card = await reader.types("latest")
            follow = next(one for one in every(card["components"]) if one.get("label") == "➕ ফলো")
            assert follow["custom_id"].startswith("~"), "it is longer than a button has room for"
        async with running(world, there):
            assert f"‘{long}’ ফলো করছেন।" in "".join(texts((await reader.presses(card, "➕ ফলো"))["components"]))


# --- what was sent changes ---


async def test_an_update_a_correction_and_a_withdrawal_change_what_lies_there(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await _channel(world)
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY, image="https://outlet.example/a.jpg")
        await world.spread()
        await there.until(lambda: len(_shown(there)) == 1)
        store = world.core.store
        story = await stories.find(store, saved.article_id)
        assert story is not None
        change = stories.change(stories.StoryField.HEADLINE, "মেঘনায় নৌকাডুবি", "নাম ভুল ছিল")
        assert change is not None
        await stories.correct(store, story, change, "me", world.clock(), tell=True)
        await world.spread()
        await there.until(lambda: len(_shown(there)) == 2 and "সংশোধনী" in _shown(there)[0])
        card, note = there.posted["70"].values()
        assert "✏️ মেঘনায় নৌকাডুবি" in visible("".join(texts(card["components"])))
        assert "✏️ ওপরের খবরে একটি সংশোধনী আছে" in "".join(texts(note["components"]))
        assert (note["message_reference"]["message_id"], bool(note["flags"] & 1 << 12)) == (
            next(iter(there.posted["70"])),
            True,
        )
        story = await stories.find(store, saved.article_id)
        assert story is not None
        await stories.withdraw(store, story, "ভুল ছিল", "me", world.clock())
        await world.spread()
        await there.until(lambda: "প্রত্যাহার" in _shown(there)[0])
        (container,) = there.posted["70"][next(iter(there.posted["70"]))]["components"]
        assert container["accent_color"] == 0x8A8F98
        assert not [one for one in every([container]) if one["type"] in (11, 12)], "its picture is gone"
        await there.until(lambda: len(_shown(there)) == 3)
        _, _, word = there.posted["70"].values()
        assert "🚫 ওপরের খবরটি প্রত্যাহার করা হয়েছে" in "".join(texts(word["components"]))
        assert (word["message_reference"]["message_id"], bool(word["flags"] & 1 << 12)) == (
            next(iter(there.posted["70"])),
            True,
        )


async def test_in_a_forum_each_story_is_a_post_and_a_correction_changes_it(tmp_path: Path) -> None:
    tags = [{"id": "501", "name": "খেলা", "moderated": False, "emoji_id": None, "emoji_name": None}]
    forum = {"id": "70", "type": 15, "name": "খবর-ফোরাম", "position": 0, "available_tags": tags, "flags": 0}
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        there.first_guild = guild(unavailable=False, channels=[forum])
        async with running(world, there):
            await _channel(world)
            saved = await world.add("শেষ ওভারে জয়", BODY, categories=("খেলা",))
            await world.spread()
            await there.until(lambda: any(path == "/channels/70/threads" for _, path, _ in there.asked))
            made = next(body for _, path, body in there.asked if path == "/channels/70/threads")
            assert (made["name"], made["applied_tags"]) == ("শেষ ওভারে জয়", ["501"])
            check(made["message"]["components"])
            await Asking(there).types("help")
            story = await stories.find(world.core.store, saved.article_id)
            assert story is not None
            await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
            await world.spread()
            await there.until(lambda: "প্রত্যাহার" in "".join(_shown(there, "800")))


# --- what goes wrong ---


async def test_a_right_that_is_taken_away_stops_the_channel_tells_the_owner_and_comes_back(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await _channel(world)
        role = {"id": "77", "name": "@everyone", "permissions": str(1 << 10)}
        await there.tell("GUILD_ROLE_UPDATE", {"guild_id": "77", "role": role})
        there.faults.append(("/channels/70/messages", 403, {"message": "Missing Permissions", "code": 50013}))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        assert await _until_state(there, world, ChatState.PAUSED) == answers.NO_RIGHT
        await there.until(lambda: bool(_shown(there, "600")))
        told = _shown(there, "600")[0]
        assert told.startswith("❌ #খবর চ্যানেলে এই অনুমতি নেই: লেখা (Send Messages), লিংক (Embed Links)।")
        status = await Asking(there).types("status", where="here")
        assert "এখানে লেখার অনুমতি নেই" in "".join(texts(status["components"]))
        back = {**role, "permissions": str(274877991936)}
        await there.tell("GUILD_ROLE_UPDATE", {"guild_id": "77", "role": back})
        await _until_state(there, world, ChatState.ACTIVE)
        await world.add("মেঘনায় ট্রলারডুবি", BODY)
        await world.spread()
        await there.until(lambda: any("মেঘনায়" in text for text in _shown(there)))


async def test_a_thread_that_is_locked_leaves_its_channel(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await _channel(world, Target("discord", "70", "71"))
        there.faults.append(("/channels/71/messages", 400, {"message": "Thread is locked", "code": 160005}))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await there.until(lambda: bool(_shown(there)))
        assert "71" not in there.posted
        assert (await _state(world))[0] is ChatState.ACTIVE


async def test_a_channel_that_is_gone_is_not_asked_again(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await _channel(world)
        there.faults.append(("/channels/70/messages", 404, {"message": "Unknown Channel", "code": 10003}))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        assert await _until_state(there, world, ChatState.GONE) == answers.DELETED


async def test_a_server_that_is_away_gets_its_news_when_it_is_back(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await _channel(world)
        await there.tell("GUILD_DELETE", {"id": "77", "unavailable": True})
        await Asking(there).types("help")
        there.faults.append(("/channels/70/messages", 404, {"message": "Unknown Channel", "code": 10003}))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await there.until(lambda: not there.faults)
        await there.tell("GUILD_CREATE", guild(unavailable=False))
        await _in_time(there, world, lambda: len(_shown(there)) == 1)
        assert (await _state(world))[0] is ChatState.ACTIVE


async def test_a_post_whose_answer_was_lost_is_there_once(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await _channel(world)
        there.faults.append(("/channels/70/messages", 0, None))
        await world.add("পদ্মায় নৌকাডুবি", BODY)
        await world.spread()
        await there.until(lambda: not there.faults and len(_shown(there)) == 1)
        await _in_time(there, world, lambda: any(method == "PATCH" for method, _, _ in there.asked))
        first, second = (
            body for method, path, body in there.asked if (method, path) == ("POST", "/channels/70/messages")
        )
        assert first["nonce"] == second["nonce"]
        assert len(_shown(there)) == 1


async def test_through_twenty_drops_no_push_is_lost_or_doubled_and_no_command_unanswered(tmp_path: Path) -> None:
    dice = random.Random(11)  # noqa: S311 - a test's
    async with a_bot(tmp_path) as (world, there):
        channels = [f"{700 + number}" for number in range(30)]
        for number in channels:
            await _channel(world, Target("discord", number), cap=1000)
        asked = 0
        for drop in range(20):  # fifty in tests/benchmarks/discord_push.py
            if drop % 7 == 0:
                await world.add(f"খবর {drop}: নদী", f"এটি {drop} নম্বর খবর, নদীর পাড় থেকে।")
                await world.spread()
            for _ in range(dice.randrange(3)):
                asked += 1
                await there.tell("INTERACTION_CREATE", interaction(asked, "latest"))
            await there.drop(dice.choice((1000, 1001, 4000)))
            await there.until(lambda drop=drop: there.resumed > drop)  # type: ignore[misc]
        await there.until(lambda: len(set(there.answered())) == asked)
        assert sorted(there.answered()) == list(range(1, asked + 1))
        await _in_time(there, world, lambda: sum(len(_shown(there, number)) for number in channels) == 90)
        posts = [path for method, path, _ in there.asked if method == "POST" and "/messages" in path]
        assert len(posts) == 90


async def test_both_platforms_push_one_story_from_one_store(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, ScriptedGateway() as there, a_world(tmp_path) as world:
        reader = telegram.private(7)
        settings = TelegramSettings(telegram_bot_token=telegram.token, telegram_api_base=telegram.base, _env_file=None)
        other = asyncio.create_task(
            telegram_running.serve(world.core, ROUTER, services_of(world), settings, Progress())
        )
        async with running(world, there):
            await _channel(world)
            await _channel(world, Target("telegram", "7"))
            await world.add("পদ্মায় নৌকাডুবি", BODY)
            await world.spread()
            await there.until(lambda: bool(_shown(there)))
            await telegram.until(lambda: bool(reader.messages))
        other.cancel()
        await asyncio.wait({other})
        assert "পদ্মায় নৌকাডুবি" in reader.last.text
        assert "পদ্মায় নৌকাডুবি" in _shown(there)[0]


async def test_the_command_line_shows_the_seed_as_the_copy_deck_does(tmp_path: Path) -> None:
    seed = shared_path("seed", "article.txt")
    async with ScriptedGateway() as there:
        chosen = environment(
            DISCORD_BOT_TOKEN="x",  # noqa: S106 - nobody's
            DISCORD_API_BASE=there.base,
            DISCORD_GATEWAY_URL=f"ws://127.0.0.1:{there.port}/gateway",
        )
        assert (await beside(tmp_path, "import", str(seed), "--source", "নমুনা পোর্টাল")).returncode == 0
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=tmp_path, env=chosen, stdout=asyncio.subprocess.DEVNULL
        )
        await there.until(lambda: bool(there.identified))
        (card,) = (await Asking(there).types("latest"))["components"]
        bot.terminate()
        assert await bot.wait() == 0
        head, text, foot, _, row = card["components"]
        assert head["content"] == f"### {HEADLINE}"
        assert text["content"] == "\n\n".join(SENTENCES)
        assert foot["content"] == "**নমুনা পোর্টাল** · সূত্র: তাস, ক্রেমলিন বিবৃতি\nআপডেট: সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২"
        assert [one["label"] for one in row["components"]] == ["📖 পুরো খবর", "➕ ফলো", "⋯"]
