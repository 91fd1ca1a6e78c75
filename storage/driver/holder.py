"""Which process has a database open, as the kernel knows it."""

from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FIRST, _LENGTH = 0x40000000, 512
"""The bytes that SQLite locks, from its pending byte on; in WAL mode as long as the file is open."""
_LINUX = "hhqqi4x"
"""struct flock: type, whence, start, length, process."""


def holder(path: Path) -> int | None:
    """Return which process has a database open.

    Its number; None where none has, or where that cannot be told.
    Call it before this process opens the file: closing a file frees every lock that the process holds on it.
    """
    if not sys.platform.startswith("linux"):
        return None
    import fcntl  # noqa: PLC0415 - there is none on Windows

    request = struct.pack(_LINUX, fcntl.F_WRLCK, 0, _FIRST, _LENGTH, 0)
    with path.open("rb+") as opened:
        kind, _, _, _, process = struct.unpack(_LINUX, fcntl.fcntl(opened, fcntl.F_GETLK, request))
    return process if kind != fcntl.F_UNLCK and process > 0 else None
