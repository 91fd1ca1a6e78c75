"""A row of the outbox as columns."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.values.chats import Target
from bot.values.delivery import Form, Lane, Ref
from storage.rows.fields import Fields


@dataclass(frozen=True, slots=True)
class SentMessage:
    """What a row knows of its message."""

    message_id: str
    sent_to: str | None
    form: Form | None

    def ref(self, target: Target) -> Ref:
        """Return where the message lies.

        That is the address it was sent to, which the chat may have left since.
        """
        external_id, thread = address_of(self.sent_to or target.external_id)
        there = Target(target.platform, external_id, thread, target.account)
        return Ref(there, self.message_id, self.form or Form.TEXT)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row as it is claimed."""

    subject_id: int
    chat_id: int
    lane: Lane
    tries: int
    unsure: int
    shown: int
    matched: bool
    thread: str
    closed: bool | None
    """Whether its place takes no messages; None if nothing is known of it."""
    waiting: int
    """How many rows wait for its chat: two are as good as a thousand."""
    sent: SentMessage | None
    """A row without a message has none."""


_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: `json.dumps` makes an encoder for each message that is settled."""
SENT = Fields(SentMessage, "d")
OUTBOX = Fields(
    OutboxRow,
    "d",
    named={
        "thread": "coalesce(p.thread, '')",
        "closed": "coalesce(p.state, q.state) = 'closed'",
        "waiting": (
            "(SELECT count(*) FROM (SELECT 1 FROM deliveries w WHERE w.chat_id = d.chat_id "
            "AND w.state IN ('waiting', 'sending') LIMIT 2) y)"
        ),
    },
    parts={"sent": SENT},
)


def written_address(target: Target) -> str:
    """Write where a message was sent: the address and the thread."""
    return _WRITTEN([target.address or target.external_id, target.thread])


def address_of(stored: str) -> tuple[str, str]:
    """Read where a message was sent."""
    if not stored.startswith("["):
        return stored, ""
    external_id, thread = json.loads(stored)
    return external_id, thread
