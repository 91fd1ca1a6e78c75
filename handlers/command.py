"""Defines what a command is.

A name, the words that lead to it, what it can be given, whom its answer is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from bot.articles.names import english
from bot.subscriptions import naming
from bot.values.calls import Call, Unread, Value, call
from bot.values.chats import Role, Term
from bot.values.messages import Asks, Choice, Choices, File, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import arguments, attached
from handlers.context import Context

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.values.chats import Language
    from bot.values.forms import BlankForm
    from handlers.attached import Attachment
    from handlers.params import Param

T = TypeVar("T", bound=Value)
BACK = Wording("‹ ফিরে যান", "‹ back")
LEAVE_IT = Wording("‹ থাক", "‹ leave it")
LIST = "list"
"""Where a change leads back to if it was pressed in the list of what is followed."""


@dataclass(frozen=True, slots=True)
class Request(Context):
    """A command that somebody gave in a chat.

    It has all that is needed to answer.
    """

    call: Call = field(default_factory=lambda: Call(""))
    commands: Mapping[str, Command] = field(default_factory=lambda: MappingProxyType({}))
    attached: Attachment | None = None
    """The file that came with it, for a command that ``takes`` files; `file` fetches it."""

    def get(self, param: Param[T]) -> T | None:
        """Return a parameter's value, or None.

        None means that nothing was given, or nothing that the parameter could read.
        """
        value = self.call.get(param.name)
        return cast("T", value) if value is not None and param.admits(value) else None

    def unread(self, param: Param[T]) -> str:
        """Return the words that a parameter could not read.

        Return "" if there are none.
        """
        value = self.call.get(param.name)
        return value.words if isinstance(value, Unread) else ""

    async def run(self, wanted: Call) -> Reply:
        """Run another command as part of this one."""
        return await self.commands[wanted.command].run(replace(self, call=wanted))

    async def file(self) -> File | None:
        """Fetch the file that came with it, or return None.

        None means that there is no file of the kinds and the size that the command takes.
        """
        if self.attached is None:
            return None
        return await attached.read(self.attached, self.commands[self.call.command].takes)

    @property
    def rest(self) -> str:
        """Words that no parameter takes."""
        value = self.call.get(arguments.REST)
        return value.words if isinstance(value, Unread) else ""


class Audience(StrEnum):
    """Whom an answer is for, where several people are."""

    CHANNEL = "channel"
    """Everybody who is there."""
    CHAT = "chat"
    """Who asked; it is about this chat."""
    PERSON = "person"
    """Who asked; it is about their own news, unless they say that this chat's is meant."""


class Group(Enum):
    """Where /help names a command."""

    SEE = Wording("দেখুন", "See")
    FOLLOW = Wording("নিয়মিত পান", "Get it regularly")
    ARRANGE = Wording("সাজিয়ে নিন", "Arrange")
    MORE = Wording("আরও আছে", "And more")
    """Where a new command stands unless it says otherwise."""
    UNLISTED = Wording("অন্যান্য", "Other")
    """Nowhere: it is found by other ways."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A position in the platforms' menus.

    Its order, and whether groups have it too.
    """

    order: int
    in_groups: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    Its file in handlers/commands holds one, called COMMAND, with the words beside it.
    ``aliases`` lead to it as a whole message and, if it has parameters, in front of words that fit them; ``exact`` lead
    to it as a whole message only, each with the values it stands for. Both are matched on ``key()`` text.
    """

    name: str
    summary: Wording
    run: Callable[[Request], Awaitable[Reply]]
    aliases: tuple[str, ...] = ()
    exact: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: MappingProxyType({}))
    takes: tuple[str, ...] = ()
    """Kinds of files that may come with it: media types, or ends of names (.opml)."""
    params: tuple[Param[Value], ...] = ()
    """What it can be given, in the order in which one types it."""
    role: Role = Role.READER
    longest: int = 300
    """Characters of the message that are still taken for this command: a question is short, an address may be long."""
    changes_chat: bool = False
    """Whether it changes what a chat chose: in a group or a channel only its admins may."""
    looks: Callable[[Call], bool] | None = None
    """Which of its calls only look, where others change the chat; None: none, if it changes the chat."""
    audience: Audience | None = None
    """None: everybody's, unless it changes the chat or is for some people only."""
    or_here: bool = False
    """Whether one says in a server if one's own news or this channel's are meant."""
    alone: bool = False
    """Whether it makes sense in a private chat only."""
    acts: bool = False
    """Whether it does more than show and choose: others hear of it."""
    form: Callable[[Request, str], BlankForm | None] | None = None
    """Returns the form in which a call, or a value that it misses, is filled; None: as its parameters say."""
    hidden: bool = False
    """Whether no list of commands names it: courtesies are answered, not offered."""
    described: Wording | None = None
    """What a platform's own list of commands says of it, where that is not the summary."""
    menu: Menu | None = None
    group: Group = Group.MORE
    helps: Wording | None = None
    """Its line in /help, where that is not its name and summary."""
    order: int = 99
    """Its position within its group of /help."""

    @property
    def whom(self) -> Audience:
        """Whom its answer is for."""
        if self.audience is not None:
            return self.audience
        return Audience.CHAT if self.changes_chat or self.role > Role.READER else Audience.CHANNEL

    @property
    def reads(self) -> bool:
        """Whether it only shows."""
        return self.role is Role.READER and not (self.changes_chat or self.acts)

    def keeps(self, given: Call) -> bool:
        """Tell whether a call leaves something behind in its chat."""
        return self.changes_chat and not (self.looks is not None and self.looks(given))

    @property
    def usage(self) -> str:
        """What one types behind its name: NAME [n]."""
        signs = ((one.sign, one.required) for one in self.params if one.sign)
        return " ".join(sign if required else f"[{sign}]" for sign, required in signs)

    def param(self, name: str) -> Param[Value] | None:
        """Return the parameter of that name."""
        return next((one for one in self.params if one.name == name), None)

    async def read(self, text: str, at: Context) -> Call:
        """Read the text behind its name."""
        return await arguments.read(self.name, self.params, text, at)


def way_out(request: Request) -> Choice:
    """Return the choice that leaves a question unanswered."""
    return Choice(request.words(LEAVE_IT), call("unsure"))


def asking(request: Request, asks: Asks, *lines: str) -> Reply:
    """Ask something that is answered in words of one's own."""
    return Reply(Message((paragraph(*lines), Choices(((way_out(request),),))), brief=lines[0]), asks=asks)


async def ask_which(request: Request, missing: str, choice: Callable[[Term, str, Language], Choice]) -> Reply:
    """Ask for the name that a command needs.

    The busiest topics are there to choose from; the next text answers.
    """
    tags = await request.store.tags.busiest(request.now, naming.BUSIEST)
    named = [(naming.tag(one), english.said(one.name, request.language)) for one in tags]
    row = tuple(choice(term, name, request.language) for term, name in named)
    text, rows = request.words(naming.WHICH), ((row,) if row else ())
    message = Message((paragraph(text), Choices((*rows, (way_out(request),)))), brief=text)
    return Reply(message, asks=Asks(request.call, missing))
