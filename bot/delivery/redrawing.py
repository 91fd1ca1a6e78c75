"""Draws again what shows a story beside the outbox, after its correction.

Cards that readers shared, lists and cards in answers. Pushes and all answers go before it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

import anyio

from bot.ports.platform import Barred, Closed, Gone, Lost, Moved, Postponed, Refused, Sent, Unavailable, Unknown
from bot.values.appearances import AppearanceEnding
from bot.values.delivery import Why
from bot.values.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.clockwork.clock import Clock
    from bot.delivery.speaking import Speaker
    from bot.ports.platform import SendResult
    from bot.ports.store import Store
    from bot.values.appearances import Appearance, DueAppearance
    from bot.values.messages import Message

    Draw = Callable[[DueAppearance], Awaitable[Message | None]]
    Change = Callable[[DueAppearance, Message], Awaitable[SendResult]]

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at what is to be changed, and two writes of what was shown."""
AT_ONCE = 8
"""Changes in flight at once: what is left of thirty a second, at a quarter of a second each."""
MOST = 10_000
"""Messages that wait to be noted; beyond, an archive that cannot be written would fill the memory."""
BUSY = timedelta(seconds=5)
"""Until a chat is tried again that something else goes to."""
TROUBLE = timedelta(minutes=5)
"""Until a change is tried again that nobody knows the end of, or that was not carried out."""


class Redrawer:
    """Notes where one account shows stories beside the outbox, and changes that."""

    def __init__(  # noqa: PLR0917 - one account's
        self,
        store: Store,
        account: str,
        speaker: Speaker,
        clock: Clock,
        draw: Draw,
        change: Change,
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Serve ``account``.

        ``draw`` draws a message anew, None if nothing is there any more; ``change`` puts it in place.
        """
        self._store = store
        self._account = account
        self._speaker = speaker
        self._clock = clock
        self._draw = draw
        self._change = change
        self._rest = rest
        self._noted: OrderedDict[tuple[object, ...], Appearance] = OrderedDict()

    def note(self, appearance: Appearance) -> None:
        """Note what a message shows now.

        It is written a moment later, with others.
        """
        key = _lies_at(appearance) if appearance.message_id is not None else (object(),)
        self._noted[key] = appearance
        while len(self._noted) > MOST:
            self._noted.popitem(last=False)

    async def run(self) -> None:
        """Write and change as long as this lives.

        The end writes the last notes.
        """
        try:
            while True:
                if not await self._or_later():
                    await self._rest(LOOK)
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(LOOK):
                await self._last()

    async def step(self) -> int:
        """Write what was noted and change what is due.

        Return how many were due.

        Raises:
            StorageError: not now; nothing is lost.
        """
        await self.flush()
        due = await self._store.appearances.due(self._account, self._clock(), AT_ONCE)
        endings: list[AppearanceEnding] = []

        async def one(wanted: DueAppearance) -> None:
            endings.append(await self._changed(wanted))

        async with anyio.create_task_group() as group:
            for wanted in due:
                group.start_soon(one, wanted)
        await self._store.appearances.settle(endings)
        return len(due)

    async def flush(self) -> None:
        """Write what was noted."""
        noted, self._noted = self._noted, OrderedDict()
        try:
            await self._store.appearances.keep(list(noted.values()))
        except BaseException:
            for key, appearance in noted.items():
                self._noted.setdefault(key, appearance)
            raise

    async def _last(self) -> None:
        try:
            await self.flush()
        except StorageError as error:
            # Raised, it would take the place of the end.
            log.warning("what answers showed last is not noted: %s", error)

    async def _or_later(self) -> int:
        try:
            return await self.step()
        except StorageError as error:
            log.warning("what answers show is not noted for now: %s", error)
            return 0

    async def _changed(self, due: DueAppearance) -> AppearanceEnding:
        try:
            return await self._carried_out(due)
        except Exception:
            # One message that brings out a fault of ours must not stop the others.
            log.exception("appearance %s", due.id)
            return AppearanceEnding(due, Why.POISON)

    async def _carried_out(self, due: DueAppearance) -> AppearanceEnding:
        shown = due.appearance
        if shown.target is not None and (due.chat is None or shown.call is None):
            return AppearanceEnding(due, Why.LOST)
        message = await self._draw(due)
        if message is None:
            return AppearanceEnding(due, Why.LOST)
        if _lies_at(shown) in self._noted:
            # Its reader pressed something meanwhile: it shows something else, drawn just now.
            return AppearanceEnding(due, again_at=self._clock() + BUSY)
        address = shown.target.external_id if shown.target is not None else f"{self._account} shared"
        said = await self._speaker.spare(address, lambda: self._change(due, message), group=due.in_group)
        if said is None:
            return AppearanceEnding(due, again_at=self._clock() + BUSY)
        result, hold = said
        if hold is not None:
            return AppearanceEnding(due, again_at=self._clock() + hold)
        return _ending(due, result, self._clock() + TROUBLE)


def _ending(due: DueAppearance, result: SendResult, later: datetime) -> AppearanceEnding:
    match result:
        case Sent():
            return AppearanceEnding(due)
        case Lost() | Moved():
            return AppearanceEnding(due, Why.LOST)
        case Gone():
            return AppearanceEnding(due, Why.GONE)
        case Closed():
            return AppearanceEnding(due, Why.THREAD_CLOSED)
        case Refused():
            return AppearanceEnding(due, Why.REFUSED)
        case Postponed() | Barred() | Unavailable() | Unknown():
            return AppearanceEnding(due, again_at=later)
        case _ as never:
            assert_never(never)


def _lies_at(one: Appearance) -> tuple[object, ...]:
    target = one.target
    return (one.message_id, *((target.external_id, target.thread) if target is not None else ()))
