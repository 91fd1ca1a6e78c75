"""Runs one bot: its gateway and its sender, side by side.

The background runs beside them.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import anyio

from bot.running.background import kept_up
from bot.running.settings import load
from bot.values.errors import SettingsError
from handlers.buttons import Buttons
from handlers.holding import work_alone
from handlers.placing import MARK
from handlers.platforms.discord import incoming, slash
from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.discord.conversations import DiscordConversations
from handlers.platforms.discord.custom_ids import ROOM
from handlers.platforms.discord.facts import ChannelFacts
from handlers.platforms.discord.gateway import NO_SUCH_BOT, Gateway
from handlers.platforms.discord.inboxes import Inboxes
from handlers.platforms.discord.interactions import Interactions
from handlers.platforms.discord.known import Known
from handlers.platforms.discord.membership import Membership
from handlers.platforms.discord.rest import ApiError, Rest, RestRoute, numbered
from handlers.platforms.discord.settings import NAME, DiscordSettings
from handlers.platforms.discord.setup import Setup
from handlers.platforms.discord.shards import Shards
from handlers.platforms.discord.siblings import Siblings
from handlers.service import AccountService, begin_account

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

    from bot.ports.platform import SendResult
    from bot.running.core import Core
    from bot.values.chats import Target
    from bot.values.messages import Message
    from handlers.context import Services
    from handlers.router import Router

log = logging.getLogger(__name__)

CLOSED_WITHIN = 1.0
PACED = 0.96
"""How much of the requests that are allowed messages take: the others are for what else has to be asked."""


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Run the bot until cancelled; whatever fails begins again by itself.

    Raises:
        SettingsError: other processes hear what this one is to hear.
    """
    settings = load(DiscordSettings)
    shards = Shards.read(options["shards"]) if options.get("shards") else None
    await _refuse_clash(core, settings, shards)
    await kept_up(NAME, lambda: serve(core, router, services, settings, shards))


async def _refuse_clash(core: Core, settings: DiscordSettings, shards: Shards | None) -> None:
    try:
        async with connected(settings) as rest:
            name = await core.store.accounts.begin(NAME, await _id_of(rest, "/users/@me"))
        clash = await Siblings(core.store, name, shards).clash()
    except Exception as error:  # noqa: BLE001 - where nobody can be asked now, it is asked again before anything is heard
        log.info("whether another process hears the same cannot be told yet: %s", error)
        return
    if clash:
        raise SettingsError(clash)


async def serve(
    core: Core, router: Router, services: Services, settings: DiscordSettings, shards: Shards | None = None
) -> None:
    """Answer and push, until cancelled or something fails.

    With ``shards`` it answers what these hear, and pushes while no other process does.
    """
    async with connected(settings) as rest:
        application, ours = await _id_of(rest, "/oauth2/applications/@me"), await _id_of(rest, "/users/@me")
        known, name = Known(), await begin_account(core, NAME, ours)
        siblings = Siblings(core.store, name, shards)
        buttons = Buttons(core.store, ROOM - len(MARK))
        facts = ChannelFacts(known, rest, siblings.unheard)
        account = DiscordAccount(
            rest,
            facts,
            buttons,
            core.clock,
            name,
            publish=settings.discord_publish,
            per_second=None if shards is None else shards.while_sending * PACED,
        )

        async def post(target: Target, message: Message) -> SendResult:
            return await account.send(target, message, "")

        inboxes = Inboxes(core, rest, name, post, 1.0 if shards is None else shards.part)
        service = AccountService(core, router, services, account, inboxes.open)
        setup = Setup(core, known, name)
        membership = Membership(core, rest, known, inboxes, setup, service.admission, others_send=shards is not None)

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

        gateway = Gateway(settings, rest, known, membership, interacted, written, mended, service.alert, siblings)

        async def publish() -> None:
            await slash.publish(rest, application, router.commands)
            await inboxes.meet_editors()

        async def work() -> None:
            if shards is None:
                await service.run(gateway.listen_for_ever, publish=publish)
            else:
                await _serve_part(shards, rest, service, gateway, publish)

        waits = f"another process hears {siblings.lease}: this one stands by"
        await work_alone(core.store, siblings.lease, work, waits=waits, against=siblings.clash)


async def _serve_part(
    shards: Shards, rest: Rest, service: AccountService, gateway: Gateway, publish: Callable[[], Awaitable[None]]
) -> None:
    """Answer what these shards hear, and push while nobody else does.

    Either keeps to this process's part of the rate.
    """

    def allow(per_second: float) -> None:
        rest.allow(per_second)
        service.allow(per_second * PACED)

    @contextmanager
    def sending() -> Iterator[None]:
        allow(shards.while_sending)
        try:
            yield
        finally:
            allow(shards.answers)

    allow(shards.answers)
    async with anyio.create_task_group() as group:
        group.start_soon(kept_up, "outages", lambda: gateway.siblings.tell(gateway.known.is_any_away))
        await service.run_part(gateway.listen_for_ever, publish, sending)


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
    return numbered(told)
