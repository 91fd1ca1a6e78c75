"""People's inboxes on Discord.

Looking opens none, one's own ➕ does, and what is shown of it is one's own.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from bot.subscriptions import choosing
from bot.values.chats import ChatState, Mode, Subscription, Target, Term, TermKind
from handlers.platforms.discord import gateway, inboxes
from tests.e2e.discord_bot import Asking, a_bot, running
from tests.e2e.discord_server import a_server
from tests.fakes.world import a_world
from tests.handlers.discord.gateway import ScriptedGateway, interaction
from tests.handlers.discord.reading import texts, visible

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়।"
INBOX = Target("discord", "8")
CLOSED = {"message": "Cannot send messages to this user", "code": 50007}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


def _opened(there: ScriptedGateway) -> int:
    return sum(path == "/users/@me/channels" for _, path, _ in there.asked)


def _chats(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "khobor.db") as raw:
        return [number for (number,) in raw.execute("SELECT external_id FROM chats ORDER BY external_id")]


def _said(answer: dict[str, object]) -> str:
    return visible("\n".join(texts(answer["components"])))  # type: ignore[arg-type]


async def _written(there: ScriptedGateway, text: str) -> str:
    """Write a direct message, and return what it is answered."""
    author = {"id": "8", "username": "x", "discriminator": "0", "avatar": None}
    lying = len(there.posted.get("600", {}))
    await there.tell("MESSAGE_CREATE", {"id": "1", "channel_id": "600", "author": author, "content": text})
    await there.until(lambda: len(there.posted.get("600", {})) > lying)
    return _said(list(there.posted["600"].values())[-1])


async def test_looking_opens_no_inbox_and_makes_no_chat(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        reader = Asking(there)
        card = await reader.types("latest")
        before = _chats(tmp_path)
        await reader.presses(card, "📖 পুরো খবর")
        await reader.presses(card, "⋯")
        await reader.types("following")
        typing = {"name": "follow", "options": [{"name": "topic", "value": "প", "focused": True}]}
        await there.tell("INTERACTION_CREATE", interaction(900, "follow", type=4, data=typing))
        await there.until(lambda: 900 in there.answered())
        assert (_opened(there), _chats(tmp_path)) == (0, before)


async def test_ones_own_plus_opens_the_inbox_once_and_following_and_status_are_about_it(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        reader = Asking(there)
        async with running(world, there):
            card = await reader.types("latest")
            assert "ইনবক্সে (ডিএম) যাবে" in _said(await reader.presses(card, "➕ ফলো"))
            (greeting,) = there.posted["600"].values()
            assert _said(greeting).startswith("স্বাগতম! এটি ‘খবর’।")
            assert "পদ্মা" in _said(await reader.types("following"))
            assert "পদ্মা" not in _said(await reader.types("following", where="here"))
            assert "কিছু ফলো করছেন না" not in _said(await reader.types("status"))
        async with running(world, there):
            await reader.presses(card, "⋯")
            await reader.types("follow", topic="ইরান")
            assert (_opened(there), len(there.posted["600"])) == (1, 1)
            await world.at_once()
            chat = await world.core.store.chats.find(INBOX)
            assert chat is not None
            now = dataclasses.replace(chat.preferences, mode=Mode.NOW)
            await choosing.prefer(world.core.store, chat, now, world.clock())
            await world.add("ইরান নিয়ে আলোচনা", BODY, tags=("ইরান",))
            await world.spread()
            await there.until(lambda: len(there.posted["600"]) == 2)


async def test_inboxes_are_opened_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "GAP", 0.1)
    async with a_server(tmp_path) as server:
        members = [server.there.user(f"পাঠক {number}") for number in range(4)]
        for member in members:
            server.there.joins(member, server.guild)
        asked = [server.there.slash(one, server.channel, "follow", {"topic": "ইরান"}) for one in members]
        began = time.monotonic()
        for one in asked:
            assert "‘ইরান’ ফলো করছেন" in (await one.answer()).text
        opened = [one for one in server.there.calls if one.path.endswith("/users/@me/channels")]
        assert (len(opened), time.monotonic() - began >= 3 * 0.1) == (4, True)


async def test_whose_inbox_is_closed_is_told_so_and_follows_once_it_is_open(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        reader = Asking(there)
        card = await reader.types("latest")
        there.faults.append(("/channels/600/messages", 403, CLOSED))
        assert _said(await reader.presses(card, "➕ ফলো")).startswith("আপনার ইনবক্স (ডিএম) বন্ধ")
        assert await world.core.store.chats.find(INBOX) is None
        assert "ফলো করছেন" in _said(await reader.presses(card, "➕ ফলো"))
        chat = await world.core.store.chats.find(INBOX)
        assert chat is not None
        assert (chat.address, chat.state) == ("600", ChatState.ACTIVE)


async def test_an_inbox_that_closed_later_is_tried_again_at_the_next_plus(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, there):
        reader, store = Asking(there), world.core.store
        await reader.types("follow", topic="ইরান")
        chat = await store.chats.find(INBOX)
        assert chat is not None
        await store.chats.set_state(chat.id, ChatState.GONE, "blocked", world.clock())
        there.faults.append(("/channels/600/messages", 403, CLOSED))
        assert "ডিএম) বন্ধ" in _said(await reader.types("follow", topic="পদ্মা"))
        assert "ফলো করছেন" in _said(await reader.types("follow", topic="পদ্মা"))
        chat = await store.chats.find(INBOX)
        assert chat is not None
        assert chat.state is ChatState.ACTIVE


async def _an_old_inbox(world: World, folder: Path) -> None:
    """Leave an inbox as version 0.1 did.

    It is known by its channel, and by nobody's number.
    """
    chat = await world.core.store.chats.ensure(Target("discord", "600"), world.clock())
    wanted = Subscription(Term(TermKind.ALL), mode=Mode.NOW)
    await choosing.follow(world.core.store, chat, wanted, world.clock())
    with sqlite3.connect(folder / "khobor.db") as raw:
        raw.execute("UPDATE chats SET person_id = NULL")


@pytest.mark.parametrize("way", ["writes", "presses"])
async def test_an_old_inbox_is_served_and_becomes_its_persons(tmp_path: Path, way: str) -> None:
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        await _an_old_inbox(world, tmp_path)
        async with running(world, there):
            await world.add("পদ্মায় নৌকাডুবি", BODY)
            await world.spread()
            await there.until(lambda: len(there.posted.get("600", {})) == 1)
            if way == "writes":
                assert "সব খবর" in await _written(there, "যা ফলো করছি")
            else:
                await Asking(there).types("follow", topic="ইরান")
            chat = await world.core.store.chats.find(INBOX)
            assert chat is not None
            assert (chat.external_id, chat.address) == ("8", "600")
            lying = len(there.posted["600"])
            await world.add("মেঘনায় ট্রলারডুবি", BODY)
            await world.spread()
            await there.until(lambda: len(there.posted["600"]) == lying + 1)
            assert sum("পদ্মায় নৌকাডুবি" in _said(one) for one in there.posted["600"].values()) == 1
