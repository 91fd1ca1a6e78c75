"""Answers interactions within the platform's three seconds.

It takes a slash command, a press or a filled field to its answer.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING

from bot.bangla.cut import cut
from bot.values.calls import Call
from bot.values.chats import Chat, ChatKind, Role
from bot.values.delivery import Ref
from bot.values.messages import Reply, plain
from bot.values.wording import Wording, say
from handlers import filling
from handlers.admission import SLOWER
from handlers.buttons import OldButton
from handlers.command import Request
from handlers.dialogue import PASSING
from handlers.parts import joined
from handlers.placing import comes_in_place, parts_above, unmarked
from handlers.platforms.discord import answers, belonging, custom_ids, forms, incoming, render, replies, slash
from handlers.platforms.discord.account import TRAITS
from handlers.platforms.discord.answering import Answering, Stage
from handlers.platforms.discord.custom_ids import SETUP, CustomId, Whose
from handlers.platforms.discord.forms import Typed
from handlers.platforms.discord.incoming import Interaction, InteractionKind
from handlers.platforms.discord.promising import promise, promise_early
from handlers.platforms.discord.rest import ApiError
from handlers.platforms.discord.turns import ALLOWED, Turns
from handlers.platforms.discord.unfolded import FIRST, Unfolded
from handlers.service import watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from typing import Any

    from bot.running.core import Core
    from bot.values.chats import Target
    from bot.values.messages import Message
    from handlers.admission import Slower
    from handlers.buttons import Buttons, Pressed
    from handlers.command import Command
    from handlers.context import Services
    from handlers.platforms.discord.inboxes import Inboxes
    from handlers.platforms.discord.render import DiscordPiece
    from handlers.platforms.discord.rest import Rest
    from handlers.platforms.discord.setup import Setup
    from handlers.service import AccountService

log = logging.getLogger(__name__)

CLOSED = Wording(
    "আপনার ইনবক্স (ডিএম) বন্ধ, তাই খবর পৌঁছায়নি। সার্ভারের প্রাইভেসি সেটিংসে ‘ডাইরেক্ট মেসেজ’ চালু করে আবার চাপুন।",
    "Your DMs are closed, so nothing arrived. Allow direct messages in the server's privacy settings, then tap again.",
)
SOON = 1.2
"""Seconds that an answer is waited for before the platform is told that it will follow: it waits three."""
LET_IN = 900.0
"""Seconds that somebody may press what the platform let them open: so long an answer of ours can be changed."""
SUGGESTED = 25
SUGGESTION = 100


@dataclass(frozen=True, slots=True)
class Interactions:
    """Answers interactions of one bot."""

    core: Core
    rest: Rest
    buttons: Buttons
    service: AccountService
    commands: Mapping[str, Command]
    services: Services
    inboxes: Inboxes
    setup: Setup
    change: Callable[[Ref, Message], Awaitable[object]]
    """Puts a message in place of one that lies in a chat."""
    unfolded: Unfolded = field(default_factory=Unfolded)
    typed: Typed = field(default_factory=Typed)
    turns: Turns = field(default_factory=Turns)
    _let_in: OrderedDict[tuple[str, Target], float] = field(default_factory=OrderedDict)

    async def handle(self, raw: Mapping[str, Any]) -> None:
        """Answer one; whatever goes wrong in it stays in it."""
        try:
            event = incoming.interaction(raw, self.core.settings.admins)
        except Exception as error:  # noqa: BLE001 - whatever an unexpected shape leads to
            log.warning("an event could not be read: %s", type(error).__name__)
            return
        if event is None:
            return
        slower = self.service.admission.ask(event.actor, ALLOWED[event.kind])
        if slower is not None and self.service.admission.is_told_enough(event.actor):
            return
        answering = Answering(self.rest, event)
        try:
            await self._in_turn(event, answering, slower)
        except ApiError as error:
            if error.code == answers.UNKNOWN_INTERACTION:
                self.turns.note_late()
                return
            log.warning("event %s was refused: %s", event.id, error)
            if error.code != answers.ALREADY_ANSWERED:
                await self._apologise(event, answering)
        except Exception:
            log.exception("event %s", event.id)
            await self._apologise(event, answering)

    async def _in_turn(self, event: Interaction, answering: Answering, slower: Slower | None) -> None:
        """Answer one in its turn; where many wait, promise it first."""
        came = monotonic()
        if self.turns.are_many:
            await promise_early(event, answering, self.commands)
        promised = answering.stage is not Stage.NOTHING
        async with self.turns.taken(came, promised=promised) as end:
            if end is None:
                return
            answering.begun = end
            if slower is not None:
                await self._slow(event, answering, slower.seconds)
            else:
                await self._handle(event, answering)

    async def _handle(self, event: Interaction, answering: Answering) -> None:
        match event.kind:
            case InteractionKind.AUTOCOMPLETE:
                await self._suggest(event, answering)
            case InteractionKind.COMMAND if event.name == slash.SETUP:
                self._let(event)
                await self.setup.begin(event, answering)
            case InteractionKind.COMMAND:
                await self._command(event, answering)
            case InteractionKind.COMPONENT | InteractionKind.MODAL if event.name.startswith(SETUP):
                await self.setup.go_on(event, answering, manages=self._manages(event))
            case InteractionKind.COMPONENT | InteractionKind.MODAL:
                await self._component(event, answering, custom_ids.read(event.name))

    async def _command(self, event: Interaction, answering: Answering) -> None:
        command = self.commands.get(event.name)
        if command is None:
            return
        options = event.options
        if event.guild and slash.is_for_managers(command):
            self._let(event)
        whose = Whose.UNSAID
        if command.or_here and options.get(slash.WHERE):
            whose = Whose.HERE if options[slash.WHERE] == slash.HERE else Whose.MINE
        private = not slash.is_public(command)
        request = await self._request(event, mine=belonging.own(event, command))
        await self._run(event, answering, await slash.call(command, options, request), whose, private=private)

    async def _component(self, event: Interaction, answering: Answering, pressed: CustomId) -> None:
        if pressed.asks and event.kind is InteractionKind.COMPONENT:
            await self._ask(event, answering, pressed)
            return
        if event.picks == incoming.CHANNELS:
            await self.setup.hand_over(event, answering, manages=self._manages(event))
            return
        data, above = parts_above(pressed.data)
        data, under_answer = unmarked(data)
        found = await self.buttons.read(data)
        if isinstance(found, OldButton) and event.kind is InteractionKind.MODAL:
            found = OldButton(found.command, f"{found.argument} {event.written}".strip())
        await self._run(event, answering, found, pressed.whose, private=True, under_answer=under_answer, above=above)

    async def _ask(self, event: Interaction, answering: Answering, pressed: CustomId) -> None:
        """Open the form that a button stands for."""
        found = await self.buttons.read(unmarked(pressed.data)[0])
        call, missing = (replies.filled(found) or (found, "")) if isinstance(found, Call) else (Call(""), "")
        mine = bool(event.guild) and belonging.of(self._command_of(found), pressed.whose) is Whose.MINE
        request = await self._request(event, mine=mine)
        form = filling.form(dataclasses.replace(request, call=call), missing)
        given = self.typed.of(event.user, str(pressed))
        await answering.ask(forms.modal(str(pressed), form, request.language, given))

    # --- answering ---

    async def _run(
        self,
        event: Interaction,
        answering: Answering,
        pressed: Pressed,
        whose: Whose,
        *,
        private: bool,
        under_answer: bool = False,
        above: Sequence[str] = (),
    ) -> None:
        """Run a command.

        If that takes long, say in time that the answer follows.
        """
        private = private and bool(event.guild)
        if event.guild:
            whose = belonging.of(self._command_of(pressed), whose)
        mine = bool(event.guild) and whose is Whose.MINE
        work = asyncio.ensure_future(self._reply(event, pressed, mine=mine))
        try:
            done, _ = await asyncio.wait({work}, timeout=SOON)
            answering.begun()
            if not done and answering.stage is Stage.NOTHING:
                await promise(event, answering, private=private)
            reply = await work
        finally:
            work.cancel()
        if mine and pressed is not None and pressed.command in belonging.TELLING and reply.asks is None:
            reply = replies.into_inbox(reply)
        if whose is Whose.HERE and private:
            reply = replies.of_channel(reply, event.target.name)
        private = private or (reply.private and bool(event.guild))
        in_place = comes_in_place(reply, under_answer=under_answer)
        if in_place and above and not event.guild:
            # In a direct message all parts can be changed, those above too.
            await answering.change_later()
            ref = Ref(event.target, joined((*above, event.message)))
            await self.change(ref, reply.message)
            self.service.shows(reply, ref, before=ref)
            await self._behind(event, answering, reply, whose)
            return
        await self._show(event, answering, reply, whose, private=private, in_place=in_place)

    def _command_of(self, pressed: Pressed) -> Command | None:
        return self.commands.get(pressed.command) if pressed is not None else None

    async def _reply(self, event: Interaction, pressed: Pressed, *, mine: bool) -> Reply:
        target, kind, rank = event.target, event.where, self._rank(event)
        if mine:
            target, kind = self.inboxes.of(event.user), ChatKind.PRIVATE
            if belonging.wants_news(pressed):
                ready = await self.inboxes.ready(event.user)
                if ready is None:
                    chat = await self._chat(event, target)
                    return Reply(plain(say(CLOSED, chat.language)), private=True)
                target = ready
        who = event.actor, event.role
        fills = event.kind is InteractionKind.MODAL or event.picks
        if fills and (answer := replies.filled(pressed)) is not None:
            call, missing = answer
            given = event.fields if missing in event.fields else {missing: next(iter(event.values), event.written)}
            return await self.service.dialogue.fill(target, *who, call, given, kind, rank)
        if fills and isinstance(pressed, Call):
            return await self.service.dialogue.fill(target, *who, pressed, event.fields, kind, rank)
        typed = event.kind is InteractionKind.COMMAND and not mine
        return await self.service.dialogue.press(target, *who, pressed, kind, None if mine else rank, typed=typed)

    async def _show(
        self, event: Interaction, answering: Answering, reply: Reply, whose: Whose, *, private: bool, in_place: bool
    ) -> None:
        """Answer in place or with a new message.

        The answer comes in place if the message is one's own: a channel's card is everybody's.
        """
        pieces = replies.drawn(self.buttons, reply.message, whose)
        again = event.kind is InteractionKind.MODAL
        field = replies.asking(self.buttons, reply, whose, again=again)
        if field is not None and again:
            self.typed.keep(event.user, field["custom_id"], event.fields)
        pieces = replies.with_field(pieces, field)
        await self.buttons.keep(self.core.clock())
        in_place = in_place and event.kind is InteractionKind.COMPONENT and (event.ephemeral or not event.guild)
        folds = in_place and len(pieces) == 1
        if in_place and len(pieces) > 1:
            # What is longer than what was pressed stands below it; of what stands there in parts only the end changes.
            in_place = len(pieces) == 1 + self.unfolded.count(event.message)
            pieces = pieces[-1:] if in_place else pieces
        try:
            await answering.begin(pieces[0], in_place=in_place, private=private)
        except ApiError as error:
            if error.status != HTTPStatus.BAD_REQUEST or error.code == answers.ALREADY_ANSWERED:
                raise
            log.warning("an answer was refused and goes as bare text: %s", error)
            first, *others = render.plain(reply.message)
            await answering.show(first, private=private)
            for body in others:
                await answering.more(body, private=private)
            return
        if folds:
            await self.unfolded.fold(event.message)
        numbers: Sequence[str] = (event.message if in_place else answering.number,)
        if len(pieces) > 1:
            numbers = await self._go_on(event, answering, pieces, private=private)
        self._note(event, reply, numbers, in_place=in_place, beyond=private or event.ephemeral)
        await self._behind(event, answering, reply, whose)
        if reply.live is not None:

            async def show(message: Message) -> None:
                await answering.edit(replies.drawn(self.buttons, message, whose)[0].as_edit())

            self.service.beside(watch(show, reply.live, reply.message))

    def _note(self, event: Interaction, reply: Reply, numbers: Sequence[str], *, in_place: bool, beyond: bool) -> None:
        """Note which stories an answer shows.

        Only its own token changes an answer that one person sees, for a quarter of an hour.
        """
        before = Ref(event.target, event.message) if in_place else None
        if all(numbers):
            self.service.shows(reply, Ref(event.target, joined(numbers)), before=before, beyond=beyond)

    async def _behind(self, event: Interaction, answering: Answering, reply: Reply, whose: Whose) -> None:
        """Say what stands behind an answer."""
        for further in filter(None, (plain(reply.toast) if reply.toast else None, reply.then)):
            for piece in replies.drawn(self.buttons, further, whose):
                await answering.more(piece.payload(), private=bool(event.guild))

    async def _go_on(
        self, event: Interaction, answering: Answering, pieces: Sequence[DiscordPiece], *, private: bool
    ) -> Sequence[str]:
        """Say the further parts of an answer; return the numbers of all.

        The last one knows those above it.
        """
        *between, last = pieces[1:]
        parts = [FIRST] if private else [await answering.first()]
        parts += [await answering.more(piece.payload(), private=private) for piece in between]
        end = last if event.guild else render.below(last, parts)
        number = await answering.more(end.payload(), private=private)
        if private:
            self.unfolded.note(number, answering, parts)
        return (*parts, number)

    async def _slow(self, event: Interaction, answering: Answering, seconds: int) -> None:
        """Tell who asks too much, and nobody else."""
        if event.kind is InteractionKind.AUTOCOMPLETE:
            await answering.suggest([])
            return
        chat = await self._chat(event)
        pieces = replies.drawn(self.buttons, plain(say(SLOWER, chat.language, n=seconds)))
        await answering.show(pieces[0].payload(), private=bool(event.guild))

    async def _apologise(self, event: Interaction, answering: Answering) -> None:
        if event.kind is InteractionKind.AUTOCOMPLETE or answering.stage is Stage.ANSWERED:
            return
        try:
            chat = await self._chat(event)
            pieces = replies.drawn(self.buttons, plain(say(PASSING, chat.language)))
            await answering.show(pieces[0].payload(), private=bool(event.guild))
        except Exception as error:  # noqa: BLE001 - nothing is left to be tried
            log.warning("event %s stays without an answer: %s", event.id, error)

    # --- suggestions ---

    async def _suggest(self, event: Interaction, answering: Answering) -> None:
        command = self.commands.get(event.name)
        suggest = slash.suggest(command, event.focused) if command is not None else None
        if command is None or suggest is None:
            await answering.suggest([])
            return
        text = event.options.get(event.focused, "")[:SUGGESTION]
        own = belonging.own(event, command)
        target, kind = (self.inboxes.of(event.user), ChatKind.PRIVATE) if own else (event.target, event.where)
        role = max(event.role, Role.CHAT_ADMIN) if self._manages(event) else event.role
        found = await self.service.dialogue.suggest(target, event.actor, role, kind, command, suggest, text)
        fitting = [one for one in found if 0 < len(one.value) <= SUGGESTION]
        choices = [{"name": cut(one.label, SUGGESTION), "value": one.value} for one in fitting]
        await answering.suggest(choices[:SUGGESTED])

    async def _request(self, event: Interaction, *, mine: bool) -> Request:
        chat = await self._chat(event, self.inboxes.of(event.user) if mine else None)
        now = self.core.clock()
        return Request(chat, event.actor, event.role, now, TRAITS, self.services, commands=self.commands)

    async def _chat(self, event: Interaction, target: Target | None = None) -> Chat:
        """Return a chat without making it: whoever only looks leaves nothing behind."""
        where = target or event.target
        return await self.core.store.chats.find(where) or Chat(0, where.platform, where.external_id)

    # --- who may ---

    def _rank(self, event: Interaction) -> Callable[[], Awaitable[Role]]:
        async def rank() -> Role:
            return Role.CHAT_ADMIN if self._manages(event) else Role.READER

        return rank

    def _manages(self, event: Interaction) -> bool:
        """Return whether somebody may change a channel.

        They may by their own rights, or if the server lets them use the command.
        """
        return event.role >= Role.CHAT_ADMIN or self._let_in.get((event.user, event.target), 0.0) > monotonic()

    def _let(self, event: Interaction) -> None:
        """Note that the platform let somebody use a command.

        The platform shows the command to managers, or to those whom they chose.
        """
        self._let_in[event.user, event.target] = monotonic() + LET_IN
        self._let_in.move_to_end((event.user, event.target))
        while self._let_in and next(iter(self._let_in.values())) < monotonic():
            self._let_in.popitem(last=False)
