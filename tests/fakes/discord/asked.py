"""What somebody asked of the bot, and how it was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.discord.bell import Bell
    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 1, 2, 3, 4, 5
PONG, MESSAGE, LATER, CHANGE_LATER, CHANGE, SUGGEST, WINDOW = 1, 4, 5, 6, 7, 8, 9
ACKNOWLEDGED_WITHIN, ANSWERED_WITHIN = 3.0, 900.0


@dataclass(eq=False)
class Asked:
    """An interaction."""

    id: str
    token: str
    kind: int
    user: User
    channel: Channel
    at: datetime
    data: dict[str, Any]
    bell: Bell
    pressed: Shown | None = None
    """The message that a button or a choice belongs to."""
    callback: dict[str, Any] | None = None
    """How it was acknowledged, as it was sent."""
    original: Shown | None = None
    """The answer, or the message that is changed instead."""
    followups: list[Shown] = field(default_factory=list)
    edits_before: int = 0
    """How often the message that is to be changed had been changed before."""

    @property
    def acknowledged(self) -> bool:
        """Whether the bot said anything in time."""
        return self.callback is not None

    @property
    def answered(self) -> bool:
        """Whether there is more to see than that somebody is thinking."""
        if self.callback is None:
            return False
        if self.callback["type"] == CHANGE_LATER:
            changed = self.original is not None and self.original.edits > self.edits_before
            return changed or bool(self.followups)
        return self.original is None or not self.original.loading

    @property
    def choices(self) -> list[dict[str, Any]]:
        """What was suggested."""
        return list(((self.callback or {}).get("data") or {}).get("choices") or ())

    @property
    def modal(self) -> dict[str, Any]:
        """The window that was opened."""
        assert self.callback is not None
        assert self.callback["type"] == WINDOW, self.callback
        opened: dict[str, Any] = self.callback["data"]
        return opened

    @property
    def shown(self) -> list[Shown]:
        """All that was answered, in order."""
        first = [self.original] if self.original is not None else []
        return [one for one in (*first, *self.followups) if not one.deleted]

    @property
    def text(self) -> str:
        """What a person reads of the answer."""
        return "\n\n".join(one.text for one in self.shown)

    async def answer(self, seconds: float = 60.0) -> Shown:
        """Wait for the answer and return its first message."""
        await self.bell.until(lambda: self.answered and self.shown, seconds)
        return self.shown[0]

    async def acknowledgement(self, seconds: float = 60.0) -> dict[str, Any]:
        """Wait until it is acknowledged and return how.

        Suggestions and windows come so.
        """
        await self.bell.until(lambda: self.acknowledged, seconds)
        assert self.callback is not None
        return self.callback
