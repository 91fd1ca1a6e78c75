"""Reads a file that somebody named, whatever it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from bot.values.errors import ParseError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""Bytes: the most that any kind of source takes (articles, a line each); a larger file is not even read."""


async def read(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        ParseError: it cannot be read, or is larger than anything here reads.
    """
    file = anyio.Path(path)
    try:
        size = (await file.stat()).st_size
        if size > LARGEST:
            raise ParseError(f"{size / 1e6:.0f} MB is more than is read from one file (at most {LARGEST / 1e6:.0f} MB)")
        return await file.read_bytes()
    except OSError as error:
        raise ParseError(f"cannot be read: {error.strerror or error}") from error
