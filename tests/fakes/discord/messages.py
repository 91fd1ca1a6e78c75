"""Messages as they lie in a channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.reading import SELECTS, embedded, every, lines

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel

DEFAULT, REPLY, COMMAND = 0, 19, 20
UNREAD = {"content": "", "embeds": [], "attachments": [], "components": []}
"""What somebody sees of a message whose content is not theirs to read."""


class Flag(IntFlag):
    """What is set on a message."""

    CROSSPOSTED = 1 << 0
    IS_CROSSPOST = 1 << 1
    SUPPRESS_EMBEDS = 1 << 2
    SOURCE_DELETED = 1 << 3
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SILENT = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(eq=False)
class Shown:
    """A message."""

    id: str
    channel: Channel
    author: User
    at: datetime
    content: str = ""
    components: list[dict[str, Any]] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[User] = field(default_factory=list)
    flags: int = 0
    kind: int = DEFAULT
    nonce: str | None = None
    allowed_mentions: dict[str, Any] | None = None
    """As it was sent: whom it may call."""
    answers: Shown | None = None
    asked: dict[str, Any] | None = None
    """The interaction that it answers."""
    edited: datetime | None = None
    edits: int = 0
    deleted: bool = False
    copies: list[Shown] = field(default_factory=list)
    """Of a published announcement: what lies in the channels that follow it."""
    reader: User | None = None
    """Who alone sees it, if it is ephemeral."""
    body: dict[str, Any] = field(default_factory=dict)
    """What was sent last, as it was sent."""

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & Flag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it says that somebody is thinking."""
        return bool(self.flags & Flag.LOADING)

    @property
    def text(self) -> str:
        """What a person reads, buttons in brackets."""
        files = (f"[file {one['filename']}]" for one in self.attachments)
        parts = (self.content, *embedded(self.embeds), *lines(self.components), *files)
        return "\n".join(part for part in parts if part)

    @property
    def labels(self) -> list[str]:
        """What its buttons say, in their order."""
        return [one["label"] for one in every(self.components) if one["type"] == 2 and one.get("label")]

    @property
    def selects(self) -> list[dict[str, Any]]:
        """What can be chosen from."""
        return [one for one in every(self.components) if one["type"] in SELECTS]

    @property
    def calls(self) -> list[str]:
        """Return the roles that it says and may call."""
        allowed = (self.allowed_mentions or {}).get("roles") or []
        return [one for one in allowed if f"<@&{one}>" in self.text]

    @property
    def custom_ids(self) -> list[str]:
        """Return what can be pressed or chosen from."""
        return [one["custom_id"] for one in every(self.components) if "custom_id" in one]

    def component(self, named: str) -> dict[str, Any]:
        """Return what has that custom id, or says that."""
        found = [one for one in every(self.components) if named in (one.get("custom_id"), one.get("label"))]
        assert found, (named, self.custom_ids, self.labels)
        return found[0]

    def as_json(self, *, within: bool = False) -> dict[str, Any]:
        """Return it as the platform does.

        The message that it answers stands within it, but no deeper.
        """
        body: dict[str, Any] = {
            "id": self.id,
            "channel_id": self.channel.id,
            "author": self.author.as_json(),
            "content": self.content,
            "timestamp": self.at.isoformat(),
            "edited_timestamp": self.edited.isoformat() if self.edited else None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [user.as_json() for user in self.mentions],
            "mention_roles": [],
            "attachments": self.attachments,
            "embeds": self.embeds,
            "components": self.components,
            "pinned": False,
            "type": self.kind,
            "flags": int(self.flags),
            **({"nonce": self.nonce} if self.nonce is not None else {}),
            **({"webhook_id": self.author.id} if self.asked else {}),
            **(self.asked or {}),
        }
        if self.kind == REPLY and not within:
            there = self.answers is not None and not self.answers.deleted
            body["referenced_message"] = self.answers.as_json(within=True) if self.answers and there else None
        if self.answers is not None:
            body["message_reference"] = {"type": 0, "message_id": self.answers.id, "channel_id": self.channel.id}
        return body
