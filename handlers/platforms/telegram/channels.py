"""Sets up a channel from one's private chat.

A press there acts in the channel and is shown to nobody else. Such a choice holds the channel's number:
`1.settings:there=@-100123`. The person who pressed has to be an admin of it just then.
"""

from __future__ import annotations

import dataclasses
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from telegram import ChatMember
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

from bot.articles.card.card import card
from bot.articles.card.view import View
from bot.ports.platform import Sent
from bot.subscriptions import naming
from bot.values.calls import Call, OpenQuestion, Where, call
from bot.values.chats import ChatKind, Mode, Role, Target, Term, TermKind
from bot.values.errors import StorageError
from bot.values.lists import LastShown
from bot.values.messages import Choice, Choices, Link, Message, Reply, paragraph, plain
from bot.values.wording import Wording, say
from handlers import labels
from handlers.buttons import OldButton
from handlers.dialogue import ASKED_FOR
from handlers.platforms.telegram import incoming
from handlers.platforms.telegram.settings import NAME
from handlers.platforms.telegram.updates import member_status
from handlers.under_name import under_name

if TYPE_CHECKING:
    from telegram import Bot, ChatMemberUpdated

    from bot.running.core import Core
    from bot.values.chats import Chat, Language
    from handlers.buttons import Pressed
    from handlers.dialogue import Dialogue
    from handlers.platforms.telegram.account import TelegramAccount
    from handlers.platforms.telegram.incoming import Person

log = logging.getLogger(__name__)

THERE = "there"
"""The name of the value that says for which chat a choice is meant."""
AFAR = "@"
"""In front of the number of that chat in a button of version 0.1."""
COMMAND = "/channel"
HOW = Wording(
    "চ্যানেলে বটকে অ্যাডমিন করুন, বার্তা পোস্ট করার অনুমতি দিন, তারপর চ্যানেলটি বেছে নিন।",
    "Make the bot an admin of the channel, with the right to post, then choose the channel.",
)
THERE_ALREADY = Wording(
    "চ্যানেলে আগে থেকেই থাকলে নামটি দিন: /channel @channel_name", "If it is in the channel already: /channel @channel_name"
)
PICK = Wording("📢 চ্যানেল বেছে নিন", "📢 Choose a channel")
READY = Wording("{channel} তৈরি। পরীক্ষামূলক একটি কার্ড পাঠাব?", "{channel} is ready. Post one card to try it?")
YES = Wording("হ্যাঁ", "Yes")
NOT_NOW = Wording("এখন না", "Not now")
TOP = Wording("প্রধান খবর, দিনে দুবার", "Top stories, twice a day")
NEW = Wording("➕ নতুন বিষয়", "➕ New topic")
NOT_YOURS = Wording(
    "চ্যানেলটি পাওয়া গেল না, অথবা আপনি সেখানে অ্যাডমিন নন।", "There is no such channel, or you are no admin of it."
)
NO_RIGHT = Wording(
    "এখানে লেখার অনুমতি নেই। বটকে অ্যাডমিন করুন, তারপর আবার ‘হ্যাঁ’ চাপুন।",
    "The bot may not post here. Make it an admin, then tap ‘Yes’ again.",
)
NO_NEWS = Wording("এখনো কোনো খবর আসেনি। প্রথম খবর এলেই পরীক্ষা করা যাবে।", "No news yet; it can be tried with the first.")
TRIED = Wording("পাঠানো হয়েছে।", "Posted.")
TRY = "try"
_ADMINS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Channels:
    """Channels as their admins handle them from afar."""

    core: Core
    bot: Bot
    account: TelegramAccount
    dialogue: Dialogue
    _titles: dict[str, str] = field(default_factory=dict)

    def how(self, language: Language) -> Message:
        """Say how a channel is set up.

        The link opens the platform's own list of channels.
        """
        link = f"https://t.me/{self.bot.username}?startchannel=true&admin=post_messages"
        texts = [say(wording, language) for wording in (HOW, THERE_ALREADY)]
        pick = Choice(say(PICK, language), Link(link))
        return Message((paragraph(*texts), Choices(((pick,),))), texts[0], language)

    async def added(self, change: ChatMemberUpdated) -> tuple[Target, Message] | None:
        """Return what is said about a new channel, and to whom.

        Somebody has let the bot post in a channel.
        """
        may = getattr(change.new_chat_member, "can_post_messages", False)
        could = getattr(change.old_chat_member, "can_post_messages", False)
        if incoming.kind(change.chat) is not ChatKind.CHANNEL or not may or could:
            return None
        private = Target(NAME, str(change.from_user.id))
        chat = await self.core.store.chats.find(private)
        self._titles[str(change.chat.id)] = change.chat.title or ""
        # Who never wrote to this bot cannot be written to either.
        if chat is None or chat.account != self.account.account:
            return None
        return private, _ready(change.chat.id, change.chat.title or "", chat.language)

    async def open(self, name: str, person: Person, asking: Chat) -> Reply:
        """Open a named channel's settings for its admin."""
        try:
            # Not `get_chat`: the library wants fields of the answer that an older server does not know.
            found: Any = await self.bot.do_api_request("GetChat", api_kwargs={"chat_id": name})
        except (BadRequest, Forbidden):
            return Reply(plain(say(NOT_YOURS, asking.language)))
        target = Target(NAME, str(found["id"]), account=self.account.account)
        if not await self._is_admin(target.external_id, person) or not await self._is_there(target.external_id):
            return Reply(plain(say(NOT_YOURS, asking.language)))
        self._titles[target.external_id] = str(found.get("title") or "")
        await self.core.store.chats.ensure(target, self.core.clock(), incoming.KINDS[ChatType(found["type"])])
        return await self.press(target.external_id, call("settings"), person, asking)

    async def press(self, number: str, pressed: Call | OldButton, person: Person, asking: Chat) -> Reply:
        """Do in a channel what was pressed in private."""
        there = Target(NAME, number, name=await self._title(number))
        chat = await self.core.store.chats.find(there)
        if chat is None or not await self._is_admin(number, person):
            return Reply(plain(say(NOT_YOURS, asking.language)))
        if pressed.command == TRY:
            return await self._tried(there, chat, asking.language)
        reply = await self.dialogue.press(there, person.actor, _admin(person), pressed, chat.kind)
        return await self._addressed(reply, there, person, asking)

    async def answered(self, text: str, person: Person, asking: Chat) -> Reply | None:
        """Answer what a channel's settings asked.

        Return None if they asked nothing.
        """
        try:
            last = await self.core.store.shown.last(asking.id, person.actor)
        except StorageError as error:
            log.warning("what was shown last could not be read: %s", error)
            return None
        if (afar := parted(labels.find(last.labels, text))) is not None:
            return await self.press(*afar, person, asking)
        question, now = last.question, self.core.clock()
        where = question.call.get(THERE) if question is not None and now < question.until else None
        if not isinstance(where, Where) or text.startswith("/"):
            return None
        chat = await self.core.store.chats.find(Target(NAME, where.chat))
        there = await self.core.store.shown.last(chat.id, person.actor) if chat is not None else None
        if there is not None and not self.dialogue.is_answer(there.question, text):
            # What is no answer is about one's own news, as ever.
            return None
        if chat is None or not await self._is_admin(where.chat, person):
            return Reply(plain(say(NOT_YOURS, asking.language)))
        target = dataclasses.replace(chat.target, name=await self._title(where.chat))
        reply = await self.dialogue.reply(target, person.actor, _admin(person), text, kind=chat.kind)
        return await self._addressed(reply, target, person, asking)

    async def _title(self, number: str) -> str:
        """Return what a channel is called."""
        if number not in self._titles:
            try:
                found: Any = await self.bot.do_api_request("GetChat", api_kwargs={"chat_id": number})
                self._titles[number] = str(found.get("title") or "")
            except (BadRequest, Forbidden):
                return ""
        return self._titles[number]

    async def _addressed(self, reply: Reply, there: Target, person: Person, asking: Chat) -> Reply:
        """Put the channel's number into every choice.

        Its name stands above, and who was asked for it is kept.
        """
        message, now = under_name(addressed(reply.message, there.external_id), there.name), self.core.clock()
        asks = call("settings", there=Where(there.external_id))
        question = OpenQuestion(asks, THERE, now + ASKED_FOR) if reply.asks is not None else None
        await self.core.store.shown.keep(asking.id, person.actor, LastShown(None, labels.of(message), question), now)
        return dataclasses.replace(reply, message=message, then=None, private=False)

    async def _tried(self, there: Target, chat: Chat, language: Language) -> Reply:
        newest = await self.core.store.articles.newest()
        if newest is None or newest.sample:
            return Reply(plain(say(NO_NEWS, language)))
        view = View(
            chat.language,
            ZoneInfo(chat.zone),
            self.core.clock(),
            self.account.traits,
            chat.kind,
            chat.preferences.picture,
        )
        result = await self.account.send(there, card(newest, chat.preferences.style, view), "")
        return Reply(plain(say(TRIED if isinstance(result, Sent) else NO_RIGHT, language)))

    async def _is_admin(self, number: str, person: Person) -> bool:
        return person.user_id is not None and await self._status(number, person.user_id) in _ADMINS

    async def _is_there(self, number: str) -> bool:
        """Tell whether we are in a chat ourselves.

        Nothing is stored about a channel that we are not in.
        """
        return await self._status(number, self.bot.id) in (*_ADMINS, ChatMember.MEMBER, ChatMember.RESTRICTED)

    async def _status(self, number: str, user_id: int) -> str:
        try:
            return await member_status(self.bot, number, user_id)
        except (BadRequest, Forbidden):
            return ""


def parted(pressed: Pressed) -> tuple[str, Call | OldButton] | None:
    """Return the channel's number and the rest.

    Return None if the press was for this chat.
    """
    match pressed:
        case Call():
            there = pressed.get(THERE)
            return (there.chat, pressed.without(THERE)) if isinstance(there, Where) else None
        case OldButton(command, argument) if command.startswith(AFAR):
            return command.removeprefix(AFAR), OldButton(*argument.partition(" ")[::2])
        case _:
            return None


def addressed(message: Message, number: str) -> Message:
    """Make every choice one for the chat of that number."""
    parts = tuple(
        Choices(tuple(tuple(_address(choice, number) for choice in row) for row in part.rows))
        if isinstance(part, Choices)
        else part
        for part in message.parts
    )
    return dataclasses.replace(message, parts=parts)


def _address(choice: Choice, number: str) -> Choice:
    if not isinstance(choice.does, Call):
        return choice
    return dataclasses.replace(choice, does=choice.does.filled(THERE, Where(number)))


def _ready(number: int, title: str, language: Language) -> Message:
    text = say(READY, language, channel=title)
    rows = (
        (Choice(say(YES, language), call(TRY)), Choice(say(NOT_NOW, language), call("settings"))),
        (Choice(say(TOP, language), naming.following(Term(TermKind.ALL), Mode.DIGEST)),),
        (Choice(say(NEW, language), call("follow")),),
    )
    return addressed(Message((paragraph(text), Choices(rows)), text, language), str(number))


def _admin(person: Person) -> Role:
    return max(person.role, Role.CHAT_ADMIN)
