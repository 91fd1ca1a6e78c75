"""Who asks too much waits, and is told so once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import admission
from handlers.admission import ADDED, ALONE, PRESSED, TAPPED, TYPED, WRITTEN, Admission, Allowance, Slower


class Ticks:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("allowance", "most"), [(ALONE, 10), (TAPPED, 20), (WRITTEN, 3), (PRESSED, 6), (TYPED, 20), (ADDED, 5)], ids=str
)
def test_each_has_so_much_at_once(allowance: Allowance, most: int) -> None:
    admitted = Admission(ticks=Ticks())
    answers = [admitted.ask("a", allowance) for _ in range(most + 3)]
    assert answers[:most] == [None] * most
    assert [slower.told for slower in answers[most:] if slower] == [False, True, True]
    assert admitted.ask("b", allowance) is None


def test_who_waits_as_long_as_was_said_is_admitted_again() -> None:
    ticks = Ticks()
    admitted = Admission(ticks=ticks)
    while (slower := admitted.ask("a", ALONE)) is None:
        pass
    assert slower == Slower(10, told=False)
    ticks.now += slower.seconds - 1
    assert admitted.ask("a", ALONE) == Slower(1, told=True)
    ticks.now += 1
    assert admitted.ask("a", ALONE) is None


def test_what_is_written_and_pressed_among_others_is_one_allowance() -> None:
    admitted = Admission(ticks=Ticks())
    assert [admitted.ask("a", one) for one in (WRITTEN, WRITTEN, PRESSED, PRESSED)] == [None] * 4
    assert admitted.ask("a", PRESSED) is not None
    assert admitted.ask("a", ALONE) is None


def test_an_operator_may_allow_more() -> None:
    admitted = Admission(60, ticks=Ticks())
    assert [admitted.ask("a", ALONE) for _ in range(20)] == [None] * 20


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "PEOPLE", 100)
    admitted = Admission(ticks=Ticks())
    for number in range(300):
        admitted.ask(str(number), ALONE)
    assert len(admitted._purses) == 100


@given(st.lists(st.floats(0.0, 20.0), min_size=1, max_size=200))
def test_no_flood_gets_more_than_its_rate(pauses: list[float]) -> None:
    ticks, moments = Ticks(), list[float]()
    admitted = Admission(ticks=ticks)
    for pause in pauses:
        ticks.now += pause
        if admitted.ask("a", ALONE) is None:
            moments.append(ticks.now)
    for first in range(len(moments)):
        for last in range(first, len(moments)):
            assert last - first + 1 <= ALONE.most + (moments[last] - moments[first]) * ALONE.regained + 1e-6
    assert all(before <= after for before, after in pairwise(moments))
