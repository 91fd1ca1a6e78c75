"""Cuts a file of articles into pieces of whole lines.

They are parsed one after another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sources.kinds.articles import looks_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sources.kind import SourceContext

PIECE = 1024 * 1024
"""Bytes from which a new piece begins. Measured: 13 MB at once takes longer than a parse may."""


def pieces(body: bytes, context: SourceContext, size: int = PIECE) -> Iterator[bytes]:
    """Yield a file of articles in pieces of whole lines.

    Any other file comes as it is. Each piece begins with a line that is an article, so that each is known for what it
    is.
    """
    if len(body) <= size or b"\0" in body[:size] or not looks_like(body, context):  # NUL: two bytes a letter, no lines
        yield body
        return
    begin = 0
    while begin < len(body):
        end = _end(body, begin + size, context)
        yield body[begin:end]
        begin = end


def _end(body: bytes, at: int, context: SourceContext) -> int:
    """Return where the first article's line behind `at` begins.

    If there is none, return the end.
    """
    while (at := body.find(b"\n", at) + 1) > 0:
        behind = body.find(b"\n", at)
        if looks_like(body[at : behind + 1] if behind >= 0 else body[at:], context):
            return at
    return len(body)
