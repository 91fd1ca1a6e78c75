"""What a client makes of a payload.

Its texts without markup, its buttons, and whether the platform takes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers.platforms.discord.render import BUTTON, CONTAINER, FILE, LINK_BUTTON, ROW, SECTION, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Component = Mapping[str, Any]

_ESCAPE = re.compile(r"\\([\\*_~|`\[\]()<>#-])")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)")


def every(components: Sequence[Component]) -> Iterator[Component]:
    for one in components:
        yield one
        yield from every(one.get("components", ()))
        if "accessory" in one:
            yield one["accessory"]


def texts(components: Sequence[Component]) -> list[str]:
    return [one["content"] for one in every(components) if one["type"] == TEXT]


def labels(components: Sequence[Component]) -> list[list[str]]:
    return [[button["label"] for button in one["components"]] for one in every(components) if one["type"] == ROW]


def visible(text: str) -> str:
    """Take off what is markup, and the escapes of what is none."""
    unlinked = _LINK.sub(r"\1", text)
    bare = re.sub(r"(?<!\\)(\*\*|~~)", "", re.sub(r"^### ", "", unlinked, flags=re.MULTILINE))
    return _ESCAPE.sub(r"\1", bare).replace("\N{WORD JOINER}", "")


def check(components: Sequence[Component]) -> None:
    """Prove that the platform takes this."""
    all_of_it = list(every(components))
    assert 1 <= len(all_of_it) <= 40
    total = sum(len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts(components))
    assert total <= 4000, total
    ids = [one["custom_id"] for one in all_of_it if "custom_id" in one]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(one) <= 100 for one in ids)
    for one in all_of_it:
        match one["type"]:
            case kind if kind == TEXT:
                assert one["content"].strip()
            case kind if kind == ROW:
                assert 1 <= len(one["components"]) <= 5
            case kind if kind == BUTTON:
                assert 1 <= len(one["label"]) <= 80
                assert one["style"] != LINK_BUTTON or len(one["url"]) <= 512
            case kind if kind == SECTION:
                assert 1 <= len(one["components"]) <= 3
                assert one["accessory"]
            case kind if kind == FILE:
                assert one["file"]["url"].startswith("attachment://")
            case kind if kind == CONTAINER:
                assert 0 <= one["accent_color"] <= 0xFFFFFF
            case _:
                pass
