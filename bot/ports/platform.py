"""What the core asks of a chat platform."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.values.delivery import Form

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.values.chats import Target
    from bot.values.delivery import Ref
    from bot.values.messages import Message, Traits


class Scope(StrEnum):
    """Whom a platform asks to wait."""

    CHAT = "chat"
    ACCOUNT = "account"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived, under this id.

    The id of a message in several parts names all of them, in the adapter's own form.
    """

    ref: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Postponed:
    """The platform asks to wait; this uses up no attempt."""

    wait: timedelta
    scope: Scope = Scope.UNSAID


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can no longer be reached, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The topic, thread or channel takes nothing.

    It is closed, archived, or we have no right to write there.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes by another address now."""

    external_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not take this message in any chat, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no such message to edit.

    Any more, or it can no longer be edited.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Barred:
    """The platform does not know us.

    Our token was revoked, or another process uses it: no chat is at fault.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """It was certainly not delivered; try again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have arrived."""

    reason: str


SendResult = Sent | Postponed | Gone | Closed | Moved | Refused | Lost | Barred | Unavailable | Unknown


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """A platform that answered.

    The name of our account there, and the time by its clock, if it told that.
    """

    name: str
    at: datetime | None
    notes: tuple[str, ...] = ()
    """What works, and is worth a look, in words for its operator."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be spoken to, as data."""

    per_second: float | None = None
    """Messages a second over the whole account, replies included; None: no limit."""
    slots: int = 30
    """Requests in flight, or still counted by the platform's window, at once."""
    chat_gap: float = 0.0
    """Seconds between two messages to one chat."""
    group_per_minute: int | None = None
    """Messages a minute to one group or channel."""


class Platform(Protocol):
    """A chat platform, as one account of it.

    Adapters add no retries of their own.
    """

    name: str
    account: str
    traits: Traits
    pace: Pace

    async def send(
        self,
        target: Target,
        message: Message,
        idempotency_key: str,
        *,
        silent: bool = False,
        answers: Ref | None = None,
    ) -> SendResult:
        """Show a message in a chat.

        ``idempotency_key`` is the same for every try of the same message. ``silent`` sends it without a sound;
        ``answers`` is the message that it answers, if that still lies there.
        """

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Make a sent message show another text.

        A message that shows it already is Sent.
        """
