"""A new bot on an archive of another one.

A chat that never wrote to it is not met, and costs it no call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import Sender
from bot.editing import stories
from bot.ports.platform import Sent
from bot.values.chats import ChatState, Target
from bot.values.delivery import Why
from bot.values.reach import Reach
from handlers.service import begin_account
from tests.fakes.world import RecordingPlatform, World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.ports.platform import SendResult
    from bot.values.delivery import Ref
    from bot.values.messages import Message

pytestmark = pytest.mark.anyio
OLD, NEW = 100_000, 1_000
PIECE = 10_000


class _Bot(RecordingPlatform):
    """One bot on Telegram."""

    name = "telegram"

    def __init__(self, account: str) -> None:
        super().__init__()
        self.account = account

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        await super().send(target, message, key, silent=silent, answers=answers)
        return Sent(f"m{target.external_id}")


async def _turn(world: World, account: str) -> list[str]:
    """Let what is due be sent by a bot; return to whom."""
    await world.spread()
    bot = _Bot(account)
    await Sender(world.core.store, bot, "test", world.clock).step()
    return sorted(target.external_id for target, _, _ in bot.sent)


_EVERYTHING = "INSERT INTO terms (id, kind, value, name) VALUES (1, 'all', '', '') ON CONFLICT DO NOTHING"


async def _reader(world: World, number: str, account: str) -> None:
    chat = await world.core.store.chats.ensure(Target("telegram", number, account=account), world.clock())
    await world.sql(_EVERYTHING)
    await world.sql(
        "INSERT INTO subscriptions (term_id, chat_id, created_at, mode) VALUES (1, ?, 0, 3) ON CONFLICT DO NOTHING",
        chat.id,
    )
    await world.sql("UPDATE chats SET cap = 1000, quiet_to = quiet_from, slow_until = 0 WHERE id = ?", chat.id)


async def _many(world: World, account: str, first: int, n: int) -> None:
    """Let so many chats follow everything by an account.

    Chats of the old one have a digest that is due.
    """
    await world.sql(_EVERYTHING)
    # A slow server takes longer over all of them than the one statement may.
    for start in range(first, first + n, PIECE):
        last = min(start + PIECE, first + n) - 1
        await world.sql(
            "WITH RECURSIVE n (i) AS (SELECT CAST(? AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO chats (id, platform, external_id, account, language, zone, created_at, quiet_from, quiet_to, "
            "digest_at, digest_from) SELECT i, 'telegram', CAST(i AS TEXT), ?, 'bn', 'Asia/Dhaka', 0, 0, 0, "
            "CASE WHEN ? = '' THEN 1 END, 0 FROM n",
            *(start, last, account, account.partition(":")[2]),
        )
        await world.sql(
            "INSERT INTO subscriptions (term_id, chat_id, created_at, mode) SELECT 1, id, 0, 3 FROM chats "
            "WHERE id BETWEEN ? AND ?",
            *(start, last),
        )


async def test_a_hundred_thousand_chats_of_another_bot_cost_no_call_and_no_row(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await begin_account(world.core, "telegram", "1") == "telegram"
        await _many(world, "telegram", 1, OLD)
        name = await begin_account(world.core, "telegram", "2")
        assert name == "telegram:2"
        await _many(world, name, OLD + 1, NEW)
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        assert sorted(map(int, await _turn(world, name))) == list(range(OLD + 1, OLD + NEW + 1))
        assert await world.sql("SELECT count(*) FROM deliveries") == [(NEW,)]


async def test_a_chat_is_served_by_the_bot_that_it_wrote_to_last(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = await begin_account(world.core, "telegram", "1")
        for number in ("7", "8"):
            await _reader(world, number, first)
        await world.add("এক", "ক।")
        assert await _turn(world, first) == ["7", "8"]
        second = await begin_account(world.core, "telegram", "2")
        await world.add("দুই", "খ।")
        assert await _turn(world, second) == []
        await _reader(world, "8", second)
        await world.add("তিন", "গ।")
        assert await _turn(world, second) == ["8"]
        # Its first bot runs again, beside the second.
        async with world.core.store.lock(f"sender-{second}"):
            assert await begin_account(world.core, "telegram", "1") == first
        await world.add("চার", "ঘ।")
        assert (await _turn(world, first), await _turn(world, second)) == (["7"], ["8"])


async def test_bots_that_run_side_by_side_keep_their_chats(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = await begin_account(world.core, "telegram", "1")
        await _reader(world, "7", first)
        async with world.core.store.lock(f"sender-{first}") as ours:
            assert ours
            second = await begin_account(world.core, "telegram", "2")
        await _reader(world, "8", second)
        await world.add("এক", "ক।")
        assert (await _turn(world, first), await _turn(world, second)) == (["7"], ["8"])


async def test_that_the_old_bot_is_blocked_concerns_the_old_bot_alone(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        store, clock = world.core.store, world.clock
        first = await begin_account(world.core, "telegram", "1")
        await _reader(world, "7", first)
        second = await begin_account(world.core, "telegram", "2")
        await _reader(world, "7", second)
        chat = await store.chats.find(Target("telegram", "7"))
        assert chat is not None
        await store.chats.set_state(chat.id, ChatState.GONE, "blocked", clock(), first)
        await world.add("এক", "ক।")
        assert await _turn(world, second) == ["7"]
        await store.chats.set_state(chat.id, ChatState.GONE, "blocked", clock(), second)
        await world.add("দুই", "খ।")
        assert await _turn(world, second) == []


async def test_what_its_people_stopped_stays_stopped_with_a_new_bot(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        store, clock = world.core.store, world.clock
        await _reader(world, "7", await begin_account(world.core, "telegram", "1"))
        chat = await store.chats.find(Target("telegram", "7"))
        assert chat is not None
        await store.chats.set_state(chat.id, ChatState.PAUSED, "stopped", clock())
        second = await begin_account(world.core, "telegram", "2")
        met = await store.chats.ensure(replace(chat.target, account=second), clock())
        assert (met.account, met.state, met.reason) == (second, ChatState.PAUSED, "stopped")


async def test_a_card_of_a_bot_that_runs_no_more_is_counted_as_not_reached(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = await begin_account(world.core, "telegram", "1")
        await _reader(world, "7", first)
        saved = await world.add("এক", "ক।")
        assert await _turn(world, first) == ["7"]
        await begin_account(world.core, "telegram", "2")
        story = await stories.find(world.core.store, saved.article_id)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        await world.spread()
        assert await stories.reach(world.core.store, story, world.clock()) == Reach(1, failed=((Why.MOVED, 1),))
