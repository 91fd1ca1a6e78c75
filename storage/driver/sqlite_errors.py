"""Says in one clear line what SQLite refused, and what to do."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.values.errors import DamagedError, StorageError

if TYPE_CHECKING:
    from pathlib import Path


class SqliteErrors:
    """Turns the driver's errors into one clear line each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.damage: str | None = None
        """What was said of damaged pages so far."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, error_type: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        # The driver cannot read an error that quotes damaged bytes.
        if isinstance(error, sqlite3.Error | UnicodeDecodeError):
            said = refused(error, self._path)
            if isinstance(said, DamagedError):
                self.damage = str(said)
            raise said from error
        if isinstance(error, OSError) and not isinstance(error, TimeoutError):
            raise StorageError(
                f"{self._path}: {error.strerror or error}. Check the path and its permissions."
            ) from error


TAKEN_AWAY = (
    "was deleted or replaced under the running program, so nothing more is written. Put the file back or restore a "
    "backup (khobor restore FILE --over), then start again."
)
DAMAGED = (
    "is damaged. Restore a backup (khobor restore FILE --over), or let `sqlite3 FILE .recover` save what can be saved."
)
_ADVICE = (
    ("locked", "another process is writing and did not finish in time. Nothing is lost; try again."),
    ("readonly", "cannot be written. Check the permissions of the file and its folder."),
    ("unable to open", "cannot be opened. Check the path and its permissions."),
    ("full", "the disk is full. Make room; what is stored stays."),
    ("not a database", "is not a database of ours. Move it away or set DATABASE_PATH to another file."),
    ("malformed", DAMAGED),
    ("disk i/o", "cannot be read or written: the disk reports a fault."),
)


def refused(error: Exception, path: Path) -> StorageError:
    """Say what the driver refused, and what to do."""
    text = str(error).lower()
    advice = next((advice for mark, advice in _ADVICE if mark in text), f"the database refused: {error}")
    advice = DAMAGED if isinstance(error, UnicodeDecodeError) else advice
    return (DamagedError if advice is DAMAGED else StorageError)(f"{path}: {advice}")
