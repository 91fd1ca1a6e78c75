"""What a command is: a name, the words that lead to it, who may use it, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.card.view import View
from bot.subscriptions import naming
from bot.values.chats import Chat, Language, Role
from bot.values.messages import Asks, Choice, Choices, Message, Reply, Traits, paragraph, plain
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from bot.editing.sources import SourceEditor
    from bot.ports.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What commands work with."""

    store: Store
    desk: SourceEditor
    bot_name: str
    admins: tuple[str, ...] = ()
    """Who hears what readers report: platform:ID."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command as somebody gave it in a chat, with all that is needed to answer."""

    chat: Chat
    actor: str
    role: Role
    argument: str
    now: datetime
    traits: Traits
    services: Services
    commands: Mapping[str, Command] = field(default_factory=lambda: MappingProxyType({}))
    bare: bool = False
    """Whether this was plain text that names no command."""

    @property
    def store(self) -> Store:
        """The archive and all else that is kept."""
        return self.services.store

    @property
    def language(self) -> Language:
        """The language of this chat."""
        return self.chat.language

    @property
    def view(self) -> View:
        """For whom articles are drawn."""
        chat = self.chat
        return View(chat.language, ZoneInfo(chat.zone), self.now, self.traits, chat.kind, chat.preferences.picture)

    def words(self, wording: Wording, **values: str | int) -> str:
        """Say something in this chat's language."""
        return say(wording, self.chat.language, **values)

    def reply(self, wording: Wording, **values: str | int) -> Reply:
        """Answer with one plain paragraph."""
        return Reply(plain(*self.words(wording, **values).split("\n")))


async def ask_which(request: Request, command: str, offer: Callable[[str, Language], Choice]) -> Reply:
    """Ask for the name that a command needs, with the busiest topics to choose from; the next message answers."""
    tags = await request.store.tags.busiest(request.now, naming.BUSIEST)
    row = tuple(offer(tag.name, request.language) for tag in tags)
    text = request.words(naming.WHICH)
    return Reply(Message((paragraph(text), *((Choices((row,)),) if row else ())), brief=text), asks=Asks(command))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be filled in: as it is shown, and what stands for it."""

    label: str
    value: str


def _anything(_argument: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Its file in handlers/commands holds one, called COMMAND, with the words beside it.

    ``aliases`` lead to it as a whole message and, if it ``takes_argument``, in front of one that ``fits``; ``exact``
    lead to it as a whole message only, each with the argument it stands for. Both are matched on ``key()`` text.
    """

    name: str
    summary: Wording
    run: Callable[[Request], Awaitable[Reply]]
    aliases: tuple[str, ...] = ()
    exact: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    takes_argument: bool = False
    usage: str = ""
    role: Role = Role.READER
    longest: int = 300
    """Characters of the message that are still taken for this command: a question is short, an address may be long."""
    changes_chat: bool = False
    """Whether it changes what a chat chose: in a group or a channel only its admins may."""
    hidden: bool = False
    """Whether no list of commands names it: courtesies are answered, not offered."""
    fits: Callable[[str], bool] = _anything
    """Whether a text behind an alias is an argument, or the whole a question: «বিরতি চুক্তি» asks for no pause."""
    suggest: Callable[[Request, str], Awaitable[Sequence[Suggestion]]] | None = None
    """What its argument may be, by what is typed of it so far, where a platform offers that while one types."""
