"""The breaker.

False news of gone chats is believed in the end by nobody, true news by all.
"""

from __future__ import annotations

import random
from collections import deque
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.breaker import ENOUGH, PROBE_EVERY, PROBE_LOST, SUSPECTS, WINDOW, Breaker, SendAnswer, Trip, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ARRIVED, GONE, DOUBTFUL, OTHER = SendAnswer.ARRIVED, SendAnswer.GONE, SendAnswer.DOUBTFUL, SendAnswer.OTHER


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same chance every time


def tell(breaker: Breaker, answers: Iterable[SendAnswer], first: int = 0) -> Verdict:
    for chat_id, answer in enumerate(answers, first):
        verdict = breaker.record(answer, chat_id, 0.0)
    return verdict


def opened(chats: int = 6) -> Breaker:
    """Return a breaker that opened at 0.

    The first chats are said to be gone.
    """
    breaker = Breaker()
    tell(breaker, [GONE] * chats + [ARRIVED] * (ENOUGH - chats))
    assert breaker.open
    return breaker


def probe(breaker: Breaker, answer: SendAnswer, chat_id: int, now: float) -> Verdict:
    assert breaker.may_send(chat_id, now)
    return breaker.record(answer, chat_id, now)


def test_ten_sends_with_two_blocked_are_nothing() -> None:
    breaker = Breaker()
    verdict = tell(breaker, [ARRIVED] * 8 + [GONE] * 2)
    assert verdict == Verdict(counts=True)
    assert not breaker.open
    assert breaker.may_send(1, 0.0)
    assert not breaker.may_probe(0.0)


@pytest.mark.parametrize(
    ("bad", "answer", "opens"), [(20, GONE, False), (21, GONE, True), (40, DOUBTFUL, False), (41, DOUBTFUL, True)]
)
def test_of_the_last_two_hundred(bad: int, answer: SendAnswer, *, opens: bool) -> None:
    breaker = Breaker()
    tell(breaker, [OTHER] * 1000 + [ARRIVED] * (WINDOW - 41))
    tell(breaker, [answer] * bad, first=5000)
    assert breaker.open is opens


def test_what_slid_out_of_the_window_is_forgotten() -> None:
    breaker = Breaker()
    for _ in range(20):
        tell(breaker, [GONE] * 5 + [ARRIVED] * 195)
        assert not breaker.open


def test_at_the_moment_it_opens_it_names_who_is_to_be_marked_back() -> None:
    breaker = Breaker()
    tell(breaker, [GONE, GONE, *[ARRIVED] * 47, GONE, GONE])
    verdict = tell(breaker, [GONE, GONE], first=100)
    assert verdict == Verdict(counts=False, trip=Trip((0, 1, 49, 50, 100, 101), gone=True))


def test_doubts_open_it_too_and_mark_back_the_few_gone() -> None:
    breaker = Breaker()
    verdict = tell(breaker, [GONE, *[ARRIVED] * 38, *[DOUBTFUL] * 11])
    assert verdict == Verdict(counts=False, trip=Trip((0,), gone=False))


def test_while_open_no_chat_is_gone_and_no_doubt_counts() -> None:
    breaker = opened()
    verdicts = [breaker.record(answer, 7, 0.0).counts for answer in SendAnswer]
    assert dict(zip(SendAnswer, verdicts, strict=True)) == {ARRIVED: True, GONE: False, DOUBTFUL: False, OTHER: True}
    assert breaker.open


def test_it_probes_one_at_a_time_and_not_too_often() -> None:
    breaker = opened()
    assert not breaker.may_send(1, PROBE_EVERY - 1)
    assert breaker.may_probe(PROBE_EVERY)
    assert breaker.may_send(1, PROBE_EVERY)
    assert not breaker.may_send(2, 2 * PROBE_EVERY)  # the first has no answer yet
    breaker.record(GONE, 1, 2 * PROBE_EVERY)
    assert breaker.may_send(2, 2 * PROBE_EVERY)


def test_a_probe_that_never_gets_an_answer_does_not_stop_probing() -> None:
    breaker = opened()
    assert breaker.may_send(1, PROBE_EVERY)
    assert not breaker.may_probe(PROBE_EVERY + PROBE_LOST - 1)
    assert breaker.may_probe(PROBE_EVERY + PROBE_LOST)


def test_three_probes_in_a_row_close_it_with_an_empty_window() -> None:
    breaker = opened()
    for step, answer in enumerate([ARRIVED, ARRIVED, GONE, ARRIVED, OTHER, ARRIVED, DOUBTFUL], 1):
        probe(breaker, answer, 100 + step, step * PROBE_EVERY)
        assert breaker.open
    for step in (8, 9, 10):
        probe(breaker, ARRIVED, 200, step * PROBE_EVERY)
    assert not breaker.open
    tell(breaker, [GONE] * (ENOUGH - 1), first=1000)
    assert not breaker.open


def test_answers_that_were_still_in_flight_are_no_probes() -> None:
    breaker = opened()
    assert tell(breaker, [ARRIVED] * 29, first=300).counts
    assert breaker.open


def close(breaker: Breaker) -> None:
    for step in (1, 2, 3):
        probe(breaker, ARRIVED, 999, step * PROBE_EVERY)
    assert not breaker.open


def test_a_suspect_is_believed_the_second_time_and_not_counted() -> None:
    breaker = opened(20)
    close(breaker)
    for chat_id in range(5):
        assert breaker.record(GONE, chat_id, 200.0) == Verdict(counts=True)
    tell(breaker, [ARRIVED] * 45 + [GONE] * 5, first=1000)
    assert not breaker.open


def test_a_suspect_that_got_a_message_is_none_any_more() -> None:
    breaker = opened(6)
    close(breaker)
    tell(breaker, [ARRIVED] * 44)
    assert tell(breaker, [GONE] * 6).trip == Trip(tuple(range(6)), gone=True)


def test_it_remembers_a_bounded_number() -> None:
    breaker = opened()
    tell(breaker, [GONE] * (SUSPECTS + 50), first=1000)
    assert len(breaker._suspects) == SUSPECTS
    assert len(breaker._window) <= WINDOW


# --- a bot and its chats ---


class Bot:
    """Sends articles to its chats as the sender does.

    The platform answers as ``answer`` says.
    """

    def __init__(self, chats: int, answer: Callable[[int, float], SendAnswer]) -> None:
        self.breaker = Breaker()
        self.marked: set[int] = set()
        self.now = 0.0
        self._chats = range(chats)
        self._answer = answer

    def article(self, until: float = 3600.0) -> None:
        """Send one message to each chat that is not marked.

        Until all have it or ``until`` seconds went by.
        """
        queue = deque(chat_id for chat_id in self._chats if chat_id not in self.marked)
        end = self.now + until
        while queue and self.now < end:
            if self.breaker.may_send(queue[0], self.now):
                self._send(queue.popleft(), queue)
                self.now += 1 / 30
            else:
                self.now += 1

    def _send(self, chat_id: int, queue: deque[int]) -> None:
        answer = self._answer(chat_id, self.now)
        verdict = self.breaker.record(answer, chat_id, self.now)
        if verdict.trip:
            self.marked.difference_update(verdict.trip.chats)
            queue.extend(back for back in verdict.trip.chats if back != chat_id)
        if answer is GONE and verdict.counts:
            self.marked.add(chat_id)
        elif not verdict.counts:
            queue.append(chat_id)


@settings(max_examples=10)
@given(part=st.sampled_from([0.05, 0.15, 0.5]), seed=st.integers(0, 1000))
def test_chats_that_are_truly_gone_are_all_marked_in_the_end(part: float, seed: int) -> None:
    gone = set(chance_of(seed).sample(range(1000), int(1000 * part)))
    bot = Bot(1000, lambda chat_id, _: GONE if chat_id in gone else ARRIVED)
    for _ in range(20):  # the last of an article's chats may all be gone, and then no probe arrives
        bot.article()
    assert bot.marked == gone
    assert not bot.breaker.open
    before = bot.now
    bot.article()
    assert bot.now - before <= 1000 / 30 + 1


@settings(max_examples=10)
@given(chats=st.integers(60, 3000), begin=st.floats(0.0, 40.0), part=st.sampled_from([0.3, 0.6, 1.0]))
def test_a_minute_of_false_answers_costs_no_reader(chats: int, begin: float, part: float) -> None:
    chance = chance_of(chats)

    def answer(_: int, now: float) -> SendAnswer:
        return GONE if begin <= now < begin + 60 and chance.random() < part else ARRIVED

    bot = Bot(chats, answer)
    for _ in range(2 + int(100 * 30 / chats)):
        bot.article()
    assert bot.marked == set()
    assert not bot.breaker.open


def test_a_minute_of_false_answers_beside_chats_that_are_truly_gone() -> None:
    gone = set(range(0, 2000, 20))

    def answer(chat_id: int, now: float) -> SendAnswer:
        return GONE if chat_id in gone or 10 <= now < 70 else ARRIVED

    bot = Bot(2000, answer)
    for _ in range(4):
        bot.article()
    assert bot.marked == gone
