"""Whom a 429 means, and when a chat's turn comes."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.throttle import REFUSED, SEEN, ChatTurns, Throttle, Wait
from bot.ports.platform import Pace, Scope

CHAT: Final = Scope.CHAT
ACCOUNT: Final = Scope.ACCOUNT
UNSAID: Final = Scope.UNSAID
PERSON, GROUP = False, True


def busy(*chats: int, now: float = 99.0) -> Throttle:
    """Return a throttle that knows these chats as just sent to."""
    throttle = Throttle()
    for chat_id in chats:
        throttle.sent(chat_id, now)
    return throttle


@pytest.mark.parametrize("scope", [CHAT, ACCOUNT])
def test_what_the_platform_says_is_believed(scope: Literal[Scope.CHAT, Scope.ACCOUNT]) -> None:
    assert busy(1).refused(scope, 1, 7.0, 100.0) == Wait(scope, 107.0)


def test_a_busy_chat_that_is_refused_waits_alone() -> None:
    throttle = busy(1)
    assert throttle.refused(UNSAID, 1, 7.0, 100.0) == Wait(CHAT, 107.0)
    assert throttle.refused(UNSAID, 1, 3.0, 101.0) == Wait(CHAT, 104.0)


def test_two_chats_at_once_mean_the_account_until_the_longest_wait() -> None:
    throttle = busy(1, 2)
    throttle.refused(UNSAID, 1, 30.0, 100.0)
    assert throttle.refused(UNSAID, 2, 5.0, 101.5) == Wait(ACCOUNT, 130.0)


def test_two_chats_with_time_between_wait_each_alone() -> None:
    throttle = busy(1, 2, now=100.0)
    throttle.refused(UNSAID, 1, 30.0, 100.0)
    assert throttle.refused(UNSAID, 2, 5.0, 102.5) == Wait(CHAT, 107.5)


@pytest.mark.parametrize(("last", "scope"), [(97.0, CHAT), (96.9, ACCOUNT), (None, ACCOUNT)])
def test_a_chat_that_got_nothing_lately_is_not_what_is_meant(
    last: float | None, scope: Literal[Scope.CHAT, Scope.ACCOUNT]
) -> None:
    throttle = Throttle()
    if last is not None:
        throttle.sent(1, last)
    assert throttle.refused(UNSAID, 1, 7.0, 100.0) == Wait(scope, 107.0)


def test_a_shorter_wait_never_shortens_the_accounts() -> None:
    throttle = Throttle()
    throttle.refused(ACCOUNT, 1, 60.0, 100.0)
    assert throttle.refused(UNSAID, 2, 1.0, 110.0) == Wait(ACCOUNT, 160.0)
    assert throttle.refused(ACCOUNT, 2, -5.0, 200.0) == Wait(ACCOUNT, 200.0)


def test_what_is_remembered_is_bounded() -> None:
    throttle = busy(*range(SEEN + 100))
    for chat_id in range(REFUSED + 100):
        throttle.refused(UNSAID, chat_id, 1.0, 100.0)
    assert len(throttle._sent) == SEEN
    assert len(throttle._refused) == REFUSED
    throttle.sent(1, 200.0)
    assert len(throttle._sent) == 1


def test_a_chat_has_a_gap_between_two_messages() -> None:
    turns = ChatTurns(Pace(chat_gap=1.0))
    assert turns.free_at(1, PERSON, 5.0) == 5.0
    turns.took(1, PERSON, 5.0)
    assert [turns.free_at(1, PERSON, 5.2), turns.free_at(2, PERSON, 5.2), turns.free_at(1, PERSON, 9.0)] == [
        6.0,
        5.2,
        9.0,
    ]


def test_a_group_takes_so_many_a_minute() -> None:
    turns = ChatTurns(Pace(group_per_minute=3))
    for moment in (0.0, 10.0, 20.0):
        assert turns.free_at(1, GROUP, moment) == moment
        turns.took(1, GROUP, moment)
    assert [turns.free_at(1, GROUP, 20.0), turns.free_at(1, GROUP, 60.0), turns.free_at(2, GROUP, 20.0)] == [60, 60, 20]
    turns.took(1, GROUP, 60.0)
    assert turns.free_at(1, GROUP, 60.0) == 70.0


def test_of_a_groups_minute_answers_leave_a_quarter_to_the_news() -> None:
    turns = ChatTurns(Pace(group_per_minute=4))
    for _ in range(3):
        turns.took(1, GROUP, 0.0, answer=True)
    assert [turns.free_at(1, GROUP, 5.0, answer=True), turns.free_at(1, GROUP, 5.0)] == [60.0, 5.0]
    turns.took(1, GROUP, 5.0)
    assert turns.free_at(1, GROUP, 5.0) == 60.0


def test_a_change_keeps_no_distance_but_counts_in_a_group() -> None:
    turns = ChatTurns(Pace(chat_gap=1.0, group_per_minute=2))
    turns.took(1, GROUP, 0.0)
    assert [turns.free_at(1, GROUP, 0.1, change=True), turns.free_at(1, GROUP, 0.1)] == [0.1, 1.0]
    turns.took(1, GROUP, 0.1, change=True)
    assert turns.free_at(1, GROUP, 0.2, change=True) == 60.0


def test_a_chat_that_the_platform_holds_takes_nothing_until_then() -> None:
    turns = ChatTurns(Pace())
    turns.hold(1, 30.0, 0.0)
    turns.hold(1, 20.0, 0.0)
    assert [turns.free_at(1, PERSON, 5.0, change=True), turns.free_at(2, PERSON, 5.0)] == [30.0, 5.0]
    turns.hold(2, 50.0, 40.0)
    assert list(turns._held) == [2]


def test_without_limits_nothing_waits_and_nothing_is_remembered() -> None:
    turns = ChatTurns(Pace())
    for chat_id in (1, 1, 2):
        turns.took(chat_id, GROUP, 0.0)
    assert turns.free_at(1, GROUP, 0.0) == 0.0
    assert not turns._last
    assert not turns._groups


def test_turns_that_are_past_are_forgotten() -> None:
    turns = ChatTurns(Pace(chat_gap=1.0, group_per_minute=20))
    for chat_id in range(5000):
        turns.took(chat_id, GROUP, chat_id / 30)
    assert len(turns._last) <= 31
    assert len(turns._groups) <= 30 * 60 + 1


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0.0, 30.0)), max_size=60))
def test_who_waits_for_its_turn_keeps_every_limit(asked: list[tuple[int, float]]) -> None:
    turns, now, taken = ChatTurns(Pace(chat_gap=1.0, group_per_minute=4)), 0.0, dict[int, list[float]]()
    for chat_id, pause in asked:
        now = turns.free_at(chat_id, GROUP, now + pause)
        turns.took(chat_id, GROUP, now)
        taken.setdefault(chat_id, []).append(now)
    for moments in taken.values():
        assert all(after - before >= 1.0 - 1e-9 for before, after in pairwise(moments))
        assert all(after - before >= 60.0 - 1e-9 for before, after in zip(moments, moments[4:], strict=False))
