"""Answers updates in their chat.

Within a chat one is answered after another; all chats are answered at once.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.bangla.cut import cut
from bot.values.chats import ChatKind, Language, Role
from bot.values.delivery import Form, Ref
from bot.values.errors import PlatformError, StorageError
from bot.values.messages import Reply, plain
from bot.values.wording import Wording, say
from handlers.admission import ADDED, ALONE, PRESSED, SLOWER, TAPPED, TYPED, WRITTEN, Slower
from handlers.attached import NO_FILES, NOT_TEXT
from handlers.dialogue import PASSING
from handlers.parts import joined
from handlers.placing import comes_in_place, parts_above, unmarked
from handlers.platforms.telegram import answers, channels, incoming, inline, membership
from handlers.platforms.telegram.render import plain as drawn_plain
from handlers.platforms.telegram.settings import NAME
from handlers.platforms.telegram.updates import member_status

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot, CallbackQuery, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update, User

    from bot.running.core import Core
    from bot.values.chats import Chat, Target
    from bot.values.messages import Message as Said
    from handlers.admission import Allowance
    from handlers.buttons import Buttons
    from handlers.platforms.telegram.account import TelegramAccount
    from handlers.platforms.telegram.channels import Channels
    from handlers.platforms.telegram.incoming import Person, TelegramText
    from handlers.platforms.telegram.polling import Saying
    from handlers.service import AccountService

log = logging.getLogger(__name__)

T = TypeVar("T")
CROWD = 10
"""Seconds after which a press in a group that is answered too much may be tried again."""
ALBUMS = 500
"""Albums remembered: each picture of one comes as a message."""
TOAST = 200
"""Letters that the line over a chat has room for."""
_ADMINS = ("creator", "administrator")


@dataclass(frozen=True, slots=True)
class TelegramConversations:
    """Answers for one account."""

    core: Core
    bot: Bot
    account: TelegramAccount
    buttons: Buttons
    channels: Channels
    service: AccountService
    _albums: OrderedDict[str, None] = field(default_factory=OrderedDict)

    async def handle(self, update: Update) -> Saying | None:
        """Work out one update and return what is to be said.

        Whatever goes wrong in it stays in it.
        """
        saying = await self._safely(update, self._or_sorry(update))
        return None if saying is None else lambda: self._safely(update, saying())

    async def _safely(self, update: Update, work: Awaitable[T]) -> T | None:
        try:
            return await work
        except TelegramError as error:
            log.warning("update %s could not be answered: %s", update.update_id, answers.reason(error))
        except StorageError as error:
            log.error("update %s: %s", update.update_id, error)  # noqa: TRY400 - it says what to do
        except Exception:
            log.exception("update %s", update.update_id)
        return None

    async def _or_sorry(self, update: Update) -> Saying | None:
        """Work out one update, or say that it cannot be now.

        If the archive cannot be used, a person who wrote in private is told so.
        """
        try:
            return await self._handle(update)
        except StorageError as error:
            log.error("update %s could not be answered: %s", update.update_id, error)  # noqa: TRY400 - it says why
        chat = update.effective_chat
        if chat is None or incoming.kind(chat) is not ChatKind.PRIVATE:
            return None
        return lambda: self._say(incoming.target_of(chat), plain(say(PASSING, Language.BANGLA)))

    async def _handle(self, update: Update) -> Saying | None:
        message = update.message or update.channel_post
        if message is not None:
            return await self._message(message)
        if update.edited_message is not None:
            return await self._mended(update.edited_message)
        if update.callback_query is not None:
            return await self._press(update.callback_query)
        if update.inline_query is not None and self._admitted(update.inline_query.from_user, TYPED):
            store, now = self.core.store, self.core.clock()
            found = await inline.answer(update.inline_query, store, self.account.traits, now)
            await self.bot.do_api_request("AnswerInlineQuery", api_kwargs=found)
        elif update.chosen_inline_result is not None:
            shared = inline.chosen(update.chosen_inline_result, self.account.account, self.core.clock())
            if shared is not None:
                self.service.note(shared)
        elif update.my_chat_member is not None:
            await self._changed(update.my_chat_member)
        return None

    def _admitted(self, user: User, allowance: Allowance) -> bool:
        return self.service.admission.ask(f"{NAME}:{user.id}", allowance) is None

    async def _changed(self, change: ChatMemberUpdated) -> None:
        if membership.is_new(change) and not self._admitted(change.from_user, ADDED):
            log.warning("a person brings the bot into many chats: one is not greeted yet")
            return
        said = await membership.changed(self.core, change, self.account.account)
        if said is not None:
            await self.service.say(incoming.target_of(change.chat), said)
        if (ready := await self.channels.added(change)) is not None:
            await self.service.say(*ready)

    async def _message(self, message: Message) -> Saying | None:
        if message.migrate_to_chat_id is not None:
            return await self._moved(message, str(message.migrate_to_chat_id))
        words = incoming.words(message, self.bot.username, self.core.settings.admins)
        target = words.target if words is not None else incoming.target_of(message.chat)
        first = self._begins(message)
        if not (await self._is_meant(words) if words is not None else first and _shows(message)):
            return None
        if (slower := self._slower(message, target)) is not None:
            return None if slower.told else lambda: self._tell(target, SLOWER, n=slower.seconds)
        if words is None or message.document is not None:
            handed = await self._handed(message, target)
            if handed is not None or words is None:
                return handed or (lambda: self._tell(target, NOT_TEXT if message.document is None else NO_FILES))
        reply = await self._about_channel(words) or await self.service.dialogue.reply(
            words.target,
            words.person.actor,
            words.person.role,
            words.text,
            kind=words.kind,
            rank=self._rank(words.target, words.person),
            quoted=words.quoted,
            links=words.links,
            listed=words.listed,
        )
        return lambda: self.service.answer(words.target, reply, to=words.number)

    async def _is_meant(self, words: TelegramText) -> bool:
        """Tell whether this is for us.

        Other bots have commands too, and members talk about what we post.
        """
        if words.kind is ChatKind.PRIVATE or words.named:
            return True
        dialogue = self.service.dialogue
        if words.text.startswith("/"):
            return dialogue.knows(words.text)
        return await dialogue.is_meant(words.target, words.person.actor, words.text)

    def _begins(self, message: Message) -> bool:
        """Tell whether this is the first of an album, or comes alone."""
        album = message.media_group_id
        if album is None:
            return True
        first = album not in self._albums
        self._albums[album] = None
        while len(self._albums) > ALBUMS:
            self._albums.popitem(last=False)
        return first

    async def _mended(self, message: Message) -> Saying | None:
        """Answer anew what was mended within a minute.

        It is answered only if it asks to be shown something.
        """
        words = incoming.words(message, self.bot.username, self.core.settings.admins)
        if words is None or words.quoted:
            return None
        ref = self.service.mending.find(words.target.external_id, words.number)
        if ref is None or self._slower(message, words.target) is not None:
            return None
        dialogue = self.service.dialogue
        reply = await dialogue.mend(words.target, words.person.actor, words.text, words.kind, words.listed)
        if reply is None:
            return None
        if self.account.fits(ref, reply.message):
            return lambda: self.service.answer_in_place(ref, reply)
        return lambda: self.service.answer(words.target, reply, to=words.number)

    async def _handed(self, message: Message, target: Target) -> Saying | None:
        """Answer a file that was asked for.

        A file that a command beside it takes counts too. Return None for any other file, which is not read.
        """
        document = message.document
        if document is not None:
            who = incoming.person(message.from_user, message.chat, message.sender_chat, self.core.settings.admins)
            file = incoming.attachment(document, self.bot)
            reply = await self.service.dialogue.attached(target, who.actor, who.role, message.caption or "", file)
            if reply is not None:
                return lambda: self.service.answer(target, reply)
        return None

    def _slower(self, message: Message, target: Target) -> Slower | None:
        """Return how long to wait before this is read."""
        alone = incoming.kind(message.chat) is ChatKind.PRIVATE
        if not alone and self.service.is_crowded(target):
            return Slower(0, told=True)
        who = incoming.person(message.from_user, message.chat, message.sender_chat, ())
        return self.service.admission.ask(who.actor, ALONE if alone else WRITTEN)

    async def _moved(self, message: Message, address: str) -> Saying | None:
        """Follow a group that became a supergroup.

        One that was greeted there as new hears that its list is kept.
        """
        before = incoming.target_of(message.chat)
        greeted = await self.core.store.chats.move(before, address)
        there = replace(before, external_id=address)
        if greeted and (said := await membership.greeting(self.core, there, moved=True)) is not None:
            return lambda: self._say(there, said)
        return None

    async def _about_channel(self, words: TelegramText) -> Reply | None:
        """Answer what is said in private about a channel.

        Somebody wants to set it up, or answers what it asked.
        """
        if words.kind is not ChatKind.PRIVATE or words.quoted:
            return None
        first, *name = words.text.split(maxsplit=1) or [""]
        if first == channels.COMMAND:
            chat = await self._private(words.target)
            if name:
                return await self.channels.open(name[0].strip(), words.person, chat)
            return Reply(self.channels.how(chat.language))
        known = await self.core.store.chats.find(words.target)
        return await self.channels.answered(words.text, words.person, known) if known is not None else None

    async def _press(self, query: CallbackQuery) -> Saying | None:
        message = query.message
        if message is None or query.data is None:
            await query.answer()
            return None
        target, kind = incoming.target_of(message.chat), incoming.kind(message.chat)
        if getattr(message, "is_topic_message", None):
            target = incoming.target_of(message.chat, message)  # type: ignore[arg-type]
        who, alone = incoming.presser(query, self.core.settings.admins), kind is ChatKind.PRIVATE
        slower = self.service.admission.ask(who.actor, TAPPED if alone else PRESSED)
        if slower is not None and self.service.admission.is_told_enough(who.actor):
            return None
        if slower is not None or (not alone and self.service.is_crowded(target)):
            await _toasted(query, await self._worded(target, SLOWER, n=slower.seconds if slower else CROWD), alert=True)
            return None
        # Among others nobody puts in place of a message what is no button of it.
        known = kind is ChatKind.PRIVATE or incoming.holds(message, query.data)
        whole, above = parts_above(query.data)
        data, under_answer = unmarked(whole)
        pressed = await self.buttons.read(data) if known else None
        if (afar := channels.parted(pressed)) is not None and kind is ChatKind.PRIVATE:
            asking = await self._private(target)
            reply = await self.channels.press(*afar, who, asking)
        else:
            reply = await self.service.dialogue.press(
                target, who.actor, who.role, pressed, kind, self._rank(target, who)
            )
        in_place = comes_in_place(reply, under_answer=under_answer)
        return await self._answer_press(query, target, kind, reply, above, in_place=in_place)

    async def _answer_press(
        self,
        query: CallbackQuery,
        target: Target,
        kind: ChatKind,
        reply: Reply,
        above: Sequence[str],
        *,
        in_place: bool,
    ) -> Saying | None:
        message = query.message
        if reply.passing or (reply.private and kind is not ChatKind.PRIVATE):
            # What concerns one person is not everybody's news.
            await _toasted(query, self._plain(reply.message), alert=True)
            return None
        await _toasted(query, reply.toast)
        lying = joined((*above, str(message.message_id))) if message is not None else ""
        ref = Ref(target, lying, _form(message)) if message is not None else None
        # A whole story that is too long for its card goes below it: in place only its end would stand.
        if in_place and ref is not None and self.account.fits(ref, reply.message):
            return lambda: self.service.answer_in_place(ref, reply)
        return lambda: self.service.answer(target, reply)

    async def _say(self, target: Target, said: Said) -> None:
        await self.service.say(target, said)

    async def _tell(self, target: Target, wording: Wording, **values: str | int) -> None:
        await self.service.say(target, plain(await self._worded(target, wording, **values)))

    async def _worded(self, target: Target, wording: Wording, **values: str | int) -> str:
        chat = await self.core.store.chats.find(target)
        return say(wording, chat.language if chat is not None else Language.BANGLA, **values)

    async def _private(self, target: Target) -> Chat:
        """Return the private chat of who writes here."""
        met = replace(target, account=self.account.account)
        return await self.core.store.chats.ensure(met, self.core.clock())

    def _rank(self, target: Target, person: Person) -> Callable[[], Awaitable[Role]]:
        """Ask the platform whether somebody is an admin now.

        It is asked when it matters, of the chat.
        """

        async def rank() -> Role:
            if person.user_id is None:
                return person.role
            try:
                status = await member_status(self.bot, target.external_id, person.user_id)
            except (BadRequest, Forbidden):
                # A chat that does not say who is its admin has none for us.
                return Role.READER
            except TelegramError as error:
                raise PlatformError(f"who is an admin is not told: {answers.reason(error)}") from None
            return Role.CHAT_ADMIN if status in _ADMINS else Role.READER

        return rank

    def _plain(self, message: Said) -> str:
        pieces = drawn_plain(message, self.buttons.data)
        return pieces[0].text if pieces else ""


async def _toasted(query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """End a button's little clock, perhaps with a word.

    One that was pressed long ago has none.
    """
    try:
        await query.answer(cut(text, TOAST) if text else None, show_alert=alert)
    except BadRequest as error:
        log.info("a press was answered too late: %s", answers.reason(error))


def _form(message: MaybeInaccessibleMessage) -> Form:
    """Return whether a picture or a text is edited.

    A picture has its text under it.
    """
    return Form.PHOTO if getattr(message, "photo", None) else Form.TEXT


def _shows(message: Message) -> bool:
    """Return whether somebody sent us something that is no text.

    News of the chat itself does not count.
    """
    return message.chat.type == "private" and message.effective_attachment is not None
