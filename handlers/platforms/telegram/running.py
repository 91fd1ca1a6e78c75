"""One bot at work: its conversations and its sender, side by side, and the background beside them."""

from __future__ import annotations

import logging
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from telegram.error import InvalidToken

from bot.clockwork.supervision import supervised
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.running.background import send_for_ever, work_for_ever
from bot.running.settings import load
from bot.values.chats import Target
from bot.values.errors import SettingsError
from bot.values.messages import plain
from handlers.buttons import Buttons
from handlers.platforms.telegram.account import TelegramAccount
from handlers.platforms.telegram.channels import Channels
from handlers.platforms.telegram.conversations import Conversations
from handlers.platforms.telegram.menu import Menus
from handlers.platforms.telegram.polling import InOrder, PolledBot, Progress, confirm, poll
from handlers.platforms.telegram.render import DATA
from handlers.platforms.telegram.settings import NAME, TelegramSettings
from handlers.platforms.telegram.transport import AiohttpRequest
from handlers.platforms.telegram.webhook import listening
from handlers.router import Dialogue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from telegram import Bot

    from bot.running.core import Core
    from handlers.context import Services
    from handlers.router import Router

log = logging.getLogger(__name__)
GRACE = 10.0
"""Seconds that answers which were begun get to arrive when the program ends."""
NOBODY = "Telegram does not know this TELEGRAM_BOT_TOKEN: copy it from BotFather again, it may have been revoked."


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the bot until cancelled; whatever fails begins again by itself."""
    del options
    settings, progress = load(TelegramSettings), Progress()
    async with anyio.create_task_group() as group:
        group.start_soon(supervised, "background", lambda: work_for_ever(core))
        group.start_soon(supervised, NAME, lambda: serve(core, router, services, settings, progress))


async def serve(core: Core, router: Router, services: Services, settings: TelegramSettings, progress: Progress) -> None:
    """Connect, publish the menus, answer and push, until cancelled or something fails."""
    async with connected(settings) as bot:
        buttons = Buttons(core.store, DATA)
        account = TelegramAccount(bot, buttons, core.clock, settings.pace)
        pacer = Pacer(account.pace)

        async def alert(text: str) -> None:
            await _alert(account, core, text)

        sender = Sender(
            core.store,
            account,
            f"{NAME}-{os.getpid()}",
            core.clock,
            pacer=pacer,
            bot_name=services.bot_name,
            alert=alert,
        )
        dialogue = Dialogue(router, services, core.clock, account.traits)
        channels = Channels(core, bot, account, dialogue)
        menus = Menus(bot, router.commands, core.settings.admins)
        async with anyio.create_task_group() as group:
            talks = Conversations(
                core, bot, account, buttons, dialogue, channels, pacer, menus, sender.spoke, group.start_soon
            )
            answering = InOrder(talks.handle)
            group.start_soon(supervised, "sender", lambda: send_for_ever(core, NAME, sender))
            group.start_soon(supervised, "menus", menus.publish)
            try:
                await _listen(bot, answering, settings, alert, progress)
            finally:
                with anyio.CancelScope(shield=True), anyio.move_on_after(GRACE):
                    await answering.finish()
                    await confirm(bot, progress)


async def _listen(
    bot: PolledBot,
    answering: InOrder,
    settings: TelegramSettings,
    alert: Callable[[str], Awaitable[None]],
    progress: Progress,
) -> None:
    """Take updates in the way that is set, as long as this goes on."""
    if settings.telegram_webhook_url:
        async with listening(bot, answering, settings.telegram_webhook_url, settings.telegram_webhook_port):
            await anyio.sleep_forever()
    # One that was set earlier keeps every update from us; what waits there is kept.
    await bot.delete_webhook()
    await poll(bot, answering, alert, progress)


@asynccontextmanager
async def connected(settings: TelegramSettings) -> AsyncIterator[PolledBot]:
    """Open the bot, over one transport for what is sent and one for what is waited for.

    Raises:
        SettingsError: there is no token, or it is nobody's (any more).
    """
    token = settings.telegram_bot_token
    if token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set.")
    # The library warns of its own next version with every 429, unless it is asked for that version's way now.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    base = settings.telegram_api_base
    transport, polling = AiohttpRequest(proxy=proxy), AiohttpRequest(connections=1, proxy=proxy)
    bot = PolledBot(token.get_secret_value(), base, transport, polling)
    try:
        await _initialised(bot)
        yield bot
    finally:
        # A cancelled end would leave its connections open.
        with anyio.CancelScope(shield=True):
            await bot.shutdown()


async def _initialised(bot: Bot) -> None:
    try:
        await bot.initialize()
    except InvalidToken:
        # Not from the error: the library writes the token itself into it.
        raise SettingsError(NOBODY) from None


async def _alert(account: TelegramAccount, core: Core, text: str) -> None:
    """Tell the admins what only a person can mend."""
    log.error(text)
    for admin in core.settings.admins:
        platform, _, number = admin.partition(":")
        if platform == NAME:
            await account.send(Target(NAME, number), plain(text), f"alert-{number}")
