"""Reads and says the weekdays that news is wanted on.

They stand in front of times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.date_words import WORDS
from bot.bangla.normalise import key
from bot.bangla.printing import ENGLISH_WEEKDAYS, WEEKDAYS
from bot.values.chats import Language
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOTH = Wording("{first} ও {last}", "{first} and {last}")
_ENDINGS = ("", "ে", "ের", "গুলোতে", "s", "e", "er")


def weekday(word: str) -> int | None:
    """Return the weekday that a word names, 0 for Monday.

    The word is in key() form and may have a case ending: শুক্রবারে, fridays.
    """
    for ending in _ENDINGS:
        token = WORDS.get(word.removesuffix(ending)) if word.endswith(ending) else None
        if token is not None and token.symbol == "W":
            return token.values[0]
    return None


def read(text: str) -> tuple[tuple[int, ...], str]:
    """Part the weekdays in front of a text from the rest."""
    days: list[int] = []
    words = text.split()
    while words:
        day = weekday(key(words[0]).strip(","))
        if day is None and not (days and key(words[0]) in ("ও", "and", "আর")):
            break
        words = words[1:]
        days += [day] if day is not None else []
    return tuple(sorted(set(days))), " ".join(words)


def say_days(days: Sequence[int], language: Language) -> str:
    """Say weekdays: শুক্রবার ও শনিবার; Fridays and Saturdays."""
    if language is Language.ENGLISH:
        names = [f"{ENGLISH_WEEKDAYS[day]}s" for day in days]
    else:
        names = [WEEKDAYS[day] for day in days]
    if len(names) < 2:  # noqa: PLR2004 - two are joined by a word
        return "".join(names)
    return say(_BOTH, language, first=", ".join(names[:-1]), last=names[-1])
