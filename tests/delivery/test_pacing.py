"""Pacing, without waiting: in these tests time leaps to the next timer."""

from __future__ import annotations

import asyncio
import random
import selectors
from math import inf
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.delivery.pacing import FLOOR, HOLD, LATE, Pacer, RequestKind, Slots
from bot.ports.platform import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextlib import AbstractAsyncContextManager

T = TypeVar("T")
STRICT = Pace(per_second=30)
PUSH, REPLY = RequestKind.PUSH, RequestKind.REPLY


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same chance every time


# --- time that leaps ---


class Leaping(selectors.SelectSelector):
    """Nobody waits.

    The moment that would be waited for is there at once.
    """

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "somebody waits for what never comes"
        self.now += timeout
        return super().select(0)


class LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.leaping = Leaping()
        super().__init__(self.leaping)

    def time(self) -> float:
        return self.leaping.now


def leap(main: Callable[[LeapingLoop], Coroutine[object, object, T]]) -> T:
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, LeapingLoop)
        return runner.run(main(loop))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


# --- slots ---


def test_without_a_limit_a_slot_is_free_with_its_answer() -> None:
    slots = Slots(Pace(slots=2))
    assert [slots.start(5.0, PUSH), slots.start(5.0, REPLY), slots.start(5.0, REPLY)] == [5.0, 5.0, inf]
    slots.answered(5.0)
    assert slots.start(5.0, PUSH) == 5.0


def test_with_a_limit_a_slot_is_free_one_second_after_its_answer() -> None:
    slots = Slots(Pace(per_second=2))
    assert [slots.start(0.0, REPLY), slots.start(0.0, REPLY), slots.start(0.0, REPLY)] == [0.0, 0.0, inf]
    slots.answered(0.25)
    assert slots.start(0.3, REPLY) == 0.25 + HOLD
    assert slots.start(0.25 + HOLD, REPLY) == 0.25 + HOLD


def test_pushes_are_spaced_and_replies_are_not() -> None:
    slots = Slots(Pace(per_second=10))
    assert slots.start(1.0, PUSH) == 1.0
    assert slots.start(1.0, PUSH) == pytest.approx(1.1 - LATE)
    assert slots.start(1.0, REPLY) == 1.0
    assert slots.start(1.0, PUSH) == pytest.approx(1.1 - LATE)


def test_late_timers_cost_no_rate_but_a_pause_earns_no_burst() -> None:
    slots = Slots(Pace(per_second=100, slots=1000))
    begins = [0.0]
    slots.start(0.0, PUSH)
    for _ in range(90):
        due = slots.start(begins[-1], PUSH)
        begins.append(due + 0.001)
        assert slots.start(begins[-1], PUSH) == begins[-1]
    assert begins[-1] == pytest.approx(0.9, abs=0.01)
    assert slots.start(50.0, PUSH) == 50.0
    assert slots.start(50.0, PUSH) == pytest.approx(50.01 - LATE)


def test_no_more_are_in_flight_than_declared() -> None:
    slots = Slots(Pace(per_second=1000, slots=2))
    assert [slots.start(0.0, REPLY), slots.start(0.0, REPLY), slots.start(0.0, REPLY)] == [0.0, 0.0, inf]


def test_less_than_one_message_a_second() -> None:
    slots = Slots(Pace(per_second=0.5))
    assert slots.start(0.0, REPLY) == 0.0
    slots.answered(0.1)
    assert slots.start(0.2, REPLY) == pytest.approx(2.1)


def test_what_was_not_sent_leaves_its_slot_at_once() -> None:
    slots = Slots(Pace(per_second=1))
    slots.start(0.0, REPLY)
    slots.unused()
    assert slots.start(0.0, REPLY) == 0.0


def test_half_the_rate_after_a_429_and_all_of_it_after_fifty_seconds() -> None:
    slots = Slots(STRICT)
    slots.slow_down(100.0)
    slots.slow_down(100.5)  # the same, told to another request in flight
    assert [slots.rate(moment) for moment in (100.0, 110.0, 150.0, 900.0)] == [15.0, pytest.approx(18.0), 30.0, 30.0]
    slots.slow_down(901.0)
    slots.slow_down(902.0)
    assert slots.rate(902.0) == pytest.approx(30 * 0.51 / 2)


def test_a_slowed_account_has_fewer_slots() -> None:
    slots = Slots(STRICT)
    slots.slow_down(0.0)
    assert sum(slots.start(0.0, REPLY) == 0.0 for _ in range(30)) == 15
    unlimited = Slots(Pace(slots=30))
    unlimited.slow_down(0.0)
    assert sum(unlimited.start(0.0, REPLY) == 0.0 for _ in range(30)) == 15
    assert unlimited.rate(0.0) is None


def test_slots_that_are_counted_when_it_slows_down_come_free_before_any_starts() -> None:
    slots = Slots(Pace(per_second=4))
    for moment in (0.0, 0.1, 0.2, 0.3):
        assert slots.start(moment, REPLY) == moment
        slots.answered(moment)
    slots.slow_down(0.4)
    assert slots.start(0.4, REPLY) == pytest.approx(1.2)


def test_a_rate_that_was_halved_often_still_moves() -> None:
    slots = Slots(STRICT)
    for moment in range(100):
        slots.slow_down(float(moment))
    assert slots.rate(99.0) == pytest.approx(30 * FLOOR)


def test_the_latest_stop_counts_for_all() -> None:
    slots = Slots(Pace())
    slots.stop_until(9.0)
    slots.stop_until(4.0)
    assert [slots.start(1.0, PUSH), slots.start(1.0, REPLY), slots.start(9.0, PUSH)] == [9.0, 9.0, 9.0]


# --- a strict server ---


class StrictServer:
    """Remembers when each request arrived.

    Between a delay on the way there and one on the way back.
    """

    def __init__(self, loop: LeapingLoop, chance: random.Random, longest: float) -> None:
        self.arrivals: list[float] = []
        self._loop = loop
        self._chance, self._longest = chance, longest

    async def answer(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.0, self._longest))
        self.arrivals.append(self._loop.time())
        await asyncio.sleep(self._chance.uniform(0.0, self._longest))

    def fullest(self) -> int:
        """Return the most requests in one second, both ends of it apart."""
        moments = sorted(self.arrivals)
        first = fullest = 0
        for last, moment in enumerate(moments):
            while moment - moments[first] >= 1.0 - 1e-9:
                first += 1
            fullest = max(fullest, last - first + 1)
        return fullest


async def talk(
    loop: LeapingLoop, longest: float, replies: list[float], pushes: int = 900
) -> tuple[StrictServer, float]:
    """Push and reply through one pacer.

    Return what the server saw, and the 95th percentile of a reply's waiting.
    """
    pacer, server = Pacer(STRICT, time=loop.time), StrictServer(loop, chance_of(7), longest)
    waited: list[float] = []

    async def push() -> None:
        async with pacer.push():
            await server.answer()

    async def reply(moment: float) -> None:
        await asyncio.sleep(moment)
        async with pacer.reply():
            waited.append(loop.time() - moment)
            await server.answer()

    await asyncio.gather(*(push() for _ in range(pushes)), *map(reply, replies))
    return server, sorted(waited)[int(0.95 * len(waited))]


@settings(max_examples=12)
@given(
    longest=st.floats(0.0, 0.04),
    replies=st.lists(st.floats(0.0, 31.0), min_size=60, max_size=60),
)
@example(longest=0.0, replies=[0.0] * 60)
@example(longest=0.04, replies=[10.0] * 60)
def test_no_second_ever_holds_more_than_thirty(longest: float, replies: list[float]) -> None:
    server, _ = leap(lambda loop: talk(loop, longest, replies))
    assert len(server.arrivals) == 960
    assert server.fullest() <= 30


def test_nothing_is_wasted_and_replies_hardly_wait() -> None:
    replies = [0.5 + 0.5 * number for number in range(60)]

    async def main(loop: LeapingLoop) -> tuple[float, float]:
        _, waited = await talk(loop, 0.0, replies)
        return loop.time(), waited

    elapsed, waited = leap(main)
    assert elapsed <= 1.01 * 960 / 30
    assert waited <= 0.1


# --- the pacer ---


async def in_turn(
    name: str, turn: AbstractAsyncContextManager[None], begun: list[str], stay: asyncio.Event | None = None
) -> None:
    async with turn:
        begun.append(name)
        if stay is not None:
            await stay.wait()


def test_replies_go_before_pushes_and_each_in_the_order_it_came() -> None:
    async def main(loop: LeapingLoop) -> list[str]:
        pacer, begun, stay = Pacer(Pace(slots=1), time=loop.time), list[str](), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(in_turn("first", pacer.push(), begun, stay))
            await settle()
            for name in ("p1", "p2", "p3"):
                group.create_task(in_turn(name, pacer.push(), begun))
            for name in ("r1", "r2"):
                group.create_task(in_turn(name, pacer.reply(), begun))
            await settle()
            stay.set()
        return begun

    assert leap(main) == ["first", "r1", "r2", "p1", "p2", "p3"]


def test_a_reply_passes_a_push_that_waits_for_its_spacing() -> None:
    async def main(loop: LeapingLoop) -> tuple[list[str], float]:
        pacer, begun = Pacer(Pace(per_second=2), time=loop.time), list[str]()
        async with asyncio.TaskGroup() as group:
            for name in ("p1", "p2"):
                group.create_task(in_turn(name, pacer.push(), begun))
            await settle()
            group.create_task(in_turn("r", pacer.reply(), begun))
        return begun, loop.time()

    begun, elapsed = leap(main)
    assert begun == ["p1", "r", "p2"]
    assert elapsed == pytest.approx(1.0)


def test_a_flood_of_replies_leaves_pushes_half_of_the_rate() -> None:
    async def main(loop: LeapingLoop) -> tuple[int, int]:
        pacer, begun = Pacer(STRICT, time=loop.time), list[str]()
        async with asyncio.TaskGroup() as group:
            for name in ["push"] * 150 + ["reply"] * 400:
                turn = pacer.push() if name == "push" else pacer.reply()
                group.create_task(in_turn(name, turn, begun))
        last = len(begun) - begun[::-1].index("push")
        return begun[:last].count("reply"), len(begun)

    beside, all_of_them = leap(main)
    assert 130 <= beside <= 180, "as many replies as pushes, while there are pushes"
    assert all_of_them == 550


def test_who_was_longest_without_a_reply_goes_first() -> None:
    async def main(loop: LeapingLoop) -> list[str]:
        pacer, begun, stay = Pacer(Pace(slots=1), time=loop.time), list[str](), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(in_turn("first of many", pacer.reply("many"), begun, stay))
            await settle()
            for number in range(3):
                group.create_task(in_turn(f"many {number}", pacer.reply("many"), begun))
            group.create_task(in_turn("once", pacer.reply("once"), begun))
            await settle()
            stay.set()
        return begun

    assert leap(main) == ["first of many", "once", "many 0", "many 1", "many 2"]


def test_a_failed_send_gives_its_slot_back() -> None:
    async def main(loop: LeapingLoop) -> None:
        pacer = Pacer(Pace(slots=1), time=loop.time)
        for _ in range(3):
            with pytest.raises(OSError, match="gone"):
                async with pacer.push():
                    raise OSError("gone")

    leap(main)


def test_a_stopped_account_goes_on_when_told() -> None:
    async def main(loop: LeapingLoop) -> tuple[list[str], float]:
        pacer, begun = Pacer(Pace(), time=loop.time), list[str]()
        pacer.stop_until(60.0)
        async with asyncio.TaskGroup() as group:
            group.create_task(in_turn("push", pacer.push(), begun))
            group.create_task(in_turn("reply", pacer.reply(), begun))
            await asyncio.sleep(59.0)
            assert not begun
            pacer.stop_until(90.0)
        return begun, loop.time()

    begun, elapsed = leap(main)
    assert begun == ["reply", "push"]
    assert elapsed == pytest.approx(90.0)


def test_slowing_down_shows_in_the_rate() -> None:
    now = [0.0]
    pacer = Pacer(STRICT, time=lambda: now[0])
    pacer.slow_down()
    assert pacer.rate == 15.0
    now[0] = 60.0
    assert pacer.rate == 30.0
    assert Pacer(Pace()).rate is None


def test_who_is_cancelled_while_waiting_keeps_nothing() -> None:
    async def main(loop: LeapingLoop) -> list[str]:
        pacer, begun, stay = Pacer(Pace(slots=1), time=loop.time), list[str](), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(in_turn("first", pacer.push(), begun, stay))
            await settle()
            waiting = [group.create_task(in_turn(f"r{n}", pacer.reply(), begun)) for n in range(3)]
            group.create_task(in_turn("last", pacer.push(), begun))
            await settle()
            for task in waiting:
                task.cancel()
            stay.set()
        assert not pacer._replies
        assert not pacer._pushes
        return begun

    assert leap(main) == ["first", "last"]


def test_who_is_cancelled_behind_others_is_forgotten_at_once() -> None:
    async def main(loop: LeapingLoop) -> None:
        pacer = Pacer(Pace(), time=loop.time)
        pacer.stop_until(3600.0)
        tasks = [asyncio.create_task(in_turn("x", pacer.push(), [])) for _ in range(3)]
        await settle()
        tasks[1].cancel()
        await settle()
        assert len(pacer._pushes) == 2
        await asyncio.wait((tasks[0], tasks[2]))

    leap(main)


def test_who_comes_when_a_slot_is_free_but_the_timer_late_does_not_push_in() -> None:
    async def main(_: LeapingLoop) -> list[str]:
        now, begun = [0.0], list[str]()
        pacer = Pacer(Pace(per_second=1), time=lambda: now[0])
        await in_turn("first", pacer.push(), begun)
        second = asyncio.create_task(in_turn("second", pacer.push(), begun))
        await settle()
        now[0] = 1.0
        third = asyncio.create_task(in_turn("third", pacer.push(), begun))
        await settle()
        came = begun.copy()
        second.cancel()
        third.cancel()
        return came

    assert leap(main) == ["first", "second"]


def test_who_is_cancelled_just_when_the_turn_came_passes_it_on() -> None:
    async def main(loop: LeapingLoop) -> list[str]:
        pacer, begun = Pacer(Pace(slots=1), time=loop.time), list[str]()
        async with asyncio.TaskGroup() as group:
            async with pacer.push():
                unlucky = group.create_task(in_turn("unlucky", pacer.push(), begun))
                group.create_task(in_turn("next", pacer.push(), begun))
                await settle()
            unlucky.cancel()  # its turn is given, and it has not run since
        return begun

    assert leap(main) == ["next"]


def test_who_is_cancelled_in_flight_leaves_the_slot_as_after_an_answer() -> None:
    async def main(loop: LeapingLoop) -> float:
        pacer, never = Pacer(Pace(per_second=1), time=loop.time), asyncio.Event()
        task = asyncio.create_task(in_turn("x", pacer.reply(), [], never))
        await settle()
        task.cancel()
        async with pacer.reply():
            return loop.time()

    assert leap(main) == pytest.approx(1.0)


def test_no_timer_is_left_when_nobody_waits() -> None:
    async def main(loop: LeapingLoop) -> None:
        pacer = Pacer(Pace(per_second=1), time=loop.time)
        async with pacer.push():
            pass
        task = asyncio.create_task(in_turn("x", pacer.push(), []))
        await settle()
        assert pacer._alarm is not None
        task.cancel()
        await settle()
        assert pacer._alarm is None

    leap(main)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), slots=st.integers(1, 3), limit=st.sampled_from([None, 2.0, 5.0]))
def test_no_cancellation_leaks_a_slot(seed: int, slots: int, limit: float | None) -> None:
    async def main(loop: LeapingLoop) -> None:
        chance, pacer = chance_of(seed), Pacer(Pace(limit, slots), time=loop.time)

        async def send() -> None:
            await asyncio.sleep(chance.random())
            async with chance.choice((pacer.push, pacer.reply))():
                await asyncio.sleep(chance.choice((0.0, 0.1)))

        async def spoil(task: asyncio.Task[None]) -> None:
            await asyncio.sleep(chance.random() * 2)
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
            task.cancel()

        tasks = [asyncio.create_task(send()) for _ in range(20)]
        await asyncio.gather(*map(spoil, chance.sample(tasks, 12)))
        await asyncio.gather(*tasks, return_exceptions=True)
        assert pacer._slots._flying == 0
        assert not pacer._replies
        assert not pacer._pushes
        assert pacer._alarm is None

    leap(main)
