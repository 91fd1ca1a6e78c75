"""Finds the sentence of a text where words were found.

The words are set off.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from bot.bangla import sentences
from bot.bangla.cut import cut
from bot.bangla.endings import forms
from bot.bangla.words import positions, question
from bot.values.messages import Span, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.bangla.words import Needle

LONGEST = 130
"""Characters of a snippet: two or three lines on a telephone."""
_BEFORE = 40
_LOOKED_AT = 40
"""Sentences of an article that are looked at."""


def snippet(paragraphs: Sequence[str], sought: str) -> tuple[Span, ...]:
    """Return the sentence that holds most of the words, shortened.

    Return () if none holds any. Words with a usual ending are the same words; longer ones that only begin so count
    where there are no others.
    """
    runs = question(sought).runs
    looked = list(islice(chain.from_iterable(map(sentences.split, paragraphs)), _LOOKED_AT))
    for strict in (True, False):
        # The first of those that hold equally much: newspapers say first what matters.
        held = [(len(_held(sentence, runs, strict=strict)), -position) for position, sentence in enumerate(looked)]
        most, position = max(held, default=(0, 0))
        if most:
            return _drawn(looked[-position], _held(looked[-position], runs, strict=strict))
    return ()


def _held(text: str, runs: Sequence[tuple[Needle, ...]], *, strict: bool) -> list[tuple[int, int]]:
    """Return where the sought words stand in a text, in order."""
    words = list(positions(text))
    found: set[tuple[int, int]] = set()
    for run in runs:
        for first in range(len(words) - len(run) + 1):
            stretch = words[first : first + len(run)]
            if all(_is(word, needle, strict=strict) for (_, _, word), needle in zip(stretch, run, strict=True)):
                found |= {(start, end) for start, end, _ in stretch}
    return sorted(found)


def _is(word: str, needle: Needle, *, strict: bool) -> bool:
    if needle.exact:
        return word == needle.text
    return word.startswith(needle.text) and (not (strict or needle.short) or word in forms(needle.text))


def _drawn(sentence: str, found: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    first = found[0][0]
    start = 0
    if len(sentence) > LONGEST and first > _BEFORE:
        space = sentence.find(" ", first - _BEFORE, first)
        start = first if space < 0 else space + 1
    shown = cut(sentence[start:], LONGEST)
    room = start + len(shown.rstrip("…"))
    kept = [(low - start, high - start) for low, high in found if low >= start and high <= room]
    return (*((Span("… "),) if start else ()), *_spans(shown, kept))


def _spans(text: str, found: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    end = 0
    for low, high in found:
        spans += [Span(text[end:low]), Span(text[low:high], Style.STRONG)]
        end = high
    return tuple(span for span in (*spans, Span(text[end:])) if span.text)
