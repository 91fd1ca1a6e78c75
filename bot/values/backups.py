"""What a backup holds, and what restoring one came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands inside a backup about it.

    It has counts, the highest number of a subject, and when it was taken.
    """

    stories: int
    chats: int
    highest: int
    taken_at: datetime
    size: int
    """Bytes of the file."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """A backup that was put in place.

    It says how many waiting deliveries were left to digests.
    """

    contents: Contents
    left: int
    erased: int = 0
    """People and chats that were erased since the backup was made, and now again."""
