"""What a command is: a name, the words that lead to it, who may use it, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.view import View
from bot.messages import Reply, Traits, plain
from bot.model import Chat, Language, Role
from bot.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.desk import Desk
    from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What commands work with."""

    store: Store
    desk: Desk
    bot_name: str


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
        return View(self.chat.language, ZoneInfo(self.chat.zone), self.now, self.traits)

    def words(self, wording: Wording, **values: str | int) -> str:
        """Say something in this chat's language."""
        return say(wording, self.chat.language, **values)

    def reply(self, wording: Wording, **values: str | int) -> Reply:
        """Answer with one plain paragraph."""
        return Reply(plain(*self.words(wording, **values).split("\n")))


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Its file in handlers/commands holds one, called COMMAND, with the words beside it.

    ``aliases`` lead to it as a whole message and, if it ``takes_argument``, in front of one; ``exact`` lead to it as a
    whole message only, each with the argument it stands for. Both are matched on ``key()`` text.
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
