"""Splits styled text into pieces that the platform takes.

It is parted at a paragraph, else a sentence, a space, a cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.cut import split_text
from handlers.platforms.telegram.html import Run, length_within, sliced, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEXT = 4096
"""Code points of a text, once its entities are parsed (td: utf8_length in get_input_message_content)."""
CAPTION = 1024
ENTITIES = 100
"""Entities of a message; what stands behind them loses its style without a word (td: MAX_USER_ENTITY_COUNT)."""

_PARAGRAPH_SHARE = 0.5
"""A paragraph's end is taken if it leaves no more than this share of the limit unused."""
_AHEAD = 400
"""Code points beyond the limit that decide whether a sentence ends before it."""


def fits(runs: Sequence[Run], limit: int) -> bool:
    """Tell whether a message takes the text as it is."""
    length = len(visible(runs))
    return length <= limit and length_within(runs, ENTITIES) == length


def pieces(runs: Sequence[Run], limit: int, most: int = ENTITIES) -> Iterator[tuple[Run, ...]]:
    """Yield the text in pieces within the limits.

    A piece has at most ``limit`` code points and ``most`` entities; white space at seams is lost.
    """
    whole = visible(runs)
    start = 0
    while left := whole[start:].lstrip():
        end = start + length_within(sliced(runs, start, len(whole)), most)
        # What is skipped before a piece must not let in as much behind it.
        room = limit if end == len(whole) else min(limit, end - (len(whole) - len(left)))
        piece = _first(whole[start:], max(1, room))
        begin = whole.index(piece, start)
        start = begin + len(piece)
        yield sliced(runs, begin, start)


def _first(text: str, limit: int) -> str:
    """Return the first piece of a text, stripped."""
    if len(text.rstrip()) <= limit:
        return split_text(text, len(text))[0]
    end = text.rfind("\n\n", 0, limit + 2)
    if end >= limit * _PARAGRAPH_SHARE and text[:end].strip():
        return split_text(text[:end], limit)[0]
    return split_text(text[: limit + _AHEAD], limit)[0]
