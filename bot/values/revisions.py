"""What a later reading of an article changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.values.articles import Draft


@dataclass(frozen=True, slots=True)
class TextChange:
    """The merged article to store.

    It also says whether readers see a new text (a numbered revision) or only better facts.
    """

    draft: Draft
    is_revision: bool


class SourceWord(StrEnum):
    """What a source's text is worth beside the stored one."""

    NEWER = "newer"
    """It changed since this source was last read, or is dated later: it stands."""
    REPEATED = "repeated"
    """The source says what it said before."""
    OTHER = "other"
    """Another source's first word on it; it may complete the text and replace nothing."""
