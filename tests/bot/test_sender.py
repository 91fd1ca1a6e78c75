from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import DOUBTS, TRIES, Sender
from bot.model import Target
from bot.ports import Gone, Postponed, Refused, Unavailable, Unknown
from tests.fakes.world import RecordingPlatform, World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.ports import SendResult

pytestmark = pytest.mark.anyio
READER = Target("console", "reader")


async def _one_waits(world: World, *answers: SendResult) -> tuple[Sender, RecordingPlatform]:
    await world.say("ফলো সব", person="reader")
    await world.add("একটি খবর", "একটি বাক্য।")
    platform = RecordingPlatform(*answers)
    return Sender(world.core.store, platform, "me", world.clock), platform


async def test_each_article_is_sent_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world)
        assert await sender.turn(READER) == 1
        assert await sender.turn(READER) == 0
        assert [message.brief for _, message, _ in platform.sent] == ["একটি খবর (নদী পত্রিকা)"]


async def test_many_come_in_order_and_other_chats_wait_for_their_own_sender(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world)
        await world.say("ফলো সব", person="other")
        for number in range(45):
            await world.add(f"খবর {number}")
        assert await sender.turn(READER) == 46
        assert [message.brief.split(" (")[0] for _, message, _ in platform.sent][1:] == [f"খবর {n}" for n in range(45)]
        assert await sender.turn(Target("console", "other")) == 45


async def test_a_postponement_uses_up_no_patience_and_keeps_the_key(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world, *(Postponed(timedelta(seconds=9)),) * 3)
        for _ in range(4):
            await sender.turn(READER)
            world.clock.go(seconds=10)
        assert len({key for _, _, key in platform.sent}) == 1
        assert len(platform.sent) == 4


async def test_what_surely_did_not_arrive_is_tried_for_hours_and_then_given_up(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world, *(Unavailable("no network"),) * 20)
        for _ in range(20):
            await sender.turn(READER)
            world.clock.go(hours=2)
        assert len(platform.sent) == TRIES


async def test_what_may_have_arrived_is_sent_at_most_twice(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world, *(Unknown("no answer"),) * 5)
        for _ in range(5):
            await sender.turn(READER)
            world.clock.go(hours=1)
        assert len(platform.sent) == DOUBTS


@pytest.mark.parametrize("answer", [Gone("blocked"), Refused("too long")])
async def test_a_final_no_is_final(tmp_path: Path, answer: SendResult) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world, answer)
        await sender.turn(READER)
        world.clock.go(days=1)
        assert await sender.turn(READER) == 0
        assert len(platform.sent) == 1


async def test_a_sender_that_died_is_taken_over(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world)
        await world.core.store.deliveries.claim(READER, "the dead", world.clock(), 9)
        assert await sender.turn(READER) == 0, "what another holds is not touched"
        await sender.take_over(READER)
        assert await sender.turn(READER) == 1
        assert len(platform.sent) == 1


async def test_a_sender_that_fails_half_way_forgets_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world)
        await world.core.store.deliveries.claim(READER, "me", world.clock(), 9)
        await sender.take_over(READER)
        assert await sender.turn(READER) == 1, "what it held itself when it failed is given back too"
        assert len(platform.sent) == 1


async def test_what_is_sent_is_the_newest_revision(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        sender, platform = await _one_waits(world, Unavailable("down"))
        await sender.turn(READER)
        await world.add("মেরামত করা শিরোনাম", url=f"https://outlet.example/{abs(hash('একটি খবর'))}")
        world.clock.go(hours=1)
        await sender.turn(READER)
        assert platform.sent[-1][1].brief.startswith("মেরামত করা শিরোনাম")
