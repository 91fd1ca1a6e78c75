"""Takes files that people send.

Their kind and size are bounded before a byte of them is fetched.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.values.messages import File
from bot.values.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

log = logging.getLogger(__name__)

LARGEST = 2_000_000
"""Bytes of a file that are taken: what people hand in here is text."""
NOT_TEXT = Wording(
    "ছবি বা ভয়েস দিয়ে খোঁজা যায় না। কথাগুলো লিখে পাঠান।", "Pictures and voice cannot be searched. Type the words."
)
NO_FILES = Wording("ফাইল দিয়ে খোঁজা যায় না। কথাগুলো লিখে পাঠান।", "Files cannot be searched. Type the words.")
UNREAD = Wording("ফাইলটি পড়া গেল না। কিছু বদলানো হয়নি।", "The file could not be read. Nothing was changed.")


class OversizeError(Exception):
    """A file is larger than it was said to be."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as its platform names it, not fetched yet."""

    name: str
    media_type: str
    """The media type that its sender gave it."""
    size: int
    load: Callable[[], Awaitable[bytes]]
    """Fetches it, at most `LARGEST` bytes."""


async def read(attachment: Attachment, kinds: Collection[str]) -> File | None:
    """Fetch a file of one of these kinds, or return None.

    A kind is a media type or the end of a name (.opml): platforms guess the first. A file that is too large or that
    cannot be fetched is None too.
    """
    ending = PurePath(attachment.name).suffix.casefold()
    if not {attachment.media_type.partition(";")[0], ending} & set(kinds) or not 0 < attachment.size <= LARGEST:
        return None
    try:
        data = await attachment.load()
    except Exception as error:  # noqa: BLE001 - a platform's many; the reader is told that it could not be read
        log.warning("a file could not be fetched: %s", type(error).__name__)
        return None
    return File(attachment.name, data, attachment.media_type) if 0 < len(data) <= LARGEST else None
