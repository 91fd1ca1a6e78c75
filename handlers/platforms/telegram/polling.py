"""Polls for updates, once each, answered side by side.

They are confirmed when they are answered.
The library's own polling confirms a batch as soon as it has it, so a process that dies loses up to a hundred questions,
and one update that it cannot read keeps back all others for ever. Here a batch is confirmed after its answers, or after
a moment for those that take long, and what cannot be read is noted and passed over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.values.chats import Language
from bot.values.wording import Wording, say
from handlers.platforms.telegram.incoming import ALLOWED
from handlers.platforms.telegram.posting import PostDoubtfulError
from handlers.platforms.telegram.shapes import is_result
from handlers.platforms.telegram.updates import number_of, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.platforms.telegram.transport import AiohttpRequest

log = logging.getLogger(__name__)

HELD = 25
"""Seconds that the platform holds an empty answer."""
ANSWERED_WITHIN = HELD + 15
"""Seconds after which a connection that says nothing is given up."""
TOGETHER = 1.0
"""Seconds that a batch waits for its slowest answer before it is confirmed without it."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
SECOND = Wording(
    "আরেকটি প্রোগ্রাম একই টোকেনে চলছে, তাই এখানে বার্তা আসছে না। একটি বন্ধ করুন।",
    "Another program runs with the same token, so no messages arrive here. Stop one of them.",
)


@dataclass(slots=True)
class Progress:
    """How far the updates of one bot have come.

    Kept when a connection fails, so that none is answered twice.
    """

    begun: int = 0
    """The number behind the last update that was begun."""
    confirmed: int = 0
    is_bereft: bool = False
    """Whether who received lost its archive, and nobody is known to have it."""
    kept: list[Update] = field(default_factory=list)
    """What came meanwhile and is still to be done."""


Saying = Callable[[], Awaitable[None]]
"""What is still to be said when an update is worked out."""


class Polled(Protocol):
    """Where updates are fetched."""

    async def fetch(self, after: int, held: int) -> Sequence[dict[str, Any]]:
        """Return updates as they came, from this number on."""


class PolledBot(Bot):
    """The library's bot with other reading and posting.

    It reads all updates of a batch or none, and posts what is written already.
    """

    def __init__(self, bot_token: str, base: str, transport: AiohttpRequest, polling: AiohttpRequest) -> None:
        """Speak to the Bot API at ``base`` over ``transport``.

        Updates come over ``polling``.
        """
        super().__init__(
            bot_token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=transport,
            get_updates_request=polling,
        )
        self._transport = transport

    def post_written(self, method: str, body: bytes) -> Awaitable[int]:
        """Call a method with JSON that is written already.

        Return the number of the message, or 0.
        """
        return self._transport.post_written(f"{self.base_url}/{method}", body)

    async def fetch(self, after: int, held: int = HELD) -> Sequence[dict[str, Any]]:
        """Return updates as they came, from this number on.

        Wait so many seconds for the first.
        """
        parameters = {"offset": after, "timeout": held, "allowed_updates": list(ALLOWED)}
        found: Sequence[dict[str, Any]] = await self._post("getUpdates", parameters, read_timeout=ANSWERED_WITHIN)
        return found

    async def _post(self, endpoint: str, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the library's own
        """Call a method; all that the library calls comes by here."""
        result = await super()._post(endpoint, *given, **named)
        if not is_result(endpoint, result):
            raise PostDoubtfulError(f"{endpoint}: an answer of another shape")
        return result


class InOrder:
    """Answers updates, those of one chat in their order.

    The answer then waits for the platform; a press is acknowledged meanwhile.
    """

    def __init__(self, handle: Callable[[Update], Awaitable[Saying | None]]) -> None:
        """Work out each by ``handle``, which raises nothing.

        It returns what is to be said.
        """
        self._handle = handle
        self._last: dict[object, asyncio.Event] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._open: dict[int, Update] = {}

    def begin(self, update: Update) -> asyncio.Task[None]:
        """Begin to answer an update."""
        line, worked_out = _line(update), asyncio.Event()
        task = asyncio.create_task(self._after(self._last.get(line), update, worked_out))
        self._running.add(task)
        self._open[update.update_id] = update
        self._last[line] = worked_out
        task.add_done_callback(lambda done: self._ended(done, line, worked_out))
        return task

    async def finish(self, within: float) -> list[Update]:
        """Wait until all that was begun is answered.

        It ends what takes longer, and returns what is not worked out by then.
        """
        left = list[Update]()
        try:
            async with asyncio.timeout(within):
                while self._running:
                    await asyncio.wait(self._running)
        except TimeoutError:
            left = list(self._open.values())
        finally:
            for task in self._running:
                task.cancel()
        return left

    def _ended(self, task: asyncio.Task[None], line: object, worked_out: asyncio.Event) -> None:
        self._running.discard(task)
        worked_out.set()
        if self._last.get(line) is worked_out:
            del self._last[line]

    async def _after(self, before: asyncio.Event | None, update: Update, worked_out: asyncio.Event) -> None:
        try:
            saying = await self._worked_out(before, update, worked_out)
        finally:
            self._open.pop(update.update_id, None)
        # From here to its place in the chat's line there is no pause: what is said keeps the order.
        worked_out.set()
        if saying is not None:
            await saying()

    async def _worked_out(
        self, before: asyncio.Event | None, update: Update, worked_out: asyncio.Event
    ) -> Saying | None:
        if before is not None:
            await before.wait()
            if update.inline_query is not None and self._last.get(_line(update)) is not worked_out:
                # They have typed on: what was asked before that is waited for by nobody.
                return None
        return await self._handle(update)


def _line(update: Update) -> object:
    """Return what an update is in order with.

    Its chat; where nobody says which, who typed it.
    """
    if update.effective_chat is not None:
        return update.effective_chat.id
    return ("user", update.effective_user.id) if update.effective_user is not None else update.update_id


async def poll(bot: Polled, answering: InOrder, alert: Callable[[str], Awaitable[None]], progress: Progress) -> None:
    """Ask for updates until cancelled.

    A network that is gone is asked again, ever more slowly.
    """
    wait, told, loop = FIRST_WAIT, False, asyncio.get_running_loop()
    met = 0
    while progress.kept:
        answering.begin(progress.kept.pop(0))
    while True:
        asked = loop.time()
        try:
            came = await bot.fetch(progress.begun, HELD)
        except Conflict:
            met += 1
            if met > 1 and not told:
                await alert(say(SECOND, Language.BANGLA))
                told = True
            # Once it may be a process that only says sorry, and ends as soon as it meets this one.
            await asyncio.sleep(LONGEST_WAIT if met > 1 else FIRST_WAIT)
            continue
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("updates could not be fetched: %s", type(error).__name__)
            wait = await _rested(wait)
            continue
        told, met, progress.confirmed = False, 0, progress.begun
        numbers = [number for one in came if (number := number_of(one)) is not None]
        read = [update for one in came if (update := readable(one, bot)) is not None]
        if moves := {answering.begin(update) for update in read if _moves(update)}:
            # A group is greeted at its new address by what it chose at the old one.
            await asyncio.wait(moves, timeout=TOGETHER)
        begun = {*moves, *(answering.begin(update) for update in read if not _moves(update))}
        progress.begun = max(numbers, default=progress.begun - 1) + 1
        if begun:
            await asyncio.wait(begun, timeout=TOGETHER)
        # A server that holds no answer, or brings what has no number, is not asked as fast as it answers.
        wait = FIRST_WAIT if numbers or loop.time() - asked >= TOGETHER else await _rested(wait)


async def _rested(wait: float) -> float:
    """Wait, and return how long to wait the next time."""
    await asyncio.sleep(wait)
    return min(wait * 2, LONGEST_WAIT)


async def confirm(bot: Polled, progress: Progress) -> None:
    """Say that what was begun need not come again.

    It is said to the platform for whoever runs next.
    """
    if progress.confirmed < progress.begun:
        try:
            await bot.fetch(progress.begun, 0)
        except TelegramError as error:
            log.warning("the last updates were answered and not confirmed: %s", type(error).__name__)
        else:
            progress.confirmed = progress.begun


def _moves(update: Update) -> bool:
    """Tell whether a group became a supergroup."""
    return update.message is not None and update.message.migrate_to_chat_id is not None
