"""Reads HTML as the platform does.

The text that is seen, and the styles over it; what it refuses is refused here.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-z]+)((?: [a-z]+(?:=\"[^\"<>]*\")?)*)>")
_KNOWN = {"a", "b", "s", "blockquote"}


class Entity(NamedTuple):
    tag: str
    start: int
    end: int


class Seen(NamedTuple):
    text: str
    entities: list[Entity]

    def styled(self, tag: str) -> list[str]:
        """Return what stands in this style."""
        return [self.text[one.start : one.end] for one in self.entities if one.tag == tag]


def read(html: str) -> Seen:
    """Read a message's HTML."""
    text, at = "", 0
    entities: list[Entity] = []
    begun: list[tuple[str, int]] = []
    for match in _TAG.finditer(html):
        text += _plain(html[at : match.start()])
        at = match.end()
        closes, tag = match[1] == "/", match[2]
        assert tag in _KNOWN, f"unsupported start tag {tag}"
        if closes:
            assert begun, "unexpected end tag"
            assert begun[-1][0] == tag, "unmatched end tag"
            entities.append(Entity(tag, begun.pop()[1], len(text)))
        else:
            begun.append((tag, len(text)))
    assert not begun, "an open tag"
    return Seen(text + _plain(html[at:]), entities)


def _plain(text: str) -> str:
    assert "<" not in text, "unclosed start tag"
    assert ">" not in text, "an unescaped sign"
    assert not re.search(r"&(?!(?:amp|lt|gt|quot);)", text), "an unescaped sign"
    return unescape(text)
