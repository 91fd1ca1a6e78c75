"""Turns a written text into a command with values.

Latin names, aliases and bare text come to the same.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bangla.cut import cut
from bot.bangla.normalise import display, key
from bot.search import headlines, wishes
from bot.search.grammar import lexicon
from bot.search.lexicon import tables
from bot.values.calls import Call, ListAt, OneOf, OpenQuestion, Text, call
from bot.values.wording import Wording
from handlers import arguments
from handlers.labels import undecorated
from handlers.params import AboutParam, TermParam, TextParam

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.values.calls import Value
    from bot.values.chats import Role
    from bot.values.messages import Reply
    from handlers.command import Command
    from handlers.context import Context
    from handlers.params import Param

UNKNOWN = Wording("‘/{command}’ নামে কিছু নেই। /{nearest} চাইছিলেন?", "There is no /{command}. Did you mean /{nearest}?")
NOTHING_NEAR = Wording("‘/{command}’ নামে কিছু নেই। সব কমান্ড: /help", "There is no /{command}. All commands: /help")
NEAR = 2 / 3
"""How many of a name's letters agree with what is meant."""
QUOTED = 40
"""Most letters of a command that nobody knows which are said back."""
TOO_LONG = Wording(
    "এত লম্বা লেখা দিয়ে খোঁজা যায় না। দু-তিনটি শব্দ লিখুন।", "That is too long to search. Send two or three words."
)
FALLBACK = "search"
CHECK = "verify"
OPEN = "read"
ANY_WORDS = (TextParam, TermParam, AboutParam)
"""Parameters that any words fit: behind an alias these may be a sentence's."""


@dataclass(frozen=True, slots=True)
class Route:
    """The command that a text names.

    It has the text behind its name and what an alias stands for.
    """

    command: Command
    argument: str = ""
    given: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class NoSuchCommand:
    """A text with / that names no command."""

    name: str


def looked_up(words: str) -> Call:
    """Return the call that looks for words.

    Anything may go by them: a section, a tag, an outlet, else articles.
    """
    return call(FALLBACK, words=Text(words), sense=OneOf("any"))


class Router:
    """Leads texts to commands."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        """Build the table of aliases.

        Two commands that claim one alias are a mistake of ours.

        Raises:
            ValueError: an alias belongs to two commands.
        """
        self.commands = commands
        tables.load()
        lexicon.load()
        self._whole: dict[str, Route] = {}
        self._leading: dict[str, Command] = {}
        for command in commands.values():
            for alias in (command.name, *command.aliases):
                self._claim(alias, Route(command))
                if any(not param.asked_only for param in command.params):
                    self._leading[key(alias)] = command
            for alias, given in command.exact.items():
                self._claim(alias, Route(command, given=given))

    def _claim(self, alias: str, route: Route) -> None:
        other = self._whole.setdefault(key(alias), route)
        if other.command is not route.command:
            raise ValueError(f"‘{alias}’ leads to {other.command.name} and to {route.command.name}")

    async def understand(self, text: str, at: Context) -> Call | Reply:
        """Return the call that a plain text means.

        Return a question back if it is unclear, or a reply that says why it is no call.
        """
        shown, route = undecorated(display(text).strip()), self.route(text)
        if isinstance(route, NoSuchCommand):
            nearest = self.nearest(route.name, at.role)
            wording = UNKNOWN if nearest else NOTHING_NEAR
            return at.reply(wording, command=cut(route.name, QUOTED), nearest=nearest)
        if route is None and key(shown).isdecimal():
            return call(OPEN, number=ListAt(int(key(shown)[:4]), at.listed))
        if route is None and (self._is_checked(text) or await headlines.pasted(at.store, text) is None):
            # The headline of a story, or its address, is no request, whatever it ends in.
            route = await self._sentence(text, at)
        if route is not None:
            return await self._called(route, text, at)
        return looked_up(shown) if len(text) <= self.commands[FALLBACK].longest else at.reply(TOO_LONG)

    def _is_checked(self, text: str) -> bool:
        """Return whether a text asks to check its words.

        It has «যাচাই» before a headline.
        """
        led = self.led(undecorated(display(text).strip()))
        return led is not None and led.command.name == CHECK

    async def _sentence(self, text: str, at: Context) -> Route | None:
        """Return what a sentence wants done.

        Return None if it only asks for news.
        """
        led = self.led(undecorated(display(text).strip()))
        if led is not None and not any(isinstance(param, ANY_WORDS) for param in led.command.params):
            # «চুপ না»: a rest that fits no more than its command's own values is one.
            return led
        wisher = wishes.Wisher(at.store, at.chat, at.now, at.zone)
        found = await wishes.read(wisher, text)
        if found is not None:
            return Route(self.commands[found.command], found.argument)
        return led if led is not None and await wishes.is_led(wisher, led.command.name, led.argument) else None

    async def _called(self, route: Route, text: str, at: Context) -> Call | Reply:
        if len(text) > route.command.longest:
            return at.reply(TOO_LONG)
        if route.given is not None and not route.argument:
            return call(route.command.name, **route.given)
        return await route.command.read(route.argument, at)

    def route(self, text: str) -> Route | NoSuchCommand | None:
        """Return the command that a whole text names.

        Return None for a sentence, which must be read.
        """
        shown = undecorated(display(text).strip())
        return self._slash(shown) if shown.startswith("/") else self._whole.get(key(shown))

    def named(self, text: str) -> Route | None:
        """Return the command that a text names by words.

        The whole of it, else what stands in front.
        """
        return self._whole.get(key(text)) or self.led(text)

    def led(self, text: str) -> Route | None:
        """Return the command whose alias opens a text.

        The rest of the text is its argument.
        """
        words = text.split()
        for size in range(min(len(words) - 1, 4), 0, -1):
            command, argument = self._leading.get(key(" ".join(words[:size]))), " ".join(words[size:])
            if command is not None and arguments.fits(command.params, argument):
                return Route(command, argument)
        return None

    def missing(self, question: OpenQuestion, text: str) -> Param[Value] | None:
        """Return the parameter that a text answers.

        Return None if it does not answer what was asked. A text that names a command does not, unless any words do.
        """
        shown, command = display(text).strip(), self.commands.get(question.call.command)
        param = command.param(question.missing) if command is not None else None
        if param is None or shown.startswith("/") or (not param.any_words and self.named(shown) is not None):
            return None
        bare = undecorated(shown)
        if bare != shown and key(bare) in self._whole:
            # «⚙️ সেটিংস» is tapped, not written: any words may be an answer, our own keys never are.
            return None
        return param if param.is_answer(shown, question.call) else None

    def _slash(self, text: str) -> Route | NoSuchCommand:
        first, rest = (*text[1:].split(maxsplit=1), "", "")[:2]
        name = key(first.partition("@")[0])
        if whole := self._whole.get(name):
            return Route(whole.command, rest.strip(), whole.given)
        return NoSuchCommand(first)

    def nearest(self, name: str, role: Role) -> str:
        """Return the command that a name is most like.

        It is one that somebody of this role may use.

        Return "" if too few letters agree.
        """
        wanted = key(name.partition("@")[0])
        offered = {
            alias: found.command.name
            for alias, found in self._whole.items()
            if found.command.role <= role and not found.command.hidden
        }
        near = difflib.get_close_matches(wanted, offered, n=1, cutoff=0)
        if not near:
            return ""
        agree = sum(block.size for block in difflib.SequenceMatcher(None, wanted, near[0]).get_matching_blocks())
        return offered[near[0]] if agree >= NEAR * max(len(wanted), len(near[0])) else ""
