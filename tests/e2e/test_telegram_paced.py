"""Answers at the platform's pace, and none of them lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from handlers.platforms.telegram import settings
from tests.e2e.telegram_bot import a_bot
from tests.fakes.telegram import Fault

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
SECOND = 0.15
"""How long the chat's second is here."""
HELP = "কীভাবে ব্যবহার করবেন"
LIMITED = "Too Many Requests: retry after 0"
REFUSED = "Internal Server Error"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CHAT_GAP", SECOND)


async def test_who_writes_thrice_in_a_second_gets_three_answers(tmp_path: Path) -> None:
    async with a_bot(tmp_path, strict=True, second=SECOND) as (_, telegram):
        reader = telegram.private(7)
        for _ in range(3):
            await telegram.says(reader, "/help")
        await telegram.until(lambda: len(reader.messages) == 3)
        assert telegram.refused == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault("sendMessage", 7, status=429, description=LIMITED, retry_after=0, times=2),
        Fault("sendMessage", 7, status=500, description=REFUSED),
    ],
    ids=["429", "500"],
)
async def test_an_answer_that_was_refused_for_now_comes_all_the_same(tmp_path: Path, fault: Fault) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        reader = telegram.private(7)
        telegram.faults.append(fault)
        await telegram.says(reader, "/help")
        await telegram.until(lambda: bool(reader.messages))
        assert HELP in reader.last.text
        assert not fault.times


async def test_nothing_is_asked_of_a_chat_until_it_may_be(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        reader, other = telegram.private(7), telegram.private(8)
        for person in (reader, other):
            await telegram.says(person, "/help")
            await telegram.until(lambda person=person: bool(person.messages))  # type: ignore[misc]
        telegram.faults.append(Fault("sendMessage", 7, status=429, description=LIMITED, retry_after=1))
        before, began = len(telegram.requests), time.monotonic()
        await telegram.says(reader, "/help")
        await telegram.says(reader, "/status")
        await telegram.says(other, "/help")
        await telegram.until(lambda: len(reader.messages) == 3)
        assert time.monotonic() - began >= 1.0
        sent = [int(values["chat_id"]) for method, values in telegram.requests[before:] if method == "sendmessage"]
        assert sent == [8, 7, 7], "the other was answered meanwhile"
        assert HELP in reader.texts[1]


async def test_a_press_is_acknowledged_while_answers_wait_for_their_turn(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        reader = telegram.private(7)
        await telegram.says(reader, "/settings")
        await telegram.until(lambda: bool(reader.messages))
        shown = reader.last
        telegram.faults.append(Fault("sendMessage", 7, status=429, description=LIMITED, retry_after=1))
        await telegram.says(reader, "/help")
        await telegram.until(lambda: telegram.refused == 1)
        await telegram.sends_back(reader, shown, "nothing that is known")
        await telegram.until(lambda: bool(telegram.toasts))
        assert len(reader.messages) == 1


async def test_all_parts_of_a_long_answer_come(tmp_path: Path) -> None:
    async with a_bot(tmp_path, strict=True, second=SECOND) as (world, telegram):
        reader = telegram.private(7)
        paragraphs = [f"অনুচ্ছেদ {number}: " + "নদীর ধারে বাজার বসে। " * 60 for number in range(9)]
        await world.add("নদীর ঘাটে নতুন সেতু", "\n\n".join(paragraphs))
        await telegram.says(reader, "/latest")
        await telegram.until(lambda: bool(reader.messages))
        await telegram.presses(reader, "📖 পুরো খবর")
        await telegram.until(lambda: any("অনুচ্ছেদ ৮" in text or "অনুচ্ছেদ 8" in text for text in reader.texts), 5)
        assert len(reader.messages) > 2
        assert telegram.refused == 0


async def test_a_push_keeps_its_distance_to_an_answer(tmp_path: Path) -> None:
    async with a_bot(tmp_path, strict=True, second=SECOND) as (world, telegram):
        reader = telegram.private(7)
        await telegram.says(reader, "ফলো সব এলেই")
        await telegram.until(lambda: bool(reader.messages))
        await world.add("নদীর ঘাটে নতুন সেতু")
        await telegram.says(reader, "/help")
        await world.spread()
        await telegram.until(lambda: any("নতুন সেতু" in text for text in reader.texts) and len(reader.messages) == 3)
        assert telegram.refused == 0
