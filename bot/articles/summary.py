"""The point of an article in a few of its own sentences, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.dateline import split_dateline
from bot.articles.labels import read_label
from bot.bangla import sentences as bangla
from bot.bangla.cut import cut
from bot.bangla.normalise import key

if TYPE_CHECKING:
    from collections.abc import Iterator

CARD_SENTENCES = 3
CARD_CHARACTERS = 480
"""Room on a card: the three sentences of a usual report are about 440 characters (copy.md, 14.12)."""
_HEADING = 30
_PUNCTUATION = " ।.!?…‘’“”\"'"


def summarise(title: str, text: str, sentences: int = 3, max_chars: int | None = None) -> list[str]:
    """Return the first sentences of a text: the lead says what happened.

    The dateline is left off, so are a repetition of the headline and printed labels. With ``max_chars`` sentences are
    taken while they fit, one space counted between them; the first always comes, cut if it alone is longer.
    """
    chosen: list[str] = []
    room = max_chars
    for sentence in _told(title, text):
        if len(chosen) == sentences or (room is not None and chosen and len(sentence) > room):
            break
        if room is not None:
            room -= len(sentence) + 1
        chosen.append(sentence)
    if max_chars is not None and chosen and len(chosen[0]) > max_chars:
        return [cut(chosen[0], max_chars)]
    return chosen


def _is_heading(line: str) -> bool:
    """Return whether a line heads a list or a section: a few words without a full stop."""
    return len(line) < _HEADING and line[-1] not in _PUNCTUATION


def _told(title: str, text: str) -> Iterator[str]:
    headline = key(title).strip(_PUNCTUATION)
    opening = True
    for line in text.splitlines():
        paragraph = line.strip()
        if not paragraph or read_label(paragraph) is not None or _is_heading(paragraph):
            continue
        if opening:
            paragraph = split_dateline(paragraph)[1]
        for sentence in bangla.split(paragraph):
            if key(sentence).strip(_PUNCTUATION) not in ("", headline):
                opening = False
                yield sentence
