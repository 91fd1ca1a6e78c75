"""Defines the values of delivery.

They say what a chat should show of a subject, what was decided about it, and how a send ended. A delivery is not an
instruction to send a text: it is one row for each subject and chat, and the sender makes what the chat shows agree with
what the subject is now (post, edit, strike).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.articles import Article
    from bot.values.chats import Chat, Target
    from bot.values.lists import Listed


class Lane(IntEnum):
    """The queue that a delivery stands in.

    Withdrawals and breaking news always go before all others.
    """

    WITHDRAWAL = 0
    BREAKING = 1
    NORMAL = 2
    DIGEST = 3
    CORRECTION = 4
    BROADCAST = 5


class SubjectKind(StrEnum):
    """What a subject is."""

    STORY = "story"
    DIGEST = "digest"
    NOTE = "note"
    """A silent line in answer to a card that a chat has: a correction that readers are told of, a new fact."""
    POST = "post"
    """An editor's own words."""
    REPORTS = "reports"
    """What readers reported, for editors; further reports join it."""


class SubjectState(StrEnum):
    """Whether a subject may still be sent."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    """Every form of it was refused; an admin is told, and no more chats are tried."""


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    LEFT = "left"
    """Not pushed, for a reason: the next digest takes it."""
    DROPPED = "dropped"
    DEAD = "dead"


class Form(StrEnum):
    """A message's form: photos and texts are edited by different calls."""

    TEXT = "text"
    PHOTO = "photo"


class Why(StrEnum):
    """Why a delivery was left, dropped or failed, as `why` says."""

    QUIET = "quiet"
    CAP = "cap"
    PAUSED = "paused"
    STOPPED = "stopped"
    GONE = "gone"
    STALE = "stale"
    BACKLOG = "backlog"
    SLOW_START = "slow start"
    DOUBTFUL = "doubtful"
    POISON = "poison"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    THREAD_CLOSED = "place"
    LOST = "lost"
    MOVED = "moved"
    TOO_OLD = "too old"
    EMPTY = "empty"
    SUPERSEDED = "superseded"
    RESTORED = "restored"
    NO_PARENT = "no parent"
    STORY = "story"
    """Another report of the same story went to the chat."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be said: an article, a digest round, a note.

    ``id`` is its position in the order of commits, so that windows of ids skip and double nothing. ``version`` grows
    with every change that a chat should show; ``must`` is the newest that every chat has to: a correction, a
    withdrawal.
    """

    id: int
    kind: SubjectKind
    version: int
    must: int
    state: SubjectState
    created_at: datetime
    article_id: int | None = None
    parent_id: int | None = None
    text: str = ""
    """A note's or a post's own words; the reason of a withdrawal."""
    by: str = ""
    """Who withdrew: "" for our own editors, else the outlet."""
    breaking_at: datetime | None = None
    loud: bool = True
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A message in a chat: its target, id and form."""

    target: Target
    message_id: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Delivery:
    """One claimed row.

    The subject, the chat, and what the chat shows of it by now.
    ``shown`` is the version of the message that lies there (0: none or unknown); ``unsure`` counts posts whose outcome
    is unknown, ``tries`` claims that were never settled.
    """

    subject: Subject
    chat: Chat
    lane: Lane
    target: Target
    tries: int = 1
    unsure: int = 0
    shown: int = 0
    ref: Ref | None = None
    parent: Ref | None = None
    matched: bool = True
    """Whether the chat follows what this is about, or gets it because it is breaking."""
    waiting: int = 1
    """How many rows wait for this chat, this one included."""
    other: DeliveryState | None = None
    """Whether the chat was shown another report of the same article (sent), or has one on its way (sending)."""
    thread_closed: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """Send it; ``counts`` against the chat's cap of the day."""

    silent: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Make the message that lies there show what the subject is now."""


@dataclass(frozen=True, slots=True)
class Keep:
    """What lies there is good enough."""


@dataclass(frozen=True, slots=True)
class Left:
    """Do not push it; the chat's next digest takes it.

    A chat without digests gets one at ``digest_at``. If ``soon``, it gets one then in any case, though its own would be
    later.
    """

    reason: Why
    digest_at: datetime
    soon: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """It will not be sent, and no digest carries it."""

    reason: Why


@dataclass(frozen=True, slots=True)
class Dead:
    """It can never be sent."""

    reason: Why


@dataclass(frozen=True, slots=True)
class Failed:
    """The message cannot be changed; it counts as not reached."""

    reason: Why


@dataclass(frozen=True, slots=True)
class Later:
    """Ask again at ``due_at``."""

    due_at: datetime


Decision = Post | Edit | Keep | Left | Dropped | Dead | Failed | Later


@dataclass(frozen=True, slots=True)
class Arrived:
    """It lies in the chat under this reference and shows ``shown``.

    ``covered`` are the subjects that a digest took, best first; they are told, whatever was left of them before.
    ``listed`` is what the chat remembers of it, for the numbers that readers answer with.
    """

    ref: Ref
    shown: int
    covered: tuple[int, ...] = ()
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """To be tried again at ``due_at``; ``doubtful`` if it may have arrived."""

    due_at: datetime
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """The chat takes nothing before ``until``.

    This and whatever else waits for it waits till then.
    """

    until: datetime


@dataclass(frozen=True, slots=True)
class ChatGone:
    """The chat is unreachable; its waiting rows are dropped."""

    reason: str


@dataclass(frozen=True, slots=True)
class ThreadClosed:
    """The topic, thread or channel takes nothing.

    The row waits for the chat's main place, if that is another.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The chat has another address now; the row waits there."""

    external_id: str


Ending = Arrived | Again | Hold | Later | Keep | Left | Dropped | Dead | Failed | ChatGone | ThreadClosed | ChatMoved


@dataclass(frozen=True, slots=True)
class Settlement:
    """How one claimed row ended."""

    delivery: Delivery
    ending: Ending
    counted: bool = False
    """Whether it was counted against the chat's day and hour when it was claimed; what comes back unsent is not."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a digest shows a chat.

    The window of subjects it covers, and, once it was sent, the articles in order.
    """

    subject_id: int
    from_id: int
    to_id: int
    items: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that a digest may show, with its rank."""

    subject: Subject
    article: Article
    batch: bool = False
    """One of many that came at once from its outlet: told in one line with the others."""
    follows: int = 0
    """How near it is to what the chat follows: 0 everything, 1 an outlet, 2 a topic, 3 words, 4 a tag."""
    left: Why | None = None
    doubtful: bool = False
    """Whether it may have come already: the answer to its post was lost."""


@dataclass(frozen=True, slots=True)
class SentStory:
    """A story sent to a chat, by itself or in a digest."""

    at: datetime
    article_id: int
    headline: str
    url: str | None = None


class Wave(StrEnum):
    """Why rows of a subject are written or touched."""

    FIRST = "first"
    BREAKING = "breaking"
    EDIT = "edit"
    DIGESTS = "digests"
    """Digests that show a story are drawn again."""
    NOTE = "note"
    APPEARANCES = "appearances"
    """Shared cards and answers that show a story are drawn again."""


@dataclass(frozen=True, slots=True)
class Fanout:
    """A subject that is being spread over chats.

    It has come up to chat number ``cursor``.
    """

    subject_id: int
    wave: Wave
    cursor: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class EditorChange:
    """What an editor corrects in an article; None keeps a field."""

    reason: str
    headline: str | None = None
    summary: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    wire_sources: tuple[str, ...] | None = None
