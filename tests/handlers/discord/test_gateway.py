"""What a session of the gateway survives.

The library's own client runs over a real connection.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest
from pydantic import SecretStr

from bot.clockwork.supervision import supervised
from bot.values.chats import ChatKind, ChatState, Target
from handlers.context import Services
from handlers.platforms.discord import answers, gateway
from handlers.platforms.discord.known import IN_THREADS, NEEDED
from handlers.platforms.discord.running import serve
from handlers.platforms.discord.settings import DiscordSettings
from tests.fakes.world import World, a_world, router
from tests.handlers.discord.gateway import RIGHTS, ScriptedGateway, guild, interaction, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.anyio
ROUTER = router()
CHANNEL = Target("discord", "70")
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়।"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "LOOK": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)

    async def hook(_client: object, _shard: int | None, *, initial: bool = False) -> None:
        """Keep no distance between two sessions: the library waits five seconds."""
        del initial

    monkeypatch.setattr(gateway._PlainClient, "before_identify_hook", hook)


@asynccontextmanager
async def _running(folder: Path, there: ScriptedGateway, **chosen: Any) -> AsyncIterator[World]:  # noqa: ANN401
    """Run the bot as `khobor` does, but for polling feeds."""
    async with a_world(folder) as world:
        settings = DiscordSettings(
            discord_bot_token=SecretStr("x"), discord_api_base=there.base, _env_file=None, **chosen
        )
        services = Services.of(world.core)
        task = asyncio.create_task(serve(world.core, ROUTER, services, settings))
        try:
            yield world
        finally:
            task.cancel()
            await asyncio.wait({task})
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error


async def _is(there: ScriptedGateway, world: World, state: ChatState, reason: str | None = None) -> None:
    """Wait until the channel is in a state.

    Something else has to happen meanwhile, for the gateway to be looked at.
    """
    async with asyncio.timeout(60):
        number = 9000
        while True:
            chat = await world.core.store.chats.find(CHANNEL)
            if chat is not None and chat.state is state and (reason is None or chat.reason == reason):
                return
            number += 1
            await there.tell("INTERACTION_CREATE", interaction(number))
            await there.until(lambda number=number: number in there.answered())  # type: ignore[misc]


def test_the_invitation_asks_for_what_the_readme_says() -> None:
    given = discord.Permissions(int(RIGHTS))
    assert all(getattr(given, right) for right in {*NEEDED, *IN_THREADS, "read_message_history", "manage_threads"})
    assert f"permissions={RIGHTS}" in (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")


async def test_through_fifty_drops_every_command_is_answered_once(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 - a test's
    async with ScriptedGateway() as there, _running(tmp_path, there):
        await there.until(lambda: bool(there.identified))
        number = 0
        for drop in range(50):
            for _ in range(dice.randrange(4)):
                number += 1
                await there.tell("INTERACTION_CREATE", interaction(number))
            await there.drop(dice.choice((1000, 1001, 4000, 4009)))
            for _ in range(dice.randrange(3)):
                number += 1
                await there.tell("INTERACTION_CREATE", interaction(number))
            await there.until(lambda drop=drop: there.resumed > drop)  # type: ignore[misc]
        await there.until(lambda: len(set(there.answered())) == number)
        assert sorted(there.answered()) == list(range(1, number + 1))
        assert len(there.identified) == 1, "the session was taken up each time"


async def test_a_first_dial_that_fails_is_tried_again(tmp_path: Path) -> None:
    async with ScriptedGateway() as there:
        there.refused_dials = 3
        async with _running(tmp_path, there):
            await there.until(lambda: bool(there.identified))
            await there.tell("INTERACTION_CREATE", interaction(1))
            await there.until(lambda: there.answered() == [1])


async def test_an_api_that_is_down_at_first_is_asked_again(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        there.api_down = 3
        settings = DiscordSettings(discord_bot_token=SecretStr("x"), discord_api_base=there.base, _env_file=None)
        services = Services.of(world.core)

        async def work() -> None:
            await serve(world.core, ROUTER, services, settings)

        async def at_once(_seconds: float) -> None:
            await asyncio.sleep(0)

        task = asyncio.create_task(supervised("discord", work, sleep=at_once))
        await there.until(lambda: bool(there.identified))
        await there.tell("INTERACTION_CREATE", interaction(1))
        await there.until(lambda: there.answered() == [1])
        there.api_down = 2
        await there.invalidate()
        await there.until(lambda: len(there.identified) == 2)
        task.cancel()
        await asyncio.wait({task})


async def test_an_event_that_the_library_stumbles_over_ends_no_session(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there):
        await there.until(lambda: bool(there.identified))
        broken = interaction(1)
        del broken["version"]
        await there.tell("INTERACTION_CREATE", broken)
        await there.until(lambda: there.answered() == [1])
        odd: list[tuple[str, dict[str, Any]]] = [
            ("CHANNEL_UPDATE", {"id": "x"}),
            ("GUILD_ROLE_UPDATE", {"guild_id": []}),
            ("MESSAGE_CREATE", {"author": 5}),
            ("INTERACTION_CREATE", {"type": "2", "member": 7}),
            ("INTERACTION_CREATE", {**interaction(3), "channel": None, "token": None, "data": []}),
        ]
        for name, about in odd:
            await there.tell(name, about)
        await there.tell("INTERACTION_CREATE", interaction(2))
        await there.until(lambda: 2 in there.answered())
        assert len(there.identified) == 1


async def test_a_session_that_is_not_to_be_taken_up_begins_anew(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there):
        await there.until(lambda: bool(there.identified))
        await there.invalidate()
        await there.until(lambda: len(there.identified) == 2)
        await there.tell("INTERACTION_CREATE", interaction(1))
        await there.until(lambda: there.answered() == [1])


async def test_as_many_shards_as_the_gateway_recommends(tmp_path: Path) -> None:
    async with ScriptedGateway() as there:
        there.shards = 2
        async with _running(tmp_path, there):
            await there.until(lambda: len(there.identified) == 2)
            assert sorted(said["shard"] for said in there.identified) == [[0, 2], [1, 2]]


async def test_no_privileged_intent_is_asked_for_unless_a_setting_does(tmp_path: Path) -> None:
    privileged = 1 << 1 | 1 << 8 | 1 << 15
    async with ScriptedGateway() as there, _running(tmp_path, there):
        await there.until(lambda: bool(there.identified))
        assert not there.identified[0]["intents"] & privileged
    async with ScriptedGateway() as there, _running(tmp_path, there, discord_message_content=True):
        await there.until(lambda: bool(there.identified))
        assert there.identified[0]["intents"] & privileged == 1 << 15


async def test_an_intent_that_is_off_in_the_portal_is_gone_without(tmp_path: Path) -> None:
    async with ScriptedGateway() as there:
        there.refuses_content = True
        async with _running(tmp_path, there, discord_message_content=True):
            await there.until(lambda: bool(there.identified))
            assert not there.identified[0]["intents"] & 1 << 15


async def test_a_direct_message_is_answered_in_its_channel_under_a_key(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there) as world:
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        await there.until(lambda: bool(there.identified))
        await there.tell("MESSAGE_CREATE", message(1, "পদ্মা"))
        await there.until(lambda: any(path == "/channels/600/messages" for _, path, _ in there.asked))
        body = next(body for _, path, body in there.asked if path == "/channels/600/messages")
        assert "পদ্মায় নৌকাডুবি" in str(body["components"])
        assert body["enforce_nonce"] is True


async def _said(there: ScriptedGateway, count: int) -> str:
    """Wait until so much was said in the direct message.

    Return the last.
    """
    path = "/channels/600/messages"
    await there.until(lambda: sum(one[1] == path for one in there.asked) >= count)
    return str([one[2]["components"] for one in there.asked if one[1] == path][count - 1])


async def test_what_is_forwarded_mended_or_without_words(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there) as world:
        await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",), url="https://outlet.example/padma")
        await world.add("মেঘনায় ইলিশের দেখা", BODY, tags=("মেঘনা",))
        await there.until(lambda: bool(there.identified))
        picture = {"id": "9", "filename": "a.jpg", "size": 1, "url": "https://x.example/a", "proxy_url": "x"}
        await there.tell("MESSAGE_CREATE", message(1, "", attachments=[picture]))
        assert "কথাগুলো লিখে পাঠান" in await _said(there, 1)
        snapshot = {"content": "দেখুন https://outlet.example/padma", "embeds": [], "attachments": [], "type": 0}
        snapshot |= {"timestamp": "2026-04-14T06:00:00+00:00", "edited_timestamp": None, "flags": 0}
        about = {"message_snapshots": [{"message": snapshot}]}
        await there.tell("MESSAGE_CREATE", message(2, "", **about))
        assert "গুটিয়ে নিন" in await _said(there, 2)
        await there.tell("MESSAGE_CREATE", message(3, "পদ্মা"))
        assert "নৌকাডুবি" in await _said(there, 3)
        # A preview that the platform adds mends nothing, nor does a wish.
        await there.tell("MESSAGE_UPDATE", message(3, "মেঘনা"))
        mended = {"edited_timestamp": "2026-04-14T06:00:20+00:00"}
        await there.tell("MESSAGE_UPDATE", message(3, "ফলো মেঘনা", **mended))
        await there.tell("MESSAGE_UPDATE", message(3, "মেঘনা", **mended))
        await there.until(lambda: any(method == "PATCH" for method, _, _ in there.asked))
        (changed,) = [body for method, _, body in there.asked if method == "PATCH"]
        assert "ইলিশের দেখা" in str(changed["components"])
        chat = await world.core.store.chats.find(Target("discord", "8"))
        assert chat is None or await world.core.store.subscriptions.of_chat(chat.id) == []


# --- coming and going ---


async def test_a_channel_that_is_deleted_and_a_server_that_throws_us_out_are_gone(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there) as world:
        await world.core.store.chats.ensure(CHANNEL, world.clock(), ChatKind.GROUP)
        await there.until(lambda: bool(there.identified))
        await there.tell("CHANNEL_DELETE", {"id": "70", "type": 0, "guild_id": "77", "name": "খবর", "position": 0})
        await _is(there, world, ChatState.GONE, answers.DELETED)


async def test_who_is_thrown_out_and_comes_back_goes_on(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there) as world:
        await world.core.store.chats.ensure(CHANNEL, world.clock(), ChatKind.GROUP)
        await there.until(lambda: bool(there.identified))
        await there.tell("GUILD_DELETE", {"id": "77"})
        await _is(there, world, ChatState.GONE, answers.REMOVED)
        await there.tell("GUILD_CREATE", guild(system_channel_id="70"))
        await _is(there, world, ChatState.ACTIVE)
        await there.until(lambda: any("যোগ হলো" in str(body) for _, path, body in there.asked if "messages" in path))


async def test_a_server_that_is_away_for_a_while_takes_nobody_with_it(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there) as world:
        await world.core.store.chats.ensure(CHANNEL, world.clock(), ChatKind.GROUP)
        await there.until(lambda: bool(there.identified))
        await there.tell("GUILD_DELETE", {"id": "77", "unavailable": True})
        await there.tell("INTERACTION_CREATE", interaction(1))
        await there.until(lambda: there.answered() == [1])
        await _is(there, world, ChatState.ACTIVE)


async def test_a_right_that_comes_back_opens_a_channel(tmp_path: Path) -> None:
    async with ScriptedGateway() as there, _running(tmp_path, there) as world:
        chat = await world.core.store.chats.ensure(CHANNEL, world.clock(), ChatKind.GROUP)
        await there.until(lambda: bool(there.identified))
        await world.core.store.chats.set_state(chat.id, ChatState.PAUSED, answers.NO_RIGHT, world.clock())
        role = {"id": "77", "name": "@everyone", "permissions": RIGHTS}
        await there.tell("GUILD_ROLE_UPDATE", {"guild_id": "77", "role": role})
        await _is(there, world, ChatState.ACTIVE)
