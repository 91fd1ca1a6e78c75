"""One bot at work: its gateway and its sender, side by side, and the background beside them."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import anyio

from bot.clockwork.supervision import supervised
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.running.background import send_for_ever, work_for_ever
from bot.running.settings import load
from bot.values.errors import SettingsError
from bot.values.messages import plain
from handlers.buttons import Buttons
from handlers.platforms.discord import slash
from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.discord.conversations import Conversations
from handlers.platforms.discord.custom_ids import ROOM
from handlers.platforms.discord.gateway import NO_SUCH_BOT, Gateway
from handlers.platforms.discord.inboxes import Inboxes
from handlers.platforms.discord.interactions import Interactions
from handlers.platforms.discord.known import Known
from handlers.platforms.discord.membership import Membership
from handlers.platforms.discord.rest import ApiError, Rest, Route
from handlers.platforms.discord.settings import NAME, DiscordSettings
from handlers.platforms.discord.setup import Setup
from handlers.router import Dialogue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping

    from bot.running.core import Core
    from bot.values.chats import Target
    from handlers.context import Services
    from handlers.router import Router

log = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that answers which were begun get to arrive when the program ends."""


class Tasks:
    """What goes on beside the gateway, and is waited for at the end."""

    def __init__(self) -> None:
        """Begin with none."""
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin something."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait until all of it has ended; what takes too long ends here."""
        with anyio.CancelScope(shield=True):
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE)
            for task in self._running:
                task.cancel()


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the bot until cancelled; whatever fails begins again by itself."""
    del options
    settings = load(DiscordSettings)
    async with anyio.create_task_group() as group:
        group.start_soon(supervised, "background", lambda: work_for_ever(core))
        group.start_soon(supervised, NAME, lambda: serve(core, router, services, settings))


async def serve(core: Core, router: Router, services: Services, settings: DiscordSettings) -> None:
    """Answer and push, until cancelled or something fails."""
    async with connected(settings) as rest:
        application, ours = await _id_of(rest, "/oauth2/applications/@me"), await _id_of(rest, "/users/@me")
        known, inboxes, tasks = Known(), Inboxes(rest), Tasks()
        buttons = Buttons(core.store, ROOM)
        account = DiscordAccount(rest, known, buttons, core.clock, publish=settings.discord_publish)
        setup = Setup(core, known)
        membership = Membership(core, rest, known, inboxes, setup)
        pacer = Pacer(account.pace)

        async def shut_out(target: Target) -> None:
            # Not within the send: what it says to somebody else is not to hold up the next push.
            tasks.begin(membership.shut_out(target))

        account.shut_out = shut_out

        async def alert(text: str) -> None:
            await _alert(account, inboxes, core, text)

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
        interactions = Interactions(
            core, rest, buttons, dialogue, router.commands, services, inboxes, setup, tasks.begin
        )
        talks = Conversations(core, account, dialogue, pacer, known, ours, sender.spoke)

        async def asked(raw: Mapping[str, Any]) -> None:
            tasks.begin(interactions.handle(raw))

        async def written(raw: Mapping[str, Any]) -> None:
            tasks.begin(talks.handle(raw))

        gateway = Gateway(settings, rest, known, membership, asked, written, alert)

        async def publish() -> None:
            await slash.publish(rest, application, router.commands)

        async with anyio.create_task_group() as group:
            group.start_soon(supervised, "sender", lambda: send_for_ever(core, NAME, sender))
            group.start_soon(supervised, "slash commands", publish)
            try:
                await gateway.listen_for_ever()
            finally:
                await tasks.finish()


@asynccontextmanager
async def connected(settings: DiscordSettings) -> AsyncIterator[Rest]:
    """Open the way to the API.

    Raises:
        SettingsError: there is no token.
    """
    token = settings.discord_bot_token
    if token is None:
        raise SettingsError("DISCORD_BOT_TOKEN is not set.")
    rest = Rest(settings.discord_api_base, token.get_secret_value())
    try:
        await rest.open()
        yield rest
    finally:
        # A cancelled end would leave its connections open.
        with anyio.CancelScope(shield=True):
            await rest.close()


async def _id_of(rest: Rest, path: str) -> str:
    """Return our number: of most bots that of its user is its application's too, of old ones not."""
    try:
        told = await rest.call(Route("GET", path), patience=10)
    except ApiError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            raise SettingsError(NO_SUCH_BOT) from None
        raise
    return str(told["id"])


async def _alert(account: DiscordAccount, inboxes: Inboxes, core: Core, text: str) -> None:
    """Tell the admins what only a person can mend."""
    log.error(text)
    for admin in core.settings.admins:
        platform, _, number = admin.partition(":")
        if platform == NAME:
            try:
                await account.send(await inboxes.of(number), plain(text), "")
            except Exception as error:  # noqa: BLE001 - one who cannot be reached keeps nothing from the others
                log.warning("an admin could not be told: %s", error)
