"""Follows the bot's comings and goings in servers.

Channels go and rights come back: it decides what a chat's state becomes.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from bot.subscriptions import choosing
from bot.subscriptions.outlook import OFF
from bot.values.chats import ChatState, Language, Target
from bot.values.messages import plain
from bot.values.wording import Wording, say
from handlers import admission
from handlers.platforms.discord import answers, render, setup
from handlers.platforms.discord.rest import RestRoute
from handlers.platforms.discord.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import discord

    from bot.running.core import Core
    from bot.values.chats import Chat
    from handlers.admission import Admission
    from handlers.platforms.discord.inboxes import Inboxes
    from handlers.platforms.discord.known import Known
    from handlers.platforms.discord.rest import Rest

log = logging.getLogger(__name__)

ADDED = Wording(
    "‘{bot}’ যোগ হলো। এখনো কিছু পাঠানো হবে না। সার্ভারের কোনো অ্যাডমিন নিচের বাটনে চাপলে এক মিনিটে সাজানো যাবে।",
    "{bot} is here. Nothing will be posted until an admin sets it up.",
)
BACK = Wording(
    "‘{bot}’ আবার যোগ হলো। আগের তালিকা আছে, খবর আসতে থাকবে।", "{bot} is back. Its list is kept, and news goes on."
)
BACK_OFF = Wording("‘{bot}’ আবার যোগ হলো। আগের তালিকা আছে।", "{bot} is back. Its list is kept.")
LOOK = Wording("⚙️ দেখুন", "⚙️ Look")
ARRANGE = Wording("⚙️ সার্ভারের জন্য সাজান", "⚙️ Set up for this server")
TOLD_EVERY = timedelta(days=1)
KEPT = 1000
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Membership:
    """Keeps the chats of servers in step with the gateway."""

    core: Core
    rest: Rest
    known: Known
    inboxes: Inboxes
    setup: setup.Setup
    admission: Admission
    others_send: bool = False
    """Whether another process may be the one that learns by sending that a right is missing."""
    _told: OrderedDict[str, datetime] = field(default_factory=OrderedDict)
    _orders: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _again: dict[int, bool] = field(default_factory=dict)
    """Servers that are being looked at, and whether that is to be done once more."""

    async def joined(self, guild: discord.Guild) -> None:
        """Say hello in a server, or go on where we were before.

        Hello is said where the server says such things.
        """
        async with self._in_order(guild):
            await self._joined(guild)

    async def _joined(self, guild: discord.Guild) -> None:
        said: tuple[Wording, ...] = (ADDED,)
        language = Language.BANGLA
        for known in await self._chats(guild.channels):
            # Whoever lets a bot in lets it serve what another served there.
            target = replace(known.target, account=self.setup.account)
            chat = await self.core.store.chats.ensure(target, self.core.clock(), known.kind)
            if chat.state is ChatState.GONE:
                await self._set(chat, ChatState.ACTIVE, "")
                chat = replace(chat, state=ChatState.ACTIVE)
            if said != (BACK,) and await choosing.follows(self.core.store, chat):
                said, language = (BACK,) if chat.state is ChatState.ACTIVE else (BACK_OFF, OFF), chat.language
        await self.looked(guild)
        channel = guild.system_channel
        if channel is None or self.known.missing(str(channel.id)):
            return
        # Who invited us is not said; a server's owner is.
        if self.admission.ask(f"{NAME}:{guild.owner_id}", admission.ADDED) is not None:
            log.warning("a person brings the bot into many servers: one is not greeted yet")
            return
        text = " ".join(say(one, language, bot=self.core.settings.bot_name) for one in said)
        row = next(render.rows_of([setup.begin_button(language, ARRANGE if said == (ADDED,) else LOOK)]))
        await self._post(str(channel.id), plain_body(text, row))

    async def left(self, guild: discord.Guild) -> None:
        """Note that we were thrown out."""
        async with self._in_order(guild):
            for chat in await self._chats(guild.channels):
                # That its own people stopped it holds when we come back, too.
                if chat.reason != choosing.STOPPED:
                    await self._set(chat, ChatState.GONE, answers.REMOVED)

    def _in_order(self, guild: discord.Guild) -> asyncio.Lock:
        """Return what keeps a server's comings and goings apart.

        Side by side the going, which reads less, wrote last: who was let in again at once was gone.
        """
        return self._orders.setdefault(guild.id, asyncio.Lock())

    async def deleted(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a channel is gone."""
        for chat in await self._chats([channel]):
            await self._set(chat, ChatState.GONE, answers.DELETED)

    async def looked(self, guild: discord.Guild) -> None:
        """Look at a server's rights anew.

        Changes that come while a look goes on are one more look, however many they are.
        """
        if guild.id in self._again:
            self._again[guild.id] = True
            return
        try:
            self._again[guild.id] = True
            while self._again[guild.id]:
                self._again[guild.id] = False
                for channel in guild.channels:
                    await self.changed(channel)
        finally:
            del self._again[guild.id]

    async def changed(self, channel: discord.abc.GuildChannel) -> None:
        """Send again where a right that we lacked is there now.

        Where one went, and another process sends, its owner is told from here.
        """
        target, missing = Target(NAME, str(channel.id)), self.known.missing(str(channel.id))
        if missing == ():
            await setup.reopen(self.core, target, self.setup.account)
        elif missing and self.others_send and await self._is_served(target):
            await self.shut_out(target)

    async def _is_served(self, target: Target) -> bool:
        chat = await self.core.store.chats.find(target)
        return chat is not None and chat.account == self.setup.account and await choosing.follows(self.core.store, chat)

    async def shut_out(self, target: Target) -> None:
        """Tell a server's owner what rights are missing in which channel.

        They are told once a day.
        """
        number = target.thread or target.external_id
        channel, now = self.known.channel(number), self.core.clock()
        if channel is None or channel.guild.owner_id is None or self._lately(number, now):
            return
        chat = await self.core.store.chats.find(target)
        language = chat.language if chat is not None else Language.BANGLA
        if not self.known.missing(number):
            return
        try:
            inbox = await self.inboxes.open(str(channel.guild.owner_id))
            await self._post(inbox.reached_at, await self.setup.checked(number, language))
        except Exception as error:  # noqa: BLE001 - who takes no direct messages still sees it in /status
            log.warning("nobody could be told that we may not write in %s: %s", number, error)

    def _lately(self, number: str, now: datetime) -> bool:
        before = self._told.get(number)
        if before is not None and now - before < TOLD_EVERY:
            return True
        self._told[number] = now
        if len(self._told) > KEPT:
            self._told.popitem(last=False)
        return False

    async def _chats(self, channels: Iterable[discord.abc.GuildChannel]) -> list[Chat]:
        found = [await self.core.store.chats.find(Target(NAME, str(channel.id))) for channel in channels]
        return [chat for chat in found if chat is not None]

    async def _set(self, chat: Chat, state: ChatState, reason: str) -> None:
        await self.core.store.chats.set_state(chat.id, state, reason, self.core.clock(), self.setup.account)
        log.warning("chat %s: %s", chat.id, reason or state)

    async def _post(self, channel: str, body: dict[str, Any]) -> None:
        await self.rest.call(RestRoute("POST", "/channels/{}/messages", (channel,)), body, patience=PATIENCE)


def plain_body(text: str, *rows: render.Component) -> dict[str, Any]:
    """Return a message of our own words, with buttons under it."""
    (piece,) = render.render(plain(text), lambda choice: choice.label)
    body = piece.payload()
    return {**body, "components": [*body["components"], *rows]}
