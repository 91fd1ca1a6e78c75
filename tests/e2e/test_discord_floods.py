"""Floods on Discord: their sender waits, and nobody else.

They come by commands, presses, fields, words, in many channels, threads and servers.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import ChatState, Target
from handlers.platforms.discord import answers, gateway, inboxes, turns
from tests.e2e.discord_server import Server, a_server
from tests.fakes.discord.asked import CHANGE_LATER, LATER, SUGGEST
from tests.fakes.discord.rights import NONE, Right

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from bot.values.chats import Chat
    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel

pytestmark = pytest.mark.anyio
SLOWER = "একটু আস্তে।"
HELP = "কীভাবে ব্যবহার করবেন"
TOO_MANY = 429


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Return what is set when a session knows its servers."""
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.01}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)
    dispatch, came = gateway._PlainClient.dispatch, asyncio.Event()

    def noted(client: gateway._PlainClient, event: str, *about: object) -> None:
        if event == "ready":
            came.set()
        dispatch(client, event, *about)

    monkeypatch.setattr(gateway._PlainClient, "dispatch", noted)
    return came


@asynccontextmanager
async def _strict(folder: Path) -> AsyncIterator[Server]:
    """Run the bot with people's allowances, on a strict server.

    In the end none was refused.
    """
    async with a_server(folder, strict=True, questions=30) as server:
        yield server
        assert [call for call in server.there.calls if call.status == TOO_MANY] == []


def _member(server: Server, name: str) -> User:
    user = server.there.user(name)
    server.there.joins(user, server.guild)
    return user


def _calls(server: Server, channel: Channel, by: User) -> None:
    server.there.message(by, channel, f"<@{server.guild.bot.id}> /help")


async def test_who_asks_too_much_is_told_so_alone(tmp_path: Path) -> None:
    async with _strict(tmp_path) as server:
        asked = [server.there.slash(server.reader, server.channel, "help") for _ in range(40)]
        another = await server.there.slash(_member(server, "আরেকজন"), server.channel, "help").answer()
        shown = [await one.answer() for one in asked]
        slowed = [one for one in shown if one.text.startswith(SLOWER)]
        assert len(slowed) == 30
        assert all(one.reader is server.reader for one in slowed)
        assert HELP in another.text


async def test_presses_and_fields_count_too(tmp_path: Path) -> None:
    async with _strict(tmp_path) as server:
        shown = await server.asks("help")
        pressed = [server.there.press(shown, shown.custom_ids[0], server.reader) for _ in range(30)]
        slowed = [(await one.answer()).text.startswith(SLOWER) for one in pressed]
        assert slowed.count(False) <= 20
        assert slowed.count(True) >= 10
        typed = [
            server.there.autocomplete(server.reader, server.channel, "tag", "topic", {"topic": "ন"}) for _ in range(40)
        ]
        for one in typed:
            await one.acknowledgement()


async def test_presses_of_many_people_at_once_are_promised_and_all_are_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AT_ONCE", "MANY"):
        monkeypatch.setattr(turns, name, 2)
    async with _strict(tmp_path) as server:
        there, shown = server.there, await server.asks("help")
        pressed = [there.press(shown, shown.custom_ids[0], _member(server, f"পাঠক {n}")) for n in range(60)]
        asked = there.slash(_member(server, "আরেকজন"), server.channel, "help")
        typed = there.autocomplete(_member(server, "লেখক"), server.channel, "tag", "topic", {"topic": "ন"})
        assert [SLOWER in (await one.answer()).text for one in pressed] == [False] * 60
        assert HELP in (await asked.answer()).text
        await typed.acknowledgement()
        kinds = [one.callback["type"] for one in (*pressed, asked, typed) if one.callback]
        assert (kinds.count(CHANGE_LATER) > 40, kinds[-2:]) == (True, [LATER, SUGGEST])


async def test_who_presses_on_and_on_is_told_so_often_enough_and_then_left_alone(tmp_path: Path) -> None:
    async with _strict(tmp_path) as server:
        there, shown = server.there, await server.asks("help")
        pressed = [there.press(shown, shown.custom_ids[0], server.reader) for _ in range(200)]
        asked = there.slash(_member(server, "আরেকজন"), server.channel, "help")
        assert HELP in (await asked.answer()).text
        answered = [await one.answer() for one in pressed[:50]]
        assert sum(one.text.startswith(SLOWER) for one in answered) >= 30
        assert sum(one.acknowledged for one in pressed) <= 90


async def test_one_member_cannot_silence_a_channel(tmp_path: Path) -> None:
    async with _strict(tmp_path) as server:
        another = _member(server, "আরেকজন")
        for _ in range(30):
            _calls(server, server.channel, server.reader)
        _calls(server, server.channel, another)
        ours = await _said(server, 5)
        assert sum(text.startswith(SLOWER) for text in ours) == 1
        assert sum(HELP in text for text in ours) == 4, "three for the one, one for the other"


async def test_many_channels_and_threads_give_one_member_no_more(tmp_path: Path) -> None:
    async with _strict(tmp_path) as server:
        there = server.there
        channels = [there.channel(server.guild, f"কক্ষ {n}") for n in range(20)]
        threads = [there.thread(server.channel, f"কথা {n}") for n in range(20)]
        for channel in (*channels, *threads):
            _calls(server, channel, server.reader)
        _calls(server, server.channel, _member(server, "আরেকজন"))
        ours = await _said(server, 5)
        assert sum(HELP in text for text in ours) == 4
        assert sum(text.startswith(SLOWER) for text in ours) == 1


async def test_servers_that_one_person_brings_the_bot_into_are_greeted_slowly(
    tmp_path: Path, ready: asyncio.Event
) -> None:
    async with _strict(tmp_path) as server:
        await ready.wait()
        there = server.there
        owner, other = there.user("মালিক"), there.user("অন্য মালিক")
        entered = [_entered(server, owner, f"সার্ভার {n}") for n in range(20)]
        another = _entered(server, other, "আরেক সার্ভার")
        await there.until(lambda: another.shown and sum(bool(one.shown) for one in entered) == 5)
        assert another.last.labels == ["⚙️ সার্ভারের জন্য সাজান"]
        await server.asks("help")
        assert sum(len(one.shown) for one in entered) == 5


async def test_a_server_that_throws_us_out_and_lets_us_in_is_greeted_slowly_and_keeps_its_news(
    tmp_path: Path, ready: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _strict(tmp_path) as server:
        await ready.wait()
        hall = _entered(server, server.there.user("মালিক"), "সার্ভার")
        assert hall.guild is not None
        target, chats = await server.has_everything(hall), server.world.core.store.chats
        became: list[str] = []
        noted = chats.set_state

        async def note(chat: int, state: ChatState, reason: str, now: datetime, account: str) -> None:
            await noted(chat, state, reason, now, account)
            became.append(state)

        monkeypatch.setattr(chats, "set_state", note)
        for _ in range(20):
            server.there.kicks(hall.guild)
            server.there.invites(hall.guild)
        await server.there.until(lambda: len(hall.shown) == 5)
        for number in range(100):
            if len(became) == 40:
                break
            await server.asks("help", by=_member(server, f"পাঠক {number}"))
        assert became == [ChatState.GONE, ChatState.ACTIVE] * 20, "in the order in which it happened"
        chat = await chats.find(target)
        assert chat is not None
        assert (chat.state, len(hall.shown)) == (ChatState.ACTIVE, 5)


async def test_rights_that_change_all_the_time_are_looked_at_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _strict(tmp_path) as server:
        channels = [server.there.channel(server.guild, f"কক্ষ {n}") for n in range(50)]
        shut = await server.has_everything(channels[7])
        await _set_shut(server, shut)
        await server.asks("help")
        found = server.world.core.store.chats.find
        looked = 0

        async def counted(target: Target) -> Chat | None:
            nonlocal looked
            looked += target.external_id in {one.id for one in channels}
            return await found(target)

        monkeypatch.setattr(server.world.core.store.chats, "find", counted)
        role = server.there.role(server.guild, "ঘন ঘন")
        for number in range(200):
            server.there.entitles(server.guild, role, Right.VIEW_CHANNEL if number % 2 else NONE)
        chat = None
        while chat is None or chat.state is not ChatState.ACTIVE:
            await server.there.autocomplete(
                server.reader, server.channel, "tag", "topic", {"topic": "ন"}
            ).acknowledgement()
            chat = await found(shut)
        assert looked <= 20 * len(channels), "not two hundred times"


async def _set_shut(server: Server, target: Target) -> None:
    store = server.world.core.store
    chat = await store.chats.find(target)
    assert chat is not None
    await store.chats.set_state(chat.id, ChatState.PAUSED, answers.NO_RIGHT, server.world.clock(), chat.account)


def _entered(server: Server, owner: User, name: str) -> Channel:
    """Let the bot into a server; return where that is said."""
    guild = server.there.guild(name, owner=owner)
    server.there.kicks(guild)
    guild.system = server.there.channel(guild, "বসার ঘর")
    server.there.invites(guild)
    return guild.system


async def _said(server: Server, least: int) -> list[str]:
    """Return what we say in channels, once nothing more comes."""

    def ours() -> list[str]:
        rooms = server.guild.channels.values()
        return [one.text for room in rooms for one in room.shown if one.author is server.guild.bot]

    await server.there.until(lambda: len(ours()) >= least)
    await server.asks("help", at=server.there.inbox(later := server.there.user("পরের জন")), by=later)
    return ours()
