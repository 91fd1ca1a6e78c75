"""Runs one bot: its conversations and its sender, side by side.

The background runs beside them.
"""

from __future__ import annotations

import os
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import anyio
from telegram.error import InvalidToken, TelegramError

from bot.ports.delivery import sender_lock
from bot.running.background import kept_up
from bot.running.settings import load
from bot.values.chats import Target
from bot.values.errors import PlatformError, SettingsError
from handlers.buttons import Buttons
from handlers.placing import MARK
from handlers.platforms.telegram.account import TelegramAccount
from handlers.platforms.telegram.answers import reason
from handlers.platforms.telegram.channels import Channels
from handlers.platforms.telegram.conversations import TelegramConversations
from handlers.platforms.telegram.incoming import is_group
from handlers.platforms.telegram.inline import SharedInline
from handlers.platforms.telegram.keyboard import DATA
from handlers.platforms.telegram.menu import Menus
from handlers.platforms.telegram.polling import InOrder, PolledBot, Progress, confirm, poll
from handlers.platforms.telegram.settings import NAME, TelegramSettings
from handlers.platforms.telegram.sorry import Apologies
from handlers.platforms.telegram.transport import AiohttpRequest
from handlers.platforms.telegram.webhook import listening
from handlers.service import AccountService, begin_account

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

    from bot.running.core import Core
    from handlers.context import Services
    from handlers.router import Router

ANSWERED_WITHIN = 4.0
"""Seconds that answers get to arrive when the program ends, before their updates are confirmed."""
CLOSED_WITHIN = 1.0
NOBODY = "Telegram does not know this TELEGRAM_BOT_TOKEN: copy it from BotFather again, it may have been revoked."


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the bot until cancelled; whatever fails begins again by itself."""
    del options
    settings, progress = load(TelegramSettings), Progress()
    await kept_up(NAME, lambda: serve(core, router, services, settings, progress))


async def serve(core: Core, router: Router, services: Services, settings: TelegramSettings, progress: Progress) -> None:
    """Connect, publish the menus, answer and push, until cancelled or something fails."""
    async with connected(settings) as bot, (apologies := Apologies(bot, core.store, progress)).beside():
        buttons = Buttons(core.store, DATA - len(MARK))
        name = await apologies.meanwhile(lambda: begin_account(core, NAME, str(bot.id)))
        account = TelegramAccount(bot, buttons, core.clock, settings.pace, name)

        async def inbox(number: str) -> Target:
            return Target(NAME, number, account=name)

        service = AccountService(core, router, services, account, inbox, is_group=is_group)
        account.further = service.further
        service.shared = SharedInline(core, account, services.bot_name)
        channels = Channels(core, bot, account, service.dialogue)
        menus = Menus(bot, router.commands, core.settings.admins)
        service.answered = menus.follow
        answering = InOrder(TelegramConversations(core, bot, account, buttons, channels, service).handle)

        async def publish() -> None:
            with _in_words():
                await menus.publish()

        async def finish() -> None:
            left = await answering.finish(ANSWERED_WITHIN)
            is_lost = not core.store.holds(sender_lock(name)) and not settings.telegram_webhook_url
            if is_lost:
                progress.kept += left
            await confirm(bot, progress)
            if is_lost:
                apologies.begin()

        await service.run(
            lambda: _listen(bot, answering, settings, service.alert, progress), publish=publish, finish=finish
        )


async def _listen(
    bot: PolledBot,
    answering: InOrder,
    settings: TelegramSettings,
    alert: Callable[[str], Awaitable[None]],
    progress: Progress,
) -> None:
    """Take updates in the way that is set, until cancelled."""
    if settings.telegram_webhook_url:
        local = settings.telegram_webhook_host, settings.telegram_webhook_port
        with _in_words():
            async with listening(bot, answering, settings.telegram_webhook_url, local):
                await anyio.sleep_forever()
    with _in_words():
        # One that was set earlier keeps every update from us; what waits there is kept.
        await bot.delete_webhook()
        await poll(bot, answering, alert, progress)


@asynccontextmanager
async def connected(settings: TelegramSettings) -> AsyncIterator[PolledBot]:
    """Open the bot over two transports.

    One is for what is sent and one for what is waited for.

    Raises:
        SettingsError: there is no token, or it is nobody's (any more).
    """
    bot_token = settings.telegram_bot_token
    if bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set.")
    # The library warns of its own next version with every 429, unless it is asked for that version's way now.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    base = settings.telegram_api_base
    transport, polling = AiohttpRequest(proxy=proxy), AiohttpRequest(connections=1, proxy=proxy)
    bot = PolledBot(bot_token.get_secret_value(), base, transport, polling)
    try:
        with _in_words():
            await bot.initialize()
        yield bot
    finally:
        # A cancelled end would leave its connections open.
        with anyio.CancelScope(shield=True), anyio.move_on_after(CLOSED_WITHIN):
            await bot.shutdown()


@contextmanager
def _in_words() -> Iterator[None]:
    """Say in a line why Telegram does nothing for us.

    Raises:
        SettingsError: it does not know the token.
        PlatformError: it cannot be reached, or refuses.
    """
    try:
        yield
    except TelegramError as error:
        # Not from the error: the library writes the token itself into some.
        raise (SettingsError(NOBODY) if isinstance(error, InvalidToken) else PlatformError(reason(error))) from None
