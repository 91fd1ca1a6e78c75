"""What readers report of a story, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class ReportState(StrEnum):
    """How far a reader's report is."""

    NEW = "new"
    """Kept; no editor has it yet."""
    SEEN = "seen"
    """It lies in an editor's inbox."""
    ACTED = "acted"
    """The story was corrected or withdrawn after it."""
    CLOSED = "closed"
    """Looked at; the story stays as it is."""


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """A mistake that somebody saw in an article, in their own words."""

    actor: str
    """Who: platform:ID."""
    article_id: int
    text: str
    at: datetime
    state: ReportState = ReportState.NEW
