"""No pattern's steps outgrow the length of its text.

The texts are a source's or a reader's.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

import pytest

from bot.articles import topics
from bot.articles.text import attribution, boilerplate, clean, headline, labels, sizes, views
from bot.bangla import bijoy, words
from bot.running import logs
from bot.search.grammar import words as asked_words
from bot.sources.kinds import feed, text
from handlers.platforms.discord import markdown
from handlers.platforms.telegram import answers
from tests.growth.steps import TooManyError, Walker

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

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
    "before": bijoy._BEFORE,
    "behind": bijoy._BEHIND,
    "quoted": words._QUOTED,
    "asked": asked_words._QUOTED,
    "doctype": feed._DOCTYPE,
    "entity": feed._ENTITY,
    "reference": feed._REFERENCE,
    "link": text._PICTURE,
    "markup": markdown._AT_START,
    "secret": logs._SECRET,
    "token": answers._TOKEN,
}
UNITS = (
    " ",
    "\n",
    "ক",
    "ক্",
    "1",
    "a-",
    ".",
    "...",
    "“",
    "[",
    "<img ",
    "<img src ",
    "<!DOCTYPE [",
    "<!ENTITY ",
    "]",
    "&#1",
    "|",
    "#",
    "://",
)


def _exponent(small: int, large: int, times: float) -> float:
    return math.log(large / small, times)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_grows_linearly(name: str) -> None:
    """Steps are counted, not seconds.

    Four times the text is at most some five times the steps.
    """
    for unit in UNITS:
        small, large = (_steps(PATTERNS[name], unit, size) for size in (64, 256))
        assert large < 256 * 12 or _exponent(small, large, 4) < MOST, unit


@pytest.fixture(autouse=True)
def _depth() -> Iterator[None]:
    """Let the walker go deep: a repeated group needs it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(before)


def _steps(pattern: re.Pattern[str], unit: str, size: int) -> int:
    walker = Walker(pattern, unit * (size // len(unit)), size * size)
    try:
        walker.scan()
    except TooManyError:
        return size * size
    return walker.steps
