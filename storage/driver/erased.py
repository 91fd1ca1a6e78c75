"""Remembers beside the archive who was erased.

An older backup still holds these people; restoring it erases them again. The file has fingerprints alone, each with
the secret it was made with, a line each: secret, fingerprint, microseconds.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING

from bot.values.errors import StorageError
from storage.driver import private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Erasure = tuple[str, str, int]

_PARTS = 3


def print_of(secret: str, who: str) -> str:
    """Return the fingerprint of somebody, platform:ID."""
    return hmac.new(bytes.fromhex(secret), who.encode(), hashlib.sha256).hexdigest()


def read(database: Path) -> set[Erasure]:
    """Return what is remembered beside a database; nothing, if nothing readable is."""
    try:
        lines = _path(database).read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return set()
    found = (line.split() for line in lines)
    return {(parts[0], parts[1], int(parts[2])) for parts in found if len(parts) == _PARTS and parts[2].isdecimal()}


def write(database: Path, erasures: Iterable[Erasure]) -> None:
    """Remember these, and no others.

    Raises:
        StorageError: it cannot be written.
    """
    path = _path(database)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        private.create(draft)
        draft.write_text("".join(f"{secret} {mark} {at}\n" for secret, mark, at in sorted(erasures)), encoding="ascii")
        draft.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}. Check the path and its permissions.") from error


def _path(database: Path) -> Path:
    return database.with_name(f"{database.name}.erased")
