"""From what somebody wrote to the command that answers; who may; and what is said when it cannot be done."""

from __future__ import annotations

import dataclasses
import difflib
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from bot.search import headlines, wishes
from bot.search.lexicon import tables
from bot.values.calls import Call, OneOf, Text, call
from bot.values.chats import Asked, Chat, ChatKind, Role, Target
from bot.values.errors import StorageError
from bot.values.messages import Reply, Traits, plain
from bot.values.wording import Wording, say
from handlers import arguments
from handlers.command import Command, Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from handlers.context import Context, Services

log = logging.getLogger(__name__)

UNKNOWN = Wording("‘/{command}’ নামে কিছু নেই। /{nearest} চাইছিলেন?", "There is no /{command}. Did you mean /{nearest}?")
NOT_ALLOWED = Wording("এটি শুধু অ্যাডমিনরা করতে পারেন।", "Only admins can do this.")
NOT_IN_GROUP = Wording(
    "এই গ্রুপের সেটিংস শুধু গ্রুপের অ্যাডমিনরা বদলাতে পারেন। নিজের জন্য সাজাতে বটের ইনবক্সে লিখুন।",
    "Only this group's admins can change its settings. Write to the bot directly to set up your own.",
)
PASSING = Wording(
    "একটু সমস্যা হচ্ছে। এক মিনিট পরে আবার চেষ্টা করুন; কোনো খবর হারাবে না।",
    "Something went wrong here. Try again in a minute; no news will be lost.",
)
TOO_LONG = Wording(
    "এত লম্বা লেখা দিয়ে খোঁজা যায় না। দু-তিনটি শব্দ লিখুন।", "That is too long to search. Send two or three words."
)
LONGEST = 5000
"""Characters of a message that are looked at at all; each command says how many it takes."""
FALLBACK = "search"
CHECK = "verify"
_SIGNS = frozenset(("So", "Sk", "Mn", "Cf"))
"""What an emoji is made of: symbol, skin tone, variation selector, joiner."""
OPEN = "read"
ASKED_FOR = timedelta(minutes=10)
"""How long a question waits: what is written an hour later is no answer to it."""
OLD_BUTTON = Wording(
    "এই বাটনটি পুরোনো হয়ে গেছে। নতুন তালিকার জন্য /latest চাপুন।",
    "This button is out of date. Tap /latest for a fresh list.",
)
Rank = Callable[[], Awaitable[Role]] | None


@dataclass(frozen=True, slots=True)
class Route:
    """The command that a text names, with the text behind its name."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class NoSuchCommand:
    """A text that begins with / and names nothing, with the nearest that there is."""

    name: str
    nearest: str


class Router:
    """Leads texts to commands. Latin names, aliases and bare text come to the same."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        """Build the table of aliases; two commands that claim one alias are a mistake of ours.

        Raises:
            ValueError: an alias belongs to two commands.
        """
        self.commands = commands
        tables.load()
        self._whole: dict[str, tuple[Command, str]] = {}
        self._leading: dict[str, Command] = {}
        for command in commands.values():
            for alias in (command.name, *command.aliases):
                self._claim(alias, command, "")
                if command.takes_words:
                    self._leading[key(alias)] = command
            for alias, argument in command.exact.items():
                self._claim(alias, command, argument)

    def _claim(self, alias: str, command: Command, argument: str) -> None:
        other = self._whole.setdefault(key(alias), (command, argument))
        if other[0] is not command:
            raise ValueError(f"‘{alias}’ leads to {other[0].name} and to {command.name}")

    def route(self, text: str) -> Route | NoSuchCommand | None:
        """Find the command that a text names as a whole, or by a number; None for a sentence, which must be read."""
        shown = _undecorated(display(text).strip())
        if shown.startswith("/"):
            return self._slash(shown)
        if whole := self._whole.get(key(shown)):
            return Route(*whole)
        return Route(self.commands[OPEN], shown) if key(shown).isdecimal() else None

    async def understand(self, text: str, at: Context) -> Call | Reply:
        """Understand a plain text: the command with its values, or a question back, or a word why it is neither."""
        route = self.route(text)
        if isinstance(route, NoSuchCommand):
            return at.reply(UNKNOWN, command=route.name, nearest=route.nearest)
        if route is None and (self._is_checked(text) or await headlines.pasted(at.store, text) is None):
            # The headline of a story, or its address, is no request, whatever it ends in.
            route = await self._sentence(text, at)
        if len(text) > (route.command if route is not None else self.commands[FALLBACK]).longest:
            return at.reply(TOO_LONG)
        if route is None:
            return looked_up(display(text).strip())
        return await route.command.read(route.argument, at)

    def _is_checked(self, text: str) -> bool:
        """Tell whether a text asks to check what stands in it: «যাচাই» before a headline."""
        led = self.led(_undecorated(display(text).strip()))
        return led is not None and led.command.name == CHECK

    async def _sentence(self, text: str, at: Context) -> Route | None:
        """Find what a sentence wants done; None if it only asks for news."""
        wisher = wishes.Wisher(at.store, at.chat, at.now, at.zone)
        found = await wishes.read(wisher, text)
        if found is not None:
            return Route(self.commands[found.command], found.argument)
        led = self.led(_undecorated(display(text).strip()))
        return led if led is not None and await wishes.is_led(wisher, led.command.name, led.argument) else None

    def led(self, text: str) -> Route | None:
        """Find the command whose alias stands in front of a text, with the rest as its argument."""
        words = text.split()
        for size in range(min(len(words) - 1, 4), 0, -1):
            command, argument = self._leading.get(key(" ".join(words[:size]))), " ".join(words[size:])
            if command is not None and arguments.fits(command.takes, argument):
                return Route(command, argument)
        return None

    def answer(self, asked: Asked, text: str) -> Route | None:
        """Take a text as the answer to what was asked; one that names a command is none, unless any words are."""
        shown, command = display(text).strip(), self.commands.get(asked.command)
        if command is None or shown.startswith("/") or (not asked.free and self._named(shown) is not None):
            return None
        argument = f"{asked.argument} {shown}".strip()
        return Route(command, argument) if command.fits(argument) else None

    def _named(self, text: str) -> Route | None:
        """Find the command that a text names by its words: the whole of it, else what stands in front."""
        whole = self._whole.get(key(text))
        return Route(*whole) if whole else self.led(text)

    def _slash(self, text: str) -> Route | NoSuchCommand:
        first, rest = (*text[1:].split(maxsplit=1), "", "")[:2]
        name = key(first.partition("@")[0])
        if whole := self._whole.get(name):
            command, argument = whole
            return Route(command, rest.strip() or argument)
        near = difflib.get_close_matches(name, list(self._whole), n=1, cutoff=0)
        return NoSuchCommand(first, self._whole[near[0]][0].name if near else "help")


def looked_up(words: str) -> Call:
    """Return the call that looks for words, whatever goes by them: a section, a tag, an outlet, else articles."""
    return call(FALLBACK, words=Text(words), sense=OneOf("any"))


def _undecorated(text: str) -> str:
    """Take off a sign in front of words: a key that says «📰 সর্বশেষ» sends just that."""
    first, _, rest = text.partition(" ")
    decorates = all(unicodedata.category(sign) in _SIGNS for sign in first)
    return rest.strip() if rest.strip() and decorates else text


class Dialogue:
    """Answers what is written in a chat: routing, permission, and one policy for what goes wrong."""

    def __init__(self, router: Router, services: Services, clock: Clock, traits: Traits) -> None:
        """Tie commands to what they work with, for one platform."""
        self._router = router
        self._services = services
        self._clock = clock
        self._traits = traits

    async def reply(
        self,
        target: Target,
        actor: str,
        role: Role,
        text: str,
        *,
        kind: ChatKind = ChatKind.PRIVATE,
        rank: Rank = None,
        quoted: bool = False,
    ) -> Reply:
        """Answer one message; whatever goes wrong is logged and told to the reader in plain words.

        ``rank`` is asked, where it is given, what somebody may in this chat, once that matters. A ``quoted`` text is
        somebody else's: it is searched for, and neither a command nor the answer to a question.
        """
        answer = self._quoted if quoted else self._answer
        return await self._safely(target, actor, role, kind, lambda request: answer(request, text, rank))

    async def press(  # noqa: PLR0917 - who pressed what where
        self, target: Target, actor: str, role: Role, pressed: tuple[str, str] | None, kind: ChatKind, rank: Rank = None
    ) -> Reply:
        """Answer a choice, a command with its argument; None is one that is no longer known.

        Who may is looked at now, not when it was drawn.
        """
        return await self._safely(target, actor, role, kind, lambda request: self._pressed(request, pressed, rank))

    async def _safely(
        self, target: Target, actor: str, role: Role, kind: ChatKind, work: Callable[[Request], Awaitable[Reply]]
    ) -> Reply:
        now = self._clock()
        chat = Chat(0, target.platform, target.external_id)
        try:
            chat = await self._services.store.chats.ensure(target, now, kind)
            commands = self._router.commands
            return await work(Request(chat, actor, role, now, self._traits, self._services, commands=commands))
        except StorageError:
            log.exception("storage failed while answering")
        except Exception:
            log.exception("a command failed")
        return Reply(plain(say(PASSING, chat.language)), private=True)

    async def _quoted(self, request: Request, text: str, rank: Rank) -> Reply:
        shown = display(text).strip().lstrip("/")
        if len(shown) > self._router.commands[FALLBACK].longest:
            return request.reply(TOO_LONG)
        return await self._run(request, looked_up(shown), rank)

    async def _answer(self, request: Request, text: str, rank: Rank) -> Reply:
        if len(text) > LONGEST:
            return request.reply(TOO_LONG)
        if (route := self._answer_to(request.chat.asked, text, request.now)) is not None:
            if len(text) > route.command.longest:
                return request.reply(TOO_LONG)
            return await self._run(request, await route.command.read(route.argument, request), rank)
        understood = await self._router.understand(text, request)
        if isinstance(understood, Reply):
            return understood
        return await self._run(request, understood, rank)

    async def _pressed(self, request: Request, pressed: tuple[str, str] | None, rank: Rank) -> Reply:
        command = self._router.commands.get(pressed[0]) if pressed is not None else None
        if pressed is None or command is None:
            return dataclasses.replace(request.reply(OLD_BUTTON), private=True)
        return await self._run(request, await command.read(pressed[1], request), rank)

    async def _run(self, request: Request, call: Call, rank: Rank) -> Reply:
        command = self._router.commands[call.command]
        role, shared = request.role, request.chat.kind is not ChatKind.PRIVATE
        public = request.view.public
        if rank is not None and shared and (public or command.changes_chat) and role < Role.CHAT_ADMIN:
            role = max(role, await rank())
        if (refusal := _refusal(command, request.chat, role, public=public)) is not None:
            return dataclasses.replace(request.reply(refusal), private=True)
        reply = await command.run(dataclasses.replace(request, role=role, call=call))
        await self._ask(request.chat, reply, request.now)
        return reply

    def _answer_to(self, asked: Asked | None, text: str, now: datetime) -> Route | None:
        return self._router.answer(asked, text) if asked is not None and now < asked.until else None

    async def _ask(self, chat: Chat, reply: Reply, now: datetime) -> None:
        """Keep what was asked; any other answer ends the question before it."""
        asks = reply.asks
        if asks is None and chat.asked is None:
            return
        asked = Asked(asks.command, asks.argument, now + ASKED_FOR, asks.free) if asks is not None else None
        try:
            await self._services.store.chats.ask(chat.id, asked)
        except StorageError as error:
            log.warning("a question was asked and not kept: %s", error)


def _refusal(command: Command, chat: Chat, role: Role, *, public: bool) -> Wording | None:
    """Say who may, to somebody who may not."""
    if role < command.role or (public and role < Role.CHAT_ADMIN):
        return NOT_ALLOWED
    theirs = chat.kind is ChatKind.PRIVATE or role >= Role.CHAT_ADMIN
    return NOT_IN_GROUP if command.changes_chat and not theirs else None
