"""Runs one bot: its gateway and its sender, side by side.

The background runs beside them.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import anyio

from bot.running.settings import load
from bot.values.errors import SettingsError
from handlers.buttons import Buttons
from handlers.placing import MARK
from handlers.platforms.discord import incoming, slash
from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.discord.conversations import DiscordConversations
from handlers.platforms.discord.custom_ids import ROOM
from handlers.platforms.discord.gateway import NO_SUCH_BOT, Gateway
from handlers.platforms.discord.inboxes import Inboxes
from handlers.platforms.discord.interactions import Interactions
from handlers.platforms.discord.known import Known
from handlers.platforms.discord.membership import Membership
from handlers.platforms.discord.rest import ApiError, Rest, RestRoute
from handlers.platforms.discord.settings import NAME, DiscordSettings
from handlers.platforms.discord.setup import Setup
from handlers.service import AccountService, begin_account, run_account

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.ports.platform import SendResult
    from bot.running.core import Core
    from bot.values.chats import Target
    from bot.values.messages import Message
    from handlers.context import Services
    from handlers.router import Router

log = logging.getLogger(__name__)

CLOSED_WITHIN = 1.0


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the bot until cancelled; whatever fails begins again by itself."""
    del options
    settings = load(DiscordSettings)
    await run_account(core, NAME, lambda: serve(core, router, services, settings))


async def serve(core: Core, router: Router, services: Services, settings: DiscordSettings) -> None:
    """Answer and push, until cancelled or something fails."""
    async with connected(settings) as rest:
        application, ours = await _id_of(rest, "/oauth2/applications/@me"), await _id_of(rest, "/users/@me")
        known, name = Known(), await begin_account(core, NAME, ours)
        buttons = Buttons(core.store, ROOM - len(MARK))
        account = DiscordAccount(rest, known, buttons, core.clock, name, publish=settings.discord_publish)

        async def post(target: Target, message: Message) -> SendResult:
            return await account.send(target, message, "")

        inboxes = Inboxes(core, rest, name, post)
        service = AccountService(core, router, services, account, inboxes.open)
        setup = Setup(core, known, name)
        membership = Membership(core, rest, known, inboxes, setup)

        async def shut_out(target: Target) -> None:
            # Not within the send: what it says to somebody else is not to hold up the next push.
            service.beside(membership.shut_out(target))

        account.shut_out = shut_out
        interactions = Interactions(
            core, rest, buttons, service, router.commands, services, inboxes, setup, account.edit
        )
        talks = DiscordConversations(core, known, ours, service, rest)

        async def interacted(raw: Mapping[str, Any]) -> None:
            service.beside(interactions.handle(raw))

        async def written(raw: Mapping[str, Any]) -> None:
            service.beside(talks.handle(raw))

        async def mended(raw: Mapping[str, Any]) -> None:
            if incoming.is_mended(raw):
                service.beside(talks.handle(raw, mended=True))

        gateway = Gateway(settings, rest, known, membership, interacted, written, mended, service.alert)

        async def publish() -> None:
            await slash.publish(rest, application, router.commands)
            await inboxes.meet_editors()

        await service.run(gateway.listen_for_ever, publish=publish)


@asynccontextmanager
async def connected(settings: DiscordSettings) -> AsyncIterator[Rest]:
    """Open the way to the API.

    Raises:
        SettingsError: there is no token.
    """
    bot_token = settings.discord_bot_token
    if bot_token is None:
        raise SettingsError("DISCORD_BOT_TOKEN is not set.")
    rest = Rest(settings.discord_api_base, bot_token.get_secret_value())
    try:
        await rest.open()
        yield rest
    finally:
        # A cancelled end would leave its connections open.
        with anyio.CancelScope(shield=True), anyio.move_on_after(CLOSED_WITHIN):
            await rest.close()


async def _id_of(rest: Rest, path: str) -> str:
    """Return our number.

    For most bots the number of the user is the application's too, for old ones not.
    """
    try:
        told = await rest.call(RestRoute("GET", path), patience=10)
    except ApiError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            raise SettingsError(NO_SUCH_BOT) from None
        raise
    return str(told["id"])
