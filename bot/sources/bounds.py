"""Bounds markup before a parser builds a tree of it.

A tree takes up to a hundred times the bytes that it was made of. So the bytes are counted first, by one linear look;
what lies beyond a bound is not read, what stands before it is.
"""

from __future__ import annotations

import re
from itertools import islice

ATTRIBUTES = 100
"""Attributes of one element: libxml2 and feedparser compare each with all the others. Captures have up to 12."""
ALL_ATTRIBUTES = 100_000
"""Attributes of all elements: 20 MB of a tree."""
PAGE = 40_000
"""Signs that begin a tag or a comment, in a page: 10 MB of a tree. The largest capture has 1,600."""
FEED = 100_000
"""The same in a feed: 500 items of 200. The largest capture has 7,200. feedparser takes 20 µs for one, twice that
where it finds a fault."""

# As browsers part a tag (WHATWG HTML, 13.2.5): a quotation mark counts behind "=" alone. Nothing is given back, and
# what is open may end with the text, so no letter is looked at more than a few times.
_ATTRIBUTE = r"""=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+|="""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|([a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+)", re.DOTALL
)
# Elements whose text holds no tags, whatever it looks like.
_RAW = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}


def bounded(text: str, most: int) -> str:
    """Return markup that begins at most ``most`` tags.

    None of its elements has more attributes than `ATTRIBUTES`, nor have all of them together more than
    `ALL_ATTRIBUTES`.
    """
    text = _cut(text, most)
    kept: list[str] = []
    position = taken = held = 0
    while (tag := _TAG.search(text, position)) is not None:
        position = tag.end()
        if tag[1] is None or (position == tag.end(1) and tag[1].lower() not in _RAW):
            continue
        room = min(ATTRIBUTES, ALL_ATTRIBUTES - held)
        ends = [one.end() for one in islice(_ATTRIBUTES.finditer(text, tag.end(1), position), room + 1)]
        held += min(room, len(ends))
        if len(ends) > room:
            kept.append(text[taken : ends[room - 1] if room else tag.end(1)])
            taken = position
        if (end := _RAW.get(tag[1].lower())) is not None:
            closed = end.search(text, position)
            position = closed.start() if closed else len(text)
    return "".join([*kept, text[taken:]]) if kept else text


def _cut(text: str, most: int) -> str:
    if text.count("<") <= most:
        return text
    return text[: -1 - len(text.split("<", most + 1)[-1])]
