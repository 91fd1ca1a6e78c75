"""Defines messages without markup.

A message says in parts what a platform draws. The union of parts is closed: each renderer is a ``match`` that ends in
``assert_never``, so mypy names every renderer that has to learn a new part. An empty line separates parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bot.values.chats import Language, Picture
from bot.values.picks import Pick

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.values.calls import Call
    from bot.values.lists import Listed


class Style(StrEnum):
    """How a span is set."""

    PLAIN = "plain"
    STRONG = "strong"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style, perhaps a link."""

    text: str
    style: Style = Style.PLAIN
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline or a list's head.

    ``position`` is its number in the list it was opened from.
    """

    text: str
    link: str | None = None
    position: int | None = None
    sign: str = ""
    """What a renderer puts in front of it, for the message's state."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of our own words."""

    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of an article.

    The first is always readable, a platform may fold the rest.
    """

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A whole article, paragraph by paragraph; a platform may fold it."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The lines under a card that say who and when.

    They name the outlet, the sources that it names itself, the time and the tags, a line each.
    """

    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list and the small line under it."""

    position: int
    text: str
    link: str | None = None
    detail: str = ""
    article_id: int | None = None
    struck: bool = False
    """Taken back since it was sent."""
    corrected: bool = False
    """Put right by an editor."""
    snippet: tuple[Span, ...] = ()
    """Where words were found in it, with these set off."""
    remark: str = ""
    """What is said at its end, in brackets."""

    @property
    def asides(self) -> str:
        """What stands behind it in brackets: the detail, the remark."""
        return " ".join(f"({one})" for one in (self.detail, self.remark) if one)


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list, or a group of one under its title."""

    items: tuple[Item, ...]
    title: str = ""
    compact: bool = False
    """A line for each: the detail in brackets behind the text, nothing between two of them."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A block that is set off from the rest.

    It says what was corrected, and why.
    """

    title: str
    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture by its address, with a text description."""

    address: str
    alt: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a message, under its name."""

    name: str
    data: bytes
    media_type: str
    """Its media type, such as application/json."""


@dataclass(frozen=True, slots=True)
class Link:
    """Opens an address."""

    address: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Puts a text at hand, where a platform can."""

    text: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares what a text finds, in a chat of one's choice."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be pressed; its label, typed, does the same."""

    label: str
    does: Call | Link | Copies | Shares
    form: bool = False
    """Whether it opens the form of a call, for a platform that ``fills`` such."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Rows of choices."""

    rows: tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """Texts that stay under the writing field, sent by a tap.

    Without rows it removes those that are there.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    placeholder: str = ""


Part = Heading | Paragraph | Summary | Body | Attribution | Items | Notice | Photo | File | Pick | Choices
P = TypeVar("P", bound=Part)


class DrawnAs(NamedTuple):
    """What a drawn message is cached under.

    Messages with equal values look the same, so a platform draws one.
    """

    subject_id: int
    article: int | None
    version: int
    look: tuple[object, ...]
    """All else that shows: language, zone, style, picture, state …"""


class MessageSort(StrEnum):
    """What a message is."""

    CARD = "card"
    LIST = "list"
    DIGEST = "digest"
    NOTE = "note"
    """A line about news that lies above it, or news in bare words."""
    ANSWER = "answer"
    """Anything else that is said to somebody: a panel, a question, a confirmation."""


class MessageState(StrEnum):
    """What has become of the news it tells.

    Signs and colours are the renderers'.
    """

    PLAIN = "plain"
    BREAKING = "breaking"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Message:
    """A message: parts in order.

    ``brief`` is the whole in one line, for a chat that has room for just one.
    """

    parts: tuple[Part, ...]
    brief: str = ""
    language: Language = Language.BANGLA
    """The language of our own words in it, and of what a platform adds, such as the numbers of a list."""
    picture: Picture = Picture.SMALL
    """How large the chat wants pictures: its own, or a preview of what is linked."""
    reply_keyboard: ReplyKeyboard | None = None
    """Where a platform has such; a message with choices brings none."""
    sort: MessageSort = MessageSort.ANSWER
    state: MessageState = MessageState.PLAIN
    outlet: str = ""
    """Who published what it tells."""
    topic: str = ""
    """What that is about, by its name: a forum files the message there."""
    listed: Listed | None = None
    """The list that this is a page of: its numbers open articles, and `more` goes on behind it."""
    shows: tuple[int, ...] = ()
    """The articles that it tells of, beside those of its lists."""
    calls: str = ""
    """The role of a server that it calls."""
    drawn_as: DrawnAs | None = field(default=None, compare=False)
    """Where many chats are shown the same."""

    def each(self, part_type: type[P]) -> tuple[P, ...]:
        """Return its parts of one kind."""
        return tuple(part for part in self.parts if isinstance(part, part_type))

    @property
    def items(self) -> tuple[Item, ...]:
        """The lines of its lists."""
        return tuple(item for items in self.each(Items) for item in items.items)

    @property
    def articles(self) -> tuple[int, ...]:
        """All articles that it tells of."""
        return tuple(
            dict.fromkeys((*self.shows, *(one.article_id for one in self.items if one.article_id is not None)))
        )

    @property
    def rows(self) -> tuple[tuple[Choice, ...], ...]:
        """Its rows of choices."""
        return tuple(row for choices in self.each(Choices) for row in choices.rows)

    @property
    def told(self) -> tuple[Part, ...]:
        """Its parts without the choices."""
        return tuple(part for part in self.parts if not isinstance(part, Choices))


@dataclass(frozen=True, slots=True)
class Asks:
    """A question.

    The next plain text of who is asked fills what the call is missing.
    """

    call: Call
    missing: str
    chosen: bool = False
    """Whether the choices beside it are all that can be answered: typed or pressed, but in no field of one's own."""


@dataclass(frozen=True, slots=True)
class DrawnBy:
    """Who asked for an answer, and when.

    The call draws it anew; None: none does.
    """

    person: str
    at: datetime
    call: Call | None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a person.

    A new message or one in place of that the choice stood on; for all, or only for who asked.
    """

    message: Message
    replaces: bool = False
    private: bool = False
    asks: Asks | None = None
    live: Callable[[], Awaitable[Message | None]] | None = None
    """Asked every few seconds for what is to stand in place of this, until it returns None."""
    then: Message | None = None
    """Sent right behind it."""
    toast: str = ""
    """Said in passing where a platform can do that beside a change in place."""
    reads: bool = False
    """Whether it answers a question that changes nothing: asked anew in other words, it may take another's place."""
    drawn: DrawnBy | None = None
    """Who asked for it and what draws it anew, where it tells of stories."""
    passing: bool = False
    """Whether the message explains no more than what was pressed: it may be said over the chat, and stay nowhere."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a platform can show, as data."""

    bangla_dates: bool = False
    """Whether every card carries the Bangla date, not only whole articles."""
    tags_on_cards: bool = False
    """Whether a summary card lists its tags as text."""
    samples: bool = False
    """Whether the samples of an empty archive may be shown: they never leave the console."""
    edits: bool = True
    """Whether a message that was sent can be changed."""
    idempotent: bool = False
    """Whether a second try with the same idempotency key returns the message that arrived first."""
    buttons: bool = False
    """Whether choices are pressed: a card carries few, the others stand behind one of them."""
    answers_alone: bool = False
    """Whether what is pressed among others can be answered to who pressed alone."""
    reply_keyboard: bool = False
    """Whether texts can stay under the field where one writes."""
    deep_link: str = ""
    """The address that opens a private chat with the bot, with `{start}` for what it begins with."""
    mention: str = ""
    """What calls the bot among others; "" where each member sees another name."""
    fills: bool = False
    """Whether forms with several fields can be opened."""
    servers: bool = False
    """Whether chats are channels of servers, which have roles."""
    page: int = 5
    """How many lines a list has unless more are asked for."""


def line(text: str, style: Style = Style.PLAIN, link: str | None = None) -> tuple[Span, ...]:
    """Make a line of one span."""
    return (Span(text, style, link),)


def paragraph(*texts: str) -> Paragraph:
    """Make a paragraph of plain lines."""
    return Paragraph(tuple(line(text) for text in texts))


def plain(*texts: str) -> Message:
    """Make a message of one plain paragraph."""
    return Message((paragraph(*texts),), brief=texts[0] if texts else "")
