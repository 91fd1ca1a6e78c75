"""One message at a time goes to a chat.

Answers in their order, before pushes.
"""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.chat_lines import BEHIND, ChatLines
from bot.ports.platform import Pace
from tests.delivery.test_pacing import LeapingLoop, leap, settle

PACE = Pace(chat_gap=1.0, group_per_minute=4)


def _lines(loop: LeapingLoop) -> ChatLines:
    return ChatLines(PACE, loop.time)


async def _say(
    lines: ChatLines, name: str, said: list[tuple[str, float]], chat: str = "a", *, group: bool = False
) -> None:
    async with lines.answer(chat, group=group) as turn:
        await turn.wait(change=False)
        said.append((name, asyncio.get_running_loop().time()))
        turn.done(change=False)


def test_answers_of_a_chat_keep_their_order_and_distance_and_others_do_not_wait() -> None:
    async def main(loop: LeapingLoop) -> list[tuple[str, float]]:
        lines, said = _lines(loop), list[tuple[str, float]]()
        async with asyncio.TaskGroup() as tasks:
            for name in ("1", "2", "3"):
                tasks.create_task(_say(lines, name, said))
            tasks.create_task(_say(lines, "other", said, "b"))
        assert not lines._lines, "who stood there is forgotten"
        return said

    assert leap(main) == [("1", 0.0), ("other", 0.0), ("2", 1.0), ("3", 2.0)]


def test_a_push_stands_back_behind_answers_and_an_answer_waits_for_a_push_on_its_way() -> None:
    async def main(loop: LeapingLoop) -> None:
        lines, said = _lines(loop), list[tuple[str, float]]()
        assert lines.push_after("a", group=False) == 0
        lines.begin_push("a")
        task = asyncio.ensure_future(_say(lines, "answer", said))
        await settle()
        assert not said
        assert lines.push_after("a", group=False) == BEHIND
        lines.end_push("a", group=False)
        await task
        assert said == [("answer", 1.0)]
        assert lines.push_after("a", group=False) == pytest.approx(1.0)
        assert lines.push_after("b", group=False) == 0

    leap(main)


def test_what_the_platform_held_back_is_given_nothing_until_then() -> None:
    async def main(loop: LeapingLoop) -> list[tuple[str, float]]:
        lines, said = _lines(loop), list[tuple[str, float]]()
        lines.hold("a", 30.0)
        assert lines.push_after("a", group=False) == 30.0
        await _say(lines, "late", said)
        return said

    assert leap(main) == [("late", 30.0)]


def test_an_answer_that_is_given_up_leaves_the_line() -> None:
    async def main(loop: LeapingLoop) -> list[tuple[str, float]]:
        lines, said = _lines(loop), list[tuple[str, float]]()
        await _say(lines, "first", said)
        waits = asyncio.ensure_future(_say(lines, "given up", said))
        await settle()
        assert lines.waiting("a") == 1
        waits.cancel()
        await asyncio.wait({waits})
        assert lines.waiting("a") == 0
        await _say(lines, "next", said)
        return said

    assert [name for name, _ in leap(main)] == ["first", "next"]


def test_a_groups_minute_keeps_a_quarter_for_pushes() -> None:
    async def main(loop: LeapingLoop) -> float:
        lines, said = _lines(loop), list[tuple[str, float]]()
        for number in range(3):
            await _say(lines, str(number), said, group=True)
        assert lines.answer_after("a", group=True) == pytest.approx(58.0)
        return lines.push_after("a", group=True)

    assert leap(main) == pytest.approx(1.0)
