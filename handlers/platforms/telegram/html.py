"""Writes styled runs as HTML that can be cut anywhere.

Tags are closed and opened again.
"""

from __future__ import annotations

import re
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class HtmlTag(NamedTuple):
    """A tag and what stands behind its name."""

    name: str
    attributes: str = ""


class Run(NamedTuple):
    """A stretch of text under the same tags, the outermost first."""

    text: str
    tags: tuple[HtmlTag, ...] = ()


BOLD = HtmlTag("b")
STRUCK = HtmlTag("s")
QUOTE = HtmlTag("blockquote")
FOLDED = HtmlTag("blockquote", " expandable")
_ADDRESS = re.compile(r"(?:https?|tg)://[^\s\x00-\x1f]+", re.IGNORECASE)


def opens(address: str | None) -> bool:
    """Return whether an address can be opened from a chat.

    A button with any other is refused with its message.
    """
    return address is not None and _ADDRESS.fullmatch(address) is not None


def linked(address: str | None) -> tuple[HtmlTag, ...]:
    """Return the tag that makes a text a link.

    Return none if there is nothing to open.
    """
    return (HtmlTag("a", f' href="{escape(address)}"'),) if address is not None and opens(address) else ()


def visible(runs: Iterable[Run]) -> str:
    """Return the text that a reader sees.

    The platform counts its code points.
    """
    return "".join(run.text for run in runs)


def sliced(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return what stands between two offsets of the visible text."""
    kept = []
    offset = 0
    for run in runs:
        text = run.text[max(0, start - offset) : max(0, end - offset)]
        if text:
            kept.append(Run(text, run.tags))
        offset += len(run.text)
    return tuple(kept)


def length_within(runs: Iterable[Run], most: int) -> int:
    """Return how much of the text has few enough entities.

    It is a length of the visible text.
    """
    before: tuple[HtmlTag, ...] = ()
    offset = opened = 0
    for run in runs:
        opened += len(run.tags) - _shared(before, run.tags)
        if opened > most:
            break
        before = run.tags
        offset += len(run.text)
    return offset


def to_html(runs: Iterable[Run]) -> str:
    """Write the text with as few tags as will do."""
    written = []
    before: tuple[HtmlTag, ...] = ()
    for run in (*runs, Run("")):
        kept = _shared(before, run.tags)
        written += [f"</{tag.name}>" for tag in reversed(before[kept:])]
        written += [f"<{tag.name}{tag.attributes}>" for tag in run.tags[kept:]]
        written.append(escape(run.text, quote=False))
        before = run.tags
    return "".join(written)


def _shared(before: Sequence[HtmlTag], after: Sequence[HtmlTag]) -> int:
    """Count the tags that stay open from one run to the next."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
