"""How far a subject goes and has come.

It is counted in chats; for one chat it says what became of the subject there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, time

    from bot.values.chats import Term
    from bot.values.delivery import DeliveryState, Subject, Why


@dataclass(frozen=True, slots=True)
class AudienceShare:
    """How many chats of an audience share quiet hours.

    The hours are local to ``zone``; equal ends mean no quiet hours.
    """

    chats: int
    zone: str
    quiet_from: time
    quiet_to: time


@dataclass(frozen=True, slots=True)
class ReachBeside:
    """How far a change has come in appearances, counted in messages."""

    changed: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.changed + self.waiting + self.failed


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a subject or its newest change has come.

    It counts chats by what became of it there.
    """

    total: int = 0
    changed: int = 0
    waiting: int = 0
    failed: tuple[tuple[Why, int], ...] = ()
    unknown: int = 0
    beside: ReachBeside = ReachBeside()
    """Shared cards and answers that show it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a subject in a chat, for whoever asks why.

    ``follows`` and ``leaves_out`` are the chat's choices that the subject offers; ``digest_at`` is when a digest took
    it.
    """

    subject: Subject
    state: DeliveryState | None = None
    reason: Why | None = None
    at: datetime | None = None
    unsure: int = 0
    digest_at: datetime | None = None
    follows: tuple[Term, ...] = ()
    leaves_out: tuple[Term, ...] = ()
    purged: bool = False
