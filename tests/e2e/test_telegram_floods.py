"""Floods of questions, presses, typing and groups.

Their own sender waits, nobody else.
"""

from __future__ import annotations

import dataclasses
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from handlers.platforms.telegram import settings
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
SECOND = 0.05
SLOWER = "একটু আস্তে।"
HELP = "কীভাবে ব্যবহার করবেন"


@asynccontextmanager
async def _a_bot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[World, FakeTelegram]]:
    """Run the bot with the allowances that people have."""
    monkeypatch.setattr(settings, "CHAT_GAP", SECOND)
    async with FakeTelegram(strict=True, second=SECOND) as telegram, a_world(folder) as world:
        usual = world.core.settings.model_copy(update={"questions_a_minute": 30})
        world.core = dataclasses.replace(world.core, settings=usual)
        async with running(world, telegram):
            yield world, telegram


async def test_who_sends_forty_questions_gets_ten_answers_and_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _a_bot(tmp_path, monkeypatch) as (_, telegram):
        reader, other = telegram.private(7), telegram.private(8)
        for _ in range(40):
            await telegram.says(reader, "/help")
        await telegram.says(other, "/help")
        await telegram.until(lambda: bool(other.messages) and len(reader.messages) == 11, 20)
        assert sum(HELP in text for text in reader.texts) == 10
        assert [text for text in reader.texts if text.startswith(SLOWER)] == ["একটু আস্তে। ১০ সেকেন্ড পরে আবার লিখুন।"]
        assert telegram.refused == 0


async def test_one_member_cannot_silence_a_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with _a_bot(tmp_path, monkeypatch) as (_, telegram):
        group = telegram.group(-5)
        for _ in range(30):
            await telegram.says(group, "/help", by=6)
        await telegram.says(group, "/status", by=10)
        await telegram.until(lambda: len(group.messages) == 5, 20)
        assert [HELP in text for text in group.texts] == [True] * 3 + [False] * 2
        assert sum(text.startswith(SLOWER) for text in group.texts) == 1
        assert telegram.refused == 0


async def test_presses_of_one_member_are_answered_over_the_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _a_bot(tmp_path, monkeypatch) as (_, telegram):
        group = telegram.group(-5, admins=(6,))
        await telegram.says(group, "/settings", by=6)
        await telegram.until(lambda: bool(group.messages))
        shown = group.last
        for _ in range(12):
            await telegram.sends_back(group, shown, shown.rows[0][0]["callback_data"], by=6)
        await telegram.until(lambda: len(telegram.toasts) == 12)
        assert sum(text.startswith(SLOWER) and alert for text, alert in telegram.toasts) == 8
        assert telegram.refused == 0


async def test_groups_that_one_person_brings_the_bot_into_are_greeted_slowly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _a_bot(tmp_path, monkeypatch) as (world, telegram):
        groups = [telegram.group(-100 - number) for number in range(20)]
        for group in groups:
            await telegram.joins(group, by=6)
        another = telegram.group(-500)
        await telegram.joins(another, by=10)
        await telegram.until(lambda: bool(another.messages) and sum(bool(one.messages) for one in groups) == 5, 20)
        assert not any(one.messages for one in groups[5:])
        assert world.sent == []


async def test_of_what_somebody_types_the_newest_is_answered_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _a_bot(tmp_path, monkeypatch) as (world, telegram):
        await world.add("নদীর ঘাটে নতুন সেতু")
        for number in range(40):
            await telegram.types(f"নদী {number}", by=6)
        last = telegram.requested
        await telegram.types("নদী", by=10)
        await telegram.until(lambda: {one["inline_query_id"] for one in telegram.inline} >= {last, telegram.requested})
        theirs = [one["inline_query_id"] for one in telegram.inline if one["inline_query_id"] != telegram.requested]
        assert theirs == sorted(theirs, key=lambda one: int(str(one).removeprefix("inline-")))
        assert theirs[-1] == last
