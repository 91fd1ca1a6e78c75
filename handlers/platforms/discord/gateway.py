"""Keeps a gateway session, begun afresh whenever it dies.

The gateway tells what happens where the bot is, and its client dies of much: `discord.Client.start` raises for good if
its first dial fails, if REST is down at login, or if a parser of its own stumbles over an event; and after a few failed
dials it waits for minutes. So requests to us are read from the raw event, before the library's own parsers, and a
session that does not come back soon is given up.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any

import anyio
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route as LibraryRoute
from yarl import URL

from bot.delivery.throttle import asked_wait
from bot.values.errors import PlatformError, SettingsError
from handlers.platforms.discord.brief_log import PASSING, be_brief
from handlers.platforms.discord.rest import ApiError, DoubtfulError, RestRoute

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from handlers.platforms.discord.known import Known
    from handlers.platforms.discord.membership import Membership
    from handlers.platforms.discord.rest import Rest
    from handlers.platforms.discord.settings import DiscordSettings
    from handlers.platforms.discord.siblings import SessionStarts, Siblings

    Handle = Callable[[Mapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
HEALTHY = 60.0
"""Seconds after which a session counts as a good one: the next wait is short again."""
LOST = 60.0
"""Seconds without a connection after which a session is given up: what it could take up again is gone by then."""
LOOK = 1.0
READY_WITHIN = 2.0
"""Seconds between two servers that come in, after which all are there."""
MOST = 1 << 31
CLOSED_WITHIN = 3.0
NO_SUCH_BOT = "Discord does not know this DISCORD_BOT_TOKEN: copy it from the developer portal again."
NO_CONTENT = (
    "DISCORD_MESSAGE_CONTENT is set, but the Message Content Intent is off in Discord's developer portal: "
    "going on without it."
)
_ASKED_FOR = "INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE"
_OF_THE_SESSION = "READY", "RESUMED"
_ASKED = tuple(f'"{name}"' for name in _ASKED_FOR)


class LostError(Exception):
    """The session has no connection, and no hope of one."""


class _PlainClient(discord.Client):
    """A client that tells nobody anything once it closes.

    The library would, and fail, for its loop is gone by then.
    """

    def dispatch(self, event: str, /, *about: Any, **more: Any) -> None:  # noqa: ANN401 - as the library calls it
        """Call what listens to an event."""
        if not self.is_closed():
            super().dispatch(event, *about, **more)


class _ShardedClient(_PlainClient, discord.AutoShardedClient):
    """The same over several connections, all of a bot's or some."""

    def __init__(self, starts: SessionStarts, **about: Any) -> None:  # noqa: ANN401 - as the library takes it
        """Begin sessions as ``starts`` lets them."""
        super().__init__(**about)
        self._starts = starts

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect once this shard may begin.

        The library waits with an open connection, and leaves that behind if it is ended meanwhile.
        """
        del initial
        await self._starts.take(shard_id)
        await super().launch_shard(gateway, shard_id, initial=True)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may begin anew."""
        if not initial:
            await self._starts.take(shard_id or 0)


@dataclass(slots=True)
class Gateway:
    """Listens for one bot."""

    settings: DiscordSettings
    rest: Rest
    known: Known
    membership: Membership
    interaction: Handle
    message: Handle
    mended: Handle
    alert: Callable[[str], Awaitable[None]]
    siblings: Siblings
    content: bool = False
    """Whether the text of all messages is asked for."""
    _down: dict[int | None, float] = field(default_factory=dict)

    async def listen_for_ever(self) -> None:
        """Listen until cancelled, one session after another."""
        self.content, wait = self.settings.discord_message_content, FIRST_WAIT
        while True:
            began = monotonic()
            try:
                await self._listen()
            except discord.PrivilegedIntentsRequired:
                self.content = False
                await self.alert(NO_CONTENT)
            except (SettingsError, discord.LoginFailure):
                log.error(NO_SUCH_BOT)  # noqa: TRY400 - a traceback would say no more
                wait = LONGEST_WAIT
            except PASSING as error:
                # Of the others' errors not the text: addresses stand in it.
                said = error if isinstance(error, PlatformError) else type(error).__name__
                log.warning("the gateway's session ended; another begins in about %.0f s: %s", wait, said)
            except Exception:
                log.exception("the gateway's session ended; another begins in about %.0f s", wait)
            wait = FIRST_WAIT if monotonic() - began > HEALTHY else wait
            await anyio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311 - spreading, not secrets
            wait = min(wait * 2, LONGEST_WAIT)

    async def _listen(self) -> None:
        count, at_once = await self._prepare()
        starts = self.siblings.starts(at_once)
        client = self._client(count, starts)
        # Until a session knows all servers, what the one before it knew is better than nothing.
        self.known.client = self.known.client or client
        bot_token = self.settings.discord_bot_token
        self._down = {None: monotonic()}
        session = asyncio.create_task(client.start(bot_token.get_secret_value() if bot_token else ""))
        try:
            while not session.done():
                await asyncio.wait({session}, timeout=LOOK)
                self._check()
            await session
        finally:
            # A cancelled end would leave its connections open.
            with anyio.CancelScope(shield=True), anyio.move_on_after(CLOSED_WITHIN):
                starts.close()
                session.cancel()
                await asyncio.wait({session})
                await asyncio.wait({asyncio.create_task(_close(client))})

    async def _prepare(self) -> tuple[int, int]:
        """Ask how many shards there should be.

        It is told how many of them may begin at once, too. If no session may begin today, wait.
        """
        try:
            told = await self.rest.call(RestRoute("GET", "/gateway/bot"), patience=10)
        except ApiError as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                raise SettingsError(NO_SUCH_BOT) from None
            raise
        said = told.get("session_start_limit")
        limit = said if isinstance(said, dict) else {}
        if _counted(limit.get("remaining")) < 1:
            wait = asked_wait(_counted(limit.get("reset_after")) / 1000)
            log.warning("no more sessions may begin for %.0f s", wait)
            await anyio.sleep(wait)
        # There is no other way to say where these are; both are read whenever a client begins.
        LibraryRoute.BASE = self.settings.discord_api_base
        DiscordWebSocket.DEFAULT_GATEWAY = URL(self.settings.discord_gateway_url or _gateway(told.get("url")))
        count, part = _counted(told.get("shards")), self.siblings.shards
        if part is not None and part.count < count:
            log.warning("Discord advises %s shards, and --shards says %s of all processes", count, part.count)
        return count, max(1, _counted(limit.get("max_concurrency")))

    def _client(self, count: int, starts: SessionStarts) -> discord.Client:
        be_brief()
        # It would warn at every start that it cannot speak.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = self.content
        about: dict[str, Any] = {
            "intents": intents,
            "enable_debug_events": True,
            "max_messages": None,
            "chunk_guilds_at_startup": False,
            "guild_ready_timeout": READY_WITHIN,
            "max_ratelimit_timeout": 30.0,
        }
        part = self.siblings.shards
        if part is not None:
            about |= {"shard_ids": list(part.ids)}
        count = part.count if part is not None else count
        sharded = part is not None or count > 1
        client = _ShardedClient(starts, shard_count=count, **about) if sharded else _PlainClient(**about)
        self._attend(client, sharded=sharded)
        _guard_parsers(client)
        return client

    def _attend(self, client: discord.Client, *, sharded: bool) -> None:
        """Hang our own functions on a client, by the names it calls."""

        async def came(raw: str) -> None:
            await self._came(raw)

        async def ready() -> None:
            self.known.client = client

        async def changed(_before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
            await self.membership.changed(after)

        async def rights(_before: object, after: discord.Role | discord.Member) -> None:
            await self.membership.looked(after.guild)

        def down(shard: int | None = None) -> None:
            self._down.setdefault(shard, monotonic())

        def up(shard: int | None = None) -> None:
            self._down.pop(shard, None)
            self._down.pop(None, None)

        attended: dict[str, Callable[..., Any]] = {
            "socket_raw_receive": came,
            "ready": ready,
            "guild_join": self.membership.joined,
            "guild_remove": self.membership.left,
            "guild_channel_delete": self.membership.deleted,
            "guild_channel_update": changed,
            "guild_role_update": rights,
            "member_update": rights,
            "shard_disconnect" if sharded else "disconnect": _async(down),
            "shard_connect" if sharded else "connect": _async(up),
            "shard_resumed" if sharded else "resumed": _async(up),
        }
        for name, attend in attended.items():
            setattr(client, f"on_{name}", attend)

    async def _came(self, raw: str) -> None:
        """Take what is asked of us as it came.

        The library keeps servers and channels.
        """
        if not any(sign in raw for sign in _ASKED):
            return
        event = json.loads(raw)
        match event.get("t"):
            case "INTERACTION_CREATE":
                await self.interaction(event["d"])
            case "MESSAGE_CREATE":
                await self.message(event["d"])
            case "MESSAGE_UPDATE":
                await self.mended(event["d"])
            case _:
                pass

    def _check(self) -> None:
        if self._down and monotonic() - min(self._down.values()) > LOST:
            raise LostError(f"no connection for {LOST:.0f} s")


def _counted(said: object) -> int:
    """Return a number of the platform's; 1 for what is none."""
    return said if isinstance(said, int) and 0 <= said < MOST else 1


def _gateway(said: object) -> str:
    """Return where sessions are held.

    Raises:
        DoubtfulError: it is not said.
    """
    if not isinstance(said, str) or not said.startswith(("wss://", "ws://")):
        raise DoubtfulError("it is not said where the gateway is")
    return said


def _guard_parsers(client: discord.Client) -> None:
    """Let no event end the session.

    Requests to us are read from the raw event; any other event that the library stumbles over is passed over.
    """
    parsers = client._connection.parsers  # noqa: SLF001 - there is no other place between the socket and the parsers
    for name, parse in parsers.items():
        if name in _ASKED_FOR:
            parsers[name] = _ignored
        elif name not in _OF_THE_SESSION:
            parsers[name] = _guarded(name, parse)


def _guarded(name: str, parse: Callable[[Any], object]) -> Callable[[Any], None]:
    def guarded(about: Any) -> None:  # noqa: ANN401 - JSON
        try:
            parse(about)
        except Exception as error:  # noqa: BLE001 - whatever an unexpected shape leads to
            log.warning("an event %s could not be read: %s", name, type(error).__name__)

    return guarded


def _ignored(about: object) -> None:
    del about


def _async(note: Callable[..., None]) -> Callable[..., Awaitable[None]]:
    async def noted(*about: Any) -> None:  # noqa: ANN401 - as the library calls it
        note(*about)

    return noted


async def _close(client: discord.Client) -> None:
    """Close a client.

    One that is cancelled while it gets ready fails to, and leaves its connections open.
    """
    try:
        await client.close()
    except Exception as error:  # noqa: BLE001 - it is given up in any case
        log.info("a session did not close well: %s", error)
    finally:
        await client.http.close()
