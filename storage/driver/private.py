"""Makes files that only their owner may read.

The archive says who reads what.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODE = 0o600
_OTHERS = 0o077


def create(path: Path) -> None:
    """Make a file with mode 0600 if missing.

    SQLite gives its side files the mode of the database.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE))


def tighten(path: Path) -> None:
    """Take a file's group and all others their rights.

    A file that is missing or not ours is left alone.
    """
    with suppress(OSError):
        mode = path.stat().st_mode
        if path.is_file() and mode & _OTHERS:
            path.chmod(mode & ~_OTHERS & 0o777)
