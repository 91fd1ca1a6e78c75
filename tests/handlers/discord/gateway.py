"""A gateway and as much of an API as a session needs.

It drops, replays, refuses and stumbles as it is told to.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

BOT = {"id": "5", "username": "khobor", "discriminator": "0", "avatar": None, "bot": True}
RIGHTS = str(292057861120)
CHANNEL = {"id": "70", "type": 0, "name": "খবর", "position": 0}
WAIT = 60.0


def guild(number: str = "77", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it is sent
    return {
        "id": number,
        "name": "সার্ভার",
        "owner_id": "8",
        "roles": [{"id": number, "name": "@everyone", "permissions": RIGHTS}],
        "members": [{"user": BOT, "roles": [], "flags": 0}],
        "channels": [CHANNEL],
        "threads": [],
        **more,
    }


class ScriptedGateway:
    """One server with one channel, and whoever connects."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.shards = 1
        self.api_down = self.refused_dials = 0
        self.refuses_content = False
        self.identified: list[dict[str, Any]] = []
        self.resumed = 0
        self.first_guild: dict[str, Any] = guild(unavailable=False)
        self.posted: dict[str, dict[str, dict[str, Any]]] = {}
        """What lies in each channel, by its number."""
        self.faults: list[tuple[str, int, Any]] = []
        """Answers that are given instead, once each, where a path holds the text; status 0 takes it and hangs up."""
        self.attachments: dict[str, bytes] = {}
        self.fetched: list[str] = []
        """Names of the files that the bot fetched."""
        self._nonces: dict[tuple[str, str], str] = {}
        self._events: list[dict[str, Any]] = []
        self._sockets: dict[int, web.WebSocketResponse] = {}
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        application = web.Application()
        for path in ("/gateway", "/gateway/"):
            application.router.add_get(path, self._gateway)
        application.router.add_route("*", "/api/{path:.*}", self._api)
        application.router.add_get("/attachments/{name}", self._attachment)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{self.port}/api"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(WAIT):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    def answered(self) -> list[int]:
        """Return the interactions that were answered, in that order."""
        numbers = [path.split("/")[2] for _, path, _ in self.asked if path.endswith("/callback")]
        return [int(number) for number in numbers if number.isdecimal()]

    def answer(self, number: int) -> dict[str, Any]:
        """Return how an interaction was answered."""
        (found,) = [body for _, path, body in self.asked if path.startswith(f"/interactions/{number}/")]
        return dict(found["data"])

    async def tell(self, name: str, data: dict[str, Any]) -> None:
        """Let something happen.

        Whoever is not connected hears of it when they take up their session again.
        """
        event = {"op": 0, "t": name, "s": len(self._events) + 1, "d": data}
        self._events.append(event)
        for socket in list(self._sockets.values()):
            if not socket.closed:
                await _send(socket, event)

    async def drop(self, code: int = 1001) -> None:
        """Hang up on everybody."""
        sockets, self._sockets = list(self._sockets.values()), {}
        for socket in sockets:
            await socket.close(code=code)

    async def invalidate(self) -> None:
        """Say that sessions are not to be taken up again."""
        for socket in list(self._sockets.values()):
            await _send(socket, {"op": 9, "d": False})

    def attached(self, name: str, content: bytes, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it is sent
        """Return a file as a message names it."""
        self.attachments[name] = content
        about = {"id": "1", "filename": name, "size": len(content), "content_type": kind, "proxy_url": ""}
        return {**about, "url": f"{self.base.removesuffix('/api')}/attachments/{name}", **more}

    async def _attachment(self, request: web.Request) -> web.Response:
        self.fetched.append(request.match_info["name"])
        return web.Response(body=self.attachments[request.match_info["name"]])

    async def _api(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/api")
        self.asked.append((request.method, path, await _asked(request)))
        self._changed.set()
        body = self.asked[-1][2]
        if self.api_down:
            self.api_down -= 1
            return web.Response(status=503, text="down")
        fault = next((one for one in self.faults if one[0] in path), None)
        if fault is not None:
            self.faults.remove(fault)
        if fault is not None and fault[1]:
            return _json(fault[2], fault[1])
        told = self._told(path) if "/messages" not in path else self._message(request.method, path, body)
        if fault is not None and request.transport is not None:
            request.transport.close()
        return _json(told)

    def _message(self, method: str, path: str, body: dict[str, Any] | None) -> Any:  # noqa: ANN401 - JSON
        """Post, change or take away a message.

        The same nonce again brings the message that lies there already.
        """
        _, _, channel, _, *number = path.split("/")
        there = self.posted.setdefault(channel, {})
        match method, number:
            case "POST", []:
                nonce = str((body or {}).get("nonce") or f"none-{len(self.asked)}")
                first = self._nonces.setdefault((channel, nonce), str(1000 + len(self.asked)))
                there.setdefault(first, body or {})
                return {"id": first, "channel_id": channel}
            case "PATCH", [one]:
                there[one] = body or {}
                return {"id": one, "channel_id": channel}
            case "DELETE", [one]:
                there.pop(one, None)
            case _:
                pass
        return None

    def _told(self, path: str) -> Any:  # noqa: ANN401 - JSON
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 16}
        about = {"id": "5", "name": "khobor", "icon": None, "description": "", "bot_public": True, "owner": BOT}
        told: dict[str, Any] = {
            "/gateway/bot": {
                "url": f"ws://127.0.0.1:{self.port}/gateway",
                "shards": self.shards,
                "session_start_limit": limit,
            },
            "/users/@me": BOT,
            "/oauth2/applications/@me": {**about, "bot_require_code_grant": False, "verify_key": "x"},
            "/applications/5/commands": [],
            "/users/@me/channels": {"id": "600"},
        }
        if path.endswith("/threads"):
            return {"id": "800", "message": {"id": "800"}}
        return told.get(path, {"id": str(len(self.asked))})

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refused_dials:
            self.refused_dials -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _send(socket, {"op": 10, "d": {"heartbeat_interval": 41250}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._heard(socket, json.loads(message.data))
        return socket

    async def _heard(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        match said["op"]:
            case 1:
                await _send(socket, {"op": 11})
            case 2 if self.refuses_content and said["d"]["intents"] & (1 << 15):
                await socket.close(code=4014)
            case 2:
                await self._begin(socket, said["d"])
            case 6:
                self.resumed += 1
                self._sockets[0] = socket
                for event in self._events[said["d"]["seq"] or 0 :]:
                    await _send(socket, event)
                await _send(socket, {"op": 0, "t": "RESUMED", "s": len(self._events), "d": {}})
            case _:
                pass
        self._changed.set()

    async def _begin(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        self.identified.append(said)
        self._sockets[(said.get("shard") or [0])[0]] = socket
        ready = {
            "v": 10, "user": BOT, "guilds": [{"id": self.first_guild["id"], "unavailable": True}], "session_id": "s",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway", "application": {"id": "5", "flags": 0},
        }  # fmt: skip
        self._events += [{"op": 0, "t": "READY", "s": len(self._events) + 1, "d": ready}]
        await _send(socket, self._events[-1])
        self._events += [{"op": 0, "t": "GUILD_CREATE", "s": len(self._events) + 1, "d": self.first_guild}]
        await _send(socket, self._events[-1])


async def _asked(request: web.Request) -> Any:  # noqa: ANN401 - JSON
    """Return what was sent.

    A form gives its JSON, with what each named file holds.
    """
    if request.content_type != "multipart/form-data":
        raw = await request.read()
        return json.loads(raw) if raw else None
    fields = await request.post()
    written = fields["payload_json"]
    body = json.loads(written if isinstance(written, bytes | bytearray) else str(written))
    about = body.get("data", body)
    for one in about["attachments"]:
        upload = fields[f"files[{one['id']}]"]
        assert isinstance(upload, web.FileField)
        assert upload.filename == one["filename"]
        one["content"] = upload.file.read()
    return body


def _json(told: object, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(told).encode(), status=status, content_type="application/json")


async def _send(socket: web.WebSocketResponse, event: dict[str, Any]) -> None:
    try:
        await socket.send_str(json.dumps({"s": None, "t": None, **event}))
    except ConnectionError:
        return


def interaction(number: int, name: str = "help", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it is sent
    return {
        "id": str(number), "application_id": "5", "type": 2, "token": f"t{number}", "version": 1,
        "attachment_size_limit": 1, "guild_id": "77", "channel": CHANNEL,
        "member": {"user": {**BOT, "id": "8", "bot": False}, "roles": [], "flags": 0, "permissions": "0"},
        "data": {"id": "1", "name": name, "type": 1},
        **more,
    }  # fmt: skip


def message(number: int, text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it is sent
    return {
        "id": str(number), "channel_id": "600", "author": {**BOT, "id": "8", "bot": False}, "content": text, "type": 0,
        "attachments": [], "embeds": [], "edited_timestamp": None, "pinned": False, "mention_everyone": False,
        "tts": False, "mentions": [], "mention_roles": [], "timestamp": "2026-04-14T06:00:00+00:00", "components": [],
        **more,
    }  # fmt: skip
