"""Sends, changes and removes messages that have several parts.

A long message becomes several of a platform's; what it is known by names all of them, with a space between two.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.ports.platform import Lost, Sent
from bot.values.delivery import Form

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.ports.platform import SendResult
    from bot.values.messages import DrawnAs, Message

Part = TypeVar("Part")
_SEPARATOR = " "


def joined(message_ids: Sequence[str]) -> str:
    """Return what a message in these parts is known by."""
    return _SEPARATOR.join(message_ids)


def parted(message_id: str) -> tuple[str, ...]:
    """Return the parts of a message that was sent."""
    return tuple(message_id.split(_SEPARATOR))


async def send_parts(
    parts: Sequence[Part],
    send: Callable[[int, Part], Awaitable[str]],
    failed: Callable[[Exception], Awaitable[SendResult]],
    form: Form = Form.TEXT,
) -> SendResult:
    """Send parts by ``send``.

    It is given the place of each and returns its id; ``failed`` reads its errors.
    """
    arrived: list[str] = []
    for position, part in enumerate(parts):
        try:
            arrived.append(await send(position, part))
        except Exception as error:  # noqa: BLE001 - each of them means one of ten things
            # What arrived of it stays; that the end is missing is better than all of it twice.
            return Sent(joined(arrived), form) if arrived else await failed(error)
    return Sent(joined(arrived), form)


async def change_parts(  # noqa: PLR0917 - what lies there, what is to, and the three ways to get there
    message_id: str,
    parts: Sequence[Part],
    change: Callable[[str, Part], Awaitable[SendResult]],
    remove: Callable[[str], Awaitable[SendResult]],
    more: Callable[[Sequence[Part]], Awaitable[SendResult]],
    form: Form = Form.TEXT,
) -> SendResult:
    """Put parts in place of those sent.

    Parts that are too many are removed; ``more`` of what there is goes below.
    """
    lying = parted(message_id)
    for position, (one, part) in enumerate(zip(lying, parts, strict=False)):
        result = await change(one, part)
        if isinstance(result, Lost) and position:
            # Its reader folded or deleted the rest: that is said again, or the end would be missing.
            lying = lying[:position]
            break
        if not isinstance(result, Sent):
            return result
    if len(parts) <= len(lying):
        return await take_away(joined(lying), remove, len(parts), form)
    further = await more(parts[len(lying) :])
    return Sent(joined((*lying, further.ref)), form) if isinstance(further, Sent) else further


async def take_away(
    message_id: str, remove: Callable[[str], Awaitable[SendResult]], kept: int = 0, form: Form = Form.TEXT
) -> SendResult:
    """Remove a message's parts behind the first ``kept``.

    A part that is gone already is well.
    """
    lying = parted(message_id)
    for one in lying[kept:]:
        result = await remove(one)
        if not isinstance(result, Sent | Lost):
            return result
    return Sent(joined(lying[:kept]), form)


class DrawnMessages(Generic[Part]):
    """Keeps drawn messages for all chats shown the same."""

    def __init__(self, most: int = 64) -> None:
        """Keep so many."""
        self._most = most
        self._kept: OrderedDict[tuple[DrawnAs, Form | None], Sequence[Part]] = OrderedDict()

    def of(self, message: Message, draw: Callable[[], Sequence[Part]], form: Form | None = None) -> Sequence[Part]:
        """Return the parts of a message.

        ``draw`` is asked once for each key and form.
        """
        if message.drawn_as is None:
            return draw()
        known = (message.drawn_as, form)
        if (parts := self._kept.get(known)) is None:
            parts = self._kept[known] = draw()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return parts
