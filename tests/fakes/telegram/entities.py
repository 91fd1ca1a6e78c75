"""HTML as the Bot API takes it.

To text and entities, or refused in the platform's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.fakes.telegram.faults import Refusal

TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*("([^"]*)"|'([^']*)')""")
_UNESCAPED = re.compile(r"<")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")
"""Every other name of a sign the platform leaves as it stands."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text.

    Offset and length in UTF-16 units, as the platform counts.
    """

    kind: str
    offset: int
    length: int
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as messages bring it."""
        link = {"url": self.url} if self.url else {}
        return {"type": self.kind, "offset": self.offset, "length": self.length, **link}


def parse(source: str) -> tuple[str, list[Entity]]:
    """Read HTML.

    A tag that is unknown, unclosed or badly nested is refused.
    """
    text, entities, stack, last = "", [], [], 0
    for found in _TAG.finditer(source):
        text += _plain(source[last : found.start()])
        last = found.end()
        closing, name, rest = found[1], found[2].lower(), found[3]
        if name not in TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{name}" at byte offset 0')
        if not closing:
            stack.append((name, units(text), _kind(name, rest), _address(name, rest)))
            continue
        if not stack or stack[-1][0] != name:
            raise Refusal(
                400, f"Bad Request: can't parse entities: Unmatched end tag at byte offset 0, found </{name}>"
            )
        _, start, kind, url = stack.pop()
        if units(text) > start:
            entities.append(Entity(kind, start, units(text) - start, url))
    if stack:
        raise Refusal(
            400, f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1][0]}\""
        )
    text += _plain(source[last:])
    return text, sorted(entities, key=lambda one: (one.offset, -one.length))


def units(text: str) -> int:
    """Count as entities do."""
    return len(text.encode("utf-16-le")) // 2


def _plain(piece: str) -> str:
    if _UNESCAPED.search(piece):
        raise Refusal(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 0")
    return unescape(_NAMED.sub("&amp;", piece))


def _kind(name: str, rest: str) -> str:
    return "expandable_blockquote" if name == "blockquote" and "expandable" in rest else TAGS[name]


def _address(name: str, rest: str) -> str:
    found = _HREF.search(rest) if name == "a" else None
    return unescape(found[2] or found[3] or "") if found else ""
