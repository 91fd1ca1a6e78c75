"""Words of a text as the full-text index parts them, and what a question asks of them."""
# A first version to let others go on; the helper that owns this file replaces it.

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bangla.normalise import key

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS = frozenset("LMN")
SHORTEST_PREFIX = 3


def split(text: str) -> list[str]:
    """Part a text into words as the index does: runs of letters, signs and digits of its key() form."""
    return "".join(sign if _is_letter(sign) else " " for sign in key(text)).split()


def compounds(text: str) -> set[str]:
    """Return the words with a sign between their letters, which `split` parts: কোভিড-19."""
    return {word for part in key(text).split() if len(split(word := _bare(part))) > 1}


def _bare(word: str) -> str:
    places = [place for place, sign in enumerate(word) if _is_letter(sign)]
    return word[places[0] : places[-1] + 1] if places else ""


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _LETTERS


@dataclass(frozen=True, slots=True)
class Needle:
    """One word of a question, sought as the beginning of a word or ``exact``, as a whole one."""

    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a text asks for: all of these runs."""

    runs: tuple[tuple[Needle, ...], ...]


def question(text: str) -> Question:
    """Read what a text asks for."""
    return Question(tuple((Needle(word, len(word) < SHORTEST_PREFIX),) for word in split(text)))


def holds(asked: Question, texts: Sequence[Sequence[str]]) -> bool:
    """Tell whether these words answer a question."""
    words = {word for text in texts for word in text}
    return bool(asked.runs) and all(
        any(word == one.text if one.exact else word.startswith(one.text) for word in words)
        for run in asked.runs
        for one in run
    )


def heads(texts: Sequence[Sequence[str]]) -> set[str]:
    """Return every word, and every beginning of one."""
    words = {word for text in texts for word in text}
    return words | {word[:size] for word in words for size in range(SHORTEST_PREFIX, len(word) + 1)}


def head(asked: Question) -> Needle:
    """Return the longest needle."""
    return max((one for run in asked.runs for one in run), key=lambda one: len(one.text))
