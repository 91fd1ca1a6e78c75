"""Reads a file that somebody named, whatever it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from bot.values.errors import ParseError

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "\n\u200c\u200d"
"""What is no sign and stands in our own words: ends of lines, joiners."""
LARGEST = 64 * 1024 * 1024
"""Bytes: the most that any kind of source takes (articles, a line each); a larger file is not even read."""


def shown(said: Path | str, *, kept: str = "") -> str:
    """Return a file's name as a terminal may be told it.

    A name may hold what moves the cursor, or a line's end; so may ``WORDS`` about it, of which lines are ``kept``.
    """
    return "".join(one if one.isprintable() or one in kept else "\N{REPLACEMENT CHARACTER}" for one in str(said))


async def read(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        ParseError: it cannot be read, or is larger than anything here reads.
    """
    try:
        async with await anyio.open_file(path, "rb") as file:
            # A pipe or a device has no size, and may have no end.
            found = await file.read(LARGEST + 1)
    except OSError as error:
        raise ParseError(f"cannot be read: {error.strerror or error}") from error
    if len(found) > LARGEST:
        raise ParseError(f"more than is read from one file (at most {LARGEST / 1e6:.0f} MB)")
    return found
