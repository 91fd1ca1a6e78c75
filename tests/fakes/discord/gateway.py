"""The gateway.

Sessions begin, are taken up again, and end when a test says so.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.connection import Connection
from tests.fakes.discord.limits import Limit, Sliding
from tests.fakes.discord.sessions import ALWAYS, KNOWN, PRIVILEGED, Intent, Session
from tests.fakes.discord.snowflakes import shard_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.discord.places import Guild
    from tests.fakes.discord.state import State

    Told = dict[str, Any] | Callable[[Session], dict[str, Any]]

BEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, BEATEN = 1, 2, 3, 4, 6, 7, 8, 9, 10, 11
UNKNOWN_OP, GARBLED, NOT_YET, BAD_TOKEN, TWICE, BAD_SEQUENCE, TOO_FAST = 4001, 4002, 4003, 4004, 4005, 4007, 4008
BAD_SHARD, TOO_FEW_SHARDS, BAD_INTENTS, FORBIDDEN_INTENTS = 4010, 4011, 4013, 4014
OUTGOING = Limit(120, 60.0)
BETWEEN_IDENTIFIES = 5.0
LARGEST = 4096


class Gateway:
    """Takes connections.

    Sessions are told what happens if they asked for it.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.shards = 1
        self.total = self.remaining = 1000
        self.max_concurrency = 16
        self.spaced = False
        """Whether identifies that come too close are refused, as on the platform."""
        self.granted = PRIVILEGED
        """Privileged intents that the portal has switched on."""
        self.refused_dials = 0
        self.acknowledges = True
        self.heartbeat = 41_250
        self.identified: list[dict[str, Any]] = []
        self.resumed: list[dict[str, Any]] = []
        self.dialled: list[Connection] = []
        self.beats = 0
        self.sessions: dict[str, Session] = {}
        self._last_identify: dict[int, float] = {}

    # --- what a test does ---

    @property
    def connections(self) -> list[Connection]:
        """Those that a session listens on."""
        return [one.connection for one in self.sessions.values() if one.connection is not None]

    def tell(self, name: str, data: Told, *, guild: Guild | None = None, needs: Intent = ALWAYS) -> None:
        """Let something happen.

        Whoever is away hears of it when they take up their session again.
        """
        for session in self.sessions.values():
            if session.hears(needs, guild):
                session.tell(name, data(session) if callable(data) else data)

    async def drop(self, code: int | None = 1001, *, shard: int | None = None) -> None:
        """Hang up, with a code or (None) without a word."""
        for connection in self._of(shard):
            await self.hang_up(connection, code)

    async def hang_up(self, connection: Connection, code: int | None) -> None:
        """Hang up on one.

        Events between its ``leave()`` and this are certainly missed there.
        """
        if code is None:
            connection.cut()
        else:
            await connection.close(code)

    def reconnect(self, *, shard: int | None = None) -> None:
        """Ask to connect again (op 7)."""
        for connection in self._of(shard):
            connection.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False, shard: int | None = None) -> None:
        """Say that the session is not valid (op 9).

        One that is not resumable is forgotten.
        """
        for connection in self._of(shard):
            connection.send(INVALID, resumable)
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)

    def forget(self) -> None:
        """Forget all sessions, as after some minutes without a connection.

        They cannot be taken up again.
        """
        self.sessions.clear()

    def ask_for_beat(self) -> None:
        """Ask for a heartbeat (op 1)."""
        for connection in self.connections:
            connection.send(BEAT)

    # --- what the bot does ---

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take a connection."""
        if self.refused_dials:
            self.refused_dials -= 1
            return web.Response(status=503, text="no healthy upstream")
        socket = web.WebSocketResponse(max_msg_size=LARGEST)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.dialled.append(connection)
        connection.send(HELLO, {"heartbeat_interval": self.heartbeat, "_trace": []})
        writing = asyncio.create_task(connection.write())
        try:
            await self._listen(connection, socket)
        finally:
            writing.cancel()
            self._left(connection, socket)
        return socket

    async def _listen(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        often = Sliding(OUTGOING)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            code = TOO_FAST if often.wait(time.monotonic()) else self._heard(connection, message.data)
            if code:
                await connection.close(code)
            self.state.bell.ring()

    def _heard(self, connection: Connection, text: str) -> int:
        """Take what was said.

        Return the code to hang up with, 0 for none.
        """
        try:
            said = json.loads(text)
            op, data = said["op"], said.get("d")
        except (ValueError, KeyError, TypeError):
            return GARBLED
        if op not in (BEAT, IDENTIFY, RESUME) and connection.session is None:
            return NOT_YET
        answers = {BEAT: self._beat, IDENTIFY: self._identify, RESUME: self._resume, MEMBERS: self._members}
        if op in answers:
            return answers[op](connection, data)
        return 0 if op in (PRESENCE, VOICE) else UNKNOWN_OP

    def _beat(self, connection: Connection, _: object) -> int:
        self.beats += 1
        if self.acknowledges:
            connection.send(BEATEN)
        return 0

    def _identify(self, connection: Connection, said: dict[str, Any]) -> int:
        shard, shards = said.get("shard") or (0, 1)
        if refused := self._refuses(connection, said, shard, shards):
            return refused
        if self.spaced and self._too_soon(shard):
            connection.send(INVALID, data=False)
            return 0
        self.remaining -= 1
        self.identified.append({**said, "at": time.monotonic()})
        session = Session(f"session-{len(self.identified)}", shard, shards, said["intents"], connection)
        self.sessions[session.id], connection.session = session, session
        self._begin(session)
        return 0

    def _refuses(self, connection: Connection, said: dict[str, Any], shard: int, shards: int) -> int:
        if connection.session is not None:
            return TWICE
        if said.get("token") != self.state.token or self.remaining < 1:
            return BAD_TOKEN
        if not 0 <= shard < shards:
            return BAD_SHARD
        if shards < self.shards:
            return TOO_FEW_SHARDS
        if not 0 <= said.get("intents", -1) <= KNOWN:
            return BAD_INTENTS
        return FORBIDDEN_INTENTS if said["intents"] & PRIVILEGED & ~self.granted else 0

    def _too_soon(self, shard: int) -> bool:
        key, now = shard % self.max_concurrency, time.monotonic()
        soon = now - self._last_identify.get(key, -BETWEEN_IDENTIFIES) < BETWEEN_IDENTIFIES
        self._last_identify[key] = now
        return soon

    def _begin(self, session: Session) -> None:
        """Say who the bot is and which guilds there are.

        Then tell each of these.
        """
        guilds = [one for one in self.state.guilds.values() if one.joined]
        here = [one for one in guilds if shard_of(one.id, session.shards) == session.shard]
        session.tell("READY", self._ready(session, here))
        if session.intents & Intent.GUILDS:
            for guild in here:
                if not guild.unavailable:
                    session.tell("GUILD_CREATE", guild.as_event(everybody=bool(session.intents & Intent.MEMBERS)))

    def _ready(self, session: Session, guilds: list[Guild]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": {**self.state.bot.as_json(), "verified": True, "mfa_enabled": False, "flags": 0, "email": None},
            "guilds": [{"id": one.id, "unavailable": True} for one in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.state.resume_url,
            "shard": [session.shard, session.shards],
            "application": {"id": self.state.application, "flags": 0},
            "private_channels": [],
            "_trace": [],
        }

    def _resume(self, connection: Connection, said: dict[str, Any]) -> int:
        session = self.sessions.get(said.get("session_id", ""))
        if said.get("token") != self.state.token:
            return BAD_TOKEN
        if session is None:
            connection.send(INVALID, data=False)
            return 0
        after = said.get("seq") or 0
        if after > len(session.events):
            return BAD_SEQUENCE
        if session.connection is not None:
            session.connection.cut()
        session.connection, connection.session = connection, session
        session.replay(after)
        self.resumed.append({**said, "at": time.monotonic(), "missed": len(session.events) - after})
        session.tell("RESUMED", {"_trace": []})
        return 0

    def _members(self, connection: Connection, said: dict[str, Any]) -> int:
        """Answer who is in a guild.

        Asking for all of them needs the intent.
        """
        session, guild = connection.session, self.state.guilds.get(str(said.get("guild_id")))
        assert session is not None
        if guild is None:
            return 0
        asked = said.get("user_ids") or []
        wanted = {str(one) for one in (asked if isinstance(asked, list) else [asked])}
        start = str(said.get("query") or "")
        if not wanted and not start and not session.intents & Intent.MEMBERS:
            return BAD_INTENTS
        found = [one for one in guild.members.values() if not wanted or one.user.id in wanted]
        chunk = {
            "guild_id": guild.id,
            "members": [one.as_json() for one in found if one.user.name.startswith(start)],
            "not_found": sorted(wanted - guild.members.keys()),
            "chunk_index": 0,
            "chunk_count": 1,
            **({"nonce": said["nonce"]} if said.get("nonce") else {}),
        }
        session.tell("GUILD_MEMBERS_CHUNK", chunk)
        return 0

    def _left(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        """A bot that says good-bye properly ends its session.

        One that is cut off may come back.
        """
        session = connection.session
        if session is not None and not connection.dropped and socket.close_code in (1000, 1001):
            self.sessions.pop(session.id, None)
        connection.leave()
        self.state.bell.ring()

    def _of(self, shard: int | None) -> list[Connection]:
        return [one for one in self.connections if one.session and shard in (None, one.session.shard)]
