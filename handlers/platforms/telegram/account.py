"""Implements the Platform port over one Telegram account.

Messages go out, and nothing is tried twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

from telegram import InputFile
from telegram.error import TelegramError

from bot.ports.platform import Postponed, Refused, Sent, Unavailable
from bot.values.chats import Target
from bot.values.delivery import Form, Ref
from bot.values.messages import Message, Photo, Traits
from handlers.parts import DrawnMessages, change_parts, parted, send_parts, take_away
from handlers.placing import marking
from handlers.platforms.telegram import answers, render
from handlers.platforms.telegram.keyboard import DATA
from handlers.platforms.telegram.piece import TelegramPiece, Template, as_upload, below
from handlers.platforms.telegram.posting import PostDoubtfulError
from handlers.platforms.telegram.settings import NAME, PAID
from handlers.platforms.telegram.transport import number_of_message, written

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.clockwork.clock import Clock
    from bot.ports.platform import Pace, SendResult
    from bot.values.messages import File
    from handlers.buttons import Buttons
    from handlers.platforms.telegram.polling import PolledBot

log = logging.getLogger(__name__)

DELETE = Template("deleteMessage", b"")
PATIENCE = 60.0
"""Seconds that a further part of a message may wait."""
AGAIN = 1.0
"""Seconds until a further part is tried again where the platform named none."""


def traits(username: str) -> Traits:
    """Return what Telegram can show, for a bot of that name."""
    return Traits(
        buttons=True, reply_keyboard=True, deep_link=f"https://t.me/{username}?start={{start}}", mention=f"@{username}"
    )


class TelegramAccount:
    """Sends and edits for one bot."""

    name = NAME

    def __init__(self, bot: PolledBot, buttons: Buttons, clock: Clock, pace: Pace, account: str = NAME) -> None:
        """Speak through ``bot``, which is open, at this pace.

        ``account`` is what deliveries call it.
        """
        self.account = account
        self._bot = bot
        self._buttons = buttons
        self._clock = clock
        self._paid = (pace.per_second or 0) > PAID
        self._kept = DrawnMessages[TelegramPiece]()
        self.further: Callable[[Target, float], Awaitable[None]] | None = None
        """Waits until the next part of a message may go, after so many seconds at least."""
        self.traits = traits(bot.username)
        self.pace = pace

    async def send(
        self,
        target: Target,
        message: Message,
        idempotency_key: str,
        *,
        silent: bool = False,
        answers: Ref | None = None,
    ) -> SendResult:
        """Post a message, a long one in several parts.

        The platform knows no keys, so a doubt is a doubt.
        """
        del idempotency_key
        return await self._post(target, message, self._drawn(message), silent=silent, reply_to=answers)

    async def send_plain(self, target: Target, message: Message) -> SendResult:
        """Post a message without any markup, after it was refused with it."""
        return await self._post(target, message, render.plain(message, marking(message, self._buttons.data)))

    async def _post(
        self,
        target: Target,
        message: Message,
        pieces: Sequence[TelegramPiece],
        *,
        silent: bool = False,
        reply_to: Ref | None = None,
        above: Sequence[str] = (),
    ) -> SendResult:
        """Post pieces; ``above`` lie further ones of the same message."""
        if not pieces:
            return Refused("nothing to say")
        await self._buttons.keep(self._clock())

        async def failed(error: Exception) -> SendResult:
            if pieces[0].photo is not None and answers.about_picture(error):
                return await self._without_photo(target, message, silent=silent, reply_to=reply_to)
            return answers.after_send(error)

        if len(pieces) == 1 and not above:
            # Nearly all that is pushed, so without what only several parts need.
            about = _about(target, silent=silent, paid=self._paid, reply_to=reply_to)
            try:
                return Sent(_numbered(await self._put(pieces[0], about)), pieces[0].form)
            except Exception as error:  # noqa: BLE001 - each of them means one of ten things
                return await failed(error)
        arrived: list[str] = []

        async def send(at: int, piece: TelegramPiece) -> str:
            about = _about(target, silent=silent, paid=self._paid, reply_to=None if at else reply_to)
            drawn = below(piece, (*above, *arrived), DATA) if at == len(pieces) - 1 else piece
            post = self._behind(target, drawn, about) if at or above else self._put(drawn, about)
            arrived.append(_numbered(await post))
            return arrived[-1]

        return await send_parts(pieces, send, failed, pieces[-1].form)

    async def _behind(self, target: Target, piece: TelegramPiece, about: bytes) -> int:
        """Post a further part when the chat takes it.

        Half a message is worse than a late one.
        """
        after = 0.0
        async with asyncio.timeout(PATIENCE):
            while True:
                await (self.further(target, after) if self.further is not None else asyncio.sleep(after))
                try:
                    return await self._put(piece, about)
                except TelegramError as error:
                    result = answers.after_send(error)
                    if not isinstance(result, Postponed | Unavailable):
                        raise
                    after = result.wait.total_seconds() if isinstance(result, Postponed) else AGAIN

    async def _without_photo(
        self, target: Target, message: Message, *, silent: bool, reply_to: Ref | None
    ) -> SendResult:
        pieces = self._drawn(message, Form.TEXT)
        return await self._post(target, message, pieces, silent=silent, reply_to=reply_to)

    def fits(self, ref: Ref, message: Message) -> bool:
        """Return whether a whole message fits in place of another."""
        if ref.form is Form.PHOTO:
            return render.stands_under_photo(message, whole=True)
        return len(self._drawn(message, ref.form)) <= len(parted(ref.message_id))

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Put a message in place of one sent, by parts.

        Parts too many are taken away, further ones come below.
        """
        pictured = any(isinstance(part, Photo) for part in message.parts)
        if ref.form is Form.PHOTO and not (pictured and render.stands_under_photo(message, whole=False)):
            return await self._without_picture(ref, message)
        pieces = self._drawn(message, ref.form)
        if not pieces:
            return Refused("nothing to say")
        await self._buttons.keep(self._clock())

        lying = parted(ref.message_id)

        async def change(number: str, piece: TelegramPiece) -> SendResult:
            drawn = below(piece, lying[: len(pieces) - 1], DATA) if piece is pieces[-1] else piece
            return await self._change(ref, drawn.edit, number)

        async def more(further: Sequence[TelegramPiece]) -> SendResult:
            return await self._post(ref.target, message, further, silent=True, above=lying)

        return await change_parts(ref.message_id, pieces, change, self._remover(ref), more, ref.form)

    async def change_shared(self, number: str, message: Message) -> SendResult:
        """Put a message in place of one shared by inline mode."""
        pieces = self._drawn(message, Form.TEXT)
        if len(pieces) != 1:
            return Refused("not one message")
        ref = Ref(Target(NAME, ""), number)
        try:
            await self._call(pieces[0].edit, b'{"inline_message_id":%b}' % written(number))
        except Exception as error:  # noqa: BLE001 - each of them means one of ten things
            return answers.after_edit(error, ref)
        return Sent(number)

    async def _change(self, ref: Ref, template: Template, number: str) -> SendResult:
        where = b'{"chat_id":%b,"message_id":%d}' % (written(ref.target.external_id), int(number))
        try:
            await self._call(template, where)
        except Exception as error:  # noqa: BLE001 - each of them means one of ten things
            return answers.after_edit(error, ref)
        return Sent(ref.message_id, ref.form)

    def _remover(self, ref: Ref) -> Callable[[str], Awaitable[SendResult]]:
        return lambda number: self._change(ref, DELETE, number)

    async def _without_picture(self, ref: Ref, message: Message) -> SendResult:
        """Show a text where a photo lies.

        No edit takes a picture away, and what was withdrawn must not keep it.
        """
        sent = await self.send(ref.target, message, "", silent=True)
        if not isinstance(sent, Sent):
            return sent
        gone = await take_away(ref.message_id, self._remover(ref))
        if not isinstance(gone, Sent):
            log.warning("a picture could not be taken away: %s", gone)
        return sent

    def _drawn(self, message: Message, form: Form | None = None) -> Sequence[TelegramPiece]:
        """Draw a message, once for all chats that are shown the same."""
        return self._kept.of(
            message,
            lambda: render.render(message, marking(message, self._buttons.data), picture=message.picture, form=form),
            form,
        )

    def _put(self, piece: TelegramPiece, about: bytes) -> Awaitable[int]:
        """Post a piece.

        One with a file goes by the library, which writes forms.
        """
        return self._call(piece.post, about) if piece.file is None else self._upload(piece, piece.file, about)

    async def _upload(self, piece: TelegramPiece, file: File, about: bytes) -> int:
        document = InputFile(file.data, filename=file.name)
        given = {**json.loads(about), **as_upload(piece), "document": document}
        return number_of_message(await self._bot.do_api_request("SendDocument", api_kwargs=given))

    def _call(self, template: Template, about: bytes) -> Awaitable[int]:
        # Not by the library's `send_message`: it builds the parameters anew for each chat and makes objects of all 80
        # fields of an answer, which is three quarters of what a push costs. Answers and errors it reads as ever.
        return self._bot.post_written(template.method, template.addressed(about))


def _numbered(number: int) -> str:
    if not number:
        raise PostDoubtfulError("an answer without the number of a message")
    return str(number)


def _about(target: Target, *, silent: bool, paid: bool, reply_to: Ref | None) -> bytes:
    """Write whom a message is for, and how it comes.

    These are the fields that differ from chat to chat.
    """
    about = [b'{"chat_id":', written(target.external_id)]
    if target.thread:
        about.append(b',"message_thread_id":%d' % int(target.thread))
    if silent:
        about.append(b',"disable_notification":true')
    if paid:
        about.append(b',"allow_paid_broadcast":true')
    if reply_to is not None:
        number = int(parted(reply_to.message_id)[0])
        about.append(b',"reply_parameters":{"message_id":%d,"allow_sending_without_reply":true}' % number)
    return b"".join((*about, b"}"))
