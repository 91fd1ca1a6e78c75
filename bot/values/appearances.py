"""Defines where stories stand beside what was pushed.

A card that a reader shared, a list or a card in an answer: a correction is to change these too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values.chats import ChatKind
from bot.values.delivery import Form

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.calls import Call
    from bot.values.chats import Chat, Target
    from bot.values.delivery import Why

SHARED_KEPT = timedelta(days=7)
"""How long cards that were shared are known, as long as what was pushed."""
ANSWERS_KEPT = timedelta(days=2)
"""How long answers are known: there are more of them, and nobody scrolls back so far."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A message beside the outbox that shows stories."""

    account: str
    person: str
    """Who asked for it or shared it: platform:ID."""
    articles: tuple[int, ...]
    drawn_at: datetime
    message_id: str | None = None
    """None: it lies where nobody can change it."""
    target: Target | None = None
    """None: it was shared in a chat that nobody here knows."""
    form: Form = Form.TEXT
    call: Call | None = None
    """What draws it anew."""


@dataclass(frozen=True, slots=True)
class DueAppearance:
    """An appearance that is to be changed; ``wanted`` says for which time."""

    id: int
    wanted: int
    appearance: Appearance
    chat: Chat | None = None

    @property
    def in_group(self) -> bool:
        """Whether several people see it."""
        return self.chat is not None and self.chat.kind is not ChatKind.PRIVATE


@dataclass(frozen=True, slots=True)
class AppearanceEnding:
    """How a change ended.

    Well, unless there is a reason why it failed or a moment to try again.
    """

    due: DueAppearance
    reason: Why | None = None
    again_at: datetime | None = None
