"""What a person reads and can press in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Component = dict[str, Any]

ROW, BUTTON, TEXT_SELECT, FIELD, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = (
    1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 17, 18,
)  # fmt: skip
RADIO = 21
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6


def every(components: Sequence[Component]) -> Iterator[Component]:
    """Return all components in order, those within others too."""
    for one in components:
        yield one
        yield from every(one.get("components") or ())
        yield from every([within for name in ("accessory", "component") if (within := one.get(name))])


def lines(components: Sequence[Component]) -> Iterator[str]:
    """Return what is written, pictures and buttons by what they say.

    A row of these as one line.
    """
    for one in components:
        match one["type"]:
            case kind if kind == TEXT:
                yield one["content"]
            case kind if kind == ROW:
                yield " ".join(_face(within) for within in one["components"])
            case kind if kind == SECTION:
                yield from lines(one["components"])
                yield _face(one["accessory"])
            case kind if kind == CONTAINER:
                yield from lines(one["components"])
            case kind if kind == SEPARATOR:
                yield "---"
            case kind if kind == GALLERY:
                yield " ".join(f"[image {item['media']['url']}]" for item in one["items"])
            case _:
                yield _face(one)


def embedded(embeds: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Return what is written in embeds."""
    for one in embeds:
        yield from (one[name] for name in ("title", "description") if one.get(name))
        for field in one.get("fields", ()):
            yield f"{field['name']}: {field['value']}"
        yield from (one[name][key] for name, key in (("author", "name"), ("footer", "text")) if one.get(name))


def _face(one: Component) -> str:
    match one["type"]:
        case kind if kind == BUTTON:
            words = ((one.get("emoji") or {}).get("name"), one.get("label"))
            return f"[{' '.join(filter(None, words))}]"
        case kind if kind in SELECTS:
            return f"[{one.get('placeholder') or '…'} ▾]"
        case kind if kind in (THUMBNAIL, FILE):
            return f"[image {(one.get('media') or one.get('file') or {}).get('url', '')}]"
        case _:
            return ""
