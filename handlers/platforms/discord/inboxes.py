"""Opens people's direct messages.

A channel each, opened when its person asks for news, paced, and kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from bot.ports.platform import Gone
from bot.values.chats import ChatState, Language, Target
from bot.values.messages import plain
from bot.values.wording import Wording, say
from handlers.platforms.discord import answers
from handlers.platforms.discord.rest import ApiError, RestRoute, numbered
from handlers.platforms.discord.settings import NAME

if TYPE_CHECKING:
    from bot.ports.platform import SendResult
    from bot.running.core import Core
    from bot.values.chats import Chat
    from bot.values.messages import Message
    from handlers.platforms.discord.rest import Rest

log = logging.getLogger(__name__)

WELCOME = Wording(
    "স্বাগতম! এটি ‘{bot}’।\nবাংলা সংবাদমাধ্যমের খবর এখানে একসঙ্গে পাবেন: শিরোনাম, তিন বাক্যে মূল কথা, আর খবরটি কোথা থেকে এল।",
    "Welcome! This is {bot}.\nBengali outlets in one place: the headline, the point in three sentences, "
    "and who reported it.",
)
PATIENCE = 5.0
KEPT = 1000
"""Channels that are remembered although nothing was sent there yet."""
GAP = 1.0
"""Seconds between two channels that are opened: who opens many at once is kept from opening any."""
Post = Callable[[Target, "Message"], Awaitable["SendResult"]]


class Inboxes:
    """Finds and opens the direct messages of one bot with people."""

    def __init__(self, core: Core, rest: Rest, account: str, post: Post, part: float = 1.0) -> None:
        """Open none yet; ``post`` says something in one.

        ``part`` is how much of the bot this process is: others open some meanwhile.
        """
        self._core = core
        self._rest = rest
        self._account = account
        self._post = post
        self._part = part
        self._lock = asyncio.Lock()
        self._opened_at = 0.0
        self._opened: OrderedDict[str, str] = OrderedDict()

    def of(self, user: str) -> Target:
        """Return somebody's inbox as it is looked up, unopened."""
        return Target(NAME, user, account=self._account)

    async def open(self, user: str) -> Target:
        """Return where somebody is written to.

        A channel that is not known yet is opened.
        """
        known = await self._core.store.chats.find(self.of(user))
        if known is not None and known.account == self._account and known.address:
            return known.target
        async with self._lock:
            address = self._opened.get(user) or await self._open(user)
        return replace(self.of(user), address=address)

    async def _open(self, user: str) -> str:
        await asyncio.sleep(max(0.0, self._opened_at + GAP / self._part - monotonic()))
        about = {"recipient_id": user}
        made = await self._rest.call(RestRoute("POST", "/users/@me/channels"), about, patience=PATIENCE)
        self._opened_at = monotonic()
        self._opened[user] = numbered(made)
        if len(self._opened) > KEPT:
            self._opened.popitem(last=False)
        return self._opened[user]

    async def meet_editors(self) -> None:
        """Open the inboxes of the editors that the settings name.

        Messages for them go there. The first inbox gets what was reported while none was known.
        """
        store, editors = self._core.store, self._core.settings.admins
        for platform, _, user in (editor.partition(":") for editor in editors):
            if platform == NAME:
                try:
                    await store.chats.ensure(await self.open(user), self._core.clock())
                except Exception as error:  # noqa: BLE001 - one who is not there keeps nothing from the others
                    log.warning("an editor's inbox could not be opened: %s", error)
        await store.reader_reports.tell_kept(editors, self._core.clock())

    async def ready(self, user: str) -> Target | None:
        """Greet somebody in their inbox; return where that is.

        It is greeted once; None if it takes no messages.
        """
        try:
            target = await self.open(user)
        except ApiError as error:
            if isinstance(answers.after(error), Gone):
                return None
            raise
        chat = await self._core.store.chats.find(target)
        if chat is not None and _reaches(chat, target):
            return target
        language = chat.language if chat is not None else Language.BANGLA
        greeting = say(WELCOME, language, bot=self._core.settings.bot_name)
        if isinstance(await self._post(target, plain(*greeting.split("\n"))), Gone):
            return None
        if chat is not None and chat.state is ChatState.GONE:
            await self._core.store.chats.set_state(chat.id, ChatState.ACTIVE, "", self._core.clock(), self._account)
        return target


def _reaches(chat: Chat, target: Target) -> bool:
    """Tell whether a chat is written to at that target already."""
    return target.address in (chat.address, chat.external_id) and chat.state is not ChatState.GONE
