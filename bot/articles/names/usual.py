"""Knows words that outlets use for anything but names.

They are learnt from where they stand; see tests.benchmarks.name_training.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from bot.articles.names.name_words import GIVEN, SURNAMES
from bot.bangla.endings import bases


@lru_cache(maxsize=1 << 14)
def is_usual(word: str) -> bool:
    """Return whether a word is usual and no name's.

    The word without an ending counts too.
    """
    return word not in GIVEN and word not in SURNAMES and not bases(word).isdisjoint(_words())


@cache
def _words() -> frozenset[str]:
    text = files("bot.articles.names").joinpath("usual_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
