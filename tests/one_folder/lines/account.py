"""The Platform port over a hub, in lines of text."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.bangla.cut import split_text
from bot.ports import platform as port
from bot.values.messages import Traits
from handlers.parts import change_parts, parted, send_parts

from .render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.chats import Target
    from bot.values.delivery import Ref
    from bot.values.messages import Message

    from .hub import Hub

NAME = "lines"
LONGEST = 1000
KINDS = (port.Gone, port.Closed, port.Refused, port.Lost, port.Barred, port.Unavailable)
NOTHING = port.Refused("nothing to say")
ERRORS = {kind.__name__.lower(): kind for kind in KINDS}


class HubError(Exception):
    """The hub did not do it; its argument is the result."""


class LinesAccount:
    """Sends and edits for one account."""

    name = NAME
    account = NAME
    traits = Traits()

    def __init__(self, hub: Hub, pace: port.Pace) -> None:
        """Speak through ``hub`` at this pace."""
        self._hub = hub
        self.pace = pace

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> port.SendResult:
        """Post a message, a long one in several."""
        del key
        about = {"chat": target.external_id, "silent": silent, "to": parted(answers.message_id)[0] if answers else ""}

        return await self._say(_pieces(message), about)

    async def _say(self, pieces: Sequence[str], about: dict[str, object]) -> port.SendResult:
        async def say(_: int, text: str) -> str:
            return str((await self._ask(do="post", text=text, **about))["id"])

        return await send_parts(pieces, say, _failed) if pieces else NOTHING

    async def send_plain(self, target: Target, message: Message) -> port.SendResult:
        """Post it again: there is no markup to leave out."""
        return await self.send(target, message, "")

    async def edit(self, ref: Ref, message: Message) -> port.SendResult:
        """Put a message in place of one that was sent."""
        pieces, chat = _pieces(message), ref.target.external_id

        change, remove = partial(self._do, ref, "edit"), partial(self._do, ref, "delete")
        more = partial(self._say, about={"chat": chat, "silent": True, "to": ""})
        return await change_parts(ref.message_id, pieces, change, remove, more) if pieces else NOTHING

    async def _do(self, ref: Ref, do: str, number: str, text: str = "") -> port.SendResult:
        try:
            await self._ask(do=do, chat=ref.target.external_id, id=number, text=text)
        except Exception as error:  # noqa: BLE001 - each of them means one of ten things
            return await _failed(error)
        return port.Sent(ref.message_id, ref.form)

    async def _ask(self, **request: object) -> dict[str, Any]:
        answer = await self._hub.ask(**request)
        if (error := answer.get("error")) is not None:
            raise HubError(_means(error, answer))
        return answer


def _means(error: str, answer: dict[str, Any]) -> port.SendResult:
    if error == "haste":
        return port.Postponed(timedelta(seconds=answer["wait"]), port.Scope.CHAT)
    if error == "moved":
        return port.Moved(answer["chat"])
    return ERRORS.get(error, port.Unknown)(error)


async def _failed(error: Exception) -> port.SendResult:
    return error.args[0] if isinstance(error, HubError) else port.Unknown(str(error))


def _pieces(message: Message) -> Sequence[str]:
    return split_text(text, LONGEST) if (text := render(message)).strip() else []
