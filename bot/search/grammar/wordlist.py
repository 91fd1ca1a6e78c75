"""Word lists as they stand in the source: words between spaces."""

from __future__ import annotations

from bot.bangla.normalise import key


def keys(text: str) -> frozenset[str]:
    """Return the ``key()`` forms of the words of a list."""
    return frozenset(map(key, text.split()))
