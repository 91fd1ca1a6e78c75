"""Implements the Platform port over one Discord bot.

Messages go out, and nothing is tried twice but what was refused for its form.
"""

from __future__ import annotations

import hashlib
import logging
from base64 import b32encode
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bot.ports.platform import Closed, Gone, Lost, Refused, Sent
from bot.values.messages import Message, MessageState, Traits
from handlers.parts import DrawnMessages, change_parts, joined, parted, send_parts
from handlers.platforms.discord import answers as meaning
from handlers.platforms.discord import render
from handlers.platforms.discord.doubts import Doubts
from handlers.platforms.discord.facts import forum_tags
from handlers.platforms.discord.render import DiscordPiece
from handlers.platforms.discord.replies import custom_id_of
from handlers.platforms.discord.rest import ApiError, DoubtfulError, RestRoute, numbered
from handlers.platforms.discord.settings import NAME, PACE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.clockwork.clock import Clock
    from bot.ports.platform import SendResult
    from bot.values.chats import Target
    from bot.values.delivery import Ref
    from handlers.buttons import Buttons
    from handlers.platforms.discord.facts import ChannelFacts, Forum
    from handlers.platforms.discord.rest import Rest

    Body = dict[str, Any]

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that the further parts of a message may wait: half a list is worse than a late one."""
RETITLED = (MessageState.CORRECTED, MessageState.WITHDRAWN)
"""What a forum's post is renamed for."""
MESSAGES, MESSAGE = "/channels/{}/messages", "/channels/{}/messages/{}"
TRAITS = Traits(buttons=True, idempotent=True, answers_alone=True, fills=True, servers=True)


def nonce(idempotency_key: str, part: int) -> str:
    """Return the nonce that the platform knows a message by.

    It is made of delivery and part, has at most 25 letters, and is known for some minutes.
    """
    return b32encode(hashlib.sha256(f"{idempotency_key}/{part}".encode()).digest()[:15]).decode()


class DiscordAccount:
    """Sends and edits for one bot."""

    name = NAME
    traits = TRAITS
    pace = PACE

    def __init__(
        self,
        rest: Rest,
        facts: ChannelFacts,
        buttons: Buttons,
        clock: Clock,
        account: str = NAME,
        *,
        publish: bool = False,
        per_second: float | None = None,
    ) -> None:
        """Speak through ``rest``, which is open; ``account`` is what deliveries call it.

        ``per_second`` are its messages where other processes speak for the same bot.
        """
        self.account = account
        if per_second is not None:
            self.pace = replace(self.pace, per_second=per_second)
        self._rest = rest
        self._facts = facts
        self._buttons = buttons
        self._clock = clock
        self._publish = publish
        self._kept = DrawnMessages[DiscordPiece]()
        self._doubts = Doubts(rest)
        self.shut_out: Callable[[Target], Awaitable[None]] | None = None
        """Told of every channel that takes nothing from us any more."""

    async def send(
        self,
        target: Target,
        message: Message,
        idempotency_key: str,
        *,
        silent: bool = False,
        answers: Ref | None = None,
    ) -> SendResult:
        """Post a message.

        A long list goes in several parts, in a forum as a post of its own.
        """
        pieces = await self._ready(message)
        if not pieces:
            return Refused("nothing to say")
        forum = None if target.thread else self._facts.forum(target.external_id)
        if forum is not None and answers is None:
            return await self._told(target, await self._file(forum, target, pieces, idempotency_key))
        channel = target.reached_at
        if answers is not None:
            # What answers a forum's post stands in that post.
            channel = _first(answers)[0]
        about = _about(silent=silent, answers=answers)
        result = await self._post(target, channel, pieces, idempotency_key, about)
        if result == Closed(meaning.POSTS_ALONE) and answers is None and (forum := await self._asked_forum(channel)):
            # The gateway tells of it elsewhere.
            result = await self._file(forum, target, pieces, idempotency_key)
        return await self._told(target, result)

    async def _asked_forum(self, channel: str) -> Forum | None:
        try:
            return await self._facts.ask_forum(channel)
        except Exception as error:  # noqa: BLE001 - what it is shows the next time
            log.warning("a channel could not be looked at: %s", error)
            return None

    async def _post(
        self, target: Target, channel: str, pieces: Sequence[DiscordPiece], idempotency_key: str, about: Body
    ) -> SendResult:
        if (lying := await self._doubts.message(idempotency_key, channel, pieces[-1])) is not None:
            return Sent(lying)
        arrived: list[str] = []

        async def send(at: int, piece: DiscordPiece) -> str:
            payload = (render.below(piece, arrived) if at == len(pieces) - 1 else piece).payload()
            body = payload if at else {**payload, **about, "flags": payload["flags"] | about.get("flags", 0)}
            number = await self._say(channel, _named(body, idempotency_key, at), patience=PATIENCE if at else 0.0)
            arrived.append(number)
            return number

        async def failed(error: Exception) -> SendResult:
            return await self._after(error, target, idempotency_key)

        result = await send_parts(pieces, send, failed)
        await self._published(channel, arrived)
        return result

    async def send_plain(self, target: Target, message: Message) -> SendResult:
        """Say a message in bare text.

        It was refused with frame, picture and buttons.
        """
        log.warning("a message was refused as a card and goes as text")

        async def send(at: int, body: Body) -> str:
            return await self._say(target.reached_at, body, patience=PATIENCE if at else 0.0)

        async def failed(error: Exception) -> SendResult:
            return await self._after(error, target)

        return await send_parts(render.plain(message), send, failed)

    async def _say(self, channel: str, body: Body, *, patience: float = 0.0) -> str:
        return numbered(await self._rest.call(RestRoute("POST", MESSAGES, (channel,)), body, patience=patience))

    async def _published(self, channel: str, numbers: Sequence[str]) -> None:
        """Publish what was said, where that was asked for.

        It stands there, whatever becomes of this.
        """
        if not self._publish:
            return
        for number in numbers:
            try:
                if not await self._facts.is_announcement(channel):
                    return
                await self._rest.call(RestRoute("POST", f"{MESSAGE}/crosspost", (channel, number)))
            except Exception as error:  # noqa: BLE001 - ten an hour are allowed, and none is worth a second card
                log.warning("a message was posted and not published: %s", error)

    # --- forums ---

    async def _file(
        self, forum: Forum, target: Target, pieces: Sequence[DiscordPiece], idempotency_key: str
    ) -> SendResult:
        head = pieces[0]
        if (found := await self._doubts.post(idempotency_key, forum, head.brief)) is not None:
            return Sent(f"{found}/{found}")
        body = {
            "name": head.brief or "–",
            "message": head.payload(),
            "applied_tags": forum_tags(forum, (head.topic,) if head.topic else ()),
        }
        try:
            made = await self._rest.call(RestRoute("POST", "/channels/{}/threads", (target.external_id,)), body)
            thread = numbered(made)
        except Exception as error:  # noqa: BLE001 - as above
            return await self._after(error, target, idempotency_key)
        first = made.get("message")
        opened = f"{thread}/{first.get('id', thread) if isinstance(first, dict) else thread}"
        further = await self._further(thread, target, pieces[1:], idempotency_key) if len(pieces) > 1 else None
        return Sent(joined((opened, further.ref))) if isinstance(further, Sent) else Sent(opened)

    async def _further(
        self, thread: str, target: Target, pieces: Sequence[DiscordPiece], idempotency_key: str = ""
    ) -> SendResult:
        """Say the further parts of a forum's post in it."""

        async def send(at: int, piece: DiscordPiece) -> str:
            body = _named(piece.payload(), idempotency_key, at + 1)
            return f"{thread}/{await self._say(thread, body, patience=PATIENCE)}"

        async def failed(error: Exception) -> SendResult:
            return await self._after(error, target)

        return await send_parts(pieces, send, failed)

    # --- edits ---

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Put a message in place of one sent, by parts.

        Parts too many are taken away, further ones come below.
        """
        pieces = await self._ready(message)
        if not pieces:
            return Refused("nothing to say")

        async def change(part: str, piece: DiscordPiece) -> SendResult:
            return await self._change(ref, RestRoute("PATCH", MESSAGE, _address(ref, part)), piece.as_edit())

        async def remove(part: str) -> SendResult:
            return await self._change(ref, RestRoute("DELETE", MESSAGE, _address(ref, part)), None)

        async def more(further: Sequence[DiscordPiece]) -> SendResult:
            channel, _ = _first(ref)
            if "/" in ref.message_id:
                return await self._further(channel, ref.target, further)
            return await self._post(ref.target, channel, further, "", _about(silent=True, answers=None))

        changed = await change_parts(ref.message_id, pieces, change, remove, more)
        if isinstance(changed, Sent) and "/" in ref.message_id and message.state in RETITLED:
            return await self._retitled(ref, pieces[0].brief, changed)
        return changed

    async def _retitled(self, ref: Ref, title: str, changed: Sent) -> SendResult:
        """Change the title of a forum's post.

        The title stands in lists that show nothing else. Without the right to change it the post is closed; if neither
        can be done the change has not arrived.
        """
        route = RestRoute("PATCH", "/channels/{}", _first(ref)[:1])
        for body in ({"name": title}, {"archived": True, "locked": True}, {"archived": True}):
            try:
                await self._rest.call(route, body, patience=PATIENCE)
            except ApiError as error:
                if error.status != HTTPStatus.FORBIDDEN:
                    return await self._after(error, ref.target)
                log.warning("the title of a forum's post stays: %s", error)
            except Exception as error:  # noqa: BLE001 - as above
                return await self._after(error, ref.target)
            else:
                return changed
        return Lost("no right to change the title")

    async def _change(self, ref: Ref, route: RestRoute, body: Body | None) -> SendResult:
        try:
            try:
                await self._rest.call(route, body)
            except ApiError as error:
                if error.code != meaning.ARCHIVED:
                    raise
                # A forum's post is archived by itself when nobody writes there; a correction has to show all the same.
                await self._rest.call(RestRoute("PATCH", "/channels/{}", route.ids[:1]), {"archived": False})
                await self._rest.call(route, body, patience=PATIENCE)
        except Exception as error:  # noqa: BLE001 - as above
            return await self._after(error, ref.target)
        return Sent(ref.message_id)

    # --- both ---

    async def _ready(self, message: Message) -> Sequence[DiscordPiece]:
        """Draw a message once for all its chats.

        All that are shown the same; what its buttons stand for is kept.
        """
        pieces = self._kept.of(message, lambda: render.render(message, custom_id_of(message, self._buttons)))
        await self._buttons.keep(self._clock())
        return pieces

    async def _after(self, error: Exception, target: Target, idempotency_key: str = "") -> SendResult:
        if idempotency_key and isinstance(error, DoubtfulError):
            self._doubts.note(idempotency_key)
        result = meaning.after(error, thread=bool(target.thread))
        if isinstance(result, Gone | Closed) and await self._facts.outage(target.external_id):
            return meaning.AWAY
        return result

    async def _told(self, target: Target, result: SendResult) -> SendResult:
        if isinstance(result, Closed) and self.shut_out is not None:
            await self.shut_out(target)
        return result


def _named(body: Body, idempotency_key: str, part: int) -> Body:
    return {**body, "nonce": nonce(idempotency_key, part), "enforce_nonce": True} if idempotency_key else body


def _about(*, silent: bool, answers: Ref | None) -> Body:
    about: Body = {"flags": render.SILENT} if silent else {}
    if answers is not None:
        about["message_reference"] = {"message_id": _first(answers)[1], "fail_if_not_exists": False}
    return about


def _address(ref: Ref, part: str) -> tuple[str, str]:
    """Return the channel and the number of a part.

    A forum's post is a channel of its own.
    """
    thread, slash, number = part.rpartition("/")
    return (thread if slash else ref.target.reached_at), number


def _first(ref: Ref) -> tuple[str, str]:
    return _address(ref, parted(ref.message_id)[0])
