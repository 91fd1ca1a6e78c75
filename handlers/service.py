"""Runs a chat account's work, the same on every platform.

The work is to push, to answer, to watch and to tell admins.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from typing import TYPE_CHECKING, Any, Protocol

import anyio

from bot.clockwork.supervision import supervised
from bot.delivery.chat_lines import ChatLines
from bot.delivery.pacing import HOLD, Pacer
from bot.delivery.redrawing import Redrawer
from bot.delivery.sender import Sender
from bot.delivery.speaking import Speaker
from bot.ports.delivery import sender_lock
from bot.ports.platform import Lost, Platform, Refused, Sent
from bot.running.background import kept_up, send_for_ever
from bot.values.appearances import Appearance
from bot.values.delivery import Ref
from bot.values.messages import DrawnBy, plain
from handlers import redrawn
from handlers.admission import Admission
from handlers.dialogue import Dialogue
from handlers.holding import work_alone
from handlers.mending import Mending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from contextlib import AbstractContextManager

    from anyio.abc import TaskGroup

    from bot.ports.platform import SendResult
    from bot.running.core import Core
    from bot.values.appearances import DueAppearance
    from bot.values.chats import Chat, Target
    from bot.values.messages import Message, Reply
    from handlers.context import Services
    from handlers.router import Router

log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that answers which were begun get to arrive when the program ends."""
CROWDED = 12
"""Answers that wait for one chat: a group takes 15 of them in a minute."""
LOOK = 2.0
"""Seconds between two looks at what goes on under a live message."""
WATCHED = 300.0
"""Seconds that a live message is looked at."""


class ChatAccount(Platform, Protocol):
    """A platform's account that also answers."""

    async def send_plain(self, target: Target, message: Message) -> SendResult:
        """Say it without any markup, after it was refused with it."""


class SharedCards(Protocol):
    """Changes cards that readers shared in chats nobody here knows."""

    async def draw(self, article_id: int) -> Message | None:
        """Draw a card as it is shared now.

        It is None if the story is gone.
        """

    async def change(self, number: str, message: Message) -> SendResult:
        """Put a card in place of a shared one."""


async def begin_account(core: Core, platform: str, bot_id: str) -> str:
    """Return a bot's name; retire those that run no more.

    These are of its platform. Their chats are not met by this one: it sends them nothing until they write to it.
    """
    name = await core.store.accounts.begin(platform, bot_id)
    for other in await core.store.accounts.others(name):
        async with core.store.lock(sender_lock(other)) as free:
            if free and (unmet := await core.store.accounts.retire(other)):
                log.warning("%s chats of %s, which runs no more, wait until they write to %s", unmet, other, name)
    return name


class TasksBeside:
    """Tasks that run beside the answers.

    They are waited for at the end.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait until all tasks have ended.

        Whoever waits no longer ends them.
        """
        try:
            while self._running:
                await asyncio.wait(self._running)
        finally:
            for task in self._running:
                task.cancel()


class AccountService:
    """Speaks for one account.

    Its pushes and its answers keep to one pace.
    """

    def __init__(
        self,
        core: Core,
        router: Router,
        services: Services,
        account: ChatAccount,
        inbox: Callable[[str], Awaitable[Target]],
        *,
        is_group: Callable[[Target], bool] = lambda _: False,
    ) -> None:
        """Speak through ``account``.

        ``inbox`` returns the private chat with a person of the platform; ``is_group`` tells where the platform counts
        by the minute.
        """
        pacer, lines = Pacer(account.pace), ChatLines(account.pace, time.monotonic)
        self.dialogue = Dialogue(router, services, core.clock, account.traits, account.account)
        self.admission = Admission(core.settings.questions_a_minute)
        self.answered: Callable[[Chat], Awaitable[None]] | None = None
        """Told of every chat that got an answer."""
        self.mending = Mending()
        self._core = core
        self._account = account
        self._inbox = inbox
        self._is_group = is_group
        self._tasks = TasksBeside()
        self.beside = self._tasks.begin
        """Begins what goes on beside the answers and is waited for at the end."""
        # Whose claim it is: no other process bears it, on whatever machine.
        owner = f"{account.account}-{secrets.token_hex(6)}"
        self._sender = Sender(
            core.store,
            account,
            owner,
            core.clock,
            pacer=pacer,
            lines=lines,
            bot_name=services.bot_name,
            alert=self.alert,
            holds=lambda: core.store.holds(sender_lock(account.account)),
        )
        self._lines = lines
        self.allow = pacer.allow
        """Says how many messages a second may go from now on."""
        self._speaker = Speaker(pacer, lines, self._sender.guard)
        self.shared: SharedCards | None = None
        """Where readers can share cards."""
        self._router = router
        self._services = services
        self._redrawer = Redrawer(
            core.store, account.account, self._speaker, core.clock, self._drawn_anew, self._put_in_place
        )
        self.note = self._redrawer.note
        """Notes where stories stand beside what is pushed."""

    async def run(
        self,
        listen: Callable[[], Awaitable[None]],
        publish: Callable[[], Awaitable[None]] | None = None,
        finish: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Push, and ``listen`` for what people write, until cancelled.

        ``finish`` lets what was begun arrive. One process at a time does so for an account: any other stands by, and
        takes over when that one ends.
        """

        async def serve() -> None:
            async with anyio.create_task_group() as group:
                self._push(group, publish)
                await self._hear(listen, finish)

        await work_alone(self._core.store, sender_lock(self._account.account), serve, waits=self._waits("serves"))

    async def run_part(
        self,
        listen: Callable[[], Awaitable[None]],
        publish: Callable[[], Awaitable[None]],
        sending: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Answer what is heard here; push while nobody else does.

        ``sending`` is entered for as long as this process pushes.
        """

        async def push() -> None:
            # What another process sent within the last second counts for the platform still.
            await anyio.sleep(HOLD)
            with sending():
                async with anyio.create_task_group() as group:
                    self._push(group, publish)

        async def push_alone() -> None:
            name = sender_lock(self._account.account)
            await work_alone(self._core.store, name, push, waits=self._waits("sends for"))

        async with anyio.create_task_group() as group:
            group.start_soon(kept_up, "sending", push_alone)
            await self._hear(listen, None)

    def _waits(self, does: str) -> str:
        return f"another process {does} {self._account.account}: this one stands by"

    def _push(self, group: TaskGroup, publish: Callable[[], Awaitable[None]] | None) -> None:
        group.start_soon(kept_up, "sender", lambda: send_for_ever(self._sender))
        group.start_soon(supervised, "redrawing", self._redrawer.run)
        if publish is not None:
            group.start_soon(kept_up, "menus", publish)

    async def _hear(self, listen: Callable[[], Awaitable[None]], finish: Callable[[], Awaitable[None]] | None) -> None:
        try:
            await listen()
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(GRACE):
                try:
                    if finish is not None:
                        await finish()
                finally:
                    await self._tasks.finish()

    async def alert(self, text: str) -> None:
        """Tell the platform's admins what only a person can mend."""
        log.error(text)
        for admin in self._core.settings.admins:
            platform, _, number = admin.partition(":")
            if platform == self._account.name:
                # Beside: who waits for the platform to go on is not to wait for itself.
                self.beside(self._tell(number, text))

    async def _tell(self, admin: str, text: str) -> None:
        try:
            await self.say(await self._inbox(admin), plain(text), f"alert-{admin}")
        except Exception as error:  # noqa: BLE001 - one who cannot be reached keeps nothing from the others
            log.warning("an admin could not be told: %s", error)

    async def say(self, target: Target, message: Message, idempotency_key: str = "") -> Sent | None:
        """Say something in a chat when it takes it.

        If need be it goes without markup. Return None if it did not arrive.
        """

        async def send() -> SendResult:
            result = await self._account.send(target, message, idempotency_key)
            if isinstance(result, Refused):
                log.warning("an answer was refused: %s", result.reason)
                result = await self._account.send_plain(target, message)
            return result

        result = await self._speaker.say(target.external_id, send, group=self._is_group(target))
        if not isinstance(result, Sent):
            log.warning("an answer did not arrive: %s", result)
            return None
        if self.answered is not None and (chat := await self._core.store.chats.find(target)) is not None:
            await self.answered(chat)
        return result

    def is_crowded(self, target: Target) -> bool:
        """Tell whether one more answer would come too late here."""
        return self._lines.waiting(target.external_id) >= CROWDED

    async def further(self, target: Target, after: float) -> None:
        """Wait until the next part of what is being said may go."""
        await self._speaker.further(target.external_id, group=self._is_group(target), after=after)

    async def answer(self, target: Target, reply: Reply, idempotency_key: str = "", *, to: str = "") -> None:
        """Show an answer below what was asked in message ``to``.

        Its second message and its live changes follow.
        """
        sent = await self.say(target, reply.message, idempotency_key)
        if sent is not None:
            self.shows(reply, Ref(target, sent.ref, sent.form))
        if reply.reads and to and sent is not None:
            self.mending.note(target.external_id, to, Ref(target, sent.ref, sent.form))
        await self.follow_up(target, reply, idempotency_key)
        if reply.live is not None and sent is not None:
            ref = Ref(target, sent.ref, sent.form)
            self.beside(watch(lambda message: self.change(ref, message), reply.live, reply.message))

    async def answer_in_place(self, ref: Ref, reply: Reply) -> None:
        """Put an answer in place of a message.

        If that cannot be changed, the answer goes below it.
        """
        result = await self.change(ref, reply.message)
        if isinstance(result, Sent):
            self.shows(reply, Ref(ref.target, result.ref, result.form), before=ref)
            await self.follow_up(ref.target, reply)
        else:
            await self.answer(ref.target, reply)

    async def change(self, ref: Ref, message: Message) -> SendResult:
        """Put a message in place of one that lies there."""
        return await self._speaker.say(
            ref.target.external_id,
            lambda: self._account.edit(ref, message),
            group=self._is_group(ref.target),
            change=True,
        )

    def shows(self, reply: Reply, ref: Ref, *, before: Ref | None = None, beyond: bool = False) -> None:
        """Note which stories an answer shows.

        ``before`` is the message that it took the place of; ``beyond``: nobody but its reader can change it.
        """
        account, drawn = self._account.account, reply.drawn
        if before is not None and (drawn is None or before.message_id != ref.message_id):
            self.note(Appearance(account, "", (), self._core.clock(), before.message_id, before.target))
        if drawn is not None:
            about = (account, drawn.person, reply.message.articles, drawn.at)
            call = None if beyond else drawn.call
            self.note(Appearance(*about, ref.message_id, ref.target, ref.form, call))

    async def _drawn_anew(self, due: DueAppearance) -> Message | None:
        shown = due.appearance
        if due.chat is None or shown.target is None:
            return await self.shared.draw(shown.articles[0]) if self.shared is not None else None
        drawn = DrawnBy(shown.person, shown.drawn_at, shown.call)
        traits, now = self._account.traits, self._core.clock()
        return await redrawn.again(self._router.commands, self._services, traits, due.chat, drawn, now)

    async def _put_in_place(self, due: DueAppearance, message: Message) -> SendResult:
        shown = due.appearance
        if shown.target is None:
            return await self.shared.change(shown.message_id or "", message) if self.shared else Lost("not shared")
        return await self._account.edit(Ref(shown.target, shown.message_id or "", shown.form), message)

    async def follow_up(self, target: Target, reply: Reply, idempotency_key: str = "") -> None:
        """Say what stands behind an answer."""
        if reply.then is not None:
            await self.say(target, reply.then, f"then-{idempotency_key}" if idempotency_key else "")


async def watch(
    show: Callable[[Message], Awaitable[object]], live: Callable[[], Awaitable[Message | None]], before: Message
) -> None:
    """Show how something goes on, in place, until it has ended."""
    try:
        with anyio.move_on_after(WATCHED):
            while (message := await live()) is not None:
                if message != before:
                    await show(message)
                before = message
                await asyncio.sleep(LOOK)
    except Exception:
        log.exception("a live message stopped")
