"""Keeps a mark beside the database of how far it was.

By the mark an older copy put in its place is recognised.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.values.errors import StorageError
from storage.driver import private

if TYPE_CHECKING:
    from pathlib import Path


def _path(database: Path) -> Path:
    return database.with_name(f"{database.name}.mark")


def read(database: Path) -> tuple[int, int] | None:
    """Return the noted copy's number and last subject.

    Return None if nothing readable is there.
    """
    try:
        epoch, last_subject = _path(database).read_text(encoding="ascii").split()
        return int(epoch), int(last_subject)
    except (OSError, ValueError):
        return None


def write(database: Path, epoch: int, last_subject: int) -> None:
    """Note how far the database is.

    Whoever reads sees the old note or the new one, whole.

    Raises:
        StorageError: it cannot be written.
    """
    path = _path(database)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        private.create(draft)
        draft.write_text(f"{epoch} {last_subject}\n", encoding="ascii")
        draft.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}. Check the path and its permissions.") from error
