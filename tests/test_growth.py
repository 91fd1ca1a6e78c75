"""No function of a source's or a reader's text does more than a text of that length can ask for."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any

import pytest

from bot.articles import topics
from bot.articles.text import attribution, boilerplate, clean, headline, labels, sizes, views
from bot.bangla import words
from bot.running import logs
from bot.search.grammar import words as asked_words
from bot.sources.kinds import feed, text
from handlers.platforms.discord import markdown
from handlers.platforms.telegram import answers
from tests.growth.steps import TooManyError, Walker
from tests.growth.walk import arguments, functions
from tests.growth.work import work

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

SHAPES = ("ক", "ক ", "ড. ", "“ক ", "১. ", "\n", " ", "ত্\u200d", "[ক](", "<a ", "ক, ", "# ", "সূত্র: ", "\u0301", "a-", "0:1 ")
SMALL, LARGE = 1_000, 4_000
FAINT = 20_000
"""What is done whatever the length: less than this says nothing about growth."""
MOST = 1.2
PATTERNS = {
    "tags": clean._TAG_SEPARATORS,
    "wire": attribution._SEPARATORS,
    "excerpt": boilerplate._EXCERPT,
    "edition": headline._EDITION,
    "bullet": labels._BULLET,
    "views": views._BULLET,
    "levels": topics._LEVELS,
    "signs": sizes._MANY_SIGNS,
    "quoted": words._QUOTED,
    "asked": asked_words._QUOTED,
    "picture": feed._IMAGE,
    "doctype": feed._DOCTYPE,
    "entity": feed._ENTITY,
    "reference": feed._REFERENCE,
    "link": text._PICTURE,
    "markup": markdown._AT_START,
    "secret": logs._SECRET,
    "token": answers._TOKEN,
}
UNITS = (" ", "\n", "ক", "1", "a-", ".", "...", "“", "[", "<img ", "<img src ", "<!DOCTYPE [", "<!ENTITY ", "]", "&#1", "|", "#", "://")
NAMES = [name for name, function in functions() if arguments(function, "ক") is not None]
FUNCTIONS = dict(functions())


def _exponent(small: int, large: int, times: float) -> float:
    return math.log(large / small, times)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_grows_linearly(name: str) -> None:
    for unit in UNITS:
        small, large = (_steps(PATTERNS[name], unit, size) for size in (64, 256))
        assert large < 256 * 12 or _exponent(small, large, 4) < MOST, unit


def _steps(pattern: re.Pattern[str], unit: str, size: int) -> int:
    walker = Walker(pattern, unit * (size // len(unit)), size * size)
    try:
        walker.scan()
    except TooManyError:
        return size * size
    return walker.steps


@pytest.mark.parametrize("name", NAMES)
def test_a_function_grows_linearly(name: str) -> None:
    for shape in SHAPES:
        _run(FUNCTIONS[name], shape, SMALL)  # reads tables, fills caches
        large = _run(FUNCTIONS[name], shape, LARGE)
        if large > FAINT:
            small = _run(FUNCTIONS[name], shape + "খ", SMALL)
            assert _exponent(small, _run(FUNCTIONS[name], shape + "গ", LARGE), LARGE / SMALL) < MOST, shape


def _run(function: Callable[..., Any], shape: str, size: int) -> int:
    filled = arguments(function, (shape * size)[:size])
    assert filled is not None
    positional, named = filled

    def do() -> None:
        found = function(*positional, **named)
        if isinstance(found, Generator | map | filter):
            for _ in found:
                pass

    return max(1, work(do, 3_000_000))
