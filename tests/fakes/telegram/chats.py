"""Chats of the fake, the people in them, and what they show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.telegram.entities import Entity


@dataclass(frozen=True)
class Document:
    """A file as it lies in a chat."""

    name: str
    content: bytes
    kind: str

    def as_json(self) -> dict[str, Any]:
        """Return it as answers and updates bring it."""
        named = {"file_id": f"file-{self.name}", "file_unique_id": self.name, "file_size": len(self.content)}
        return {**named, "file_name": self.name, "mime_type": self.kind}


@dataclass
class Shown:
    """A message of the bot as it lies in a chat."""

    id: int
    text: str
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    keys: dict[str, Any] | None = None
    photo: str | None = None
    document: Document | None = None
    preview: dict[str, Any] | None = None
    silent: bool = False
    answers: int | None = None
    thread: int | None = None
    edits: int = 0
    raw: str = ""
    """The HTML that was sent."""

    def as_json(self) -> dict[str, Any]:
        """Return it as answers and updates bring it."""
        under = self.photo or self.document
        text, entities = ("caption", "caption_entities") if under else ("text", "entities")
        photo = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]} if self.photo else {}
        styles = {entities: [entity.as_json() for entity in self.entities]} if self.entities else {}
        buttons = {"reply_markup": {"inline_keyboard": self.rows}} if self.rows else {}
        topic = {"message_thread_id": self.thread, "is_topic_message": True} if self.thread else {}
        document = {"document": self.document.as_json()} if self.document else {}
        return {"message_id": self.id, text: self.text, **styles, **photo, **document, **buttons, **topic}

    def button(self, label: str) -> dict[str, Any]:
        """Return the button of that label."""
        found = [one for row in self.rows for one in row if one["text"] == label]
        assert found, (label, self.labels)
        return found[0]

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[one["text"] for one in row] for row in self.rows]


@dataclass
class Chat:
    """A chat."""

    id: int
    kind: str
    title: str = ""
    username: str = ""
    messages: dict[int, Shown] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    """Whoever else is there, by what they are: creator, administrator, member, left, kicked."""
    bot: str = "member"
    writes: bool = True
    topics: dict[int, bool] = field(default_factory=dict)
    """Topics of a forum, by whether they are open."""
    blocked: bool = False
    gone: bool = False
    moved_to: int | None = None

    @property
    def last(self) -> Shown:
        """The message that was sent last."""
        return self.messages[max(self.messages)]

    @property
    def texts(self) -> list[str]:
        """What lies there, as it reads."""
        return [self.messages[number].text for number in sorted(self.messages)]

    def as_json(self) -> dict[str, Any]:
        """Return it as updates bring it."""
        name = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **name, **({"is_forum": True} if self.topics else {})}
