"""Lists every pattern of the rooms, with how it is used."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import TYPE_CHECKING

from bot.running import logs
from tests.growth.work import modules

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINS = {"match", "fullmatch"}
"""What looks at one place alone; anything else goes through the whole text."""
BOUNDED = {
    "bot.articles.dependence._WE_ENDS": "the last words of a sentence",
    "bot.articles.text.boilerplate._TAILS": "a line: white space is one space there",
    "bot.articles.text.clean._NAME_THEN_MAIL": "a by-line of 100",
    "bot.articles.text.furniture._WITHIN": "a window of 240 at each place, and no more",
    "bot.articles.text.headline._KICKER": "a headline of 500",
    "bot.articles.text.teasers._ENDS": "the last 260 of a text",
    "bot.articles.text.teasers._TAILS": "the last 260 of a text",
    "bot.bangla.numerals._PAIR_BOUNDARY": "a number that is counted",
}
"""Patterns that may take longer, for what they are given is short; and what that is."""


MATCHED = {
    "bot.bangla.quotations._GOES_ON": "behind the mark that closes",
    "bot.sources.kinds.text._CODE": "at the beginning of a line",
    "bot.sources.kinds.text._RECORD": "at the beginning of a line",
}
"""Patterns that look at one place, though not by their own name; and where."""
_USE = re.compile(r"\b(\w+)\.(match|fullmatch|search|sub|subn|split|findall|finditer)\(")


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], str]]:
    """Return each pattern of texts by its name.

    The walker's way that its use asks for comes with it.
    """
    found: dict[str, tuple[re.Pattern[str], str]] = {}
    seen: set[re.Pattern[str]] = set()
    for module in (*modules(), logs):
        uses: dict[str, set[str]] = {}
        for name, use in _USE.findall(inspect.getsource(module)):
            uses.setdefault(name, set()).add(use)
        for name, value in vars(module).items():
            for place, pattern in enumerate(_within(value)):
                full = f"{module.__name__}.{name}"
                begins = uses.get(name, {"scan"}) <= _BEGINS or full in MATCHED
                if pattern not in seen:
                    seen.add(pattern)
                    found[f"{full}[{place}]" if place else full] = (pattern, "match" if begins else "scan")
    return found


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _within(inner)
