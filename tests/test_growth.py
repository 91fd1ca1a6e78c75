"""No function of a source's or a reader's text outgrows it.

Work is counted, not timed: calls, what C works through, and the steps of every pattern.
"""

from __future__ import annotations

import math
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.growth.calls import OTHERS, calls
from tests.growth.patterns import BOUNDED, MATCHED, patterns
from tests.growth.steps import TooManyError, Walker
from tests.growth.work import cost, counted, functions

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from tests.growth.work import Work

MOST = 1.2
TIMES = 4
PARTS = 8
"""Parts in which the lists are walked, side by side."""
UNITS = (" ", "\n", "ক", "ক্", "1", "a-", ".", "“", "[", "<img ", "<!ENTITY ", "&#1", "|", "#", "://")
SHAPES = (" ", "\n", "ক", "ড. ", "ড. মো. ", "১. ", "ত্\u200d", "“", "<b>", 'a="b" ', "zxqv ", "|", "‘ক’ ")
"""Spaces, line breaks, one long word, abbreviations, numbers, joiners, unmatched marks, tags, attributes, nonsense."""
SIZES = (64, 256, 1024, 4096)
"""A text that begins to be cut or looked at costs a jump; what goes on growing after the last of these fails."""


def _text(unit: str, size: int) -> str:
    return unit * (size // len(unit) + 1)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_takes_more_steps_than_its_text_asks_for(part: int) -> None:
    listed = [(name, found) for name, found in patterns().items() if name.partition("[")[0] not in BOUNDED]
    assert len(listed) > 200
    grown = [(name, unit) for name, (one, way) in listed[part::PARTS] for unit in UNITS if _outgrows(one, way, unit)]
    assert not grown


def _outgrows(pattern: re.Pattern[str], way: str, unit: str) -> bool:
    large = _text(unit, 32 * TIMES)
    if not _steps(pattern, way, large, 12 * len(large))[1]:
        return False
    small, _ = _steps(pattern, way, _text(unit, 32), sys.maxsize)
    return _steps(pattern, way, large, int(small * TIMES**MOST))[1]


def _steps(pattern: re.Pattern[str], way: str, text: str, most: int) -> tuple[int, bool]:
    walker = Walker(pattern, text, most)
    try:
        walker.scan() if way == "scan" else walker.match()
    except TooManyError:
        return most, True
    return walker.steps, False


@pytest.fixture(autouse=True)
def _depth() -> Iterator[None]:
    """Let the walker go deep: a repeated group needs it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(before)


@cache
def _listed() -> tuple[dict[str, Callable[[str], object]], list[str]]:
    return calls()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_function_works_more_than_its_text_asks_for(part: int) -> None:
    found, _ = _listed()
    assert len(found) > 200
    with counted() as work:
        grown = [(name, unit) for name in sorted(found)[part::PARTS] for unit in _growing(work, found[name])]
    assert not grown


def _growing(work: Work, call: Callable[[str], object]) -> list[str]:
    cost(work, call, "নদী ক")  # reads the tables, once
    return [unit for unit in SHAPES if _grows(work, call, unit)]


def _grows(work: Work, call: Callable[[str], object], unit: str) -> bool:
    before = cost(work, call, _text(unit, SIZES[0]))
    for size in SIZES[1:]:
        after = cost(work, call, _text(unit, size))
        if after < 3 * size or math.log(after / max(1, before), SIZES[1] / SIZES[0]) < MOST:
            return False
        before = after
    return True


def test_every_function_of_a_text_is_asked_or_says_why_not() -> None:
    assert _listed()[1] == [], "give its types in tests/growth/calls.py, or say why no text makes it work"
    known = {name.partition("[")[0] for name in patterns()}
    assert set(OTHERS) <= functions().keys()
    assert set(BOUNDED) | set(MATCHED) <= known


def test_what_grows_is_found() -> None:
    with counted() as work:
        assert _growing(work, lambda text: [text.replace(sign, "") for sign in text])
        assert not _growing(work, lambda text: [sign.upper() for sign in text])
