"""Chooses an article's picture.

It is the largest of several, and never a pixel, a logo or a placeholder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG = re.compile(r"<(?:img|source)\b[^<>]{0,4000}>", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s?:\s?none|visibility\s?:\s?hidden|"
    r"(?<![-\w])(?:width|height)\s?:\s?[012](?:px|;|\s|$)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""(?<![a-z0-9-])([a-z][a-z0-9-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# Where lazy pages keep the real address, the surest first; src is then a placeholder.
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-file", "data-url", "src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATE = re.compile(r"(?<!\S)(\S+)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,\s+|,$|$)")
_PIXEL, _SMALL = 3, 64
# In a file's name: what stands for a picture until there is one, and what marks the site.
_NO_PICTURE = re.compile(
    r"(?:^|[\W_])(?:logos?|placeholders?|default|no-?(?:image|img|photo|picture|thumb)|no_(?:image|img|photo)|blank|spacer|pixel|1x1|transparent|"
    r"avatars?|gravatar|favicon|icons?|emojis?|loading|loader|lazy|smilies|sprite)(?:$|[\W_]|\d)",
    re.IGNORECASE,
)
_TRACKERS = re.compile(
    r"(?:^|\.)(?:doubleclick\.net|feedburner\.com|scorecardresearch\.com|stats\.wordpress\.com|pixel\.wp\.com|pixel\.wordpress\.com|gravatar\.com|s\.w\.org)$"
)
_VECTOR = re.compile(r"\.svg$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """An address and, where they are told, width and height in pixels."""

    address: str
    width: int | None = None
    height: int | None = None

    @property
    def area(self) -> int:
        """How large it is as far as it says, else 0."""
        return (self.width or self.height or 0) * (self.height or self.width or 0)


def largest(pictures: Iterable[FoundPicture]) -> str | None:
    """Return the largest picture that may be shown.

    Its address; of equal ones the first; None if there is none.
    """
    shown = [picture for picture in pictures if _is_shown(picture)]
    return max(shown, key=lambda picture: picture.area).address if shown else None


def first(*addresses: str | None) -> str | None:
    """Return the first address that may be a picture's."""
    return next((address for address in addresses if address and _is_shown(FoundPicture(address))), None)


def pictures_of(html: str) -> list[FoundPicture]:
    """Return a fragment's pictures in order, each in its largest form."""
    return [
        found
        for tag in _TAG.findall(html)
        if (found := picture(_attributes(tag, is_source=tag[1:2] in "sS"))) is not None
    ]


def picture(attributes: dict[str, str]) -> FoundPicture | None:
    """Return the picture of an <img> by its attributes.

    It is the largest of srcset, else the address that a lazy page keeps.
    """
    width, height = number(attributes.get("width")), number(attributes.get("height"))
    if _UNSEEN.search(attributes.get("style", "")):
        return None
    if any(side is not None and side < _PIXEL for side in (width, height)):
        return None
    sets = [found for name in _SETS for found in _candidates(attributes.get(name, ""))]
    best = max(sets, key=lambda found: found.area, default=None)
    plain = next(
        (value for name in _SOURCES if (value := attributes.get(name, "").strip()) and "data:" not in value[:5]), None
    )
    if best is not None and best.area:
        return best
    address = plain or (best.address if best is not None else None)
    return FoundPicture(address, width, height) if address else None


def number(value: object) -> int | None:
    """Return a length in pixels, None for none or another measure («100%»)."""
    match = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", str(value or ""))
    return int(match[1]) if match else None


def _attributes(tag: str, *, is_source: bool) -> dict[str, str]:
    found = {name.casefold(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
    if is_source:
        found.pop("src", None)  # of a film or a sound; a picture's <source> has a srcset
    return found


def _candidates(srcset: str) -> list[FoundPicture]:
    found = []
    for address, size, unit in _CANDIDATE.findall(srcset[:8000]):
        width = int(float(size)) if unit == "w" else int(float(size) * 100) if unit == "x" else None
        if not address.startswith("data:"):
            found.append(FoundPicture(address.rstrip(","), width, None))
    return found


def _is_shown(found: FoundPicture) -> bool:
    if any(side is not None and side < _PIXEL for side in (found.width, found.height)):
        return False
    if found.width is not None and found.height is not None and max(found.width, found.height) < _SMALL:
        return False
    try:
        parts = urlsplit(found.address)
    except ValueError:
        return False
    name = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return not (
        found.address.startswith("data:")
        or _NO_PICTURE.search(name)
        or _VECTOR.search(name)
        or _TRACKERS.search(parts.hostname or "")
    )
