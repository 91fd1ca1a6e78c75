"""Checks whether a card's or headline's words stand here (যাচাই).

It tells what agrees and what differs.
It says what is here, and never that something is genuine or fake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.bangla.endings import bases
from bot.bangla.spelling import fold
from bot.bangla.words import split
from bot.search import headlines
from bot.search.weak import is_weak

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.articles import Article, Outlet

LEAST_WORDS: Final = 3
OLD: Final = timedelta(days=30)
"""A story that came longer ago is old news."""
WORDS_NAMED: Final = 4
_NUMBER: Final = re.compile(r"\d+")
_NOT: Final = frozenset(split("না নয় নেই নাই নি নয়নি হয়নি নাকচ অস্বীকার মিথ্যা গুজব ভুয়া ভুল not no denies denied"))
_SHORT: Final = 3
_FRAME: Final = re.compile("[|–—(\\[]| - ")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a check found, and where the words differ.

    It is one story, or several of one headline.
    """

    articles: tuple[Article, ...] = ()
    exact: bool = False
    words: tuple[str, ...] = ()
    """Words that were asked about and that it does not have."""
    numbers: tuple[str, str] | None = None
    """A number that was asked about, and the one that it has in its place."""
    opposite: bool = False
    """Whether one of the two denies and the other does not."""
    claimed: Outlet | None = None
    """The outlet that is named with the words, if the story is another's."""

    def is_old(self, now: datetime) -> bool:
        """Tell whether the story is old news."""
        first = self.articles[0] if self.articles else None
        return first is not None and now - first.at > OLD


async def check(store: Store, text: str) -> Comparison:
    """Look for the story that a text quotes.

    The text is its headline or its card.
    """
    found = await headlines.pasted(store, text)
    claimed = await _claimed(store, text)
    if found is not None and found.articles:
        return Comparison(found.articles, exact=True, claimed=_other(claimed, found.articles))
    near = await headlines.nearest(store, text)
    if not near:
        return Comparison()
    story = near[0][1]
    words, numbers, opposite = differences(text, story)
    return Comparison((story,), words=words, numbers=numbers, opposite=opposite, claimed=_other(claimed, (story,)))


def differences(text: str, story: Article) -> tuple[tuple[str, ...], tuple[str, str] | None, bool]:
    """Return the words in which a text and a story differ.

    With them come a number that differs and the story's own, and whether one denies what the other says.
    """
    claim = split(_FRAME.split(text)[0])
    headline, body = split(story.headline), split(" ".join((*story.body, *story.summary)))
    there = {*headline, *body}
    folded = {form for word in there for form in (fold(word), *map(fold, bases(word)))}
    missing = [word for word in claim if not _stands(word, there, folded) and not is_weak(word)]
    numbers = _numbers(claim, headline, there)
    opposite = _denies(claim) != _denies(headline)
    return tuple(word for word in dict.fromkeys(missing) if not word.isdecimal())[:WORDS_NAMED], numbers, opposite


def _numbers(claim: Sequence[str], headline: Sequence[str], there: set[str]) -> tuple[str, str] | None:
    mine = [found for word in claim for found in _NUMBER.findall(word)]
    theirs = [found for word in headline for found in _NUMBER.findall(word)]
    strange = [number for number in mine if number not in theirs and number not in there]
    instead = [number for number in theirs if number not in mine]
    return (strange[0], instead[0]) if strange and instead else None


def _denies(words: Sequence[str]) -> bool:
    return any(word in _NOT or (word.endswith("নি") and len(word) > _SHORT and is_weak(word)) for word in words)


def _stands(word: str, there: set[str], folded: set[str]) -> bool:
    return word in there or any(fold(form) in folded for form in bases(word))


async def _claimed(store: Store, text: str) -> Outlet | None:
    """Return the outlet that is named behind or before the words."""
    for part in (*reversed(_FRAME.split(text)), *text.split("\n")[-1:]):
        name = part.strip(" )]»”")
        if name and name != text.strip() and (found := await store.outlets.find(name)) is not None:
            return found
    return None


def _other(claimed: Outlet | None, articles: Sequence[Article]) -> Outlet | None:
    if claimed is None or any(one.outlet is not None and one.outlet.id == claimed.id for one in articles):
        return None
    return claimed
