"""What a command is: a name, the words that lead to it, what it can be given, who may use it, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from bot.subscriptions import naming
from bot.values.calls import Call, Text, Unread, Value
from bot.values.chats import Language, Role
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from handlers import arguments
from handlers.context import Context
from handlers.params import Suggest, TextParam

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.values.wording import Wording
    from handlers.params import Param

T = TypeVar("T", bound=Value)
ARGUMENT = "argument"


@dataclass(frozen=True, slots=True)
class Request(Context):
    """A command as somebody gave it in a chat, with all that is needed to answer."""

    call: Call = field(default_factory=lambda: Call(""))
    commands: Mapping[str, Command] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, param: Param[T]) -> T | None:
        """Return what a parameter was given; None if that is nothing, or nothing that it could read."""
        value = self.call.get(param.name)
        return None if value is None or isinstance(value, Unread) else cast("T", value)

    def unread(self, param: Param[T]) -> str:
        """Return the words that a parameter was given and could not read; "" if there are none."""
        value = self.call.get(param.name)
        return value.words if isinstance(value, Unread) else ""

    async def run(self, command: str, argument: str = "") -> Reply:
        """Do what another command does with an argument, for a command that does its part by it."""
        other = self.commands[command]
        return await other.run(replace(self, call=await other.read(argument, self)))

    @property
    def argument(self) -> str:
        """The whole text behind a command that declares no parameters of its own."""
        value = self.call.get(ARGUMENT)
        return value.words if isinstance(value, Text) else ""


async def ask_which(request: Request, command: str, offer: Callable[[str, Language], Choice]) -> Reply:
    """Ask for the name that a command needs, with the busiest topics to choose from; the next message answers."""
    tags = await request.store.tags.busiest(request.now, naming.BUSIEST)
    row = tuple(offer(tag.name, request.language) for tag in tags)
    text = request.words(naming.WHICH)
    return Reply(Message((paragraph(text), *((Choices((row,)),) if row else ())), brief=text), asks=Asks(command))


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
    suggest: Suggest | None = None
    """What its argument may be, by what is typed of it so far, where a platform offers that while one types."""
    params: tuple[Param[Value], ...] = ()
    """What it can be given, in the order in which one types it."""

    @property
    def takes(self) -> tuple[Param[Value], ...]:
        """Its parameters; a command that declares none has the whole text as one."""
        if self.params:
            return self.params
        return (TextParam(name=ARGUMENT, accepts=self.fits, suggest=self.suggest),)

    @property
    def takes_words(self) -> bool:
        """Whether its aliases lead to it in front of other words too."""
        return self.takes_argument or bool(self.params)

    async def read(self, text: str, at: Context) -> Call:
        """Read the text behind its name."""
        return await arguments.read(self.name, self.takes, text, at)
