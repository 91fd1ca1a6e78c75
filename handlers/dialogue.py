"""Answers what is written and pressed in a chat.

It decides who may do it, remembers what was shown to whom, and says what happened when it fails.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.bangla.cut import cut
from bot.bangla.normalise import display, key
from bot.search import headlines
from bot.values import calls
from bot.values.calls import Call, Numbered, OpenQuestion
from bot.values.chats import Chat, ChatKind, Role, Target
from bot.values.errors import KhoborError, StorageError
from bot.values.lists import LastShown
from bot.values.messages import Reply, plain
from bot.values.wording import Wording, say
from handlers import arguments, labels, legacy, redrawn
from handlers.answerable import answerable
from handlers.buttons import OldButton
from handlers.command import Audience, Request
from handlers.router import FALLBACK, OPEN, TOO_LONG, NoSuchCommand, Route, looked_up
from handlers.speaking import Way, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.values.messages import Traits
    from handlers.attached import Attachment
    from handlers.buttons import Pressed
    from handlers.command import Command
    from handlers.context import Services
    from handlers.params import Suggest, Suggestion
    from handlers.router import Router

log = logging.getLogger(__name__)

PASSING = Wording(
    "একটু সমস্যা হচ্ছে। এক মিনিট পরে আবার চেষ্টা করুন; কোনো খবর হারাবে না।",
    "Something went wrong here. Try again in a minute; no news will be lost.",
)
OLD_BUTTON = Wording(
    "এই বাটনটি পুরোনো হয়ে গেছে। নতুন তালিকার জন্য /latest চাপুন।",
    "This button is out of date. Tap /latest for a fresh list.",
)
LONGEST = 5000
"""Characters of a message that are looked at at all; each command says how many it takes."""
ASKED_FOR = timedelta(minutes=10)
"""How long a question waits: what is written an hour later is no answer to it."""
Rank = Callable[[], Awaitable[Role]] | None
Given = Mapping[str, str]
"""What stands in fields, by the parameters that they fill."""
_NOTHING = Reply(plain(""))
"""Stands for no answer at all."""


class Dialogue:
    """Answers for one platform."""

    def __init__(self, router: Router, services: Services, clock: Clock, traits: Traits, account: str = "") -> None:
        """Tie commands to what they work with.

        ``account`` is who meets the chats that are answered.
        """
        self._router = router
        self._services = services
        self._clock = clock
        self._traits = traits
        self._account = account

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
        links: Sequence[str] = (),
        listed: str = "",
    ) -> Reply:
        """Answer one message.

        Whatever goes wrong is logged and told to the reader in plain words.
        ``rank`` is asked, where it is given, what somebody may in this chat, once that matters. A ``quoted`` text is
        somebody else's: it is searched for, and neither a command nor the answer to a question; ``links`` stand hidden
        behind its words. ``listed`` is the list of the message that was answered.
        """

        async def work(request: Request) -> Reply:
            return await (self._quoted(request, text, links, rank) if quoted else self._answer(request, text, rank))

        return await self._safely(target, actor, role, kind, work, listed)

    async def mend(self, target: Target, actor: str, text: str, kind: ChatKind, listed: str = "") -> Reply | None:
        """Answer anew a question whose words were changed.

        Return None if the new words ask for more than to be shown something.
        """

        async def work(request: Request) -> Reply:
            understood = await self._router.understand(text, request)
            if isinstance(understood, Reply) or not self._router.commands[understood.command].reads:
                return Reply(plain(""))
            return dataclasses.replace(await self._run(request, understood, None, way=Way.MENDED), reads=True)

        if len(text) > LONGEST:
            return None
        reply = await self._safely(target, actor, Role.READER, kind, work, listed, looks=True)
        return reply if reply.reads else None

    def knows(self, text: str) -> bool:
        """Tell whether a text with a slash names a command of ours."""
        return not isinstance(self._router.route(text), NoSuchCommand)

    async def is_meant(self, target: Target, actor: str, text: str) -> bool:
        """Tell whether what a member wrote in reply to us asks anything.

        A mere remark about a card is talk among members.
        """
        bare = display(text).strip()
        if bare.endswith("?") or key(bare).isdecimal() or self._router.route(bare) is not None:
            return True
        if (led := self._router.led(bare)) is not None and led.argument:
            return True
        chat = await self._services.store.chats.find(target)
        if chat is None:
            return False
        last = await self._services.store.shown.last(chat.id, actor)
        return labels.find(last.labels, text) is not None or self.is_answer(last.question, text)

    async def press(  # noqa: PLR0917 - who pressed what where
        self,
        target: Target,
        actor: str,
        role: Role,
        pressed: Pressed,
        kind: ChatKind,
        rank: Rank = None,
        *,
        typed: bool = False,
    ) -> Reply:
        """Answer a button, or a command with filled fields (``typed``).

        The button is None if it is too old to be known. The right to press it is checked now, not when it was
        drawn. A press that only looks makes no chat.
        """
        looks = not typed and not self._keeps(pressed)
        return await self._safely(
            target, actor, role, kind, lambda request: self._pressed(request, pressed, rank), looks=looks
        )

    async def suggest(  # noqa: PLR0917 - who types what where
        self, target: Target, actor: str, role: Role, kind: ChatKind, command: Command, suggest: Suggest, text: str
    ) -> Sequence[Suggestion]:
        """Suggest what fits what is typed so far.

        To whoever may give the command.

        It makes no chat, and keeps nothing.
        """
        store = self._services.store
        chat = await store.chats.find(target) or Chat(0, target.platform, target.external_id, kind=kind)
        request = Request(*(chat, actor, role, self._clock(), self._traits, self._services))
        request = dataclasses.replace(request, commands=self._router.commands)
        refused = refusal(command, kind, role, public=request.view.public)
        return () if refused is not None else await suggest(request, text)

    async def fill(  # noqa: PLR0917 - who answered what where
        self, target: Target, actor: str, role: Role, call: Call, given: Given, kind: ChatKind, rank: Rank
    ) -> Reply:
        """Answer with texts from fields what a call is missing."""
        command = self._router.commands.get(call.command)
        looks = command is None or not command.changes_chat
        return await self._safely(
            target, actor, role, kind, lambda request: self._filled(request, call, given, rank), looks=looks
        )

    async def attached(  # noqa: PLR0917 - who sent what where
        self,
        target: Target,
        actor: str,
        role: Role,
        text: str,
        attachment: Attachment,
        kind: ChatKind = ChatKind.PRIVATE,
        rank: Rank = None,
    ) -> Reply | None:
        """Answer a file, with the text beside it.

        The file was asked for, or a command in the text takes it; return None if nothing takes it.
        """
        reply = await self._safely(
            target, actor, role, kind, lambda request: self._handed(request, text, attachment, rank), looks=True
        )
        return None if reply is _NOTHING else reply

    async def _handed(self, request: Request, text: str, attachment: Attachment, rank: Rank) -> Reply:
        call = await self._taking(request, text)
        if call is None:
            return _NOTHING
        return await self._run(dataclasses.replace(request, attached=attachment), call, rank)

    async def _taking(self, request: Request, text: str) -> Call | None:
        """Find what takes a file.

        It is what was asked last, else the command that the text names.
        """
        question = (await self._services.store.shown.last(request.chat.id, request.actor)).question
        if question is not None and request.now < question.until and self._takes(question.call):
            return question.call
        route = self._router.route(text) if text.strip() else None
        named = Call(route.command.name) if isinstance(route, Route) else None
        return named if named is not None and self._takes(named) else None

    def _takes(self, call: Call) -> bool:
        command = self._router.commands.get(call.command)
        return command is not None and bool(command.takes)

    def is_answer(self, question: OpenQuestion | None, text: str) -> bool:
        """Tell whether a text answers what was asked."""
        if question is None or self._clock() >= question.until:
            return False
        return self._router.missing(question, text) is not None

    def _keeps(self, pressed: Pressed) -> bool:
        """Tell whether what was pressed leaves something behind."""
        if not isinstance(pressed, Call):
            return isinstance(pressed, OldButton)
        command = self._router.commands.get(pressed.command)
        return command is not None and command.keeps(pressed)

    async def _safely(  # noqa: PLR0917 - as above
        self,
        target: Target,
        actor: str,
        role: Role,
        kind: ChatKind,
        work: Callable[[Request], Awaitable[Reply]],
        listed: str = "",
        *,
        looks: bool = False,
    ) -> Reply:
        now = self._clock()
        target = dataclasses.replace(target, account=target.account or self._account)
        chat = Chat(0, target.platform, target.external_id, target.account, kind)
        try:
            chat = await self._chat(target, now, kind, blank=chat if looks else None)
            if role >= Role.ADMIN and chat.id and kind is ChatKind.PRIVATE:
                # What was reported while no editor had been met.
                await self._services.store.reader_reports.tell_kept(self._services.admins, now)
            commands = self._router.commands
            return await work(
                Request(
                    *(chat, actor, role, now, self._traits, self._services),
                    thread=target.thread,
                    named=target.name,
                    listed=listed,
                    commands=commands,
                )
            )
        except KhoborError as error:
            log.error("an answer could not be given: %s", error)  # noqa: TRY400 - it says what to do
        except Exception:
            log.exception("a command failed")
        return Reply(plain(say(PASSING, chat.language)), private=True)

    async def _chat(self, target: Target, now: datetime, kind: ChatKind, blank: Chat | None) -> Chat:
        """Return a chat, made if it is new.

        A person who only looks is shown things as in a ``blank`` one.
        """
        store = self._services.store
        if blank is not None and await store.chats.find(target) is None:
            return blank
        return await store.chats.ensure(target, now, kind)

    async def _quoted(self, request: Request, text: str, links: Sequence[str], rank: Rank) -> Reply:
        """Answer what was forwarded.

        The answer is the story that it links to or heads, else what its first line finds.
        """
        text, most = text[:LONGEST], self._router.commands[FALLBACK].longest
        found = await headlines.pasted(request.store, "\n".join((text, *links)))
        if found is not None and len(found.articles) == 1:
            return await self._run(
                request, calls.call(OPEN, number=Numbered(found.articles[0].id)), rank, way=Way.FORWARDED
            )
        shown = display(text).strip().lstrip("/")
        if len(shown) > most:
            shown = cut(shown.split("\n")[0], most, "")
        return await self._run(request, looked_up(shown), rank, way=Way.FORWARDED)

    async def _answer(self, request: Request, text: str, rank: Rank) -> Reply:
        if len(text) > LONGEST:
            return request.reply(TOO_LONG)
        last = await self._last(request)
        # What is written in reply to an older list is no label of a newer one: «আরও» stands under both.
        is_last = not request.listed or (last.listed is not None and last.listed.id == request.listed)
        if is_last and (named := labels.find(last.labels, text)) is not None:
            return self._noted(named, await self._run(request, named, rank, last))
        question = last.question
        if question is not None and self.is_answer(question, text):
            return await self._filled(request, question.call, {question.missing: text}, rank)
        understood = await self._router.understand(text, request)
        if isinstance(understood, Reply):
            await self._keep(request, understood, last)
            return understood
        return self._noted(understood, await self._run(request, understood, rank, last))

    async def _last(self, request: Request) -> LastShown:
        """Return what somebody was shown last.

        If that cannot be read, return nothing: they are answered all the same.
        """
        try:
            return await self._services.store.shown.last(request.chat.id, request.actor)
        except StorageError as error:
            log.warning("what was shown last could not be read: %s", error)
            return LastShown()

    def _noted(self, call: Call, reply: Reply) -> Reply:
        """Note whether a reply answers a question that changes nothing."""
        return dataclasses.replace(reply, reads=self._router.commands[call.command].reads)

    async def _filled(self, request: Request, call: Call, given: Given, rank: Rank) -> Reply:
        command = self._router.commands.get(call.command)
        for missing, text in given.items():
            param = command.param(missing) if command is not None else None
            if command is None or param is None:
                return dataclasses.replace(request.reply(OLD_BUTTON), private=True)
            if len(text) > LONGEST or len(shown := display(text).strip()) > command.longest:
                return request.reply(TOO_LONG)
            call = call.filled(missing, await param.read(shown, request))
        return await self._run(request, call, rank)

    async def _pressed(self, request: Request, pressed: Pressed, rank: Rank) -> Reply:
        call = await legacy.understood(pressed, request) if isinstance(pressed, OldButton) else pressed
        if call is None or call.command not in self._router.commands or arguments.is_elsewhere(call):
            return dataclasses.replace(request.reply(OLD_BUTTON), private=True)
        if arguments.longest(call) > self._router.commands[call.command].longest:
            return request.reply(TOO_LONG)
        return await self._run(request, call, rank)

    async def _run(
        self, request: Request, call: Call, rank: Rank, last: LastShown | None = None, *, way: Way = Way.ASKED
    ) -> Reply:
        command = self._router.commands[call.command]
        role, shared = request.role, request.chat.kind is not ChatKind.PRIVATE
        public = request.view.public
        if rank is not None and shared and (public or command.changes_chat) and role < Role.CHAT_ADMIN:
            role = max(role, await rank())
        server = request.traits.answers_alone
        if (refused := refusal(command, request.chat.kind, role, public=public, server=server, way=way)) is not None:
            return dataclasses.replace(request.reply(refused), private=True)
        reply = await command.run(dataclasses.replace(request, role=role, call=call))
        # An answer for everybody is about the news: it changed no chat.
        changed = command.whom is not Audience.CHANNEL
        reply = answerable(request, await self._in_language(request, reply, changed=changed))
        await self._keep(request, reply, last)
        return dataclasses.replace(reply, drawn=redrawn.drawn_by(request, command, call, reply.message))

    async def _in_language(self, request: Request, reply: Reply, *, changed: bool) -> Reply:
        """Let what a platform adds be in the chat's language.

        Digits matter most; the language is the one that the chat has after the command.
        """
        chat = await self._services.store.chats.find(request.chat.target) if changed else None
        language = chat.language if chat is not None else request.language
        message = dataclasses.replace(reply.message, language=language)
        then = dataclasses.replace(reply.then, language=language) if reply.then is not None else None
        return dataclasses.replace(reply, message=message, then=then)

    async def _keep(self, request: Request, reply: Reply, last: LastShown | None) -> None:
        """Store what was shown to whom.

        That is its list, its labels and what was asked. If nothing can be written it is shown all the same.
        """
        asks, message = reply.asks, reply.message
        question = OpenQuestion(asks.call, asks.missing, request.now + ASKED_FOR) if asks is not None else None
        shown, chat, store = LastShown(message.listed, labels.of(message), question), request.chat, self._services.store
        try:
            if not chat.id and question is not None and not request.traits.answers_alone:
                # The answer will be typed here.
                chat = await store.chats.ensure(chat.target, request.now, chat.kind)
            before = last or await store.shown.last(chat.id, request.actor)
            if shown != LastShown() or before.labels or before.question is not None:
                await store.shown.keep(chat.id, request.actor, shown, request.now)
        except StorageError as error:
            log.warning("an answer was shown and not kept: %s", error)
